-- Programs of a company's own that run unofficial numbers. What they run, and how they do, is known to the company's Fleet object.

create or replace function session_node_json(n session_node) returns json language sql stable as $$
  select json_build_object('id', n.id, 'name', n.name, 'createdAt', iso(n.created_at), 'revokedAt', iso(n.revoked_at),
    'numbers', (select count(*) from channel c where c.node_id = n.id and c.archived_at is null))
$$;

/* Those that may come in, and lately could; the newest first. */
create or replace function api_session_nodes(args jsonb) returns json language sql stable as $$
  select json_build_object('items', (select coalesce(json_agg(session_node_json(n) order by n.created_at desc, n.id desc), '[]') from session_node n
      where n.account_id = this_account() and (n.revoked_at is null or n.revoked_at > now() - interval '30 days')),
    'ours', (select count(*) from channel c where c.account_id = this_account() and c.kind = 'session' and c.archived_at is null and c.node_id is null))
$$;

create or replace function api_session_node_add(args jsonb) returns json language plpgsql volatile as $$
declare n session_node;
begin
  if (select count(*) from session_node x where x.account_id = this_account() and x.revoked_at is null) >= 20 then perform refuse('nodes_full'); end if;
  insert into session_node (id, account_id, name, token_hash, made_by)
  values ((args ->> 'id')::uuid, this_account(), args ->> 'name', decode(args ->> 'hash', 'hex'), this_person()) returning * into n;
  perform audit_mine('node.added', 'session_node', n.id::text, n.name, null, null);
  return session_node_json(n);
end $$;

create or replace function api_session_node_revoke(args jsonb) returns json language plpgsql volatile as $$
declare
  n session_node;
  is_new boolean;
begin
  select x.revoked_at is null into is_new from session_node x where x.id = as_uuid(args ->> 'nodeId') and x.account_id = this_account() for update;
  if is_new is null then return null; end if;
  update session_node set revoked_at = coalesce(revoked_at, now()) where id = as_uuid(args ->> 'nodeId') returning * into n;
  if is_new then perform audit_mine('node.revoked', 'session_node', n.id::text, n.name, null, null); end if;
  return session_node_json(n);
end $$;

/* Has a number run by a program of the company's own, or (null) by our servers. */
create or replace function api_session_place(args jsonb) returns json language plpgsql volatile as $$
declare
  c channel;
  n session_node;
begin
  select * into c from channel where id = as_uuid(args ->> 'channelId') and account_id = this_account() and kind = 'session' for update;
  if c.id is null then return null; end if;
  if args ->> 'nodeId' is not null then
    select * into n from session_node x where x.id = as_uuid(args ->> 'nodeId') and x.account_id = this_account();
    if n.id is null then return null; end if;
    if n.revoked_at is not null then perform refuse('node_revoked'); end if;
  end if;
  if c.node_id is distinct from n.id then
    update channel set node_id = n.id where id = c.id;
    perform audit_mine('channel.placed', 'channel', c.id::text, c.name, jsonb_build_object('node', (select x.name from session_node x where x.id = c.node_id)), jsonb_build_object('node', n.name));
  end if;
  return json_build_object('id', c.id);
end $$;

/* Whose token this should be: its hash, for the Worker to compare. Runs before anybody is known. */
create or replace function session_node_at_door(node_ uuid) returns json
language sql stable security definer set search_path = pg_catalog, public as $$
  select json_build_object('accountId', n.account_id, 'name', n.name, 'hash', encode(n.token_hash, 'hex'))
  from public.session_node n join public.account a on a.id = n.account_id
  where n.id = node_ and n.revoked_at is null and a.archived_at is null
$$;
alter function session_node_at_door(uuid) owner to app_system;
revoke all on function session_node_at_door(uuid) from public;
grant execute on function session_node_at_door(uuid) to app_rw;
