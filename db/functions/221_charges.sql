-- What messages cost, of numbers whose messages we pay for at the provider (channel.who_pays): promised in the statement that stores a message,
-- ended once by what the provider reports of it (reference/payments.md §5). Who changes a charge has locked the company's balance first.

do $$
begin
  revoke insert, update, delete on message_charge, included_use from app_rw;
  revoke delete on message_charge, included_use from app_system;
end $$;

/* The key of what is promised for a message: each attempt has its own. */
create or replace function charge_key(c message_charge) returns text language sql immutable as $$
  select 'msg:' || c.message_id || case when c.attempt > 1 then ':' || c.attempt else '' end
$$;

/* What a posting of a message says about it. */
create or replace function charge_details(c message_charge, chat_ uuid) returns jsonb language sql immutable as $$
  select jsonb_build_object('channelId', c.channel_id, 'chatId', chat_, 'category', c.category, 'billed', c.billed, 'market', c.market, 'provider', c.provider, 'rateId', c.rate_id)
$$;

/* Does the promise for a message still stand? Time may have ended it. */
create or replace function charge_stands(c message_charge) returns boolean language sql stable as $$
  select exists (select from public.posting p where p.key = public.charge_key(c) and p.phase = 'pending' and not exists (select from public.posting e where e.pending_id = p.id))
$$;

/* Counts a message into what the plan of its number includes, while some of that is left. */
create or replace function charge_include(c message_charge) returns message_charge language plpgsql volatile as $$
declare
  s public.subscription;
  most int;
begin
  select x.* into s from public.subscription x where x.channel_id = c.channel_id and x.state in ('trial', 'active') and x.paid_until > now();
  select v.included_messages into most from public.plan_price v where v.id = s.plan_price_id;
  if coalesce(most, 0) = 0 then return c; end if;
  insert into public.included_use (subscription_id, period_until, account_id) values (s.id, s.paid_until, c.account_id) on conflict do nothing;
  update public.included_use u set used = u.used + 1 where u.subscription_id = s.id and u.period_until = s.paid_until and u.used < most;
  if found then
    c.state := 'included'; c.held := 0; c.subscription_id := s.id; c.period_until := s.paid_until;
  end if;
  return c;
end $$;

/*
 * Promises what a message will cost, before it is stored: of what the plan of its number includes, else of the balance. `charged`; null: it costs nothing;
 * or the code of what keeps it from going. `again`: it is there, and is sent once more; what was promised or paid for it is enough.
 */
create or replace function charge_message(chat_ uuid, message_ uuid, kind_ text, template_ jsonb, again boolean) returns text
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  about record;
  a public.ledger_account;
  r public.rate;
  c public.message_charge;
  verdict text;
begin
  if not again and exists (select from public.message m where m.id = message_) then return null; end if;
  select * into about from public.chat_pricing(chat_, kind_, template_);
  select * into a from public.ledger_account x where x.account_id = public.this_account() and x.kind = 'prepaid' order by x.created_at limit 1 for update;
  if a.id is null then return 'balance_empty'; end if;
  select * into c from public.message_charge x where x.message_id = message_ for update;
  if c.state in ('included', 'captured', 'late', 'free') or (c.state = 'held' and (c.held = 0 or public.charge_stands(c))) then return 'charged'; end if;
  r := public.message_price(about.provider, about.receiver, about.category, about.is_open, a.currency, now());
  if kind_ <> 'template' and coalesce(r.price, 0) = 0 then return null; end if;
  if r.id is null then return 'price_missing'; end if;
  c.message_id := message_; c.account_id := a.account_id; c.channel_id := about.channel_id; c.provider := about.provider; c.market := public.market_of(about.receiver);
  c.category := about.category; c.billed := null; c.currency := a.currency; c.rate_id := r.id; c.state := 'held'; c.attempt := coalesce(c.attempt, 0) + 1; c.held := r.price;
  c.amount := 0; c.subscription_id := null; c.period_until := null; c.created_at := coalesce(c.created_at, now()); c.held_at := now(); c.settled_at := null;
  c := public.charge_include(c);
  if c.held > 0 then
    verdict := public.ledger_hold(public.charge_key(c), c.account_id, 'revenue_messages', c.held, c.currency, 'message', 'message', c.message_id::text,
      now() + interval '48 hours', public.charge_details(c, chat_));
    if verdict <> 'held' then return case verdict when 'frozen' then 'balance_frozen' else 'balance_empty' end; end if;
  end if;
  insert into public.message_charge select c.* on conflict (message_id) do update set channel_id = excluded.channel_id, market = excluded.market, category = excluded.category,
    billed = null, rate_id = excluded.rate_id, state = excluded.state, attempt = excluded.attempt, held = excluded.held, amount = 0, subscription_id = excluded.subscription_id,
    period_until = excluded.period_until, held_at = excluded.held_at, settled_at = null;
  return 'charged';
end $$;

/* What is promised for a message is free again, or what it has cost comes back: it did not go out, or costs nothing. `why` ends the key. */
create or replace function charge_undo(c message_charge, chat_ uuid, why text) returns message_charge language plpgsql volatile as $$
begin
  if c.state = 'included' then
    update public.included_use u set used = u.used - 1 where u.subscription_id = c.subscription_id and u.period_until = c.period_until;
  elsif c.state in ('captured', 'late') then
    perform public.ledger_post(public.charge_key(c) || ':back', c.account_id, 'revenue_messages', 'prepaid', c.amount, c.currency, 'message', 'message', c.message_id::text,
      public.charge_details(c, chat_));
    -- What may still come of it has keys of its own.
    c.attempt := c.attempt + 1;
  elsif c.state = 'held' and public.charge_stands(c) then
    perform public.ledger_end_hold(public.charge_key(c) || ':' || why, public.charge_key(c), 0, public.charge_details(c, chat_));
  end if;
  c.amount := 0;
  return c;
end $$;

/* The provider says that a message costs something: the price is that of the category which it names, of the moment when the message was written. */
create or replace function charge_bill(c message_charge, chat_ uuid, category_ text) returns message_charge language plpgsql volatile as $$
declare
  r public.rate := public.rate_at(c.provider, c.market, case when category_ like 'marketing%' then 'marketing' else category_ end, c.currency, c.held_at);
  key_ text := public.charge_key(c);
  stands boolean := public.charge_stands(c);
  rest bigint;
begin
  if c.state in ('captured', 'late', 'free') then return c; end if;
  c.billed := category_;
  if c.state = 'included' then return c; end if;
  -- A category without a rate is new to us: it costs what was promised.
  if r.id is null then select * into r from public.rate x where x.id = c.rate_id; end if;
  c.rate_id := r.id;
  if r.price = 0 then
    c := public.charge_undo(c, chat_, 'free');
    c.state := 'free';
    return c;
  end if;
  rest := r.price;
  if stands then
    perform public.ledger_end_hold(key_ || ':paid', key_, least(r.price, c.held), public.charge_details(c, chat_));
    rest := greatest(0, r.price - c.held);
  end if;
  c.state := case when stands or (c.state = 'held' and c.held = 0) then 'captured' else 'late' end;
  c.amount := r.price;
  if rest > 0 then
    perform public.ledger_charge(key_ || case when c.state = 'late' then ':late' else ':more' end, c.account_id, 'revenue_messages', rest, c.currency, 'message', 'message',
      c.message_id::text, public.charge_details(c, chat_));
  end if;
  return c;
end $$;

/*
 * What is heard of a charged message: it did not go out (`is_off`: failed, discarded), or whether the provider bills it. The first word ends what was promised;
 * told again, it changes nothing.
 */
create or replace function charge_heard(message_ uuid, chat_ uuid, is_off boolean, pricing_ jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  c public.message_charge;
  b public.message_charge;
begin
  select * into c from public.message_charge x where x.message_id = message_ and x.account_id = public.this_account();
  if c.message_id is null then return; end if;
  perform public.ledger_lock(c.account_id, c.currency);
  select * into c from public.message_charge x where x.message_id = message_ for update;
  b := c;
  if is_off then
    c := public.charge_undo(c, chat_, 'off');
    c.state := 'released';
  elsif pricing_ ->> 'type' = 'regular' then
    c := public.charge_bill(c, chat_, replace(lower(pricing_ ->> 'category'), '-', '_'));
  elsif c.state in ('held', 'included') then
    c := public.charge_undo(c, chat_, 'free');
    c.state := 'free'; c.billed := pricing_ ->> 'category';
  end if;
  if c is distinct from b then
    update public.message_charge x set state = c.state, billed = c.billed, rate_id = c.rate_id, amount = c.amount, attempt = c.attempt, settled_at = clock_timestamp()
    where x.message_id = message_;
  end if;
end $$;

/* Promises that nobody has ended in time, of whatever kind, are free again; messages of which nothing was heard say so. Gives how many were ended. */
create or replace function charges_pass(limit_ int) returns int
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare n int := public.ledger_expire_holds(limit_);
begin
  update public.message_charge c set state = 'released', settled_at = now()
  where c.message_id in (select x.message_id from public.message_charge x
    where x.state = 'held' and x.held_at < now() - interval '48 hours' and not public.charge_stands(x) order by x.held_at limit limit_ for update skip locked);
  return n;
end $$;

/* Whose account pays the provider for a number's messages. Ours only where there are prices, and never for unofficial numbers, whose messages cost nothing. */
create or replace function api_operator_payer_set(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  n public.channel;
  whose text := args ->> 'whoPays';
begin
  if not public.is_operator() then return null; end if;
  select * into n from public.channel x where x.id = public.as_uuid(args ->> 'channelId') and x.archived_at is null and x.kind <> 'session' for update;
  if n.id is null then return null; end if;
  if whose = 'us' and exists (select from unnest(array['marketing', 'utility', 'authentication']) k
      where (public.rate_at(n.kind, '*', k, args ->> 'currency', now())).id is null) then perform public.refuse('price_missing'); end if;
  if whose <> n.who_pays then
    perform public.ledger_open(n.account_id, args ->> 'currency');
    update public.channel x set who_pays = whose where x.id = n.id;
    perform public.audit_add(n.account_id, 'channel.payer_changed', 'operator', null, null, 'channel', n.id::text, n.name, jsonb_build_object('chargesBalance', n.who_pays = 'us'),
      jsonb_build_object('chargesBalance', whose = 'us'));
    perform public.operator_did(null, case whose when 'us' then 'number.we_pay' else 'number.they_pay' end, n.account_id, n.name, null, null);
  end if;
  return (select public.customer_json(a) from public.account a where a.id = n.account_id);
end $$;

do $$
declare f text;
begin
  foreach f in array array['charge_include(message_charge)', 'charge_undo(message_charge,uuid,text)', 'charge_bill(message_charge,uuid,text)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach f in array array['charge_message(uuid,uuid,text,jsonb,boolean)', 'charge_heard(uuid,uuid,boolean,jsonb)', 'charges_pass(int)', 'api_operator_payer_set(jsonb)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
