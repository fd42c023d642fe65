-- What who runs the service sees of the money: what waits for a decision, and a company as a whole. Silent to everybody but operators.

/* Whose a thing is, for a line of a list; null: nobody's. */
create or replace function customer_named(account_ uuid) returns json language sql stable as $$
  select json_build_object('id', a.id, 'name', a.name) from public.account a where a.id = account_
$$;

/* A payment that is contested, with what was moved and whether its company may spend. */
create or replace function dispute_json(d dispute) returns json language sql stable as $$
  select json_build_object('id', d.id, 'gateway', d.gateway, 'ref', d.ref, 'state', d.state, 'reason', d.reason, 'amount', d.amount::text, 'taken', d.taken::text,
    'givenBack', d.given_back::text, 'fee', d.fee::text, 'currency', d.currency, 'respondBy', public.iso(d.respond_by), 'at', public.iso(d.created_at), 'closedAt', public.iso(d.closed_at),
    'freezes', d.state = 'open' and public.payment_place(p) = 'prepaid' and d.released_at is null, 'releasedAt', case when d.state = 'open' then public.iso(d.released_at) end,
    'payment', json_build_object('id', p.id, 'ref', p.ref, 'method', p.method, 'at', public.iso(p.at)), 'customer', public.customer_named(p.account_id))
  from public.payment p where p.id = d.payment_id
$$;

/* A payment with what is left of it, and what it was for. */
create or replace function operator_payment_json(p payment) returns json language sql stable as $$
  select json_build_object('id', p.id, 'gateway', p.gateway, 'ref', p.ref, 'amount', p.amount::text, 'left', public.payment_left(p.gateway || ':' || p.ref)::text,
    'returnable', greatest(0, public.payment_returnable(p))::text, 'currency', p.currency, 'method', p.method, 'receiptUrl', p.receipt_url, 'at', public.iso(p.at), 'problem', p.problem,
    'settledAs', p.settled_as, 'stands', public.payment_place(p), 'customer', public.customer_named(p.account_id),
    -- Who wanted to pay, as far as the gateway has told: nobody has said that it is theirs.
    'meant', (select json_build_object('customer', public.customer_named(t.account_id), 'amount', t.amount::text, 'currency', t.currency) from public.topup t where t.id = p.topup_id),
    'number', (select c.name from public.subscription s join public.channel c on c.id = s.channel_id where s.id = p.subscription_id),
    'underWay', exists (select from public.refund r where r.payment_id = p.id and r.state in ('asked', 'pending')))
$$;

/* What needs a person now: the same figures as GET /health, and whether nobody is named who sells. */
create or replace function api_operator_desk(args jsonb) returns json
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  if not public.is_operator() then return null; end if;
  return public.billing_figures() || public.recon_figures() || public.papers_figures();
end $$;

/* Money that nobody could explain and that nobody has decided on, the oldest first. */
create or replace function api_operator_loose(args jsonb) returns json
language sql stable security definer set search_path = pg_catalog, public as $$
  select json_build_object('items', (select coalesce(json_agg(public.operator_payment_json(p) order by p.created_at, p.id), '[]')
    from (select * from public.payment x where x.problem is not null and x.settled_as is null order by x.created_at, x.id limit 100) p)) where public.is_operator()
$$;

/* Contested payments: those that are open, the soonest to be answered first; or those that are over, the latest first. */
create or replace function api_operator_disputes(args jsonb) returns json
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  rows_ json[];
  n int;
  is_open boolean := args ->> 'state' = 'open';
begin
  if not public.is_operator() then return null; end if;
  select array_agg(public.dispute_json(p.d) order by case when is_open then (p.d).respond_by end nulls last, (p.d).id desc), count(*) into rows_, n from (
    select d from public.dispute d where (d.state in ('inquiry', 'open')) = is_open and (args ->> 'cursor' is null or d.id < public.as_uuid(args ->> 'cursor'))
    order by case when is_open then d.respond_by end nulls last, d.id desc limit case when is_open then 200 else 30 end) p;
  return json_build_object('items', coalesce(to_json(rows_), '[]'), 'next', case when n = 30 and not is_open then rows_[30] ->> 'id' end);
end $$;

/* Events of gateways that nobody could work on after every try, the latest first. */
create or replace function api_operator_events(args jsonb) returns json
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  rows_ json[];
  n int;
begin
  if not public.is_operator() then return null; end if;
  select array_agg(p.json order by p.at desc, p.id desc), count(*) into rows_, n from (
    select e.created_at as at, e.id, json_build_object('id', e.id, 'gateway', e.gateway, 'eventId', e.event_id, 'kind', e.kind, 'about', e.about, 'tries', e.tries, 'problem', e.problem,
      'at', public.iso(e.created_at)) as json
    from public.gateway_event e where e.state = 'dead'
      and (args ->> 'cursor' is null or (e.created_at, e.id) < (select x.created_at, x.id from public.gateway_event x where x.id = public.as_uuid(args ->> 'cursor')))
    order by e.created_at desc, e.id desc limit 30) p;
  return json_build_object('items', coalesce(to_json(rows_), '[]'), 'next', case when n = 30 then rows_[30] ->> 'id' end);
end $$;

/* One company as a whole, also after it has left: its numbers with the history of their subscriptions, and its payments with what went back. */
create or replace function api_operator_customer(args jsonb) returns json
language sql stable security definer set search_path = pg_catalog, public as $$
  select json_build_object('customer', public.customer_json(a),
    'administrators', (select coalesce(json_agg(json_build_object('name', p.name, 'email', p.email) order by p.name), '[]')
      from public.person p join public.role r on r.id = p.role_id where p.account_id = a.id and p.deactivated_at is null and public.role_grants(r.base, r.changes) ? 'billing.manage'),
    'subscriptions', (select coalesce(json_agg(json_build_object('subscription', public.subscription_json(s), 'number', c.name,
        'events', (select coalesce(json_agg(json_build_object('kind', e.kind, 'by', p.name, 'at', public.iso(e.at)) order by e.at desc, e.id desc), '[]')
          from (select * from public.subscription_event x where x.subscription_id = s.id order by x.at desc limit 20) e left join public.person p on p.id = e.person_id))
        order by s.state = 'ended', s.created_at desc), '[]')
      from (select * from public.subscription x where x.account_id = a.id order by x.state = 'ended', x.created_at desc limit 50) s join public.channel c on c.id = s.channel_id),
    'payments', (select coalesce(json_agg(public.operator_payment_json(p) order by p.at desc, p.id desc), '[]')
      from (select * from public.payment x where x.account_id = a.id order by x.at desc limit 50) p),
    'refunds', (select coalesce(json_agg(json_build_object('id', r.id, 'paymentId', r.payment_id, 'amount', r.amount::text, 'currency', r.currency, 'state', r.state, 'problem', r.problem,
        'reason', r.reason, 'at', public.iso(r.created_at)) order by r.created_at desc, r.id desc), '[]')
      from (select * from public.refund x where x.account_id = a.id order by x.created_at desc limit 50) r),
    'disputes', (select coalesce(json_agg(public.dispute_json(d) order by d.created_at desc), '[]')
      from (select * from public.dispute x where x.account_id = a.id order by x.created_at desc limit 50) d))
  from public.account a where a.id = public.as_uuid(args ->> 'customerId') and public.is_operator()
$$;

/* What moved a company's balance, as the company itself reads it: the messages of a day are one line. */
create or replace function api_operator_movements(args jsonb) returns json
language sql stable security definer set search_path = pg_catalog, public as $$
  select public.movements_of(a.id, args || '{"byDay": "true"}') from public.account a where a.id = public.as_uuid(args ->> 'customerId') and public.is_operator()
$$;

/* Operators hear of what has come within a day and still needs a person. Gives jobs. */
create or replace function operator_look() returns jsonb
language sql volatile security definer set search_path = pg_catalog, public as $$
  select public.alarms_keep('operator_work', (select coalesce(jsonb_agg(jsonb_build_object('accountId', x.account_id, 'figure', n.n)), '[]')
    from (select distinct p.account_id from public.platform_admin o join public.person p on p.id = o.person_id where p.deactivated_at is null) x,
      (select (select count(*) from public.gateway_event e where e.state = 'dead' and e.done_at > now() - interval '1 day')
        + (select count(*) from public.payment y where y.problem is not null and y.settled_as is null and y.created_at > now() - interval '1 day' and public.payment_is_loose(y))
        + (select count(*) from public.dispute d where d.state in ('inquiry', 'open') and d.created_at > now() - interval '1 day') as n) n where n.n > 0))
$$;

do $$
declare f text;
begin
  foreach f in array array['customer_named(uuid)', 'dispute_json(dispute)', 'operator_payment_json(payment)', 'operator_look()'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  grant execute on function operator_look() to app_rw;
  foreach f in array array['api_operator_desk', 'api_operator_loose', 'api_operator_disputes', 'api_operator_events', 'api_operator_customer', 'api_operator_movements'] loop
    execute format('alter function %I(jsonb) owner to app_system', f);
    execute format('revoke all on function %I(jsonb) from public', f);
    execute format('grant execute on function %I(jsonb) to app_rw', f);
  end loop;
end $$;
