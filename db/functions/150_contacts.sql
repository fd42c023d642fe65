-- Contacts: who sees which, list, add, change, archive, merge.

/*
 * A number without what differs from one way of writing it to another: Mexico's 1 and Argentina's 9 after the country,
 * Brazil's ninth digit, a national 0 behind the code. Two numbers are one when these are equal.
 */
create or replace function phone_canon(phone text) returns text language sql immutable parallel safe as $$
  select case when phone !~ '^(52|54|55|(593|51|57|56)0)|\D' then phone else (select case
    when p ~ '^521\d{10}$' then '52' || substr(p, 4)
    when p ~ '^549\d{10}$' then '54' || substr(p, 4)
    when p ~ '^55\d{2}9[6-9]\d{7}$' then substr(p, 1, 4) || substr(p, 6)
    else p end
  from (select regexp_replace(regexp_replace(phone, '\D', '', 'g'), '^(593|51|57|56|54|52|55)0', '\1') as p) x) end
$$;

/* Every way in which a number may be written down with its country code. */
create or replace function phone_variants(phone text) returns text[] language sql immutable parallel safe as $$
  select case when phone !~ '^(52|54|55|(593|51|57|56)0)|\D' then array[phone] else (select array_remove(array[phone, p,
    case when p ~ '^52\d{10}$' then '521' || substr(p, 3) end,
    case when p ~ '^54\d{10}$' then '549' || substr(p, 3) end,
    case when p ~ '^55\d{2}[6-9]\d{7}$' then substr(p, 1, 4) || '9' || substr(p, 5) end], null)
  from (select phone_canon(phone) as p) x) end
$$;

/* Has this contact any chat at all, whoever sees it? */
create or replace function contact_has_chat(contact_ uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public as $$
  select exists (select from public.chat c where c.contact_id = contact_ and c.merged_into is null and c.account_id = public.this_account())
$$;

/* Does the caller see every contact of the company? */
create or replace function sees_all_contacts() returns boolean language sql stable as $$
  select this_may('contacts.all') or (this_reach() = 'all' and this_may('contacts.manage'))
$$;

/*
 * Is this contact theirs to see: one of its chats is, or all contacts are. A contact without any chat is seen by whoever
 * wrote it down, and by who looks after contacts.
 */
create or replace function contact_seen(k contact) returns boolean language sql stable as $$
  select k.account_id = this_account() and (sees_all_contacts() or exists (select from chat c where c.contact_id = k.id)
    or ((k.created_by = this_person() or this_may('contacts.manage')) and not contact_has_chat(k.id)))
$$;

/* What else tells who somebody is, as the caller may see it: like numbers. */
create or replace function detail_shown(detail text) returns text language sql stable parallel safe as $$
  select case when this_phones() then detail else '•••' || right(detail, 2) end
$$;

/* A contact as contract/contacts.ts shows it, with their latest chat of those that the caller sees. */
create or replace function contact_json(k contact) returns json language sql stable as $$
  select json_build_object('id', k.id, 'name', k.name, 'profileName', coalesce(k.profile_name, k.username),
    'phone', phone_shown(k.phone), 'photo', k.photo, 'document', detail_shown(k.document), 'email', detail_shown(k.email),
    'agent', case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end,
    'state', c.state, 'chatId', c.id, 'archived', k.archived_at is not null, 'createdAt', iso(k.created_at), 'rev', k.rev)
  from (select 1) one
  left join lateral (select x.id, x.state, x.assignee_id from chat x where x.contact_id = k.id and x.merged_into is null order by x.last_at desc limit 1) c on true
  left join person p on p.id = c.assignee_id
$$;

/* A contact of the company's whom the caller sees; of merged ones the one that stayed. Null: there is none. */
create or replace function contact_in_sight(contact_ uuid) returns contact language plpgsql stable as $$
declare k contact;
begin
  select * into k from contact x where x.id = contact_ and x.account_id = this_account();
  for i in 1..10 loop
    exit when k.merged_into is null;
    select * into k from contact x where x.id = k.merged_into;
  end loop;
  if k.id is null or not contact_seen(k) then return null; end if;
  return k;
end $$;

/* Do these words stand in what is searched of a contact? `canon`: a whole number in its other way. No subquery, so that it is written into the query. */
create or replace function contact_holds(search text, parts text[], canon text) returns boolean language sql immutable parallel safe as $$
  select (search like '%' || parts[1] || '%' or search like '%' || canon || '%')
    and (parts[2] is null or search like '%' || parts[2] || '%') and (parts[3] is null or search like '%' || parts[3] || '%')
$$;

/* Who may not see numbers cannot find out one by searching for it: then all words stand in names. */
create or replace function contact_holds_openly(k contact, parts text[]) returns boolean language sql stable as $$
  select plain(concat_ws(' ', k.name, k.profile_name, k.username)) like all (select '%' || part || '%' from unnest(parts) part)
$$;

/*
 * Contacts whose name or number holds each of these words, or who merely resemble them when none does; `only_` narrows it to
 * some. Runs as app_system for the index on names (as contact_hits does); what is found is judged by api_contacts.
 */
create or replace function contacts_like(words text, only_ uuid[], archived boolean) returns uuid[] language plpgsql stable security definer
set search_path = pg_catalog, public set pg_trgm.word_similarity_threshold = 0.45 as $$
declare
  account_ uuid := public.this_account();
  sees boolean := public.this_phones();
  digits text := regexp_replace(words, '\D', '', 'g');
  parts text[];
  canon text;
  hits uuid[];
begin
  if words ~ '^[-+() 0-9.]+$' and length(digits) >= 3 then
    if not sees then return '{}'; end if;
    parts := array[regexp_replace(regexp_replace(digits, '^00', ''), '^(593|51|56|57|54|52|55|1)?0+', '\1')];
    if length(digits) >= 8 then canon := public.phone_canon(parts[1]); end if;
  else
    select array_agg(replace(w, '_', '\_') order by length(w) desc) into parts
    from regexp_split_to_table(translate(words, '\%', ''), ' ') w where w <> '';
    if parts is null then return '{}'; end if;
  end if;
  canon := coalesce(canon, parts[1]);
  -- A few of one's own are looked through one by one; all of them by the index.
  if only_ is not null then
    select array_agg(h.id order by h.search, h.id) into hits from (
      select k.id, k.search from unnest(only_) o(id) join public.contact k on k.id = o.id
      where k.account_id = account_ and k.merged_into is null and (k.archived_at is not null) = archived
        and public.contact_holds(k.search, parts, canon) and (sees or public.contact_holds_openly(k, parts))
      order by k.search limit 200) h;
  else
    select array_agg(h.id order by h.search, h.id) into hits from (
      select k.id, k.search from public.contact k
      where k.account_id = account_ and k.merged_into is null and (k.archived_at is not null) = archived
        and public.contact_holds(k.search, parts, canon) and (sees or public.contact_holds_openly(k, parts))
      order by k.search limit 200) h;
  end if;
  if hits is null and length(words) >= 3 and (sees or words !~ '\d') then
    with near as materialized (
      select k.id, k.search from public.contact k
      where k.account_id = account_ and k.merged_into is null and (k.archived_at is not null) = archived
        and (only_ is null or k.id = any(only_)) and words <% k.search limit 5000)
    select array_agg(h.id order by h.how desc) into hits from (
      select n.id, public.word_similarity(words, n.search) as how from near n order by how desc limit 50) h;
  end if;
  return coalesce(hits, '{}');
end $$;

create or replace function api_contacts(args jsonb) returns json language plpgsql stable as $$
declare
  words text := trim(regexp_replace(plain(args ->> 'q'), '\s+', ' ', 'g'));
  archived boolean := coalesce(args ->> 'archived', '') = 'true';
  all_ boolean := sees_all_contacts();
  edge contact;
  -- Null: not narrowed down beforehand, so each one is asked about.
  only_ uuid[];
  ids uuid[];
  rows json[];
begin
  -- Who sees a few begins with these few; who sees nearly all goes through the names in order.
  if not all_ and not this_may('contacts.manage') then
    only_ := array(select c.contact_id from chat c where c.account_id = this_account() and c.merged_into is null
      union select k.id from contact k where k.account_id = this_account() and k.created_by = this_person() and not contact_has_chat(k.id));
  end if;
  if words <> '' then
    ids := contacts_like(words, only_, archived);
    select array_agg(contact_json(k) order by array_position(ids, k.id)) into rows from (
      select x.* from contact x where x.id = any(ids) and (all_ or only_ is not null or contact_seen(x)) order by array_position(ids, x.id) limit 50) k;
    return json_build_object('items', coalesce(to_json(rows), '[]'), 'next', null);
  end if;
  select * into edge from contact k where k.id = as_uuid(args ->> 'cursor') and k.account_id = this_account();
  if only_ is not null then
    select array_agg(p.id order by p.search, p.id) into ids from (
      select k.id, k.search from unnest(only_) o(id) join contact k on k.id = o.id
      where k.account_id = this_account() and k.merged_into is null and (k.archived_at is not null) = archived
        and (k.search, k.id) > (coalesce(edge.search, ''), coalesce(edge.id, '00000000-0000-0000-0000-000000000000'))
      order by k.search, k.id limit 50) p;
  else
    select array_agg(p.id order by p.search, p.id) into ids from (
      select k.id, k.search from contact k
      where k.account_id = this_account() and k.merged_into is null and (k.archived_at is not null) = archived
        and (k.search, k.id) > (coalesce(edge.search, ''), coalesce(edge.id, '00000000-0000-0000-0000-000000000000')) and (all_ or contact_seen(k))
      order by k.search, k.id limit 50) p;
  end if;
  select array_agg(contact_json(k) order by k.search, k.id) into rows from contact k where k.id = any(ids);
  return json_build_object('items', coalesce(to_json(rows), '[]'), 'next', case when cardinality(ids) = 50 then ids[50] end);
end $$;

create or replace function api_contact(args jsonb) returns json language sql stable as $$
  select contact_json(k) from contact_in_sight(as_uuid(args ->> 'contactId')) k where k.id is not null
$$;

/* What the audit log says of a contact. */
create or replace function contact_facts(k contact) returns jsonb language sql stable as $$
  select jsonb_build_object('name', k.name, 'phone', k.phone, 'document', k.document, 'email', k.email, 'archived', k.archived_at is not null)
$$;

/*
 * A contact that was changed, with its chats as phones must hear of them: everybody's, whoever asks. The last thing that a
 * function does: it opens the whole company's sight. `forgets`: chats that became part of another.
 */
create or replace function contact_told(contact_ uuid, moved uuid[]) returns json language plpgsql volatile as $$
declare
  k contact;
  shown json;
  ids uuid[];
begin
  select * into k from contact where id = contact_;
  shown := contact_json(k);
  perform act_for(this_account());
  update chat set rev = rev + 1 where contact_id = k.id and merged_into is null;
  select coalesce(array_agg(c.id), '{}') into ids from chat c where c.contact_id = k.id and c.merged_into is null;
  return told_chats(ids, '{}') || jsonb_build_object('contact', shown, 'facts', chat_facts(ids || moved)::jsonb,
    'forgets', (select coalesce(jsonb_agg(jsonb_build_object('chatId', c.id, 'into', c.merged_into, 'objectKey', c.object_key, 'channelId', c.channel_id)), '[]')
      from chat c where c.id = any(moved) and c.merged_into is not null));
end $$;

/* The contact who has this number, in whatever way it is written; null: nobody. One at a time for each number. */
create or replace function contact_with_phone(phone_ text) returns contact language plpgsql volatile as $$
declare k contact;
begin
  perform pg_advisory_xact_lock(hashtextextended(this_account()::text || phone_canon(phone_), 7));
  select x.* into k from contact_identity i join contact x on x.id = i.contact_id
  where i.account_id = this_account() and i.kind = 'phone' and i.value = any(phone_variants(phone_)) order by i.value = phone_ desc limit 1;
  return k;
end $$;

create or replace function api_contact_add(args jsonb) returns json language plpgsql volatile as $$
declare
  k contact;
  phone_ text := args ->> 'phone';
begin
  if phone_ is not null then k := contact_with_phone(phone_); end if;
  if k.id is not null then
    if not contact_seen(k) then perform refuse('contact_taken'); end if;
    return json_build_object('contact', contact_json(k), 'existed', true);
  end if;
  insert into contact (account_id, name, phone, document, email, created_by, search)
  values (this_account(), args ->> 'name', phone_, nullif(args ->> 'document', ''), nullif(args ->> 'email', ''), this_person(),
    contact_search(args ->> 'name', null, null, phone_))
  returning * into k;
  if phone_ is not null then insert into contact_identity (account_id, kind, value, contact_id) values (this_account(), 'phone', phone_, k.id); end if;
  perform audit_mine('contact.added', 'contact', k.id::text, k.name, null, contact_facts(k));
  return json_build_object('contact', contact_json(k), 'existed', false);
end $$;

/* Gives a contact another number: only while nobody has written from the old one, and to nobody's but a free one. */
create or replace function contact_phone_set(k contact, phone_ text) returns void language plpgsql volatile as $$
declare other contact;
begin
  if phone_ = k.phone then return; end if;
  if k.phone is not null and contact_has_chat(k.id) then perform refuse('contact_number_in_use'); end if;
  other := contact_with_phone(phone_);
  if other.id is not null and other.id <> k.id then perform refuse('contact_taken'); end if;
  if k.phone is null then
    insert into contact_identity (account_id, kind, value, contact_id) values (this_account(), 'phone', phone_, k.id);
  else
    update contact_identity set value = phone_ where account_id = this_account() and kind = 'phone' and value = k.phone and contact_id = k.id;
  end if;
  update contact set phone = phone_ where id = k.id;
end $$;

create or replace function api_contact_change(args jsonb) returns json language plpgsql volatile as $$
declare
  k contact := contact_in_sight(as_uuid(args ->> 'contactId'));
  was contact;
begin
  select * into was from contact where id = k.id for update;
  if was.id is null then return null; end if;
  if was.rev <> (args ->> 'rev')::bigint then perform refuse('changed_meanwhile'); end if;
  -- What one does not see one does not write over.
  if args ?| array['phone', 'document', 'email'] and not this_phones() then perform refuse('forbidden'); end if;
  if args ? 'phone' then perform contact_phone_set(was, args ->> 'phone'); end if;
  update contact x set name = coalesce(args ->> 'name', x.name),
    document = case when args ? 'document' then nullif(args ->> 'document', '') else x.document end,
    email = case when args ? 'email' then nullif(args ->> 'email', '') else x.email end,
    accepted = '{}', rev = x.rev + 1, search = contact_search(coalesce(args ->> 'name', x.name), x.profile_name, x.username, x.phone)
  where x.id = was.id returning * into k;
  if contact_facts(k) <> contact_facts(was) then
    perform audit_mine('contact.changed', 'contact', k.id::text, coalesce(k.name, k.profile_name), differing(contact_facts(was), contact_facts(k)),
      differing(contact_facts(k), contact_facts(was)));
  end if;
  return contact_told(k.id, '{}');
end $$;

create or replace function api_contact_archive(args jsonb) returns json language plpgsql volatile as $$
declare
  k contact := contact_in_sight(as_uuid(args ->> 'contactId'));
  wanted boolean := (args ->> 'archived')::boolean;
begin
  if k.id is null then return null; end if;
  if (k.archived_at is not null) <> wanted then
    update contact set archived_at = case when wanted then now() end, rev = rev + 1 where id = k.id returning * into k;
    perform audit_mine(case when wanted then 'contact.archived' else 'contact.restored' end, 'contact', k.id::text, coalesce(k.name, k.profile_name), null, null);
  end if;
  return contact_json(k);
end $$;

/* Makes two contacts one, with everybody's chats of both; then the caller sees again what they saw. */
create or replace function api_contacts_merge(args jsonb) returns json language plpgsql volatile as $$
declare
  k contact := contact_in_sight(as_uuid(args ->> 'contactId'));
  s contact := contact_in_sight(as_uuid(args ->> 'spareId'));
  reach_ text := this_reach();
  phones_ text := current_setting('app.phones', true);
  moved uuid[];
begin
  if k.id is null or s.id is null then return null; end if;
  if k.id = s.id then return contact_told(k.id, '{}'); end if;
  perform audit_mine('contact.merged', 'contact', k.id::text, coalesce(k.name, k.profile_name, k.phone), contact_facts(s), contact_facts(k));
  perform act_for(this_account());
  select coalesce(array_agg(c.id), '{}') into moved from chat c where c.contact_id = s.id and c.merged_into is null;
  perform contact_merge(this_account(), s.id, k.id);
  update contact set archived_at = null where id = k.id;
  perform set_config('app.reach', reach_, true), set_config('app.phones', phones_, true);
  return contact_told(k.id, moved);
end $$;

do $$
declare f text;
begin
  foreach f in array array['contact_has_chat(uuid)', 'contacts_like(text,uuid[],boolean)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
