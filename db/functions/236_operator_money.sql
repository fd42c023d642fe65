-- What who runs the service decides about money. Each function asks is_operator() first, and is silent to everybody else; each act has a
-- reason, stands in operator_act, and in the log of the company that it was done to.

/* Takes from a balance what was given to it by mistake; what is spent already is owed, where that is allowed. */
create or replace function operator_take(id_ text, customer_ uuid, micro bigint, currency_ text, may_owe boolean, details_ jsonb) returns void
language plpgsql volatile as $$
declare a public.ledger_account := public.ledger_lock(customer_, currency_);
begin
  if a.is_frozen then perform public.refuse('balance_frozen'); end if;
  if a.credits - a.debits - a.held - a.floor < micro and not may_owe then perform public.refuse('balance_too_low'); end if;
  perform public.ledger_charge('decision:' || id_, customer_, 'corrections', micro, currency_, 'adjustment', 'decision', id_, details_);
end $$;

/* A gift, or a correction of a balance up or down. The same id again is the same one. Gives the balance. */
create or replace function api_operator_credit(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  a public.account;
  kind_ text := args ->> 'kind';
  micro bigint := (args ->> 'micro')::bigint;
  currency_ text := args ->> 'currency';
  why jsonb := jsonb_build_object('reason', args ->> 'reason');
begin
  if not public.is_operator() then return null; end if;
  select * into a from public.account x where x.id = public.as_uuid(args ->> 'customerId');
  if a.id is null then return null; end if;
  if public.operator_did(public.as_uuid(args ->> 'id'), 'balance.' || kind_, a.id, null, args ->> 'reason', jsonb_build_object('amount', micro::text, 'currency', currency_)) then
    perform public.ledger_open(a.id, currency_);
    if kind_ = 'take' then perform public.operator_take(args ->> 'id', a.id, micro, currency_, coalesce((args ->> 'mayOwe')::boolean, false), why);
    else
      perform public.ledger_post('decision:' || (args ->> 'id'), a.id, case kind_ when 'gift' then 'promo' else 'corrections' end, 'prepaid', micro, currency_,
        case kind_ when 'gift' then 'promo' else 'adjustment' end, 'decision', args ->> 'id', why);
    end if;
    perform public.operator_tells(a.id, 'balance.decided', 'balance', a.id::text, null, why || jsonb_build_object('amount', case kind_ when 'take' then '-' else '' end || public.amount_said(micro, currency_)));
  end if;
  return public.ledger_balance(a.id, currency_);
end $$;

/*
 * Gives money of a payment back, whoever it is of: all that may still go back of it where no amount is named. What stands on a balance is
 * held first; of a subscription, and of nobody, it is taken from there when the gateway has done it. The same id again is the same refund.
 */
create or replace function api_operator_refund(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  p public.payment;
  micro bigint := (args ->> 'micro')::bigint;
begin
  if not public.is_operator() then return null; end if;
  select * into p from public.payment x where x.id = public.as_uuid(args ->> 'paymentId') for update;
  if p.id is null then return null; end if;
  if micro is not null and p.currency <> args ->> 'currency' then perform public.refuse('refund_whole'); end if;
  if public.operator_did(public.as_uuid(args ->> 'id'), 'payment.refunded', p.account_id, p.id::text, args ->> 'reason',
      jsonb_build_object('asked', micro::text, 'gateway', p.gateway, 'ref', p.ref)) then
    micro := coalesce(micro, public.payment_returnable(p));
    if micro <= 0 then perform public.refuse('refund_too_much'); end if;
    perform public.refund_begin(public.as_uuid(args ->> 'id'), p, micro, args ->> 'reason');
    if p.account_id is not null then
      perform public.operator_tells(p.account_id, 'payment.refunded', 'payment', p.id::text, p.gateway,
        jsonb_build_object('amount', public.amount_said(micro, p.currency), 'reason', args ->> 'reason'));
    end if;
  end if;
  return json_build_object('id', args ->> 'id');
end $$;

/* Says whose money it is that nobody could explain: what is left of it goes to that company's balance, or pays a subscription of it. */
create or replace function api_operator_allocate(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  p public.payment;
  a public.account;
  s public.subscription;
  left_ bigint;
begin
  if not public.is_operator() then return null; end if;
  select * into p from public.payment x where x.id = public.as_uuid(args ->> 'paymentId') and x.problem is not null for update;
  select * into a from public.account x where x.id = public.as_uuid(args ->> 'customerId');
  select * into s from public.subscription x where x.id = public.as_uuid(args ->> 'subscriptionId') and x.account_id = a.id;
  if p.id is null or a.id is null or (args ? 'subscriptionId' and s.id is null) then return null; end if;
  if not public.operator_did(public.as_uuid(args ->> 'id'), 'payment.allocated', a.id, p.id::text, args ->> 'reason',
      jsonb_build_object('gateway', p.gateway, 'ref', p.ref, 'amount', p.amount::text, 'currency', p.currency, 'subscriptionId', s.id)) then
    return json_build_object('done', true);
  end if;
  left_ := public.payment_left(p.gateway || ':' || p.ref);
  if not public.payment_is_loose(p) or left_ <= 0 then perform public.refuse('changed_meanwhile'); end if;
  update public.payment set account_id = a.id, subscription_id = s.id, settled_as = case when s.id is null then 'balance' else 'subscription' end where id = p.id;
  perform public.ledger_open(a.id, p.currency);
  -- What pays a subscription moves no balance of theirs.
  perform public.ledger_post('allocated:' || p.gateway || ':' || p.ref, case when s.id is null then a.id end, 'unallocated',
    case when s.id is null then 'prepaid' else 'revenue_subscriptions' end, left_, p.currency, 'allocated', 'payment', p.gateway || ':' || p.ref,
    jsonb_build_object('reason', args ->> 'reason'));
  perform public.balance_freeze(a.id, p.currency);
  perform public.operator_tells(a.id, 'payment.allocated', 'payment', p.id::text, p.gateway,
    jsonb_build_object('amount', public.amount_said(left_, p.currency), 'reason', args ->> 'reason'));
  return json_build_object('done', true);
end $$;

/* Lets a company spend although a payment of it is contested; or takes that back. */
create or replace function api_operator_dispute_release(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  d public.dispute;
  p public.payment;
  is_released boolean := (args ->> 'isReleased')::boolean;
begin
  if not public.is_operator() then return null; end if;
  select y.* into p from public.payment y join public.dispute x on x.payment_id = y.id where x.id = public.as_uuid(args ->> 'disputeId') for update of y;
  select * into d from public.dispute x where x.id = public.as_uuid(args ->> 'disputeId') for update;
  if d.id is null then return null; end if;
  if d.state <> 'open' or public.payment_place(p) <> 'prepaid' then perform public.refuse('changed_meanwhile'); end if;
  if (d.released_at is not null) <> is_released then
    update public.dispute x set released_at = case when is_released then now() end where x.id = d.id;
    perform public.balance_freeze(p.account_id, p.currency);
    perform public.operator_did(null, case when is_released then 'dispute.released' else 'dispute.frozen' end, p.account_id, d.id::text, args ->> 'reason', jsonb_build_object('ref', d.ref));
    perform public.operator_tells(p.account_id, case when is_released then 'balance.released' else 'balance.frozen' end, 'payment', p.id::text, p.gateway,
      jsonb_build_object('reason', args ->> 'reason'));
  end if;
  return public.dispute_json((select x from public.dispute x where x.id = d.id));
end $$;

/* Works on a dead event again, from the first try on. */
create or replace function api_operator_event_retry(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare e public.gateway_event;
begin
  if not public.is_operator() then return null; end if;
  select * into e from public.gateway_event x where x.id = public.as_uuid(args ->> 'eventId') for update;
  if e.id is null then return null; end if;
  if e.state = 'dead' then
    update public.gateway_event x set state = 'new', tries = 0, run_after = now(), done_at = null where x.id = e.id;
    perform public.operator_did(null, 'event.retried', null, e.id::text, null, jsonb_build_object('gateway', e.gateway, 'kind', e.kind, 'eventId', e.event_id));
  end if;
  return json_build_object('done', true);
end $$;

/* A dead event that nobody needs: it is set aside, and the reason stays. */
create or replace function api_operator_event_drop(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare e public.gateway_event;
begin
  if not public.is_operator() then return null; end if;
  select * into e from public.gateway_event x where x.id = public.as_uuid(args ->> 'eventId') for update;
  if e.id is null then return null; end if;
  if e.state not in ('dead', 'ignored') then perform public.refuse('changed_meanwhile'); end if;
  if e.state = 'dead' then
    update public.gateway_event x set state = 'ignored', done_at = now() where x.id = e.id;
    perform public.operator_did(null, 'event.dropped', null, e.id::text, args ->> 'reason', jsonb_build_object('gateway', e.gateway, 'kind', e.kind, 'eventId', e.event_id));
  end if;
  return json_build_object('done', true);
end $$;

do $$
declare f text;
begin
  alter function operator_take(text,uuid,bigint,text,boolean,jsonb) owner to app_system;
  revoke all on function operator_take(text,uuid,bigint,text,boolean,jsonb) from public;
  foreach f in array array['api_operator_credit', 'api_operator_refund', 'api_operator_allocate', 'api_operator_dispute_release', 'api_operator_event_retry', 'api_operator_event_drop'] loop
    execute format('alter function %I(jsonb) owner to app_system', f);
    execute format('revoke all on function %I(jsonb) from public', f);
    execute format('grant execute on function %I(jsonb) to app_rw', f);
  end loop;
end $$;
