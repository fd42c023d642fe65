-- The address book of an unofficial number's phone: what it says of our contacts, as proposals or at once. A name that one of
-- ours has written is changed by one of ours only.

/* What a name of the phone's is beside our contacts: `new`, `fill` (known without a name), `same` or `conflict`. */
create or replace function phone_contact_now(account_ uuid, phone_ text, name_ text, out kind text, out contact_id uuid, out ours text)
language plpgsql stable as $$
begin
  select k.id, nullif(k.name, '') into contact_id, ours from contact_identity i join contact k on k.id = i.contact_id
  where i.account_id = account_ and i.kind = 'phone' and i.value = any(phone_variants(phone_)) order by i.value = phone_ desc limit 1;
  kind := case when contact_id is null then 'new' when ours is null then 'fill' when plain(ours) = plain(name_) then 'same' else 'conflict' end;
end $$;

/* Takes proposals of these kinds over into our contacts. Gives the contacts that were there before and have another name now. */
create or replace function phone_contacts_take(ids uuid[], kinds text[]) returns uuid[] language plpgsql volatile as $$
declare
  p phone_contact;
  n record;
  changed uuid[] := '{}';
  to_clients boolean;
begin
  for p in select x.* from phone_contact x where x.id = any(ids) and x.state = 'open' order by x.phone for update loop
    perform pg_advisory_xact_lock(hashtextextended(p.account_id::text || phone_canon(p.phone), 7));
    select * into n from phone_contact_now(p.account_id, p.phone, p.name);
    continue when n.kind <> 'same' and not n.kind = any(kinds);
    if n.kind = 'new' then
      insert into contact (account_id, name, phone, created_by, search)
      values (p.account_id, p.name, p.phone, this_person(), contact_search(p.name, null, null, p.phone)) returning id into n.contact_id;
      insert into contact_identity (account_id, kind, value, contact_id) values (p.account_id, 'phone', p.phone, n.contact_id);
    elsif n.kind <> 'same' then
      update contact k set name = p.name, search = contact_search(p.name, k.profile_name, k.username, k.phone), accepted = '{}', rev = k.rev + 1 where k.id = n.contact_id;
      changed := changed || n.contact_id;
    end if;
    if p.lid is not null then
      insert into contact_identity (account_id, kind, value, contact_id) values (p.account_id, 'lid', p.lid, n.contact_id) on conflict do nothing;
    end if;
    select c.contacts_to_clients and exists (select from client_source s where s.account_id = c.account_id) into to_clients from channel c where c.id = p.channel_id;
    update phone_contact x set state = 'taken', contact_id = n.contact_id, settled_at = now(), settled_by = this_person(),
      client_state = case when to_clients then 'due' end, client_code = null
    where x.id = p.id;
  end loop;
  return changed;
end $$;

/* Somebody must look after what is due in the client database: [{id, kind}], none where that is under way. */
create or replace function phone_contacts_due() returns json language plpgsql volatile as $$
declare job_ uuid;
begin
  if not exists (select from phone_contact p where p.account_id = this_account() and p.client_state = 'due') then return '[]'; end if;
  if exists (select from job j where j.account_id = this_account() and j.kind = 'phone_contacts' and j.done_at is null) then return '[]'; end if;
  insert into job (account_id, kind, ref) values (this_account(), 'phone_contacts', '{}') returning id into job_;
  return json_build_array(json_build_object('id', job_, 'kind', 'phone_contacts'));
end $$;

/*
 * What the phone of a number tells of people: [{customer: {phone, lid}, name, pushName}]. What they call themselves fills what
 * is empty; the address book's names are proposals, and where the number is set so, those that contradict nobody are taken.
 */
create or replace function session_people(account_ uuid, channel_ uuid, people jsonb) returns json language plpgsql volatile as $$
declare
  e jsonb;
  phone_ text;
  way text;
  told uuid[] := '{}';
  changed uuid[] := '{}';
  one uuid;
begin
  perform act_for(account_);
  select c.contacts_way into way from channel c where c.id = channel_;
  for e in select value from jsonb_array_elements(people) loop
    phone_ := e -> 'customer' ->> 'phone';
    if phone_ is null then
      select k.phone into phone_ from contact_identity i join contact k on k.id = i.contact_id
      where i.account_id = account_ and i.kind = 'lid' and i.value = e -> 'customer' ->> 'lid';
    end if;
    continue when phone_ is null or phone_ !~ '^\d{5,20}$';
    if e ->> 'pushName' is not null then
      update contact k set profile_name = e ->> 'pushName', search = contact_search(k.name, e ->> 'pushName', k.username, k.phone), rev = k.rev + 1
      from contact_identity i
      where i.account_id = account_ and i.kind = 'phone' and i.value = phone_ and k.id = i.contact_id and k.profile_name is null;
    end if;
    continue when coalesce(trim(e ->> 'name'), '') = '' or way = 'off' or way is null;
    -- Another name than before is another proposal, whatever became of the last one.
    insert into phone_contact (account_id, channel_id, phone, lid, name) values (account_, channel_, phone_, e -> 'customer' ->> 'lid', left(trim(e ->> 'name'), 120))
    on conflict (channel_id, phone) do update set name = excluded.name, lid = coalesce(excluded.lid, phone_contact.lid), told_at = now(),
      state = 'open', contact_id = null, settled_at = null, settled_by = null
      where phone_contact.name <> excluded.name
    returning id into one;
    if found then told := told || one; end if;
  end loop;
  if told <> '{}' then
    changed := phone_contacts_take(told, case way when 'direct' then array['new', 'fill'] else '{}'::text[] end);
    -- Who is called the same already needs nothing, there neither.
    update phone_contact p set client_state = null where p.id = any(told) and p.state = 'taken' and way <> 'direct';
  end if;
  return contacts_told(changed) || jsonb_build_object('jobs', phone_contacts_due());
end $$;

/* How it stands, and a page of what is open (of one kind). */
create or replace function api_phone_contacts(args jsonb) returns json language plpgsql stable as $$
declare
  c channel;
  rows json[];
  after_ uuid := coalesce(as_uuid(args ->> 'cursor'), '00000000-0000-0000-0000-000000000000');
begin
  select * into c from channel where id = as_uuid(args ->> 'channelId') and account_id = this_account() and kind = 'session';
  if c.id is null then return null; end if;
  select array_agg(json_build_object('id', o.id, 'name', o.name, 'phone', phone_shown(o.phone), 'kind', o.kind,
    'contact', case when o.contact is not null then json_build_object('id', o.contact, 'name', o.ours) end) order by o.id) into rows
  from (select p.id, p.name, p.phone, n.kind, n.contact_id as contact, n.ours
    from phone_contact p cross join lateral phone_contact_now(p.account_id, p.phone, p.name) n
    where p.account_id = this_account() and p.channel_id = c.id and p.state = 'open' and p.id > after_
      and n.kind = coalesce(args ->> 'kind', n.kind) order by p.id limit 50) o;
  return json_build_object('way', c.contacts_way, 'toClients', c.contacts_to_clients,
    'hasClients', exists (select from client_source s where s.account_id = this_account()),
    'counts', (select json_build_object('new', count(*) filter (where p.state = 'open' and n.kind = 'new'), 'fill', count(*) filter (where p.state = 'open' and n.kind = 'fill'),
        'conflict', count(*) filter (where p.state = 'open' and n.kind = 'conflict'), 'taken', count(*) filter (where p.state = 'taken'), 'left', count(*) filter (where p.state = 'left'))
      from phone_contact p left join lateral phone_contact_now(p.account_id, p.phone, p.name) n on p.state = 'open'
      where p.account_id = this_account() and p.channel_id = c.id),
    'clients', (select coalesce(json_object_agg(s.client_state, s.n), '{}') from (select p.client_state, count(*) as n from phone_contact p
      where p.account_id = this_account() and p.channel_id = c.id and p.client_state is not null group by 1) s),
    'items', coalesce(to_json(rows), '[]'), 'next', case when cardinality(rows) = 50 then rows[50] ->> 'id' end);
end $$;

/* Takes or leaves several: those named, or all of a kind. At most 500 at once; `more` says that there are others. */
create or replace function api_phone_contacts_settle(args jsonb) returns json language plpgsql volatile as $$
declare
  c channel;
  ids uuid[];
  changed uuid[] := '{}';
  n int;
begin
  select * into c from channel where id = as_uuid(args ->> 'channelId') and account_id = this_account() and kind = 'session';
  if c.id is null then return null; end if;
  if args ? 'ids' then
    ids := array(select p.id from phone_contact p where p.account_id = this_account() and p.channel_id = c.id and p.state = 'open'
      and p.id in (select as_uuid(x) from jsonb_array_elements_text(args -> 'ids') x));
  else
    ids := array(select p.id from phone_contact p cross join lateral phone_contact_now(p.account_id, p.phone, p.name) w
      where p.account_id = this_account() and p.channel_id = c.id and p.state = 'open' and w.kind = args ->> 'kind' order by p.id limit 500);
  end if;
  if (args ->> 'take')::boolean then changed := phone_contacts_take(ids, array['new', 'fill', 'conflict']);
  else
    update phone_contact p set state = 'left', settled_at = now(), settled_by = this_person() where p.id = any(ids);
  end if;
  n := cardinality(ids);
  if n > 0 then
    perform audit_mine(case when (args ->> 'take')::boolean then 'phone_contacts.taken' else 'phone_contacts.left' end, 'channel', c.id::text, c.name, null,
      jsonb_build_object('count', n));
  end if;
  return (contacts_told(changed) || jsonb_build_object('jobs', phone_contacts_due(), 'settled', n))::json;
end $$;

/* What becomes of the address book from now on. `direct` takes what waits, too, but for what contradicts us. */
create or replace function api_phone_contacts_set(args jsonb) returns json language plpgsql volatile as $$
declare
  was channel;
  c channel;
  changed uuid[] := '{}';
begin
  select * into was from channel where id = as_uuid(args ->> 'channelId') and account_id = this_account() and kind = 'session' for update;
  if was.id is null then return null; end if;
  update channel set contacts_way = args ->> 'way', contacts_to_clients = (args ->> 'toClients')::boolean where id = was.id returning * into c;
  if (was.contacts_way, was.contacts_to_clients) is distinct from (c.contacts_way, c.contacts_to_clients) then
    perform audit_mine('channel.changed', 'channel', c.id::text, c.name, jsonb_build_object('contacts', was.contacts_way, 'toClients', was.contacts_to_clients),
      jsonb_build_object('contacts', c.contacts_way, 'toClients', c.contacts_to_clients));
  end if;
  if c.contacts_way = 'direct' then
    changed := phone_contacts_take(array(select p.id from phone_contact p where p.account_id = this_account() and p.channel_id = c.id and p.state = 'open'), array['new', 'fill']);
  end if;
  return (contacts_told(changed) || jsonb_build_object('jobs', phone_contacts_due(), 'settled', 0))::json;
end $$;

/* What the client database must still hear, and how it is reached; for our own work. */
create or replace function phone_contacts_for_clients(account_ uuid, most int) returns json language plpgsql volatile as $$
begin
  perform act_for(account_);
  return json_build_object('source', client_source_inner(), 'country', (select a.country from account a where a.id = account_),
    'items', (select coalesce(json_agg(json_build_object('id', p.id, 'phone', p.phone, 'name', p.name, 'document', k.document) order by p.id), '[]')
      from (select * from phone_contact x where x.account_id = account_ and x.client_state = 'due' order by x.id limit most) p left join contact k on k.id = p.contact_id));
end $$;

/* What became of one there. */
create or replace function phone_contact_client(account_ uuid, id_ uuid, state_ text, code_ text) returns void language plpgsql volatile as $$
begin
  perform act_for(account_);
  update phone_contact p set client_state = state_, client_code = code_ where p.id = id_ and p.client_state = 'due';
end $$;
