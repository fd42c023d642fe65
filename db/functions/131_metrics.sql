-- Metrics over days: volume, first answers, resolutions. Row security holds: they count what the caller sees.

/* A day on which nothing happened. */
create or replace function no_figures() returns jsonb language sql immutable as $$
  select '{"received":0,"sent":0,"answers":0,"closed":0,"firstAnswer":null,"firstAnswer90":null,"resolution":null}'::jsonb
$$;

/*
 * Both days belong to the period, as days of the company's own clock. A wait is from the customer's first unanswered word
 * to the first word of a person of ours (or of the business's phone); a resolution from the first word after the last
 * closing to the closing. Waits that began more than a week before the period are not in it.
 */
create or replace function api_metrics(args jsonb) returns json language sql stable as $$
  with period as materialized (
    select a.time_zone as zone, (args ->> 'from')::date::timestamp at time zone a.time_zone as began, ((args ->> 'to')::date + 1)::timestamp at time zone a.time_zone as ended
    from account a where a.id = this_account()),
  lines as materialized (
    select m.chat_id, m.at, m.id, c.channel_id, c.department_id, m.what, m.agent
    from period p, chat c cross join lateral (
      select x.chat_id, x.at, x.id, case when x.author_kind = 'person' then x.author_id end as agent,
        case when x.kind = 'system' then case when x.extra ->> 'system' = 'closed' then 'closed' end
          when x.direction = 'in' then 'in'
          when x.direction = 'out' and x.status <> all (array['failed', 'discarded']) then case when x.author_kind in ('person', 'phone', 'api') then 'out' else 'auto' end end as what
      from message x where x.chat_id = c.id and x.at >= p.began - interval '7 days' and x.at < p.ended) m
    where c.account_id = this_account() and c.last_at >= p.began - interval '7 days' and m.what is not null),
  waits as (
    select g.channel_id, g.department_id, min(g.at) filter (where g.what = 'in') as began, max(g.at) filter (where g.what = 'out') as ended,
      (array_agg(g.agent) filter (where g.what = 'out'))[1] as agent
    from (select l.*, count(*) filter (where l.what = 'out') over (partition by l.chat_id order by l.at, l.id rows between unbounded preceding and 1 preceding) as n
      from lines l where l.what in ('in', 'out')) g group by g.chat_id, g.channel_id, g.department_id, coalesce(g.n, 0)),
  cases as (
    select g.channel_id, g.department_id, min(g.at) filter (where g.what = 'in') as began, max(g.at) filter (where g.what = 'closed') as ended,
      (array_agg(g.agent) filter (where g.what = 'closed'))[1] as agent
    from (select l.*, count(*) filter (where l.what = 'closed') over (partition by l.chat_id order by l.at, l.id rows between unbounded preceding and 1 preceding) as n
      from lines l where l.what in ('in', 'closed')) g group by g.chat_id, g.channel_id, g.department_id, coalesce(g.n, 0)),
  facts as (
    select case l.what when 'in' then 'received' else 'sent' end as kind, l.at, l.agent, l.channel_id, l.department_id, null::float8 as seconds from lines l where l.what in ('in', 'out', 'auto')
    union all select 'answer', w.ended, w.agent, w.channel_id, w.department_id, extract(epoch from w.ended - w.began)::float8 from waits w where w.began is not null and w.ended is not null
    union all select 'closed', c.ended, c.agent, c.channel_id, c.department_id, extract(epoch from c.ended - c.began)::float8 from cases c where c.ended is not null),
  counted as (
    select grouping(d.day) as of_day, grouping(d.agent) as of_agent, grouping(d.channel_id) as of_channel, grouping(d.department_id) as of_department,
      d.day, d.agent, d.channel_id, d.department_id,
      json_build_object(
        'received', count(*) filter (where d.kind = 'received'), 'sent', count(*) filter (where d.kind = 'sent'),
        'answers', count(*) filter (where d.kind = 'answer'), 'closed', count(*) filter (where d.kind = 'closed'),
        'firstAnswer', round(percentile_cont(0.5) within group (order by d.seconds) filter (where d.kind = 'answer')),
        'firstAnswer90', round(percentile_cont(0.9) within group (order by d.seconds) filter (where d.kind = 'answer')),
        'resolution', round(percentile_cont(0.5) within group (order by d.seconds) filter (where d.kind = 'closed' and d.seconds is not null)))::jsonb as figures
    from (select f.*, (f.at at time zone p.zone)::date as day from facts f, period p where f.at >= p.began and f.at < p.ended) d
    group by grouping sets ((), (d.day), (d.agent), (d.channel_id), (d.department_id)))
  select json_build_object(
    'from', args ->> 'from', 'to', args ->> 'to',
    'totals', (select k.figures from counted k where k.of_day = 1 and k.of_agent = 1 and k.of_channel = 1 and k.of_department = 1),
    'days', (select json_agg(jsonb_build_object('day', s.day::date) || coalesce(k.figures, no_figures()) order by s.day)
      from generate_series((args ->> 'from')::date, (args ->> 'to')::date, '1 day') s(day) left join counted k on k.of_day = 0 and k.day = s.day::date),
    'agents', (select coalesce(json_agg(jsonb_build_object('id', k.agent, 'name', p.name) || k.figures order by p.name is null, plain(p.name)), '[]')
      from counted k left join person p on p.id = k.agent where k.of_agent = 0 and (k.agent is not null or (k.figures ->> 'sent')::int > 0)),
    'channels', (select coalesce(json_agg(jsonb_build_object('id', k.channel_id, 'name', n.name) || k.figures order by plain(n.name)), '[]')
      from counted k join channel n on n.id = k.channel_id where k.of_channel = 0),
    'departments', (select coalesce(json_agg(jsonb_build_object('id', k.department_id, 'name', d.name) || k.figures order by d.name is null, plain(d.name)), '[]')
      from counted k left join department d on d.id = k.department_id where k.of_department = 0))
$$;
