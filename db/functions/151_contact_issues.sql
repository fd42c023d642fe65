-- What a supervisor puts right: incomplete, duplicate and conflicting contacts.

/* What is wrong with contacts of this company, as far as the caller sees them. `others` and `shared` are of a duplicate, `proposal` of a conflict. */
create or replace function contact_issues(kind_ text) returns table (contact_id uuid, others uuid[], shared text, proposal jsonb) language plpgsql stable as $$
begin
  if kind_ = 'incomplete' then
    return query select k.id, '{}'::uuid[], null::text, null::jsonb from contact k
      where k.account_id = this_account() and k.merged_into is null and k.archived_at is null and 'incomplete' <> all(k.accepted)
        and (coalesce(k.name, k.profile_name, k.username) is null or k.phone is null) and contact_seen(k)
      order by k.id limit 1000;
  elsif kind_ = 'duplicate' then
    return query
      with keys as materialized (
        -- A number is one contact's alone; only where it can be written in two ways may it be two people's.
        select k.id, 'phone' as shared, phone_canon(k.phone) as key from contact k
        where k.account_id = this_account() and k.merged_into is null and k.archived_at is null and 'duplicate' <> all(k.accepted)
          and k.phone ~ '^(52|54|55|(593|51|57|56)0)'
        union all select k.id, 'document', upper(regexp_replace(k.document, '\W', '', 'g')) from contact k
        where k.account_id = this_account() and k.merged_into is null and k.archived_at is null and 'duplicate' <> all(k.accepted) and k.document ~ '\w'
        union all select k.id, 'email', lower(k.email) from contact k
        where k.account_id = this_account() and k.merged_into is null and k.archived_at is null and 'duplicate' <> all(k.accepted) and k.email <> ''),
      same as (
        select y.shared, (array_agg(y.id order by y.id)) as ids from keys y group by y.shared, y.key having count(*) > 1)
      select distinct on (s.ids) s.ids[1], s.ids[2:], s.shared, null::jsonb from same s
      where not exists (select from contact k where k.id = any(s.ids) and not contact_seen(k))
      order by s.ids, s.shared limit 1000;
  else
    return query select distinct on (k.id) k.id, '{}'::uuid[], null::text, d.said
      from (
        select r.contact_id as id, r.proposal as said, 1 as turn, r.import_id as latest from contact_import_row r
        where r.account_id = this_account() and r.proposal is not null and r.settled_at is null
        union all select h.id, h.said, 2, null from holders_otherwise() h) d
      join contact k on k.id = d.id
      where k.merged_into is null and k.archived_at is null and contact_seen(k)
      order by k.id, d.turn, d.latest desc limit 1000;
  end if;
end $$;

/* A proposal as the caller may see it: documents and e-mails like numbers. */
create or replace function proposal_shown(proposal jsonb) returns jsonb language sql stable as $$
  select jsonb_object_agg(p.key, case when p.key = 'name' then p.value else detail_shown(p.value) end) from jsonb_each_text(proposal) p
$$;

create or replace function api_contact_issues(args jsonb) returns json language sql stable as $$
  with found as materialized (
    select kind, i.* from unnest(array['incomplete', 'duplicate', 'conflict']) kind cross join lateral contact_issues(kind) i),
  page as (select * from found f where f.kind = args ->> 'kind' order by f.contact_id limit 50)
  select json_build_object(
    'items', (select coalesce(json_agg(json_build_object('kind', p.kind, 'contact', contact_json(k), 'shared', p.shared, 'proposal', proposal_shown(p.proposal),
        'others', (select coalesce(json_agg(contact_json(o) order by o.id), '[]') from contact o where o.id = any(p.others))) order by k.id), '[]')
      from page p join contact k on k.id = p.contact_id),
    'counts', (select json_build_object('incomplete', count(*) filter (where f.kind = 'incomplete'), 'duplicate', count(*) filter (where f.kind = 'duplicate'),
      'conflict', count(*) filter (where f.kind = 'conflict')) from found f))
$$;

create or replace function api_contact_issue_settle(args jsonb) returns json language plpgsql volatile as $$
declare
  k contact := contact_in_sight(as_uuid(args ->> 'contactId'));
  was contact := k;
  kind_ text := args ->> 'kind';
  given jsonb;
begin
  if k.id is null then return null; end if;
  if kind_ = 'conflict' then
    select i.proposal into given from contact_issues('conflict') i where i.contact_id = k.id;
    update contact_import_row set settled_at = now() where contact_id = k.id and proposal is not null and settled_at is null;
    if (args ->> 'take')::boolean and given is not null then
      update contact x set name = coalesce(given ->> 'name', x.name), document = coalesce(given ->> 'document', x.document), email = coalesce(given ->> 'email', x.email),
        search = contact_search(coalesce(given ->> 'name', x.name), x.profile_name, x.username, x.phone), accepted = '{}', rev = x.rev + 1
      where x.id = k.id returning * into k;
      perform audit_mine('contact.changed', 'contact', k.id::text, coalesce(k.name, k.profile_name), differing(contact_facts(was), contact_facts(k)),
        differing(contact_facts(k), contact_facts(was)));
      return contact_told(k.id, '{}');
    end if;
  end if;
  -- Of a duplicate one accepts that these are several people: each of them.
  update contact x set accepted = array_append(array_remove(x.accepted, kind_), kind_)
  where x.id = k.id or (kind_ = 'duplicate' and x.id = any(
    (select i.others from contact_issues('duplicate') i where i.contact_id = k.id limit 1)::uuid[]));
  perform audit_mine('contact.accepted', 'contact', k.id::text, coalesce(k.name, k.profile_name, k.phone), null, jsonb_build_object('kind', kind_));
  return json_build_object('contact', contact_json(k), 'chats', '[]'::json, 'messages', '[]'::json, 'facts', '[]'::json, 'forgets', '[]'::json);
end $$;
