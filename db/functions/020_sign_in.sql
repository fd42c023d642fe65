-- Sign-in and sessions look across accounts, so they run as app_system; each takes a secret or gives none away.

/* The person behind an e-mail, for the password check. One row or none. */
create or replace function person_for_sign_in(email_ text) returns table (id uuid, account_id uuid, name text, role text, password_hash text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select p.id, p.account_id, p.name, p.role, p.password_hash
  from public.person p join public.account a on a.id = p.account_id
  where lower(p.email) = lower(email_) and p.deactivated_at is null and a.archived_at is null
$$;

/* Seconds to wait before another try, 0 when free. `keys`: the e-mail's and the address's. */
create or replace function sign_in_wait(keys text[]) returns int
language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(ceil(max(extract(epoch from t.blocked_until - now()))), 0)::int
  from public.sign_in_try t where t.key = any(keys) and t.blocked_until > now()
$$;

/* Counts a failure: from the limit on, each one doubles the wait, from a minute up to an hour. Never for ever. */
create or replace function sign_in_failed(key_ text, limit_ int) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  insert into public.sign_in_try as t (key, failures, updated_at) values (key_, 1, now())
  on conflict (key) do update set
    failures = case when t.updated_at < now() - interval '1 hour' then 1 else t.failures + 1 end,
    updated_at = now(),
    blocked_until = case when t.updated_at >= now() - interval '1 hour' and t.failures + 1 >= limit_
      then now() + least(interval '1 hour', interval '1 minute' * power(2, least(t.failures + 1 - limit_, 10))) end
$$;

/* A good sign-in: forgets the failures of this e-mail and opens a session for at most 90 days. */
create or replace function session_start(person_ uuid, hash bytea, agent text, key_ text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  delete from public.sign_in_try where key = key_;
  insert into public.session (account_id, person_id, token_hash, user_agent, expires_at)
  select p.account_id, p.id, hash, left(agent, 300), now() + interval '90 days' from public.person p where p.id = person_;
end $$;

/* Who a token belongs to; opens that account for the rest of the transaction. Null: signed out. 30 idle days end it. */
create or replace function session_open(hash bytea) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare s record;
begin
  select x.id, x.last_seen_at, p.id as person, p.name, p.role, p.language, a.id as account, a.name as account_name, a.country, a.time_zone
    into s
  from public.session x join public.person p on p.id = x.person_id join public.account a on a.id = x.account_id
  where x.token_hash = hash and x.revoked_at is null and x.expires_at > now() and x.last_seen_at > now() - interval '30 days'
    and p.deactivated_at is null and a.archived_at is null;
  if not found then return null; end if;
  if s.last_seen_at < now() - interval '5 minutes' then
    update public.session set last_seen_at = now() where id = s.id;
  end if;
  perform set_config('app.account', s.account::text, true), set_config('app.person', s.person::text, true);
  return json_build_object('sessionId', s.id,
    'person', json_build_object('id', s.person, 'name', s.name, 'role', s.role, 'language', s.language),
    'account', json_build_object('id', s.account, 'name', s.account_name, 'timeZone', s.time_zone, 'country', s.country),
    'permissions', public.role_permissions(s.role));
end $$;

/* Ends the session of a token. */
create or replace function session_end(hash bytea) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.session set revoked_at = now() where token_hash = hash and revoked_at is null
$$;

/* Whether a session still lives: for sockets, which outlast the request that opened them. */
create or replace function session_alive(session_ uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select from public.session s join public.person p on p.id = s.person_id
    where s.id = session_ and s.revoked_at is null and s.expires_at > now() and p.deactivated_at is null)
$$;

/*
 * One round trip for a signed-in request: opens the session, checks the permission, runs one function of ours as that
 * person. `me` null: signed out. `allowed` false: nothing was run. `result` is JSON text, handed on as it is.
 */
create or replace function call_as(hash bytea, permission text, fn text, args jsonb, out me json, out allowed boolean, out result text)
language plpgsql volatile as $$
begin
  me := session_open(hash);
  if me is null then return; end if;
  allowed := permission is null or exists (select from json_array_elements_text(me -> 'permissions') p where p = permission);
  if not allowed then return; end if;
  if fn is null then return; end if;
  if fn !~ '^api_[a-z_]+$' then raise exception 'not a function of the API: %', fn; end if;
  execute format('select %I($1)::text', fn) into result using args;
end $$;

do $$
declare f text;
begin
  foreach f in array array['person_for_sign_in(text)', 'sign_in_wait(text[])', 'sign_in_failed(text,int)',
    'session_start(uuid,bytea,text,text)', 'session_open(bytea)', 'session_end(bytea)', 'session_alive(uuid)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
