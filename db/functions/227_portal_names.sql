-- A contact has another name here: their conversations in the portals are called so too. Beside what is told in order, since a list of
-- contacts that is read in renames thousands, and nobody's words wait for that.

/* A contact has another name: their conversations are to have it, too. */
create or replace function portal_renamed() returns trigger language plpgsql
security definer set search_path = pg_catalog, public as $$
declare portal_ uuid;
begin
  for portal_ in update public.portal_chat x set name_due_at = now() from public.chat c
    where c.contact_id = new.id and x.chat_id = c.id and (x.im_chat_id is not null
      -- Its first words are under way, and bear the name of before.
      or exists (select from public.portal_delivery d where d.portal_chat_id = x.id and d.kind = 'send' and d.state = 'leased')) returning x.portal_id loop
    perform public.portal_wake(portal_);
  end loop;
  return null;
end $$;
drop trigger if exists portal_renamed on contact;
create trigger portal_renamed after update of name, profile_name on contact for each row
  when (coalesce(new.name, new.profile_name) is distinct from coalesce(old.name, old.profile_name)) execute function portal_renamed();

/* Conversations whose new name is to be told: {rows, nextAt}. What the portal does not take now waits with its line. */
create or replace function portal_names_take(portal_ uuid, limit_ int) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('rows', coalesce((select jsonb_agg(r.row) from (
      select jsonb_build_object('id', x.id, 'dueAt', x.name_due_at, 'connector', x.connector, 'line', l.line, 'externalId', x.external_id,
        'name', coalesce(k.name, k.profile_name), 'language', coalesce((select q.language from public.portal p join public.portal_person e on e.portal_id = p.id and e.user_id = p.connected_user
          join public.person q on q.id = e.person_id where p.id = portal_), 'es')) as row
      from public.portal_chat x join public.portal_line l on l.portal_id = x.portal_id and lower(l.connector) = x.connector and l.line = x.line and l.ended_at is null and l.state = 'active'
      join public.chat c on c.id = x.chat_id join public.contact k on k.id = c.contact_id
      where x.portal_id = portal_ and x.name_due_at <= now() order by x.name_due_at limit limit_) r), '[]'),
    'nextAt', (select public.iso(min(x.name_due_at)) from public.portal_chat x where x.portal_id = portal_ and x.name_due_at > now()))
$$;

/* What became of them: [{id, dueAt, code, text, afterMs}]. `afterMs`: it is told later. A name that changed meanwhile is told again. */
create or replace function portal_names_settle(portal_ uuid, outcomes jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  e jsonb;
  x public.portal_chat;
begin
  for e in select value from jsonb_array_elements(outcomes) loop
    update public.portal_chat set name_due_at = case when e ->> 'afterMs' is not null then now() + make_interval(secs => (e ->> 'afterMs')::numeric / 1000) end
    where id = (e ->> 'id')::uuid and portal_id = portal_ and name_due_at = (e ->> 'dueAt')::timestamptz returning * into x;
    continue when x.id is null or e ->> 'afterMs' is not null;
    insert into public.trace (account_id, at, level, place, what, code, channel_id, chat_id, data)
    select x.account_id, clock_timestamp(), case when e ->> 'code' is null then 'info' else 'warn' end, 'bitrix24', case when e ->> 'code' is null then 'portal_renamed' else 'portal_not_renamed' end,
      e ->> 'code', c.channel_id, c.id, jsonb_strip_nulls(jsonb_build_object('portal', p.domain, 'said', coalesce(e ->> 'text', e ->> 'code')))
    from public.chat c, public.portal p where c.id = x.chat_id and p.id = portal_;
  end loop;
end $$;

do $$
declare f text;
begin
  foreach f in array array['portal_renamed()', 'portal_names_take(uuid,int)', 'portal_names_settle(uuid,jsonb)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
