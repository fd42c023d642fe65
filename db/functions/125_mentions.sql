-- Who is named in a note, hears of it: written with the note, read by them alone, and by push.

/*
 * Everybody who sees a chat: each is asked by the wall itself, so nobody is named who could not read it. The caller's own
 * sight stands again afterwards.
 */
create or replace function people_who_see(chat_ uuid) returns uuid[] language plpgsql volatile as $$
declare
  names text[] := array['app.person', 'app.reach', 'app.departments', 'app.channels', 'app.open_channels', 'app.queue', 'app.phones', 'app.role', 'app.labels', 'app.grants', 'app.keys'];
  kept text[] := (select array_agg(coalesce(current_setting(n, true), '') order by i) from unnest(names) with ordinality u(n, i));
  p record;
  found_ uuid[] := '{}';
begin
  for p in select x.id from person x where x.account_id = this_account() and x.deactivated_at is null loop
    perform set_config('app.person', p.id::text, true), sight_open(me_of(p.id) -> 'sight', 'chats.read');
    if exists (select from chat c where c.id = chat_) then found_ := found_ || p.id; end if;
  end loop;
  perform set_config(n, kept[i], true) from unnest(names) with ordinality u(n, i);
  return found_;
end $$;

/* Whom a note in this chat can name. */
create or replace function api_mentionable(args jsonb) returns json language plpgsql volatile as $$
declare
  chat_ uuid := (select c.id from chat c where c.id = chat_alive(as_uuid(args ->> 'chatId')) and c.account_id = this_account());
  ids uuid[];
begin
  if chat_ is null then return null; end if;
  ids := people_who_see(chat_);
  return json_build_object('items', (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) order by plain(p.name)), '[]')
    from person p where p.id = any(ids) and p.id is distinct from this_person()));
end $$;

/* What a note needs: its chat, and those of the named who see it. */
create or replace function api_note_context(args jsonb) returns json language plpgsql volatile as $$
declare
  context json := api_send_context(args);
  ids uuid[] := '{}';
begin
  if context is null then return null; end if;
  if jsonb_array_length(coalesce(args -> 'mentions', '[]')) > 0 then ids := people_who_see((context -> 'chat' ->> 'id')::uuid); end if;
  return context::jsonb || jsonb_build_object('mentions', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name)), '[]')
    from person p where p.id = any(ids) and args -> 'mentions' ? p.id::text));
end $$;

create or replace function mention_json(n mention) returns json language sql stable as $$
  select json_build_object('id', n.id, 'personId', n.person_id, 'chatId', m.chat_id, 'messageId', m.id,
    'contact', coalesce(k.name, k.profile_name, k.username), 'by', m.author_name, 'text', left(m.text, 300), 'at', iso(m.at), 'seenAt', iso(n.seen_at))
  from message m join chat c on c.id = m.chat_id join contact k on k.id = c.contact_id where m.id = n.message_id
$$;

/* Notes who is named in a note that was just written. A repeat finds them there and tells them again. */
create or replace function mentions_write(m message, people jsonb) returns jsonb language plpgsql volatile as $$
begin
  insert into mention (account_id, chat_id, message_id, person_id, by_id)
  select m.account_id, m.chat_id, m.id, p.id, case when m.author_kind = 'person' then m.author_id end
  from person p where p.account_id = m.account_id and people ? p.id::text
  on conflict (message_id, person_id) do nothing;
  return (select coalesce(jsonb_agg(mention_json(n)::jsonb), '[]') from mention n where n.message_id = m.id);
end $$;

/* One's own mentions, latest first, of chats that one still sees; and how many are new. */
create or replace function api_mentions(args jsonb) returns json language plpgsql stable as $$
declare
  rows json[];
  n int;
begin
  select array_agg(x.json order by x.id desc), count(*) into rows, n from (
    select o.id, mention_json(o) as json from mention o join message m on m.id = o.message_id
    where o.person_id = this_person() and o.account_id = this_account() and (args ->> 'cursor' is null or o.id < as_uuid(args ->> 'cursor'))
    order by o.id desc limit 50) x;
  return json_build_object('items', coalesce(to_json(rows), '[]'), 'next', case when n = 50 then rows[50] ->> 'id' end,
    'unseen', (select count(*) from mention o join message m on m.id = o.message_id
      where o.person_id = this_person() and o.account_id = this_account() and o.seen_at is null));
end $$;

/* They were looked at: the named ones, or all. */
create or replace function api_mentions_seen(args jsonb) returns json language plpgsql volatile as $$
begin
  update mention set seen_at = now() where person_id = this_person() and account_id = this_account() and seen_at is null
    and (not args ? 'mentionIds' or args -> 'mentionIds' ? id::text);
  return json_build_object('unseen', (select count(*) from mention o join message m on m.id = o.message_id
    where o.person_id = this_person() and o.account_id = this_account() and o.seen_at is null));
end $$;
