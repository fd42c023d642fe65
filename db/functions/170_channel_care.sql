-- Looking after numbers: when they did not work, who was told, how much at risk they are, and the same done to several at once.

drop policy if exists seen on channel_outage;
create policy seen on channel_outage as restrictive to app_rw using (exists (select from channel c where c.id = channel_id)) with check (true);

/*
 * Whose business it is when a number fails: whoever reads the dashboard and has the number in reach. Administrators have
 * all, a supervisor the numbers of their departments, of no department, or those that they are assigned to.
 */
create or replace function watchers_of(c channel) returns setof uuid language sql stable as $$
  select p.id from person p join role r on r.id = p.role_id
    cross join lateral (select scope_of(p.account_id, p.id, role_grants(r.base, r.changes)) as sight) s
  where p.account_id = c.account_id and p.deactivated_at is null and has_way_in(p) and s.sight -> 'grants' ? 'dashboard.read'
    and (s.sight ->> 'reach' = 'all' or (s.sight -> 'openChannels' ? c.id::text
      and (c.department_id is null or s.sight -> 'departments' ? c.department_id::text or s.sight -> 'channels' ? c.id::text)))
$$;

/* Writes down who is told of an outage. Each row is what phones and push go by. */
create or replace function outage_tell(o channel_outage, c channel) returns void language sql volatile as $$
  insert into channel_outage_told (account_id, outage_id, person_id) select o.account_id, o.id, w from watchers_of(c) w on conflict do nothing
$$;

/* A number's problem begins, changes or is gone, in whatever transaction that is. An archived number is nobody's trouble. */
create or replace function channel_problem_moved() returns trigger language plpgsql as $$
declare o channel_outage;
begin
  if new.problem is null or new.archived_at is not null then
    update channel_outage set ended_at = clock_timestamp() where channel_id = new.id and ended_at is null;
    return null;
  end if;
  insert into channel_outage (account_id, channel_id, problem, began_at) values (new.account_id, new.id, new.problem, clock_timestamp())
  on conflict (channel_id) where ended_at is null do update set problem = excluded.problem returning * into o;
  -- Told once an outage: who was told before is not told again of another cause, unless it will not mend by itself any more.
  if old.problem in ('session_away', 'session_no_node') and new.problem not in ('session_away', 'session_no_node') then
    update channel_outage_told set seen_at = null where outage_id = o.id and seen_at is not null;
  end if;
  perform outage_tell(o, new);
  return null;
end $$;
drop trigger if exists problem_moved on channel;
create trigger problem_moved after update on channel for each row
  when (old.problem is distinct from new.problem or (old.archived_at is null) is distinct from (new.archived_at is null))
  execute function channel_problem_moved();

/* Whether somebody has taken note that the number does not work. */
create or replace function outage_is_seen(channel_ uuid) returns boolean language sql stable as $$
  select exists (select from channel_outage o join channel_outage_told t on t.outage_id = o.id where o.channel_id = channel_ and o.ended_at is null and t.seen_at is not null)
$$;

create or replace function outage_json(o channel_outage) returns jsonb language sql stable as $$
  select jsonb_build_object('id', o.id, 'channelId', o.channel_id, 'channelName', (select n.name from channel n where n.id = o.channel_id),
    'problem', o.problem, 'beganAt', iso(o.began_at), 'endedAt', iso(o.ended_at))
$$;

/* Outages of the numbers that the caller sees, latest first, with who was told and who has seen it. */
create or replace function api_outages(args jsonb) returns json language plpgsql stable as $$
declare
  rows json[];
  n int;
begin
  select array_agg(json order by began_at desc, id desc), count(*) into rows, n from (
    select o.id, o.began_at, (outage_json(o) || jsonb_build_object('told', (
        select coalesce(jsonb_agg(jsonb_build_object('name', p.name, 'at', iso(t.told_at), 'seenAt', iso(t.seen_at)) order by plain(p.name)), '[]')
        from channel_outage_told t join person p on p.id = t.person_id where t.outage_id = o.id)))::json as json
    from channel_outage o
    where o.account_id = this_account() and (args ->> 'channel' is null or o.channel_id = as_uuid(args ->> 'channel'))
      and (args ->> 'cursor' is null or (o.began_at, o.id) < (to_timestamp(nullif(split_part(args ->> 'cursor', '_', 1), '')::numeric / 1000000), as_uuid(split_part(args ->> 'cursor', '_', 2))))
    order by o.began_at desc, o.id desc limit 30) x;
  return json_build_object('items', coalesce(to_json(rows), '[]'), 'next', case when n = 30 then
    (select cursor_of((extract(epoch from o.began_at) * 1000000)::bigint::text, o.id) from channel_outage o where o.id = (rows[30] ->> 'id')::uuid) end);
end $$;

/* Outages that go on, and that the caller was told of and has not seen. */
create or replace function api_outages_unseen(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(outage_json(o) order by o.began_at), '[]'))
  from channel_outage_told t join channel_outage o on o.id = t.outage_id
  where t.person_id = this_person() and t.seen_at is null and o.ended_at is null and o.account_id = this_account()
$$;

/* Taken note of: nobody is reminded of it again. */
create or replace function api_outages_seen(args jsonb) returns json language plpgsql volatile as $$
begin
  update push_delivery x set closed_at = now() from channel_outage o
  where x.person_id = this_person() and x.tag = 'n:' || o.channel_id and x.state in ('sent', 'live') and x.closed_at is null and o.account_id = this_account() and o.id = any(ids_of(args -> 'outageIds'));
  update channel_outage_told set seen_at = now()
  where person_id = this_person() and seen_at is null and account_id = this_account() and outage_id = any(ids_of(args -> 'outageIds'));
  return json_build_object('done', true);
end $$;

/*
 * What a company's numbers did lately, number by number: messages of 24 hours and how many failed, the last that came and
 * left, and customers' messages of these two hours today, yesterday and a week ago. Runs as app_system, since each number
 * is judged by all of its messages, whoever asks; nothing but counts comes out.
 */
create or replace function channel_days() returns table (channel_id uuid, sent bigint, failed bigint, last_in timestamptz, last_out timestamptz,
  stuck_since timestamptz, came_now bigint, came_yesterday bigint, came_week bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
  with day as materialized (
    select m.channel_id, m.direction, m.status, m.at from public.message m
    where m.account_id = public.this_account() and m.deleted_at is null and m.at >= now() - interval '24 hours' and m.direction <> 'note'),
  -- Two stretches, each by itself: written with "or", the whole of a company would be read between them.
  before as materialized (
    select m.channel_id, true as is_week from public.message m
    where m.account_id = public.this_account() and m.deleted_at is null and m.direction = 'in'
      and m.at >= now() - interval '7 days 2 hours' and m.at < now() - interval '7 days'
    union all
    select m.channel_id, false from public.message m
    where m.account_id = public.this_account() and m.deleted_at is null and m.direction = 'in'
      and m.at >= now() - interval '26 hours' and m.at < now() - interval '24 hours')
  select n.id, d.sent, d.failed, d.last_in, d.last_out, d.stuck_since, coalesce(d.came_now, 0), coalesce(b.yesterday, 0), coalesce(b.week, 0)
  from public.channel n
  left join (select x.channel_id, count(*) filter (where x.direction = 'out' and x.status <> 'discarded') as sent,
      count(*) filter (where x.direction = 'out' and x.status = 'failed') as failed,
      max(x.at) filter (where x.direction = 'in') as last_in, max(x.at) filter (where x.direction = 'out') as last_out,
      -- Taken by the provider, and no word of what became of it since.
      max(x.at) filter (where x.direction = 'out' and x.status = 'sending' and x.at < now() - interval '15 minutes') as stuck_since,
      count(*) filter (where x.direction = 'in' and x.at >= now() - interval '2 hours') as came_now
    from day x group by 1) d on d.channel_id = n.id
  left join (select x.channel_id, count(*) filter (where not x.is_week) as yesterday, count(*) filter (where x.is_week) as week from before x group by 1) b on b.channel_id = n.id
  where n.account_id = public.this_account() and n.archived_at is null
$$;
alter function channel_days() owner to app_system;
revoke all on function channel_days() from public;
grant execute on function channel_days() to app_rw;

/* Whether the provider has flagged the number since it last told its quality. */
create or replace function channel_flagged(c channel) returns boolean language sql stable as $$
  select coalesce((select jsonb_path_exists(w.raw, '$.**.event ? (@ == "FLAGGED")') from channel_news w
    where w.channel_id = c.id and w.field = 'phone_number_quality_update' and (c.quality_at is null or w.at > c.quality_at) order by w.at desc limit 1), false)
$$;

/* Why a number is at risk, each reason with its level and what it is made of. Pure arithmetic over what is known. */
create or replace function channel_reasons(c channel, d record) returns jsonb language plpgsql stable as $$
declare reasons jsonb := guard_reasons(c);
begin
  if c.problem is not null then reasons := reasons || jsonb_build_object('level', 'high', 'code', 'problem', 'problem', c.problem); end if;
  if c.quality = 'low' or channel_flagged(c) then reasons := reasons || '{"level":"high","code":"quality_low"}'::jsonb;
  elsif c.quality = 'medium' then reasons := reasons || '{"level":"watch","code":"quality_medium"}'::jsonb; end if;
  if d.failed >= 5 and d.failed * 10 >= d.sent then
    reasons := reasons || jsonb_build_object('level', case when d.failed * 10 >= d.sent * 3 then 'high' else 'watch' end, 'code', 'failing', 'failed', d.failed, 'sent', d.sent);
  end if;
  if c.kind <> 'session' then
    if c.last_hook_at is null and c.created_at < now() - interval '1 hour' then reasons := reasons || '{"level":"watch","code":"never_heard"}'::jsonb;
    elsif d.stuck_since > c.last_hook_at then
      reasons := reasons || jsonb_build_object('level', 'high', 'code', 'hook_silent', 'since', iso(c.last_hook_at));
    end if;
  end if;
  if c.receiving_paused_at is null and c.problem is null and d.came_now = 0 and d.came_yesterday >= 5 and d.came_week >= 5 then
    reasons := reasons || jsonb_build_object('level', 'watch', 'code', 'silent', 'usual', least(d.came_yesterday, d.came_week));
  end if;
  return reasons;
end $$;

/* How the numbers that the caller sees do: the last message either way, and the risk with its reasons. */
create or replace function api_channel_health(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(json_build_object('channelId', c.id, 'lastInAt', iso(d.last_in), 'lastOutAt', iso(d.last_out),
      'sent', coalesce(d.sent, 0), 'failed', coalesce(d.failed, 0), 'quality', c.quality, 'qualityAt', iso(c.quality_at),
      'risk', case when r.reasons @> '[{"level":"high"}]' then 'high' when r.reasons <> '[]' then 'watch' else 'none' end, 'reasons', r.reasons) order by plain(c.name), c.id), '[]'))
  from channel c join channel_days() d on d.channel_id = c.id cross join lateral (select channel_reasons(c, d) as reasons) r
  where c.account_id = this_account() and c.archived_at is null
$$;

/* The same done to several numbers: one transaction, an answer for each. Ids in the order in which they were asked for. */
create or replace function told_numbers(args jsonb, outcomes jsonb) returns json language sql stable as $$
  select json_build_object(
    'items', (select coalesce(json_agg(json_build_object('channelId', x, 'outcome', coalesce(outcomes ->> x, 'not_found')) order by n), '[]')
      from jsonb_array_elements_text(args -> 'channelIds') with ordinality u(x, n)),
    'channels', (select coalesce(json_agg(s.json order by s.name, s.id), '[]') from channel_shape s where s.account_id = this_account() and outcomes ->> s.id::text = 'done'))
$$;

/* The numbers behind these ids that the caller sees, locked in one order. */
create or replace function numbers_in_hand(args jsonb) returns setof channel language sql volatile as $$
  select * from channel where id = any(ids_of(args -> 'channelIds')) and account_id = this_account() order by id for update
$$;

create or replace function api_channels_pause(args jsonb) returns json language plpgsql volatile as $$
declare
  c channel;
  outcomes jsonb := '{}';
  one jsonb;
begin
  for c in select * from numbers_in_hand(args) loop
    one := jsonb_build_object('channelId', c.id, 'sending', args -> 'sending', 'receiving', args -> 'receiving');
    outcomes := outcomes || jsonb_build_object(c.id, case
      when c.archived_at is not null then 'forbidden'
      when (c.sending_paused_at is not null) = (args ->> 'sending')::boolean and (c.receiving_paused_at is not null) = (args ->> 'receiving')::boolean then 'same'
      when api_channel_pause(one) is null then 'forbidden' else 'done' end);
  end loop;
  return told_numbers(args, outcomes);
end $$;

create or replace function api_channels_archive(args jsonb) returns json language plpgsql volatile as $$
declare
  c channel;
  outcomes jsonb := '{}';
  outcome text;
begin
  for c in select * from numbers_in_hand(args) loop
    outcome := 'same';
    if (c.archived_at is not null) <> (args ->> 'archived')::boolean then
      begin
        perform api_channel_change(jsonb_build_object('channelId', c.id, 'archived', args -> 'archived'));
        outcome := 'done';
      -- Refused: its number was added anew since it was put away.
      exception when sqlstate 'WB001' then outcome := 'taken';
      end;
    end if;
    outcomes := outcomes || jsonb_build_object(c.id, outcome);
  end loop;
  return told_numbers(args, outcomes);
end $$;

create or replace function api_channels_move(args jsonb) returns json language plpgsql volatile as $$
declare
  c channel;
  to_ uuid := as_uuid(args ->> 'departmentId');
  outcomes jsonb := '{}';
  outcome text;
begin
  if to_ is not null and not exists (select from department d where d.id = to_ and d.account_id = this_account() and d.archived_at is null) then return null; end if;
  for c in select * from numbers_in_hand(args) loop
    outcome := case when c.department_id is not distinct from to_ then 'same' else 'done' end;
    if outcome = 'done' then perform api_channel_people_set(channel_people_json(c)::jsonb || jsonb_build_object('departmentId', to_)); end if;
    outcomes := outcomes || jsonb_build_object(c.id, outcome);
  end loop;
  return told_numbers(args, outcomes);
end $$;

create or replace function api_channels_staff(args jsonb) returns json language plpgsql volatile as $$
declare
  c channel;
  outcomes jsonb := '{}';
  staff jsonb;
  outcome text;
begin
  if exists (select from unnest(ids_of(args -> 'people')) x where not exists (
    select from person p where p.id = x and p.account_id = this_account() and p.deactivated_at is null)) then return null; end if;
  for c in select * from numbers_in_hand(args) loop
    staff := channel_people_json(c)::jsonb;
    outcome := case when (staff -> 'people') @> (args -> 'people') then 'same' else 'done' end;
    if outcome = 'done' then
      perform api_channel_people_set(staff || jsonb_build_object('people', (staff -> 'people') || (args -> 'people')));
    end if;
    outcomes := outcomes || jsonb_build_object(c.id, outcome);
  end loop;
  return told_numbers(args, outcomes);
end $$;
