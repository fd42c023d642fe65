-- What the API reads, one function an endpoint: called through call_as, so account, person and scope are this
-- transaction's, and row security (017_sight.sql) filters every query. Arguments are the endpoint's parsed input.

/* A page's cursor: what comes after (rank, id) or (at, id). */
create or replace function cursor_of(a text, b uuid) returns text language sql immutable parallel safe as $$
  select a || '_' || b
$$;

/* When today began where the company lives. */
create or replace function today_began() returns timestamptz language sql stable as $$
  select date_trunc('day', now() at time zone a.time_zone) at time zone a.time_zone from account a where a.id = this_account()
$$;

/* The statuses behind a figure of the dashboard. */
create or replace function fate_of(word text) returns text[] language sql immutable parallel safe as $$
  select case word when 'sent' then array['sent', 'delivered', 'read', 'played'] when 'undelivered' then array['queued', 'sending', 'sent'] else array[word] end
$$;

/*
 * Does a chat pass the filters that no index begins at? One definition for lists and search, and without a subquery, so
 * that it is written into the query. `state` may name several, `assignee` may be none, `waiting` asks for customers who wait.
 */
create or replace function chat_passes(c chat, args jsonb, today timestamptz) returns boolean language sql immutable as $$
  select (args ->> 'channel' is null or c.channel_id = as_uuid(args ->> 'channel'))
    and (args ->> 'department' is null or c.department_id = as_uuid(args ->> 'department'))
    and (args ->> 'state' is null or c.state = any(string_to_array(args ->> 'state', ',')))
    and (args ->> 'assignee' is null or (args ->> 'assignee' = 'none' and c.assignee_id is null) or c.assignee_id = as_uuid(args ->> 'assignee'))
    and (args ->> 'waiting' is null or c.waiting_since is not null)
    and (args ->> 'closed' is null or (c.state = 'closed' and c.state_at >= today))
    and (args ->> 'messages' is null or c.last_at >= today)
$$;

/* The two filters that look into other tables: a message of today with that fate, a label that the caller sees. */
create or replace function chat_holds(chat_ uuid, args jsonb, today timestamptz) returns boolean language sql stable as $$
  select (args ->> 'messages' is null or exists (select from message m
      where m.chat_id = chat_ and m.at >= today and m.direction = 'out' and m.status = any(fate_of(args ->> 'messages'))))
    and (args ->> 'label' is null or exists (select from chat_label x
      where x.chat_id = chat_ and x.label_id = as_uuid(args ->> 'label') and x.ended_at is null))
$$;

create or replace function api_chats(args jsonb) returns json language plpgsql stable as $$
declare
  tray text := coalesce(args ->> 'tray', case when args ->> 'state' = 'closed' or args ? 'closed' then 'closed' else 'open' end);
  words text := trim(regexp_replace(plain(args ->> 'q'), '\s+', ' ', 'g'));
  -- Bounds instead of "no cursor or beyond it": a condition that an index can begin at.
  after_rank bigint := coalesce(nullif(split_part(args ->> 'cursor', '_', 1), '')::bigint, -9223372036854775808);
  after_id uuid := coalesce(as_uuid(split_part(args ->> 'cursor', '_', 2)), '00000000-0000-0000-0000-000000000000');
  assignee_ uuid := case when tray = 'mine' then this_person() else as_uuid(args ->> 'assignee') end;
  today timestamptz := today_began();
  deep boolean := args ?| array['label', 'messages'];
  ids uuid[];
  rows json[];
  last_rank bigint;
  n int;
begin
  if words <> '' then return api_search(words, args); end if;
  -- One query an index (chat_label_label, chat_closed, chat_mine, chat_open): written as one, none of them could be used.
  -- The page is chosen among bare chats; only its fifty are given their shape.
  if args ? 'label' then
    select array_agg(p.id) into ids from (
      select c.id from chat_label x join chat c on c.id = x.chat_id
      where x.label_id = as_uuid(args ->> 'label') and x.ended_at is null
        and c.account_id = this_account() and c.merged_into is null and (c.state = 'closed') = (tray = 'closed')
        and (tray <> 'mine' or c.assignee_id = this_person()) and (tray <> 'unassigned' or c.assignee_id is null) and (tray <> 'new' or c.state = 'new')
        and (c.rank, c.id) > (after_rank, after_id) and chat_passes(c, args, today) and (not deep or chat_holds(c.id, args, today))
      order by c.rank, c.id limit 50) p;
  elsif args ? 'messages' and not args ? 'tray' then
    -- A message of today may be of a chat that is closed by now.
    select array_agg(p.id) into ids from (
      select c.id from chat c
      where c.account_id = this_account() and c.merged_into is null
        and (c.rank, c.id) > (after_rank, after_id) and chat_passes(c, args, today) and chat_holds(c.id, args, today)
      order by c.rank, c.id limit 50) p;
  elsif tray = 'closed' then
    select array_agg(p.id) into ids from (
      select c.id from chat c
      where c.account_id = this_account() and c.merged_into is null and c.state = 'closed'
        and (c.rank, c.id) > (after_rank, after_id) and chat_passes(c, args, today) and (not deep or chat_holds(c.id, args, today))
      order by c.rank, c.id limit 50) p;
  elsif assignee_ is not null then
    select array_agg(p.id) into ids from (
      select c.id from chat c
      where c.account_id = this_account() and c.merged_into is null and c.state <> 'closed' and c.assignee_id = assignee_
        and (tray <> 'unassigned') and (tray <> 'new' or c.state = 'new')
        and (c.rank, c.id) > (after_rank, after_id) and chat_passes(c, args, today) and (not deep or chat_holds(c.id, args, today))
      order by c.rank, c.id limit 50) p;
  else
    select array_agg(p.id) into ids from (
      select c.id from chat c
      where c.account_id = this_account() and c.merged_into is null and c.state <> 'closed'
        and (tray <> 'mine') and (tray <> 'unassigned' or c.assignee_id is null) and (tray <> 'new' or c.state = 'new')
        and (c.rank, c.id) > (after_rank, after_id) and chat_passes(c, args, today) and (not deep or chat_holds(c.id, args, today))
      order by c.rank, c.id limit 50) p;
  end if;
  select array_agg(s.json order by s.rank, s.id), count(*), max(s.rank) into rows, n, last_rank from chat_shape s where s.id = any(ids);
  return json_build_object('items', coalesce(to_json(rows), '[]'),
    'next', case when n = 50 then cursor_of(last_rank::text, (rows[50] ->> 'id')::uuid) end);
end $$;

/*
 * A number as people write it, as it may stand in ours: digits with country code. Forms of Ecuador, Peru, Colombia, Chile
 * (a 0 in front of the area), Mexico (01, 044 and 045 in front, the 1 behind 52 that WhatsApp keeps), Argentina (the 9 behind
 * 54, the 15 behind the area), Brazil (the ninth digit, the carrier behind the 0) and the United States (011). The same as
 * numberForms in pwa/src/screens/chats/number-forms.rules.ts.
 */
create or replace function number_forms(digits text) returns text[] language sql immutable parallel safe as $$
  select array_agg(distinct f) from (
    select regexp_replace(regexp_replace(digits, '^00', ''), '^(593|51|56|57|54|52|55|1)?0+', '\1') as f
    union all select substring(digits from '^011(\d{10,})$')
    union all select substring(digits from '^(?:044|045|01|521?)(\d{10})$')
    union all select substring(digits from '^549?(\d{10})$')
    union all select regexp_replace(digits, '^(?:0|549?)?(\d{2,4})15(\d{6,8})$', '\1\2') where digits ~ '^(?:0|549?)?\d{2,4}15\d{6,8}$'
    union all select substring(digits from '^15(\d{6,8})$')
    union all select regexp_replace(digits, '^(?:55|0\d\d|0)?([1-9]\d)9?(\d{8})$', '\1' || nine || '\2')
      from unnest(array['', '9']) nine where digits ~ '^(?:55|0\d\d|0)?[1-9]\d9?\d{8}$'
    union all select substring(digits from '^9(\d{8})$')) x
  where length(f) >= 3
$$;

/*
 * Contacts of this account who have a chat and whose name or number holds each of these words: best guesses for what a
 * person may have mistyped when there are none. Runs as app_system, since an index on names cannot be used through row
 * security (LIKE and <% are not leakproof); so the account stands in each query, and what is found is judged by api_search.
 */
create or replace function contact_hits(words text) returns uuid[] language plpgsql stable security definer
set search_path = pg_catalog, public set pg_trgm.word_similarity_threshold = 0.45 as $$
declare
  account_ uuid := public.this_account();
  digits text := regexp_replace(words, '\D', '', 'g');
  parts text[];
  numbers text[];
  hits uuid[];
begin
  if words ~ '^[-+() 0-9.]+$' and length(digits) >= 3 then
    -- 098 765 4321, +593 (0)98… and 98765 all mean 593987654321.
    numbers := array(select '%' || f || '%' from unnest(number_forms(digits)) f);
    if not public.this_phones() then numbers := '{}'; end if;
    select array_agg(h.id) into hits from (
      select k.id from public.contact k
      where k.account_id = account_ and k.merged_into is null and k.search like any (numbers)
        and exists (select from public.chat c where c.contact_id = k.id and c.merged_into is null)
      limit 100) h;
    -- A name may be made of digits, too.
    if hits is not null then return hits; end if;
    parts := array[digits];
  else
    -- The longest word first: it says most, so the index begins with it.
    select array_agg(replace(w, '_', '\_') order by length(w) desc) into parts
    from regexp_split_to_table(translate(words, '\%', ''), ' ') w where w <> '';
    -- Nothing but signs: an empty pattern would hold everybody.
    if parts is null then return '{}'; end if;
  end if;
  select array_agg(h.id) into hits from (
    select k.id from public.contact k
    where k.account_id = account_ and k.merged_into is null and k.search like '%' || parts[1] || '%'
      and (parts[2] is null or k.search like '%' || parts[2] || '%') and (parts[3] is null or k.search like '%' || parts[3] || '%')
      -- Who may not see numbers cannot find out one by searching for it.
      and (public.this_phones() or public.plain(concat_ws(' ', k.name, k.profile_name, k.username)) like all (
        select '%' || part || '%' from unnest(parts) part))
      and exists (select from public.chat c where c.contact_id = k.id and c.merged_into is null)
    limit 100) h;
  if hits is null and length(words) >= 3 and (public.this_phones() or words !~ '\d') then
    -- Chosen among the first that resemble it: a wrong letter must not cost a look at every name.
    with near as materialized (
      select k.id, k.search from public.contact k where k.account_id = account_ and k.merged_into is null and words <% k.search limit 500)
    select array_agg(h.id) into hits from (
      select n.id from near n where exists (select from public.chat c where c.contact_id = n.id and c.merged_into is null)
      order by public.word_similarity(words, n.search) desc limit 50) h;
  end if;
  return coalesce(hits, '{}');
end $$;
alter function contact_hits(text) owner to app_system;
revoke all on function contact_hits(text) from public;
grant execute on function contact_hits(text) to app_rw;

/* Name or number: any part of either, accents and a national 0 forgiven, and names that merely resemble when none holds it. */
create or replace function api_search(words text, args jsonb) returns json language plpgsql stable as $$
declare
  hits uuid[] := contact_hits(words);
  today timestamptz := today_began();
  deep boolean := args ?| array['label', 'messages'];
  rows json[];
begin
  select array_agg(p.json order by p.rank, p.id) into rows from (
    select s.json, s.rank, s.id from chat c join chat_shape s on s.id = c.id
    where c.contact_id = any(hits) and c.merged_into is null and c.account_id = this_account()
      and chat_passes(c, args, today) and (not deep or chat_holds(c.id, args, today))
    order by s.rank, s.id limit 50) p;
  return json_build_object('items', coalesce(to_json(rows), '[]'), 'next', null);
end $$;

create or replace function api_chat_counts(args jsonb) returns json language sql stable as $$
  select json_build_object(
    'trays', json_build_object(
      'mine', count(*) filter (where c.state <> 'closed' and c.assignee_id = this_person()),
      'unassigned', count(*) filter (where c.state <> 'closed' and c.assignee_id is null),
      'new', count(*) filter (where c.state = 'new'),
      'open', count(*) filter (where c.state <> 'closed'),
      'closed', count(*) filter (where c.state = 'closed')),
    'unanswered', count(*) filter (where c.waiting_since is not null and c.state <> 'closed'))
  from chat c where c.account_id = this_account() and c.merged_into is null
$$;

create or replace function api_chat(args jsonb) returns json language sql stable as $$
  select s.json from chat_shape s
  where s.id = chat_alive(as_uuid(args ->> 'chatId')) and s.account_id = this_account()
$$;

/* Newest last. `before` and `after` are cursors (at, id); without them, the latest page. */
create or replace function api_messages(args jsonb) returns json language plpgsql stable as $$
declare
  chat_ uuid := chat_alive(as_uuid(args ->> 'chatId'));
  cursor_ text := coalesce(args ->> 'before', args ->> 'after');
  at_ timestamptz := coalesce(to_timestamp(nullif(split_part(cursor_, '_', 1), '')::numeric / 1000), 'infinity');
  id_ uuid := coalesce(as_uuid(split_part(cursor_, '_', 2)), 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  rows json[];
  n int;
  edge json;
begin
  if not exists (select from chat c where c.id = chat_ and c.account_id = this_account()) then return null; end if;
  if args ? 'after' then
    select array_agg(p.json order by p.at, p.id), count(*) into rows, n from (
      select s.json, s.at, s.id from message_shape s where s.chat_id = chat_ and (s.at, s.id) > (at_, id_) order by s.at, s.id limit 50) p;
    edge := rows[n];
  else
    select array_agg(p.json order by p.at, p.id), count(*) into rows, n from (
      select s.json, s.at, s.id from message_shape s
      where s.chat_id = chat_ and (s.at, s.id) < (at_, id_) order by s.at desc, s.id desc limit 50) p;
    edge := rows[1];
  end if;
  return json_build_object('items', coalesce(to_json(rows), '[]'),
    'readUpto', (select iso(r.upto) from chat_read r where r.chat_id = chat_ and r.person_id = this_person()),
    'next', case when n = 50 then
    cursor_of(round(extract(epoch from (edge ->> 'at')::timestamptz) * 1000)::bigint::text, (edge ->> 'id')::uuid) end);
end $$;

/* A file of the caller's own, of a message that they see, or of a quick reply that is for them: nothing else may be read or sent on. */
create or replace function media_is_ours(f media) returns boolean language sql stable as $$
  select f.account_id = this_account() and (f.person_id = this_person() or exists (select from message m where m.media_id = f.id and m.deleted_at is null)
    or exists (select from quick_reply q where q.media_id = f.id and (quick_reply_suits(q) or manages_quick_replies())))
$$;

/* Everything that the send rules ask for, in one look: chat, channel, quoted message, message that goes on, file. */
create or replace function api_send_context(args jsonb) returns json language sql stable as $$
  select json_build_object(
    'chat', json_build_object('id', c.id, 'objectKey', c.object_key, 'lastInboundAt', iso(c.last_inbound_at), 'consent', consent_now(c.contact_id, c.channel_id)),
    'category', (select t.category from template t where t.channel_id = n.id and t.name = args -> 'template' ->> 'name' and t.language = args -> 'template' ->> 'language'
      and t.archived_at is null),
    'guard', guard_for(c, n, case when args ->> 'kind' = 'text' then args ->> 'text' end),
    'limit', case when args -> 'template' ->> 'name' is not null then limit_for(c) end,
    'channel', json_build_object('id', n.id, 'key', n.key, 'kind', n.kind, 'settings', n.settings, 'archived', n.archived_at is not null, 'entitled', channel_entitled(n.id)),
    'quoted', (select json_build_object('id', q.id) from message q where q.id = as_uuid(args ->> 'replyTo') and q.chat_id = c.id),
    'forwarded', (select json_build_object('direction', w.direction, 'mediaId', w.media_id) from message w
      where w.id = as_uuid(args ->> 'forwardOf') and w.account_id = this_account() and w.deleted_at is null),
    'file', (select json_build_object('id', f.id, 'kind', f.kind, 'size', f.size, 'state', f.state, 'mime', f.mime) from media f where f.id = as_uuid(args ->> 'mediaId') and media_is_ours(f)),
    'headerFile', (select json_build_object('id', f.id, 'state', f.state) from media f where f.id = as_uuid(args -> 'template' ->> 'headerMediaId') and media_is_ours(f)))
  from chat c join channel n on n.id = c.channel_id
  where c.id = chat_alive(as_uuid(args ->> 'chatId')) and c.account_id = this_account()
$$;

/* A message with what is needed to act on it at the provider. */
create or replace function api_message_target(args jsonb) returns json language sql stable as $$
  select json_build_object('id', m.id, 'chatId', m.chat_id, 'objectKey', c.object_key, 'channelId', m.channel_id,
    'channelKey', (select n.key from channel n where n.id = m.channel_id), 'direction', m.direction, 'status', m.status, 'kind', m.kind, 'at', iso(m.at), 'isDeleted', m.deleted_at is not null,
    'isOurs', m.author_kind <> 'system', 'entitled', channel_entitled(m.channel_id), 'providerId', coalesce(m.provider_id, m.provider_alias),
    'byRules', coalesce(m.status = 'failed' and m.provider_code = 'rules', false), 'text', m.text, 'mediaId', m.media_id,
    'to', (select coalesce(jsonb_object_agg(i.kind, i.value), '{}') from contact_identity i where i.contact_id = c.contact_id))
  from message m join chat c on c.id = m.chat_id
  where m.id = as_uuid(args ->> 'messageId') and m.account_id = this_account()
    and (args ->> 'chatId' is null or m.chat_id = chat_alive(as_uuid(args ->> 'chatId')))
$$;

/* What a message said and to whom, to say it again through another number. */
create or replace function api_reroute_source(args jsonb) returns json language sql stable as $$
  select json_build_object('kind', m.kind, 'text', m.text, 'mediaId', m.media_id, 'template', m.extra -> 'template', 'status', m.status, 'direction', m.direction,
    'location', m.extra -> 'location', 'contacts', m.extra -> 'contacts', 'phone', k.phone, 'channel', (select json_build_object('id', n.id, 'key', n.key, 'archived', n.archived_at is not null)
      from channel n where n.id = as_uuid(args ->> 'channelId') and n.account_id = this_account()))
  from message m join chat c on c.id = m.chat_id join contact k on k.id = c.contact_id
  where m.id = as_uuid(args ->> 'messageId') and m.account_id = this_account()
$$;

/* A file, if it belongs to a message of a chat that this person may see, or is this person's own upload. */
create or replace function api_media(args jsonb) returns json language sql stable as $$
  select json_build_object('id', f.id, 'r2Key', f.r2_key, 'mime', f.mime, 'kind', f.kind, 'name', f.name, 'size', f.size, 'state', f.state)
  from media f
  where f.id = as_uuid(args ->> 'mediaId') and media_is_ours(f)
$$;

/* Notes an upload whose bytes are in R2 already. */
create or replace function api_media_add(args jsonb) returns json language sql volatile as $$
  insert into media (id, account_id, r2_key, mime, kind, size, sha256, name, details, state, person_id)
  values ((args ->> 'id')::uuid, this_account(), args ->> 'r2Key', args ->> 'mime', args ->> 'kind', (args ->> 'size')::bigint, args ->> 'sha256', args ->> 'name',
    nullif(args -> 'details', 'null'), 'ready', this_person())
  returning json_build_object('id', id, 'kind', kind, 'mime', mime, 'size', size, 'name', name)
$$;

create or replace function api_trace(args jsonb) returns json language sql stable as $$
  select json_build_object('messageId', o.id, 'traceId', o.trace_id, 'hops', (
    select coalesce(json_agg(json_build_object('at', iso(t.at), 'level', t.level, 'where', t.place, 'what', t.what, 'code', t.code, 'data', t.data) order by t.at, t.id), '[]')
    from (select * from trace t where t.message_id = o.id order by t.id limit 500) t),
    'cost', case when o.charged and this_may('billing.read') then charge_json(o.id) end)
  from (select m.id, m.trace_id, m.charged from message m join chat c on c.id = m.chat_id where m.id = as_uuid(args ->> 'messageId') and m.account_id = this_account()
    -- What a portal asked for and was refused has a way too, and no chat: whoever administers sees it.
    union all select d.id, null, false from portal_deed d where d.id = as_uuid(args ->> 'messageId') and d.account_id = this_account() and d.state = 'refused' and this_may('account.manage')) o
$$;

create or replace function api_log(args jsonb) returns json language plpgsql stable as $$
declare
  rows json[];
  n int;
begin
  select array_agg(p.json order by p.id desc), count(*) into rows, n from (
    select t.id, json_build_object('id', t.id::text, 'at', iso(t.at), 'level', t.level, 'what', t.what, 'channelId', t.channel_id, 'chatId', t.chat_id,
      'messageId', t.message_id, 'traceId', t.trace_id, 'code', t.code, 'data', t.data) as json
    from trace t
    where t.account_id = this_account()
      and (args ->> 'level' is null or t.level = args ->> 'level')
      and (args ->> 'channel' is null or t.channel_id = as_uuid(args ->> 'channel'))
      and (args ->> 'trace' is null or t.trace_id = args ->> 'trace')
      and (args ->> 'from' is null or t.at >= (args ->> 'from')::timestamptz)
      and (args ->> 'to' is null or t.at <= (args ->> 'to')::timestamptz)
      and (args ->> 'cursor' is null or t.id < (args ->> 'cursor')::bigint)
    order by t.id desc limit 50) p;
  return json_build_object('items', coalesce(to_json(rows), '[]'), 'next', case when n = 50 then rows[50] ->> 'id' end);
end $$;

create or replace function dead_letter_json(d dead_letter) returns json language sql stable as $$
  select json_build_object('id', d.id, 'at', iso(d.created_at), 'kind', d.kind, 'messageId', d.message_id, 'chatId', d.chat_id, 'reason', d.reason,
    'attempts', d.attempts, 'settled', d.settled, 'payload', d.payload)
$$;

create or replace function api_dead_letters(args jsonb) returns json language plpgsql stable as $$
declare
  rows json[];
  n int;
begin
  select array_agg(dead_letter_json(d) order by d.id desc), count(*) into rows, n from (
    select * from dead_letter d where d.account_id = this_account() and (args ->> 'cursor' is null or d.id < as_uuid(args ->> 'cursor'))
    order by d.id desc limit 50) d;
  return json_build_object('items', coalesce(to_json(rows), '[]'), 'next', case when n = 50 then rows[50] ->> 'id' end);
end $$;

create or replace function api_dead_letter(args jsonb) returns json language sql stable as $$
  select dead_letter_json(d) from dead_letter d where d.id = as_uuid(args ->> 'deadLetterId') and d.account_id = this_account()
$$;

/* Settles a dead letter once; a job of its own kind comes to life again on `retry`. */
create or replace function api_dead_letter_settle(args jsonb) returns json language plpgsql volatile as $$
declare
  d dead_letter;
  job_ uuid;
begin
  update dead_letter set settled = case args ->> 'decision' when 'retry' then 'retried' else 'discarded' end, settled_at = now(), settled_by = this_person()
  where id = as_uuid(args ->> 'deadLetterId') and account_id = this_account() and settled_at is null returning * into d;
  if d.id is null then return api_dead_letter(args); end if;
  perform audit_mine('dead_letter.settled', 'dead_letter', d.id::text, d.reason, null, jsonb_build_object('settled', d.settled));
  if d.settled = 'retried' and d.kind = 'job' then
    insert into job (account_id, kind, ref, trace_id) values (d.account_id, d.payload ->> 'kind', d.payload -> 'ref', d.trace_id) returning id into job_;
    if d.payload ->> 'kind' = 'media' then
      update media set state = 'pending', reason = null where id = as_uuid(d.payload -> 'ref' ->> 'mediaId') and state = 'lost';
    end if;
  end if;
  return json_build_object('letter', dead_letter_json(d), 'job', job_);
end $$;

create or replace function api_language(args jsonb) returns json language sql volatile as $$
  update person set language = args ->> 'language' where id = this_person() returning json_build_object('done', true)
$$;
