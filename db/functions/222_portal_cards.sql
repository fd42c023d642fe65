-- Our tab in a card of Bitrix24's CRM: the numbers come from the portal, the chats from here, as far as the caller sees them.

/* The chats with each of these numbers, in their order: who waits comes first. A number may be written in several ways. */
create or replace function api_portal_card(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(coalesce((
    select json_agg(s.json order by s.rank, s.id) from chat_shape s
    where s.account_id = this_account() and s.merged_into is null and s.id in (
      select c.id from contact_identity i join chat c on c.contact_id = i.contact_id
      where i.account_id = this_account() and i.kind = 'phone' and i.value = any(phone_variants(p.phone)))), '[]') order by p.n), '[]'))
  from jsonb_array_elements_text(args -> 'phones') with ordinality p(phone, n)
$$;

/* Whom an employee without access asks for it: administrators of the company, those of this portal first. */
create or replace function portal_whom_to_ask(portal_ uuid) returns text[]
language sql stable security definer set search_path = pg_catalog, public as $$
  select array(select x.name from public.portal p
    join public.person x on x.account_id = p.account_id and x.deactivated_at is null
    join public.role r on r.id = x.role_id and r.base = 'administrator'
    left join public.portal_person e on e.portal_id = p.id and e.person_id = x.id
    where p.id = portal_ and p.state <> 'uninstalled' order by e.is_admin desc nulls last, x.id limit 3)
$$;

do $$
declare f text;
begin
  foreach f in array array['portal_whom_to_ask(uuid)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
