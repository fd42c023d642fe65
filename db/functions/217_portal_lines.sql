-- Channels bound to open lines of portals: what people wish, what the portal took, and what ended.

/* Our connector in a portal for a channel: the same for ever, since chats there are known by it. Small letters and digits alone. */
create or replace function connector_of(channel_ uuid) returns text language sql immutable as $$
  select 'wab24_' || right(replace(channel_::text, '-', ''), 12)
$$;

/* How people see a binding. */
create or replace function portal_line_json(l portal_line) returns json language sql stable as $$
  select json_build_object('id', l.id, 'portalId', l.portal_id, 'channelId', l.channel_id, 'connector', l.connector, 'line', l.line, 'lineName', l.line_name,
    'state', l.state, 'problem', l.problem, 'problemAt', iso(l.problem_at), 'closesWithSession', l.closes_with_session, 'finishesWithChat', l.finishes_with_chat,
    'signs', l.signs, 'timeline', l.timeline, 'createdAt', iso(l.created_at), 'setAt', iso(l.set_at))
$$;

create or replace function api_portal_lines(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(portal_line_json(l) order by l.line, l.id), '[]'))
  from portal_line l where l.account_id = this_account() and l.ended_at is null
$$;

/* A binding with what our own work needs of it; never handed on. */
create or replace function api_portal_line_inner(args jsonb) returns json language sql stable as $$
  select json_build_object('shown', portal_line_json(l), 'memberId', p.member_id, 'appId', p.app_id, 'channelKey', c.key, 'name', c.name, 'phone', c.phone,
    -- With whom it spoke last: whether the CRM knows them once.
    'clients', (select coalesce(jsonb_agg(k.phone), '[]') from (select h.contact_id from chat h join portal_chat x on x.chat_id = h.id and x.portal_id = p.id
      where h.channel_id = c.id order by h.last_at desc limit 10) h join contact k on k.id = h.contact_id where k.phone is not null),
    'channelProblem', c.problem, 'isPaused', c.sending_paused_at is not null or c.receiving_paused_at is not null, 'lastHookAt', iso(c.last_hook_at),
    'lowCredit', coalesce((select r.low_micros / 1000000.0 from channel_report r where r.channel_id = c.id), 0),
    'messageCost', message_cost(c.id, (select r.number -> 'wallet' ->> 'currency' from channel_report r where r.channel_id = c.id)) / 1000000.0)
  from portal_line l join portal p on p.id = l.portal_id join channel c on c.id = l.channel_id
  where l.id = as_uuid(args ->> 'portalLineId') and l.account_id = this_account() and l.ended_at is null
$$;

/*
 * Whether a channel may be bound to this line, before the portal is asked: what the portal needs to know of it. Null: no such portal
 * or channel. Refuses portal_not_there, channel_archived, line_taken.
 */
create or replace function api_portal_line_ready(args jsonb) returns json language plpgsql stable as $$
declare
  p portal;
  c channel;
begin
  select * into p from portal where id = as_uuid(args ->> 'portalId') and account_id = this_account();
  select * into c from channel where id = as_uuid(args ->> 'channelId') and account_id = this_account();
  if p.id is null or c.id is null then return null; end if;
  if p.state in ('uninstalled', 'deleted') then perform refuse('portal_not_there'); end if;
  if c.archived_at is not null then perform refuse('channel_archived'); end if;
  if exists (select from portal_line l where l.portal_id = p.id and l.line = (args ->> 'line')::int and l.ended_at is null and l.channel_id <> c.id) then
    perform refuse('line_taken');
  end if;
  return json_build_object('memberId', p.member_id, 'appId', p.app_id, 'connector', connector_of(c.id), 'name', c.name, 'phone', c.phone,
    'signs', coalesce((select l.signs from portal_line l where l.channel_id = c.id and l.ended_at is null), false));
end $$;

/* Binds a channel to a line that the portal has taken just now. Its older binding ends; how people had set it stays. */
create or replace function api_portal_line_bind(args jsonb) returns json language plpgsql volatile as $$
declare
  old portal_line;
  l portal_line;
  channel_ text;
begin
  perform api_portal_line_ready(args);
  select c.name into channel_ from channel c where c.id = as_uuid(args ->> 'channelId') and c.account_id = this_account() for update;
  select * into old from portal_line x where x.channel_id = as_uuid(args ->> 'channelId') and x.ended_at is null for update;
  if old.portal_id = as_uuid(args ->> 'portalId') and old.line = (args ->> 'line')::int then
    update portal_line set line_name = args ->> 'lineName', set_at = now(), updated_at = now(), problem = null, problem_at = null,
      state = case when state = 'broken' then 'active' else state end
    where id = old.id returning * into l;
    return portal_line_json(l);
  end if;
  update portal_line set ended_at = now(), updated_at = now() where id = old.id;
  begin
    insert into portal_line (account_id, portal_id, channel_id, connector, line, line_name, set_at, closes_with_session, finishes_with_chat, signs, timeline, state)
    select this_account(), p.id, as_uuid(args ->> 'channelId'), connector_of(as_uuid(args ->> 'channelId')), (args ->> 'line')::int, args ->> 'lineName', now(),
      coalesce(old.closes_with_session, true), coalesce(old.finishes_with_chat, true), coalesce(old.signs, false), coalesce(old.timeline, true), case when old.state = 'paused' then 'paused' else 'active' end
    from portal p where p.id = as_uuid(args ->> 'portalId') and p.account_id = this_account() returning * into l;
  exception when unique_violation then perform refuse('line_taken');
  end;
  if l.id is null then return null; end if;
  perform audit_mine('portal_line.bound', 'portal_line', l.id::text, channel_, case when old.id is not null then jsonb_build_object('line', old.line_name) end,
    jsonb_build_object('line', l.line_name));
  return portal_line_json(l);
end $$;

create or replace function api_portal_line_change(args jsonb) returns json language plpgsql volatile as $$
declare
  was portal_line;
  l portal_line;
  before_ jsonb;
  after_ jsonb;
begin
  select * into was from portal_line x where x.id = as_uuid(args ->> 'portalLineId') and x.account_id = this_account() and x.ended_at is null for update;
  if was.id is null then return null; end if;
  update portal_line set
    state = case when not args ? 'paused' then state when (args ->> 'paused')::boolean then 'paused' when problem is not null then 'broken' else 'active' end,
    closes_with_session = coalesce((args ->> 'closesWithSession')::boolean, closes_with_session),
    finishes_with_chat = coalesce((args ->> 'finishesWithChat')::boolean, finishes_with_chat),
    signs = coalesce((args ->> 'signs')::boolean, signs), timeline = coalesce((args ->> 'timeline')::boolean, timeline),
    set_at = case when args ? 'signs' and (args ->> 'signs')::boolean <> signs then null else set_at end, updated_at = now()
  where id = was.id returning * into l;
  before_ := jsonb_build_object('state', was.state, 'closesWithSession', was.closes_with_session, 'finishesWithChat', was.finishes_with_chat, 'signs', was.signs, 'timeline', was.timeline);
  after_ := jsonb_build_object('state', l.state, 'closesWithSession', l.closes_with_session, 'finishesWithChat', l.finishes_with_chat, 'signs', l.signs, 'timeline', l.timeline);
  if before_ <> after_ then
    perform audit_mine('portal_line.changed', 'portal_line', l.id::text, (select c.name from channel c where c.id = l.channel_id), differing(before_, after_), differing(after_, before_));
  end if;
  return portal_line_json(l);
end $$;

/* The open line makes something else for unknown clients now: kept in the portal, told in the audit. */
create or replace function api_portal_line_ruled(args jsonb) returns json language plpgsql volatile as $$
begin
  perform audit_mine('portal_line.client_rule', 'portal_line', l.id::text, c.name, null,
    jsonb_strip_nulls(jsonb_build_object('line', l.line_name, 'creates', args -> 'creates', 'pipeline', case when args ->> 'creates' = 'deal' then args -> 'pipeline' end, 'turns', args -> 'turns')))
  from portal_line l join channel c on c.id = l.channel_id where l.id = as_uuid(args ->> 'portalLineId') and l.account_id = this_account();
  return json_build_object('done', true);
end $$;

create or replace function api_portal_line_end(args jsonb) returns json language plpgsql volatile as $$
declare l portal_line;
begin
  update portal_line set ended_at = now(), updated_at = now()
  where id = as_uuid(args ->> 'portalLineId') and account_id = this_account() and ended_at is null returning * into l;
  if l.id is null then return null; end if;
  perform audit_mine('portal_line.unbound', 'portal_line', l.id::text, (select c.name from channel c where c.id = l.channel_id), jsonb_build_object('line', l.line_name), null);
  return json_build_object('done', true);
end $$;

/*
 * What the portal has yet to learn: {set: [{id, connector, line, name, phone, signs}], clear: [{id, connector, line, isLast}]}.
 * `all_`: everything that stands, since an installation took it away, or what may be mended by itself. Never what somebody in the portal
 * took off. `isBroken`: the portal took no message on it. `isLast`: nothing else stands on that connector there.
 */
create or replace function portal_lines_due(portal_ uuid, all_ boolean) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object(
    'set', coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'connector', l.connector, 'line', l.line, 'name', c.name, 'phone', c.phone, 'signs', l.signs,
        'isBroken', l.state = 'broken' and l.problem <> 'uninstalled') order by l.id)
      from public.portal_line l join public.channel c on c.id = l.channel_id where l.portal_id = portal_ and l.ended_at is null
        and (all_ or l.set_at is null) and coalesce(l.problem, '') not in ('detached', 'line_deleted')), '[]'),
    'clear', coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'connector', l.connector, 'line', l.line, 'isLast', not exists (
        select from public.portal_line o where o.portal_id = portal_ and o.connector = l.connector and o.ended_at is null)) order by l.id)
      from public.portal_line l where l.portal_id = portal_ and l.ended_at is not null and l.cleared_at is null
        -- The same line is in use again: there is nothing to take away.
        and not exists (select from public.portal_line o where o.portal_id = portal_ and o.connector = l.connector and o.line = l.line and o.ended_at is null)), '[]'))
$$;

/* What came of it: `problem_` null: the portal took it. Gives jobs. */
create or replace function portal_line_told(line_ uuid, problem_ text) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare l public.portal_line;
begin
  update public.portal_line set
    set_at = case when problem_ is null then now() end, problem = problem_, updated_at = now(),
    problem_at = case when problem_ is null then null when problem is null then now() else problem_at end,
    state = case when state = 'paused' then state when problem_ is null then 'active' else 'broken' end
  where id = line_ and ended_at is null returning * into l;
  if l.id is not null then perform public.portal_alarm(l.account_id); end if;
  -- What waited for it goes on at once, too.
  return public.jobs_begun();
end $$;

/* The portal has forgotten a binding that ended. */
create or replace function portal_line_cleared(line_ uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.portal_line set cleared_at = now() where id = line_ and ended_at is not null and cleared_at is null
$$;

/* Somebody in the portal took a connector off a line (`connector_`), or deleted the line (null). Gives jobs. */
create or replace function portal_line_lost(portal_ uuid, connector_ text, line_number int, problem_ text) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare l public.portal_line;
begin
  update public.portal_line set problem = problem_, problem_at = now(), updated_at = now(), state = case when state = 'paused' then state else 'broken' end
  where portal_id = portal_ and line = line_number and ended_at is null and (connector_ is null or connector = lower(connector_)) returning * into l;
  if l.id is null then return '[]'; end if;
  insert into public.trace (account_id, at, level, place, what, channel_id, data)
  values (l.account_id, now(), 'warn', 'bitrix24', 'portal_line_lost', l.channel_id, jsonb_build_object('line', l.line_name, 'code', problem_));
  return public.portal_alarm(l.account_id);
end $$;

/* A number has another name, another phone, or is put away: the portal has to learn it. */
create or replace function portal_line_follows() returns trigger language plpgsql as $$
declare
  l portal_line;
  job_ uuid;
begin
  update portal_line set set_at = null, updated_at = now(), ended_at = case when new.archived_at is not null then now() end
  where channel_id = new.id and ended_at is null returning * into l;
  if l.id is null then return null; end if;
  insert into job (account_id, kind, ref) values (l.account_id, 'portal_lines', jsonb_build_object('portalId', l.portal_id)) returning id into job_;
  perform set_config('app.jobs', (jobs_begun() || jsonb_build_object('id', job_, 'kind', 'portal_lines'))::text, true);
  return null;
end $$;

create or replace trigger portal_line_follows after update of name, phone, archived_at on channel
for each row when (old.name <> new.name or old.phone <> new.phone or (old.archived_at is null and new.archived_at is not null))
execute function portal_line_follows();

/* A number that was moved to another line: what waited for it goes on there. */
create or replace trigger portal_line_begins after insert on portal_line
for each row when (new.state = 'active') execute function portal_resumed();

/* Where the object of a portal is, for a job of this account. */
create or replace function portal_inner(account_ uuid, portal_ uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('memberId', p.member_id, 'appId', p.app_id) from public.portal p where p.id = portal_ and p.account_id = account_
$$;

do $$
declare f text;
begin
  foreach f in array array['portal_lines_due(uuid,boolean)', 'portal_line_told(uuid,text)', 'portal_line_cleared(uuid)', 'portal_line_lost(uuid,text,int,text)',
    'portal_inner(uuid,uuid)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
