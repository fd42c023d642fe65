-- Who sells, as operators keep it: what stands on papers (230_papers.sql) from a moment on. Silent to everybody else.

/* Who sells, as it was, is and will be, the latest first; and payments that wait for their receipt because nobody is named. */
create or replace function sellers_told() returns json language sql stable as $$
  select json_build_object('items', (select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'taxNumber', s.tax_number, 'address', s.address, 'email', s.email,
      'validFrom', iso(s.valid_from), 'createdAt', iso(s.created_at), 'by', p.name, 'isNow', s.id = (seller_at(now())).id and s.valid_from <= now(),
      'papers', (select count(*) from paper x where x.seller_id = s.id)) order by s.valid_from desc, s.created_at desc, s.id desc), '[]')
    from seller s left join person p on p.id = s.created_by),
    'waiting', case when exists (select from seller) then 0 else (select count(*) from papers_due(10000)) end)
$$;

create or replace function api_operator_sellers(args jsonb) returns json
language sql stable security definer set search_path = pg_catalog, public as $$
  select public.sellers_told() where public.is_operator()
$$;

/* Says who sells from a moment on, which is now where none is named. What was valid never changes. */
create or replace function api_operator_seller_set(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare from_ timestamptz := coalesce((args ->> 'validFrom')::timestamptz, now());
begin
  if not is_operator() then return null; end if;
  if from_ < now() then perform refuse('seller_in_the_past'); end if;
  insert into seller (name, tax_number, address, email, valid_from, created_by)
  values (args ->> 'name', args ->> 'taxNumber', args ->> 'address', args ->> 'email', from_, this_person());
  perform operator_did(null, 'seller.set', null, args ->> 'taxNumber', null, args || jsonb_build_object('validFrom', iso(from_)));
  return sellers_told();
end $$;

/* Whether payments wait for a receipt that nobody can sign: 1, or 0. */
create or replace function papers_figures() returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('sellerMissing', (not exists (select from public.seller) and exists (select from public.papers_due(1)))::int)
$$;

do $$
declare f text;
begin
  foreach f in array array['sellers_told()', 'papers_figures()'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach f in array array['api_operator_sellers(jsonb)', 'api_operator_seller_set(jsonb)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
