-- A company's own view of its balance, and what its people ask for. Owned by app_system, since nobody else writes these tables: each function
-- bounds itself to the caller's company.

/* A top-up as the app shows it. */
create or replace function topup_json(t topup) returns json language sql stable as $$
  select json_build_object('id', t.id, 'gateway', t.gateway, 'amount', t.amount::text, 'currency', t.currency, 'kind', t.kind, 'state', t.state, 'problem', t.problem,
    'url', case when t.state = 'open' and (t.expires_at is null or t.expires_at > now()) then t.url end, 'at', iso(t.created_at))
$$;

/* What is there, what may be spent, what is chosen, and what is under way. `currency`: the Worker's. */
create or replace function api_balance(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare b balance_choice;
begin
  perform ledger_open(this_account(), args ->> 'currency');
  select * into b from balance_choice x where x.account_id = this_account();
  return json_build_object('balance', ledger_balance(this_account(), args ->> 'currency'),
    -- Who has chosen nothing is warned at 10 and at 3.
    'choice', json_build_object('lowLevel', case when b.account_id is null then '10000000' else b.low_level::text end,
      'veryLowLevel', case when b.account_id is null then '3000000' else b.very_low_level::text end),
    'automatic', automatic_json(this_account()), 'forecast', balance_forecast(this_account(), args ->> 'currency'),
    'topups', (select coalesce(json_agg(topup_json(t) order by t.created_at desc), '[]') from (select * from topup x where x.account_id = this_account()
      and (x.state in ('open', 'pending') or (x.kind = 'automatic' and x.state <> 'paid'
        -- Of those that failed the latest tells enough.
        and not exists (select from topup y where y.account_id = x.account_id and y.kind = 'automatic' and y.created_at > x.created_at)))
      and x.created_at > now() - interval '2 days' order by x.created_at desc limit 5) t));
end $$;

/* What the balance is spent on goes on for so many days: by the days of the last week on which something was spent, or of the last month; on fewer than three it is too little to tell, null. */
create or replace function balance_forecast(account_ uuid, currency_ text) returns jsonb
language plpgsql stable as $$
declare
  zone text := (select a.time_zone from public.account a where a.id = account_);
  available bigint := (public.ledger_balance(account_, currency_) ->> 'available')::bigint;
  month record;
  days numeric;
  per_day bigint;
begin
  with spent as (
    select p.amount, p.at from public.posting p join public.ledger_account d on d.id = p.debit_id
    where p.account_id = account_ and p.reason = 'message' and p.phase in ('posted', 'capture') and p.currency = currency_ and d.account_id is not null and p.at > now() - interval '30 days'
    union all
    select p.amount, p.at from public.posting p join public.ledger_account d on d.id = p.debit_id
    where p.account_id = account_ and p.reason <> 'message' and p.phase in ('posted', 'capture') and p.reason = 'subscription' and p.currency = currency_ and d.account_id is not null
      and p.at > now() - interval '30 days'),
  -- By the quarter of an hour first: to find the day of each of a hundred thousand messages takes longer than all else.
  quarters as (select date_bin('15 minutes', x.at, 'epoch') as quarter, sum(x.amount) as amount, min(x.at) as first from spent x group by 1),
  daily as (select (x.quarter at time zone zone)::date as day, sum(x.amount) as amount, min(x.first) as first from quarters x group by 1)
  select sum(x.amount) as amount, count(*) as n, extract(epoch from now() - min(x.first)) / 86400 as age,
    sum(x.amount) filter (where x.day > (now() at time zone zone)::date - 7) as amount7, count(*) filter (where x.day > (now() at time zone zone)::date - 7) as n7 into month from daily x;
  if month.n < 3 then return null; end if;
  days := case when month.n7 >= 3 then 7 else 30 end;
  per_day := (case when month.n7 >= 3 then month.amount7 else month.amount end / least(days, greatest(3, ceil(month.age))))::bigint;
  return jsonb_build_object('days', greatest(0, available) / greatest(1, per_day), 'perDay', per_day::text, 'over', days::int);
end $$;

/*
 * The days on which a company spent on messages, the newest first: each one line, however many they were, so that a campaign buries nothing. A day whose latest message comes after the
 * cursor stood on the page before.
 */
create or replace function movement_days(account_ uuid, args jsonb, size int) returns table (seq bigint, at timestamptz, day date, amount bigint, count int)
language plpgsql stable as $$
declare
  zone text := (select a.time_zone from public.account a where a.id = account_);
  since_ timestamptz := coalesce((args ->> 'from')::timestamptz, '-infinity');
  until_ timestamptz := coalesce((args ->> 'to')::timestamptz, 'infinity');
  n int := 0;
begin
  if args ->> 'cursor' is not null then
    select least(until_, ((p.at at time zone zone)::date + 1)::timestamp at time zone zone) into until_ from public.posting p
      where p.account_id = account_ and p.seq = (args ->> 'cursor')::bigint;
  end if;
  while n < size loop
    select (p.at at time zone zone)::date into day from public.posting p
      where p.account_id = account_ and p.reason = 'message' and p.phase in ('posted', 'capture') and p.currency = args ->> 'currency' and p.at >= since_ and p.at <= until_
        and (args ->> 'channelId' is null or p.details ->> 'channelId' = args ->> 'channelId')
      order by p.at desc limit 1;
    exit when not found;
    select max(p.seq), max(p.at), count(*)::int, sum(case when d.account_id is not null then -p.amount else p.amount end)::bigint into seq, at, count, amount
      from public.posting p join public.ledger_account d on d.id = p.debit_id
      where p.account_id = account_ and p.reason = 'message' and p.phase in ('posted', 'capture') and p.currency = args ->> 'currency'
        and p.at >= greatest(since_, day::timestamp at time zone zone) and p.at <= least(coalesce((args ->> 'to')::timestamptz, 'infinity'), (day + 1)::timestamp at time zone zone - interval '1 microsecond')
        and (args ->> 'channelId' is null or p.details ->> 'channelId' = args ->> 'channelId');
    until_ := day::timestamp at time zone zone - interval '1 microsecond';
    continue when seq >= (args ->> 'cursor')::bigint;
    n := n + 1;
    return next;
  end loop;
end $$;

/*
 * Movements of a company's balance, the newest first: what it became less or more by, and what it was after. A debt that is paid by itself moves nothing that a person has.
 * `byDay`: messages are one line a day. Planned for each question: only then the index without messages is seen to be enough.
 */
create or replace function movements_of(account_ uuid, args jsonb) returns json
language plpgsql stable set plan_cache_mode = force_custom_plan as $$
declare
  rows_ json[];
  n int;
  size int := least(coalesce((args ->> 'limit')::int, 30), 20001);
  by_day boolean := coalesce(args ->> 'byDay', '') = 'true' and args ->> 'q' is null;
  by_kind text[] := case args ->> 'kind' when 'in' then array['topup', 'promo', 'adjustment', 'allocated', 'reinstated'] when 'spent' then array['message', 'subscription']
    when 'back' then array['refund', 'dispute'] end;
begin
  select array_agg(m.json order by m.seq desc), count(*) into rows_, n from (
    (select p.seq, json_build_object('id', p.id, 'seq', p.seq::text, 'at', iso(p.at), 'reason', p.reason, 'currency', p.currency, 'count', 1, 'day', null,
      'amount', (case when c.account_id is not null then p.amount else 0 end - case when d.account_id is not null then p.amount else 0 end)::text,
      'balanceAfter', p.balance_after::text, 'gateway', y.gateway, 'method', y.method, 'paymentId', y.id, 'receiptUrl', y.receipt_url, 'invoiceUrl', y.invoice_url,
      'paper', case when p.cause_kind = 'payment' then paper_told(p) end, 'isAutomatic', exists (select from topup t where t.id = y.topup_id and t.kind = 'automatic'),
      'message', case when p.cause_kind = 'message' then jsonb_build_object('channelId', null, 'chatId', null, 'category', null, 'billed', null, 'market', null, 'provider', null)
        || p.details end,
      -- What a person of ours has decided, in their words.
      'note', case when p.reason in ('promo', 'adjustment', 'allocated', 'refund') then p.details ->> 'reason' end,
      'refundable', case when p.reason in ('topup', 'allocated') and payment_place(y) = 'prepaid' then greatest(0, payment_left(p.cause_id))::text end) as json
    from posting p join ledger_account d on d.id = p.debit_id join ledger_account c on c.id = p.credit_id
    left join payment y on p.cause_kind = 'payment' and y.account_id = account_ and y.gateway = split_part(p.cause_id, ':', 1) and y.ref = substr(p.cause_id, strpos(p.cause_id, ':') + 1)
    where p.account_id = account_ and p.phase in ('posted', 'capture') and p.reason <> 'debt' and p.currency = args ->> 'currency' and p.amount > 0
      and (not by_day or p.reason <> 'message') and (by_kind is null or p.reason = any(by_kind))
      and (args ->> 'channelId' is null or p.details ->> 'channelId' = args ->> 'channelId')
      and (args ->> 'q' is null or strpos(lower(concat_ws(' ', case when p.cause_kind = 'payment' then paper_told(p) ->> 'number' end, y.method, y.gateway, y.ref, p.details ->> 'reason', p.details ->> 'category', p.details ->> 'billed', p.details ->> 'market')),
        lower(args ->> 'q')) > 0)
      and (args ->> 'from' is null or p.at >= (args ->> 'from')::timestamptz) and (args ->> 'to' is null or p.at <= (args ->> 'to')::timestamptz)
      and (args ->> 'cursor' is null or p.seq < (args ->> 'cursor')::bigint)
    order by p.seq desc limit size)
    union all
    select x.seq, json_build_object('id', 'day:' || x.day, 'seq', x.seq::text, 'at', iso(x.at), 'reason', 'message', 'currency', args ->> 'currency', 'count', x.count, 'day', x.day,
      'amount', x.amount::text, 'balanceAfter', (select p.balance_after::text from posting p where p.account_id = account_ and p.seq = x.seq), 'gateway', null, 'method', null,
      'paymentId', null, 'receiptUrl', null, 'invoiceUrl', null, 'paper', null, 'isAutomatic', false, 'message', null, 'note', null, 'refundable', null)
    from movement_days(account_, args, size) x where by_day and (by_kind is null or 'message' = any(by_kind))
    order by 1 desc limit size) m;
  return json_build_object('items', coalesce(to_json(rows_), '[]'), 'next', case when n = size then rows_[size] ->> 'seq' end);
end $$;

/* The same of the caller's own company. */
create or replace function own_movements(args jsonb) returns json
language sql stable security definer set search_path = pg_catalog, public as $$
  select movements_of(this_account(), args)
$$;

/* Movements for the company's people; whose messages they were, as far as the caller sees the chat and the number. Not security definer: row security decides that. */
create or replace function api_movements(args jsonb) returns json
language sql stable as $$
  select json_build_object('items', (select coalesce(json_agg(case when jsonb_typeof(i.item -> 'message') = 'object' then i.item || jsonb_build_object('message',
        i.item -> 'message' || jsonb_build_object('channel', n.name, 'chatId', c.id, 'contact', coalesce(k.name, k.profile_name, k.username, phone_shown(k.phone)))) else i.item end order by i.at), '[]')
    from jsonb_array_elements(found -> 'items') with ordinality i (item, at)
    left join channel n on n.id = as_uuid(i.item -> 'message' ->> 'channelId')
    left join chat c on c.id = as_uuid(i.item -> 'message' ->> 'chatId') left join contact k on k.id = c.contact_id), 'next', found -> 'next')
  from (select own_movements(args)::jsonb as found offset 0) once
$$;

/* Somebody wants to top up: noted before any gateway hears of it. The same id again is the same top-up. */
create or replace function api_topup_begin(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare t topup;
begin
  -- A machine's key moves no money.
  if this_person() is null then perform refuse('forbidden'); end if;
  perform ledger_open(this_account(), args ->> 'currency');
  insert into topup (id, account_id, gateway, amount, currency, person_id, keeps_method, in_frame, home, look_after)
  values (as_uuid(args ->> 'id'), this_account(), args ->> 'gateway', (args ->> 'micro')::bigint, args ->> 'currency', this_person(), (args ->> 'keepsMethod')::boolean,
    (args ->> 'inFrame')::boolean, args ->> 'home', now() + interval '10 minutes')
  on conflict (id) do nothing;
  if found then
    perform audit_mine('topup.begun', 'topup', args ->> 'id', args ->> 'gateway', null, jsonb_build_object('amount', args ->> 'micro', 'currency', args ->> 'currency'));
  end if;
  select * into t from topup x where x.id = as_uuid(args ->> 'id') and x.account_id = this_account();
  if t.id is null or (t.gateway, t.amount, t.currency, t.keeps_method) is distinct from (args ->> 'gateway', (args ->> 'micro')::bigint, args ->> 'currency', (args ->> 'keepsMethod')::boolean) then perform refuse('id_reused'); end if;
  return topup_json(t);
end $$;

create or replace function api_topup(args jsonb) returns json
language sql stable security definer set search_path = pg_catalog, public as $$
  select topup_json(t) from topup t where t.id = as_uuid(args ->> 'topupId') and t.account_id = this_account()
$$;

/* What of a payment may still go back: what is left, less what is on its way without being held. */
create or replace function payment_returnable(p payment) returns bigint
language sql stable as $$
  select public.payment_left(p.gateway || ':' || p.ref) - (select coalesce(sum(r.amount), 0)::bigint from public.refund r
    where r.payment_id = p.id and r.person_id is not null and r.state in ('asked', 'pending') and r.seen_at is null and not public.refund_is_held(r.id))
$$;

/* Begins to give money of a payment back, before the gateway hears of it: what stands on a balance is held. */
create or replace function refund_begin(id_ uuid, p payment, micro bigint, reason_ text) returns void
language plpgsql volatile as $$
declare
  verdict text;
begin
  if public.payment_place(p) = 'prepaid' then
    begin
      verdict := public.ledger_hold('refund:' || id_, p.account_id, 'clearing/' || p.gateway, micro, p.currency, 'refund', 'payment', p.gateway || ':' || p.ref, now() + interval '1 year');
    exception when sqlstate 'LG007' then perform public.refuse('refund_too_much');
    end;
    if verdict = 'frozen' then perform public.refuse('balance_frozen'); end if;
    if verdict = 'no_funds' then perform public.refuse('balance_too_low'); end if;
  elsif micro > public.payment_returnable(p) then perform public.refuse('refund_too_much');
  end if;
  insert into public.refund (id, account_id, payment_id, gateway, amount, currency, person_id, reason, look_after)
  values (id_, p.account_id, p.id, p.gateway, micro, p.currency, public.this_person(), reason_, now() + interval '10 minutes');
end $$;

/* Somebody wants unspent money back: it is held before the gateway hears of it. The same id again is the same refund. */
create or replace function api_refund_ask(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  p payment;
  r refund;
begin
  if this_person() is null then perform refuse('forbidden'); end if;
  select * into p from payment x where x.id = as_uuid(args ->> 'paymentId') and x.account_id = this_account() for update;
  if p.id is null or payment_place(p) <> 'prepaid' then return null; end if;
  select * into r from refund x where x.id = as_uuid(args ->> 'id');
  if r.id is null then
    perform refund_begin(as_uuid(args ->> 'id'), p, (args ->> 'micro')::bigint, null);
    perform audit_mine('refund.asked', 'payment', p.id::text, p.gateway, null, jsonb_build_object('amount', args ->> 'micro', 'currency', p.currency));
    return json_build_object('id', args ->> 'id', 'state', 'asked');
  elsif (r.account_id, r.payment_id, r.amount) is distinct from (this_account(), p.id, (args ->> 'micro')::bigint) then perform refuse('id_reused');
  end if;
  return json_build_object('id', r.id, 'state', r.state);
end $$;

/* How a refund stands. */
create or replace function refund_state(refund_ uuid) returns text
language sql stable security definer set search_path = pg_catalog, public as $$
  select r.state from public.refund r where r.id = refund_
$$;

create or replace function api_balance_choose(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  before_ balance_choice;
  after_ balance_choice;
begin
  select * into before_ from balance_choice x where x.account_id = this_account();
  insert into balance_choice as x (account_id, currency, low_level, very_low_level) values (this_account(), args ->> 'currency', (args ->> 'lowLevel')::bigint, (args ->> 'veryLowLevel')::bigint)
  on conflict (account_id) do update set low_level = excluded.low_level, very_low_level = excluded.very_low_level, changed_at = now() returning * into after_;
  perform audit_mine('balance.chosen', 'balance', this_account()::text, null, jsonb_build_object('lowLevel', before_.low_level, 'veryLowLevel', before_.very_low_level),
    jsonb_build_object('lowLevel', after_.low_level, 'veryLowLevel', after_.very_low_level));
  return json_build_object('done', true);
end $$;

/* Balances that have fallen to a level which somebody wants to hear of, and automatic top-ups that stand still: by kind of alarm. Gives jobs. */
create or replace function balances_look() returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  kind_ text;
begin
  foreach kind_ in array array['balance_low', 'balance_very_low', 'balance_empty'] loop
    perform public.alarms_keep(kind_, (select coalesce(jsonb_agg(jsonb_build_object('accountId', x.account_id, 'figure', greatest(0, x.available) / 1000000)), '[]') from (
      select a.account_id, a.credits - a.debits - a.held - a.floor as available,
        case when b.account_id is null then 10000000 else b.low_level end as low, case when b.account_id is null then 3000000 else b.very_low_level end as very_low,
        -- It fills itself, and nothing keeps it from doing so: that it runs low is no news.
        coalesce(b.is_automatic and b.stopped_for is null and b.failures = 0 and not public.automatic_at_ceiling(b), false) as fills
      -- Whoever has never put money here has nothing to run out of.
      from public.ledger_account a left join public.balance_choice b on b.account_id = a.account_id where a.kind = 'prepaid' and a.credits > 0) x
    -- One warning at a time: the gravest that holds.
    where kind_ = case when x.available <= 0 then 'balance_empty' when x.fills then null when x.available < x.very_low then 'balance_very_low' when x.available < x.low then 'balance_low' end));
  end loop;
  perform public.alarms_keep('balance_fill_stopped', (select coalesce(jsonb_agg(jsonb_build_object('accountId', b.account_id, 'figure', b.failures)), '[]')
    from public.balance_choice b where b.is_automatic and b.stopped_for is not null));
  perform public.alarms_keep('balance_fill_ceiling', (select coalesce(jsonb_agg(jsonb_build_object('accountId', b.account_id, 'figure', b.ceiling / 1000000)), '[]')
    from public.balance_choice b where public.automatic_at_ceiling(b)));
  return public.jobs_begun();
end $$;

do $$
declare f text;
begin
  alter function topup_json(topup) owner to app_system;
  foreach f in array array['balance_forecast(uuid,text)', 'movement_days(uuid,jsonb,int)', 'movements_of(uuid,jsonb)', 'payment_returnable(payment)', 'refund_begin(uuid,payment,bigint,text)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach f in array array['api_balance(jsonb)', 'own_movements(jsonb)', 'api_topup_begin(jsonb)', 'api_topup(jsonb)', 'api_refund_ask(jsonb)', 'api_balance_choose(jsonb)',
    'refund_state(uuid)', 'balances_look()'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
