-- Installations in Bitrix24. What opens a portal is in the portal's own object and never here.

/* How the screen of the portals shows one. */
drop view if exists portal_shape;
create view portal_shape with (security_invoker = true) as
select p.id, p.account_id,
  json_build_object('id', p.id, 'domain', p.domain, 'state', p.state, 'problem', p.problem, 'problemAt', iso(p.problem_at), 'isLocal', p.app_id is not null,
    'connectedAs', p.connected_as, 'installedAt', iso(p.installed_at), 'lastEvent', p.last_event, 'lastEventAt', iso(p.last_event_at),
    'uninstalledAt', iso(p.uninstalled_at), 'alarmMinutes', p.alarm_minutes, 'facts', p.facts) as json
from portal p;
grant select on portal_shape to app_rw;

create or replace function api_portals(args jsonb) returns json language sql stable as $$
  select json_build_object(
    'items', coalesce((select json_agg(s.json order by s.id) from portal_shape s where s.account_id = this_account()), '[]'),
    'apps', coalesce((select json_agg(json_build_object('id', a.id, 'clientId', a.client_id, 'createdAt', iso(a.created_at)) order by a.id)
      from portal_app a where a.account_id = this_account() and a.archived_at is null), '[]'))
$$;

/* Where the object of a portal is, for our own work. */
create or replace function api_portal_inner(args jsonb) returns json language sql stable as $$
  select json_build_object('memberId', p.member_id, 'appId', p.app_id) from portal p where p.id = as_uuid(args ->> 'portalId') and p.account_id = this_account()
$$;

create or replace function api_portal(args jsonb) returns json language sql stable as $$
  select s.json from portal_shape s where s.id = as_uuid(args ->> 'portalId') and s.account_id = this_account()
$$;

/* After how many minutes what waits wakes the administrators. Null: no such portal. */
create or replace function api_portal_change(args jsonb) returns json language plpgsql volatile as $$
declare
  was portal;
  minutes int := (args ->> 'alarmMinutes')::int;
begin
  select * into was from portal where id = as_uuid(args ->> 'portalId') and account_id = this_account() for update;
  if was.id is null then return null; end if;
  if was.alarm_minutes <> minutes then
    update portal set alarm_minutes = minutes where id = was.id;
    perform audit_mine('portal.changed', 'portal', was.id::text, was.domain, jsonb_build_object('alarmMinutes', was.alarm_minutes), jsonb_build_object('alarmMinutes', minutes));
  end if;
  return api_portal(args);
end $$;

/* A code with which a portal joins this company. An older one of the same person ends. */
create or replace function api_portal_code_make(args jsonb) returns json language plpgsql volatile as $$
declare until_ timestamptz := now() + interval '1 hour';
begin
  -- A key of a machine is nobody who could be in the portal.
  if this_person() is null then perform refuse('forbidden'); end if;
  update portal_code set spent_at = now() where person_id = this_person() and spent_at is null;
  insert into portal_code (account_id, person_id, code_hash, expires_at) values (this_account(), this_person(), decode(args ->> 'hash', 'hex'), until_);
  perform audit_mine('portal.code_made', 'portal', null, null, null, null);
  return json_build_object('until', iso(until_));
end $$;

create or replace function api_portal_app_add(args jsonb) returns json language plpgsql volatile as $$
begin
  begin
    insert into portal_app (id, account_id, client_id, sealed, made_by) values ((args ->> 'id')::uuid, this_account(), args ->> 'clientId', args ->> 'sealed', this_person());
  exception when unique_violation then perform refuse('portal_app_taken');
  end;
  perform audit_mine('portal_app.added', 'portal_app', args ->> 'id', args ->> 'clientId', null, null);
  return api_portals('{}');
end $$;

/* The application behind a key in its addresses: what its object needs to refresh tokens. */
create or replace function portal_app_by(app_ uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('accountId', a.account_id, 'clientId', a.client_id, 'sealed', a.sealed) from public.portal_app a where a.id = app_ and a.archived_at is null
$$;

/*
 * Opens the alarm of a portal that cannot be reached any more, or ends it when every portal of the company can. Gives all jobs begun:
 * the change that it is told of may have woken a portal.
 */
create or replace function portal_alarm(account_ uuid) returns jsonb language plpgsql volatile as $$
declare
  a public.alarm;
  broken int;
begin
  select count(*) into broken from public.portal p where p.account_id = account_ and (p.state in ('needs_reconnect', 'payment_required', 'disconnected', 'deleted')
    -- A line that a number has lost is no connection either.
    or (p.state = 'active' and exists (select from public.portal_line l where l.portal_id = p.id and l.ended_at is null and l.state = 'broken')));
  if broken = 0 then
    update public.alarm set over_at = now() where account_id = account_ and kind = 'portal_disconnected' and over_at is null;
    return public.jobs_begun();
  end if;
  insert into public.alarm (account_id, kind, figure) values (account_, 'portal_disconnected', broken)
  on conflict (account_id, kind) where over_at is null do nothing returning * into a;
  if a.id is null then return public.jobs_begun(); end if;
  insert into public.trace (account_id, at, level, place, what, data) values (account_, now(), 'error', 'bitrix24', 'portal_disconnected', jsonb_build_object('figure', broken));
  perform public.push_job(account_, 'alarm|' || a.id, jsonb_build_object('what', 'alarm', 'alarmId', a.id));
  return public.jobs_begun();
end $$;

/* How a portal stands now, said by its object. Gives jobs, [{id, kind}]. */
create or replace function portal_stands(portal_ uuid, state_ text, problem_ text, facts_ jsonb, as_ jsonb) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare p public.portal;
begin
  update public.portal set
    problem_at = case when state_ = 'active' then null when state = state_ then problem_at else now() end,
    state = state_, problem = problem_, facts = facts || coalesce(facts_, '{}'), domain = coalesce(as_ ->> 'domain', domain),
    connected_as = case when as_ ? 'name' then as_ ->> 'name' else connected_as end, connected_user = case when as_ ? 'userId' then as_ ->> 'userId' else connected_user end
  where id = portal_ and state <> 'uninstalled' returning * into p;
  if p.id is null then return '[]'; end if;
  return public.portal_alarm(p.account_id);
end $$;

/* The last event of a portal. */
create or replace function portal_heard(portal_ uuid, event_ text, at_ timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.portal set last_event = event_, last_event_at = at_ where id = portal_ and (last_event_at is null or last_event_at <= at_)
$$;

/*
 * An installation that Bitrix24 has vouched for. A portal that is known is back where it was; a local application belongs to the
 * company that typed it; a code joins the company of who made it; `begins` begins a company. Gives {portalId, accountId, isNew}, or
 * {choose: true} when somebody has to say whose it is, or {refusal}. args: appId, memberId, domain, language, timeZone, country,
 * userId, name, facts, code (hash, hex), begins.
 */
create or replace function portal_arrives(args jsonb) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  p public.portal;
  app_ public.portal_app;
  code_ public.portal_code;
  account_ uuid;
  person_ uuid;
  begins_ boolean := false;
begin
  -- The page and the event of an installation come side by side: one of them makes the row.
  perform pg_advisory_xact_lock(hashtextextended('portal|' || (args ->> 'memberId'), 0));
  select * into p from public.portal x where x.member_id = args ->> 'memberId' and x.app_id is not distinct from (args ->> 'appId')::uuid;
  if p.id is not null then
    update public.portal set domain = args ->> 'domain', state = 'active', problem = null, problem_at = null, uninstalled_at = null, wipe_at = null,
      installed_at = case when uninstalled_at is null then installed_at else now() end, facts = facts || coalesce(args -> 'facts', '{}')
    where id = p.id;
    if p.uninstalled_at is not null then
      perform public.audit_add(p.account_id, 'portal.reinstalled', 'nobody', null, args ->> 'name', 'portal', p.id::text, args ->> 'domain', null, null);
    end if;
    perform public.portal_alarm(p.account_id);
    return jsonb_build_object('portalId', p.id, 'accountId', p.account_id, 'isNew', false);
  end if;
  if args ->> 'appId' is not null then
    select * into app_ from public.portal_app x where x.id = (args ->> 'appId')::uuid and x.archived_at is null;
    if app_.id is null then return jsonb_build_object('refusal', 'not_found'); end if;
    account_ := app_.account_id;
    person_ := app_.made_by;
  elsif args ->> 'code' is not null then
    update public.portal_code x set spent_at = now() where x.code_hash = decode(args ->> 'code', 'hex') and x.spent_at is null and x.expires_at > now() returning * into code_;
    if code_.id is null then return jsonb_build_object('refusal', 'link_spent'); end if;
    account_ := code_.account_id;
    person_ := code_.person_id;
  elsif coalesce((args ->> 'begins')::boolean, false) then
    insert into public.account (name, country, time_zone) values (args ->> 'domain', args ->> 'country', args ->> 'timeZone') returning id into account_;
    perform public.roles_begin(account_);
    begins_ := true;
  else
    return jsonb_build_object('choose', true);
  end if;
  insert into public.portal (account_id, app_id, member_id, domain, begins, facts)
  values (account_, app_.id, args ->> 'memberId', args ->> 'domain', begins_, coalesce(args -> 'facts', '{}')) returning * into p;
  if args ->> 'userId' is not null and not begins_ then
    insert into public.portal_person (portal_id, user_id, account_id, person_id, name) values (p.id, args ->> 'userId', account_, person_, args ->> 'name');
  end if;
  if begins_ then perform public.audit_add(account_, 'account.created', 'nobody', null, args ->> 'name', 'account', account_::text, args ->> 'domain', null, null); end if;
  perform public.audit_add(account_, 'portal.added', 'nobody', null, args ->> 'name', 'portal', p.id::text, p.domain, null, null);
  return jsonb_build_object('portalId', p.id, 'accountId', account_, 'isNew', true);
end $$;

/*
 * An employee opens the application in their portal: a session of ours begins for who they are here. Who administrates the portal
 * with which a company began is its administrator. Gives {personId, isBare}, or {refusal: 'no_access'} for whom nobody has let in.
 * isBare: no number is on any open line of it, and they may put one there.
 */
create or replace function portal_enters(portal_ uuid, user_ jsonb, hash bytea, agent text) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  p public.portal;
  e public.portal_person;
  who public.person;
  is_admin_ boolean := (user_ ->> 'isAdmin')::boolean;
begin
  select * into p from public.portal where id = portal_ and state <> 'uninstalled' for update;
  if p.id is null then return jsonb_build_object('refusal', 'not_found'); end if;
  insert into public.portal_person (portal_id, user_id, account_id, name, is_admin, seen_at) values (p.id, user_ ->> 'id', p.account_id, user_ ->> 'name', is_admin_, now())
  on conflict (portal_id, user_id) do update set name = excluded.name, is_admin = excluded.is_admin, is_active = true, seen_at = now() returning * into e;
  if e.person_id is null and p.begins and is_admin_ then
    -- They sign in here alone; the address is only a name that nobody else has.
    insert into public.person (account_id, email, name, role_id, language)
    values (p.account_id, lower((user_ ->> 'id') || '.' || p.id || '@portal.invalid'), user_ ->> 'name', public.roles_begin(p.account_id), user_ ->> 'language') returning * into who;
    update public.portal_person set person_id = who.id where portal_id = p.id and user_id = e.user_id;
    perform public.audit_add(p.account_id, 'person.invited', 'nobody', null, who.name, 'person', who.id::text, who.name, null, jsonb_build_object('way', 'bitrix24'));
  else
    if e.person_id is null and is_admin_ and p.app_id is not null and not exists (select from public.portal_person x where x.portal_id = p.id and x.person_id is not null) then
      -- Whoever typed the local application here is the first administrator who opens it there.
      update public.portal_person set person_id = (select a.made_by from public.portal_app a where a.id = p.app_id) where portal_id = p.id and user_id = e.user_id returning * into e;
    end if;
    select * into who from public.person x where x.id = e.person_id and x.deactivated_at is null;
  end if;
  if who.id is null then return jsonb_build_object('refusal', 'no_access'); end if;
  insert into public.session (account_id, person_id, token_hash, kind, user_agent, expires_at) values (p.account_id, who.id, hash, 'frame', left(agent, 300), now() + interval '30 days');
  perform public.audit_self(who, 'session.started', jsonb_build_object('way', 'bitrix24', 'device', left(agent, 300)));
  return jsonb_build_object('personId', who.id, 'isBare',
    not exists (select from public.portal_line l where l.portal_id = p.id and l.ended_at is null)
    and exists (select from public.role r where r.id = who.role_id and public.role_grants(r.base, r.changes) ? 'account.manage'));
end $$;

/* Forgets who a portal's employees were. People who were only there keep what they did, and no name. */
create or replace function portal_forget(portal_ uuid) returns void language plpgsql volatile as $$
begin
  update public.person x set name = 'Bitrix24', email = x.id || '@gone.invalid', deactivated_at = coalesce(x.deactivated_at, now())
  where x.id in (select e.person_id from public.portal_person e where e.portal_id = portal_) and x.email like '%@portal.invalid';
  delete from public.portal_person where portal_id = portal_;
  delete from public.portal_department where portal_id = portal_;
  delete from public.portal_role_draft where portal_id = portal_;
  update public.portal set connected_as = null, connected_user = null, wipe_at = null, people_read_at = null, people_problem = null where id = portal_;
end $$;

/* The application was taken out of a portal: its frames end at once; what is known of employees goes after thirty days, or now. */
create or replace function portal_leaves(portal_ uuid, clean boolean) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare p public.portal;
begin
  update public.portal set state = 'uninstalled', problem = null, problem_at = null, uninstalled_at = coalesce(uninstalled_at, now()),
    wipe_at = coalesce(wipe_at, now() + interval '30 days')
  where id = portal_ returning * into p;
  if p.id is null then return; end if;
  update public.session s set revoked_at = now() where s.kind in ('frame', 'portal') and s.revoked_at is null
    and s.person_id in (select e.person_id from public.portal_person e where e.portal_id = p.id);
  -- What was bound is bound again when the application is back.
  update public.portal_line set set_at = null, problem = 'uninstalled', problem_at = now(), updated_at = now(), state = case when state = 'paused' then state else 'broken' end
  where portal_id = p.id and ended_at is null;
  update public.portal_line set cleared_at = now() where portal_id = p.id and ended_at is not null and cleared_at is null;
  perform public.audit_add(p.account_id, 'portal.removed', 'nobody', null, null, 'portal', p.id::text, p.domain, null, jsonb_build_object('clean', clean));
  if clean then perform public.portal_forget(p.id); end if;
  perform public.portal_alarm(p.account_id);
end $$;

/* The day's work: quarantines that are over, codes that nobody used. */
create or replace function portals_retention() returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  portals int;
  codes int;
  events int;
begin
  with gone as (delete from public.portal_event where at < now() - interval '30 days' returning 1) select count(*) into events from gone;
  select count(public.portal_forget(p.id)) into portals from public.portal p where p.wipe_at < now();
  with gone as (delete from public.portal_code where expires_at < now() - interval '7 days' returning 1) select count(*) into codes from gone;
  delete from public.portal_exit where expires_at < now() - interval '1 day';
  return jsonb_build_object('portal_person', portals, 'portal_code', codes, 'portal_event', events);
end $$;

do $$
declare f text;
begin
  foreach f in array array['portal_app_by(uuid)', 'portal_alarm(uuid)', 'portal_stands(uuid,text,text,jsonb,jsonb)', 'portal_heard(uuid,text,timestamptz)', 'portal_arrives(jsonb)',
    'portal_enters(uuid,jsonb,bytea,text)', 'portal_forget(uuid)', 'portal_leaves(uuid,boolean)', 'portals_retention()'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
  revoke all on function portal_alarm(uuid), portal_forget(uuid) from app_rw;
end $$;
