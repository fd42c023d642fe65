-- Sign-in and sessions look across accounts, so they run as app_system; each takes a secret or gives none away.

/* The person behind an e-mail, for the password check. One row or none. */
create or replace function person_for_sign_in(email_ text) returns table (id uuid, account_id uuid, name text, role text, password_hash text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select p.id, p.account_id, p.name, r.base, p.password_hash
  from public.person p join public.role r on r.id = p.role_id join public.account a on a.id = p.account_id
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

/* Ends the session of a token. */
create or replace function session_end(hash bytea) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.session set revoked_at = now() where token_hash = hash and revoked_at is null
$$;

do $$
declare f text;
begin
  foreach f in array array['person_for_sign_in(text)', 'sign_in_wait(text[])', 'sign_in_failed(text,int)',
    'session_start(uuid,bytea,text,text)', 'session_end(bytea)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
