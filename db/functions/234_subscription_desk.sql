-- Subscriptions as a company's people see and change them. Owned by app_system, since nobody else writes these tables: each function
-- bounds itself to the caller's company.

/* Who of the company can pay, by name: at most three, those who were here last first. */
create or replace function api_payers(args jsonb) returns json language sql stable as $$
  select json_build_object('names', coalesce((select json_agg(x.name) from (
    select p.name from person p join role r on r.id = p.role_id
    where p.account_id = this_account() and p.deactivated_at is null and has_way_in(p) and role_grants(r.base, r.changes) ? 'billing.manage'
    order by (select max(s.last_seen_at) from session s where s.person_id = p.id) desc nulls last, p.name limit 3) x), '[]'))
$$;
