-- Bringing contacts in from a file, and taking that back.

/* What differs between a card and a row of a file: what the row would put in (`filled`) and what it says otherwise (`other`). */
create or replace function import_compare(k contact, name_ text, document_ text, email_ text) returns table (filled jsonb, other jsonb) language sql immutable as $$
  select coalesce(jsonb_object_agg(x.field, x.theirs) filter (where coalesce(x.ours, '') = ''), '{}'),
    coalesce(jsonb_object_agg(x.field, x.theirs) filter (where coalesce(x.ours, '') <> ''), '{}')
  from (values ('name', k.name, name_), ('document', k.document, document_), ('email', k.email, email_)) x(field, ours, theirs)
  where coalesce(x.theirs, '') <> '' and lower(btrim(x.theirs)) is distinct from lower(btrim(x.ours))
$$;

/*
 * What becomes of each row of a file; nothing is written. Rows come as { n, name, phone, document, email, why }: `why` is
 * what the Worker has found wrong already.
 */
create or replace function import_judged(args jsonb) returns table (
  n int, name text, phone text, document text, email text, contact_id uuid, outcome text, why text, after_ jsonb, proposal jsonb)
language plpgsql stable as $$
declare way text := args ->> 'existing';
begin
  return query
  with rows as materialized (
    select r.*, row_number() over (partition by case when r.why is null then phone_canon(r.phone) else r.n::text || '!' end order by r.n) as turn
    from jsonb_to_recordset(args -> 'rows') as r(n int, name text, phone text, document text, email text, why text)),
  met as materialized (
    select r.*, i.contact_id as known from rows r left join lateral (
      select x.contact_id from contact_identity x
      where x.account_id = this_account() and x.kind = 'phone' and x.value = any(phone_variants(r.phone)) and r.why is null and r.turn = 1
      order by x.value = r.phone desc limit 1) i on true)
  select m.n, m.name, m.phone, m.document, m.email, k.id,
    case when m.why is not null or m.turn > 1 then 'refused'
      when k.id is null then 'created'
      when not contact_seen(k) then 'refused'
      when k.archived_at is not null then 'created'
      when way = 'skip' then 'same'
      when d.filled <> '{}' or (way = 'replace' and d.other <> '{}') then 'updated'
      when d.other <> '{}' then 'conflict'
      else 'same' end,
    case when m.why is not null then m.why when m.turn > 1 then 'repeated' when k.id is not null and not contact_seen(k) then 'contact_taken' end,
    case when k.id is null then '{}' when way = 'replace' then d.filled || d.other when way = 'fill' or k.archived_at is not null then d.filled else '{}' end,
    case when way = 'fill' and k.archived_at is null and d.other <> '{}' then d.other end
  from met m left join contact k on k.id = m.known
  left join lateral import_compare(k, m.name, m.document, m.email) d on k.id is not null
  order by m.n;
end $$;

/* Chats of these contacts as phones must hear of them: everybody's. The last thing that a function does. */
create or replace function contacts_told(contacts uuid[]) returns jsonb language plpgsql volatile as $$
declare ids uuid[];
begin
  perform act_for(this_account());
  with touched as (update chat set rev = rev + 1 where contact_id = any(contacts) and merged_into is null returning id)
  select coalesce(array_agg(t.id), '{}') into ids from touched t;
  return told_chats(ids, '{}') || '{"forgets":[]}';
end $$;

/*
 * Brings in a part of a file, in one transaction, and gives what became of each of its rows: {id, part, of} say which of how many. A part that is done
 * already is answered from what was kept. Parts come in their order.
 */
create or replace function api_contacts_import(args jsonb) returns json language plpgsql volatile as $$
declare
  import_ uuid := coalesce(as_uuid(args ->> 'id'), new_id());
  part_ int := coalesce((args ->> 'part')::int, 0);
  i contact_import;
  counts_ jsonb;
  rows_ json;
  changed uuid[];
begin
  if (args ->> 'dryRun')::boolean then
    with j as materialized (select * from import_judged(args)), c as (select j.outcome, count(*) as n from j group by 1)
    select (select json_agg(json_build_object('outcome', j.outcome, 'reason', j.why, 'phone', j.phone) order by j.n) from j),
      (select jsonb_object_agg(c.outcome, c.n) from c) into rows_, counts_;
    return json_build_object('result', json_build_object('importId', null, 'counts', counts_, 'rows', rows_),
      'chats', '[]'::json, 'messages', '[]'::json, 'facts', '[]'::json, 'forgets', '[]'::json);
  end if;
  perform pg_advisory_xact_lock(hashtextextended(this_account()::text, 15));
  update contact_import x set parts = '[]' where x.account_id = this_account() and x.created_at < now() - interval '1 day' and x.parts <> '[]';
  insert into contact_import (id, account_id, person_id, file_name) values (import_, this_account(), this_person(), args ->> 'fileName') on conflict (id) do nothing;
  select * into i from contact_import x where x.id = import_ and x.account_id = this_account() and x.person_id is not distinct from this_person() for update;
  if i.id is null or i.file_name <> args ->> 'fileName' then perform refuse('id_reused'); end if;
  if i.undone_at is not null then perform refuse('import_undone'); end if;
  if part_ < jsonb_array_length(i.parts) then
    return json_build_object('result', i.parts -> part_, 'chats', '[]'::json, 'messages', '[]'::json, 'facts', '[]'::json, 'forgets', '[]'::json);
  end if;
  if part_ > jsonb_array_length(i.parts) then perform refuse('changed_meanwhile'); end if;
  begin
    with j as materialized (select x.*, coalesce(x.contact_id, case when x.outcome = 'created' then new_id() end) as id from import_judged(args) x),
    old as materialized (select k.* from contact k where k.id in (select j.contact_id from j where j.contact_id is not null)),
    made as (
      insert into contact (id, account_id, name, phone, document, email, created_by, search)
      select j.id, this_account(), nullif(j.name, ''), j.phone, nullif(j.document, ''), nullif(j.email, ''), this_person(), contact_search(nullif(j.name, ''), null, null, j.phone)
      from j where j.outcome = 'created' and j.contact_id is null),
    known_by as (
      insert into contact_identity (account_id, kind, value, contact_id)
      select this_account(), 'phone', j.phone, j.id from j where j.outcome = 'created' and j.contact_id is null),
    updated as (
      update contact k set name = coalesce(j.after_ ->> 'name', k.name), document = coalesce(j.after_ ->> 'document', k.document), email = coalesce(j.after_ ->> 'email', k.email),
        search = contact_search(coalesce(j.after_ ->> 'name', k.name), k.profile_name, k.username, k.phone), archived_at = null, accepted = '{}', rev = k.rev + 1
      from j where k.id = j.contact_id and j.outcome in ('created', 'updated') returning k.id),
    written as (
      insert into contact_import_row (account_id, import_id, n, contact_id, outcome, before, after, proposal, rev)
      select this_account(), import_, j.n, j.id, j.outcome,
        case when o.id is null then '{}' else (select coalesce(jsonb_object_agg(f.key, to_jsonb(o) -> f.key), '{}') from jsonb_each(j.after_) f) end,
        j.after_, j.proposal, coalesce(o.rev, 0) + (j.outcome <> 'conflict')::int
      from j left join old o on o.id = j.contact_id where j.outcome in ('created', 'updated', 'conflict')),
    c as (select j.outcome, count(*) as n from j group by 1)
    select (select json_agg(json_build_object('outcome', j.outcome, 'reason', j.why, 'phone', j.phone) order by j.n) from j),
      (select jsonb_object_agg(c.outcome, c.n) from c), (select coalesce(array_agg(u.id), '{}') from updated u) into rows_, counts_, changed;
  exception when unique_violation then perform refuse('changed_meanwhile');
  end;
  update contact_import x set parts = x.parts || jsonb_build_array(jsonb_build_object('importId', import_, 'counts', counts_, 'rows', rows_)),
    counts = (select jsonb_object_agg(s.key, s.n) from (select c.key, sum(c.value::int) as n
      from (select * from jsonb_each_text(x.counts) union all select * from jsonb_each_text(counts_)) c group by c.key) s)
  where x.id = import_ returning * into i;
  if part_ + 1 = coalesce((args ->> 'of')::int, 1) then
    perform audit_mine('contacts.imported', 'contact_import', import_::text, args ->> 'fileName', null, i.counts);
  end if;
  return (contacts_told(changed) || jsonb_build_object('result', i.parts -> part_))::json;
end $$;

/* Is this import the caller's to look at and to take back: their own, or any for who sees all contacts. */
create or replace function import_is_ours(i contact_import) returns boolean language sql stable as $$
  select i.account_id = this_account() and (i.person_id = this_person() or this_may('contacts.all'))
$$;

create or replace function api_contact_imports(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(json_build_object('id', i.id, 'fileName', i.file_name, 'by', p.name, 'at', iso(i.created_at), 'counts', i.counts,
    'undone', case when i.undone_at is not null then json_build_object('at', iso(i.undone_at), 'by', u.name) end) order by i.id desc), '[]'))
  from (select * from contact_import x where x.account_id = this_account() and import_is_ours(x) order by x.id desc limit 50) i
  left join person p on p.id = i.person_id left join person u on u.id = i.undone_by
$$;

create or replace function api_contact_import_undo(args jsonb) returns json language plpgsql volatile as $$
declare
  i contact_import;
  r contact_import_row;
  k contact;
  was jsonb;
  gone int := 0;
  n int := 0;
  back uuid[] := '{}';
begin
  select * into i from contact_import x where x.id = as_uuid(args ->> 'importId') and import_is_ours(x) for update;
  if i.id is null then return null; end if;
  if i.undone_at is not null then perform refuse('import_undone'); end if;
  -- Row by row: as one statement it is planned for a table of which nothing is known yet, and took seconds.
  for r in select * from contact_import_row x where x.import_id = i.id and x.outcome in ('created', 'updated') order by x.n loop
    n := n + 1;
    select * into k from contact x where x.id = r.contact_id for update;
    if k.merged_into is not null then continue; end if;
    if r.outcome = 'created' then
      if k.rev = r.rev and k.archived_at is null and not contact_has_chat(k.id) then
        update contact x set archived_at = now(), rev = x.rev + 1 where x.id = k.id;
        gone := gone + 1;
      end if;
      continue;
    end if;
    -- Each value goes back only while it is still the one that the import wrote.
    select jsonb_object_agg(f.key, r.before -> f.key) into was from jsonb_each(r.after) f where to_jsonb(k) -> f.key = f.value;
    continue when was is null;
    k := jsonb_populate_record(k, was);
    update contact x set name = k.name, document = k.document, email = k.email, search = contact_search(k.name, k.profile_name, k.username, k.phone), rev = x.rev + 1
    where x.id = k.id;
    back := back || k.id;
  end loop;
  update contact_import_row x set settled_at = now() where x.import_id = i.id and x.proposal is not null and x.settled_at is null;
  update contact_import x set undone_at = now(), undone_by = this_person() where x.id = i.id;
  perform audit_mine('contacts.import_undone', 'contact_import', i.id::text, i.file_name, null, jsonb_build_object('archived', gone, 'restored', cardinality(back)));
  return (contacts_told(back) || jsonb_build_object('result', json_build_object('archived', gone, 'restored', cardinality(back), 'kept', n - gone - cardinality(back))))::json;
end $$;
