-- Balances that fill themselves (reference/payments.md §4): a rule for each company, one top-up at a time, charged to what its owner let us keep.
-- Whether and how much is decided here, under the lock of the rule's row; the Worker charges what stands as a row, and nothing else.

/* What a company's automatic top-ups of this calendar month come to, in its own time zone: paid, or under way. */
create or replace function automatic_spent(account_ uuid) returns bigint
language sql stable as $$
  select coalesce(sum(t.amount), 0)::bigint from public.account a join public.topup t on t.account_id = a.id
  where a.id = account_ and t.kind = 'automatic' and t.state in ('created', 'open', 'pending', 'paid')
    and t.created_at >= date_trunc('month', now() at time zone a.time_zone) at time zone a.time_zone
$$;

/*
 * What would fill a balance up to its target, what is owed included: in whole units, between 5 and 5,000, and within what is left of the month's ceiling.
 * 0: it is above its threshold. Null: the ceiling leaves too little.
 */
create or replace function automatic_amount(b balance_choice) returns bigint
language plpgsql stable as $$
declare
  free bigint;
  amount_ bigint;
begin
  select a.credits - a.debits - a.held - a.floor - (d.debits - d.credits) into free from public.ledger_account a
    join public.ledger_account d on d.account_id = a.account_id and d.kind = 'debt' and d.currency = a.currency
  where a.account_id = b.account_id and a.kind = 'prepaid' and a.currency = b.currency;
  if free >= b.threshold then return 0; end if;
  amount_ := least(ceil((b.target - free) / 1000000.0)::bigint * 1000000, 5000000000, (b.ceiling - public.automatic_spent(b.account_id)) / 1000000 * 1000000);
  return case when amount_ >= 5000000 then amount_ end;
end $$;

/* When it is tried again after a charge that failed: an hour after the first, six after the second. Null: none has failed. */
create or replace function automatic_again(b balance_choice) returns timestamptz
language sql stable as $$
  select max(t.settled_at) + case b.failures when 1 then interval '1 hour' else interval '6 hours' end from public.topup t
  where b.failures > 0 and t.account_id = b.account_id and t.kind = 'automatic' and t.state in ('failed', 'expired')
$$;

/* Whether nothing may be charged now, needed or not: it is off or has stopped, one is under way, one has just failed, or a dispute has frozen the balance. */
create or replace function automatic_rests(b balance_choice) returns boolean
language sql stable as $$
  select not b.is_automatic or b.stopped_for is not null or coalesce(public.automatic_again(b) > now(), false)
    or exists (select from public.topup t where t.account_id = b.account_id and t.kind = 'automatic' and t.state in ('created', 'open', 'pending'))
    or exists (select from public.ledger_account a where a.account_id = b.account_id and a.kind = 'prepaid' and a.is_frozen)
$$;

/* Whether the month's ceiling is all that keeps a balance from being filled. */
create or replace function automatic_at_ceiling(b balance_choice) returns boolean
language sql stable as $$
  select coalesce(b.is_automatic, false) and b.stopped_for is null and public.automatic_amount(b) is null
    and not exists (select from public.topup t where t.account_id = b.account_id and t.kind = 'automatic' and t.state in ('created', 'open', 'pending'))
$$;

/* Whoever contests a payment is charged nothing more by itself, until a person of the company says so. */
create or replace function automatic_disputed() returns void
language sql volatile as $$
  update public.balance_choice b set stopped_for = 'disputed' where b.is_automatic and b.stopped_for is null and exists (
    select from public.dispute d join public.payment p on p.id = d.payment_id
    where d.account_id = b.account_id and p.topup_id is not null and (d.state = 'open' or (d.state = 'lost' and d.closed_at > b.automatic_since)))
$$;

/*
 * Begins the automatic top-ups that are needed, of one company or of all, and gives their ids. The rule is locked and looked at again before a row is written, and
 * `topup_one_automatic` allows one that is open: however many ask at once, it is one.
 */
create or replace function automatic_begin(account_ uuid, limit_ int) returns setof uuid
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  wants uuid;
  b public.balance_choice;
  c public.gateway_customer;
  amount_ bigint;
  topup_ uuid;
begin
  perform public.automatic_disputed();
  for wants in select x.account_id from public.balance_choice x
    where x.is_automatic and (account_ is null or x.account_id = account_) and not public.automatic_rests(x) and public.automatic_amount(x) > 0 order by x.account_id limit limit_
  loop
    select * into b from public.balance_choice x where x.account_id = wants for update skip locked;
    continue when b.account_id is null or public.automatic_rests(b);
    amount_ := public.automatic_amount(b);
    select * into c from public.gateway_customer x where x.account_id = wants and x.method_ref is not null limit 1;
    continue when coalesce(amount_, 0) = 0 or c.account_id is null;
    insert into public.topup (account_id, gateway, amount, currency, kind, method_ref, look_after)
      values (wants, c.gateway, amount_, b.currency, 'automatic', c.method_ref, now() + interval '2 minutes') returning id into topup_;
    return next topup_;
  end loop;
end $$;

/* An automatic top-up has ended. Paid, what failed before is forgiven; three failures in a row stop the rule, and a bank that asks for its owner does at once. */
create or replace function automatic_ended() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
declare stopped text;
begin
  update public.balance_choice b set
    failures = case when new.state = 'paid' then 0 else b.failures + 1 end,
    stopped_for = case when new.state = 'paid' or b.stopped_for is not null then b.stopped_for
      when new.problem = 'authentication_required' then new.problem when b.failures >= 2 then 'declined' end
  where b.account_id = new.account_id returning b.stopped_for into stopped;
  -- One that has stopped for it has an alarm of its own.
  if new.state <> 'paid' and stopped is null then
    perform public.alert_note(new.account_id, 'topup:' || new.id, 'topup.failed',
      public.alert_balance(new.account_id) || jsonb_build_object('asked', new.amount::text, 'currency', new.currency, 'problem', new.problem));
  end if;
  return null;
end $$;

create or replace trigger topup_automatic_ended after update of state on topup for each row
  when (new.kind = 'automatic' and new.state <> old.state and new.state in ('paid', 'failed', 'expired')) execute function automatic_ended();

/* What the buyer of a top-up let us keep: charged from now on, and what another one had stopped goes on. */
create or replace function method_keep(account_ uuid, gateway_ text, method jsonb) returns void
language plpgsql volatile as $$
begin
  update public.gateway_customer c set method_ref = method ->> 'ref', method_label = method ->> 'label' where c.account_id = account_ and c.gateway = gateway_;
  update public.balance_choice b set failures = 0, stopped_for = null, automatic_since = now()
    where b.account_id = account_ and (b.failures > 0 or b.stopped_for in ('declined', 'authentication_required'));
end $$;

/* The rule as its company sees it. `nextTry`: after a charge that failed. */
create or replace function automatic_json(account_ uuid) returns jsonb
language sql stable as $$
  select jsonb_build_object('isOn', coalesce(b.is_automatic, false), 'threshold', b.threshold::text, 'target', b.target::text, 'ceiling', b.ceiling::text,
    'spent', public.automatic_spent(account_)::text, 'failures', coalesce(b.failures, 0), 'stoppedFor', b.stopped_for,
    'isAtCeiling', public.automatic_at_ceiling(b), 'nextTry', case when b.is_automatic then public.iso(public.automatic_again(b)) end,
    'method', (select jsonb_build_object('gateway', c.gateway, 'label', c.method_label) from public.gateway_customer c where c.account_id = account_ and c.method_ref is not null limit 1))
  from (select 1) one left join public.balance_choice b on b.account_id = account_
$$;

/* A person turns automatic top-ups on, off, or on again after they stopped. */
create or replace function api_automatic_choose(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  before_ balance_choice;
  after_ balance_choice;
  wants boolean := (args ->> 'isOn')::boolean;
begin
  if this_person() is null then perform refuse('forbidden'); end if;
  perform ledger_open(this_account(), args ->> 'currency');
  if wants and not exists (select from gateway_customer c where c.account_id = this_account() and c.method_ref is not null) then perform refuse('method_missing'); end if;
  if wants and (ledger_balance(this_account(), args ->> 'currency') ->> 'frozen')::boolean then perform refuse('balance_frozen'); end if;
  select * into before_ from balance_choice x where x.account_id = this_account() for update;
  insert into balance_choice as x (account_id, currency, low_level, very_low_level, is_automatic, threshold, target, ceiling, automatic_since)
    values (this_account(), args ->> 'currency', 10000000, 3000000, wants, (args ->> 'threshold')::bigint, (args ->> 'target')::bigint, (args ->> 'ceiling')::bigint, now())
  on conflict (account_id) do update set is_automatic = wants, threshold = excluded.threshold, target = excluded.target, ceiling = excluded.ceiling, failures = 0,
    stopped_for = null, automatic_since = now(), changed_at = now() returning * into after_;
  perform audit_mine('balance.automatic', 'balance', this_account()::text, null,
    jsonb_build_object('isOn', before_.is_automatic, 'threshold', before_.threshold, 'target', before_.target, 'ceiling', before_.ceiling, 'stoppedFor', before_.stopped_for),
    jsonb_build_object('isOn', wants, 'threshold', after_.threshold, 'target', after_.target, 'ceiling', after_.ceiling));
  return json_build_object('done', true);
end $$;

/* Nothing is charged by itself any more. Gives what was kept, so that its gateway forgets it too. */
create or replace function api_method_forget(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare kept gateway_customer;
begin
  if this_person() is null then perform refuse('forbidden'); end if;
  update balance_choice x set is_automatic = false, failures = 0, stopped_for = null, changed_at = now() where x.account_id = this_account();
  select * into kept from gateway_customer c where c.account_id = this_account() and c.method_ref is not null for update;
  if kept.account_id is null then return json_build_object('gateway', null, 'ref', null); end if;
  update gateway_customer c set method_ref = null, method_label = null, card_page = null where c.account_id = kept.account_id and c.gateway = kept.gateway;
  perform audit_mine('balance.method_forgotten', 'balance', this_account()::text, kept.method_label, null, null);
  return json_build_object('gateway', kept.gateway, 'ref', kept.method_ref);
end $$;

do $$
declare f text;
begin
  foreach f in array array['automatic_spent(uuid)', 'automatic_amount(balance_choice)', 'automatic_again(balance_choice)', 'automatic_rests(balance_choice)', 'automatic_at_ceiling(balance_choice)', 'automatic_disputed()',
    'automatic_ended()', 'method_keep(uuid,text,jsonb)', 'automatic_json(uuid)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach f in array array['automatic_begin(uuid,int)', 'api_automatic_choose(jsonb)', 'api_method_forget(jsonb)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
