-- Metrics over days: volume, first answers, resolutions. Row security holds: they count what the caller sees.

/* A day on which nothing happened. */
create or replace function no_figures() returns jsonb language sql immutable as $$
  select '{"received":0,"sent":0,"answers":0,"closed":0,"firstAnswer":null,"firstAnswer90":null,"resolution":null}'::jsonb
$$;

/* What counts as what: the customer's word, a person's answer (or the business's phone's), an automatic text, a closing. */
create or replace function step_of(m message) returns text language sql immutable as $$
  select case when m.kind = 'system' then case when m.extra ->> 'system' = 'closed' then 'closed' end
    when m.direction = 'in' then 'in'
    when m.direction = 'out' and m.status <> all (array['failed', 'discarded']) then case when m.author_kind in ('person', 'phone', 'api') then 'out' else 'auto' end end
$$;

/* Since when a customer waited in a chat just before this instant: the first word since the last answer; null when nobody did. */
create or replace function waited_since(chat_ uuid, before_ timestamptz) returns timestamptz language sql stable as $$
  select min(m.at) from message m where m.chat_id = chat_ and m.at < before_ and step_of(m) = 'in'
    and m.at > coalesce((select x.at from message x where x.chat_id = chat_ and x.at < before_ and step_of(x) = 'out' order by x.at desc, x.id desc limit 1), '-infinity')
$$;

/* When the case began that this closing ends: the first word of the customer since the closing before. */
create or replace function case_began(chat_ uuid, closed_ timestamptz) returns timestamptz language sql stable as $$
  select min(m.at) from message m where m.chat_id = chat_ and m.at < closed_ and step_of(m) = 'in'
    and m.at > coalesce((select x.at from message x where x.chat_id = chat_ and x.at < closed_ and step_of(x) = 'closed' order by x.at desc, x.id desc limit 1), '-infinity')
$$;

/*
 * Both days belong to the period, as days of the company's own clock. A wait is from the customer's first unanswered word
 * to the answer; a resolution from the first word of a case to its closing.
 */
create or replace function api_metrics(args jsonb) returns json language sql stable set work_mem = '64MB' as $$
  with period as materialized (
    select a.time_zone as zone, (args ->> 'from')::date::timestamp at time zone a.time_zone as began, ((args ->> 'to')::date + 1)::timestamp at time zone a.time_zone as ended
    from account a where a.id = this_account()),
  lines as materialized (
    select m.chat_id, m.at, m.id, c.channel_id, c.department_id, m.what, m.agent
    from period p, chat c cross join lateral (
      select x.chat_id, x.at, x.id, case when x.author_kind = 'person' then x.author_id end as agent, step_of(x) as what
      from message x where x.chat_id = c.id and x.at >= p.began and x.at < p.ended) m
    where c.account_id = this_account() and c.last_at >= p.began and m.what is not null),
  talk as (
    select l.*, lag(l.what) over (partition by l.chat_id order by l.at, l.id) as before from lines l where l.what in ('in', 'out')),
  -- What was left unanswered when the period began is carried into it.
  carried as (
    select t.*, case when t.before is null then waited_since(t.chat_id, t.at) end as since from talk t),
  waits as (
    select w.* from (select t.*, case when t.before is null then t.since else max(case when t.what = 'in' and t.before is distinct from 'in' then coalesce(t.since, t.at) end)
        over (partition by t.chat_id order by t.at, t.id) end as asked from carried t) w
    where w.what = 'out' and w.before is distinct from 'out' and w.asked is not null),
  facts as (
    select case l.what when 'in' then 'received' else 'sent' end as kind, l.at, l.agent, l.channel_id, l.department_id, null::float8 as seconds from lines l where l.what in ('in', 'out', 'auto')
    union all select 'answer', w.at, w.agent, w.channel_id, w.department_id, extract(epoch from w.at - w.asked)::float8 from waits w
    union all select 'closed', l.at, l.agent, l.channel_id, l.department_id, extract(epoch from l.at - case_began(l.chat_id, l.at))::float8 from lines l where l.what = 'closed'),
  counted as (
    select grouping(d.day) as of_day, grouping(d.agent) as of_agent, grouping(d.channel_id) as of_channel, grouping(d.department_id) as of_department,
      d.day, d.agent, d.channel_id, d.department_id,
      json_build_object(
        'received', count(*) filter (where d.kind = 'received'), 'sent', count(*) filter (where d.kind = 'sent'),
        'answers', count(*) filter (where d.kind = 'answer'), 'closed', count(*) filter (where d.kind = 'closed'),
        'firstAnswer', round(percentile_cont(0.5) within group (order by d.seconds) filter (where d.kind = 'answer')),
        'firstAnswer90', round(percentile_cont(0.9) within group (order by d.seconds) filter (where d.kind = 'answer')),
        'resolution', round(percentile_cont(0.5) within group (order by d.seconds) filter (where d.kind = 'closed' and d.seconds is not null)))::jsonb as figures
    from (select f.*, (f.at at time zone p.zone)::date as day from facts f, period p) d
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
