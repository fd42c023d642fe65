-- The ledger: money moves only through these functions, in one statement each (reference/payments.md §8 and §9).
-- Errors: LG001 a posting never changes · LG002 a balance was written by hand · LG003 no such account or currency · LG004 not that much is held ·
-- LG005 frozen · LG006 the hold has ended · LG007 more taken back than came in · LG409 the key stands for something else · 23514 no funds.

/* A posting is for ever, whoever asks. */
create or replace function posting_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a posting never changes' using errcode = 'LG001';
end $$;

/* A balance moves with a posting, never alone: this trigger is at depth 1 when somebody else writes. */
create or replace function balance_guard() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 and (new.debits, new.credits, new.held, new.is_inline, new.kind, new.sub, new.currency, new.account_id)
      is distinct from (old.debits, old.credits, old.held, old.is_inline, old.kind, old.sub, old.currency, old.account_id) then
    raise exception 'a balance moves with a posting only' using errcode = 'LG002';
  end if;
  return new;
end $$;

/* Writes down what the company has after a posting, less what it owes: under the lock under which that is decided. */
create or replace function posting_balance() returns trigger language plpgsql as $$
begin
  perform 1 from public.ledger_account a where a.account_id = new.account_id and a.kind = 'prepaid' and a.currency = new.currency for update;
  select sum(a.credits - a.debits + case a.id when new.credit_id then new.amount when new.debit_id then -new.amount else 0 end) into new.balance_after
  from public.ledger_account a where a.account_id = new.account_id and a.currency = new.currency;
  return new;
end $$;

/* Moves the balances of a new posting: in the order of their ids, so that two never wait for each other. */
create or replace function posting_apply() returns trigger language plpgsql as $$
declare
  held_ bigint := 0;
  spent bigint := case when new.phase in ('posted', 'capture') then new.amount else 0 end;
begin
  perform 1 from public.ledger_account a where a.id in (new.debit_id, new.credit_id) and a.is_inline order by a.id for update;
  if new.phase = 'pending' then held_ := new.amount;
  elsif new.phase in ('capture', 'release') then
    select -p.amount into held_ from public.posting p where p.id = new.pending_id;
  end if;
  update public.ledger_account a set debits = a.debits + spent, held = a.held + held_ where a.id = new.debit_id and a.is_inline;
  update public.ledger_account a set credits = a.credits + spent where a.id = new.credit_id and a.is_inline;
  return null;
end $$;

create or replace trigger posting_stays before update or delete on posting for each row execute function posting_stays();
create or replace trigger posting_all_stay before truncate on posting for each statement execute function posting_stays();
create or replace trigger posting_balance before insert on posting for each row
  when (new.account_id is not null and new.phase in ('posted', 'capture')) execute function posting_balance();
create or replace trigger posting_apply after insert on posting for each row execute function posting_apply();
create or replace trigger balance_guard before update on ledger_account for each row execute function balance_guard();

/* Opens a company's balance in a currency, and ours with it. Again: nothing happens. */
create or replace function ledger_open(account_ uuid, currency_ text) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  insert into public.ledger_account (account_id, kind, currency, is_inline)
    select account_, k, currency_, true from unnest(array['prepaid', 'debt']) k on conflict do nothing;
  insert into public.ledger_account (kind, sub, currency, is_inline)
    select k, s, currency_, false from (values ('clearing', 'stripe'), ('clearing', 'paypal'), ('bank', ''), ('unallocated', ''), ('revenue_messages', ''),
      ('revenue_subscriptions', ''), ('provider_fees', ''), ('dispute_fees', ''), ('promo', ''), ('corrections', ''), ('rounding', '')) x (k, s) on conflict do nothing;
$$;

/* The account of this name: `prepaid` and `debt` are the company's, `clearing/stripe` and the like are ours. */
create or replace function ledger_named(account_ uuid, name_ text, currency_ text) returns uuid
language plpgsql stable as $$
declare id_ uuid;
begin
  if name_ in ('prepaid', 'debt') then
    select a.id into id_ from public.ledger_account a where a.account_id = account_ and a.kind = name_ and a.currency = currency_;
  else
    select a.id into id_ from public.ledger_account a
      where a.account_id is null and a.kind = split_part(name_, '/', 1) and a.sub = split_part(name_, '/', 2) and a.currency = currency_;
  end if;
  if id_ is null then raise exception 'no account % in %', name_, currency_ using errcode = 'LG003'; end if;
  return id_;
end $$;

/* Writes a posting, or finds the one that its key already stands for. A key that stands for something else is refused. */
create or replace function posting_put(p posting) returns posting
language plpgsql volatile as $$
declare there public.posting;
begin
  insert into public.posting (account_id, key, phase, pending_id, debit_id, credit_id, amount, currency, reason, cause_kind, cause_id, details, expires_at)
    values (p.account_id, p.key, p.phase, p.pending_id, p.debit_id, p.credit_id, p.amount, p.currency, p.reason, p.cause_kind, p.cause_id,
      coalesce(p.details, '{}'), p.expires_at)
    on conflict (key) do nothing returning * into there;
  if there.id is not null then return there; end if;
  select * into there from public.posting x where x.key = p.key;
  if (there.phase, there.pending_id, there.debit_id, there.credit_id, there.amount, there.currency, there.reason, there.cause_kind, there.cause_id)
      is distinct from (p.phase, p.pending_id, p.debit_id, p.credit_id, p.amount, p.currency, p.reason, p.cause_kind, p.cause_id) then
    raise exception 'the key % stands for something else', p.key using errcode = 'LG409';
  end if;
  return there;
end $$;

/* A company's prepaid balance, locked until the statement ends: whoever decides over it is alone. */
create or replace function ledger_lock(account_ uuid, currency_ text) returns ledger_account
language plpgsql volatile as $$
declare a public.ledger_account;
begin
  select * into a from public.ledger_account x where x.account_id = account_ and x.kind = 'prepaid' and x.currency = currency_ for update;
  if a.id is null then raise exception 'no balance in %', currency_ using errcode = 'LG003'; end if;
  return a;
end $$;

/* What is free pays what is owed, before anybody spends it. */
create or replace function ledger_pay_debt(key_ text, account_ uuid, currency_ text) returns void
language plpgsql volatile as $$
declare
  a public.ledger_account := public.ledger_lock(account_, currency_);
  owed bigint;
  p public.posting;
begin
  select d.debits - d.credits into owed from public.ledger_account d where d.account_id = account_ and d.kind = 'debt' and d.currency = currency_;
  p.amount := least(owed, a.credits - a.debits - a.held - a.floor);
  if p.amount <= 0 then return; end if;
  p.account_id := account_; p.key := key_ || ':debt'; p.phase := 'posted'; p.currency := currency_; p.reason := 'debt'; p.cause_kind := 'posting'; p.cause_id := key_;
  p.debit_id := a.id; p.credit_id := public.ledger_named(account_, 'debt', currency_);
  perform public.posting_put(p);
end $$;

/* Moves money at once. The same key again moves nothing. Spending from a frozen or empty balance is refused (LG005, 23514). */
create or replace function ledger_post(key_ text, account_ uuid, debit text, credit text, amount_ bigint, currency_ text, reason_ text,
  cause_kind_ text, cause_id_ text, details_ jsonb default '{}') returns posting
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  a public.ledger_account;
  p public.posting;
begin
  if account_ is not null then a := public.ledger_lock(account_, currency_); end if;
  select * into p from public.posting x where x.key = key_;
  if p.id is null and debit = 'prepaid' and a.is_frozen then raise exception 'the balance is frozen' using errcode = 'LG005'; end if;
  p.account_id := account_; p.key := key_; p.phase := 'posted'; p.pending_id := null; p.debit_id := public.ledger_named(account_, debit, currency_);
  p.credit_id := public.ledger_named(account_, credit, currency_); p.amount := amount_; p.currency := currency_; p.reason := reason_;
  p.cause_kind := cause_kind_; p.cause_id := cause_id_; p.details := details_; p.expires_at := null;
  p := public.posting_put(p);
  if credit = 'prepaid' then perform public.ledger_pay_debt(key_, account_, currency_); end if;
  return p;
end $$;

/* What is still ours of a payment: what came in, less what was taken back, more what was given back again, less refunds under way. */
create or replace function payment_left(cause text) returns bigint
language sql stable as $$
  select coalesce(sum(case when p.reason in ('topup', 'subscription', 'reinstated') then p.amount else -p.amount end), 0)::bigint
  from public.posting p
  where p.cause_kind = 'payment' and p.cause_id = cause and p.reason in ('topup', 'subscription', 'reinstated', 'refund', 'dispute')
    and (p.phase in ('posted', 'capture') or (p.phase = 'pending' and not exists (select from public.posting e where e.pending_id = p.id)))
$$;

/* Promises money to something under way, until `expires_`. `held`, or why not: `no_funds`, `frozen`. The same key again: what it was. */
create or replace function ledger_hold(key_ text, account_ uuid, credit text, amount_ bigint, currency_ text, reason_ text,
  cause_kind_ text, cause_id_ text, expires_ timestamptz, details_ jsonb default '{}') returns text
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  a public.ledger_account := public.ledger_lock(account_, currency_);
  p public.posting;
begin
  select * into p from public.posting x where x.key = key_;
  if p.id is null then
    if a.is_frozen then return 'frozen'; end if;
    if a.credits - a.debits - a.held - a.floor < amount_ then return 'no_funds'; end if;
    if reason_ = 'refund' and amount_ > public.payment_left(cause_id_) then
      raise exception 'more would be taken back than came in' using errcode = 'LG007';
    end if;
  end if;
  p.account_id := account_; p.key := key_; p.phase := 'pending'; p.pending_id := null; p.debit_id := a.id;
  p.credit_id := public.ledger_named(account_, credit, currency_); p.amount := amount_; p.currency := currency_; p.reason := reason_;
  p.cause_kind := cause_kind_; p.cause_id := cause_id_; p.details := details_; p.expires_at := coalesce(p.expires_at, expires_);
  perform public.posting_put(p);
  return 'held';
end $$;

/* Ends the hold of `hold_key`: `amount_` of it is spent, the rest is free again; 0 releases all. A hold ends once (LG006). */
create or replace function ledger_end_hold(key_ text, hold_key text, amount_ bigint, details_ jsonb default '{}') returns posting
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  hold public.posting;
  p public.posting;
begin
  select * into hold from public.posting x where x.key = hold_key and x.phase = 'pending';
  if hold.id is null or amount_ < 0 or amount_ > hold.amount then raise exception 'not that much is held by %', hold_key using errcode = 'LG004'; end if;
  perform public.ledger_lock(hold.account_id, hold.currency);
  if exists (select from public.posting x where x.pending_id = hold.id and x.key <> key_) then
    raise exception 'the hold % has ended', hold_key using errcode = 'LG006';
  end if;
  p := hold;
  p.key := key_; p.phase := case when amount_ > 0 then 'capture' else 'release' end; p.pending_id := hold.id; p.amount := amount_;
  p.details := details_; p.expires_at := null;
  p := public.posting_put(p);
  perform public.ledger_pay_debt(key_, hold.account_id, hold.currency);
  return p;
end $$;

/* A payment arrived: it is the company's, and pays its debt first. `payment`: the gateway's id of the money itself. */
create or replace function ledger_settle_topup(account_ uuid, gateway text, payment text, amount_ bigint, currency_ text, details_ jsonb default '{}')
returns posting language sql volatile security definer set search_path = pg_catalog, public as $$
  select public.ledger_post('topup:' || gateway || ':' || payment, account_, 'clearing/' || gateway, 'prepaid', amount_, currency_, 'topup',
    'payment', gateway || ':' || payment, details_)
$$;

/* Takes what must be paid, whether it can be or not: what is free is spent, the rest is owed. The same key again takes nothing. */
create or replace function ledger_take(p posting, total bigint) returns void
language plpgsql volatile as $$
declare
  a public.ledger_account := public.ledger_lock(p.account_id, p.currency);
  first_ public.posting;
begin
  select * into first_ from public.posting x where x.key = p.key;
  if first_.id is not null then
    if (first_.account_id, first_.cause_id, first_.reason, first_.details ->> 'total') is distinct from (p.account_id, p.cause_id, p.reason, total::text) then
      raise exception 'the key % stands for something else', p.key using errcode = 'LG409';
    end if;
    return;
  end if;
  p.phase := 'posted'; p.debit_id := a.id; p.details := p.details || jsonb_build_object('total', total::text);
  p.amount := greatest(0, least(total, a.credits - a.debits - a.held - a.floor));
  perform public.posting_put(p);
  if p.amount < total then
    p.key := p.key || ':owed'; p.debit_id := public.ledger_named(p.account_id, 'debt', p.currency); p.amount := total - p.amount;
    perform public.posting_put(p);
  end if;
end $$;

/* The gateway took money back (a refund, a dispute): what is free goes, the rest is owed. Frozen or not; never more than came in (LG007). */
create or replace function ledger_claw_back(key_ text, account_ uuid, gateway text, payment text, amount_ bigint, currency_ text, reason_ text,
  details_ jsonb default '{}') returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare p public.posting;
begin
  perform public.ledger_lock(account_, currency_);
  if not exists (select from public.posting x where x.key = key_) and amount_ > public.payment_left(gateway || ':' || payment) then
    raise exception 'more would be taken back than came in' using errcode = 'LG007';
  end if;
  p.account_id := account_; p.key := key_; p.currency := currency_; p.reason := reason_; p.cause_kind := 'payment'; p.cause_id := gateway || ':' || payment;
  p.details := details_; p.credit_id := public.ledger_named(account_, 'clearing/' || gateway, currency_);
  perform public.ledger_take(p, amount_);
end $$;

/* What a company has had and must pay, as a message whose price was told too late to hold it. Frozen or not; what the balance lacks is owed. */
create or replace function ledger_charge(key_ text, account_ uuid, credit text, amount_ bigint, currency_ text, reason_ text, cause_kind_ text, cause_id_ text,
  details_ jsonb default '{}') returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare p public.posting;
begin
  p.account_id := account_; p.key := key_; p.currency := currency_; p.reason := reason_; p.cause_kind := cause_kind_; p.cause_id := cause_id_;
  p.details := details_; p.credit_id := public.ledger_named(account_, credit, currency_);
  perform public.ledger_take(p, amount_);
end $$;

/* The gateway gave back what it had taken (a refund that failed, a dispute that was won): at most that (LG007). */
create or replace function ledger_reinstate(key_ text, account_ uuid, gateway text, payment text, amount_ bigint, currency_ text, details_ jsonb default '{}')
returns posting language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  cause text := gateway || ':' || payment;
  came_in bigint;
begin
  perform public.ledger_lock(account_, currency_);
  select coalesce(sum(p.amount), 0) into came_in from public.posting p where p.cause_kind = 'payment' and p.cause_id = cause and p.reason = 'topup';
  if not exists (select from public.posting p where p.key = key_) and public.payment_left(cause) + amount_ > came_in then
    raise exception 'more would be given back than was taken' using errcode = 'LG007';
  end if;
  return public.ledger_post(key_, account_, 'clearing/' || gateway, 'prepaid', amount_, currency_, 'reinstated', 'payment', cause, details_);
end $$;

/* Stops and allows spending. */
create or replace function ledger_freeze(account_ uuid, currency_ text, is_frozen_ boolean) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.ledger_account a set is_frozen = is_frozen_ where a.account_id = account_ and a.kind = 'prepaid' and a.currency = currency_
$$;

/* Releases holds whose time is over, at most `limit_`; those that somebody is ending right now are left to them. Gives how many. */
create or replace function ledger_expire_holds(limit_ int) returns int
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  h record;
  n int := 0;
begin
  for h in
    select p.key from public.posting p join public.ledger_account a on a.id = p.debit_id
    where p.phase = 'pending' and p.expires_at < now() and not exists (select from public.posting e where e.pending_id = p.id)
    order by a.id, p.seq limit limit_ for update of a skip locked
  loop
    begin
      perform public.ledger_end_hold(h.key || ':expired', h.key, 0, '{"expired": true}');
      n := n + 1;
    exception when sqlstate 'LG006' then null;
    end;
  end loop;
  return n;
end $$;

/* A company's balance: what is there, what is promised, what may be spent, what is owed. Micro-units, as text for JSON. */
create or replace function ledger_balance(account_ uuid, currency_ text) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('currency', currency_, 'balance', (a.credits - a.debits)::text, 'held', a.held::text,
    'available', (a.credits - a.debits - a.held - a.floor)::text, 'owed', (d.debits - d.credits)::text, 'frozen', a.is_frozen)
  from public.ledger_account a join public.ledger_account d on d.account_id = a.account_id and d.kind = 'debt' and d.currency = a.currency
  where a.account_id = account_ and a.kind = 'prepaid' and a.currency = currency_
$$;

/* What is wrong in the ledger, worked out anew from its postings. No row: nothing. */
create or replace function ledger_audit() returns table (what text, subject text, expected text, found text)
language sql stable security definer set search_path = pg_catalog, public as $$
  with sides as (
    select p.debit_id as id, p.amount as debit, 0::bigint as credit, 0::bigint as held from public.posting p where p.phase in ('posted', 'capture')
    union all select p.credit_id, 0, p.amount, 0 from public.posting p where p.phase in ('posted', 'capture')
    union all select p.debit_id, 0, 0, p.amount from public.posting p where p.phase = 'pending'
      and not exists (select from public.posting e where e.pending_id = p.id)),
  sums as (select id, sum(debit)::bigint as debits, sum(credit)::bigint as credits, sum(held)::bigint as held from sides group by id),
  truth as (select a.*, coalesce(s.debits, 0) as debits_, coalesce(s.credits, 0) as credits_, coalesce(s.held, 0) as held_
    from public.ledger_account a left join sums s on s.id = a.id)
  select 'balance', t.id::text, format('%s %s %s', t.debits_, t.credits_, t.held_), format('%s %s %s', t.debits, t.credits, t.held)
    from truth t where t.is_inline and (t.debits, t.credits, t.held) <> (t.debits_, t.credits_, t.held_)
  union all
  select 'balance after', x.id::text, x.expected::text, x.balance_after::text from (
    select p.id, p.balance_after, sum(case when c.account_id is null then 0 else p.amount end - case when d.account_id is null then 0 else p.amount end)
      over (partition by p.account_id, p.currency order by p.seq) as expected
    from public.posting p join public.ledger_account d on d.id = p.debit_id join public.ledger_account c on c.id = p.credit_id
    where p.account_id is not null and p.phase in ('posted', 'capture')) x where x.balance_after <> x.expected
  union all
  select 'currency', p.id::text, p.currency, d.currency || ' ' || c.currency
    from public.posting p join public.ledger_account d on d.id = p.debit_id join public.ledger_account c on c.id = p.credit_id
    where p.currency <> d.currency or p.currency <> c.currency
  union all
  select 'owner', p.id::text, p.account_id::text, a.account_id::text
    from public.posting p join public.ledger_account a on a.id in (p.debit_id, p.credit_id) where a.account_id <> p.account_id or (a.account_id is not null and p.account_id is null)
  union all
  select 'capture', e.id::text, p.amount::text, e.amount::text
    from public.posting e join public.posting p on p.id = e.pending_id where e.amount > p.amount or p.phase <> 'pending' or (e.debit_id, e.credit_id) <> (p.debit_id, p.credit_id)
  union all
  select 'debt before spending', d.account_id::text, '0', least(d.debits - d.credits, a.credits - a.debits - a.held - a.floor)::text
    from public.ledger_account d join public.ledger_account a on a.account_id = d.account_id and a.kind = 'prepaid' and a.currency = d.currency
    where d.kind = 'debt' and d.debits > d.credits and a.credits - a.debits - a.held > a.floor
  union all
  select 'taken back', x.cause_id, '0', x.left_::text
    from (select p.cause_id, sum(case when p.reason in ('topup', 'subscription', 'reinstated') then p.amount when p.reason in ('refund', 'dispute') then -p.amount else 0 end) as left_,
        sum(p.amount) filter (where p.reason in ('topup', 'subscription')) as came_in
      from public.posting p where p.cause_kind = 'payment' and p.phase in ('posted', 'capture') group by p.cause_id) x
    where x.left_ < 0 or x.left_ > x.came_in
  union all
  select 'message', c.message_id::text, c.amount::text, x.paid::text
    from public.message_charge c cross join lateral (
      select coalesce(sum(case when d.account_id is not null then p.amount else -p.amount end), 0)::bigint as paid
      from public.posting p join public.ledger_account d on d.id = p.debit_id
      where p.cause_kind = 'message' and p.cause_id = c.message_id::text and p.phase in ('posted', 'capture')) x
    where x.paid <> c.amount
$$;

revoke insert, update, delete on ledger_account, posting from app_rw;
revoke delete on ledger_account from app_system;
revoke update, delete on posting from app_system;

-- The Worker moves money by these names alone; what they stand on is nobody's to call.
do $$
declare f text;
begin
  foreach f in array array['posting_stays()', 'balance_guard()', 'posting_balance()', 'posting_apply()', 'ledger_named(uuid,text,text)', 'posting_put(posting)',
    'ledger_lock(uuid,text)', 'ledger_take(posting,bigint)', 'ledger_pay_debt(text,uuid,text)', 'payment_left(text)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach f in array array['ledger_open(uuid,text)', 'ledger_post(text,uuid,text,text,bigint,text,text,text,text,jsonb)',
    'ledger_hold(text,uuid,text,bigint,text,text,text,text,timestamptz,jsonb)', 'ledger_end_hold(text,text,bigint,jsonb)',
    'ledger_charge(text,uuid,text,bigint,text,text,text,text,jsonb)', 'ledger_settle_topup(uuid,text,text,bigint,text,jsonb)', 'ledger_claw_back(text,uuid,text,text,bigint,text,text,jsonb)',
    'ledger_reinstate(text,uuid,text,text,bigint,text,jsonb)', 'ledger_freeze(uuid,text,boolean)', 'ledger_expire_holds(int)',
    'ledger_balance(uuid,text)', 'ledger_audit()'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
