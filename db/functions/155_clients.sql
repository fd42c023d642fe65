-- The company's own client database: how it is reached, and what was last read of it. The Worker does the asking.

create or replace function client_source_json(s client_source) returns json language sql stable as $$
  select (s.settings || jsonb_build_object('hasSecret', s.sealed is not null, 'rev', s.rev))::json
$$;

create or replace function api_client_source(args jsonb) returns json language sql stable as $$
  select json_build_object('source', (select client_source_json(s) from client_source s where s.account_id = this_account()))
$$;

/* How it is reached, with its sealed secret, for our own work; never handed on. Null: none is connected. */
create or replace function client_source_inner() returns json language sql stable as $$
  select json_build_object('accountId', s.account_id, 'settings', s.settings, 'sealed', s.sealed) from client_source s where s.account_id = this_account()
$$;

create or replace function api_client_source_inner(args jsonb) returns json language sql stable as $$
  select json_build_object('source', client_source_inner())
$$;

/* Keeps settings; `sealed` absent: the secret stays. What was read with others is not of this database. */
create or replace function api_client_source_set(args jsonb) returns json language plpgsql volatile as $$
declare
  was client_source;
  s client_source;
begin
  select * into was from client_source where account_id = this_account() for update;
  insert into client_source (account_id, settings, sealed) values (this_account(), args -> 'settings', args ->> 'sealed')
  on conflict (account_id) do update set settings = excluded.settings, sealed = case when args ? 'sealed' then excluded.sealed else client_source.sealed end,
    rev = client_source.rev + 1, changed_at = now()
  returning * into s;
  if was.account_id is not null and was.settings is distinct from s.settings then update client_record set read_at = 'epoch' where account_id = this_account(); end if;
  perform audit_mine('client_source.changed', 'client_source', null, s.settings ->> 'baseUrl', jsonb_build_object('settings', was.settings -> 'baseUrl'),
    jsonb_build_object('settings', s.settings -> 'baseUrl') || case when args ? 'sealed' then '{"credentials":"replaced"}' else '{}' end::jsonb);
  return client_source_json(s);
end $$;

/* May the caller see this field's value? */
create or replace function client_field_open(field jsonb) returns boolean language sql stable as $$
  select not coalesce((field ->> 'sensitive')::boolean, false) or this_may('clients.sensitive')
$$;

/* The fields as a screen of the caller's shows them. */
create or replace function client_fields_shown() returns json language sql stable as $$
  select coalesce((select json_agg(json_build_object('key', f ->> 'key', 'label', f ->> 'label', 'kind', f ->> 'kind', 'sensitive', (f ->> 'sensitive')::boolean,
      'editable', (f ->> 'editable')::boolean and this_may('clients.write') and client_field_open(f)) order by o)
    from client_source s cross join lateral jsonb_array_elements(s.settings -> 'fields') with ordinality x(f, o) where s.account_id = this_account()), '[]')
$$;

/* A client as the caller may see them: what is sensitive stands there masked. */
create or replace function client_json(r client_record) returns json language sql stable as $$
  select json_build_object('clientId', r.client_id, 'phone', phone_shown(r.phone), 'version', r.version, 'readAt', iso(r.read_at),
    'values', (select coalesce(json_object_agg(f ->> 'key', case when client_field_open(f)
        then json_build_object('text', r.texts -> (f ->> 'key'), 'value', r.data -> (f ->> 'key'))
        else json_build_object('text', case when r.texts ->> (f ->> 'key') is not null then '•••' end, 'value', null) end), '{}')
      from client_source s cross join lateral jsonb_array_elements(s.settings -> 'fields') f where s.account_id = r.account_id))
$$;

/* What was last read of the client behind a contact: found by number, else by document. */
create or replace function client_of(k contact) returns client_record language sql stable as $$
  select r from client_record r
  where r.account_id = k.account_id and r.read_at > 'epoch' and (r.phone = phone_canon(k.phone)
    or (k.document is not null and r.texts ->> 'documento' = k.document))
  order by r.phone = phone_canon(k.phone) desc nulls last, r.read_at desc limit 1
$$;

/* What the Worker needs to ask for the client of a contact, or of a chat, whom the caller sees. Never handed on. */
create or replace function api_client_inner(args jsonb) returns json language plpgsql stable as $$
declare
  k contact;
  c chat;
begin
  if args ? 'chatId' then
    select * into c from chat where id = chat_alive(as_uuid(args ->> 'chatId')) and account_id = this_account();
    select * into k from contact where id = c.contact_id;
  else
    k := contact_in_sight(as_uuid(args ->> 'contactId'));
  end if;
  if k.id is null then return null; end if;
  return json_build_object('phone', k.phone, 'document', k.document, 'source', client_source_inner());
end $$;

/* Keeps what was read of clients, and gives it back as the caller may see it. Rows: { clientId, phone, data, texts, version, readAt }. */
create or replace function api_clients_keep(args jsonb) returns json language plpgsql volatile as $$
begin
  insert into client_record (account_id, client_id, phone, data, texts, version, read_at)
  select this_account(), r ->> 'clientId', phone_canon(r ->> 'phone'), r -> 'data', r -> 'texts', r ->> 'version', (r ->> 'readAt')::timestamptz
  from jsonb_array_elements(args -> 'rows') r order by r ->> 'clientId'
  on conflict (account_id, client_id) do update set phone = excluded.phone, data = excluded.data, texts = excluded.texts, version = excluded.version, read_at = excluded.read_at
    where client_record.read_at <= excluded.read_at;
  return json_build_object('fields', client_fields_shown(), 'items', (
    select coalesce(json_agg(client_json(c) order by o), '[]')
    from jsonb_array_elements(args -> 'rows') with ordinality x(r, o) join client_record c on c.account_id = this_account() and c.client_id = x.r ->> 'clientId'));
end $$;

create or replace function api_client_cached(args jsonb) returns json language sql stable as $$
  select json_build_object('fields', client_fields_shown(), 'items', (
    select coalesce(json_agg(client_json(r)), '[]') from contact_in_sight(as_uuid(args ->> 'contactId')) k cross join lateral client_of(k) r
    where k.id is not null and r.client_id is not null))
$$;

/* Clients that were read before, while their database does not answer. */
create or replace function api_clients_cached(args jsonb) returns json language sql stable as $$
  select json_build_object('fields', client_fields_shown(), 'items', (
    select coalesce(json_agg(client_json(r) order by r.texts ->> 'titular', r.client_id), '[]') from (
      select * from client_record x where x.account_id = this_account() and x.read_at > 'epoch'
        and (coalesce(args ->> 'q', '') = '' or plain(x.texts ->> 'titular') like '%' || plain(args ->> 'q') || '%'
          or (x.phone like '%' || nullif(regexp_replace(args ->> 'q', '\D', '', 'g'), '') || '%' and this_phones()))
      order by x.texts ->> 'titular', x.client_id limit 50) r))
$$;

create or replace function api_client_noted(args jsonb) returns json language plpgsql volatile as $$
begin
  perform audit_mine(args ->> 'action', 'client', args ->> 'clientId', args ->> 'name', args -> 'before', args -> 'after');
  return json_build_object('done', true);
end $$;

/*
 * What the company's own client database says of a contact: {"values": {name: text ready to be read}, "at": when it was read there}.
 * Only what the caller may see: a quick reply is no way around a mask.
 */
create or replace function client_values(contact_ uuid) returns jsonb language sql stable as $$
  select coalesce((
    select jsonb_build_object('at', iso(r.read_at), 'values', coalesce((
      select jsonb_object_agg(f ->> 'key', r.texts -> (f ->> 'key'))
      from client_source s cross join lateral jsonb_array_elements(s.settings -> 'fields') f
      where s.account_id = r.account_id and client_field_open(f)), '{}'))
    from contact k cross join lateral client_of(k) r
    where k.id = contact_ and r.client_id is not null and this_may('clients.read')), '{}')
$$;

/* Contacts whom the company's own database knows under quite another name: of those that were read there. A longer form of a name is no other. */
create or replace function holders_otherwise() returns table (id uuid, said jsonb) language sql stable as $$
  select k.id, jsonb_build_object('name', r.texts ->> 'titular')
  from client_record r join contact_identity i on i.account_id = r.account_id and i.kind = 'phone' and i.value = any(phone_variants(r.phone))
  join contact k on k.id = i.contact_id
  where r.account_id = this_account() and r.read_at > 'epoch' and k.name <> '' and r.texts ->> 'titular' <> '' and 'conflict' <> all(k.accepted)
    and strpos(plain(r.texts ->> 'titular'), plain(k.name)) = 0 and strpos(plain(k.name), plain(r.texts ->> 'titular')) = 0
    and this_may('clients.read') and exists (select from client_source s cross join lateral jsonb_array_elements(s.settings -> 'fields') f
      where s.account_id = r.account_id and f ->> 'key' = 'titular' and client_field_open(f))
$$;
