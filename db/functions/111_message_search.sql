-- What was said, found by its words or by its label: newest first, each with its chat.

/* The words of a question, as messages are cut into words: small, without signs. */
create or replace function words_of(t text) returns text[] language sql immutable parallel safe as $$
  select coalesce(array_agg(w), '{}') from (select w from regexp_split_to_table(plain(t), '[[:punct:][:space:]]+') w where w <> '' limit 8) x
$$;

/*
 * The latest messages of this account, `stretch` of them older than (at_, id_), that hold each of these patterns: a page of
 * the newest. `reached`: how far it has read, null when there is nothing older. For message_hits alone.
 */
create or replace function message_walk(patterns text[], chats uuid[], at_ timestamptz, id_ uuid, stretch int, out ids uuid[], out reached timestamptz, out reached_id uuid)
language plpgsql stable set search_path = pg_catalog, public as $$
declare account_ uuid := public.this_account();
begin
  select s.at, s.id into reached, reached_id from public.message s
  where s.account_id = account_ and s.deleted_at is null and (s.at, s.id) < (at_, id_) order by s.at desc, s.id desc offset stretch limit 1;
  select coalesce(array_agg(h.id order by h.at desc, h.id desc), '{}') into ids from (
    select m.id, m.at from public.message m
    where m.account_id = account_ and (m.at, m.id) < (at_, id_) and (reached is null or (m.at, m.id) >= (reached, reached_id))
      and m.deleted_at is null and (chats is null or m.chat_id in (select unnest(chats))) and public.plain(m.text) like all (patterns)
    order by m.at desc, m.id desc limit 50) h;
end $$;

/*
 * Messages of this account that hold each of these words or its beginning, newest first, older than (at_, id_). Runs as
 * app_system, as contact_hits does: row security would keep the index from being used. What is found is judged by
 * api_messages_found; `chats` bounds it to those that the caller sees, null is all.
 * A word that everybody uses fills a page from the latest messages. Others are looked up, and come whole while there are
 * few; for what lies between, the latest are read on, so many at a time. `reached`: where the next page begins, null at
 * the end. Measured in bench/figures/reads.ts.
 */
create or replace function message_hits(words text[], chats uuid[], at_ timestamptz, id_ uuid, out ids uuid[], out reached timestamptz, out reached_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  account_ uuid := public.this_account();
  -- Of a short word the whole: its beginnings are half the dictionary.
  asked tsquery := to_tsquery('public.words', (select string_agg('''' || w || '''' || case when length(w) >= 3 then ':*' else '' end, ' & ') from unnest(words) w));
  patterns text[] := array(select '%' || w || '%' from unnest(words) w);
  rare int := 5000;
  few_chats boolean := coalesce(cardinality(chats) <= 300, false);
  page int := 50;
  found_ uuid[];
begin
  ids := '{}';
  if numnode(asked) = 0 then return; end if;
  if not few_chats then
    select w.ids into ids from public.message_walk(patterns, chats, at_, id_, 3000) w;
  end if;
  if cardinality(ids) < page then
    found_ := array(select m.id from public.message m
      where to_tsvector('public.words'::regconfig, regexp_replace(m.text, '[[:punct:][:space:]]+', ' ', 'g')) @@ asked limit rare + 1);
    if cardinality(found_) <= rare then
      select coalesce(array_agg(h.id order by h.at desc, h.id desc), '{}') into ids from (
        select m.id, m.at from public.message m
        where m.id = any(found_) and m.account_id = account_ and (m.at, m.id) < (at_, id_) and m.deleted_at is null
          and (chats is null or m.chat_id in (select unnest(chats)))
        order by m.at desc, m.id desc limit page) h;
    elsif few_chats then
      select coalesce(array_agg(h.id order by h.at desc, h.id desc), '{}') into ids from (
        select l.id, l.at from unnest(chats) c cross join lateral (
          select m.id, m.at from public.message m
          where m.chat_id = c and (m.at, m.id) < (at_, id_) and m.deleted_at is null and public.plain(m.text) like all (patterns)
          order by m.at desc, m.id desc limit page) l
        order by l.at desc, l.id desc limit page) h;
    else
      select w.ids, w.reached, w.reached_id into ids, reached, reached_id from public.message_walk(patterns, chats, at_, id_, 20000) w;
    end if;
  end if;
  if cardinality(ids) = page then
    select m.at, m.id into reached, reached_id from public.message m where m.id = ids[page];
  end if;
end $$;

do $$
declare f text;
begin
  foreach f in array array['message_walk(text[],uuid[],timestamptz,uuid,int)', 'message_hits(text[],uuid[],timestamptz,uuid)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  grant execute on function message_hits(text[], uuid[], timestamptz, uuid) to app_rw;
end $$;

/* Messages by their words, by their label, or by both, in chats that pass the list's filters, or in one `chat`: { items: [{ chat, message }], next }. */
create or replace function api_messages_found(args jsonb) returns json language plpgsql stable as $$
declare
  words text[] := words_of(args ->> 'q');
  label_ uuid := as_uuid(args ->> 'label');
  cursor_ text := args ->> 'cursor';
  at_ timestamptz := coalesce(to_timestamp(nullif(split_part(cursor_, '_', 1), '')::numeric / 1000000), 'infinity');
  id_ uuid := coalesce(as_uuid(split_part(cursor_, '_', 2)), 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  filters jsonb := args - 'q' - 'label' - 'cursor' - 'chat';
  today timestamptz := today_began();
  chats uuid[];
  ids_ uuid[];
  reached_ timestamptz;
  reached_id_ uuid;
  rows json[];
begin
  -- Who sees everything and filters nothing needs no list of chats.
  if this_reach() <> 'all' or filters <> '{}' or args ? 'chat' then
    chats := array(select c.id from chat c where c.account_id = this_account() and c.merged_into is null
      and (not args ? 'chat' or c.id = chat_alive(as_uuid(args ->> 'chat')))
      and chat_passes(c, filters, today) and (not filters ? 'messages' or chat_holds(c.id, filters, today)));
  end if;
  if args ->> 'label' is not null then
    select array_agg(h.id order by h.at desc, h.id desc) into ids_ from (
      select m.id, m.at from message_label x join message m on m.id = x.message_id
      where x.label_id = label_ and x.ended_at is null and (m.at, m.id) < (at_, id_) and m.deleted_at is null
        and (chats is null or m.chat_id in (select unnest(chats)))
        and (words = '{}' or plain(m.text) like all (array(select '%' || w || '%' from unnest(words) w)))
      order by m.at desc, m.id desc limit 50) h;
    select m.at, m.id into reached_, reached_id_ from message m where m.id = ids_[50];
  elsif words = '{}' then
    return json_build_object('items', '[]'::json, 'next', null);
  else
    select h.ids, h.reached, h.reached_id into ids_, reached_, reached_id_ from message_hits(words, chats, at_, id_) h;
  end if;
  select array_agg(json_build_object('chat', s.json, 'message', m.json) order by m.at desc, m.id desc) into rows
  from message_shape m join chat_shape s on s.id = m.chat_id
  where m.id = any(ids_) and m.account_id = this_account();
  return json_build_object('items', coalesce(to_json(rows), '[]'),
    'next', case when reached_ is not null then cursor_of((extract(epoch from reached_) * 1000000)::bigint::text, reached_id_) end);
end $$;
