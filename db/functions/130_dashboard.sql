-- The dashboard. Row security holds: every figure counts what the caller sees.

drop function if exists channel_states(timestamptz);
/* Whether a number works, and since when it stands so. */
create or replace function channel_states() returns json language sql stable as $$
  select coalesce(json_agg(json_build_object('id', n.id, 'name', n.name, 'kind', n.kind,
      'state', case when n.problem is not null then 'attention' when n.sending_paused_at is not null or n.receiving_paused_at is not null then 'paused' else 'active' end,
      'problem', n.problem, 'sandbox', n.sandbox, 'alerts', coalesce(r.alerts, '{}'), 'since', iso(n.state_at),
      'lastHookAt', iso(n.last_hook_at), 'openChats', coalesce(o.chats, 0), 'waiting', coalesce(o.waiting, 0)) order by n.name, n.id), '[]')
  from channel n left join (select c.channel_id, count(*) as chats, count(c.waiting_since) as waiting from chat c
    where c.account_id = this_account() and c.merged_into is null and c.state <> 'closed' group by c.channel_id) o on o.channel_id = n.id left join channel_report r on r.channel_id = n.id
  where n.account_id = this_account() and n.archived_at is null
$$;

/* What has befallen numbers as such, not single messages, newest first. */
create or replace function channel_troubles(began timestamptz) returns json language sql stable as $$
  select coalesce(json_agg(json_build_object('id', t.id::text, 'at', iso(t.at), 'level', t.level, 'what', t.what, 'code', t.code, 'channelId', t.channel_id) order by t.id desc), '[]')
  from (select * from trace t where t.account_id = this_account() and t.level <> 'info' and t.at >= began and t.channel_id is not null and t.message_id is null
    order by t.id desc limit 30) t
$$;

/* Messages of today: their fates, and how many came and left each hour. A chat of today was heard of today, so the search begins at chats. */
create or replace function messages_today(began timestamptz) returns json language sql stable as $$
  with today as materialized (
    select m.direction, m.status, m.at from chat c cross join lateral (
      select x.direction, x.status, x.at from message x where x.chat_id = c.id and x.at >= began and x.direction <> 'note') m
    where c.account_id = this_account() and c.last_at >= began)
  select json_build_object(
    'sent', count(*) filter (where direction = 'out' and status = any(fate_of('sent'))),
    'undelivered', count(*) filter (where direction = 'out' and status = any(fate_of('undelivered'))),
    'failed', count(*) filter (where direction = 'out' and status = 'failed'),
    'unconfirmed', count(*) filter (where direction = 'out' and status = 'unconfirmed'),
    'received', count(*) filter (where direction = 'in'),
    'hours', (select json_agg(json_build_object('in', coalesce(h.came, 0), 'out', coalesce(h.went, 0)) order by g) from generate_series(0, 23) g
      left join (select floor(extract(epoch from t.at - began) / 3600)::int as hour, count(*) filter (where t.direction = 'in') as came,
          count(*) filter (where t.direction = 'out' and t.status is distinct from 'discarded') as went from today t group by 1) h on h.hour = g))
  from today
$$;

create or replace function api_dashboard(args jsonb) returns json language sql stable as $$
  with today as materialized (select today_began() as began),
    open_ as materialized (select c.id, c.assignee_id, c.state, c.waiting_since, c.contact_id, c.channel_id from chat c
      where c.account_id = this_account() and c.merged_into is null and c.state <> 'closed'),
    late as (select o.* from open_ o where o.waiting_since is not null order by o.waiting_since, o.id limit 200)
  select json_build_object(
    'at', iso(now()),
    'trays', (select json_build_object('inProcess', count(*) filter (where o.state = 'waiting'), 'pending', count(*) filter (where o.state in ('new', 'pending'))) from open_ o)::jsonb
      || jsonb_build_object('resolved', (select count(*) from chat c, today where c.account_id = this_account() and c.merged_into is null and c.state = 'closed' and c.state_at >= began)),
    'waiting', (select json_build_object('chats', count(*), 'since', iso(min(o.waiting_since))) from open_ o where o.waiting_since is not null),
    'messages', (select messages_today(began) from today),
    'agents', (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'openChats', a.chats, 'waiting', a.waiting, 'since', iso(a.since))
        order by a.waiting desc, a.since, a.chats desc, p.name), '[]')
      from (select o.assignee_id, count(*) as chats, count(o.waiting_since) as waiting, min(o.waiting_since) as since from open_ o where o.assignee_id is not null group by 1) a
      join person p on p.id = a.assignee_id),
    'unassigned', (select json_build_object('openChats', count(*), 'waiting', count(o.waiting_since), 'since', iso(min(o.waiting_since))) from open_ o where o.assignee_id is null),
    'loom', (select coalesce(json_agg(json_build_object('chatId', l.id, 'name', coalesce(k.name, k.profile_name, k.username, phone_shown(k.phone)),
        'since', iso(l.waiting_since), 'assigneeId', l.assignee_id) order by l.waiting_since, l.id), '[]') from late l join contact k on k.id = l.contact_id),
    'channels', (select channel_states()),
    'troubles', (select channel_troubles(began - interval '6 days') from today))
$$;
