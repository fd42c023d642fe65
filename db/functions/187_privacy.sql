-- What a company tells people about their data, who was told, and what people ask about theirs (Ecuador: LOPDP, CRM-113).

/* A version of the notice is what people could read: nobody changes it. */
revoke update on privacy_notice from app_rw, app_system;

/* What somebody asked stays as it was written down: whose it is (a merged contact) may change, and once how it was answered. */
create or replace function privacy_request_is_written() returns trigger language plpgsql as $$
declare once text[] := array['account_id', 'contact_id'] || case when old.state = 'open' then array['state', 'outcome', 'settled_by', 'settled_at'] else '{}' end;
begin
  if (to_jsonb(new) - once) is distinct from (to_jsonb(old) - once) then raise exception 'a request is history' using errcode = '55000'; end if;
  return new;
end $$;
drop trigger if exists privacy_request_written on privacy_request;
create trigger privacy_request_written before update on privacy_request for each row execute function privacy_request_is_written();

/* What was asked of and told to one contact goes with them when two turn out to be one. */
create or replace function privacy_merged(spare uuid, keep uuid) returns void language sql volatile as $$
  update privacy_request set contact_id = keep where contact_id = spare;
  update privacy_delivery set contact_id = keep where contact_id = spare and not exists (select from privacy_delivery d where d.contact_id = keep)
$$;

create or replace function notice_json(n privacy_notice) returns json language sql stable as $$
  select json_build_object('version', n.version, 'fields', n.fields, 'texts', n.texts, 'by', (select p.name from person p where p.id = n.person_id), 'at', iso(n.published_at))
$$;

create or replace function api_privacy(args jsonb) returns json language sql stable as $$
  select json_build_object('rev', coalesce(s.rev, 0), 'key', case when n.id is not null then s.key end, 'sendsToNew', coalesce(s.sends_to_new, false),
    'sentence', coalesce(s.sentence, ''), 'answerDays', coalesce(s.answer_days, 15),
    'sent', (select count(*) from privacy_delivery d where d.account_id = this_account() and d.released_at is null),
    'current', case when n.id is not null then notice_json(n) end,
    'history', (select coalesce(json_agg(json_build_object('version', x.version, 'by', p.name, 'at', iso(x.published_at)) order by x.version desc), '[]')
      from privacy_notice x left join person p on p.id = x.person_id where x.account_id = this_account()))
  from (select 1) one
  left join privacy_setting s on s.account_id = this_account()
  left join lateral (select * from privacy_notice x where x.account_id = this_account() order by x.version desc limit 1) n on true
$$;

/* The company's settings, made when there are none. */
create or replace function privacy_setting_begin() returns privacy_setting language plpgsql volatile as $$
declare s privacy_setting;
begin
  insert into privacy_setting (account_id, key, sentence)
  values (this_account(), left(replace(gen_random_uuid()::text, '-', ''), 12), 'Cuidamos sus datos personales: {aviso_privacidad}')
  on conflict (account_id) do nothing;
  select * into s from privacy_setting x where x.account_id = this_account() for update;
  return s;
end $$;

create or replace function api_privacy_publish(args jsonb) returns json language plpgsql volatile as $$
declare
  s privacy_setting := privacy_setting_begin();
  last_ int := (select coalesce(max(x.version), 0) from privacy_notice x where x.account_id = this_account());
begin
  if last_ <> (args ->> 'after')::int then perform refuse('changed_meanwhile'); end if;
  insert into privacy_notice (account_id, version, fields, texts, person_id)
  values (this_account(), last_ + 1, (args -> 'fields') || jsonb_build_object('days', s.answer_days), args -> 'texts', this_person());
  perform audit_mine('privacy.published', 'privacy_notice', (last_ + 1)::text, 'v' || (last_ + 1), null, args -> 'fields');
  return api_privacy('{}');
end $$;

/* What the audit log says of the settings. */
create or replace function privacy_facts(s privacy_setting) returns jsonb language sql stable as $$
  select jsonb_build_object('sendsToNew', s.sends_to_new, 'sentence', s.sentence, 'answerDays', s.answer_days)
$$;

create or replace function api_privacy_change(args jsonb) returns json language plpgsql volatile as $$
declare
  was privacy_setting;
  s privacy_setting;
  on_ boolean := (args ->> 'sendsToNew')::boolean;
begin
  select * into was from privacy_setting x where x.account_id = this_account() for update;
  if coalesce(was.rev, 0) <> (args ->> 'rev')::bigint then perform refuse('changed_meanwhile'); end if;
  if on_ and not exists (select from privacy_notice x where x.account_id = this_account()) then perform refuse('notice_missing'); end if;
  if was.account_id is null then was := privacy_setting_begin(); end if;
  -- Off and on again begins anew: who came in between was not to be told.
  update privacy_setting x set sends_to_new = on_, sends_since = case when not on_ then null when was.sends_to_new then x.sends_since else now() end,
    sentence = args ->> 'sentence', answer_days = (args ->> 'answerDays')::int, rev = x.rev + 1
  where x.account_id = this_account() returning * into s;
  if privacy_facts(s) <> privacy_facts(was) then
    perform audit_mine('privacy.changed', 'privacy_setting', this_account()::text, null, differing(privacy_facts(was), privacy_facts(s)), differing(privacy_facts(s), privacy_facts(was)));
  end if;
  return api_privacy('{}');
end $$;

/*
 * The public page: what anybody may read who has its address. `version_` null: the latest. Null where there is none. Runs as
 * app_system: whoever reads it belongs to no company.
 */
create or replace function privacy_page(key_ text, version_ int) returns json language sql stable security definer
set search_path = pg_catalog, public as $$
  select json_build_object('company', a.name, 'country', a.country, 'timeZone', a.time_zone, 'version', n.version, 'fields', n.fields, 'texts', n.texts, 'at', public.iso(n.published_at),
    'latest', (select max(x.version) from public.privacy_notice x where x.account_id = a.id))
  from public.privacy_setting s join public.account a on a.id = s.account_id
  cross join lateral (select * from public.privacy_notice x where x.account_id = a.id and (version_ is null or x.version = version_) order by x.version desc limit 1) n
  where s.key = key_ and a.archived_at is null
$$;

/*
 * Is this contact to be told now? Takes the one turn that a contact has: the version that they will get with message `message_`,
 * or null. Who came before the company turned it on is no new contact; what was not sent after all gives the turn back.
 */
create or replace function privacy_claim(c chat, message_ uuid) returns int language plpgsql volatile as $$
declare version_ int;
begin
  if not exists (select from privacy_setting s join contact k on k.id = c.contact_id
      where s.account_id = c.account_id and s.sends_to_new and k.created_at >= s.sends_since) then return null; end if;
  select max(x.version) into version_ from privacy_notice x where x.account_id = c.account_id;
  if version_ is null then return null; end if;
  insert into privacy_delivery as d (contact_id, account_id, version, chat_id, message_id)
  values (c.contact_id, c.account_id, version_, c.id, message_)
  on conflict (contact_id) do update set version = excluded.version, chat_id = excluded.chat_id, message_id = excluded.message_id, at = now(), released_at = null
  where d.released_at is not null;
  return case when found then version_ end;
end $$;

/* The notice was not sent with this message after all: the contact's next message is another chance. */
create or replace function privacy_release(message_ uuid, chat_ uuid) returns void language sql volatile as $$
  update privacy_delivery d set released_at = now() from chat c where c.id = chat_ and d.contact_id = c.contact_id and d.message_id = message_ and d.released_at is null
$$;

/* Under a message that carries the notice: the line that says so. Null for every other message. */
create or replace function privacy_line(m message) returns uuid language sql volatile as $$
  select system_line(m.chat_id, 'privacy_sent', jsonb_build_object('how', m.extra ->> 'privacy')) where m.extra ? 'privacy'
$$;

/* The day where the company is. */
create or replace function account_today() returns date language sql stable as $$
  select (now() at time zone a.time_zone)::date from account a where a.id = this_account()
$$;

/* A request as contract/privacy.ts shows it. Who does not see the contact does not read the name. */
create or replace function privacy_request_json(x privacy_request) returns json language sql stable as $$
  select json_build_object('id', x.id,
    'contact', json_build_object('id', k.id, 'name', case when contact_seen(k) then coalesce(k.name, k.profile_name, k.username) end, 'phone', phone_shown(k.phone)),
    'kind', x.kind, 'asked', x.asked, 'receivedOn', x.received_on, 'dueOn', x.due_on, 'isLate', x.state = 'open' and x.due_on < account_today(),
    'state', x.state, 'outcome', x.outcome, 'by', (select p.name from person p where p.id = x.person_id), 'at', iso(x.created_at),
    'settledBy', (select p.name from person p where p.id = x.settled_by), 'settledAt', iso(x.settled_at))
  from contact k where k.id = x.contact_id
$$;

create or replace function api_privacy_requests(args jsonb) returns json language plpgsql stable as $$
declare
  settled_ boolean := coalesce(args ->> 'settled' = 'yes', false);
  after_ jsonb := case when args ->> 'cursor' ~ '^\d{4}-\d{2}-\d{2} [0-9a-f-]{36}$' then to_jsonb(string_to_array(args ->> 'cursor', ' ')) end;
  rows json[];
  n int;
  next_ text;
begin
  if settled_ then
    select array_agg(privacy_request_json(x) order by x.id desc), count(*), (array_agg(x.due_on || ' ' || x.id order by x.id))[1] into rows, n, next_ from (
      select y.* from privacy_request y join contact k on k.id = y.contact_id
      where y.account_id = this_account() and y.state <> 'open' and contact_seen(k) and (after_ is null or y.id < as_uuid(after_ ->> 1))
      order by y.id desc limit 50) x;
  else
    select array_agg(privacy_request_json(x) order by x.due_on, x.id), count(*), (array_agg(x.due_on || ' ' || x.id order by x.due_on desc, x.id desc))[1] into rows, n, next_ from (
      select y.* from privacy_request y join contact k on k.id = y.contact_id
      where y.account_id = this_account() and y.state = 'open' and contact_seen(k)
        and (after_ is null or (y.due_on, y.id) > ((after_ ->> 0)::date, as_uuid(after_ ->> 1)))
      order by y.due_on, y.id limit 50) x;
  end if;
  return json_build_object('items', coalesce(to_json(rows), '[]'), 'next', case when n = 50 then next_ end);
end $$;

create or replace function api_contact_requests(args jsonb) returns json language plpgsql stable as $$
declare k contact := contact_in_sight(as_uuid(args ->> 'contactId'));
begin
  if k.id is null then return null; end if;
  return json_build_object(
    'items', (select coalesce(json_agg(privacy_request_json(x) order by x.id desc), '[]')
      from (select * from privacy_request y where y.contact_id = k.id order by y.id desc limit 100) x),
    'notice', (select json_build_object('version', d.version, 'at', iso(d.at)) from privacy_delivery d where d.contact_id = k.id and d.released_at is null),
    'answerDays', coalesce((select s.answer_days from privacy_setting s where s.account_id = k.account_id), 15));
end $$;

/* What the audit log says of a request. */
create or replace function privacy_request_facts(x privacy_request) returns jsonb language sql stable as $$
  select jsonb_build_object('kind', x.kind, 'asked', x.asked, 'dueOn', x.due_on, 'state', x.state, 'outcome', x.outcome)
$$;

create or replace function api_privacy_request_add(args jsonb) returns json language plpgsql volatile as $$
declare
  k contact := contact_in_sight(as_uuid(args ->> 'contactId'));
  today date := account_today();
  received date := coalesce((args ->> 'receivedOn')::date, today);
  x privacy_request;
begin
  if k.id is null then return null; end if;
  if received > today then perform refuse('date_to_come'); end if;
  insert into privacy_request (account_id, contact_id, kind, asked, received_on, due_on, person_id)
  values (k.account_id, k.id, args ->> 'kind', args ->> 'asked', received,
    received + coalesce((select s.answer_days from privacy_setting s where s.account_id = k.account_id), 15), this_person()) returning * into x;
  perform audit_mine('privacy_request.added', 'contact', k.id::text, coalesce(k.name, k.profile_name, k.username), null, privacy_request_facts(x));
  return privacy_request_json(x);
end $$;

/* Says how it was answered, once. An objection that is met is a no to our messages, with all that follows from one. */
create or replace function api_privacy_request_settle(args jsonb) returns json language plpgsql volatile as $$
declare
  x privacy_request;
  was privacy_request;
  k contact;
  noted jsonb := '{"chats": [], "lines": []}';
  seen json;
begin
  select y.* into was from privacy_request y where y.id = as_uuid(args ->> 'privacyRequestId') and y.account_id = this_account() for update;
  if was.id is null then return null; end if;
  k := contact_in_sight(was.contact_id);
  if k.id is null then return null; end if;
  if was.state <> 'open' then perform refuse('changed_meanwhile'); end if;
  update privacy_request y set state = args ->> 'state', outcome = args ->> 'outcome', settled_by = this_person(), settled_at = now() where y.id = was.id returning * into x;
  if x.kind = 'objection' and x.state = 'done' then
    noted := coalesce(consent_note(k.id, jsonb_build_object('state', 'out', 'source', case when this_person() is null then 'api' else 'person' end, 'how', x.asked,
      'ref', 'privacy:' || x.id)), noted);
  end if;
  perform audit_mine('privacy_request.settled', 'contact', k.id::text, coalesce(k.name, k.profile_name, k.username),
    differing(privacy_request_facts(was), privacy_request_facts(x)), differing(privacy_request_facts(x), privacy_request_facts(was)));
  seen := privacy_request_json(x);
  perform act_for(this_account());
  return (told_chats(array(select jsonb_array_elements_text(noted -> 'chats')::uuid), array(select jsonb_array_elements_text(noted -> 'lines')::uuid))
    || jsonb_build_object('seen', seen))::json;
end $$;

/* Everything that is kept of one contact but their messages; that somebody took it away is written down. */
create or replace function api_contact_data(args jsonb) returns json language plpgsql volatile as $$
declare k contact := contact_in_sight(as_uuid(args ->> 'contactId'));
begin
  if k.id is null then return null; end if;
  perform audit_mine('contact.exported', 'contact', k.id::text, coalesce(k.name, k.profile_name, k.username), null, null);
  return json_build_object(
    'complete', this_reach() = 'all' and this_phones(), 'exportedAt', iso(now()), 'company', (select a.name from account a where a.id = k.account_id),
    'contact', contact_json(k),
    'identities', (select coalesce(json_agg(json_build_object('kind', i.kind, 'value', phone_shown(i.value), 'since', iso(i.created_at)) order by i.created_at), '[]')
      from contact_identity i where i.contact_id = k.id),
    'client', client_values(k.id), 'consents', api_contact_consents(args) -> 'items', 'requests', api_contact_requests(args) -> 'items', 'notice', api_contact_requests(args) -> 'notice',
    'chats', (select coalesce(json_agg(json_build_object('id', c.id, 'channel', n.name, 'state', c.state, 'since', iso(c.created_at)) order by c.id), '[]')
      from chat c join channel n on n.id = c.channel_id where c.contact_id = k.id and c.merged_into is null));
end $$;

/* The messages of a contact in their order, a thousand at a time; `next` null at the end. */
create or replace function api_contact_data_messages(args jsonb) returns json language plpgsql stable as $$
declare
  k contact := contact_in_sight(as_uuid(args ->> 'contactId'));
  at_ timestamptz := coalesce((args ->> 'at')::timestamptz, '-infinity');
  id_ uuid := coalesce(as_uuid(args ->> 'id'), '00000000-0000-0000-0000-000000000000');
  rows json[];
  last_ jsonb;
begin
  if k.id is null then return null; end if;
  select array_agg(json_build_object('id', x.id, 'chatId', x.chat_id, 'at', iso(x.at), 'direction', x.direction, 'kind', x.kind, 'text', case when x.deleted_at is null then x.text end,
      'file', case when x.deleted_at is null then (select json_build_object('name', f.name, 'mime', f.mime, 'size', f.size) from media f where f.id = x.media_id) end,
      'extra', case when x.deleted_at is null then x.extra - 'mentions' end, 'author', x.author_name, 'status', x.status, 'deleted', x.deleted_at is not null) order by x.at, x.id),
    (array_agg(jsonb_build_object('at', x.at, 'id', x.id) order by x.at desc, x.id desc))[1] into rows, last_
  from (select m.* from chat c cross join lateral (select * from message y where y.chat_id = c.id and (y.at, y.id) > (at_, id_) order by y.at, y.id limit 1000) m
    where c.contact_id = k.id and c.merged_into is null order by m.at, m.id limit 1000) x;
  return json_build_object('items', coalesce(to_json(rows), '[]'), 'next', case when cardinality(rows) = 1000 then last_ end);
end $$;

do $$
begin
  alter function privacy_page(text, int) owner to app_system;
  revoke all on function privacy_page(text, int) from public;
  grant execute on function privacy_page(text, int) to app_rw;
end $$;
