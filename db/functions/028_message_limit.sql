-- How many conversations a number may begin in 24 hours, and how many it has: asked by the send rules and shown to people.

/* What the provider's word for a limit allows; null: no limit, or none that we know. */
create or replace function limit_of(word text) returns int language sql immutable parallel safe as $$
  select case when word ~ '^TIER_\d+K?$' then replace(substr(word, 6), 'K', '000')::int when word ~ '^\d{1,8}$' then word::int end
$$;

/* Numbers that share a limit: WhatsApp counts for the whole account that they belong to. */
create or replace function limit_siblings(channel_ uuid) returns uuid[] language sql stable security definer set search_path = pg_catalog, public as $$
  select array_agg(c.id) from public.channel_report r join public.channel_report o
    on o.account_id = r.account_id and (o.channel_id = r.channel_id or o.number -> 'account' ->> 'id' = r.number -> 'account' ->> 'id')
  join public.channel c on c.id = o.channel_id where r.channel_id = channel_
$$;

/* Contacts to whom a template went in the last 24 hours while they had not written for 24. */
create or replace function contacts_begun(channels uuid[]) returns table (contact_id uuid) language sql stable security definer
set search_path = pg_catalog, public as $$
  select distinct c.contact_id from public.message m join public.chat c on c.id = m.chat_id
  where m.channel_id = any(channels) and m.at > now() - interval '24 hours' and m.direction = 'out' and m.kind = 'template'
    and m.status not in ('failed', 'discarded')
    and not exists (select from public.message i where i.chat_id = m.chat_id and i.direction = 'in' and i.at < m.at and i.at > m.at - interval '24 hours')
$$;

/* Conversations begun, and how many there may be: { used, max }; `max` null where no limit is known. */
create or replace function limit_now(channel_ uuid) returns json language sql stable as $$
  select json_build_object('used', (select count(*) from contacts_begun(coalesce(limit_siblings(channel_), array[channel_]))),
    'max', (select limit_of(r.number ->> 'limit') from channel_report r where r.channel_id = channel_))
$$;

/* The same for a template in this chat; null where it begins nothing: the window is open, this customer is counted already, or there is no limit. */
create or replace function limit_for(c chat) returns json language plpgsql stable as $$
declare siblings uuid[];
begin
  if c.last_inbound_at > now() - interval '24 hours' then return null; end if;
  if (select limit_of(r.number ->> 'limit') from channel_report r where r.channel_id = c.channel_id) is null then return null; end if;
  siblings := coalesce(limit_siblings(c.channel_id), array[c.channel_id]);
  if exists (select from contacts_begun(siblings) b where b.contact_id = c.contact_id) then return null; end if;
  return limit_now(c.channel_id);
end $$;

do $$
declare f text;
begin
  foreach f in array array['limit_siblings(uuid)', 'contacts_begun(uuid[])'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
