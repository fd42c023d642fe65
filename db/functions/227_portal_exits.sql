-- From a portal's frame into the phone's own browser: a code that is good once, for a minute, for whose frame it was.

/* A code for who is in a frame now. An older one of theirs ends. Refuses forbidden anywhere else. */
create or replace function api_portal_exit_make(args jsonb) returns json language plpgsql volatile as $$
declare until_ timestamptz := now() + interval '1 minute';
begin
  if not exists (select from session s where s.id = this_session() and s.kind = 'frame') then perform refuse('forbidden'); end if;
  update portal_exit set spent_at = now() where person_id = this_person() and spent_at is null;
  insert into portal_exit (account_id, person_id, code_hash, expires_at) values (this_account(), this_person(), decode(args ->> 'hash', 'hex'), until_);
  return json_build_object('until', iso(until_));
end $$;

/* Whose a code is; null: it is spent, too old, or none. Nothing is spent by looking. */
create or replace function portal_exit_read(hash bytea) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('personId', p.id, 'name', p.name, 'company', a.name, 'language', p.language)
  from public.portal_exit x join public.person p on p.id = x.person_id join public.account a on a.id = x.account_id
  where x.code_hash = hash and x.spent_at is null and x.expires_at > now() and p.deactivated_at is null and a.archived_at is null
$$;

/*
 * Spends a code and begins a session of who it is for; `token` null: they are signed in here already. False: somebody was faster, or it
 * is too old. The session ends with what gave it: the employee's dismissal, or the application's end in the portal.
 */
create or replace function portal_exit_use(hash bytea, token bytea, agent text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare who public.person;
begin
  if public.portal_exit_read(hash) is null then return false; end if;
  update public.portal_exit x set spent_at = now() where x.code_hash = hash and x.spent_at is null;
  if not found then return false; end if;
  select p.* into who from public.portal_exit x join public.person p on p.id = x.person_id where x.code_hash = hash;
  if token is null then return true; end if;
  insert into public.session (account_id, person_id, token_hash, kind, user_agent, expires_at) values (who.account_id, who.id, token, 'portal', left(agent, 300), now() + interval '90 days');
  perform public.audit_self(who, 'session.started', jsonb_build_object('way', 'bitrix24_phone', 'device', left(agent, 300)));
  return true;
end $$;

do $$
declare f text;
begin
  foreach f in array array['portal_exit_read(bytea)', 'portal_exit_use(bytea,bytea,text)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
