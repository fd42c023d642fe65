-- Who wants to hear from us: words of customers, of the provider and of our own people, each kept for good.

/* A word is written once: afterwards only whose it is (a merged contact) and whether it still holds may change. */
create or replace function consent_is_written() returns trigger language plpgsql as $$
begin
  if old.superseded_at is not null and new.superseded_at is null
    or (to_jsonb(new) - array['account_id', 'contact_id', 'superseded_at']) is distinct from (to_jsonb(old) - array['account_id', 'contact_id', 'superseded_at']) then
    raise exception 'a consent is history' using errcode = '55000';
  end if;
  return new;
end $$;
drop trigger if exists consent_written on consent;
create trigger consent_written before update on consent for each row execute function consent_is_written();

/* Of the words of one contact about the same thing only the latest holds. */
create or replace function consent_settle(contact_ uuid) returns void language sql volatile as $$
  update consent k set superseded_at = now()
  where k.contact_id = contact_ and k.superseded_at is null and exists (select from consent o
    where o.contact_id = k.contact_id and o.purpose = k.purpose and o.channel_id is not distinct from k.channel_id and o.superseded_at is null
      and (o.at, o.id) > (k.at, k.id))
$$;

/*
 * Writes down a word: { channelId, purpose, state, source, how, messageId, ref, at }. Gives the chats that it is about and
 * the lines that say so there; null when this very word is known already. Runs as app_system: a no holds in chats, too,
 * that whoever writes it down does not see.
 */
create or replace function consent_note(contact_ uuid, e jsonb) returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, public as $$
declare
  k contact;
  made consent;
  c chat;
  chats uuid[] := '{}';
  lines uuid[] := '{}';
begin
  select * into k from contact where id = contact_ for update;
  insert into consent (account_id, contact_id, channel_id, purpose, state, source, how, person_id, message_id, ref, at)
  values (k.account_id, k.id, as_uuid(e ->> 'channelId'), coalesce(e ->> 'purpose', 'all'), e ->> 'state', e ->> 'source', left(coalesce(e ->> 'how', ''), 200),
    this_person(), as_uuid(e ->> 'messageId'), e ->> 'ref', coalesce((e ->> 'at')::timestamptz, clock_timestamp()))
  on conflict (account_id, ref) where ref is not null do nothing returning * into made;
  if made.id is null then return null; end if;
  perform consent_settle(k.id);
  select x.superseded_at into made.superseded_at from consent x where x.id = made.id;
  if made.superseded_at is not null then return jsonb_build_object('chats', chats, 'lines', lines, 'id', made.id); end if;
  for c in select * from chat x where x.contact_id = k.id and x.merged_into is null and (made.channel_id is null or x.channel_id = made.channel_id) order by x.id for update loop
    update chat set rev = rev + 1 where id = c.id;
    chats := chats || c.id;
    lines := lines || system_line(c.id, 'consent_' || made.state || case made.purpose when 'marketing' then '_marketing' else '' end,
      jsonb_build_object('how', made.how, 'source', made.source));
  end loop;
  return jsonb_build_object('chats', chats, 'lines', lines, 'id', made.id);
end $$;

/* Letters and figures of a text, as words are compared: «¡Baja!» and «BAJA» are one. */
create or replace function said_plainly(t text) returns text language sql immutable as $$
  select btrim(regexp_replace(plain(t), '[^[:alnum:]]+', ' ', 'g'))
$$;

/* What a customer's message says about consent when it is one of the number's words and nothing else: { state, covers }. */
create or replace function consent_said(channel_ uuid, said text) returns jsonb language plpgsql stable as $$
declare
  w channel_consent;
  words text := said_plainly(said);
begin
  if said is null or length(said) > 60 or words = '' then return null; end if;
  w := consent_words(channel_);
  if words in (select said_plainly(x) from unnest(w.out_words) x) then return jsonb_build_object('state', 'out', 'covers', w.covers); end if;
  if words in (select said_plainly(x) from unnest(w.in_words) x) then return jsonb_build_object('state', 'in', 'covers', w.covers); end if;
  return null;
end $$;

/* A customer's message that is such a word: noted, and answered once where the number has an answer. Null: it is none. */
create or replace function consent_heard(c chat, m message) returns jsonb language plpgsql volatile as $$
declare
  said jsonb;
  noted jsonb;
  rule text;
begin
  if m.kind not in ('text', 'button_reply', 'list_reply') then return null; end if;
  said := consent_said(c.channel_id, m.text);
  if said is null then return null; end if;
  noted := consent_note(c.contact_id, jsonb_build_object('channelId', case when said ->> 'covers' = 'channel' then c.channel_id end,
    'state', said -> 'state', 'source', 'customer', 'how', left(m.text, 60), 'messageId', m.id, 'ref', 'message:' || m.id, 'at', iso(m.at)));
  rule := 'opted_' || (said ->> 'state');
  return coalesce(noted, '{}') || jsonb_build_object('job', case when m.at >= now() - interval '15 minutes' and automatic_text(c.channel_id, c.department_id, rule) is not null
    then automatic_job(c, rule, m.id::text, jsonb_build_object('at', iso(m.at)), m.trace_id, '0') end);
end $$;

/* The provider tells of a customer's wish: { channelId, customer, purpose, state, how, fingerprint, at }. */
create or replace function ingest_consent(account_ uuid, e jsonb) returns jsonb language plpgsql volatile as $$
declare
  contact_ uuid := contact_for(account_, e -> 'customer', null, null, (e ->> 'contactId')::uuid);
  noted jsonb;
begin
  noted := consent_note(contact_, jsonb_build_object('channelId', e -> 'channelId', 'purpose', e -> 'purpose', 'state', e -> 'state', 'source', 'provider',
    'how', e -> 'how', 'ref', 'hook:' || (e ->> 'fingerprint'), 'at', e -> 'at'));
  return jsonb_build_object('alsoChats', coalesce(noted -> 'chats', '[]'), 'alsoLines', coalesce(noted -> 'lines', '[]'));
end $$;

/* A message that the provider refused because its customer wants none of that kind: that is their word, too. */
create or replace function consent_refused(m message, code text, provider_code_ text, at_ timestamptz) returns jsonb language plpgsql volatile as $$
declare noted jsonb;
begin
  if m.id is null or code is distinct from 'marketing_stopped' then return '{}'; end if;
  noted := consent_note((select c.contact_id from chat c where c.id = m.chat_id), jsonb_build_object('channelId', m.channel_id, 'purpose', 'marketing', 'state', 'out',
    'source', 'provider', 'how', coalesce(provider_code_, ''), 'messageId', m.id, 'ref', 'refused:' || m.id, 'at', iso(at_)));
  return jsonb_build_object('alsoChats', coalesce(noted -> 'chats', '[]'), 'alsoLines', coalesce(noted -> 'lines', '[]'));
end $$;

/* Asked right before a template leaves, since a customer may have said no while it waited: our failure code, or null. */
create or replace function send_blocked(account_ uuid, message_ uuid) returns text language plpgsql volatile as $$
declare
  m message;
  now_ json;
begin
  perform act_for(account_);
  select * into m from message where id = message_;
  if m.kind is distinct from 'template' then return null; end if;
  now_ := consent_now((select c.contact_id from chat c where c.id = m.chat_id), m.channel_id);
  return case now_ ->> 'out' when 'all' then 'opted_out' when 'marketing' then case when exists (select from template t
    where t.channel_id = m.channel_id and t.name = m.extra -> 'template' ->> 'name' and t.language = m.extra -> 'template' ->> 'language' and t.category = 'marketing')
    then 'marketing_stopped' end end;
end $$;

/* A word as contract/consents.ts shows it. Who does not see the contact does not read the name. */
create or replace function consent_json(x consent) returns json language sql stable as $$
  select json_build_object('id', x.id,
    'contact', json_build_object('id', k.id, 'name', case when contact_seen(k) then coalesce(k.name, k.profile_name, k.username) end, 'phone', phone_shown(k.phone)),
    'channelId', x.channel_id, 'purpose', x.purpose, 'state', x.state, 'source', x.source, 'how', x.how,
    'by', (select p.name from person p where p.id = x.person_id), 'at', iso(x.at), 'holds', x.superseded_at is null)
  from contact k where k.id = x.contact_id
$$;

create or replace function api_consents(args jsonb) returns json language plpgsql stable as $$
declare
  words text := btrim(regexp_replace(plain(args ->> 'q'), '\s+', ' ', 'g'));
  ids uuid[];
  rows json[];
  n int;
begin
  -- By who it is about: the search of contacts, whose answer is judged below as everybody's is.
  if words <> '' then ids := contacts_like(words, null, false); end if;
  select array_agg(consent_json(x) order by x.id desc), count(*) into rows, n from (
    select y.* from consent y join contact k on k.id = y.contact_id
    where y.account_id = this_account() and y.superseded_at is null and contact_seen(k)
      and (args ->> 'state' is null or y.state = args ->> 'state')
      and (args ->> 'channel' is null or y.channel_id is null or y.channel_id = as_uuid(args ->> 'channel'))
      and (ids is null or y.contact_id = any(ids))
      and (args ->> 'cursor' is null or y.id < as_uuid(args ->> 'cursor'))
    order by y.id desc limit 50) x;
  return json_build_object('items', coalesce(to_json(rows), '[]'), 'next', case when n = 50 then rows[50] ->> 'id' end);
end $$;

/* Everything that is known of one contact, latest first. */
create or replace function api_contact_consents(args jsonb) returns json language plpgsql stable as $$
declare k contact := contact_in_sight(as_uuid(args ->> 'contactId'));
begin
  if k.id is null then return null; end if;
  return json_build_object('items', (select coalesce(json_agg(consent_json(x) order by x.at desc, x.id desc), '[]')
    from (select * from consent y where y.contact_id = k.id order by y.at desc, y.id desc limit 200) x));
end $$;

/* WhatsApp keeps this no by itself: only the customer takes it back, in their own WhatsApp. */
create or replace function refuse_against_provider(contact_ uuid, args jsonb) returns void language plpgsql stable as $$
begin
  if args ->> 'state' = 'in' and coalesce(args ->> 'purpose', 'all') = 'marketing' and (
    select x.state = 'out' and x.source = 'provider' from consent x where x.contact_id = contact_ and x.purpose = 'marketing' and x.superseded_at is null
      and (x.channel_id is null or args ->> 'channelId' is null or x.channel_id = as_uuid(args ->> 'channelId'))
    order by x.at desc, x.id desc limit 1) then perform refuse('consent_by_provider'); end if;
end $$;

/* A person, or a key, writes down what a customer has said. */
create or replace function consent_by_hand(contact_ uuid, args jsonb) returns json language plpgsql volatile as $$
declare
  noted jsonb;
  seen json;
begin
  perform refuse_against_provider(contact_, args);
  noted := consent_note(contact_, (args - 'at') || jsonb_build_object('source', case when this_person() is null then 'api' else 'person' end));
  perform audit_mine('consent.written', 'contact', contact_::text, (select coalesce(k.name, k.profile_name, k.username) from contact k where k.id = contact_), null,
    jsonb_build_object('state', args -> 'state', 'purpose', args -> 'purpose', 'how', args -> 'how',
      'channels', (select jsonb_agg(c.name) from channel c where c.id = as_uuid(args ->> 'channelId'))));
  select consent_json(x) into seen from consent x where x.id = as_uuid(noted ->> 'id');
  perform act_for(this_account());
  return (told_chats(array(select jsonb_array_elements_text(noted -> 'chats')::uuid), array(select jsonb_array_elements_text(noted -> 'lines')::uuid))
    || jsonb_build_object('seen', seen))::json;
end $$;

/* A number of this company's, or none at all. */
create or replace function is_number_of_ours(channel_ text) returns boolean language sql stable as $$
  select channel_ is null or exists (select from channel c where c.id = as_uuid(channel_) and c.account_id = this_account())
$$;

create or replace function api_consent_set(args jsonb) returns json language plpgsql volatile as $$
declare k contact := contact_in_sight(as_uuid(args ->> 'contactId'));
begin
  if k.id is null or not is_number_of_ours(args ->> 'channelId') then return null; end if;
  -- Anybody who talks with customers may write down a no; that somebody wants to be written to again is for those who answer for it.
  if args ->> 'state' = 'in' and not this_may('consents.manage') then perform refuse('forbidden'); end if;
  return consent_by_hand(k.id, args);
end $$;

/* The contact of a number, made when there is none; whoever writes it down sees it. */
create or replace function contact_of_number(phone_ text, name_ text) returns uuid language plpgsql volatile as $$
declare
  fresh uuid := new_id();
  id_ uuid := contact_for(this_account(), jsonb_build_object('phone', phone_), null, null, fresh);
begin
  if id_ = fresh then
    update contact k set name = nullif(name_, ''), created_by = this_person(), search = contact_search(nullif(name_, ''), null, null, k.phone) where k.id = id_;
  end if;
  return id_;
end $$;

create or replace function api_consent_add(args jsonb) returns json language plpgsql volatile as $$
begin
  if not is_number_of_ours(args ->> 'channelId') then return null; end if;
  return consent_by_hand(contact_of_number(args ->> 'phone', args ->> 'name'), args - 'contactId');
end $$;

/*
 * A file of numbers that said the same: rows { n, phone, name, why }. `same`: that is what holds already. With `dryRun`
 * nothing is written.
 */
create or replace function api_consents_import(args jsonb) returns json language plpgsql volatile as $$
declare
  r record;
  contact_ uuid;
  noted jsonb;
  outcome text;
  rows_ jsonb[] := '{}';
  chats uuid[] := '{}';
  lines uuid[] := '{}';
  counts_ jsonb;
begin
  if not is_number_of_ours(args ->> 'channelId') then return null; end if;
  for r in select x.*, row_number() over (partition by case when x.why is null then phone_canon(x.phone) else x.n::text || '!' end order by x.n) as turn
      from jsonb_to_recordset(args -> 'rows') as x(n int, phone text, name text, why text) order by x.n loop
    contact_ := null;
    if r.why is null and r.turn = 1 then
      select i.contact_id into contact_ from contact_identity i where i.account_id = this_account() and i.kind = 'phone' and i.value = any(phone_variants(r.phone)) limit 1;
    end if;
    outcome := case when r.why is not null or r.turn > 1 then 'refused'
      when contact_ is not null and exists (select from consent x where x.contact_id = contact_ and x.superseded_at is null and x.purpose = args ->> 'purpose'
        and x.channel_id is not distinct from as_uuid(args ->> 'channelId') and x.state = args ->> 'state') then 'same'
      else 'written' end;
    rows_ := rows_ || jsonb_build_object('outcome', outcome, 'reason', case when r.why is not null then r.why when r.turn > 1 then 'repeated' end, 'phone', r.phone);
    if outcome = 'written' and not (args ->> 'dryRun')::boolean then
      noted := consent_note(contact_of_number(r.phone, r.name), jsonb_build_object('channelId', args -> 'channelId', 'purpose', args -> 'purpose', 'state', args -> 'state',
        'source', 'import', 'how', args -> 'how'));
      chats := chats || array(select jsonb_array_elements_text(noted -> 'chats')::uuid);
      lines := lines || array(select jsonb_array_elements_text(noted -> 'lines')::uuid);
    end if;
  end loop;
  select jsonb_object_agg(x.outcome, x.n) into counts_ from (select y ->> 'outcome' as outcome, count(*) as n from unnest(rows_) y group by 1) x;
  if not (args ->> 'dryRun')::boolean then
    perform audit_mine('consents.imported', 'consent', null, args ->> 'fileName', null, counts_ || jsonb_build_object('state', args -> 'state', 'purpose', args -> 'purpose', 'how', args -> 'how'));
  end if;
  perform act_for(this_account());
  return (told_chats(chats, lines) || jsonb_build_object('seen', jsonb_build_object('counts', coalesce(counts_, '{}'), 'rows', to_jsonb(rows_))))::json;
end $$;

create or replace function channel_consent_json(w channel_consent) returns json language sql stable as $$
  select json_build_object('rev', w.rev, 'outWords', w.out_words, 'inWords', w.in_words, 'covers', w.covers, 'outReply', w.out_reply, 'inReply', w.in_reply)
$$;

create or replace function api_channel_consent(args jsonb) returns json language sql stable as $$
  select channel_consent_json(consent_words(c.id)) from channel c where c.id = as_uuid(args ->> 'channelId') and c.account_id = this_account()
$$;

create or replace function api_channel_consent_set(args jsonb) returns json language plpgsql volatile as $$
declare
  c channel;
  was channel_consent;
  w channel_consent;
begin
  select * into c from channel x where x.id = as_uuid(args ->> 'channelId') and x.account_id = this_account() for update;
  if c.id is null then return null; end if;
  was := consent_words(c.id);
  if was.rev <> (args ->> 'rev')::bigint then perform refuse('changed_meanwhile'); end if;
  insert into channel_consent (channel_id, account_id, out_words, in_words, covers, out_reply, in_reply)
  values (c.id, c.account_id, array(select jsonb_array_elements_text(args -> 'outWords')), array(select jsonb_array_elements_text(args -> 'inWords')),
    args ->> 'covers', args ->> 'outReply', args ->> 'inReply')
  on conflict (channel_id) do update set out_words = excluded.out_words, in_words = excluded.in_words, covers = excluded.covers,
    out_reply = excluded.out_reply, in_reply = excluded.in_reply, rev = channel_consent.rev + 1
  returning * into w;
  perform channel_own_changed(c.id, channel_consent_json(was)::jsonb - 'rev', channel_consent_json(w)::jsonb - 'rev');
  return channel_consent_json(w);
end $$;

do $$
begin
  alter function consent_note(uuid, jsonb) owner to app_system;
  revoke all on function consent_note(uuid, jsonb) from public;
  grant execute on function consent_note(uuid, jsonb) to app_rw;
end $$;
