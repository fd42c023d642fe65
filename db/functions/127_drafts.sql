-- What people have typed and not sent, for their other devices. Contract: contract/drafts.ts.

create or replace function draft_json(d draft) returns json language sql stable as $$
  select json_build_object('chatId', d.chat_id, 'personId', d.person_id, 'text', d.text, 'note', d.note, 'replyTo', d.reply_to,
    'mentions', d.mentions, 'writing', d.writing, 'rev', d.rev, 'at', iso(d.at))
$$;

/* One's own, of chats that one still sees. */
create or replace function api_drafts(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(draft_json(d) order by d.at desc), '[]')) from (
    select x.* from draft x join chat c on c.id = x.chat_id
    where x.person_id = this_person() and x.account_id = this_account() and x.at > now() - interval '30 days' order by x.at desc limit 300) d
$$;

/*
 * Keeps a draft that was typed over `rev`. When another device has written meanwhile, nothing is kept and that draft is
 * given: { saved, draft, facts }. The same words again change nothing.
 */
create or replace function api_save_draft(args jsonb) returns json language plpgsql volatile as $$
declare
  chat_ uuid := (select c.id from chat c where c.id = chat_alive(as_uuid(args ->> 'chatId')) and c.account_id = this_account());
  reply uuid := (select m.id from message m where m.id = as_uuid(args ->> 'replyTo') and m.chat_id = chat_);
  d draft;
  over_ bigint := (args ->> 'rev')::bigint;
begin
  if chat_ is null or this_person() is null then return null; end if;
  insert into draft (account_id, person_id, chat_id, text, note, reply_to, mentions, writing)
  values (this_account(), this_person(), chat_, args ->> 'text', args ->> 'note', reply, args -> 'mentions', as_uuid(args ->> 'writing'))
  on conflict (person_id, chat_id) do update set text = excluded.text, note = excluded.note, reply_to = excluded.reply_to, mentions = excluded.mentions, writing = excluded.writing,
    rev = draft.rev + 1, at = now()
  where draft.rev = over_ returning * into d;
  if d.id is not null then return json_build_object('saved', true, 'draft', draft_json(d), 'facts', chat_facts(array[chat_])); end if;
  select * into d from draft x where x.person_id = this_person() and x.chat_id = chat_;
  return json_build_object('saved', coalesce(d.writing = as_uuid(args ->> 'writing'), false) or (d.text, d.note) = (args ->> 'text', args ->> 'note'), 'draft', draft_json(d), 'facts', null);
end $$;
