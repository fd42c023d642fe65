-- What wakes the administrators of a company: an audit chain that does not hold, work that nobody does, failures that grow.

/*
 * The alarms of one kind as they are now, [{accountId, figure}]: new ones begin, and those that are not named any more are over.
 * What is new is noted in the company's log and put on its way to its administrators, and to the company's own address where it is of money; gives these jobs, [{id, kind}].
 */
create or replace function alarms_keep(kind_ text, now_ jsonb) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare a public.alarm;
begin
  update public.alarm x set over_at = now()
  where x.kind = kind_ and x.over_at is null and not exists (select from jsonb_array_elements(now_) n where (n ->> 'accountId')::uuid = x.account_id);
  for a in insert into public.alarm (account_id, kind, figure)
      select (n ->> 'accountId')::uuid, kind_, (n ->> 'figure')::int from jsonb_array_elements(now_) n
      on conflict (account_id, kind) where over_at is null do nothing returning * loop
    insert into public.trace (account_id, at, level, place, what, data) values (a.account_id, now(), 'error', 'database', kind_, jsonb_build_object('figure', a.figure));
    perform public.push_job(a.account_id, 'alarm|' || a.id, jsonb_build_object('what', 'alarm', 'alarmId', a.id));
    perform public.alert_of_alarm(a);
  end loop;
  return public.jobs_begun();
end $$;

/*
 * Looks at what grows: jobs that nobody has begun a quarter of an hour after their time, what a portal or its operators have waited for longer than its administrators want, and dead letters of which five or more
 * have come within an hour, more than in the hour before, and still wait for somebody.
 */
create or replace function alarms_look() returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform public.alarms_keep('backlog_old', (select coalesce(jsonb_agg(x), '[]') from (
    select j.account_id as "accountId", max(extract(epoch from now() - j.created_at) / 60)::int as figure from public.job j
    where j.done_at is null and j.attempts = 0 and j.created_at < now() - interval '15 minutes' and j.run_after < now() + interval '5 minutes'
    group by j.account_id) x));
  -- A line that is paused keeps what is for it because a person wished so; a portal or line without a connection has an alarm of its own.
  perform public.alarms_keep('portal_queue_old', (select coalesce(jsonb_agg(x), '[]') from (
    select w.account_id as "accountId", max(extract(epoch from now() - w.at) / 60)::int as figure from (
      select d.account_id, d.created_at as at from public.portal_delivery d join public.portal p on p.id = d.portal_id and p.state in ('active', 'overloaded')
        join public.portal_chat c on c.id = d.portal_chat_id
        join public.portal_line l on l.portal_id = c.portal_id and lower(l.connector) = c.connector and l.ended_at is null and l.state = 'active'
      where d.state in ('waiting', 'leased') and d.created_at < now() - make_interval(mins => p.alarm_minutes)
      union all
      select y.account_id, y.created_at from public.portal_message y join public.portal p on p.id = y.portal_id
        join public.message m on m.id = y.message_id join public.channel n on n.id = m.channel_id
      where y.stands = 'queued' and y.created_at < now() - make_interval(mins => p.alarm_minutes) and n.sending_paused_at is null and n.problem is null) w
    group by w.account_id) x));
  return public.alarms_keep('dead_letters_growing', (select coalesce(jsonb_agg(x), '[]') from (
    select d.account_id as "accountId", count(*)::int as figure from public.dead_letter d where d.settled_at is null group by d.account_id
    having count(*) filter (where d.created_at > now() - interval '1 hour') >= 5
      and count(*) filter (where d.created_at > now() - interval '1 hour')
        > count(*) filter (where d.created_at between now() - interval '2 hours' and now() - interval '1 hour')
      -- Once begun it stands until the pile is worked off, not until an hour has passed.
      or (count(*) >= 5 and exists (select from public.alarm a where a.account_id = d.account_id and a.kind = 'dead_letters_growing' and a.over_at is null))) x));
end $$;

do $$
declare f text;
begin
  foreach f in array array['alarms_keep(text,jsonb)', 'alarms_look()'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
