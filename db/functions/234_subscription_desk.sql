-- Subscriptions as a company's people see and change them. Owned by app_system, since nobody else writes these tables: each function
-- bounds itself to the caller's company.

/* Who of the company can pay, by name: at most three, those who were here last first. */
create or replace function api_payers(args jsonb) returns json language sql stable as $$
  select json_build_object('names', coalesce((select json_agg(x.name) from (
    select p.name from person p join role r on r.id = p.role_id
    where p.account_id = this_account() and p.deactivated_at is null and has_way_in(p) and role_grants(r.base, r.changes) ? 'billing.manage'
    order by (select max(s.last_seen_at) from session s where s.person_id = p.id) desc nulls last, p.name limit 3) x), '[]'))
$$;

/* A subscription as the app shows it. */
create or replace function subscription_json(s subscription) returns jsonb language sql stable as $$
  select jsonb_build_object('id', s.id, 'channelId', s.channel_id, 'gateway', s.gateway, 'state', s.state, 'paidUntil', public.iso(s.paid_until), 'graceUntil', public.iso(s.grace_until),
    'cancelsAt', public.iso(s.cancels_at), 'sendsUntil', public.iso(s.sends_until), 'problem', s.problem, 'payUrl', s.pay_url, 'url', s.url,
    'trialDays', s.trial_days, 'createdAt', public.iso(s.created_at),
    'plan', (select jsonb_build_object('id', p.id, 'name', p.name) || jsonb_build_object('price', public.plan_price_json(v))
      from public.plan_price v join public.plan p on p.id = v.plan_id where v.id = s.plan_price_id))
$$;

/* The company's numbers with the subscription of each, and the plans that are sold. */
create or replace function api_subscriptions(args jsonb) returns json
language sql stable security definer set search_path = pg_catalog, public as $$
  select json_build_object(
    'sells', exists (select from public.selling x where x.account_id = public.this_account() and x.is_on),
    'graceDays', (select g.grace_days from public.platform_setting g),
    'items', (select coalesce(json_agg(json_build_object('channel', json_build_object('id', c.id, 'name', c.name, 'phone', nullif(c.phone, ''), 'kind', c.kind, 'archived', c.archived_at is not null),
        'live', (select public.subscription_json(s) from public.subscription s where s.channel_id = c.id and s.state not in ('pending', 'ended')),
        'pending', (select public.subscription_json(s) from public.subscription s where s.channel_id = c.id and s.state = 'pending'),
        'last', (select public.subscription_json(s) from public.subscription s where s.channel_id = c.id and s.state = 'ended' order by s.ended_at desc limit 1))
      order by c.archived_at is not null, c.name, c.id), '[]')
      from public.channel c where c.account_id = public.this_account()
        and (c.archived_at is null or exists (select from public.subscription s where s.channel_id = c.id and s.state not in ('pending', 'ended')))),
    'plans', (select coalesce(json_agg(public.plan_json(p) order by v.minor, p.name), '[]') from public.plan p join public.plan_price v on v.plan_id = p.id and v.replaced_at is null
      where p.retired_at is null and (v.promo_until is null or v.promo_until > now())))
$$;

/* One subscription with its history and its payments. */
create or replace function api_subscription(args jsonb) returns json
language sql stable security definer set search_path = pg_catalog, public as $$
  select json_build_object('subscription', public.subscription_json(s),
    'events', (select coalesce(json_agg(json_build_object('kind', e.kind, 'by', p.name, 'at', public.iso(e.at), 'data', e.data) order by e.at desc, e.id desc), '[]')
      from (select * from public.subscription_event x where x.subscription_id = s.id order by x.at desc limit 50) e left join public.person p on p.id = e.person_id),
    'payments', (select coalesce(json_agg(json_build_object('id', y.id, 'at', public.iso(y.at), 'amount', y.amount::text, 'currency', y.currency, 'method', y.method,
        'receiptUrl', y.receipt_url, 'invoiceUrl', y.invoice_url, 'papers', public.papers_of(y)) order by y.at desc), '[]')
      from (select * from public.payment x where x.subscription_id = s.id order by x.at desc limit 50) y))
  from public.subscription s where s.id = public.as_uuid(args ->> 'subscriptionId') and s.account_id = public.this_account()
$$;

/* What a gateway must be told of a version of a plan, with its own name of it where it has one. */
create or replace function price_told(price_ uuid, gateway_ text, trial_ int) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('planPriceId', v.id, 'planCode', p.code, 'planName', p.name, 'version', v.version, 'minor', v.minor, 'currency', v.currency, 'every', v.every, 'trialDays', trial_,
    'ref', (select r.ref from public.plan_price_ref r where r.plan_price_id = v.id and r.gateway = gateway_ and r.trial_days = trial_))
  from public.plan_price v join public.plan p on p.id = v.plan_id where v.id = price_
$$;

/* What a gateway must be told of a subscription; null: there is none. */
create or replace function subscription_told(id_ uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('id', s.id, 'accountId', s.account_id, 'channelId', s.channel_id, 'gateway', s.gateway, 'ref', s.ref, 'state', s.state, 'url', s.url,
    'trialDays', s.trial_days, 'inFrame', s.in_frame, 'home', s.home, 'channel', c.name, 'company', a.name, 'email', coalesce(p.email, ''), 'language', coalesce(p.language, 'es'), 'customer', g.ref,
    'price', public.price_told(s.plan_price_id, s.gateway, s.trial_days))
  from public.subscription s join public.channel c on c.id = s.channel_id join public.account a on a.id = s.account_id left join public.person p on p.id = s.made_by
  left join public.gateway_customer g on g.account_id = s.account_id and g.gateway = s.gateway where s.id = id_
$$;

/* Keeps a gateway's name of a version. The first stays. */
create or replace function price_keep(price_ uuid, gateway_ text, trial_ int, ref_ text) returns text
language sql volatile security definer set search_path = pg_catalog, public as $$
  insert into public.plan_price_ref as r (plan_price_id, gateway, trial_days, ref) values (price_, gateway_, trial_, ref_)
  on conflict (plan_price_id, gateway, trial_days) do update set ref = r.ref returning r.ref
$$;

/* The version of ours that a gateway's price is. */
create or replace function price_by(gateway_ text, ref_ text) returns uuid
language sql stable security definer set search_path = pg_catalog, public as $$
  select r.plan_price_id from public.plan_price_ref r where r.gateway = gateway_ and r.ref = ref_ order by r.made_at limit 1
$$;

/*
 * Somebody wants to subscribe a number: noted before any gateway hears of it. One page for each number: the same choice again is
 * the same page; another choice gives {before}, which the Worker closes at its gateway first.
 */
create or replace function api_subscription_begin(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  c public.channel;
  v public.plan_price;
  s public.subscription;
begin
  -- A machine's key moves no money.
  if public.this_person() is null then perform public.refuse('forbidden'); end if;
  select * into c from public.channel x where x.id = public.as_uuid(args ->> 'channelId') and x.account_id = public.this_account() and x.archived_at is null;
  if c.id is null then return null; end if;
  perform pg_advisory_xact_lock(hashtextextended(c.id::text, 233));
  select x.* into v from public.plan_price x join public.plan p on p.id = x.plan_id
  where x.id = public.as_uuid(args ->> 'planPriceId') and x.replaced_at is null and p.retired_at is null and (x.promo_until is null or x.promo_until > now());
  if v.id is null then perform public.refuse('plan_not_sold'); end if;
  if exists (select from public.subscription x where x.channel_id = c.id and x.state not in ('pending', 'ended') and x.gateway <> 'gift') then perform public.refuse('subscription_live'); end if;
  select * into s from public.subscription x where x.channel_id = c.id and x.state = 'pending';
  if s.id is not null and (s.gateway, s.plan_price_id) is distinct from (args ->> 'gateway', v.id) then
    if s.id is distinct from public.as_uuid(args ->> 'closed') then return json_build_object('before', s.id); end if;
    update public.subscription x set state = 'ended', ended_at = now(), rev = x.rev + 1 where x.id = s.id returning * into s;
    perform public.subscription_note(s, 'left', '{}', public.this_person());
    s := null;
  end if;
  if s.id is null then
    insert into public.subscription (account_id, channel_id, plan_price_id, gateway, made_by, trial_days, in_frame, home, look_at)
    -- A number is tried once.
    values (c.account_id, c.id, v.id, args ->> 'gateway', public.this_person(), case when exists (select from public.subscription_event e join public.subscription x on x.id = e.subscription_id
        where x.channel_id = c.id and e.kind = 'trial') then 0 else v.trial_days end, coalesce((args ->> 'inFrame')::boolean, false), args ->> 'home', now() + interval '10 minutes') returning * into s;
    perform public.subscription_note(s, 'begun', '{}', public.this_person());
    perform public.audit_mine('subscription.begun', 'channel', c.id::text, c.name, null, jsonb_build_object('gateway', s.gateway));
  end if;
  return json_build_object('id', s.id);
end $$;

/* The gateway's page of a subscription. */
create or replace function subscription_opened(id_ uuid, ref_ text, url_ text) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.subscription s set ref = ref_, url = url_, look_at = now() + interval '2 minutes', rev = s.rev + 1 where s.id = id_ and s.state = 'pending'
$$;

/* A gateway will not have it, or its page was closed: it is over before it began. */
create or replace function subscription_left(id_ uuid, problem_ text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare s public.subscription;
begin
  update public.subscription x set state = 'ended', ended_at = now(), problem = problem_, rev = x.rev + 1 where x.id = id_ and x.state = 'pending' returning * into s;
  if s.id is not null then perform public.subscription_note(s, 'left', jsonb_build_object('problem', problem_), null); end if;
end $$;

/* Whose subscription somebody changes: written down before the gateway hears of it. */
create or replace function api_subscription_act(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  s public.subscription;
  name_ text;
begin
  if public.this_person() is null then perform public.refuse('forbidden'); end if;
  select x.* into s from public.subscription x where x.id = public.as_uuid(args ->> 'subscriptionId') and x.account_id = public.this_account();
  if s.id is null or s.gateway = 'gift' then return null; end if;
  if s.state = 'ended' then perform public.refuse('changed_meanwhile'); end if;
  if args ? 'planPriceId' and not exists (select from public.plan_price v join public.plan p on p.id = v.plan_id
      where v.id = public.as_uuid(args ->> 'planPriceId') and v.replaced_at is null and p.retired_at is null) then perform public.refuse('plan_not_sold'); end if;
  if args ->> 'act' <> 'preview' then
    select c.name into name_ from public.channel c where c.id = s.channel_id;
    perform public.audit_mine('subscription.changed', 'channel', s.channel_id::text, name_, null, jsonb_build_object('act', args ->> 'act'));
  end if;
  return public.subscription_told(s.id);
end $$;

drop function if exists subscription_paid(uuid,jsonb);
/* Payments of a subscription that a look has shown: noted once, and posted once as what we have earned. The newest one has paid it until `until_`. */
create or replace function subscription_paid(id_ uuid, payments jsonb, until_ timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  s public.subscription;
  p jsonb;
  there public.payment;
begin
  select * into s from public.subscription x where x.id = id_;
  for p in select value || case when value ->> 'at' = max(value ->> 'at') over () then jsonb_build_object('until', public.iso(until_)) else '{}' end
      from jsonb_array_elements(payments) loop
    perform public.ledger_open(s.account_id, p ->> 'currency');
    there := public.payment_note(s.account_id, s.gateway, p, null, s.id);
    if there.subscription_id = s.id and there.amount > 0 then
      perform public.ledger_post('subscription:' || s.gateway || ':' || there.ref, s.account_id, 'clearing/' || s.gateway, 'revenue_subscriptions', there.amount, there.currency,
        'subscription', 'payment', s.gateway || ':' || there.ref, jsonb_strip_nulls(jsonb_build_object('paidUntil', p ->> 'until')));
      perform public.payment_fee(there);
    end if;
  end loop;
end $$;

do $$
declare f text;
begin
  foreach f in array array['api_subscriptions(jsonb)', 'api_subscription(jsonb)', 'subscription_told(uuid)', 'price_told(uuid,text,int)', 'price_keep(uuid,text,int,text)',
    'price_by(text,text)', 'api_subscription_begin(jsonb)', 'subscription_opened(uuid,text,text)', 'subscription_left(uuid,text)', 'api_subscription_act(jsonb)',
    'subscription_paid(uuid,jsonb,timestamptz)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
