-- People, their links and devices. Every change is audited with what was before; what may not be ends the statement
-- with SQLSTATE WB001 and our code as its message (worker/src/identity/caller.ts makes a refusal of it).

/* Says no for good: nothing of what this statement did stays. */
create or replace function refuse(code text) returns void language plpgsql immutable as $$
begin
  raise exception using errcode = 'WB001', message = code;
end $$;

/* Nobody hands out what they do not have: each grant must be as wide in the caller's own. Departments and numbers differ in kind. */
create or replace function refuse_beyond_own(grants jsonb) returns void language plpgsql stable as $$
declare own jsonb := coalesce(nullif(current_setting('app.grants', true), ''), '{}')::jsonb;
begin
  if exists (select from jsonb_each_text(grants) g
      where not coalesce(own ->> g.key = 'all' or own ->> g.key = g.value or (g.value = 'own' and own ? g.key), false)) then
    perform refuse('beyond_own_rights');
  end if;
end $$;

/* What a role gives, its changes included. */
create or replace function grants_of_role(role_ uuid) returns jsonb language sql stable as $$
  select role_grants(r.base, r.changes) from role r where r.id = role_
$$;

drop view if exists person_shape;
create view person_shape with (security_invoker = true) as
select p.id, p.account_id, p.name, p.deactivated_at,
  json_build_object(
    'id', p.id, 'name', p.name, 'email', p.email, 'language', p.language,
    'role', json_build_object('id', r.id, 'name', r.name, 'base', r.base),
    'state', case when p.deactivated_at is not null then 'deactivated' when p.password_hash is null and not exists (select from portal_person e where e.person_id = p.id) then 'invited' else 'active' end,
    'departments', (select coalesce(json_agg(d.department_id), '[]') from department_person d join department x on x.id = d.department_id
      where d.person_id = p.id and d.ended_at is null and x.archived_at is null),
    'channels', (select coalesce(json_agg(c.channel_id), '[]') from channel_person c where c.person_id = p.id and c.ended_at is null),
    'hasSecondFactor', p.totp_at is not null,
    'devices', (select count(*) from session s where s.person_id = p.id and s.revoked_at is null and s.expires_at > now() and s.last_seen_at > now() - interval '30 days'),
    'lastSeenAt', (select iso(max(s.last_seen_at)) from session s where s.person_id = p.id),
    'openChats', (select count(*) from chat c where c.assignee_id = p.id and c.state <> 'closed' and c.merged_into is null),
    'createdAt', iso(p.created_at)
  ) as json
from person p join role r on r.id = p.role_id;
grant select on person_shape to app_rw;

create or replace function api_people(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(s.json order by s.deactivated_at is not null, plain(s.name), s.id), '[]'))
  from person_shape s where s.account_id = this_account()
$$;

create or replace function person_json(person_ uuid) returns json language sql stable as $$
  select s.json from person_shape s where s.id = person_ and s.account_id = this_account()
$$;

/* What the audit log says of a person: everything that an administrator can change. */
create or replace function person_facts(person_ uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('name', p.name, 'email', p.email, 'role', coalesce(r.name, r.base),
    'departments', (select coalesce(jsonb_agg(x.name order by x.name), '[]') from department_person d join department x on x.id = d.department_id
      where d.person_id = p.id and d.ended_at is null),
    'channels', (select coalesce(jsonb_agg(x.name order by x.name), '[]') from channel_person c join channel x on x.id = c.channel_id where c.person_id = p.id and c.ended_at is null))
  from person p join role r on r.id = p.role_id where p.id = person_
$$;

/* Of two sets of facts, the ones that differ, as the first or the second tells them. */
create or replace function differing(of_ jsonb, from_ jsonb) returns jsonb language sql immutable parallel safe as $$
  select coalesce(jsonb_object_agg(a.key, a.value), '{}') from jsonb_each(of_) a where from_ -> a.key is distinct from a.value
$$;

/* A person of this company whom the caller may change: nobody whose rights go beyond the caller's. Null: there is none. */
create or replace function person_in_hand(person_ uuid) returns person language plpgsql stable as $$
declare p person;
begin
  select * into p from person x where x.id = person_ and x.account_id = this_account();
  if p.id is not null then perform refuse_beyond_own(grants_of_role(p.role_id)); end if;
  return p;
end $$;

/* Somebody must be left who can let people in: an active administrator with a password, or who comes in by a portal. */
create or replace function refuse_without_administrator() returns void language plpgsql stable as $$
begin
  if not exists (select from person p join role r on r.id = p.role_id where p.account_id = this_account() and p.deactivated_at is null
      and has_way_in(p) and r.base = 'administrator' and not r.is_own) then
    perform refuse('last_administrator');
  end if;
end $$;

/* Can they come in at all: with a password, or by a portal of Bitrix24 where they work? */
create or replace function has_way_in(p person) returns boolean language sql stable as $$
  select p.password_hash is not null or exists (select from portal_person e where e.person_id = p.id and e.is_active)
$$;

/* Signs people out everywhere and gives their open chats back to the queue. Gives those chats. */
create or replace function people_out(people_ uuid[]) returns uuid[] language plpgsql volatile as $$
declare given uuid[];
begin
  update person set deactivated_at = now() where id = any(people_);
  update session set revoked_at = now() where person_id = any(people_) and revoked_at is null;
  update person_link set spent_at = now() where person_id = any(people_) and spent_at is null;
  with back as (
    update chat set was_assignee_id = assignee_id, was_department_id = department_id, moved_at = now(), assignee_id = null, rev = rev + 1
    where assignee_id = any(people_) and state <> 'closed' and merged_into is null returning id)
  select coalesce(array_agg(id), '{}') into given from back;
  return given;
end $$;

/* A role that the caller may hand out; null when the company has none such. Refuses beyond_own_rights. */
create or replace function role_to_give(role_ uuid) returns uuid language plpgsql stable as $$
begin
  if not exists (select from role r where r.id = role_ and r.account_id = this_account() and r.archived_at is null) then return null; end if;
  perform refuse_beyond_own(grants_of_role(role_));
  return role_;
end $$;

/* Puts a person into exactly these departments. */
create or replace function departments_set(person_ uuid, ids jsonb) returns void language plpgsql volatile as $$
begin
  update department_person set ended_at = now() where person_id = person_ and ended_at is null and not ids ? department_id::text;
  insert into department_person (account_id, department_id, person_id)
  select this_account(), d.id, person_ from department d where d.account_id = this_account() and ids ? d.id::text
  on conflict (department_id, person_id) do update set ended_at = null;
end $$;

/* Assigns a person to exactly these numbers. */
create or replace function channels_set(person_ uuid, ids jsonb) returns void language plpgsql volatile as $$
begin
  update channel_person set ended_at = now() where person_id = person_ and ended_at is null and not ids ? channel_id::text;
  insert into channel_person (account_id, channel_id, person_id)
  select this_account(), c.id, person_ from channel c where c.account_id = this_account() and ids ? c.id::text
  on conflict (channel_id, person_id) do update set ended_at = null;
end $$;

/* Makes a link for a person; older ones end. `hours`: how long it is good. */
create or replace function person_link_make(person_ uuid, hash bytea, kind_ text, hours numeric) returns timestamptz language plpgsql volatile as $$
declare until_ timestamptz := now() + make_interval(secs => (hours * 3600)::double precision);
begin
  update person_link set spent_at = now() where person_id = person_ and spent_at is null;
  insert into person_link (account_id, person_id, kind, token_hash, made_by, expires_at)
  values (this_account(), person_, kind_, hash, this_person(), until_);
  return until_;
end $$;

create or replace function api_person_invite(args jsonb) returns json language plpgsql volatile as $$
declare
  role_ uuid := role_to_give(as_uuid(args ->> 'roleId'));
  id_ uuid;
  until_ timestamptz;
begin
  if role_ is null then return null; end if;
  begin
    insert into person (account_id, email, name, role_id, language)
    values (this_account(), args ->> 'email', args ->> 'name', role_, coalesce(args ->> 'language', (select language from person where id = this_person()), 'es'))
    returning id into id_;
  exception when unique_violation then perform refuse('email_taken');
  end;
  perform departments_set(id_, coalesce(args -> 'departments', '[]'));
  perform channels_set(id_, coalesce(args -> 'channels', '[]'));
  until_ := person_link_make(id_, decode(args ->> 'hash', 'hex'), 'invitation', 72);
  perform audit_mine('person.invited', 'person', id_::text, args ->> 'name', null, person_facts(id_));
  return json_build_object('person', person_json(id_), 'until', iso(until_));
end $$;

create or replace function api_person_change(args jsonb) returns json language plpgsql volatile as $$
declare
  p person := person_in_hand(as_uuid(args ->> 'personId'));
  before_ jsonb;
  after_ jsonb;
  role_ uuid;
begin
  if p.id is null then return null; end if;
  before_ := person_facts(p.id);
  if args ? 'roleId' and as_uuid(args ->> 'roleId') <> p.role_id then
    if p.id = this_person() then perform refuse('not_yourself'); end if;
    role_ := role_to_give(as_uuid(args ->> 'roleId'));
    if role_ is null then return null; end if;
  end if;
  begin
    update person set name = coalesce(args ->> 'name', name), email = coalesce(args ->> 'email', email), role_id = coalesce(role_, role_id) where id = p.id;
  exception when unique_violation then perform refuse('email_taken');
  end;
  if role_ is not null then perform refuse_without_administrator(); end if;
  if args ? 'departments' then perform departments_set(p.id, args -> 'departments'); end if;
  if args ? 'channels' then perform channels_set(p.id, args -> 'channels'); end if;
  after_ := person_facts(p.id);
  if after_ <> before_ then
    perform audit_mine('person.changed', 'person', p.id::text, after_ ->> 'name', differing(before_, after_), differing(after_, before_));
  end if;
  return person_json(p.id);
end $$;

/* Signs a person out everywhere and gives their open chats back. Gives what phones must hear. */
create or replace function api_person_deactivate(args jsonb) returns json language plpgsql volatile as $$
declare
  p person := person_in_hand(as_uuid(args ->> 'personId'));
  given uuid[];
  person_ json;
begin
  if p.id is null then return null; end if;
  if p.id = this_person() then perform refuse('not_yourself'); end if;
  if p.deactivated_at is null then
    given := people_out(array[p.id]);
    perform refuse_without_administrator();
    perform audit_mine('person.deactivated', 'person', p.id::text, p.name, null, jsonb_build_object('requeued', cardinality(given)));
  end if;
  person_ := person_json(p.id);
  -- What everybody hears is told with the labels of every role.
  perform act_for(this_account());
  return json_build_object('person', person_, 'requeued', coalesce(cardinality(given), 0),
    'chats', (select coalesce(json_agg(s.json), '[]') from chat_shape s where s.id = any(given)), 'facts', chat_facts(given));
end $$;

create or replace function api_person_reactivate(args jsonb) returns json language plpgsql volatile as $$
declare p person := person_in_hand(as_uuid(args ->> 'personId'));
begin
  if p.id is null then return null; end if;
  if p.deactivated_at is not null then
    update person set deactivated_at = null where id = p.id;
    perform audit_mine('person.reactivated', 'person', p.id::text, p.name, null, null);
  end if;
  return person_json(p.id);
end $$;

create or replace function api_person_link(args jsonb) returns json language plpgsql volatile as $$
declare
  p person := person_in_hand(as_uuid(args ->> 'personId'));
  until_ timestamptz;
begin
  if p.id is null or p.deactivated_at is not null then return null; end if;
  until_ := person_link_make(p.id, decode(args ->> 'hash', 'hex'), case when p.password_hash is null then 'invitation' else 'reset' end,
    case when p.password_hash is null then 72 else 1 end);
  perform audit_mine('person.link_made', 'person', p.id::text, p.name, null, null);
  return json_build_object('person', person_json(p.id), 'until', iso(until_));
end $$;

create or replace function devices_json(person_ uuid) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(json_build_object('id', s.id, 'isThis', s.id = this_session(), 'userAgent', s.user_agent,
    'createdAt', iso(s.created_at), 'lastSeenAt', iso(s.last_seen_at)) order by s.last_seen_at desc), '[]'))
  from session s where s.person_id = person_ and s.revoked_at is null and s.expires_at > now() and s.last_seen_at > now() - interval '30 days'
$$;

create or replace function api_person_devices(args jsonb) returns json language plpgsql stable as $$
declare p person := person_in_hand(as_uuid(args ->> 'personId'));
begin
  return case when p.id is null then null else devices_json(p.id) end;
end $$;

create or replace function api_person_device_end(args jsonb) returns json language plpgsql volatile as $$
declare p person := person_in_hand(as_uuid(args ->> 'personId'));
begin
  if p.id is null then return null; end if;
  update session set revoked_at = now() where id = as_uuid(args ->> 'sessionId') and person_id = p.id and revoked_at is null;
  if not found then return null; end if;
  perform audit_mine('session.ended', 'person', p.id::text, p.name, null, null);
  return json_build_object('done', true);
end $$;
