-- Reading the audit log, and keys for machines.

create or replace function audit_json(a audit) returns json language sql stable as $$
  select json_build_object('n', a.n, 'at', iso(a.at), 'action', a.action, 'actor', json_build_object('kind', a.actor_kind, 'id', a.actor_id, 'name', a.actor_name),
    'object', json_build_object('kind', a.object_kind, 'id', a.object_id, 'name', a.object_name), 'before', a.before, 'after', a.after, 'hash', a.hash)
$$;

create or replace function api_audit(args jsonb) returns json language plpgsql stable as $$
declare
  rows json[];
  n int;
  size int := least(coalesce((args ->> 'limit')::int, 50), 50001);
begin
  select array_agg(p.json order by p.n desc), count(*) into rows, n from (
    select a.n, audit_json(a) as json from audit a
    where a.account_id = this_account()
      -- A label of other roles is named nowhere.
      and (a.object_kind <> 'label' or as_uuid(a.object_id) in (select l.id from label l))
      and (args ->> 'person' is null or a.actor_id = as_uuid(args ->> 'person'))
      and (args ->> 'action' is null or a.action = args ->> 'action')
      and (args ->> 'from' is null or a.at >= (args ->> 'from')::timestamptz)
      and (args ->> 'to' is null or a.at <= (args ->> 'to')::timestamptz)
      and (args ->> 'cursor' is null or a.n < (args ->> 'cursor')::bigint)
    order by a.n desc limit size) p;
  return json_build_object('items', coalesce(to_json(rows), '[]'), 'next', case when n = size then rows[size] ->> 'n' end);
end $$;

create or replace function api_audit_exported(args jsonb) returns json language plpgsql volatile as $$
begin
  perform audit_mine('audit.exported', 'audit', null, null, null, args);
  return json_build_object('done', true);
end $$;

create or replace function api_audit_check(args jsonb) returns json language sql stable as $$
  select json_build_object('entries', c.entries, 'brokenAt', c.broken_at, 'head', c.head) from audit_check(this_account()) c
$$;

create or replace function api_key_json(k api_key) returns json language sql stable as $$
  select json_build_object('id', k.id, 'name', k.name, 'ending', k.ending, 'grants', k.grants, 'channels', k.channels,
    'createdBy', (select p.name from person p where p.id = k.made_by), 'createdAt', iso(k.created_at), 'expiresAt', iso(k.expires_at),
    'lastUsedAt', iso(k.last_used_at), 'revokedAt', iso(k.revoked_at))
$$;

create or replace function api_keys(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(api_key_json(k) order by k.revoked_at is not null, k.created_at desc), '[]'))
  from api_key k where k.account_id = this_account()
$$;

create or replace function api_key_add(args jsonb) returns json language plpgsql volatile as $$
declare k api_key;
begin
  perform refuse_beyond_own(args -> 'grants');
  insert into api_key (account_id, name, ending, token_hash, grants, channels, made_by, expires_at)
  values (this_account(), args ->> 'name', args ->> 'ending', decode(args ->> 'hash', 'hex'), args -> 'grants',
    array(select c.id from channel c where c.account_id = this_account() and coalesce(args -> 'channels', '[]') ? c.id::text), this_person(),
    now() + make_interval(days => (args ->> 'days')::int))
  returning * into k;
  perform audit_mine('api_key.added', 'api_key', k.id::text, k.name, null, jsonb_build_object('grants', k.grants, 'expires', iso(k.expires_at)));
  return api_key_json(k);
end $$;

create or replace function api_key_revoke(args jsonb) returns json language plpgsql volatile as $$
declare k api_key;
begin
  update api_key set revoked_at = coalesce(revoked_at, now()) where id = as_uuid(args ->> 'apiKeyId') and account_id = this_account() returning * into k;
  if k.id is null then return null; end if;
  perform audit_mine('api_key.revoked', 'api_key', k.id::text, k.name, null, null);
  return api_key_json(k);
end $$;
