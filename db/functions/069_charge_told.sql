-- Asked inside what reads a message, so it stands before that. Who writes what it reads: 221_charges.sql.

/* What a message has cost, or may: for its trace. Null: it has no price. */
create or replace function charge_json(message_ uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('state', c.state, 'category', c.category, 'billed', c.billed, 'market', c.market, 'currency', c.currency,
    'amount', (case when c.state = 'held' then c.held else c.amount end)::text, 'rateFrom', public.iso(r.valid_from))
  from public.message_charge c join public.rate r on r.id = c.rate_id where c.message_id = message_ and c.account_id = public.this_account()
$$;

do $$
begin
  alter function charge_json(uuid) owner to app_system;
  revoke all on function charge_json(uuid) from public;
  grant execute on function charge_json(uuid) to app_rw;
end $$;
