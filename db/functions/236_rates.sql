-- What messages cost, as who runs the service keeps it. Each function asks is_operator() first, and is silent to everybody else.

/* A rate with who made it. */
create or replace function rate_json(r rate) returns jsonb language sql stable as $$
  select jsonb_build_object('id', r.id, 'provider', r.provider, 'market', r.market, 'category', r.category, 'currency', r.currency, 'price', r.price::text,
    'cost', r.cost::text, 'validFrom', public.iso(r.valid_from), 'createdAt', public.iso(r.created_at), 'retiredAt', public.iso(r.retired_at),
    'by', (select p.name from public.person p where p.id = r.created_by))
$$;

/* The rate of just this market, for all others none: what a list is compared with. */
create or replace function rate_of_market(k rate, at_ timestamptz) returns rate language sql stable as $$
  select r from public.rate r where (r.provider, r.market, r.category, r.currency) = (k.provider, k.market, k.category, k.currency)
    and r.retired_at is null and r.valid_from <= at_ order by r.valid_from desc limit 1
$$;

/* What is valid at a provider, and what will be. */
create or replace function api_operator_rates(args jsonb) returns json
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  if not public.is_operator() then return null; end if;
  return json_build_object('items', (select coalesce(jsonb_agg(public.rate_json(r) order by r.market, r.category, r.currency, r.valid_from), '[]')
    from public.rate r where r.provider = args ->> 'provider' and r.retired_at is null
      and (r.valid_from > now() or r.id = (public.rate_of_market(r, now())).id)));
end $$;

/* All that one kind of message has cost in a market, what was taken back too. */
create or replace function api_operator_rate_history(args jsonb) returns json
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  if not public.is_operator() then return null; end if;
  return json_build_object('items', (select coalesce(jsonb_agg(public.rate_json(r) order by r.valid_from desc, r.created_at desc), '[]') from (
    select * from public.rate x where (x.provider, x.market, x.category, x.currency) = (args ->> 'provider', args ->> 'market', args ->> 'category', args ->> 'currency')
    order by x.valid_from desc limit 100) r));
end $$;

/* Sets one rate from a moment on: {outcome, before}. `began`: when the list that it stands in was begun. */
create or replace function rate_set(r rate, began timestamptz) returns jsonb language plpgsql volatile as $$
declare
  before_ public.rate;
  outcome text;
begin
  r.valid_from := coalesce(r.valid_from, began);
  before_ := public.rate_of_market(r, r.valid_from);
  outcome := case when r.valid_from < began then 'past'
    when before_.valid_from = r.valid_from and before_.created_at = began then 'twice'
    when before_.id is null then 'new'
    when (before_.price, before_.cost) <> (r.price, r.cost) then 'changed'
    -- It came with the installation: whoever saves it has looked, and from now on it is theirs.
    when before_.created_by is null then 'confirmed' else 'same' end;
  if outcome in ('new', 'changed', 'confirmed') then
    -- Somebody had planned another price for that very day.
    update public.rate x set retired_at = began where x.id = before_.id and x.valid_from = r.valid_from;
    insert into public.rate (provider, market, category, currency, price, cost, valid_from, created_by, created_at)
    values (r.provider, r.market, r.category, r.currency, r.price, r.cost, r.valid_from, public.this_person(), began);
  end if;
  return jsonb_build_object('outcome', outcome, 'before', case when before_.id is not null then jsonb_build_object('price', before_.price::text, 'cost', before_.cost::text) end);
end $$;

/*
 * Sets the rates of a list: all, or none when one of them cannot be set. A dry run does the same and takes it back, so that it says
 * what would really happen.
 */
create or replace function api_operator_rates_set(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  began timestamptz := date_trunc('milliseconds', now());
  row_ jsonb;
  items jsonb[] := '{}';
begin
  if not public.is_operator() then return null; end if;
  -- Two lists at once would each compare with what was before the other.
  lock table public.rate in share row exclusive mode;
  begin
    for row_ in select * from jsonb_array_elements(args -> 'rows') loop
      items := items || public.rate_set(jsonb_populate_record(null::public.rate, row_ || jsonb_build_object('valid_from', row_ -> 'validFrom')), began);
    end loop;
    if (args ->> 'dryRun')::boolean or exists (select from unnest(items) i (it) where it ->> 'outcome' in ('past', 'twice')) then
      raise exception 'taken back' using errcode = 'RT001';
    end if;
  exception when sqlstate 'RT001' then return json_build_object('items', to_json(items), 'isKept', false);
  end;
  perform public.operator_did(null, 'rates.set', null, args -> 'rows' -> 0 ->> 'provider', null, jsonb_build_object('rates', array_length(items, 1)));
  return json_build_object('items', to_json(items), 'isKept', true);
end $$;

/* Takes back a rate that is not valid yet. */
create or replace function api_operator_rate_withdraw(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare r public.rate;
begin
  if not public.is_operator() then return null; end if;
  select * into r from public.rate x where x.id = public.as_uuid(args ->> 'rateId') for update;
  if r.id is null then return null; end if;
  if r.valid_from <= now() then perform public.refuse('changed_meanwhile'); end if;
  -- Taken back before: nothing is left to do.
  update public.rate x set retired_at = now() where x.id = r.id and x.retired_at is null returning * into r;
  if r.id is not null then perform public.operator_did(null, 'rate.withdrawn', null, r.provider, null, public.rate_json(r)); end if;
  return public.rate_json((select x from public.rate x where x.id = public.as_uuid(args ->> 'rateId')));
end $$;

do $$
declare f text;
begin
  foreach f in array array['api_operator_rates(jsonb)', 'api_operator_rate_history(jsonb)', 'api_operator_rates_set(jsonb)', 'api_operator_rate_withdraw(jsonb)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
