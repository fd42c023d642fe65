-- Our own papers: a receipt for money that became a company's, a credit note for what was taken back of it. They are made after the money has
-- moved, never in its statement: what is wrong with a paper must not keep money from its balance, and papers that waited for the one
-- counter would make all companies wait for each other. What they say is read as it was when the money moved, so nothing is lost by that.

revoke insert, update, delete on paper, fiscal_data from app_rw;
revoke update, delete on paper, fiscal_data from app_system;
grant select, insert on seller to app_system;
grant select, insert, update on paper_count to app_system;

/* What stands on a paper is for ever. */
create or replace function paper_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a paper never changes' using errcode = 'LG001';
end $$;
create or replace trigger paper_stays before update or delete on paper for each row execute function paper_stays();
create or replace trigger seller_stays before update or delete on seller for each row execute function paper_stays();
create or replace trigger fiscal_data_stays before update or delete on fiscal_data for each row execute function paper_stays();

/* `R-000012`, `NC-000003`: a paper as people name it. */
create or replace function paper_number(p paper) returns text language sql immutable as $$
  select case p.kind when 'receipt' then 'R-' else 'NC-' end || lpad(p.n::text, greatest(6, length(p.n::text)), '0')
$$;

/* Who sold at a moment. Whoever is named first has sold all that came before, too. */
create or replace function seller_at(at_ timestamptz) returns seller language sql stable as $$
  select s from public.seller s
  order by s.valid_from <= at_ desc, case when s.valid_from <= at_ then s.valid_from end desc, s.valid_from, s.created_at desc, s.id desc limit 1
$$;

/* To whom a company's papers were made out at a moment; until it has said so, to its name. */
create or replace function buyer_at(account_ uuid, at_ timestamptz) returns jsonb language sql stable as $$
  select coalesce((select jsonb_build_object('name', f.name, 'taxNumber', f.tax_number, 'address', f.address, 'email', f.email)
      from public.fiscal_data f where f.account_id = account_ and f.at <= at_ order by f.at desc limit 1),
    (select jsonb_build_object('name', a.name, 'taxNumber', '', 'address', '', 'email', '') from public.account a where a.id = account_))
$$;

/* The payment that a posting is of. */
create or replace function paper_payment(p posting) returns payment language sql stable as $$
  select y from public.payment y where p.cause_kind = 'payment' and y.gateway = split_part(p.cause_id, ':', 1) and y.ref = substr(p.cause_id, strpos(p.cause_id, ':') + 1)
$$;

/* What paper a posting is for: a payment's money has become a company's, or has left it. Null: none. */
create or replace function paper_kind(p posting) returns text language sql stable as $$
  select case when d.kind in ('clearing', 'unallocated') and c.kind in ('prepaid', 'revenue_subscriptions') then 'receipt'
    when d.kind in ('prepaid', 'debt', 'revenue_subscriptions') and c.kind in ('clearing', 'unallocated') then 'credit_note' end
  from public.ledger_account d, public.ledger_account c
  where d.id = p.debit_id and c.id = p.credit_id and p.phase in ('posted', 'capture') and (public.paper_payment(p)).account_id is not null
$$;

/* The posting that a paper is made for: of a sum that was partly owed, the first of the two. */
create or replace function paper_posting(p posting) returns uuid language sql stable as $$
  select case when right(p.key, 5) = ':owed' then (select x.id from public.posting x where x.key = left(p.key, -5)) else p.id end
$$;

/* The paper of a posting, as lists show it: its kind, and its number once it has one. Null: there is none, or nobody is named who sells. */
create or replace function paper_told(p posting) returns jsonb language sql stable as $$
  select jsonb_build_object('kind', k.kind, 'number', (select public.paper_number(x) from public.paper x where x.posting_id = public.paper_posting(p)))
  from (select public.paper_kind(p) as kind) k where k.kind is not null and exists (select from public.seller)
$$;

/* The papers of a payment as its company reads them, the oldest first. */
create or replace function papers_of(y payment) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(public.paper_told(p) || jsonb_build_object('movementId', p.id) order by p.seq), '[]')
  from public.posting p
  where p.cause_kind = 'payment' and p.cause_id = y.gateway || ':' || y.ref and p.id = public.paper_posting(p) and public.paper_told(p) is not null
    and not exists (select from public.paper x where x.posting_id = p.id and x.account_id <> y.account_id)
$$;

/*
 * Postings that have no paper yet, in the order in which their money moved. A statement that is still running may have a lower place than one
 * that is done: so an hour is looked back.
 */
create or replace function papers_due(limit_ int) returns setof posting language sql stable as $$
  -- Materialized: only what has no paper is asked what kind it is, which costs more than all else.
  with without_ as materialized (
    select p from public.posting p
    where p.cause_kind = 'payment' and p.seq > coalesce((select max(x.seq) from public.paper x where x.at < now() - interval '1 hour'), 0)
      and p.phase in ('posted', 'capture') and p.reason <> 'fee' and right(p.key, 5) <> ':owed' and (p.amount > 0 or p.details ? 'total')
      and not exists (select from public.paper x where x.posting_id = p.id))
  select (w.p).* from without_ w where public.paper_kind(w.p) is not null order by (w.p).seq limit limit_
$$;

/* Makes the paper of a posting, with the next number of whoever sold. */
create or replace function paper_make(p posting) returns void
language plpgsql volatile as $$
declare
  kind_ text := public.paper_kind(p);
  y public.payment := public.paper_payment(p);
  s public.seller := public.seller_at(p.at);
  last_ public.paper;
  account_ uuid;
  n_ bigint;
begin
  select * into last_ from public.paper x where x.payment_id = y.id and x.kind = 'receipt' order by x.seq desc limit 1;
  -- Its payment may be somebody else's since: what is taken back is taken from whom it was given to.
  account_ := case when kind_ = 'receipt' then coalesce(p.account_id, y.account_id) else coalesce(p.account_id, last_.account_id, y.account_id) end;
  insert into public.paper_count as c (issuer, kind, last) values (s.tax_number, kind_, 1) on conflict (issuer, kind) do update set last = c.last + 1 returning c.last into n_;
  insert into public.paper (account_id, kind, issuer, n, seller_id, posting_id, seq, payment_id, about_id, amount, currency, reason, buyer, what, at)
  select account_, kind_, s.tax_number, n_, s.id, p.id, p.seq, y.id, case when kind_ = 'credit_note' then last_.id end,
    coalesce((p.details ->> 'total')::bigint, p.amount), p.currency, p.reason, public.buyer_at(account_, p.at),
    jsonb_strip_nulls(jsonb_build_object('gateway', y.gateway, 'ref', y.ref, 'method', y.method, 'timeZone', a.time_zone, 'plan', x.plan, 'every', x.every,
      'channel', x.channel, 'phone', x.phone, 'paidUntil', p.details ->> 'paidUntil')), p.at
  from public.account a left join lateral (
    select n.name as plan, v.every, c.name as channel, nullif(c.phone, '') as phone
    from public.subscription u join public.plan_price v on v.id = u.plan_price_id join public.plan n on n.id = v.plan_id join public.channel c on c.id = u.channel_id
    where u.id = y.subscription_id and exists (select from public.ledger_account l where l.id in (p.debit_id, p.credit_id) and l.kind = 'revenue_subscriptions')) x on true
  where a.id = account_;
end $$;

/* Makes the papers that are due, one caller at a time, so that numbers follow the money; how many. Who sells must be named first. */
create or replace function papers_issue(limit_ int) returns int
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  p public.posting;
  n int := 0;
begin
  if not exists (select from public.seller) then return 0; end if;
  perform pg_advisory_xact_lock(hashtextextended('papers', 230));
  for p in select * from public.papers_due(limit_) loop
    perform public.paper_make(p);
    n := n + 1;
  end loop;
  return n;
end $$;

/* A paper with all that stands on it; made now, with those that come before it, if it is not there yet. {waits}: too many come before it. */
create or replace function api_paper(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  p posting;
  wanted uuid;
begin
  select * into p from posting x where x.id = as_uuid(args ->> 'movementId');
  wanted := paper_posting(p);
  if paper_told(p) is null or this_account() is distinct from coalesce((select x.account_id from paper x where x.posting_id = wanted), p.account_id, (paper_payment(p)).account_id) then
    return null;
  end if;
  -- Where very many have waited, those who ask do not wait for all of them: each minute makes more.
  while not exists (select from paper x where x.posting_id = wanted) and clock_timestamp() < statement_timestamp() + interval '2 seconds' loop
    exit when papers_issue(100) = 0;
  end loop;
  if not exists (select from paper x where x.posting_id = wanted) then return json_build_object('waits', true); end if;
  return (select json_build_object('kind', x.kind, 'number', paper_number(x), 'at', iso(x.at), 'amount', x.amount::text, 'currency', x.currency, 'reason', x.reason,
      'about', (select paper_number(o) from paper o where o.id = x.about_id), 'buyer', x.buyer, 'what', x.what,
      'seller', json_build_object('name', s.name, 'taxNumber', s.tax_number, 'address', s.address, 'email', s.email))
    from paper x join seller s on s.id = x.seller_id where x.posting_id = wanted and x.account_id = this_account());
end $$;

/* To whom the company's papers are made out; null: it has not said so. */
create or replace function api_fiscal(args jsonb) returns json
language sql stable security definer set search_path = pg_catalog, public as $$
  select json_build_object('company', a.name, 'fiscal', (select json_build_object('name', f.name, 'taxNumber', f.tax_number, 'address', f.address, 'email', f.email)
    from public.fiscal_data f where f.account_id = a.id order by f.at desc limit 1))
  from public.account a where a.id = public.this_account()
$$;

/* Says to whom papers are made out from now on. The same again is nothing new. */
create or replace function api_fiscal_set(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  before_ jsonb := nullif((api_fiscal('{}') -> 'fiscal')::jsonb, 'null');
begin
  if before_ is distinct from args then
    insert into fiscal_data (account_id, name, tax_number, address, email, person_id)
    values (this_account(), args ->> 'name', args ->> 'taxNumber', args ->> 'address', args ->> 'email', this_person());
    perform audit_mine('fiscal.changed', 'balance', this_account()::text, args ->> 'name', before_, args);
  end if;
  return api_fiscal('{}');
end $$;

do $$
declare f text;
begin
  foreach f in array array['paper_stays()', 'paper_number(paper)', 'seller_at(timestamptz)', 'buyer_at(uuid,timestamptz)', 'paper_kind(posting)', 'paper_posting(posting)',
    'paper_payment(posting)', 'paper_told(posting)', 'papers_of(payment)', 'papers_due(int)', 'paper_make(posting)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach f in array array['papers_issue(int)', 'api_paper(jsonb)', 'api_fiscal(jsonb)', 'api_fiscal_set(jsonb)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
