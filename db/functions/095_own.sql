-- What people keep about themselves: links that set a password, the password, devices, second factor, passkeys.
-- Whoever comes with a link has not signed in yet, and challenges belong to no account: those run as app_system.

/* A link that is still good, with the person behind it; or null. */
create or replace function link_read(hash bytea) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select s.secrets || jsonb_build_object('kind', l.kind, 'until', public.iso(l.expires_at))
  from public.person_link l, lateral (select public.person_secrets(l.person_id) as secrets) s
  where l.token_hash = hash and l.spent_at is null and l.expires_at > now() and s.secrets is not null
$$;

/*
 * Takes a link up: sets the password, ends every session, begins a new one. Gives `ok` or the code of a refusal; then
 * nothing has happened, and the link is still good.
 */
create or replace function link_use(link bytea, hash bytea, agent text, keys text[], proof jsonb) returns text
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  l public.person_link;
  p public.person;
  lack text;
begin
  if public.sign_in_wait(keys) > 0 then return 'too_many_tries'; end if;
  select * into l from public.person_link x where x.token_hash = link and x.spent_at is null and x.expires_at > now() for update;
  if not found then return 'link_spent'; end if;
  select * into p from public.person x where x.id = l.person_id and x.deactivated_at is null for update;
  if not found then return 'link_spent'; end if;
  lack := public.factor_lack(p, proof);
  if lack is not null then return lack; end if;
  update public.person_link set spent_at = now() where person_id = p.id and spent_at is null;
  update public.person set password_hash = proof ->> 'passwordHash' where id = p.id;
  delete from public.sign_in_try where key = any(keys) and key like 'email:%';
  perform public.audit_self(p, 'person.link_used', jsonb_build_object('kind', l.kind));
  perform public.audit_self(p, 'password.changed', null);
  perform public.sessions_end(p.id, null);
  perform public.session_add(p, hash, agent, '{"way": "link"}');
  return 'ok';
end $$;

/* A challenge for a passkey: five minutes. One at a time for somebody who makes a passkey; `person_` null: for signing in. */
create or replace function passkey_challenge_add(person_ uuid, challenge_ text) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare id_ uuid;
begin
  delete from public.passkey_challenge where expires_at < now() or person_id = person_;
  insert into public.passkey_challenge (person_id, challenge, expires_at) values (person_, challenge_, now() + interval '5 minutes') returning id into id_;
  return id_;
end $$;

/* Consumes a challenge: by its id while signing in, else the one of the person. Null when it was used or is too old. */
create or replace function passkey_challenge_take(id_ uuid, person_ uuid) returns text
language sql volatile security definer set search_path = pg_catalog, public as $$
  with taken as (delete from public.passkey_challenge where expires_at > now()
    and case when person_ is null then id = id_ and person_id is null else person_id = person_ end returning challenge)
  select challenge from taken
$$;

/* A passkey and the person whose it is, for the check of its signature; or null. */
create or replace function passkey_for_sign_in(credential text) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select s.secrets || jsonb_build_object('passkeyId', k.id, 'publicKey', encode(k.public_key, 'base64'), 'counter', k.counter)
  from public.passkey k, lateral (select public.person_secrets(k.person_id) as secrets) s
  where k.credential_id = credential and k.removed_at is null and s.secrets is not null
$$;

do $$
declare f text;
begin
  foreach f in array array['link_read(bytea)', 'link_use(bytea,bytea,text,text[],jsonb)', 'passkey_challenge_add(uuid,text)',
    'passkey_challenge_take(uuid,uuid)', 'passkey_for_sign_in(text)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;

/* The caller's own secrets, for the Worker alone: no endpoint hands them out. */
create or replace function api_own_secrets(args jsonb) returns jsonb language sql stable as $$
  select person_secrets(this_person())
$$;

/* Ends the caller's other sessions: what they are told of their devices. */
create or replace function end_others() returns json language sql volatile as $$
  select json_build_object('ended', sessions_end(this_person(), this_session()))
$$;

create or replace function api_password_change(args jsonb) returns json language plpgsql volatile as $$
begin
  update person set password_hash = args ->> 'hash' where id = this_person() and password_hash = args ->> 'was';
  if not found then perform refuse('changed_meanwhile'); end if;
  update person_link set spent_at = now() where person_id = this_person() and spent_at is null;
  perform audit_own('password.changed', null);
  return end_others();
end $$;

/* The caller has done something to themselves. */
create or replace function audit_own(action text, facts jsonb) returns void language sql volatile as $$
  select audit_self(p, action, facts) from person p where p.id = this_person()
$$;

create or replace function api_devices(args jsonb) returns json language sql stable as $$
  select devices_json(this_person())
$$;

/* Signs out this session, or another one of the caller's. Null when it is not theirs or has ended. */
create or replace function api_device_end(args jsonb) returns json language plpgsql volatile as $$
begin
  update session set revoked_at = now() where id = coalesce(as_uuid(args ->> 'sessionId'), this_session()) and person_id = this_person() and revoked_at is null;
  if not found then return null; end if;
  perform audit_own('session.ended', null);
  return json_build_object('done', true);
end $$;

create or replace function api_devices_end_others(args jsonb) returns json language plpgsql volatile as $$
declare gone uuid[] := sessions_end(this_person(), this_session());
begin
  if gone <> '{}' then perform audit_own('session.ended', jsonb_build_object('devices', cardinality(gone))); end if;
  return json_build_object('ended', gone);
end $$;

create or replace function api_factors(args jsonb) returns json language sql stable as $$
  select json_build_object('totp', p.totp_at is not null,
    'recoveryCodesLeft', (select count(*) from recovery_code r where r.person_id = p.id and r.spent_at is null),
    'passkeys', (select coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'createdAt', iso(k.created_at), 'lastUsedAt', iso(k.last_used_at)) order by k.created_at, k.id), '[]')
      from passkey k where k.person_id = p.id and k.removed_at is null))
  from person p where p.id = this_person()
$$;

/* A seed that does not count yet. One that counts is not replaced: it has to be removed first, with a code of it. */
create or replace function api_totp_begin(args jsonb) returns json language plpgsql volatile as $$
begin
  update person set totp_sealed = args ->> 'sealed', totp_step = null where id = this_person() and totp_at is null;
  if not found then perform refuse('changed_meanwhile'); end if;
  return '{"done": true}';
end $$;

create or replace function api_totp_confirm(args jsonb) returns json language plpgsql volatile as $$
begin
  update person set totp_at = now(), totp_step = (args ->> 'step')::bigint
  where id = this_person() and totp_at is null and totp_sealed = args ->> 'sealed';
  if not found then perform refuse('changed_meanwhile'); end if;
  update recovery_code set spent_at = now() where person_id = this_person() and spent_at is null;
  insert into recovery_code (account_id, person_id, hash) select this_account(), this_person(), decode(c, 'hex') from jsonb_array_elements_text(args -> 'codes') c;
  perform audit_own('factor.added', '{"factor": "totp"}');
  return end_others();
end $$;

create or replace function api_totp_remove(args jsonb) returns json language plpgsql volatile as $$
begin
  if not factor_spend(this_person(), (args ->> 'step')::bigint, decode(args ->> 'recovery', 'hex')) then perform refuse('code_wrong'); end if;
  update person set totp_at = null, totp_sealed = null, totp_step = null where id = this_person() and totp_at is not null;
  if not found then perform refuse('changed_meanwhile'); end if;
  update recovery_code set spent_at = now() where person_id = this_person() and spent_at is null;
  perform audit_own('factor.removed', '{"factor": "totp"}');
  return end_others();
end $$;

/* Keeps the challenge; gives the passkeys that the device need not make again. */
create or replace function api_passkey_begin(args jsonb) returns json language plpgsql volatile as $$
begin
  perform passkey_challenge_add(this_person(), args ->> 'challenge');
  return json_build_object('credentials', (select coalesce(json_agg(k.credential_id), '[]') from passkey k where k.person_id = this_person() and k.removed_at is null));
end $$;

create or replace function api_passkey_challenge(args jsonb) returns json language sql volatile as $$
  select json_build_object('challenge', passkey_challenge_take(null, this_person()))
$$;

create or replace function api_passkey_add(args jsonb) returns json language plpgsql volatile as $$
begin
  if (select count(*) from passkey k where k.person_id = this_person() and k.removed_at is null) >= 20 then perform refuse('passkey_refused'); end if;
  begin
    insert into passkey (account_id, person_id, credential_id, public_key, counter, transports, name)
    values (this_account(), this_person(), args ->> 'credentialId', decode(args ->> 'publicKey', 'hex'), (args ->> 'counter')::bigint, args -> 'transports', args ->> 'name');
  exception when unique_violation then perform refuse('passkey_refused');
  end;
  perform audit_own('factor.added', jsonb_build_object('factor', 'passkey', 'name', args -> 'name'));
  return api_factors(args);
end $$;

/* Forgets a passkey, and ends the other sessions: one of them may have begun with it. */
create or replace function api_passkey_remove(args jsonb) returns jsonb language plpgsql volatile as $$
declare
  name_ text;
  gone uuid[];
begin
  update passkey set removed_at = now() where id = as_uuid(args ->> 'passkeyId') and person_id = this_person() and removed_at is null returning name into name_;
  if not found then return null; end if;
  perform audit_own('factor.removed', jsonb_build_object('factor', 'passkey', 'name', name_));
  gone := sessions_end(this_person(), this_session());
  return jsonb_build_object('ended', gone, 'factors', api_factors(args));
end $$;
