-- Reconciliation: what a gateway's own report tells of our account there, beside our books, both ways (reference/payments.md §7). The report moves
-- no company's money: that is done by the same looks as ever. Only what nobody else tells us is booked here: fees, payouts, money of nobody.

grant select, insert, update, delete on recon_item, recon_day, recon_balance, recon_books to app_system;

/* A posting as our account at a gateway sees it: above zero it came in. Null: it is not about that account. */
create or replace function recon_effect(p posting, clearing_ uuid) returns bigint language sql immutable as $$
  select case when p.phase not in ('posted', 'capture') then null when p.debit_id = clearing_ then p.amount when p.credit_id = clearing_ then -p.amount end
$$;

/* What our account at a gateway and another one of ours have between them, for this cause. Fees of disputes were once booked by the name of the dispute. */
create or replace function recon_between(gateway_ text, account_ text, cause_kind_ text, ref_ text, currency_ text) returns bigint
language sql stable as $$
  select coalesce(sum(public.recon_effect(p, c.id)), 0)::bigint
  from public.ledger_account c join public.ledger_account o on o.account_id is null and o.kind = account_ and o.currency = c.currency
  join public.posting p on (p.debit_id, p.credit_id) in ((c.id, o.id), (o.id, c.id))
  where c.account_id is null and c.kind = 'clearing' and c.sub = gateway_ and c.currency = currency_
    and ((p.cause_kind = cause_kind_ and p.cause_id = gateway_ || ':' || ref_)
      or (cause_kind_ = 'payment' and p.cause_kind = 'dispute' and p.cause_id in (select gateway_ || ':' || d.ref
        from public.payment x join public.dispute d on d.payment_id = x.id where x.gateway = gateway_ and x.ref = ref_)))
$$;

/* What our books say of a subject, with what was taken upon ourselves. */
create or replace function recon_ours(gateway_ text, subject_ text, currency_ text) returns bigint
language sql stable as $$
  select case when subject_ like 'fee:%' then public.recon_between(gateway_, 'dispute_fees', 'payment', substr(subject_, 5), currency_)
      + public.recon_between(gateway_, 'rounding', 'difference', subject_, currency_)
    else (select coalesce(sum(public.recon_effect(p, c.id)), 0)::bigint
      from public.ledger_account c join public.posting p on c.id in (p.debit_id, p.credit_id)
      where c.account_id is null and c.kind = 'clearing' and c.sub = gateway_ and c.currency = currency_
        and p.cause_kind in ('payment', 'movement', 'difference')
        and p.cause_id in (gateway_ || ':' || substr(subject_, strpos(subject_, ':') + 1), gateway_ || ':' || subject_)
        and case p.cause_kind when 'difference' then p.cause_id = gateway_ || ':' || subject_
          when 'movement' then subject_ like 'own:%' and p.reason = 'payout'
          else (subject_ like 'in:%' and p.reason in ('topup', 'subscription')) or (subject_ like 'back:%' and p.reason in ('refund', 'dispute', 'reinstated')) end) end
$$;

/*
 * Books between our account at a gateway and another one of ours until what they have between them, for this cause, is what is wanted. Whoever
 * asks holds a lock on that cause. Its key counts what was booked before: a figure that changes is followed, also back to what it was.
 */
create or replace function recon_book(gateway_ text, cause_kind_ text, ref_ text, account_ text, wanted bigint, currency_ text, reason_ text) returns void
language plpgsql volatile as $$
declare
  there bigint := public.recon_between(gateway_, account_, cause_kind_, ref_, currency_);
  before_ bigint;
begin
  if wanted = there then return; end if;
  insert into public.ledger_account (kind, sub, currency, is_inline) values ('clearing', gateway_, currency_, false), (account_, '', currency_, false) on conflict do nothing;
  select count(*) into before_ from public.posting p where p.cause_kind = cause_kind_ and p.cause_id = gateway_ || ':' || ref_;
  perform public.ledger_post(format('recon:%s:%s:%s:%s:%s:%s', gateway_, ref_, account_, wanted, there, before_), null,
    case when wanted > there then 'clearing/' || gateway_ else account_ end, case when wanted > there then account_ else 'clearing/' || gateway_ end,
    abs(wanted - there), currency_, reason_, cause_kind_, gateway_ || ':' || ref_);
end $$;

/* Whether the gateway's report has told what became of a payment that was disputed, and so of its fee. */
create or replace function recon_tells_fees(gateway_ text, payment_ text, currency_ text) returns boolean language sql stable as $$
  select exists (select from public.recon_item i where i.gateway = gateway_ and i.payment_ref = payment_ and i.currency = currency_ and i.kind = 'dispute' and i.amount is not null)
$$;

/* What the gateway has kept of a payment that is known here, and of what became of it. */
create or replace function recon_fees(gateway_ text, payment_ text) returns void
language plpgsql volatile as $$
declare
  p public.payment;
  x record;
begin
  select * into p from public.payment y where y.gateway = gateway_ and y.ref = payment_ for update;
  if p.id is null then return; end if;
  for x in select i.currency, i.kind = 'dispute' as is_dispute, sum(i.fee)::bigint as fee from public.recon_item i
    where i.gateway = gateway_ and i.payment_ref = payment_ and i.amount is not null group by 1, 2 order by 1, 2
  loop
    if not x.is_dispute and p.fee is null and x.fee >= 0 and x.currency = p.currency then
      update public.payment y set fee = x.fee where y.id = p.id returning * into p;
      perform public.payment_fee(p);
    end if;
    perform public.recon_book(gateway_, 'payment', payment_, case when x.is_dispute then 'dispute_fees' else 'provider_fees' end, -x.fee, x.currency, 'fee');
  end loop;
end $$;

/* What no look would ever tell us: fees of their own, payouts, and money of nobody, which stands apart until a person decides. */
create or replace function recon_own(i recon_item) returns void
language plpgsql volatile as $$
begin
  if i.kind = 'payout' then perform public.recon_book(i.gateway, 'movement', i.ref, 'bank', i.amount, i.currency, 'payout'); end if;
  if i.payment_ref is null then perform public.recon_book(i.gateway, 'movement', i.ref, 'provider_fees', -i.fee, i.currency, 'fee'); end if;
  if i.kind = 'other' and i.payment_ref = i.ref and not exists (select from public.payment p where p.gateway = i.gateway and p.ref = i.ref) then
    perform public.payment_unallocated(i.gateway, jsonb_build_object('ref', i.ref, 'amount', i.amount::text, 'currency', i.currency, 'fee', nullif(i.fee, 0)::text,
      'at', i.at, 'method', i.code), null, 'of_nobody');
  end if;
end $$;

/* What our books have of these days and the gateway does not. */
create or replace function recon_only_ours(gateway_ text, from_ timestamptz, to_ timestamptz) returns void
language sql volatile as $$
  insert into public.recon_item (gateway, ref, day, at, kind, payment_ref, subject, currency, code)
  select gateway_, 'ours:' || x.subject || ':' || x.currency, (x.at at time zone 'UTC')::date, x.at, x.kind, x.ref, x.subject, x.currency, ''
  from (
    select 'in:' || p.ref as subject, 'payment' as kind, p.ref, p.currency, p.at from public.payment p where p.gateway = gateway_ and p.at >= from_ and p.at < to_
    union all
    select 'back:' || y.ref, 'refund', y.ref, p.currency, min(p.at)
    from public.ledger_account c join public.posting p on p.credit_id = c.id join public.payment y on p.cause_id = gateway_ || ':' || y.ref and y.gateway = gateway_
    where c.account_id is null and c.kind = 'clearing' and c.sub = gateway_ and p.cause_kind = 'payment' and p.phase in ('posted', 'capture')
      and p.reason in ('refund', 'dispute') and p.at >= from_ and p.at < to_ group by y.ref, p.currency
    union all
    select 'fee:' || y.ref, 'fee', y.ref, y.currency, max(d.seen_at) from public.dispute d join public.payment y on y.id = d.payment_id
    where d.gateway = gateway_ and d.fee > 0 and d.seen_at >= from_ and d.seen_at < to_ and not public.recon_tells_fees(gateway_, y.ref, y.currency)
    group by y.ref, y.currency) x
  where public.recon_ours(gateway_, x.subject, x.currency) <> 0
    and not exists (select from public.recon_item i where i.gateway = gateway_ and i.subject = x.subject and i.currency = x.currency)
  on conflict (gateway, ref) do nothing
$$;

/*
 * Compares again what is of these days, and whatever is still open. What is younger than a day may still come, so it is late. A decision
 * holds as long as the difference is the one that was decided over. Gives the payments that a look may settle.
 */
create or replace function recon_judge(gateway_ text, from_ timestamptz, to_ timestamptz) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare x record;
begin
  perform pg_advisory_xact_lock(hashtextextended(gateway_, 245));
  perform public.recon_only_ours(gateway_, from_, to_);
  delete from public.recon_item o where o.gateway = gateway_ and o.amount is null
    and (exists (select from public.recon_item i where i.gateway = gateway_ and i.subject = o.subject and i.currency = o.currency and i.amount is not null)
      or (o.subject like 'fee:%' and not o.is_booked and public.recon_tells_fees(gateway_, o.payment_ref, o.currency)));
  for x in select distinct i.payment_ref from public.recon_item i where i.gateway = gateway_ and i.at >= from_ and i.at < to_ and i.payment_ref is not null and i.amount is not null loop
    perform public.recon_fees(gateway_, x.payment_ref);
  end loop;
  for x in
    select i.subject, i.currency, coalesce(sum(i.amount), f.fee, 0)::bigint as theirs, count(i.amount) > 0 or f.fee is not null as is_theirs, max(i.at) as latest,
      public.recon_ours(gateway_, i.subject, i.currency) as ours
    from public.recon_item i
    -- A fee of a dispute that was taken upon ourselves, and is told after all: it stands in the lines of the dispute.
    left join lateral (select -sum(l.fee) as fee from public.recon_item l where i.subject like 'fee:%' and l.gateway = gateway_ and l.payment_ref = i.payment_ref
      and l.currency = i.currency and l.kind = 'dispute' and l.amount is not null) f on true
    where i.gateway = gateway_ and i.subject in (select y.subject from public.recon_item y
      where y.gateway = gateway_ and ((y.at >= from_ and y.at < to_) or y.verdict not in ('matched', 'decided')))
    group by i.subject, i.currency, f.fee
  loop
    update public.recon_item i set their_sum = x.theirs, our_sum = x.ours,
      verdict = case when i.decided_difference = x.theirs - x.ours then 'decided' when x.theirs = x.ours then 'matched'
        when x.latest > now() - interval '24 hours' then 'late' when not x.is_theirs then 'missing_there' when x.ours = 0 then 'missing_here' else 'differs' end
    where i.gateway = gateway_ and i.subject = x.subject and i.currency = x.currency;
  end loop;
  return (select coalesce(jsonb_agg(y.payment_ref), '[]') from (select distinct i.payment_ref from public.recon_item i
    where i.gateway = gateway_ and i.verdict in ('late', 'missing_here', 'differs') and i.amount is not null and i.payment_ref is not null limit 200) y);
end $$;

/* What a gateway's report has told of these days. Told again, or twice in one report: the same rows. */
create or replace function recon_take(gateway_ text, from_ timestamptz, to_ timestamptz, movements jsonb) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare i public.recon_item;
begin
  perform pg_advisory_xact_lock(hashtextextended(gateway_, 245));
  insert into public.recon_item as there (gateway, ref, day, at, kind, payment_ref, subject, amount, fee, currency, code)
  select distinct on (m ->> 'ref') gateway_, m ->> 'ref', ((m ->> 'at')::timestamptz at time zone 'UTC')::date, (m ->> 'at')::timestamptz, m ->> 'kind', m ->> 'paymentRef',
    case when m ->> 'paymentRef' is null then 'own:' || (m ->> 'ref') when m ->> 'kind' in ('refund', 'dispute') then 'back:' || (m ->> 'paymentRef') else 'in:' || (m ->> 'paymentRef') end,
    (m ->> 'amount')::bigint, (m ->> 'fee')::bigint, m ->> 'currency', m ->> 'code'
  from jsonb_array_elements(movements) m order by m ->> 'ref'
  on conflict (gateway, ref) do update set amount = excluded.amount, fee = excluded.fee where (there.amount, there.fee) is distinct from (excluded.amount, excluded.fee);
  for i in select * from public.recon_item y where y.gateway = gateway_ and y.at >= from_ and y.at < to_ and y.amount is not null and (y.payment_ref is null or y.kind = 'other')
    order by y.ref loop
    perform public.recon_own(i);
  end loop;
  insert into public.recon_day as d (gateway, day, looked_at)
  select gateway_, x::date, now() from generate_series((from_ at time zone 'UTC')::date, ((to_ - interval '1 millisecond') at time zone 'UTC')::date, interval '1 day') x
  on conflict (gateway, day) do update set looked_at = now(), tried_at = now(), problem = null;
  return public.recon_judge(gateway_, from_, to_);
end $$;

/* The report could not be read: it is tried again, and whoever looks sees why. */
create or replace function recon_failed(gateway_ text, from_ timestamptz, to_ timestamptz, problem_ text) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  insert into public.recon_day as d (gateway, day, problem)
  select gateway_, x::date, problem_ from generate_series((from_ at time zone 'UTC')::date, ((to_ - interval '1 millisecond') at time zone 'UTC')::date, interval '1 day') x
  on conflict (gateway, day) do update set problem = problem_, tried_at = now()
$$;

/* Puts what a gateway says that it has beside our books. The difference is what its movements explain, or it is not explained at all. */
create or replace function recon_weigh(gateway_ text, holdings jsonb) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  with theirs as (select h ->> 'currency' as currency, (h ->> 'available')::bigint as available, (h ->> 'pending')::bigint as pending from jsonb_array_elements(holdings) h),
    ours as (select c.currency, coalesce(sum(public.recon_effect(p, c.id)), 0)::bigint as books
      from public.ledger_account c left join public.posting p on c.id in (p.debit_id, p.credit_id)
      where c.account_id is null and c.kind = 'clearing' and c.sub = gateway_ group by c.currency),
    open as (select x.currency, sum(x.their_sum - x.our_sum)::bigint as explained
      from (select distinct i.subject, i.currency, i.their_sum, i.our_sum from public.recon_item i where i.gateway = gateway_ and i.their_sum <> i.our_sum) x group by x.currency)
  insert into public.recon_balance as b (gateway, currency, available, pending, books, explained, seen_at, off_since)
  select gateway_, currency, coalesce(t.available, 0), coalesce(t.pending, 0), coalesce(o.books, 0), coalesce(e.explained, 0), now(),
    case when coalesce(t.available + t.pending, 0) - coalesce(o.books, 0) <> coalesce(e.explained, 0) then now() end
  from theirs t full join ours o using (currency) left join open e using (currency)
  where t.available <> 0 or t.pending <> 0 or o.books <> 0
  on conflict (gateway, currency) do update set available = excluded.available, pending = excluded.pending, books = excluded.books, explained = excluded.explained,
    seen_at = excluded.seen_at, off_since = case when excluded.off_since is not null then coalesce(b.off_since, excluded.off_since) end
$$;

/* Works our own books out anew from their postings. */
create or replace function recon_books() returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  with sides as (
      select d.currency, d.kind, p.amount as debit, 0::bigint as credit from public.posting p join public.ledger_account d on d.id = p.debit_id where p.phase in ('posted', 'capture')
      union all select c.currency, c.kind, 0, p.amount from public.posting p join public.ledger_account c on c.id = p.credit_id where p.phase in ('posted', 'capture')),
    sums as (select currency, sum(debit)::bigint as debits, sum(credit)::bigint as credits, coalesce(sum(credit - debit) filter (where kind = 'prepaid'), 0)::bigint as prepaid
      from sides group by currency),
    shown as (select a.currency, sum(a.credits - a.debits)::bigint as shown from public.ledger_account a where a.kind = 'prepaid' group by a.currency)
  insert into public.recon_books as b (currency, debits, credits, prepaid, shown, seen_at)
  select currency, coalesce(s.debits, 0), coalesce(s.credits, 0), coalesce(s.prepaid, 0), coalesce(h.shown, 0), now() from sums s full join shown h using (currency)
  on conflict (currency) do update set debits = excluded.debits, credits = excluded.credits, prepaid = excluded.prepaid, shown = excluded.shown, seen_at = excluded.seen_at
$$;

/* Which of these gateways were not compared today yet; whoever asks does it, and nobody else for ten minutes. */
create or replace function recon_due(gateways text[]) returns setof text
language sql volatile security definer set search_path = pg_catalog, public as $$
  insert into public.recon_day as d (gateway, day) select g, (now() at time zone 'UTC')::date - 1 from unnest(gateways) g
  on conflict (gateway, day) do update set tried_at = now()
    where coalesce(d.looked_at, '-infinity') < date_trunc('day', now(), 'UTC') and d.tried_at < now() - interval '9 minutes'
  returning d.gateway
$$;

/* What a person must look at: differences that nobody has decided over, and sums that nothing explains for a day. */
create or replace function recon_figures() returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('reconDifferences', (select count(*) from public.recon_item where verdict in ('missing_here', 'missing_there', 'differs'))
    + (select count(*) from public.recon_balance where off_since < now() - interval '1 day')
    + (select count(*) from public.recon_books where debits <> credits or prepaid <> shown))
$$;

do $$
declare f text;
begin
  foreach f in array array['recon_effect(posting,uuid)', 'recon_between(text,text,text,text,text)', 'recon_ours(text,text,text)', 'recon_tells_fees(text,text,text)', 'recon_book(text,text,text,text,bigint,text,text)', 'recon_fees(text,text)',
    'recon_own(recon_item)', 'recon_only_ours(text,timestamptz,timestamptz)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach f in array array['recon_judge(text,timestamptz,timestamptz)', 'recon_take(text,timestamptz,timestamptz,jsonb)', 'recon_failed(text,timestamptz,timestamptz,text)',
    'recon_weigh(text,jsonb)', 'recon_books()', 'recon_due(text[])', 'recon_figures()'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
