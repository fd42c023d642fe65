-- Requests with an id of their own: the same again changes nothing and gives what came of it. Called by call_as alone.

/* The caller's words with the order and spaces of jsonb, so that the same request is known again. */
create or replace function deed_words(args jsonb) returns text language sql immutable as $$
  select encode(sha256(convert_to(args::text, 'UTF8')), 'hex')
$$;

/* What a phone does later when it has no network, and may ask for twice. Whatever else gives secrets away keeps nothing here. */
create or replace function takes_deed(fn text) returns boolean language sql immutable parallel safe as $$
  select fn in ('api_chat_assign', 'api_chat_state', 'api_chat_settle', 'api_chat_label_set', 'api_message_label_set', 'api_contact_change',
    'api_chats_assign', 'api_chats_state', 'api_chats_settle', 'api_chats_label')
$$;

/*
 * A result without what it shows: chats, messages and contacts are named by their ids and read anew when the request comes
 * again. Nobody is shown an old copy, or one that is not for them any more.
 */
create or replace function deed_kept(r jsonb) returns jsonb language sql immutable as $$
  select r - array['chats', 'messages', 'facts', 'seen', 'contact', 'begun', 'forgets', 'jobs']
    || jsonb_build_object('ofChats', jsonb_path_query_array(r, '$.chats[*].id'), 'ofMessages', jsonb_path_query_array(r, '$.messages[*].id'),
      'ofSeen', jsonb_path_query_array(r, '$.seen[*].id'), 'many', jsonb_typeof(r -> 'seen') = 'array', 'ofContact', r -> 'contact' -> 'id',
      'had', (select jsonb_agg(k) from jsonb_object_keys(r) k))
$$;

/* What a kept result shows now, to whoever's sight is set. The last thing that a call does: it ends with the whole company's sight. */
create or replace function deed_shown(r jsonb) returns jsonb language plpgsql volatile as $$
declare
  chats uuid[] := ids_of(r -> 'ofChats');
  messages uuid[] := ids_of(r -> 'ofMessages');
  of_ uuid[] := ids_of(r -> 'ofSeen');
  k contact;
  shown jsonb := '{}';
begin
  if r -> 'had' ? 'seen' then
    select coalesce(jsonb_agg(x.json), '[]') into shown from (
      select s.json from chat_shape s where s.id = any(of_) union all select s.json from message_shape s where s.id = any(of_)) x;
    shown := jsonb_build_object('seen', case when (r ->> 'many')::boolean then shown else shown -> 0 end);
  end if;
  if r -> 'had' ? 'contact' then
    k := contact_in_sight(as_uuid(r ->> 'ofContact'));
    shown := shown || jsonb_build_object('contact', case when k.id is not null then contact_json(k) end);
  end if;
  if r -> 'had' ? 'forgets' then shown := shown || '{"forgets": []}'; end if;
  -- What followed from it was put on its way the first time.
  if r -> 'had' ? 'jobs' then shown := shown || '{"jobs": []}'; end if;
  perform act_for(this_account());
  return r - array['ofChats', 'ofMessages', 'ofSeen', 'many', 'ofContact', 'had'] || told_chats(chats, messages) || shown || jsonb_build_object('facts',
    chat_facts(array(select unnest(chats) union select m.chat_id from message m where m.id = any(messages)))::jsonb);
end $$;

/* What came of this request before; null when it is new. Two at once wait for each other. Refuses id_reused for other words. */
create or replace function deed_before(deed_ uuid, fn_ text, args jsonb) returns jsonb language plpgsql volatile as $$
declare d deed;
begin
  perform pg_advisory_xact_lock(hashtextextended(deed_::text, 13));
  select * into d from deed x where x.account_id = this_account() and x.id = deed_ and x.fn = fn_;
  if d.id is null then return null; end if;
  if d.person_id is distinct from this_person() or d.asked <> deed_words(args) then perform refuse('id_reused'); end if;
  return d.result;
end $$;

/* Keeps what came of a request. */
create or replace function deed_keep(deed_ uuid, fn_ text, args jsonb, result_ text) returns void language sql volatile as $$
  insert into deed (id, account_id, person_id, fn, asked, result) values (deed_, this_account(), this_person(), fn_, deed_words(args), deed_kept(result_::jsonb))
$$;

/*
 * What was decided on a phone without a network, about a chat as it was seen there, against the chat as it is now: the rule
 * `overtaken` of contract/deeds.ts, word for word (db/deeds.db.test.ts holds the two together).
 */
create or replace function is_overtaken(what text, seen jsonb, now_ jsonb, mine uuid) returns boolean language sql immutable as $$
  select case when seen is null or seen = 'null' or what = 'reopen' then false
    else (what <> 'assign' and now_ ->> 'waitingSince' is not null
        and (now_ ->> 'waitingSince' is distinct from seen ->> 'waitingSince' or (now_ ->> 'unanswered')::int > (seen ->> 'unanswered')::int))
      or (now_ ->> 'assigneeId' is not null and now_ ->> 'assigneeId' is distinct from seen ->> 'assigneeId' and now_ ->> 'assigneeId' is distinct from mine::text) end
$$;

/* Refuses what somebody else's newer change has overtaken. `mine`: the holder that is no contradiction. */
create or replace function refuse_overtaken(c chat, what text, seen jsonb, mine uuid) returns void language plpgsql stable as $$
begin
  if is_overtaken(what, seen, jsonb_build_object('waitingSince', iso(c.waiting_since), 'unanswered', c.unanswered, 'assigneeId', c.assignee_id), mine) then
    perform refuse('changed_meanwhile');
  end if;
end $$;
