-- Money that comes in by gateways. Payments, refunds and disputes are written by these functions alone, as the ledger is, and only from what a
-- look at the gateway's own object has found. Whatever is told twice, late or in another order ends the same.
-- An event of a gateway is nobody's until it was looked at: only functions see it.

revoke insert, update, delete on topup, payment, refund, dispute, gateway_customer, balance_choice from app_rw;
revoke delete on payment, refund, dispute from app_system;
grant select, insert, update, delete on gateway_event to app_system;

/* A verified event, stored before its gateway gets an answer. Its id; null: it is here already. */
create or replace function gateway_event_store(gateway_ text, event_id_ text, kind_ text, about_ jsonb, sealed_ text) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare id_ uuid;
begin
  insert into public.gateway_event (gateway, event_id, kind, about, sealed, state, done_at)
  values (gateway_, event_id_, kind_, about_, sealed_, case when about_ = '[]' then 'ignored' else 'new' end, case when about_ = '[]' then now() end)
  on conflict (gateway, event_id) do nothing returning id into id_;
  return id_;
end $$;

/* Takes an event to work on it; nobody else gets it for two minutes. */
create or replace function gateway_event_take(event_ uuid) returns table (gateway text, kind text, about jsonb, tries int)
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.gateway_event e set tries = e.tries + 1, run_after = now() + interval '2 minutes'
  where e.id = event_ and e.state = 'new' and (e.tries = 0 or e.run_after <= now())
  returning e.gateway, e.kind, e.about, e.tries
$$;

/* An event is over (`done`, `ignored`, `dead`), or is tried again after a pause (`new`). */
create or replace function gateway_event_settle(event_ uuid, state_ text, problem_ text, wait_s int) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.gateway_event e set state = state_, problem = problem_, run_after = now() + make_interval(secs => wait_s),
    done_at = case when state_ <> 'new' then now() end
  where e.id = event_ and e.state = 'new'
$$;

/* Whether an event needs nothing more. */
create or replace function gateway_event_is_over(event_ uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce((select e.state in ('done', 'ignored') from public.gateway_event e where e.id = event_), false)
$$;

/* Events whose time has come. */
create or replace function gateway_events_due(limit_ int) returns table (id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select e.id from public.gateway_event e where e.state = 'new' and e.run_after <= now() order by e.run_after limit limit_
$$;

/* Raw bodies of events that are 30 days old are forgotten; how many. */
create or replace function gateway_events_retention() returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare n int;
begin
  with gone as (update public.gateway_event set sealed = null where sealed is not null and created_at < now() - interval '30 days' returning 1) select count(*) into n from gone;
  return jsonb_build_object('gateway_event', n);
end $$;

/* Whether a person must say what becomes of this money: nobody has, and it is not on its way back. */
create or replace function payment_is_loose(p payment) returns boolean language sql stable as $$
  select p.problem is not null and p.settled_as is null
    and not exists (select from public.refund r where r.payment_id = p.id and r.person_id is not null and r.state in ('asked', 'pending'))
$$;

/* Events that nobody could work on after every try, money of nobody, and payments that are contested: what an operator must look at. */
create or replace function billing_figures() returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('deadGatewayEvents', (select count(*) from public.gateway_event where state = 'dead'),
    'paymentsOfNobody', (select count(*) from public.payment p where p.problem is not null and p.settled_as is null and public.payment_is_loose(p)),
    'openDisputes', (select count(*) from public.dispute where state in ('inquiry', 'open')))
$$;

/* A gateway has answered: this is the page or charge of a top-up, and where its buyer pays. */
create or replace function topup_opened(topup_ uuid, ref_ text, url_ text, expires_ timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.topup t set ref = ref_, url = url_, expires_at = expires_, state = 'open', look_after = now() + interval '15 minutes', looks = 0
  where t.id = topup_ and t.state = 'created'
$$;

/* A gateway will not take this top-up: it is over before it began. */
create or replace function topup_refused(topup_ uuid, problem_ text) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.topup t set state = 'failed', problem = problem_, settled_at = now() where t.id = topup_ and t.state = 'created'
$$;

/* Money that a gateway says it has, noted once; what is learnt later (fee, receipt) is added. */
create or replace function payment_note(account_ uuid, gateway_ text, p jsonb, topup_ uuid, subscription_ uuid) returns payment
language plpgsql volatile as $$
declare there public.payment;
begin
  insert into public.payment as x (account_id, gateway, ref, topup_id, subscription_id, amount, currency, fee, method, receipt_url, invoice_url, at)
  values (account_, gateway_, p ->> 'ref', topup_, subscription_, (p ->> 'amount')::bigint, p ->> 'currency', (p ->> 'fee')::bigint, p ->> 'method',
    p ->> 'receiptUrl', p ->> 'invoiceUrl', (p ->> 'at')::timestamptz)
  on conflict (gateway, ref) do update set fee = coalesce(x.fee, excluded.fee), method = coalesce(x.method, excluded.method),
    receipt_url = coalesce(excluded.receipt_url, x.receipt_url), invoice_url = coalesce(excluded.invoice_url, x.invoice_url)
  returning * into there;
  return there;
end $$;

/* What the gateway keeps of a payment, once it is known. */
create or replace function payment_fee(p payment) returns void
language plpgsql volatile as $$
begin
  if coalesce(p.fee, 0) > 0 then
    perform public.ledger_post('fee:' || p.gateway || ':' || p.ref, null, 'provider_fees', 'clearing/' || p.gateway, p.fee, p.currency, 'fee', 'payment',
      p.gateway || ':' || p.ref);
  end if;
end $$;

/* Money whose owner is not known, or that is not what was asked for: it stands apart until a person decides. Told to nobody else's balance. */
create or replace function payment_unallocated(gateway_ text, p jsonb, topup_ uuid, problem_ text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare there public.payment;
begin
  there := public.payment_note(null, gateway_, p, topup_, null);
  if there.account_id is not null then return; end if;
  update public.payment set problem = problem_ where id = there.id and problem is null;
  insert into public.ledger_account (kind, sub, currency, is_inline)
    select k, s, p ->> 'currency', false from (values ('clearing', gateway_), ('unallocated', ''), ('provider_fees', ''), ('dispute_fees', '')) x (k, s) on conflict do nothing;
  perform public.ledger_post('unallocated:' || gateway_ || ':' || there.ref, null, 'clearing/' || gateway_, 'unallocated', there.amount, there.currency, 'topup', 'payment',
    gateway_ || ':' || there.ref, jsonb_build_object('problem', problem_));
  perform public.payment_fee(there);
end $$;

/*
 * What a look at a top-up has found. Paid is believed from whatever state, since money is money; any other state only when nothing newer was seen
 * and it is still under way. Gives {state, before, problem}; null: there is no such top-up.
 */
create or replace function topup_seen(topup_ uuid, gateway_ text, ref_ text, look jsonb) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  t public.topup;
  p jsonb := look -> 'payment';
  there public.payment;
  state_ text := look ->> 'state';
  why text := look ->> 'problem';
begin
  select * into t from public.topup x where x.id = topup_ and x.gateway = gateway_ for update;
  if t.id is null then return null; end if;
  if state_ = 'paid' and t.state <> 'paid' then
    if (p ->> 'amount')::bigint <> t.amount or p ->> 'currency' <> t.currency then
      perform public.payment_unallocated(gateway_, p, t.id, 'amount_differs');
      state_ := 'failed'; why := 'amount_differs';
    else
      perform public.ledger_open(t.account_id, t.currency);
      there := public.payment_note(t.account_id, gateway_, p, t.id, null);
      if there.topup_id is distinct from t.id or there.account_id is distinct from t.account_id then
        state_ := 'failed'; why := 'payment_of_another';
      else
        perform public.ledger_settle_topup(t.account_id, gateway_, there.ref, there.amount, there.currency, jsonb_build_object('topupId', t.id));
        perform public.payment_fee(there);
      end if;
    end if;
  elsif state_ = 'paid' then
    if exists (select from public.payment x where x.gateway = gateway_ and x.ref = p ->> 'ref') then
      perform public.payment_fee(public.payment_note(t.account_id, gateway_, p, t.id, null));
    else
      perform public.payment_unallocated(gateway_, p, t.id, 'paid_twice');
    end if;
  end if;
  -- Once, with the payment: a later look must not bring back what was changed or forgotten meanwhile.
  if look -> 'method' <> 'null' and t.keeps_method and state_ = 'paid' and t.state <> 'paid' then
    perform public.method_keep(t.account_id, gateway_, look -> 'method');
  end if;
  if t.state = 'paid' or (state_ <> 'paid' and (t.state not in ('created', 'open', 'pending') or t.seen_at > (look ->> 'seenAt')::timestamptz)) then
    return jsonb_build_object('state', t.state, 'before', t.state, 'problem', t.problem);
  end if;
  update public.topup x set state = state_, problem = why, ref = coalesce(x.ref, ref_), seen_at = (look ->> 'seenAt')::timestamptz,
    settled_at = case when state_ in ('paid', 'failed', 'expired') then now() end
  where x.id = t.id;
  return jsonb_build_object('state', state_, 'before', t.state, 'problem', why);
end $$;

/* The top-up that a gateway's page or charge belongs to: by its ref, or by our own id when the ref was lost on its way. */
create or replace function topup_of(gateway_ text, ref_ text, topup_ uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, public as $$
  select t.id from public.topup t where t.gateway = gateway_ and (t.ref = ref_ or t.id = topup_) order by t.ref = ref_ desc nulls last limit 1
$$;

/* Whether a payment is known, and whose it is. */
create or replace function payment_of(gateway_ text, ref_ text) returns table (id uuid, account_id uuid, subscription_id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select p.id, p.account_id, p.subscription_id from public.payment p where p.gateway = gateway_ and p.ref = ref_
$$;

/* Where the money of a payment stands: on its company's balance, in what we have earned, or with nobody. */
create or replace function payment_place(p payment) returns text language sql immutable as $$
  select case when p.problem is not null and coalesce(p.settled_as, 'returned') = 'returned' then 'unallocated'
    when p.subscription_id is not null then 'revenue_subscriptions' when p.account_id is not null then 'prepaid' else 'unallocated' end
$$;

/* Takes from a company, or from what is nobody's, what its gateway took back of a payment; and gives back what came back. Totals so far: told again, nothing. */
create or replace function payment_taken(p payment, what text, ref_ text, taken bigint, given_back bigint) returns void
language plpgsql volatile as $$
declare
  name_ text := what || ':' || p.gateway || ':' || ref_;
  cause text := p.gateway || ':' || p.ref;
  place text := public.payment_place(p);
  before_taken bigint;
  before_back bigint;
begin
  select coalesce(sum(x.amount) filter (where x.key like '%:taken:%'), 0), coalesce(sum(x.amount) filter (where x.key like '%:back:%'), 0)
    into before_taken, before_back
  from public.posting x where x.cause_kind = 'payment' and x.cause_id = cause and starts_with(x.key, name_ || ':') and x.reason <> 'debt';
  -- Of a subscription: what we earned is less, and nobody's balance is touched.
  if taken > before_taken then
    if place = 'prepaid' then
      perform public.ledger_claw_back(name_ || ':taken:' || taken, p.account_id, p.gateway, p.ref, taken - before_taken, p.currency, what);
    else
      perform public.ledger_post(name_ || ':taken:' || taken, null, place, 'clearing/' || p.gateway, taken - before_taken, p.currency, what, 'payment', cause);
    end if;
  end if;
  if given_back > before_back then
    if place = 'prepaid' then
      perform public.ledger_reinstate(name_ || ':back:' || given_back, p.account_id, p.gateway, p.ref, given_back - before_back, p.currency);
    else
      perform public.ledger_post(name_ || ':back:' || given_back, null, 'clearing/' || p.gateway, place, given_back - before_back, p.currency, 'reinstated', 'payment', cause);
    end if;
  end if;
end $$;

/* Whether a balance has money held for this refund: that of a top-up, asked for here. */
create or replace function refund_is_held(refund_ uuid) returns boolean language sql stable as $$
  select exists (select from public.posting p where p.key = 'refund:' || refund_ and p.phase = 'pending')
$$;

/* A refund as its gateway has it now: one that is held spends or frees that; any other is taken from where the payment's money stands. */
create or replace function refund_seen(p payment, r jsonb, seen timestamptz) returns void
language plpgsql volatile as $$
declare
  there public.refund;
  state_ text := r ->> 'state';
  amount_ bigint := (r ->> 'amount')::bigint;
begin
  select * into there from public.refund x where x.payment_id = p.id and (x.ref = r ->> 'ref' or x.id = public.as_uuid(r ->> 'refundId'))
    order by x.ref = r ->> 'ref' desc nulls last limit 1 for update;
  if there.id is null then
    insert into public.refund (account_id, payment_id, gateway, ref, amount, currency, state, seen_at)
    values (p.account_id, p.id, p.gateway, r ->> 'ref', amount_, p.currency, 'pending', null) on conflict (gateway, ref) do nothing returning * into there;
    if there.id is null then return; end if;
  end if;
  if there.seen_at > seen then return; end if;
  if not public.refund_is_held(there.id) then
    -- A refund that fails later has come back: it was taken, and is given back.
    if state_ in ('pending', 'succeeded') or there.seen_at is not null then
      perform public.payment_taken(p, 'refund', r ->> 'ref', amount_, case when state_ = 'failed' then amount_ else 0 end);
    end if;
  elsif state_ = 'succeeded' and there.state in ('asked', 'pending') then
    perform public.ledger_end_hold('refund:' || there.id || ':done', 'refund:' || there.id, there.amount, jsonb_strip_nulls(jsonb_build_object('reason', there.reason)));
  elsif state_ = 'failed' and there.state in ('asked', 'pending') then
    perform public.ledger_end_hold('refund:' || there.id || ':freed', 'refund:' || there.id, 0);
  elsif state_ = 'failed' and there.state = 'succeeded' then
    perform public.ledger_reinstate('refund:' || there.id || ':back', p.account_id, p.gateway, p.ref, there.amount, p.currency);
  end if;
  -- What has failed is over; what has succeeded may still fail, and nothing else.
  if there.state = 'failed' or (there.state = 'succeeded' and state_ <> 'failed') then state_ := there.state; end if;
  update public.refund x set ref = r ->> 'ref', state = state_, seen_at = seen, settled_at = case when state_ in ('succeeded', 'failed') then coalesce(x.settled_at, now()) end
  where x.id = there.id;
end $$;

/* A dispute as its gateway has it now. */
create or replace function dispute_seen(p payment, d jsonb, seen timestamptz) returns void
language plpgsql volatile as $$
declare
  there public.dispute;
begin
  insert into public.dispute as x (account_id, payment_id, gateway, ref, amount, currency, state, reason, taken, given_back, fee, respond_by, seen_at)
  values (p.account_id, p.id, p.gateway, d ->> 'ref', (d ->> 'amount')::bigint, p.currency, d ->> 'state', d ->> 'reason', (d ->> 'taken')::bigint,
    (d ->> 'givenBack')::bigint, (d ->> 'fee')::bigint, (d ->> 'respondBy')::timestamptz, seen)
  on conflict (gateway, ref) do update set state = excluded.state, reason = coalesce(excluded.reason, x.reason), respond_by = excluded.respond_by, seen_at = excluded.seen_at,
    taken = greatest(x.taken, excluded.taken), given_back = greatest(x.given_back, excluded.given_back), fee = excluded.fee
    where x.seen_at <= excluded.seen_at returning * into there;
  if there.id is null then return; end if;
  update public.dispute set closed_at = case when state in ('won', 'lost') then coalesce(closed_at, now()) end where id = there.id;
  perform public.payment_taken(p, 'dispute', there.ref, there.taken, there.given_back);
  -- The fee may come back with a dispute that is won. Once the gateway's report has told of it, the report alone says: what is looked at knows no more.
  if not public.recon_tells_fees(p.gateway, p.ref, p.currency) then
    perform public.recon_book(p.gateway, 'payment', p.ref, 'dispute_fees', -(select sum(d.fee)::bigint from public.dispute d where d.payment_id = p.id), p.currency, 'fee');
  end if;
end $$;

/* While a payment on a balance is contested nothing of it is spent, unless an operator has said that it may be. */
create or replace function balance_freeze(account_ uuid, currency_ text) returns void
language sql volatile as $$
  select public.ledger_freeze(account_, currency_, exists (select from public.dispute d join public.payment x on x.id = d.payment_id
    where x.account_id = account_ and x.currency = currency_ and d.state = 'open' and d.released_at is null and public.payment_place(x) = 'prepaid'))
$$;

/* What was taken back of a payment, as its gateway has it now; while a dispute is open nothing is spent. False: the payment is not known here. */
create or replace function payment_taken_back(gateway_ text, ref_ text, seen timestamptz, items jsonb) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  p public.payment;
  i jsonb;
begin
  select * into p from public.payment x where x.gateway = gateway_ and x.ref = ref_ for update;
  if p.id is null then return false; end if;
  for i in select value from jsonb_array_elements(items) 
    -- What frees money comes first, so that what takes it finds it.
    order by value ->> 'kind' desc, value ->> 'state' = 'failed' desc, value ->> 'refundId' is not null desc, value ->> 'ref' loop
    if i ->> 'kind' = 'refund' then perform public.refund_seen(p, i, seen); else perform public.dispute_seen(p, i, seen); end if;
  end loop;
  if public.payment_place(p) = 'prepaid' then perform public.balance_freeze(p.account_id, p.currency); end if;
  -- Of what is nobody's, nothing is left to decide once all of it has gone back; and all of it again when that failed.
  update public.payment x set settled_as = case when public.payment_left(x.gateway || ':' || x.ref) = 0 then 'returned' end
  where x.id = p.id and x.problem is not null and coalesce(x.settled_as, 'returned') = 'returned';
  return true;
end $$;

/* The gateway will not refund: what was held is free again. */
create or replace function refund_refused(refund_ uuid, problem_ text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare r public.refund;
begin
  select * into r from public.refund x where x.id = refund_ for update;
  if r.state is distinct from 'asked' then return; end if;
  if public.refund_is_held(r.id) then perform public.ledger_end_hold('refund:' || r.id || ':freed', 'refund:' || r.id, 0); end if;
  update public.refund set state = 'failed', problem = problem_, settled_at = now() where id = r.id;
end $$;

/* The gateway has taken a refund of ours and knows it by this name. */
create or replace function refund_opened(refund_ uuid, ref_ text) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.refund r set ref = ref_, state = 'pending' where r.id = refund_ and r.state = 'asked'
$$;

/*
 * Top-ups that it is time to look at by ourselves, since no webhook told. Each look waits longer: a quarter of an hour,
 * half, one, two … up to six hours. One that its gateway never answered for is asked for again for a day, and is over then.
 */
create or replace function topups_due(limit_ int) returns setof uuid
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  update public.topup t set state = 'expired', problem = 'never_opened', settled_at = now()
  where t.state = 'created' and t.look_after < now() and t.created_at < now() - interval '23 hours';
  return query update public.topup t set looks = t.looks + 1, look_after = now() + least(interval '6 hours', interval '15 minutes' * power(2, least(t.looks, 6)))
    where t.id in (select x.id from public.topup x where x.state in ('created', 'open', 'pending') and x.look_after < now() order by x.look_after limit limit_ for update skip locked)
    returning t.id;
end $$;

/* Everything that a gateway must be told of a top-up. */
create or replace function topup_told(topup_ uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('id', t.id, 'accountId', t.account_id, 'gateway', t.gateway, 'ref', t.ref, 'url', t.url, 'amount', t.amount::text, 'currency', t.currency,
    'state', t.state, 'kind', t.kind, 'keepsMethod', t.keeps_method, 'inFrame', t.in_frame, 'home', t.home, 'company', a.name, 'email', coalesce(p.email, ''), 'language', coalesce(p.language, 'es'),
    'customer', c.ref, 'method', t.method_ref)
  from public.topup t join public.account a on a.id = t.account_id left join public.person p on p.id = t.person_id
  left join public.gateway_customer c on c.account_id = t.account_id and c.gateway = t.gateway where t.id = topup_
$$;

/* What a gateway calls this company. The first name stays; gives it. */
create or replace function gateway_customer_keep(account_ uuid, gateway_ text, ref_ text) returns text
language sql volatile security definer set search_path = pg_catalog, public as $$
  insert into public.gateway_customer as c (account_id, gateway, ref) values (account_, gateway_, ref_)
  on conflict (account_id, gateway) do update set ref = c.ref returning c.ref
$$;

/* Refunds that it is time to look at by ourselves. */
create or replace function refunds_due(limit_ int) returns setof uuid
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.refund r set looks = r.looks + 1, look_after = now() + least(interval '12 hours', interval '10 minutes' * power(2, least(r.looks, 8)))
    where r.id in (select x.id from public.refund x where x.state in ('asked', 'pending') and x.look_after < now() order by x.look_after limit limit_ for update skip locked)
    returning r.id
$$;

/* Everything that a gateway must be told of a refund of ours. */
create or replace function refund_told(refund_ uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('id', r.id, 'gateway', r.gateway, 'payment', p.ref, 'amount', r.amount::text, 'currency', r.currency, 'state', r.state, 'ref', r.ref, 'ours', r.person_id is not null)
  from public.refund r join public.payment p on p.id = r.payment_id where r.id = refund_
$$;

do $$
declare f text;
begin
  foreach f in array array['payment_is_loose(payment)', 'payment_place(payment)', 'payment_note(uuid,text,jsonb,uuid,uuid)', 'payment_fee(payment)',
    'payment_taken(payment,text,text,bigint,bigint)', 'refund_is_held(uuid)', 'refund_seen(payment,jsonb,timestamptz)', 'dispute_seen(payment,jsonb,timestamptz)',
    'balance_freeze(uuid,text)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach f in array array['gateway_event_store(text,text,text,jsonb,text)', 'gateway_event_take(uuid)', 'gateway_event_settle(uuid,text,text,int)', 'gateway_event_is_over(uuid)', 'gateway_events_due(int)',
    'gateway_events_retention()', 'billing_figures()', 'topup_opened(uuid,text,text,timestamptz)', 'topup_refused(uuid,text)', 'payment_unallocated(text,jsonb,uuid,text)',
    'topup_seen(uuid,text,text,jsonb)', 'topup_of(text,text,uuid)', 'payment_of(text,text)', 'payment_taken_back(text,text,timestamptz,jsonb)', 'refund_refused(uuid,text)',
    'refund_opened(uuid,text)', 'topups_due(int)', 'topup_told(uuid)', 'gateway_customer_keep(uuid,text,text)', 'refunds_due(int)', 'refund_told(uuid)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
