-- Named views of the list: one's own, and those that somebody has shared with the company. A view is filters alone: what stands
-- in it is what its reader may see.

/* Whether the caller sees what a query names: a label of other roles, or a number that is closed to them, is named to nobody else. */
create or replace function query_seen(query text) returns boolean language sql stable as $$
  select (l.id is null or exists (select from label x where x.id = as_uuid(l.id)))
    and (n.id is null or exists (select from channel x where x.id = as_uuid(n.id)))
  from (select substring(query from '(?:^|&)label=([^&]*)') as id) l, (select substring(query from '(?:^|&)channel=([^&]*)') as id) n
$$;

create or replace function view_json(v saved_view) returns json language sql stable as $$
  select json_build_object('id', v.id, 'name', v.name, 'query', v.query, 'shared', v.is_shared, 'mine', v.person_id is not distinct from this_person())
$$;

/* One's own, then the company's, each in the order in which they were made. */
create or replace function api_views(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(view_json(v) order by v.person_id <> this_person(), v.position, v.created_at, v.id), '[]'))
  from (select * from saved_view o where o.person_id = this_person()
    union all select * from saved_view s where s.account_id = this_account() and s.is_shared and s.person_id is distinct from this_person()) v
  where v.account_id = this_account() and v.archived_at is null and query_seen(v.query)
$$;

/* What the audit log says of a view that is the company's. */
create or replace function view_facts(v saved_view) returns jsonb language sql immutable as $$
  select jsonb_build_object('name', v.name, 'shared', v.is_shared and v.archived_at is null)
$$;

create or replace function api_view_add(args jsonb) returns json language plpgsql volatile as $$
declare made saved_view;
begin
  -- A key is nobody: it has no views of its own.
  if this_person() is null then return null; end if;
  if (args ->> 'shared')::boolean and not this_may('views.share') then perform refuse('forbidden'); end if;
  insert into saved_view (account_id, person_id, name, query, is_shared)
  values (this_account(), this_person(), args ->> 'name', args ->> 'query', coalesce((args ->> 'shared')::boolean, false)) returning * into made;
  if made.is_shared then perform audit_mine('view.shared', 'view', made.id::text, made.name, null, view_facts(made)); end if;
  return view_json(made);
end $$;

/* Renames it, shares it or keeps it to its owner again, or puts it away: nothing is deleted. The company's is changed by who may share. */
create or replace function api_view_change(args jsonb) returns json language plpgsql volatile as $$
declare
  was saved_view;
  v saved_view;
begin
  select * into was from saved_view x where x.id = as_uuid(args ->> 'viewId') and x.account_id = this_account() and x.archived_at is null
    and (x.person_id = this_person() or x.is_shared) and query_seen(x.query) for update;
  if was.id is null then return null; end if;
  if (was.is_shared or (args ->> 'shared')::boolean) and not this_may('views.share') then perform refuse('forbidden'); end if;
  update saved_view set name = coalesce(args ->> 'name', name), is_shared = coalesce((args ->> 'shared')::boolean, is_shared),
    archived_at = case when (args ->> 'archived')::boolean then now() end
  where id = was.id returning * into v;
  if (was.is_shared or v.is_shared) and view_facts(was) <> view_facts(v) then
    perform audit_mine(case when was.is_shared then 'view.changed' else 'view.shared' end, 'view', v.id::text, v.name,
      differing(view_facts(was), view_facts(v)), differing(view_facts(v), view_facts(was)));
  end if;
  return view_json(v);
end $$;
