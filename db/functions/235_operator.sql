-- Companies as who runs the service sees them. Each function asks is_operator() first, and is silent to everybody else.

/* A company with its balances and the subscription of each of its numbers. */
create or replace function customer_json(a account) returns jsonb language sql stable as $$
  select jsonb_build_object('id', a.id, 'name', a.name, 'country', a.country, 'since', public.iso(a.created_at), 'leftAt', public.iso(a.archived_at),
    'buys', exists (select from public.selling s where s.account_id = a.id and s.is_on),
    'balances', (select coalesce(jsonb_agg(public.ledger_balance(a.id, l.currency) order by l.currency), '[]') from public.ledger_account l where l.account_id = a.id and l.kind = 'prepaid'),
    'numbers', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'whoPays', c.who_pays, 'name', c.name, 'phone', nullif(c.phone, ''),
        'subscription', (select public.subscription_json(x) from public.subscription x where x.channel_id = c.id and x.state not in ('pending', 'ended'))) order by c.name, c.id), '[]')
      from public.channel c where c.account_id = a.id and c.archived_at is null))
$$;

/* Companies by name, thirty at a time; `only` those that owe us, whose balance is frozen, or of which a number was not paid in time. */
create or replace function api_operator_customers(args jsonb) returns json
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  rows_ jsonb[];
  n int;
begin
  if not public.is_operator() then return null; end if;
  select array_agg(public.customer_json(p.a) order by lower((p.a).name), (p.a).id), count(*) into rows_, n from (
    select a from public.account a
    where (args ->> 'q' is null or public.plain(a.name) like '%' || replace(replace(public.plain(args ->> 'q'), '%', ''), '_', '') || '%')
      and case args ->> 'only'
        when 'owing' then exists (select from public.ledger_account l where l.account_id = a.id and l.kind = 'debt' and l.debits > l.credits)
        when 'frozen' then exists (select from public.ledger_account l where l.account_id = a.id and l.kind = 'prepaid' and l.is_frozen)
        when 'late' then exists (select from public.subscription s where s.account_id = a.id and s.state in ('grace', 'suspended'))
        else true end
      and (args ->> 'cursor' is null or (lower(a.name), a.id) > (select lower(b.name), b.id from public.account b where b.id = public.as_uuid(args ->> 'cursor')))
    order by lower(a.name), a.id limit 30) p;
  return json_build_object('items', coalesce(to_json(rows_), '[]'), 'next', case when n = 30 then rows_[30] ->> 'id' end);
end $$;

/* Gives every number of a company that has none a subscription until then, of the cheapest plan that is sold. */
create or replace function subscriptions_give(account_ uuid, until_ timestamptz, by_ uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  price_ uuid;
  s public.subscription;
begin
  select v.id into price_ from public.plan_price v join public.plan p on p.id = v.plan_id where v.replaced_at is null and p.retired_at is null order by v.minor limit 1;
  if price_ is null then perform public.refuse('plan_not_sold'); end if;
  for s in insert into public.subscription (account_id, channel_id, plan_price_id, gateway, state, paid_until, sends_until, look_at)
    select account_, c.id, price_, 'gift', 'trial', until_, until_, until_ from public.channel c
    where c.account_id = account_ and c.archived_at is null
      and not exists (select from public.subscription x where x.channel_id = c.id and x.state not in ('pending', 'ended')) returning *
  loop
    perform public.subscription_note(s, 'given', jsonb_build_object('until', public.iso(until_)), by_);
  end loop;
end $$;

/* Whether a company's numbers need subscriptions. None of them stops the moment that begins. */
create or replace function api_operator_customer_set(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  a public.account;
  buys_ boolean := (args ->> 'buys')::boolean;
begin
  if not public.is_operator() then return null; end if;
  select * into a from public.account x where x.id = public.as_uuid(args ->> 'customerId') and x.archived_at is null;
  if a.id is null then return null; end if;
  if buys_ then
    perform public.subscriptions_give(a.id, now() + make_interval(days => greatest(1, g.grace_days)), null) from public.platform_setting g;
  end if;
  insert into public.selling as s (account_id, is_on) values (a.id, buys_) on conflict (account_id) do update set is_on = excluded.is_on, since = now();
  perform public.operator_did(null, case when buys_ then 'customer.buys' else 'customer.free' end, a.id, null, null, null);
  return public.customer_json(a);
end $$;

do $$
declare f text;
begin
  alter function customer_json(account) owner to app_system;
  revoke all on function customer_json(account) from public;
  alter function subscriptions_give(uuid, timestamptz, uuid) owner to app_system;
  revoke all on function subscriptions_give(uuid, timestamptz, uuid) from public;
  foreach f in array array['api_operator_customers(jsonb)', 'api_operator_customer_set(jsonb)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
