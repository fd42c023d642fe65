-- Who is calling, what they may do and what they see: worked out on every request, never remembered by a token.

/*
 * Grants and sight of a person: { grants, reach, departments, channels, openChannels }. A company without departments is
 * one department; a company-wide reach needs no lists.
 */
create or replace function scope_of(account_ uuid, person_ uuid, grants jsonb) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  widened jsonb := grants;
  departments uuid[];
  mine uuid[];
  open_ uuid[];
begin
  if not jsonb_path_exists(grants, '$.* ? (@ == "own" || @ == "departments" || @ == "channels")') then
    return jsonb_build_object('grants', grants, 'reach', coalesce(grants ->> 'chats.read', ''));
  end if;
  if not exists (select from public.department d where d.account_id = account_ and d.archived_at is null) then
    select jsonb_object_agg(g.key, case when g.value = '"departments"' then '"all"'::jsonb else g.value end) into widened from jsonb_each(grants) g;
  end if;
  select coalesce(array_agg(dp.department_id), '{}') into departments
  from public.department_person dp join public.department d on d.id = dp.department_id
  where dp.person_id = person_ and dp.ended_at is null and d.archived_at is null;
  select coalesce(array_agg(cp.channel_id), '{}') into mine from public.channel_person cp where cp.person_id = person_ and cp.ended_at is null;
  select coalesce(array_agg(c.id), '{}') into open_ from public.channel c where c.account_id = account_ and (c.access = 'shared' or c.id = any(mine));
  return jsonb_build_object('grants', widened, 'reach', coalesce(widened ->> 'chats.read', ''), 'departments', departments, 'channels', mine, 'openChannels', open_);
end $$;

/* The same for a key: it is nobody, so what would be "own" is nothing; numbers may bound it. */
create or replace function scope_of_key(account_ uuid, grants jsonb, channels_ uuid[]) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select case when channels_ = '{}' then jsonb_build_object('grants', g.all_, 'reach', coalesce(g.all_ ->> 'chats.read', ''))
    else jsonb_build_object('grants', g.bounded, 'reach', coalesce(g.bounded ->> 'chats.read', ''), 'departments', '{}'::uuid[], 'channels', channels_, 'openChannels', channels_) end
  from (select coalesce(jsonb_object_agg(e.key, 'all'), '{}') as all_, coalesce(jsonb_object_agg(e.key, 'channels'), '{}') as bounded from jsonb_each(grants) e) g
$$;

/* A person as the app knows them, with what they may do and see. */
create or replace function me_of(person_ uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object(
    'person', jsonb_build_object('id', p.id, 'name', p.name, 'email', p.email, 'role', r.base, 'roleName', r.name, 'language', p.language, 'isAway', p.away_since is not null),
    'account', jsonb_build_object('id', a.id, 'name', a.name, 'timeZone', a.time_zone, 'country', a.country),
    'sight', public.scope_of(a.id, p.id, public.role_grants(r.base, r.changes)) || jsonb_build_object('role', r.id))
  from public.person p join public.role r on r.id = p.role_id join public.account a on a.id = p.account_id
  where p.id = person_
$$;

/* Who a token belongs to, a person's session or a machine's key; opens that account for the rest of the transaction. */
create or replace function session_open(hash bytea) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  s record;
  k record;
  me jsonb;
begin
  select x.id, x.last_seen_at, x.account_id, p.id as person into s
  from public.session x join public.person p on p.id = x.person_id join public.account a on a.id = x.account_id
  where x.token_hash = hash and x.revoked_at is null and x.expires_at > now()
    -- A portal's frame is opened anew each time: what it leaves behind is soon worth nothing.
    and x.last_seen_at > now() - case x.kind when 'frame' then interval '12 hours' else interval '30 days' end
    and p.deactivated_at is null and a.archived_at is null;
  if found then
    if s.last_seen_at < now() - interval '5 minutes' then update public.session set last_seen_at = now() where id = s.id; end if;
    perform set_config('app.account', s.account_id::text, true), set_config('app.person', s.person::text, true), set_config('app.session', s.id::text, true);
    return public.me_of(s.person) || jsonb_build_object('sessionId', s.id, 'kind', 'person');
  end if;
  select x.*, a.name as account_name, a.time_zone, a.country into k from public.api_key x join public.account a on a.id = x.account_id
  where x.token_hash = hash and x.revoked_at is null and (x.expires_at is null or x.expires_at > now()) and a.archived_at is null;
  if not found then return null; end if;
  if k.last_used_at is null or k.last_used_at < now() - interval '1 minute' then update public.api_key set last_used_at = now() where id = k.id; end if;
  perform set_config('app.account', k.account_id::text, true), set_config('app.person', '', true), set_config('app.session', '', true);
  return jsonb_build_object('sessionId', k.id, 'kind', 'key',
    'person', jsonb_build_object('id', k.id, 'name', k.name, 'email', '', 'role', 'agent', 'roleName', k.name, 'language', 'es', 'isAway', false),
    'account', jsonb_build_object('id', k.account_id, 'name', k.account_name, 'timeZone', k.time_zone, 'country', k.country),
    'sight', public.scope_of_key(k.account_id, k.grants, k.channels));
end $$;

/* Which of these sessions still live, with what their people may do and see now: for sockets, which outlast a request. */
create or replace function sessions_now(sessions uuid[]) returns table (session_id uuid, me jsonb)
language sql stable security definer set search_path = pg_catalog, public as $$
  select s.id, public.me_of(s.person_id) from public.session s join public.person p on p.id = s.person_id
  where s.id = any(sessions) and s.revoked_at is null and s.expires_at > now() and p.deactivated_at is null
  union all
  select k.id, jsonb_build_object('person', jsonb_build_object('id', k.id), 'sight', public.scope_of_key(k.account_id, k.grants, k.channels))
  from public.api_key k where k.id = any(sessions) and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
$$;

/* Writes the caller's sight into the transaction, for row security. `permission` null: as far as reading chats reaches. */
create or replace function sight_open(sight jsonb, permission text) returns void language sql volatile as $$
  select set_config('app.reach', case when permission = any(array['messages.send', 'messages.resend', 'notes.write', 'trace.read', 'chats.assign', 'chats.close',
        'transfers.request', 'transfers.decide', 'labels.use'])
      then coalesce(sight -> 'grants' ->> permission, '') else coalesce(sight ->> 'reach', '') end, true),
    set_config('app.departments', translate(coalesce(sight ->> 'departments', '[]'), '[]" ', '{}'), true),
    set_config('app.channels', translate(coalesce(sight ->> 'channels', '[]'), '[]" ', '{}'), true),
    set_config('app.open_channels', translate(coalesce(sight ->> 'openChannels', '[]'), '[]" ', '{}'), true),
    set_config('app.queue', case when sight -> 'grants' ? 'chats.queue' then 'on' else '' end, true),
    set_config('app.phones', case when sight -> 'grants' ? 'contacts.phone' then 'on' else '' end, true),
    set_config('app.role', coalesce(sight ->> 'role', ''), true),
    set_config('app.labels', '', true),
    set_config('app.grants', (sight -> 'grants')::text, true),
    set_config('app.keys', case when sight -> 'grants' ? 'channels.manage' then 'on' else '' end, true)
$$;

/* Is there a chat, or a message, of these arguments that the caller sees? Then "not found" would be a lie: they may not. */
create or replace function names_something_seen(args jsonb) returns boolean language plpgsql stable as $$
begin
  return exists (select from chat where id = chat_alive(as_uuid(args ->> 'chatId'))) or exists (select from message where id = as_uuid(args ->> 'messageId'));
end $$;

-- It has grown since: by `jobs`, by `deed`.
drop function if exists call_as(bytea, text, text, jsonb);

/*
 * One round trip for a signed-in request: opens the session, checks the permission, sets the sight, runs one function of
 * ours as that person. `me` null: signed out. `allowed` false: not theirs to do. `result` is JSON text, handed on as it is.
 * `jobs`: what follows from it, for the Worker to wake. `deed`: the request's own id, if it has one; the same again changes
 * nothing and gives what came of it (186_deeds.sql).
 */
create or replace function call_as(hash bytea, permission text, fn text, args jsonb, deed uuid default null, out me jsonb, out allowed boolean, out result text, out jobs jsonb)
language plpgsql volatile as $$
declare before_ jsonb;
begin
  me := session_open(hash);
  if me is null then return; end if;
  -- What is somebody's own (password, devices) is no business of a machine's key.
  allowed := case when permission is null then me ->> 'kind' = 'person' or fn is null else me -> 'sight' -> 'grants' ? permission end;
  if not allowed then return; end if;
  perform sight_open(me -> 'sight', permission);
  if fn is null then return; end if;
  if fn !~ '^api_[a-z_]+$' then raise exception 'not a function of the API: %', fn; end if;
  if not takes_deed(fn) then deed := null; end if;
  if deed is not null then
    before_ := deed_before(deed, fn, args);
    if before_ is not null then
      result := deed_shown(before_)::text;
      return;
    end if;
  end if;
  execute format('select %I($1)::text', fn) into result using args;
  jobs := jobs_begun();
  if deed is not null and result is not null then perform deed_keep(deed, fn, args, result); end if;
  if result is null and this_reach() <> coalesce(me -> 'sight' ->> 'reach', '') then
    perform sight_open(me -> 'sight', null);
    allowed := not names_something_seen(args);
  end if;
end $$;

do $$
declare f text;
begin
  foreach f in array array['scope_of(uuid,uuid,jsonb)', 'scope_of_key(uuid,jsonb,uuid[])', 'me_of(uuid)', 'session_open(bytea)', 'sessions_now(uuid[])'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
