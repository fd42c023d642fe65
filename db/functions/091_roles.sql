-- Roles, departments, who stands at which number, the company itself.

create or replace function role_json(r role) returns json language sql stable as $$
  select json_build_object('id', r.id, 'name', r.name, 'base', r.base, 'isOwn', r.is_own, 'grants', role_grants(r.base, r.changes), 'defaults', default_grants(r.base),
    'people', (select count(*) from person p where p.role_id = r.id and p.deactivated_at is null), 'archived', r.archived_at is not null, 'rev', r.rev)
$$;

create or replace function api_roles(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(role_json(r) order by r.archived_at is not null, r.is_own,
    array_position(array['administrator', 'supervisor', 'agent'], r.base), plain(r.name)), '[]'))
  from role r where r.account_id = this_account()
$$;

create or replace function api_role_add(args jsonb) returns json language plpgsql volatile as $$
declare
  from_ role;
  r role;
begin
  select * into from_ from role where id = as_uuid(args ->> 'copyOf') and account_id = this_account() and archived_at is null;
  if from_.id is null then return null; end if;
  perform refuse_beyond_own(role_grants(from_.base, from_.changes));
  begin
    insert into role (account_id, base, is_own, name, changes) values (this_account(), from_.base, true, args ->> 'name', from_.changes) returning * into r;
  exception when unique_violation then perform refuse('name_taken');
  end;
  perform audit_mine('role.added', 'role', r.id::text, r.name, null, jsonb_build_object('copyOf', coalesce(from_.name, from_.base)));
  return role_json(r);
end $$;

/* Staged changes, all or none. Each names the revision that it was staged on. */
create or replace function api_roles_apply(args jsonb) returns json language plpgsql volatile as $$
declare
  change jsonb;
  r role;
  before_ jsonb;
  after_ jsonb;
  applied uuid[] := '{}';
begin
  for change in select value from jsonb_array_elements(args -> 'changes') order by value ->> 'roleId' loop
    select * into r from role where id = as_uuid(change ->> 'roleId') and account_id = this_account() and archived_at is null for update;
    if r.id is null then return null; end if;
    if r.rev <> (change ->> 'rev')::bigint then perform refuse('changed_meanwhile'); end if;
    if change ? 'name' and not r.is_own then perform refuse('standard_role'); end if;
    before_ := role_grants(r.base, r.changes);
    after_ := coalesce(change -> 'grants', before_);
    perform refuse_beyond_own(differing(after_, before_));
    begin
      update role set name = coalesce(change ->> 'name', name), rev = rev + 1,
        changes = (select coalesce(jsonb_object_agg(k, after_ -> k), '{}')
          from (select jsonb_object_keys(default_grants(r.base) || after_) as k) x where (after_ -> k) is distinct from (default_grants(r.base) -> k))
      where id = r.id;
    exception when unique_violation then perform refuse('name_taken');
    end;
    perform audit_mine('role.changed', 'role', r.id::text, coalesce(change ->> 'name', r.name, r.base),
      differing(before_, after_) || case when change ? 'name' and change ->> 'name' <> r.name then jsonb_build_object('name', r.name) else '{}' end,
      -- What was taken away is named too, as null.
      (select coalesce(jsonb_object_agg(k, null::text), '{}') from jsonb_object_keys(before_) k where not after_ ? k)
        || differing(after_, before_) || case when change ? 'name' and change ->> 'name' <> r.name then jsonb_build_object('name', change -> 'name') else '{}' end);
    applied := applied || r.id;
  end loop;
  return json_build_object('items', (select json_agg(role_json(x)) from role x where x.id = any(applied)));
end $$;

create or replace function api_role_archive(args jsonb) returns json language plpgsql volatile as $$
declare r role;
begin
  select * into r from role where id = as_uuid(args ->> 'roleId') and account_id = this_account() for update;
  if r.id is null then return null; end if;
  if not r.is_own then perform refuse('standard_role'); end if;
  if (args ->> 'archived')::boolean and exists (select from person p where p.role_id = r.id and p.deactivated_at is null) then perform refuse('role_in_use'); end if;
  if (args ->> 'archived')::boolean = (r.archived_at is not null) then return role_json(r); end if;
  begin
    update role set archived_at = case when (args ->> 'archived')::boolean then now() end, rev = rev + 1 where id = r.id returning * into r;
  exception when unique_violation then perform refuse('name_taken');
  end;
  perform audit_mine(case when r.archived_at is null then 'role.restored' else 'role.archived' end, 'role', r.id::text, r.name, null, null);
  return role_json(r);
end $$;

create or replace function department_json(d department) returns json language sql stable as $$
  select json_build_object('id', d.id, 'name', d.name, 'archived', d.archived_at is not null,
    'people', (select coalesce(json_agg(x.person_id), '[]') from department_person x where x.department_id = d.id and x.ended_at is null),
    'channels', (select coalesce(json_agg(c.id), '[]') from channel c where c.department_id = d.id and c.archived_at is null),
    'openChats', (select count(*) from chat c where c.department_id = d.id and c.state <> 'closed' and c.merged_into is null))
$$;

create or replace function api_departments(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(department_json(d) order by d.archived_at is not null, plain(d.name)), '[]'))
  from department d where d.account_id = this_account()
$$;

/* What the audit log says of a department. */
create or replace function department_facts(d department) returns jsonb language sql stable as $$
  select jsonb_build_object('name', d.name, 'archived', d.archived_at is not null,
    'people', (select coalesce(jsonb_agg(p.name order by p.name), '[]') from department_person x join person p on p.id = x.person_id
      where x.department_id = d.id and x.ended_at is null))
$$;

/* Puts exactly these people into a department. */
create or replace function department_people_set(department_ uuid, ids jsonb) returns void language plpgsql volatile as $$
begin
  update department_person set ended_at = now() where department_id = department_ and ended_at is null and not ids ? person_id::text;
  insert into department_person (account_id, department_id, person_id)
  select this_account(), department_, p.id from person p where p.account_id = this_account() and ids ? p.id::text
  on conflict (department_id, person_id) do update set ended_at = null;
end $$;

create or replace function api_department_add(args jsonb) returns json language plpgsql volatile as $$
declare d department;
begin
  begin
    insert into department (account_id, name) values (this_account(), args ->> 'name') returning * into d;
  exception when unique_violation then perform refuse('name_taken');
  end;
  perform department_people_set(d.id, coalesce(args -> 'people', '[]'));
  perform audit_mine('department.added', 'department', d.id::text, d.name, null, department_facts(d));
  return department_json(d);
end $$;

create or replace function api_department_change(args jsonb) returns json language plpgsql volatile as $$
declare
  d department;
  before_ jsonb;
  after_ jsonb;
begin
  select * into d from department where id = as_uuid(args ->> 'departmentId') and account_id = this_account() for update;
  if d.id is null then return null; end if;
  before_ := department_facts(d);
  begin
    update department set name = coalesce(args ->> 'name', name),
      archived_at = case when not args ? 'archived' then archived_at when (args ->> 'archived')::boolean then coalesce(archived_at, now()) end
    where id = d.id returning * into d;
  exception when unique_violation then perform refuse('name_taken');
  end;
  if args ? 'people' then perform department_people_set(d.id, args -> 'people'); end if;
  after_ := department_facts(d);
  if after_ <> before_ then
    perform audit_mine('department.changed', 'department', d.id::text, d.name, differing(before_, after_), differing(after_, before_));
  end if;
  return department_json(d);
end $$;

create or replace function channel_people_json(c channel) returns json language sql stable as $$
  select json_build_object('channelId', c.id, 'access', c.access, 'departmentId', c.department_id,
    'people', (select coalesce(json_agg(x.person_id), '[]') from channel_person x where x.channel_id = c.id and x.ended_at is null))
$$;

create or replace function api_channel_people(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(channel_people_json(c) order by plain(c.name)), '[]'))
  from channel c where c.account_id = this_account() and c.archived_at is null
$$;

/* What the audit log says of who works a number. */
create or replace function channel_people_facts(c channel) returns jsonb language sql stable as $$
  select jsonb_build_object('access', c.access, 'department', (select d.name from department d where d.id = c.department_id),
    'people', (select coalesce(jsonb_agg(p.name order by p.name), '[]') from channel_person x join person p on p.id = x.person_id where x.channel_id = c.id and x.ended_at is null))
$$;

/* Who works a number. Its open chats that stand in no department, or in the one before, come along. */
create or replace function api_channel_people_set(args jsonb) returns json language plpgsql volatile as $$
declare
  c channel;
  was uuid;
  before_ jsonb;
  after_ jsonb;
begin
  select * into c from channel where id = as_uuid(args ->> 'channelId') and account_id = this_account() for update;
  if c.id is null then return null; end if;
  if args ->> 'departmentId' is not null
    and not exists (select from department d where d.id = as_uuid(args ->> 'departmentId') and d.account_id = this_account() and d.archived_at is null) then return null; end if;
  was := c.department_id;
  before_ := channel_people_facts(c);
  update channel set access = args ->> 'access', department_id = as_uuid(args ->> 'departmentId'), rev = rev + 1 where id = c.id returning * into c;
  update channel_person set ended_at = now() where channel_id = c.id and ended_at is null and not (args -> 'people') ? person_id::text;
  insert into channel_person (account_id, channel_id, person_id)
  select this_account(), c.id, p.id from person p where p.account_id = this_account() and (args -> 'people') ? p.id::text
  on conflict (channel_id, person_id) do update set ended_at = null;
  if c.department_id is distinct from was then
    update chat set department_id = c.department_id, was_department_id = department_id, was_assignee_id = assignee_id, moved_at = now(), rev = rev + 1
    where channel_id = c.id and department_id is not distinct from was;
  end if;
  after_ := channel_people_facts(c);
  if after_ <> before_ then
    perform audit_mine('channel.people_changed', 'channel', c.id::text, c.name, differing(before_, after_), differing(after_, before_));
  end if;
  return channel_people_json(c);
end $$;

create or replace function api_account_change(args jsonb) returns json language plpgsql volatile as $$
declare
  a account;
  before_ jsonb;
  after_ jsonb;
begin
  select jsonb_build_object('name', x.name, 'country', x.country, 'timeZone', x.time_zone) into before_ from account x where x.id = this_account();
  update account set name = coalesce(args ->> 'name', name), country = coalesce(args ->> 'country', country), time_zone = coalesce(args ->> 'timeZone', time_zone)
  where id = this_account() returning * into a;
  after_ := jsonb_build_object('name', a.name, 'country', a.country, 'timeZone', a.time_zone);
  if after_ <> before_ then perform audit_mine('account.changed', 'account', a.id::text, a.name, differing(before_, after_), differing(after_, before_)); end if;
  return after_::json;
end $$;
