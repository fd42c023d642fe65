-- What sending will cost, told before: by the very functions that promise and charge it (025_rates.sql, 221_charges.sql).

/* What the plan of a number includes in its present period, and how much of it is used. No row: nothing. */
create or replace function included_now(channel_ uuid, out most int, out used int)
language sql stable security definer set search_path = pg_catalog, public as $$
  select v.included_messages, coalesce(u.used, 0) from public.subscription x join public.plan_price v on v.id = x.plan_price_id
  left join public.included_use u on u.subscription_id = x.id and u.period_until = x.paid_until
  where x.channel_id = channel_ and x.account_id = public.this_account() and x.state in ('trial', 'active') and x.paid_until > now() and v.included_messages > 0
$$;

/*
 * What one message will cost: {why, market, price, rateFrom}. `left_`: how many the plan still includes. Free text is free where no rate
 * says otherwise; a template without a rate is not sent at all.
 */
create or replace function estimate_one(provider_ text, receiver_ text, category_ text, in_window boolean, currency_ text, left_ int) returns jsonb language plpgsql stable as $$
declare
  r rate := message_price(provider_, receiver_, category_, in_window, currency_, now());
  why text := case when r.id is null and category_ <> 'service' then 'unpriced' when coalesce(r.price, 0) = 0 then 'free' when left_ > 0 then 'included' else 'priced' end;
begin
  return jsonb_build_object('why', why, 'market', market_of(receiver_), 'category', category_, 'price', case when why = 'priced' then r.price else 0 end::text,
    'rateFrom', case when why = 'priced' then iso(r.valid_from) end);
end $$;

/* What messages of a number to people will cost together, and whether the balance suffices. Null where the caller does not see the number or one of the chats. */
create or replace function api_estimate(args jsonb) returns json language plpgsql stable as $$
declare
  n channel;
  kind_ text := case when nullif(args -> 'template', 'null') is null then 'text' else 'template' end;
  about record;
  balance jsonb;
  currency_ text;
  plan record;
  left_ int := 0;
  to_ jsonb;
  item jsonb;
  items jsonb[] := '{}';
  total bigint := 0;
begin
  select * into n from channel x where x.id = as_uuid(args ->> 'channelId') and x.account_id = this_account();
  if n.id is null then return null; end if;
  select coalesce((select a.currency from ledger_account a where a.account_id = this_account() and a.kind = 'prepaid' order by a.created_at limit 1), args ->> 'currency') into currency_;
  balance := ledger_balance(this_account(), currency_);
  select * into plan from included_now(n.id);
  left_ := greatest(0, coalesce(plan.most - plan.used, 0));
  for to_ in select * from jsonb_array_elements(args -> 'to') loop
    if to_ ? 'chatId' then
      select * into about from chat_pricing(chat_alive(as_uuid(to_ ->> 'chatId')), kind_, args -> 'template');
      if about.channel_id is distinct from n.id then return null; end if;
    else
      select n.id as channel_id, n.kind as provider, n.who_pays, ltrim(to_ ->> 'phone', '+') as receiver, category_of(n.id, kind_, args -> 'template') as category, false as is_open into about;
    end if;
    if n.who_pays = 'us' then
      item := estimate_one(about.provider, about.receiver, about.category, about.is_open, currency_, left_);
      left_ := left_ - (item ->> 'why' = 'included')::int;
    else
      item := jsonb_build_object('why', 'own', 'market', market_of(about.receiver), 'category', about.category, 'price', '0', 'rateFrom', null);
    end if;
    items := items || item;
    total := total + (item ->> 'price')::bigint;
  end loop;
  return json_build_object('currency', currency_, 'items', to_json(items), 'total', total::text,
    'included', case when n.who_pays = 'us' and plan.most is not null then json_build_object('left', greatest(0, plan.most - plan.used), 'of', plan.most) end,
    'available', case when n.who_pays = 'us' and this_may('billing.read') then coalesce(balance ->> 'available', '0') end,
    'suffices', total = 0 or (coalesce((balance ->> 'available')::bigint, 0) >= total and not (balance ->> 'frozen')::boolean));
end $$;

do $$
begin
  alter function included_now(uuid) owner to app_system;
  revoke all on function included_now(uuid) from public;
  grant execute on function included_now(uuid) to app_rw;
end $$;
