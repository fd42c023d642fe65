-- Reconciliation as who runs the service sees it. Each function asks is_operator() first, and is silent to everybody else.

/* A movement beside our books, as an operator reads it. */
create or replace function recon_item_json(i recon_item) returns jsonb language sql stable as $$
  select jsonb_build_object('id', i.id, 'gateway', i.gateway, 'day', i.day, 'at', public.iso(i.at), 'kind', i.kind, 'ref', case when i.amount is not null then i.ref end,
    'paymentRef', i.payment_ref, 'code', i.code, 'amount', i.amount::text, 'fee', i.fee::text, 'currency', i.currency, 'verdict', i.verdict,
    'theirs', i.their_sum::text, 'ours', i.our_sum::text, 'company', a.name, 'ofNobody', p.problem is not null,
    'decision', case when i.decided_at is not null then jsonb_build_object('by', coalesce(w.name, ''), 'at', public.iso(i.decided_at), 'reason', i.reason, 'isBooked', i.is_booked,
      'difference', i.decided_difference::text) end)
  from (select 1) one left join public.payment p on p.gateway = i.gateway and p.ref = i.payment_ref left join public.account a on a.id = p.account_id
  left join public.person w on w.id = i.decided_by
$$;

/* Days with each gateway, the latest first, thirty at a time; what each gateway has beside our books; our own books. */
create or replace function api_operator_recon(args jsonb) returns json
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  rows_ jsonb[];
  n int;
begin
  if not public.is_operator() then return null; end if;
  select array_agg(x.json order by x.day desc, x.gateway), count(*) into rows_, n from (
    select d.day, d.gateway, jsonb_build_object('gateway', d.gateway, 'day', d.day, 'lookedAt', public.iso(d.looked_at), 'problem', d.problem) || (
      select jsonb_build_object('matched', count(*) filter (where i.verdict = 'matched'), 'late', count(*) filter (where i.verdict = 'late'),
        'open', count(*) filter (where i.verdict in ('missing_here', 'missing_there', 'differs')), 'decided', count(*) filter (where i.verdict = 'decided'))
      from public.recon_item i where i.day = d.day and i.gateway = d.gateway) as json
    from public.recon_day d
    where args ->> 'cursor' is null or d.day < split_part(args ->> 'cursor', ' ', 1)::date or (d.day = split_part(args ->> 'cursor', ' ', 1)::date and d.gateway > split_part(args ->> 'cursor', ' ', 2))
    order by d.day desc, d.gateway limit 30) x;
  return json_build_object('days', coalesce(to_json(rows_), '[]'), 'next', case when n = 30 then (rows_[30] ->> 'day') || ' ' || (rows_[30] ->> 'gateway') end,
    'open', (select count(*) from public.recon_item i where i.verdict in ('missing_here', 'missing_there', 'differs')),
    'balances', (select coalesce(jsonb_agg(jsonb_build_object('gateway', b.gateway, 'currency', b.currency, 'available', b.available::text, 'pending', b.pending::text,
      'books', b.books::text, 'explained', b.explained::text, 'seenAt', public.iso(b.seen_at), 'offSince', public.iso(b.off_since)) order by b.gateway, b.currency), '[]') from public.recon_balance b),
    'books', (select coalesce(jsonb_agg(jsonb_build_object('currency', b.currency, 'debits', b.debits::text, 'credits', b.credits::text, 'prepaid', b.prepaid::text,
      'shown', b.shown::text, 'seenAt', public.iso(b.seen_at)) order by b.currency), '[]') from public.recon_books b));
end $$;

/* Movements, the latest first: of a day and a gateway, or of all; `show` is open, late, decided or matched. */
create or replace function api_operator_recon_items(args jsonb) returns json
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  rows_ jsonb[];
  n int;
  size int := least(coalesce((args ->> 'limit')::int, 30), 20001);
  after_ public.recon_item;
begin
  if not public.is_operator() then return null; end if;
  select * into after_ from public.recon_item x where x.id = public.as_uuid(args ->> 'cursor');
  select array_agg(public.recon_item_json(x.i) order by (x.i).at desc, (x.i).id desc), count(*) into rows_, n from (
    select i from public.recon_item i
    where (args ->> 'gateway' is null or i.gateway = args ->> 'gateway') and (args ->> 'day' is null or i.day = (args ->> 'day')::date)
      and (args ->> 'show' is null or case args ->> 'show' when 'open' then i.verdict in ('missing_here', 'missing_there', 'differs') else i.verdict = args ->> 'show' end)
      and (after_.id is null or (i.at, i.id) < (after_.at, after_.id))
    order by i.at desc, i.id desc limit size) x;
  return json_build_object('items', coalesce(to_json(rows_), '[]'), 'next', case when n = size then rows_[size] ->> 'id' end);
end $$;

/* A person decides over a difference, with a reason: noted, or taken upon ourselves, so that our books say what the gateway says. */
create or replace function api_operator_recon_decide(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  i public.recon_item;
  books_ boolean := (args ->> 'isBooked')::boolean;
  booked bigint;
begin
  if not public.is_operator() then return null; end if;
  select * into i from public.recon_item x where x.id = public.as_uuid(args ->> 'itemId');
  if i.id is null then return null; end if;
  perform pg_advisory_xact_lock(hashtextextended(i.gateway, 245));
  select * into i from public.recon_item x where x.id = i.id for update;
  if i.verdict not in ('missing_here', 'missing_there', 'differs') then perform public.refuse('changed_meanwhile'); end if;
  if books_ then
    select coalesce(sum(public.recon_effect(p, c.id)), 0) into booked from public.ledger_account c join public.posting p on c.id in (p.debit_id, p.credit_id)
    where c.account_id is null and c.kind = 'clearing' and c.sub = i.gateway and c.currency = i.currency and p.cause_kind = 'difference' and p.cause_id = i.gateway || ':' || i.subject;
    perform public.recon_book(i.gateway, 'difference', i.subject, 'rounding', booked + i.their_sum - i.our_sum, i.currency, 'adjustment');
  end if;
  update public.recon_item x set verdict = 'decided', decided_by = public.this_person(), decided_at = now(), reason = args ->> 'reason', is_booked = books_,
    decided_difference = case when books_ then 0 else i.their_sum - i.our_sum end, our_sum = case when books_ then i.their_sum else x.our_sum end
  where x.gateway = i.gateway and x.subject = i.subject and x.currency = i.currency;
  perform public.audit_mine('recon.decided', 'recon_item', i.id::text, i.ref, null, jsonb_build_object('gateway', i.gateway, 'difference', (i.their_sum - i.our_sum)::text,
    'currency', i.currency, 'isBooked', books_, 'reason', args ->> 'reason'));
  perform public.operator_did(null, 'recon.decided', null, i.ref, args ->> 'reason',
    jsonb_build_object('gateway', i.gateway, 'amount', (i.their_sum - i.our_sum)::text, 'currency', i.currency, 'isBooked', books_));
  select * into i from public.recon_item x where x.id = i.id;
  return public.recon_item_json(i);
end $$;

do $$
declare f text;
begin
  alter function recon_item_json(recon_item) owner to app_system;
  revoke all on function recon_item_json(recon_item) from public;
  foreach f in array array['api_operator_recon(jsonb)', 'api_operator_recon_items(jsonb)', 'api_operator_recon_decide(jsonb)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
