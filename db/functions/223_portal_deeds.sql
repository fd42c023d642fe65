-- What robots of a portal and its SMS ask us to send. A deed is one row and one message of the same id, however often it is asked for.
-- Each step is a job: begun when it is heard, again when its message has moved on, so that the portal is told what became of it.

/* A step of a deed, once for each `about`. */
create or replace function portal_deed_job(account_ uuid, deed_ uuid, about text, wait interval) returns void language plpgsql volatile as $$
declare job_ uuid := overlay(overlay(md5('deed|' || deed_ || '|' || about) placing '7' from 13) placing '8' from 17)::uuid;
begin
  insert into job (id, account_id, kind, ref, run_after)
  values (job_, account_, 'portal_deed', jsonb_build_object('deedId', deed_, 'about', about), now() + wait) on conflict (id) do nothing;
  if found and wait <= interval '0' then perform set_config('app.jobs', (jobs_begun() || jsonb_build_object('id', job_, 'kind', 'portal_deed'))::text, true); end if;
end $$;

/* A portal asked for something: noted once. A sender's code is that of its number. Gives jobs. */
create or replace function portal_deed_heard(portal_ uuid, args jsonb) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  account_ uuid := (select p.account_id from public.portal p where p.id = portal_ and p.state <> 'uninstalled');
  deed_ uuid;
begin
  if account_ is null then return '[]'; end if;
  insert into public.portal_deed (account_id, portal_id, kind, key, code, body, stands, channel_id)
  values (account_, portal_, args ->> 'kind', args ->> 'key', args ->> 'code', args -> 'body', 'queued', (select c.id from public.channel c
    where c.account_id = account_ and c.archived_at is null and (c.id::text = args ->> 'channel' or 'wab24_' || right(replace(c.id::text, '-', ''), 12) = args ->> 'code') limit 1))
  on conflict (portal_id, kind, key) do nothing returning id into deed_;
  if deed_ is null then return '[]'; end if;
  perform public.portal_deed_job(account_, deed_, 'heard', '0');
  return public.jobs_begun();
end $$;

/* A deed as it stands, with whom to ask and tell. Null: it is over, or its portal is. */
create or replace function portal_deed_now(account_ uuid, deed_ uuid) returns jsonb language plpgsql volatile as $$
begin
  perform act_for(account_);
  return (select jsonb_build_object('id', d.id, 'kind', d.kind, 'key', d.key, 'code', d.code, 'state', d.state, 'problem', d.problem, 'told', d.told, 'createdAt', iso(d.created_at),
      'body', d.body, 'portal', jsonb_build_object('appId', p.app_id, 'memberId', p.member_id, 'domain', p.domain), 'country', a.country,
      'language', coalesce((select x.language from portal_person e join person x on x.id = e.person_id where e.portal_id = p.id and e.is_admin order by e.user_id limit 1), 'es'),
      'author', case when d.kind = 'sms' then portal_deed_author(p.id, d.body ->> 'userId') end,
      'channel', (select jsonb_build_object('id', n.id, 'key', n.key) from channel n where n.id = d.channel_id),
      'message', (select jsonb_build_object('status', m.status, 'code', m.error_code) from message m where m.id = d.id))
    from portal_deed d join portal p on p.id = d.portal_id join account a on a.id = d.account_id where d.id = deed_ and p.state <> 'uninstalled');
end $$;

/* Who writes by SMS from a card: the person of ours who that employee is. Null: nobody of ours. */
create or replace function portal_deed_author(portal_ uuid, user_ text) returns jsonb language sql stable as $$
  select jsonb_build_object('id', x.id, 'name', x.name) from portal_person e join person x on x.id = e.person_id
  where e.portal_id = portal_ and e.user_id = user_ and x.deactivated_at is null
$$;

/* What the rules of sending must know, and the template that is asked for. */
create or replace function portal_deed_context(account_ uuid, deed_ uuid, chat_ uuid) returns jsonb language plpgsql volatile as $$
begin
  perform act_for(account_);
  return (select jsonb_build_object('limit', case when d.body -> 'template' <> 'null' then limit_for(c)::jsonb end, 'guard', guard_for(c, n, d.body ->> 'text')::jsonb,
      'template', (select jsonb_build_object('providerId', t.provider_id, 'status', t.status, 'category', t.category, 'content', t.components) from template t
        where t.channel_id = n.id and t.name = d.body -> 'template' ->> 'name' and t.language = d.body -> 'template' ->> 'language' and t.archived_at is null),
      'chat', jsonb_build_object('id', c.id, 'objectKey', c.object_key, 'lastInboundAt', iso(c.last_inbound_at), 'consent', consent_now(c.contact_id, c.channel_id)),
      'channel', jsonb_build_object('id', n.id, 'key', n.key, 'kind', n.kind, 'settings', n.settings, 'archived', n.archived_at is not null, 'entitled', channel_entitled(n.id)))
    from portal_deed d, chat c join channel n on n.id = c.channel_id where d.id = deed_ and c.id = chat_alive(chat_));
end $$;

/* A deed has become a message, or was refused for a reason. What waits too long is told to be waiting. Gives jobs. */
create or replace function portal_deed_settled(account_ uuid, deed_ uuid, state_ text, problem_ text) returns jsonb language plpgsql volatile as $$
begin
  perform act_for(account_);
  update portal_deed set state = state_, problem = problem_, settled_at = now(),
    stands = case state_ when 'refused' then 'failed' else (select message_stands(m.status) from message m where m.id = deed_) end where id = deed_ and state = 'waiting';
  if found and state_ = 'refused' then
    insert into trace (account_id, at, level, place, what, code, channel_id, message_id, data)
    select account_, clock_timestamp(), 'error', 'bitrix24', 'deed_refused', problem_, d.channel_id, d.id, jsonb_build_object('kind', d.kind, 'phone', phone_shown(d.body ->> 'phone')) from portal_deed d where d.id = deed_;
  end if;
  perform portal_deed_job(account_, deed_, 'settled', '0');
  if state_ = 'sent' then perform portal_deed_job(account_, deed_, 'late', '4 minutes'); end if;
  return jobs_begun();
end $$;

/* What the portal was told of it, or why it could not be (`problem_`); in the trace of its message. */
create or replace function portal_deed_told(account_ uuid, deed_ uuid, told_ text, problem_ text) returns void language plpgsql volatile as $$
begin
  perform act_for(account_);
  update portal_deed set told = told_ where id = deed_;
  insert into trace (account_id, at, level, place, what, code, trace_id, channel_id, chat_id, message_id, data)
  select account_, clock_timestamp(), case when problem_ is null then 'info' else 'warn' end, 'bitrix24', case when problem_ is null then 'deed_told' else 'deed_untold' end, problem_,
    m.trace_id, d.channel_id, m.chat_id, d.id, jsonb_build_object('status', told_, 'code', problem_)
  from portal_deed d left join message m on m.id = d.id where d.id = deed_;
end $$;

/* The message of a deed has moved on: the portal is told. */
create or replace function portal_deed_moved() returns trigger language plpgsql as $$
begin
  perform portal_deed_job(new.account_id, new.id, new.status, '0');
  return null;
end $$;
drop trigger if exists portal_deed_moved on message;
create trigger portal_deed_moved after update of status on message for each row
  when (old.status is distinct from new.status and new.extra ? 'deed') execute function portal_deed_moved();

/* A person's hand on what was asked for and is no message: asked of the rules once more, or put away. Gives how many there were. */
create or replace function portal_deeds_set(ids uuid[], decision text, reason_ text) returns int language plpgsql volatile as $$
declare
  d portal_deed;
  done_ int := 0;
begin
  for d in update portal_deed o set stands = case decision when 'retry' then 'queued' end, state = case decision when 'retry' then 'waiting' else o.state end,
      problem = case when decision <> 'retry' then o.problem end, settled_at = case when decision <> 'retry' then o.settled_at end
    where o.id = any(ids) and o.account_id = this_account() and o.state = 'refused' and o.stands = 'failed' returning o.* loop
    done_ := done_ + 1;
    if decision = 'retry' then perform portal_deed_job(d.account_id, d.id, 'again|' || clock_timestamp(), '0'); end if;
    insert into trace (account_id, at, level, place, what, channel_id, message_id, data)
    values (d.account_id, clock_timestamp(), 'info', 'person', 'deed_by_person_' || decision, d.channel_id, d.id,
      jsonb_build_object('person', coalesce((select p.name from person p where p.id = this_person()), 'API'), 'reason', coalesce(reason_, '–')));
  end loop;
  return done_;
end $$;

/* What robots and senders of a portal may choose from: the company's numbers, and its templates, with the kind of file that one needs. */
create or replace function portal_deed_choices(portal_ uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object(
    'channels', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'code', 'wab24_' || right(replace(c.id::text, '-', ''), 12)) order by c.id), '[]')
      from public.channel c where c.account_id = p.account_id and c.archived_at is null),
    'templates', (select coalesce(jsonb_agg(distinct jsonb_build_object('name', t.name, 'language', t.language,
        'file', nullif(coalesce(t.components -> 'header' ->> 'kind', 'text'), 'text'))), '[]') from public.template t join public.channel c on c.id = t.channel_id
      where t.account_id = p.account_id and t.status = 'approved' and t.archived_at is null and c.archived_at is null
        and coalesce(t.components ->> 'unsupported', '') = '' and coalesce(t.components -> 'header' ->> 'kind', 'text') <> 'location'))
  from public.portal p where p.id = portal_
$$;

/* Numbers of a portal's company whose templates nobody has read for long: their keys. */
create or replace function portal_templates_due(portal_ uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(jsonb_agg(c.key order by c.id), '[]') from public.portal p join public.channel c on c.account_id = p.account_id
  left join public.template_read r on r.channel_id = c.id
  where p.id = portal_ and p.state <> 'uninstalled' and c.archived_at is null and c.kind <> 'session' and coalesce(r.at, '-infinity') < now() - interval '12 hours'
$$;

/* The file of a template's header, fetched for a deed. */
create or replace function portal_deed_file(account_ uuid, f jsonb) returns void language plpgsql volatile as $$
begin
  perform act_for(account_);
  insert into media (id, account_id, r2_key, mime, kind, size, sha256, name, details, state)
  values ((f ->> 'id')::uuid, account_, f ->> 'r2Key', f ->> 'mime', f ->> 'kind', (f ->> 'size')::bigint, f ->> 'sha256', f ->> 'name', nullif(f -> 'details', 'null'), 'ready')
  on conflict (id) do nothing;
end $$;

do $$
declare f text;
begin
  foreach f in array array['portal_deed_heard(uuid,jsonb)', 'portal_deed_choices(uuid)', 'portal_templates_due(uuid)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
