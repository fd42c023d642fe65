-- What must look across accounts: hooks before they know whose they are, jobs, sweeps, retention. Owned by app_system.

drop function if exists channel_by(text, text, text);

/* The channel behind a hook's address, or behind the provider's id of a number. */
create or replace function channel_by(key_ text, kind_ text, line_ text) returns table (
  id uuid, account_id uuid, kind text, key text, phone text, line text, sealed text, settings jsonb, problem text,
  sending_paused boolean, receiving_paused boolean, archived boolean, hours jsonb, guard jsonb)
language sql stable security definer set search_path = pg_catalog, public as $$
  select c.id, c.account_id, c.kind, c.key, c.phone, c.line, c.sealed, c.settings, c.problem,
    c.sending_paused_at is not null, c.receiving_paused_at is not null, c.archived_at is not null,
    (select jsonb_build_object('timeZone', h.time_zone, 'week', h.week, 'holidays', h.holidays, 'worked', h.worked, 'exceptions', h.exceptions)
      from public.channel_hours h where h.channel_id = c.id), c.guard
  from public.channel c
  where (key_ is not null and c.key = key_) or (line_ is not null and c.kind = kind_ and c.line = line_ and c.archived_at is null)
  limit 1
$$;

/* Takes a job: the one who gets the row does it. A job started ten minutes ago and not finished is free again. */
create or replace function job_take(job_ uuid) returns table (account_id uuid, kind text, ref jsonb, trace_id text, attempts int)
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.job j set started_at = now(), attempts = j.attempts + 1
  where j.id = job_ and j.done_at is null and (j.started_at is null or j.started_at < now() - interval '10 minutes')
  returning j.account_id, j.kind, j.ref, j.trace_id, j.attempts
$$;

/* Jobs that no queue message is going to wake: their time has come, and nobody is at them. */
create or replace function jobs_due(limit_ int) returns table (id uuid, kind text)
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.job j set run_after = now() + interval '2 minutes'
  where j.id in (
    select x.id from public.job x
    where x.done_at is null and x.run_after < now() and x.created_at < now() - interval '30 seconds'
      and (x.started_at is null or x.started_at < now() - interval '10 minutes')
    order by x.run_after limit limit_ for update skip locked)
  returning j.id, j.kind
$$;

/* Retention: logged, never silent. Returns how many rows of each table went. */
create or replace function retention() returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare traces int; jobs int; parked int; sessions int; news int; clients int; pushes int; devices int; deeds int;
begin
  with gone as (delete from public.trace where at < now() - interval '90 days' returning 1) select count(*) into traces from gone;
  with gone as (delete from public.job where done_at < now() - interval '7 days' returning 1) select count(*) into jobs from gone;
  with gone as (delete from public.parked_status where created_at < now() - interval '7 days' returning 1) select count(*) into parked from gone;
  with gone as (delete from public.session where coalesce(revoked_at, expires_at) < now() - interval '30 days' returning 1) select count(*) into sessions from gone;
  with gone as (delete from public.channel_news where at < now() - interval '90 days' returning 1) select count(*) into news from gone;
  -- Somebody else's data, kept for their outages alone.
  with gone as (delete from public.client_record where read_at < now() - interval '30 days' returning 1) select count(*) into clients from gone;
  with gone as (delete from public.push_delivery where created_at < now() - interval '14 days' returning 1) select count(*) into pushes from gone;
  with gone as (delete from public.push_device where dropped_at < now() - interval '30 days' returning 1) select count(*) into devices from gone;
  -- A phone that has waited longer asks the person anew.
  with gone as (delete from public.deed where at < now() - interval '7 days' returning 1) select count(*) into deeds from gone;
  return jsonb_build_object('trace', traces, 'job', jobs, 'parked_status', parked, 'session', sessions, 'channel_news', news, 'client_record', clients,
    'push_delivery', pushes, 'push_device', devices, 'deed', deeds) || public.portals_retention() || public.portal_deliveries_retention() || public.portal_timeline_retention()
    || public.gateway_events_retention() || public.alerts_retention();
end $$;

/* Whether the database answers, and what waits in it: numbers only, for GET /health. */
create or replace function health_figures() returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object(
    'jobsWaiting', (select count(*) from public.job where done_at is null),
    'oldestJobSeconds', (select coalesce(extract(epoch from now() - min(created_at)), 0)::int from public.job where done_at is null),
    'deadLetters', (select count(*) from public.dead_letter where settled_at is null),
    'sessionNumbers', (select count(*) from public.channel where kind = 'session' and archived_at is null),
    'channelsWithProblem', (select count(*) from public.channel where problem is not null and archived_at is null))
$$;

do $$
declare f text;
begin
  foreach f in array array['channel_by(text,text,text)', 'job_take(uuid)', 'jobs_due(int)', 'retention()', 'health_figures()'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
