-- Employees of a portal of Bitrix24 and the roles that they are given here. Who they are is read from the portal; what they may do
-- is their person's role, and nothing else: this file only names roles in the three words that the screen has check boxes for.

/*
 * What an employee may do here, in one word. `sales`: the standard agent; `department_head`: the standard supervisor; `quality`,
 * `quality_sales`, `head`: roles of the company's own that this screen has made; `other`: somebody chose a role in Personas.
 */
create or replace function access_of(preset text, is_own boolean, base text, is_in boolean) returns text language sql immutable parallel safe as $$
  select case when not coalesce(is_in, false) then 'none' when preset is not null then preset when is_own or base = 'administrator' then 'other'
    when base = 'agent' then 'sales' else 'department_head' end
$$;

/* What such a role changes of its base. Quality control reads everything and writes nothing; a head has all of the company. */
create or replace function preset_changes(preset_ text) returns jsonb language sql immutable parallel safe as $$
  select case preset_
    when 'quality' then '{"chats.read":"all","trace.read":"all","dashboard.read":"all","contacts.all":"all","chats.queue":null,"chats.open":null,"messages.send":null,
      "messages.resend":null,"notes.write":null,"media.upload":null,"chats.close":null,"transfers.request":null,"labels.use":null,"contacts.write":null,"templates.send":null}'
    when 'quality_sales' then '{"chats.read":"all","trace.read":"all","dashboard.read":"all","contacts.all":"all"}'
    when 'head' then '{"chats.read":"all","messages.send":"all","messages.resend":"all","notes.write":"all","trace.read":"all","chats.assign":"all","chats.close":"all",
      "transfers.request":"all","transfers.decide":"all","labels.use":"all","contacts.all":"all"}'
  end::jsonb
$$;

/* The role of the company that stands for such a word; made when it is first needed. Refuses beyond_own_rights. */
create or replace function role_of_access(access_ text) returns uuid language plpgsql volatile as $$
declare
  id_ uuid;
  name_ text;
begin
  select r.id into id_ from role r where r.account_id = this_account() and r.archived_at is null and case access_
    when 'sales' then r.base = 'agent' and not r.is_own when 'department_head' then r.base = 'supervisor' and not r.is_own else r.preset = access_ end;
  if id_ is null then
    name_ := case (select p.language from person p where p.id = this_person())
      when 'en' then case access_ when 'quality' then 'Quality control' when 'quality_sales' then 'Quality and sales' else 'Head' end
      when 'pt' then case access_ when 'quality' then 'Controle de qualidade' when 'quality_sales' then 'Qualidade e vendas' else 'Chefe' end
      else case access_ when 'quality' then 'Control de calidad' when 'quality_sales' then 'Calidad y ventas' else 'Jefe' end end;
    if exists (select from role r where r.account_id = this_account() and lower(r.name) = lower(name_) and r.archived_at is null) then name_ := name_ || ' · Bitrix24'; end if;
    insert into role (account_id, base, is_own, name, preset, changes)
    values (this_account(), case access_ when 'head' then 'supervisor' else 'agent' end, true, name_, access_, preset_changes(access_)) returning id into id_;
    perform audit_mine('role.added', 'role', id_::text, name_, null, jsonb_build_object('way', 'bitrix24'));
  end if;
  return role_to_give(id_);
end $$;

/* The employees of a portal as the screen shows them: who works there, and who was dismissed and still has another way in. */
create or replace function portal_people_json(portal_ uuid) returns json language sql stable as $$
  select json_build_object('portalId', p.id, 'domain', p.domain, 'readAt', iso(p.people_read_at), 'problem', p.people_problem,
    'hasDepartments', exists (select from department d where d.account_id = p.account_id and d.archived_at is null),
    'departments', coalesce((select json_agg(json_build_object('id', d.department_id, 'name', d.name, 'parentId', d.parent_id) order by d.sort, plain(d.name), d.department_id)
      from portal_department d where d.portal_id = p.id), '[]'),
    'items', coalesce((select json_agg(json_build_object('userId', e.user_id, 'name', e.name, 'position', e.position, 'departments', e.departments, 'isAdmin', e.is_admin,
        'isActive', e.is_active, 'access', access_of(r.preset, r.is_own, r.base, w.id is not null and w.deactivated_at is null),
        'role', case when w.deactivated_at is null and r.id is not null then json_build_object('base', r.base, 'name', r.name) end,
        'isYou', coalesce(w.id = this_person(), false), 'seenAt', iso(e.seen_at)) order by plain(e.name), e.user_id)
      from portal_person e left join person w on w.id = e.person_id left join role r on r.id = w.role_id
      where e.portal_id = p.id and (e.is_active or (w.id is not null and w.deactivated_at is null))), '[]'),
    'staged', coalesce((select d.changes from portal_role_draft d where d.portal_id = p.id and d.person_id = this_person()), '[]'))
  from portal p where p.id = portal_ and p.account_id = this_account()
$$;

create or replace function api_portal_people(args jsonb) returns json language sql stable as $$
  select portal_people_json(as_uuid(args ->> 'portalId'))
$$;

/*
 * Employees become people of the company: they enter by the portal's frame. Where a department here has the name of one of theirs
 * there, they stand in it. `roles`: [{"userId", "roleId"}].
 */
create or replace function portal_people_begin(portal_ uuid, roles_ jsonb) returns void language plpgsql volatile set enable_nestloop = off as $$
declare ids uuid[];
begin
  with wanted as materialized (
    select e.user_id, e.name, r."roleId" as role_id, new_id() as id
    from jsonb_to_recordset(roles_) as r("userId" text, "roleId" uuid) join portal_person e on e.portal_id = portal_ and e.user_id = r."userId"),
  made as (
    insert into person (id, account_id, email, name, role_id, language)
    select w.id, this_account(), lower(w.user_id || '.' || portal_ || '@portal.invalid'), w.name, w.role_id, coalesce((select language from person where id = this_person()), 'es') from wanted w),
  known as (update portal_person e set person_id = w.id from wanted w where e.portal_id = portal_ and e.user_id = w.user_id)
  select array_agg(w.id) into ids from wanted w;
  insert into department_person (account_id, department_id, person_id)
  select distinct this_account(), d.id, e.person_id from portal_person e
    join portal_department x on x.portal_id = portal_ and x.department_id = any(e.departments)
    join department d on d.account_id = this_account() and d.archived_at is null and plain(d.name) = plain(x.name)
  where e.portal_id = portal_ and e.person_id = any(ids) on conflict do nothing;
end $$;

/* Keeps what the caller has chosen and not applied: [{userId, from, to}]. Nothing chosen leaves nothing kept. */
create or replace function api_portal_roles_stage(args jsonb) returns json language plpgsql volatile as $$
declare p portal;
begin
  select * into p from portal where id = as_uuid(args ->> 'portalId') and account_id = this_account() and state <> 'uninstalled';
  if p.id is null or this_person() is null then return null; end if;
  insert into portal_role_draft (portal_id, person_id, account_id, changes) values (p.id, this_person(), p.account_id, args -> 'changes')
  on conflict (portal_id, person_id) do update set changes = excluded.changes, at = now();
  return json_build_object('kept', jsonb_array_length(args -> 'changes'));
end $$;

/* How a role is called in the audit log. */
create or replace function role_said(role_ uuid) returns text language sql stable as $$
  select coalesce(r.name, r.base) from role r where r.id = role_
$$;

drop function if exists portal_staged(uuid, jsonb);
/* Staged changes beside what is: `now_` what the employee may do, `is_in` whether they come in. Without a name: nobody of this portal. */
create or replace function portal_staged(portal_ uuid, changes jsonb)
returns table (user_id text, from_ text, to_ text, person_id uuid, name text, is_active boolean, role_id uuid, is_in boolean, now_ text) language sql stable set enable_nestloop = off as $$
  select j."userId", j."from", j."to", e.person_id, e.name, e.is_active, w.role_id, w.deactivated_at is null and w.id is not null,
    access_of(r.preset, r.is_own, r.base, w.deactivated_at is null and w.id is not null)
  from jsonb_to_recordset(changes) as j("userId" text, "from" text, "to" text)
    left join portal_person e on e.portal_id = portal_ and e.user_id = j."userId"
    left join person w on w.id = e.person_id left join role r on r.id = w.role_id
$$;

/*
 * Staged changes of the employees' screen, all or none. Each names what it was staged on: whoever is slower learns that somebody
 * was faster. Gives the list, and what phones must hear of chats that went back to the queue.
 */
create or replace function api_portal_roles_apply(args jsonb) returns json language plpgsql volatile as $$
declare
  p portal;
  staged jsonb;
  roles_ jsonb := '{}';
  word_ text;
  g record;
  given uuid[];
begin
  select * into p from portal where id = as_uuid(args ->> 'portalId') and account_id = this_account() and state <> 'uninstalled' for update;
  if p.id is null then return null; end if;
  staged := (select jsonb_agg(s) from portal_staged(p.id, args -> 'changes') s);
  if exists (select from jsonb_array_elements(staged) s where s ->> 'name' is null) then return null; end if;
  if exists (select from jsonb_array_elements(staged) s where s ->> 'person_id' = this_person()::text) then perform refuse('not_yourself'); end if;
  if exists (select from jsonb_array_elements(staged) s where s ->> 'now_' <> s ->> 'from_' or (not (s ->> 'is_active')::boolean and s ->> 'to_' <> 'none')) then
    perform refuse('changed_meanwhile');
  end if;
  -- Nobody touches who has more than themselves, nor gives it.
  perform refuse_beyond_own(grants_of_role(x.role_id)) from (select distinct (s ->> 'role_id')::uuid as role_id from jsonb_array_elements(staged) s where (s ->> 'is_in')::boolean) x;
  for word_ in select distinct s ->> 'to_' from jsonb_array_elements(staged) s where s ->> 'to_' <> 'none' loop
    roles_ := roles_ || jsonb_build_object(word_, role_of_access(word_));
  end loop;
  -- Whoever leaves gives back every chat of theirs, also those that the caller does not see.
  perform act_for(this_account());
  given := people_out(array(select (s ->> 'person_id')::uuid from jsonb_array_elements(staged) s where s ->> 'to_' = 'none' and (s ->> 'is_in')::boolean));
  perform portal_people_begin(p.id, coalesce((select jsonb_agg(jsonb_build_object('userId', s ->> 'user_id', 'roleId', roles_ ->> (s ->> 'to_')))
    from jsonb_array_elements(staged) s where s ->> 'to_' <> 'none' and s ->> 'person_id' is null), '[]'));
  update person w set role_id = (roles_ ->> (s ->> 'to_'))::uuid, deactivated_at = null
  from jsonb_array_elements(staged) s where w.id = (s ->> 'person_id')::uuid and s ->> 'to_' not in ('none', s ->> 'now_');
  -- One entry for each kind of change, with everybody whom it was made to.
  for g in select s ->> 'to_' as to_, (s ->> 'role_id')::uuid as was, (s ->> 'is_in')::boolean as is_in, jsonb_agg(s -> 'name' order by plain(s ->> 'name')) as names
    from jsonb_array_elements(staged) s where s ->> 'to_' <> s ->> 'now_' group by 1, 2, 3 order by 1, 2 loop
    perform audit_mine('portal.roles_applied', 'portal', p.id::text, p.domain, jsonb_build_object('role', case when g.is_in then role_said(g.was) end),
      jsonb_build_object('role', role_said((roles_ ->> g.to_)::uuid), 'people', g.names));
  end loop;
  update portal_role_draft d set changes = '[]', at = now() where d.portal_id = p.id and d.person_id = this_person();
  return json_build_object('list', portal_people_json(p.id), 'requeued', cardinality(given),
    'chats', (select coalesce(json_agg(s.json), '[]') from chat_shape s where s.id = any(given)), 'facts', chat_facts(given));
end $$;

drop function if exists portal_read(jsonb);
/* Employees as they were read, each once. */
create or replace function portal_read(read_ jsonb) returns table (id text, name text, "position" text, departments text[], is_active boolean) language sql stable as $$
  select distinct on (u.id) u.id, u.name, u."position", u.departments, u."isActive"
  from jsonb_to_recordset(read_ -> 'users') as u(id text, name text, "position" text, departments text[], "isActive" boolean)
$$;

/* Work of the portal's own: nobody asked for it. */
create or replace function portal_audit(account_ uuid, action_ text, person_ uuid, name_ text, after_ jsonb) returns void language sql volatile as $$
  select audit_add(account_, action_, 'system', null, null, 'person', person_::text, name_, null, after_)
$$;

/* Puts what was read in the place of what was known; how many are new. The planner knows nothing of a list that comes as JSON: loops in loops took seconds at 2,000. */
create or replace function portal_people_store(portal_ uuid, account_ uuid, read_ jsonb) returns int language plpgsql volatile set enable_nestloop = off as $$
declare added_ int;
begin
  insert into portal_department (portal_id, department_id, account_id, name, parent_id, sort)
  select distinct on (d.id) portal_, d.id, account_, d.name, d."parentId", d.sort from jsonb_to_recordset(read_ -> 'departments') as d(id text, name text, "parentId" text, sort int)
  on conflict (portal_id, department_id) do update set name = excluded.name, parent_id = excluded.parent_id, sort = excluded.sort;
  delete from portal_department x where x.portal_id = portal_ and not exists (select from jsonb_array_elements(read_ -> 'departments') d where d ->> 'id' = x.department_id);
  insert into portal_person (portal_id, user_id, account_id, name, position, departments)
  select portal_, u.id, account_, u.name, u.position, u.departments from portal_read(read_) u where u.is_active on conflict do nothing;
  get diagnostics added_ = row_count;
  update portal_person x set name = u.name, position = u.position, departments = u.departments, is_active = u.is_active
  from portal_read(read_) u where x.portal_id = portal_ and x.user_id = u.id and (x.name, x.position, x.departments, x.is_active) is distinct from (u.name, u.position, u.departments, u.is_active);
  update portal_person x set is_active = false where x.portal_id = portal_ and x.is_active and not exists (select from portal_read(read_) u where u.id = x.user_id);
  return added_;
end $$;

/*
 * The employees and departments of a portal, read whole by its object. Who is not among them any more, or not active, was dismissed:
 * they lose what they have here at once. Who has a password of their own keeps that way in, and the screen says so.
 * Gives {accountId, added, dismissed, chats, facts}; null when there is no such portal.
 */
create or replace function portal_people_read(portal_ uuid, read_ jsonb) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  p public.portal;
  e record;
  given uuid[] := '{}';
  back uuid[];
  added int;
  dismissed int := 0;
begin
  select * into p from public.portal where id = portal_ and state <> 'uninstalled' for update;
  if p.id is null then return null; end if;
  perform public.act_for(p.account_id);
  added := public.portal_people_store(p.id, p.account_id, read_);
  update public.person w set name = x.name from public.portal_person x where x.portal_id = p.id and w.id = x.person_id and w.email like '%@portal.invalid' and w.name <> x.name;
  for e in select w.id, w.name, w.password_hash from public.portal_person x join public.person w on w.id = x.person_id
    where x.portal_id = p.id and not x.is_active and w.deactivated_at is null
      and not exists (select from public.portal_person o where o.person_id = w.id and o.is_active) order by w.id loop
    if e.password_hash is not null then
      update public.session set revoked_at = now() where person_id = e.id and kind in ('frame', 'portal') and revoked_at is null;
      if found then dismissed := dismissed + 1; end if;
      continue;
    end if;
    back := public.people_out(array[e.id]);
    given := given || back;
    dismissed := dismissed + 1;
    perform public.portal_audit(p.account_id, 'person.deactivated', e.id, e.name, jsonb_build_object('way', 'bitrix24', 'requeued', cardinality(back)));
  end loop;
  update public.portal set people_read_at = now(), people_problem = null where id = p.id;
  return jsonb_build_object('accountId', p.account_id, 'added', added, 'dismissed', dismissed,
    'chats', (select coalesce(jsonb_agg(s.json), '[]') from public.chat_shape s where s.id = any(given)), 'facts', public.chat_facts(given));
end $$;

/* They could not be read: Bitrix24's own code. What was read before stays. */
create or replace function portal_people_unread(portal_ uuid, code_ text) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.portal set people_problem = left(code_, 80) where id = portal_ and state <> 'uninstalled'
$$;

do $$
declare f text;
begin
  foreach f in array array['portal_people_read(uuid,jsonb)', 'portal_people_unread(uuid,text)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
