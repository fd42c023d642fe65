-- What an administrator decides about what stands in a portal's queue (225_portal_queue.sql): each decision is a hop of its message's way, and one audit entry.

/* A person's hand on deliveries: how it stands afterwards, and who decided so. Gives how many there were. */
create or replace function portal_deliveries_set(ids uuid[], from_ text[], decision text, reason_ text) returns int
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  d public.portal_delivery;
  state_ text := case decision when 'discard' then 'discarded' when 'arrived' then 'done' else 'waiting' end;
  done_ int := 0;
begin
  for d in update public.portal_delivery o set state = state_, next_at = now(), lease = null,
      -- What it had tried before is no reason any more; what waits for its time keeps why.
      tries = case when o.state = 'waiting' then o.tries else 0 end, since = case when o.state = 'waiting' then o.since end,
      code = case when state_ = 'discarded' then 'by_person' when o.state = 'waiting' then o.code end,
      explanation = case when state_ = 'discarded' then left(reason_, 500) when o.state = 'waiting' then o.explanation end,
      settled_at = case when state_ <> 'waiting' then now() end
    where o.id = any(ids) and o.state = any(from_) and o.account_id = public.this_account() returning o.* loop
    done_ := done_ + 1;
    if decision = 'arrived' and d.kind = 'send' then
      insert into public.portal_message (account_id, portal_id, message_id, portal_chat_id, direction)
      values (d.account_id, d.portal_id, d.message_id, d.portal_chat_id, 'to') on conflict do nothing;
    end if;
    continue when d.message_id is null;
    insert into public.trace (account_id, at, level, place, what, trace_id, chat_id, message_id, data)
    select d.account_id, clock_timestamp(), 'info', 'person', 'portal_by_person_' || decision, d.trace_id, x.chat_id, d.message_id,
      jsonb_build_object('person', coalesce((select p.name from public.person p where p.id = public.this_person()), 'API'), 'portal', (select p.domain from public.portal p where p.id = d.portal_id), 'reason', coalesce(reason_, '–'))
    from public.portal_chat x where x.id = d.portal_chat_id;
  end loop;
  return done_;
end $$;

/*
 * Moves conversations to another line: what waits and what failed goes there, in its order, and what comes later too. One of which
 * something is under way stays: nobody knows yet where that arrives. Gives how many messages were moved.
 */
create or replace function portal_chats_move(chats uuid[], to_ portal_line) returns int
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  x public.portal_chat;
  name_ text;
  ids uuid[];
  moved int := 0;
begin
  for x in select * from public.portal_chat p where p.id = any(chats) and p.portal_id = to_.portal_id and p.account_id = public.this_account()
      and p.connector <> lower(to_.connector) order by p.id for no key update loop
    continue when exists (select from public.portal_delivery d where d.portal_chat_id = x.id and d.state = 'leased');
    name_ := x.external_id;
    for n in 2 .. 50 loop
      exit when not exists (select from public.portal_chat o where o.portal_id = x.portal_id and o.connector = lower(to_.connector) and o.external_id = name_);
      name_ := x.external_id || '-' || n;
    end loop;
    update public.portal_chat set connector = lower(to_.connector), external_id = name_, moved_at = now(), responsible = null, finished_at = null where id = x.id;
    select coalesce(array_agg(d.id), '{}') into ids from public.portal_delivery d where d.portal_chat_id = x.id and d.state in ('waiting', 'failed');
    -- Whatever held it there does not hold it here.
    update public.portal_delivery set since = null, code = null, explanation = null, tries = 0 where id = any(ids) and state = 'waiting';
    moved := moved + public.portal_deliveries_set(ids, array['waiting', 'failed'], 'reroute', to_.line_name);
  end loop;
  return moved;
end $$;

/*
 * A decision about some of the queue, or about a part of it: `retry` what waits or failed, `discard` it (`reason`), say of what is
 * unconfirmed that it `arrived`, or send it `again`, or `reroute` conversations to another line (`toLineId`). What is ours is done here; operators' messages
 * are named in `messages`, oldest first, at most `limit`, for their chats to do. `left`: messages beyond these. Null: no such portal or line.
 */
create or replace function api_portal_decide(args jsonb) returns json language plpgsql volatile as $$
declare
  p portal;
  to_ portal_line;
  decision text := args ->> 'decision';
  part jsonb := jsonb_strip_nulls(jsonb_build_object('ids', args -> 'ids', 'portalLineId', args -> 'portalLineId', 'direction', args -> 'direction', 'state', args -> 'state'));
  from_ text[] := case decision when 'retry' then array['waiting', 'failed'] when 'discard' then array['waiting', 'failed', 'unconfirmed'] when 'reroute' then array['waiting', 'failed'] else array['unconfirmed'] end;
  deliveries uuid[];
  chats uuid[];
  events uuid[];
  messages uuid[];
  deeds uuid[];
  done_ int := 0;
begin
  select * into p from portal where id = as_uuid(args ->> 'portalId') and account_id = this_account();
  if decision = 'reroute' then
    select * into to_ from portal_line l where l.id = as_uuid(args ->> 'toLineId') and l.portal_id = p.id and l.account_id = this_account() and l.ended_at is null;
    if to_.id is null then return null; end if;
  end if;
  if p.id is null then return null; end if;
  -- The portal's object takes nothing meanwhile: what it takes next stands as decided.
  perform portal_takes_turns(p.id);
  select coalesce(array_agg(q.id) filter (where q.source = 'delivery'), '{}'), coalesce(array_agg(distinct q.portal_chat_id) filter (where q.source = 'delivery'), '{}'),
    coalesce(array_agg(q.id) filter (where q.source = 'event' and q.state = 'failed'), '{}'),
    -- A message that waits goes by itself, and is sent by nobody else.
    coalesce(array_agg(q.id order by q.at, q.id) filter (where q.source = 'message' and decision <> 'reroute' and (decision <> 'retry' or q.state = 'failed')), '{}'),
    coalesce(array_agg(q.id) filter (where q.source = 'deed' and q.state = 'failed'), '{}')
  into deliveries, chats, events, messages, deeds from portal_queue(p.id, part) q where q.state = any(from_);
  if decision = 'reroute' then done_ := portal_chats_move(chats, to_);
  else done_ := portal_deliveries_set(deliveries, from_, decision, args ->> 'reason'); end if;
  if decision = 'discard' then
    update portal_event set problem = 'missed_seen' where id = any(events) and account_id = this_account() and problem = 'missed';
    done_ := done_ + coalesce(cardinality(events), 0);
  end if;
  if decision in ('retry', 'discard') then done_ := done_ + portal_deeds_set(deeds, decision, args ->> 'reason'); end if;
  if done_ > 0 or cardinality(messages) > 0 then
    perform audit_mine('portal.queue_decided', 'portal', p.id::text, p.domain, null, jsonb_strip_nulls(jsonb_build_object('decision', decision, 'reason', args -> 'reason',
      'entries', done_ + least(cardinality(messages), (args ->> 'limit')::int), 'line', to_.line_name)));
    perform portal_wake(p.id);
  end if;
  return json_build_object('done', done_, 'messages', to_json(messages[1:(args ->> 'limit')::int]), 'left', greatest(0, cardinality(messages) - (args ->> 'limit')::int));
end $$;

do $$
declare f text;
begin
  foreach f in array array['portal_deliveries_set(uuid[],text[],text,text)', 'portal_chats_move(uuid[],portal_line)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
