-- Sign-in, sessions and sign-up look across accounts, so they run as app_system; each takes a secret or gives none away.

drop function if exists person_for_sign_in(text);
drop function if exists session_start(uuid, bytea, text, text);
drop function if exists session_end(bytea);

/* What the Worker checks a person's secrets against. Never leaves it. Null for somebody who may not come in. */
create or replace function person_secrets(person_ uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('id', p.id, 'accountId', p.account_id, 'name', p.name, 'email', p.email, 'role', r.base, 'company', a.name,
    'passwordHash', p.password_hash, 'totpSealed', p.totp_sealed, 'hasTotp', p.totp_at is not null)
  from public.person p join public.role r on r.id = p.role_id join public.account a on a.id = p.account_id
  where p.id = person_ and p.deactivated_at is null and a.archived_at is null
$$;

/* The person behind an e-mail, for the password check; or null. */
create or replace function person_for_sign_in(email_ text) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select public.person_secrets(p.id) from public.person p where lower(p.email) = lower(email_)
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

/* Somebody tried to come in as this person. Written down for whoever reads the audit log. */
create or replace function sign_in_refused(person_ uuid, why text) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  select public.audit_add(p.account_id, 'session.refused', 'nobody', null, null, 'person', p.id::text, p.name, null, jsonb_build_object('why', why))
  from public.person p where p.id = person_
$$;

/* A person has done something to themselves. */
create or replace function audit_self(p person, action text, facts jsonb) returns void language sql volatile as $$
  select audit_add(p.account_id, action, 'person', p.id, p.name, 'person', p.id::text, p.name, null, facts)
$$;

/* Takes a code of the second factor: the step of an authenticator, or the hash of a recovery code. Each is good once. */
create or replace function factor_spend(person_ uuid, step_ bigint, recovery bytea) returns boolean language plpgsql volatile as $$
begin
  if step_ is not null then
    update public.person set totp_step = step_ where id = person_ and coalesce(totp_step, -1) < step_;
  else
    update public.recovery_code set spent_at = now() where person_id = person_ and hash = recovery and spent_at is null;
  end if;
  return found;
end $$;

/* What a proof lacks of the second factor: `code_needed`, `code_wrong`, or null when it is good (and its code is spent). */
create or replace function factor_lack(p person, proof jsonb) returns text language plpgsql volatile as $$
begin
  if p.totp_at is null then return null; end if;
  if not coalesce((proof ->> 'coded')::boolean, false) then return 'code_needed'; end if;
  if not public.factor_spend(p.id, (proof ->> 'step')::bigint, decode(proof ->> 'recovery', 'hex')) then return 'code_wrong'; end if;
  return null;
end $$;

/* Opens a session for at most 90 days. */
create or replace function session_add(p person, hash bytea, agent text, facts jsonb) returns void language plpgsql volatile as $$
begin
  insert into public.session (account_id, person_id, token_hash, user_agent, expires_at)
  values (p.account_id, p.id, hash, left(agent, 300), now() + interval '90 days');
  perform public.audit_self(p, 'session.started', facts || jsonb_build_object('device', left(agent, 300)));
end $$;

/* Ends all sessions of a person but one; gives those that lived. */
create or replace function sessions_end(person_ uuid, but uuid) returns uuid[] language sql volatile as $$
  with gone as (update public.session set revoked_at = now() where person_id = person_ and id is distinct from but and revoked_at is null returning id)
  select coalesce(array_agg(id), '{}') from gone
$$;

/*
 * The last step of a sign-in, once the Worker has checked password or passkey: everything that may have changed meanwhile
 * is checked again, the second factor's code is spent, the session begins. Gives `ok` or the code of a refusal.
 */
create or replace function session_start(person_ uuid, hash bytea, agent text, keys text[], proof jsonb) returns text
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  p public.person;
  lack text;
begin
  -- Tries that ran side by side were all let in; whichever is right has to wait like the others.
  if public.sign_in_wait(keys) > 0 then return 'too_many_tries'; end if;
  select * into p from public.person x where x.id = person_ and x.deactivated_at is null for update;
  if not found then return 'wrong_credentials'; end if;
  if proof ->> 'way' = 'passkey' then
    update public.passkey set counter = (proof ->> 'counter')::bigint, last_used_at = now()
    where id = (proof ->> 'passkeyId')::uuid and person_id = p.id and removed_at is null;
    if not found then return 'passkey_refused'; end if;
  else
    if p.password_hash is distinct from proof ->> 'passwordHash' then return 'wrong_credentials'; end if;
    lack := public.factor_lack(p, proof);
    if lack is not null then return lack; end if;
    if proof ? 'rehashed' then update public.person set password_hash = proof ->> 'rehashed' where id = p.id; end if;
  end if;
  delete from public.sign_in_try where key = any(keys) and key like 'email:%';
  perform public.session_add(p, hash, agent, jsonb_strip_nulls(jsonb_build_object('way', proof -> 'way', 'recoveryCode', case when proof ? 'recovery' then true end,
    'counterWentBack', proof -> 'counterWentBack')));
  return 'ok';
end $$;

/* A company begins, with its roles, its administrator and their session. Null when the e-mail is somebody's already. */
create or replace function sign_up(args jsonb) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  account_ uuid;
  p public.person;
begin
  begin
    insert into public.account (name, country, time_zone) values (args ->> 'company', args ->> 'country', args ->> 'timeZone') returning id into account_;
    insert into public.person (account_id, email, name, role_id, language, password_hash)
    values (account_, args ->> 'email', args ->> 'name', public.roles_begin(account_), args ->> 'language', args ->> 'passwordHash') returning * into p;
  exception when unique_violation then return null;
  end;
  perform public.audit_add(account_, 'account.created', 'person', p.id, p.name, 'account', account_::text, args ->> 'company', null, null);
  perform public.session_add(p, decode(args ->> 'hash', 'hex'), args ->> 'agent', '{"way": "sign_up"}');
  return public.person_secrets(p.id);
end $$;

do $$
declare f text;
begin
  foreach f in array array['person_for_sign_in(text)', 'sign_in_wait(text[])', 'sign_in_failed(text,int)', 'sign_in_refused(uuid,text)',
    'session_start(uuid,bytea,text,text[],jsonb)', 'sign_up(jsonb)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
