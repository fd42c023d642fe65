-- How the Portal object does what 211_portal_chats.sql has written: it takes what may go now, and says what became of it.

-- It told nothing before.
do $$ begin
  if exists (select from pg_proc where proname = 'portal_settle' and prorettype = 'void'::regtype) then drop function portal_settle(uuid, jsonb); end if;
end $$;

/* The time of day where this company is, for a sentence in a trace. */
create or replace function clock_of(account_ uuid, at_ timestamptz) returns text language sql stable as $$
  select to_char(at_ at time zone a.time_zone, 'HH24:MI:SS') from public.account a where a.id = account_
$$;

/* Whose object a portal is, for our own work. Null: it was taken out. */
create or replace function portal_object(portal_ uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('memberId', p.member_id, 'appId', p.app_id) from public.portal p where p.id = portal_ and p.state <> 'uninstalled'
$$;

/* Portals with something to do that nobody is at: for the clock. */
create or replace function portals_due() returns table (id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select p.id from public.portal p where p.state <> 'uninstalled' and (exists (select from public.portal_delivery d where d.portal_id = p.id
    and ((d.state = 'waiting' and d.next_at < now() - interval '20 seconds'
      -- What waits for a line that is paused, off or gone waits for a person.
      and exists (select from public.portal_chat x join public.portal_line l on l.portal_id = x.portal_id and lower(l.connector) = x.connector and l.ended_at is null and l.state = 'active'
        where x.id = d.portal_chat_id)) or (d.state = 'leased' and d.leased_at < now() - interval '3 minutes')))
    or exists (select from public.portal_activity y where y.portal_id = p.id and y.due_at < now() - interval '20 seconds')
    or exists (select from public.portal_chat x where x.portal_id = p.id and x.im_chat_id is not null and x.name_due_at < now() - interval '20 seconds'))
$$;

/* Who a person of ours is among the portal's employees; null: nobody. */
create or replace function employee_of(portal_ uuid, person_ uuid) returns text language sql stable as $$
  select e.user_id from portal_person e where e.portal_id = portal_ and e.person_id = person_ order by e.seen_at desc limit 1
$$;

/* Everything that is needed to do a delivery, as things stand now. */
create or replace function portal_delivery_shape(d portal_delivery) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('id', d.id, 'kind', d.kind, 'body', d.body, 'tries', d.tries,
    'waitedS', extract(epoch from now() - d.created_at)::int,
    -- Whose words it is about: they are told where they are looking.
    'operator', case when d.kind = 'say' then coalesce(d.body ->> 'userId',
      (select y.user_id from public.portal_message y where y.portal_id = d.portal_id and y.message_id = d.message_id and y.direction = 'from')) end,
    'chat', jsonb_build_object('id', x.id, 'externalId', x.external_id, 'imChatId', case when x.line = l.line then x.im_chat_id end, 'sessionId', case when x.line = l.line then x.session_id end,
      'responsible', x.responsible, 'assignee', public.employee_of(d.portal_id, c.assignee_id)),
    'line', jsonb_build_object('id', l.id, 'connector', x.connector, 'line', l.line),
    'contact', jsonb_build_object('name', coalesce(k.name, k.profile_name), 'phone', k.phone, 'photo', case when k.photo is not null then 'p/' || k.account_id || '/' || k.photo end),
    'language', coalesce((select q.language from public.portal p join public.portal_person e on e.portal_id = p.id and e.user_id = p.connected_user
      join public.person q on q.id = e.person_id where p.id = d.portal_id), 'es'),
    'message', case when m.id is not null then jsonb_build_object('id', m.id, 'direction', m.direction, 'kind', m.kind, 'text', m.text, 'extra', m.extra, 'at', public.iso(m.at),
      'isDeleted', m.deleted_at is not null,
      'isThere', exists (select from public.portal_message y where y.portal_id = d.portal_id and y.message_id = m.id and (x.moved_at is null or y.created_at >= x.moved_at)), 'author', jsonb_build_object('kind', m.author_kind, 'name', m.author_name, 'employee', public.employee_of(d.portal_id, m.author_id)),
      'quoted', (select jsonb_build_object('kind', r.kind, 'text', r.text) from public.message r where r.id = m.reply_to),
      'file', (select jsonb_build_object('r2Key', f.r2_key, 'mime', f.mime, 'name', f.name, 'size', f.size, 'state', f.state, 'ageS', extract(epoch from now() - f.created_at)::int)
        from public.media f where f.id = m.media_id)) end,
    'im', (select jsonb_build_object('chatId', y.im_chat_id, 'messageId', y.im_message_id, 'parts', (select jsonb_agg(o.message_id order by o.part) from public.portal_message o
        join public.message n on n.id = o.message_id where o.portal_id = y.portal_id and o.im_message_id = y.im_message_id and o.direction = 'from' and public.is_accepted(n.status, n.provider_id)))
      from public.portal_message y where d.kind = 'delivery_status' and y.portal_id = d.portal_id and y.message_id = d.message_id and (x.moved_at is null or y.created_at >= x.moved_at)))
  from public.portal_chat x
  join public.portal_line l on l.portal_id = x.portal_id and lower(l.connector) = x.connector and l.ended_at is null
  join public.chat c on c.id = x.chat_id join public.contact k on k.id = c.contact_id
  left join public.message m on m.id = d.message_id
  where x.id = d.portal_chat_id
$$;

/* The portal's object takes, or somebody decides about what it would take: never both at once. */
create or replace function portal_takes_turns(portal_ uuid) returns void language sql volatile as $$
  select pg_advisory_xact_lock(hashtextextended('portal_take|' || portal_, 0))
$$;

/*
 * Leases what may go now: of each chat its first rows, in order, when none of them is under way and the first one's time has come.
 * `life` is this life of the object: what another one left under way, or whose answer was lost, comes back as `unsure`, unless
 * it may simply be done again. Gives {rows, unsure, nextAt}.
 */
create or replace function portal_take(portal_ uuid, life uuid, limit_ int) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  unsure_ jsonb;
  rows_ jsonb;
begin
  perform public.portal_takes_turns(portal_);
  update public.portal_delivery d set state = 'waiting', lease = null
  where d.portal_id = portal_ and d.state = 'leased' and d.lease is distinct from life and d.kind not in ('send', 'file', 'say');
  with taken as (update public.portal_delivery d set lease = life, leased_at = now()
    where d.portal_id = portal_ and d.state = 'leased' and d.lease is distinct from life and d.next_at <= now() returning d.*)
  select coalesce(jsonb_agg(s order by t.n) filter (where s is not null), '[]') into unsure_ from taken t cross join lateral public.portal_delivery_shape(t) s;
  with chats as (
    select d.portal_chat_id as id, min(d.n) as n from public.portal_delivery d where d.portal_id = portal_ and d.state in ('waiting', 'leased')
    group by 1 having not bool_or(d.state = 'leased')
  ), picked as (
    select r.id from (select c.id as chat_id from chats c join public.portal_chat x on x.id = c.id
      join public.portal_line l on l.portal_id = x.portal_id and lower(l.connector) = x.connector and l.ended_at is null and l.state = 'active' order by c.n) c
    cross join lateral (
      select o.id, bool_and(o.next_at <= now()) over (order by o.n) as is_ready from (
        select p.id, p.n, p.next_at from public.portal_delivery p
        where p.portal_id = portal_ and p.portal_chat_id = c.chat_id and p.state in ('waiting', 'leased') order by p.n limit 20) o) r
    where r.is_ready limit limit_
  ), taken as (
    -- Nothing before it any more.
    update public.portal_delivery d set state = 'leased', lease = life, leased_at = now(), code = nullif(d.code, 'portal_earlier'),
      since = case when d.code is distinct from 'portal_earlier' then d.since end
    from picked where d.id = picked.id returning d.*)
  select coalesce(jsonb_agg(s order by t.n), '[]') into rows_ from taken t cross join lateral public.portal_delivery_shape(t) s;
  return jsonb_build_object('rows', rows_, 'unsure', unsure_,
    'nextAt', (select public.iso(min(d.next_at)) from public.portal_delivery d where d.portal_id = portal_ and d.next_at > now()
      and (d.state = 'waiting' or (d.state = 'leased' and d.lease is null))));
end $$;

/* What is posted in an employee's name may come back as an event: told before it is posted. [{messageId, chatId, userId, hash}] */
create or replace function portal_post(portal_ uuid, rows_ jsonb) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  insert into public.portal_message as y (account_id, portal_id, message_id, portal_chat_id, direction, user_id, echo_hash, echo_until)
  select p.account_id, p.id, (r ->> 'messageId')::uuid, (r ->> 'chatId')::uuid, 'to', r ->> 'userId', r ->> 'hash', now() + interval '10 minutes'
  from public.portal p cross join jsonb_array_elements(rows_) r where p.id = portal_
  on conflict (portal_id, message_id) do update set user_id = excluded.user_id, echo_hash = excluded.echo_hash, echo_until = excluded.echo_until
    where y.direction = 'to' and not y.echoed
$$;

/* The portal has told where it keeps this chat. A session that we did not know is a new conversation: whose it is with us, it becomes there. */
create or replace function portal_chat_seen(portal_chat_ uuid, line_ int, im_chat_ text, session_ text, guest_ text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare x public.portal_chat;
begin
  -- `no key`: whoever writes a delivery of this chat meanwhile holds its key, and need not wait for us, nor we for them.
  select * into x from public.portal_chat where id = portal_chat_ for no key update;
  if x.line is not distinct from line_ and x.im_chat_id is not distinct from im_chat_ and x.session_id is not distinct from session_ then return; end if;
  update public.portal_chat set line = line_, im_chat_id = im_chat_, session_id = session_, guest_id = coalesce(guest_, guest_id), responsible = null, finished_at = null where id = x.id;
  if exists (select from public.chat c where c.id = x.chat_id and c.state <> 'closed' and public.employee_of(x.portal_id, c.assignee_id) is not null) then
    perform public.portal_add(x.id, 'responsible', null, null, null);
  end if;
end $$;

/* What stands behind something of this chat that does not go on says so, once. */
create or replace function portal_behind(portal_chat_ uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare d public.portal_delivery;
begin
  for d in update public.portal_delivery o set code = 'portal_earlier', since = now() where o.id in (
      select w.id from public.portal_delivery w where w.portal_chat_id = portal_chat_ and w.state = 'waiting' and w.code is null
        and exists (select from public.portal_delivery e where e.portal_chat_id = w.portal_chat_id and e.n < w.n and e.state in ('waiting', 'leased'))
      -- Somebody decides about it this moment.
      for update skip locked) returning o.* loop
    perform public.portal_behind_told(d);
  end loop;
end $$;

/*
 * The calls of these deliveries stand in the portal's line: why, and until when, as its object knows it. A hop of each message's way, and
 * of what stands behind it in its chat. What is no longer under way has gone on meanwhile.
 */
create or replace function portal_held(portal_ uuid, ids uuid[], code_ text, method_ text, until_ timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare d public.portal_delivery;
begin
  for d in select * from public.portal_delivery o where o.id = any(ids) and o.portal_id = portal_ and o.state = 'leased' loop
    insert into public.trace (account_id, at, level, place, what, code, trace_id, channel_id, chat_id, message_id, data)
    select d.account_id, clock_timestamp(), 'warn', 'bitrix24', 'portal_held', code_, d.trace_id, l.channel_id, x.chat_id, d.message_id,
      jsonb_build_object('portal', p.domain, 'until', public.clock_of(d.account_id, until_), 'said', method_)
    from public.portal_chat x join public.portal p on p.id = x.portal_id
    left join public.portal_line l on l.portal_id = x.portal_id and lower(l.connector) = x.connector and l.ended_at is null
    where x.id = d.portal_chat_id and d.message_id is not null;
    perform public.portal_behind(d.portal_chat_id);
  end loop;
end $$;

/*
 * What became of deliveries, several at once: [{id, outcome, code, text, afterMs, counts, body, imChatId, sessionId, guestId, responsible, lineProblem}].
 * `later` waits again, `unsure` is looked at again; every other outcome ends it. Each is a hop of its message's way. Gives jobs: a line
 * that does not take messages any more wakes the administrators.
 */
create or replace function portal_settle(portal_ uuid, outcomes jsonb) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  e jsonb;
  d public.portal_delivery;
  before_ public.portal_delivery;
  l public.portal_line;
  x public.portal_chat;
  domain_ text := (select p.domain from public.portal p where p.id = portal_);
  is_over boolean;
  seconds_ int;
begin
  for e in select value from jsonb_array_elements(outcomes) with ordinality order by ordinality loop
    is_over := e ->> 'outcome' not in ('later', 'unsure');
    select * into before_ from public.portal_delivery where id = (e ->> 'id')::uuid and portal_id = portal_ and state in ('waiting', 'leased') for update;
    continue when before_.id is null;
    update public.portal_delivery set
      state = case e ->> 'outcome' when 'later' then 'waiting' when 'unsure' then 'leased' else e ->> 'outcome' end,
      tries = tries + coalesce((e ->> 'counts')::int, 0), lease = null, body = coalesce(e -> 'body', body),
      next_at = case when is_over then next_at
        -- Its portal, or its line, has come back while it was under way.
        when e ->> 'outcome' = 'later' and before_.state = 'leased' and before_.next_at > before_.leased_at then now()
        -- Its file has come while it was being put back.
        when e ->> 'code' = 'portal_file_pending' and not exists (select from public.message m join public.media f on f.id = m.media_id where m.id = before_.message_id and f.state = 'pending') then now()
        else now() + make_interval(secs => (e ->> 'afterMs')::numeric / 1000) end,
      since = case when is_over or e ->> 'code' is null then since else coalesce(since, now()) end,
      code = e ->> 'code', explanation = left(e ->> 'text', 500), settled_at = case when is_over then now() end
    where id = before_.id returning * into d;
    select * into x from public.portal_chat where id = d.portal_chat_id;
    select * into l from public.portal_line n where n.portal_id = portal_ and lower(n.connector) = x.connector and n.ended_at is null;
    if e ->> 'outcome' = 'done' then
      if e ->> 'imChatId' is not null then perform public.portal_chat_seen(x.id, l.line, e ->> 'imChatId', e ->> 'sessionId', e ->> 'guestId'); end if;
      if d.kind = 'send' then
        insert into public.portal_message (account_id, portal_id, message_id, portal_chat_id, direction) values (d.account_id, portal_, d.message_id, x.id, 'to') on conflict do nothing;
      elsif d.kind = 'responsible' then update public.portal_chat set responsible = coalesce(e ->> 'responsible', responsible) where id = x.id;
      elsif d.kind = 'session_finish' then update public.portal_chat set finished_at = now() where id = x.id;
      end if;
    end if;
    if e ? 'lineProblem' then
      update public.portal_line set state = 'broken', problem = e ->> 'lineProblem', problem_at = now(), updated_at = now() where id = l.id and state = 'active';
      if found then perform public.portal_alarm(l.account_id); end if;
    end if;
    -- Why it waits is said once, not with every try.
    continue when not is_over and before_.code is not distinct from d.code;
    continue when e ->> 'outcome' = 'discarded' and d.message_id is null;
    seconds_ := extract(epoch from now() - d.created_at)::int;
    insert into public.trace (account_id, at, level, place, what, code, trace_id, channel_id, chat_id, message_id, data)
    values (d.account_id, clock_timestamp(), case when e ->> 'outcome' in ('failed', 'unconfirmed') then 'error' when is_over then 'info' else 'warn' end, 'bitrix24',
      case when e ->> 'outcome' = 'done' then 'portal_' || d.kind || case when d.kind = 'send' and seconds_ > 20 then '_late' else '' end
        when is_over then 'portal_' || (e ->> 'outcome') else 'portal_waits' end,
      d.code, d.trace_id, l.channel_id, x.chat_id, d.message_id,
      jsonb_strip_nulls(jsonb_build_object('portal', domain_, 'line', coalesce(nullif(l.line_name, ''), l.line::text), 'seconds', seconds_, 'said', d.explanation,
        'since', public.iso(d.since), 'until', case when not is_over then public.clock_of(d.account_id, d.next_at) end)));
    if not is_over then perform public.portal_behind(x.id); end if;
  end loop;
  return public.jobs_begun();
end $$;

/* The day's work: what was told three months ago, as long as the trace is kept. Echoes that nobody awaits go with their hash. */
create or replace function portal_deliveries_retention() returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare deliveries int;
begin
  with gone as (delete from public.portal_delivery where settled_at < now() - interval '90 days' returning 1) select count(*) into deliveries from gone;
  update public.portal_message set echo_hash = null where echo_hash is not null and echo_until < now() - interval '1 day';
  return jsonb_build_object('portal_delivery', deliveries);
end $$;

do $$
declare f text;
begin
  foreach f in array array['portal_object(uuid)', 'portals_due()', 'portal_delivery_shape(portal_delivery)', 'portal_take(uuid,uuid,int)', 'portal_post(uuid,jsonb)',
    'portal_behind(uuid)', 'portal_held(uuid,uuid[],text,text,timestamptz)', 'portal_chat_seen(uuid,int,text,text,text)', 'portal_settle(uuid,jsonb)', 'portal_deliveries_retention()'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
