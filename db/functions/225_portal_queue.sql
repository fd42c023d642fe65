-- What stands between a portal and WhatsApp, both ways, as an administrator sees it: 226_portal_decisions.sql is what they do about it.

/* How a message that does not go on stands in a queue; null: it goes on. */
create or replace function message_stands(status_ text) returns text language sql immutable as $$
  select case when status_ in ('queued', 'failed', 'unconfirmed') then status_ end
$$;

/* A message of an operator, a robot or a sender stands still, or goes on: noted with what the portal asked, so that the queue finds it without reading every message. */
create or replace function portal_message_stands() returns trigger language plpgsql as $$
declare stands_ text := message_stands(new.status);
begin
  update portal_message y set stands = stands_ where y.message_id = new.id and y.direction = 'from' and y.stands is distinct from stands_;
  if new.extra ? 'deed' then update portal_deed d set stands = stands_ where d.id = new.id and d.stands is distinct from stands_; end if;
  return null;
end $$;
create or replace trigger portal_message_stands_new after insert on message for each row
  when (new.direction = 'out' and new.status in ('queued', 'failed', 'unconfirmed')) execute function portal_message_stands();
create or replace trigger portal_message_stands after update of status on message for each row
  when (new.direction = 'out' and new.status is distinct from old.status
    and (new.status in ('queued', 'failed', 'unconfirmed') or old.status in ('queued', 'failed', 'unconfirmed')))
  execute function portal_message_stands();

drop function if exists portal_queue(uuid, jsonb);
/*
 * Everything of a portal that waits, is under way, failed, or of which nobody knows. `source`: delivery (customer to portal),
 * message (operator, robot or sender to customer), event (an operator's that is no message yet), deed (what a robot or sender asked for
 * and is none: `about` says of whom). `at`: since when it stands so. `args`, each of them or none: ids, portalLineId ("none": of no line that stands), direction, state.
 */
create or replace function portal_queue(portal_ uuid, args jsonb) returns table (id uuid, source text, direction text, state text, kind text, line_id uuid,
  portal_chat_id uuid, chat_id uuid, message_id uuid, at timestamptz, code text, said text, tries int, next_at timestamptz, words text, about jsonb)
language sql stable as $$
  select * from (
    select d.id, 'delivery', 'to_portal', case d.state when 'leased' then 'sending' else d.state end, d.kind, l.id, x.id, x.chat_id, d.message_id,
      case when d.state in ('failed', 'unconfirmed') then d.settled_at else coalesce(d.since, d.created_at) end,
      -- Nobody looks any more: a person decides.
      case when d.state = 'unconfirmed' then 'portal_unconfirmed' when d.state <> 'waiting' or l.state = 'active' then d.code when l.state = 'paused' then 'portal_paused' else 'portal_line_inactive' end,
      d.explanation, d.tries, case when d.state = 'waiting' and l.state = 'active' and d.code is distinct from 'portal_earlier' then d.next_at end, d.body ->> 'text', null::jsonb
    from (select * from portal_delivery o where o.portal_id = portal_ and o.state in ('waiting', 'leased')
      union all select * from portal_delivery o where o.portal_id = portal_ and o.state in ('failed', 'unconfirmed')) d
    join portal_chat x on x.id = d.portal_chat_id
    left join portal_line l on l.portal_id = x.portal_id and lower(l.connector) = x.connector and l.ended_at is null
    union all
    select y.message_id, 'message', 'to_customer', case y.stands when 'queued' then 'waiting' else y.stands end, 'message', l.id, x.id, c.id, y.message_id,
      y.created_at, case when y.stands <> 'queued' then m.error_code when n.sending_paused_at is not null then 'channel_paused' else n.problem end,
      m.provider_code, 0, null::timestamptz, null::text, null::jsonb
    from portal_message y join portal_chat x on x.id = y.portal_chat_id join message m on m.id = y.message_id
    join chat c on c.id = chat_alive(x.chat_id) join channel n on n.id = c.channel_id
    left join portal_line l on l.channel_id = n.id and l.portal_id = portal_ and l.ended_at is null
    where y.portal_id = portal_ and y.stands is not null and y.direction = 'from'
    union all
    select v.id, 'event', 'to_customer', case v.state when 'waiting' then 'waiting' else 'failed' end, 'message', l.id, x.id, v.chat_id, null,
      v.at, case when v.state = 'refused' then 'portal_event_missed' end, null, v.tries, null, v.body ->> 'text', null::jsonb
    from portal_event v
    left join portal_chat x on x.portal_id = v.portal_id and x.chat_id = v.chat_id
    left join portal_line l on l.portal_id = x.portal_id and lower(l.connector) = x.connector and l.ended_at is null
    -- What came this moment is being done: it is no queue.
    where v.portal_id = portal_ and (v.problem = 'missed' or (v.state = 'waiting' and v.at < now() - interval '10 seconds'))
    union all
    select d.id, case d.state when 'sent' then 'message' else 'deed' end, 'to_customer', case d.stands when 'queued' then 'waiting' else d.stands end, d.kind, l.id, null, m.chat_id, d.id,
      coalesce(d.settled_at, d.created_at), case when d.state <> 'sent' then d.problem when d.stands <> 'queued' then m.error_code when n.sending_paused_at is not null then 'channel_paused' else n.problem end,
      m.provider_code, 0, null, coalesce(nullif(d.body ->> 'text', ''), d.body -> 'template' ->> 'name'),
      jsonb_build_object('phone', nullif(phone_shown(d.body ->> 'phone'), ''), 'card', nullif(d.body -> 'card', 'null'))
    from portal_deed d left join message m on m.id = d.id left join channel n on n.id = d.channel_id
    left join portal_line l on l.channel_id = n.id and l.portal_id = portal_ and l.ended_at is null
    where d.portal_id = portal_ and d.stands is not null and (d.state <> 'waiting' or d.created_at < now() - interval '10 seconds')
  ) q (id, source, direction, state, kind, line_id, portal_chat_id, chat_id, message_id, at, code, said, tries, next_at, words, about)
  where (args ->> 'portalLineId' is null or case args ->> 'portalLineId' when 'none' then q.line_id is null else q.line_id = as_uuid(args ->> 'portalLineId') end)
    and (args ->> 'direction' is null or q.direction = args ->> 'direction')
    and (args ->> 'state' is null or q.state = args ->> 'state')
    and (not args ? 'ids' or q.id = any(ids_of(args -> 'ids')))
$$;

/* A portal, and of each of its lines how many of each state there are, and since when the oldest stands that has not arrived. `loose`: for no line that stands. */
create or replace function api_portal_health(args jsonb) returns json language plpgsql stable as $$
declare
  p portal;
  found_ jsonb;
  none_ jsonb := '{"waiting": 0, "sending": 0, "failed": 0, "unconfirmed": 0, "oldestAt": null}';
begin
  select * into p from portal where id = as_uuid(args ->> 'portalId') and account_id = this_account();
  if p.id is null then return null; end if;
  select coalesce(jsonb_object_agg(g.place, g.figures), '{}') into found_ from (
    select coalesce(q.line_id::text, 'none') || '|' || q.direction as place,
      jsonb_build_object('waiting', count(*) filter (where q.state = 'waiting'), 'sending', count(*) filter (where q.state = 'sending'),
        'failed', count(*) filter (where q.state = 'failed'), 'unconfirmed', count(*) filter (where q.state = 'unconfirmed'),
        'oldestAt', iso(min(q.at) filter (where q.state in ('waiting', 'sending')))) as figures
    from portal_queue(p.id, '{}') q group by 1) g;
  return json_build_object('portal', (select s.json from portal_shape s where s.id = p.id),
    'lines', (select coalesce(json_agg(json_build_object('portalLine', portal_line_json(l), 'channelName', c.name, 'channelProblem', c.problem,
        'sendingPaused', c.sending_paused_at is not null, 'receivingPaused', c.receiving_paused_at is not null,
        'toPortal', coalesce(found_ -> (l.id || '|to_portal'), none_), 'toCustomer', coalesce(found_ -> (l.id || '|to_customer'), none_)) order by plain(c.name), l.id), '[]')
      from portal_line l join channel c on c.id = l.channel_id where l.portal_id = p.id and l.account_id = this_account() and l.ended_at is null),
    'loose', json_build_object('toPortal', coalesce(found_ -> 'none|to_portal', none_), 'toCustomer', coalesce(found_ -> 'none|to_customer', none_)));
end $$;

/* The queue, what stands so shortest first. Whoever may not see a chat reads neither its words nor its name. */
create or replace function api_portal_queue(args jsonb) returns json language plpgsql stable as $$
declare
  p portal;
  limit_ int := coalesce((args ->> 'limit')::int, 30);
  items json[];
  last_ text;
begin
  select * into p from portal where id = as_uuid(args ->> 'portalId') and account_id = this_account();
  if p.id is null then return null; end if;
  with part as materialized (
    select q.* from portal_queue(p.id, args - 'ids') q
    where args ->> 'cursor' is null or (q.at, q.id) < (to_timestamp(nullif(split_part(args ->> 'cursor', '_', 1), '')::numeric / 1000000), as_uuid(split_part(args ->> 'cursor', '_', 2)))
    order by q.at desc, q.id desc limit limit_)
  select array_agg(json_build_object('id', q.id, 'direction', q.direction, 'state', q.state, 'kind', q.kind, 'portalLineId', q.line_id, 'at', iso(q.at), 'code', q.code,
      'said', q.said, 'tries', q.tries, 'nextAt', iso(q.next_at), 'isMessage', q.source = 'message', 'chatId', c.id, 'messageId', case when q.source = 'deed' then q.id else m.id end,
      'name', coalesce(k.name, k.profile_name, k.username, phone_shown(k.phone), case when q.source = 'deed' then q.about ->> 'phone' end), 'card', q.about -> 'card',
      'text', left(coalesce(m.text, case when c.id is not null or q.source = 'deed' then q.words end), 120), 'media', case when m.kind <> 'text' then m.kind end)
      order by q.at desc, q.id desc),
    case when count(*) = limit_ then (array_agg(cursor_of((extract(epoch from q.at) * 1000000)::bigint::text, q.id) order by q.at, q.id))[1] end
  into items, last_
  from part q left join chat c on c.id = chat_alive(q.chat_id) left join contact k on k.id = c.contact_id left join message m on m.id = q.message_id;
  return json_build_object('items', coalesce(to_json(items), '[]'), 'next', last_);
end $$;

/* Every hop of the messages in a part of the queue, message by message; for a file. */
create or replace function api_portal_queue_hops(args jsonb) returns json language plpgsql stable as $$
declare p portal;
begin
  select * into p from portal where id = as_uuid(args ->> 'portalId') and account_id = this_account();
  if p.id is null then return null; end if;
  return json_build_object('items', (select coalesce(json_agg(json_build_object('messageId', t.message_id, 'at', iso(t.at), 'level', t.level, 'where', t.place, 'what', t.what,
      'code', t.code, 'data', t.data) order by t.message_id, t.at, t.id), '[]')
    from (select t.* from (select distinct q.message_id from portal_queue(p.id, args - 'ids') q where q.message_id is not null) q
      join trace t on t.message_id = q.message_id order by t.message_id, t.at, t.id limit (args ->> 'limit')::int) t));
end $$;

/* Somebody took a part of the queue away as a file. */
create or replace function api_portal_queue_exported(args jsonb) returns json language plpgsql volatile as $$
begin
  perform audit_mine('portal.queue_exported', 'portal', p.id::text, p.domain, null, jsonb_strip_nulls(jsonb_build_object('direction', args -> 'direction', 'state', args -> 'state', 'traces', args -> 'traces')))
  from portal p where p.id = as_uuid(args ->> 'portalId') and p.account_id = this_account();
  return json_build_object('done', true);
end $$;
