-- What the phone of an unofficial number remembers: chats from before it was linked, and messages that a break has kept from us.
-- It lands in our chats as what it is, the past: nothing waits for an answer because of it, and nobody is told.

/* The chat of a customer for what was said long ago: one that is there, else a closed one. Who was put away stays away. */
create or replace function past_chat_for(account_ uuid, channel_ uuid, contact_ uuid, object_key_ text, at_ timestamptz, out id uuid, out is_new boolean)
language plpgsql volatile as $$
begin
  is_new := false;
  select c.id into id from chat c where c.channel_id = channel_ and c.contact_id = contact_ and c.merged_into is null;
  if found then return; end if;
  insert into chat (account_id, channel_id, contact_id, object_key, last_at, rank, department_id, state)
  select account_, channel_, contact_, object_key_, at_, chat_rank(null, at_), n.department_id, 'closed' from channel n where n.id = channel_
  on conflict (channel_id, contact_id) where merged_into is null do nothing
  returning chat.id into id;
  is_new := id is not null;
  if id is null then
    select c.id into id from chat c where c.channel_id = channel_ and c.contact_id = contact_ and c.merged_into is null;
  end if;
end $$;

/* One message of the past: stored, or known already. `kind`: why it comes, `history` or `gap`. */
create or replace function past_in(account_ uuid, channel_ uuid, e jsonb, trace_ text, kind_ text, out message_ uuid, out chat_ uuid, out made boolean, out fresh_chat boolean)
language plpgsql volatile as $$
declare
  echo boolean := e ->> 'origin' = 'echo';
  contact_ uuid;
  media_ uuid;
begin
  made := false;
  fresh_chat := false;
  select m.id, m.chat_id into message_, chat_ from message m where m.channel_id = channel_ and m.provider_id = e ->> 'providerId';
  if not found then
    select m.id, m.chat_id into message_, chat_ from message m where m.channel_id = channel_ and m.provider_alias = e ->> 'providerId';
  end if;
  if message_ is not null then return; end if;
  contact_ := contact_for(account_, e -> 'customer', null, null, null);
  -- What they called themselves then is better than nothing, and nothing more.
  update contact k set profile_name = e ->> 'profileName', search = contact_search(k.name, e ->> 'profileName', k.username, k.phone), rev = k.rev + 1
  where k.id = contact_ and k.profile_name is null and e ->> 'profileName' is not null;
  select p.id, p.is_new into chat_, fresh_chat from past_chat_for(account_, channel_, contact_, e ->> 'objectKey', (e ->> 'at')::timestamptz) p;
  insert into message (id, account_id, chat_id, channel_id, direction, kind, text, extra, status, author_kind, author_id, at, provider_id, quoted, reactions, trace_id)
  values (coalesce((e ->> 'messageId')::uuid, new_id()), account_, chat_, channel_, case when echo then 'out' else 'in' end, e ->> 'kind', e ->> 'text',
    coalesce(e -> 'extra', '{}') || jsonb_build_object('past', kind_), case when echo then e ->> 'status' end, case when echo then 'phone' else 'contact' end,
    case when echo then null else contact_ end, (e ->> 'at')::timestamptz, e ->> 'providerId', e ->> 'quoted', coalesce(e -> 'reactions', '[]'), trace_)
  on conflict (channel_id, provider_id) where provider_id is not null do nothing
  returning id into message_;
  made := message_ is not null;
  if not made then
    -- It came live in this very moment.
    select m.id, m.chat_id into message_, chat_ from message m where m.channel_id = channel_ and m.provider_id = e ->> 'providerId';
  elsif e -> 'media' is not null then
    -- Its bytes are read when somebody wants to see them.
    insert into media (account_id, ref, mime, kind, name, size, state, reason, details)
    values (account_, e -> 'media' -> 'ref', e -> 'media' ->> 'mime', e ->> 'kind', e -> 'media' ->> 'name', (e -> 'media' ->> 'size')::bigint, 'pending', 'on_demand', e -> 'media' -> 'details')
    returning id into media_;
    update message set media_id = media_ where id = message_;
  end if;
end $$;

/*
 * Writes a slice of the past: { kind, items }. `trace_` names the piece that it is from, so that a slice which comes again after
 * a lost answer counts as it did the first time. Gives { stored, known, chats: ids, changes }, the last one to be told to phones.
 */
create or replace function session_past(account_ uuid, channel_ uuid, trace_ text, args jsonb) returns json language plpgsql volatile
set plan_cache_mode = force_generic_plan as $$
declare
  e jsonb;
  r record;
  kind_ text := args ->> 'kind';
  made uuid[] := '{}';
  touched uuid[] := '{}';
  seen uuid[] := '{}';
  new_chats uuid[] := '{}';
  stored_ int := 0;
  known_ int := 0;
  told uuid[];
  opened uuid[];
begin
  perform act_for(account_);
  for e in select value from jsonb_array_elements(args -> 'items') with ordinality order by ordinality loop
    select * into r from past_in(account_, channel_, e, trace_, kind_);
    if not r.chat_ = any(seen) then seen := seen || r.chat_; end if;
    if r.fresh_chat then new_chats := new_chats || r.chat_; end if;
    if r.made then
      made := made || r.message_;
      stored_ := stored_ + 1;
      if not r.chat_ = any(touched) then touched := touched || r.chat_; end if;
    elsif exists (select from message m where m.id = r.message_ and m.trace_id = trace_) then stored_ := stored_ + 1;
    else known_ := known_ + 1;
    end if;
  end loop;

  -- What answers to something: the other may have come in any slice, before or after.
  update message m set reply_to = q.id, rev = m.rev + 1 from message q
  where m.id = any(made) and m.reply_to is null and m.quoted is not null and q.channel_id = channel_ and q.provider_id = m.quoted;
  update message m set reply_to = q.id, rev = m.rev + 1 from message q
  where q.id = any(made) and m.chat_id = any(touched) and m.reply_to is null and m.quoted = q.provider_id and m.id <> q.id;

  update chat c set last_inbound_at = greatest(c.last_inbound_at, n.heard),
    last = case when c.last is null or n.at >= c.last_at then n.last else c.last end,
    last_at = case when c.last is null then n.at else greatest(c.last_at, n.at) end,
    rank = chat_rank(c.waiting_since, case when c.last is null then n.at else greatest(c.last_at, n.at) end), rev = c.rev + 1
  from (select distinct on (m.chat_id) m.chat_id, m.at, chat_last(m) as last,
      max(m.at) filter (where m.direction = 'in' and m.kind <> 'system') over (partition by m.chat_id) as heard
    from message m where m.id = any(made) order by m.chat_id, m.at desc, m.id desc) n
  where c.id = n.chat_id;
  -- What a break has kept from us may still wait for an answer: it does so quietly.
  if kind_ = 'gap' then perform chat_recount(x) from unnest(touched) x; end if;

  insert into trace (account_id, at, level, place, what, trace_id, channel_id, chat_id, message_id)
  select account_, clock_timestamp(), 'info', 'hook', case kind_ when 'gap' then 'gap_filled' else 'history_imported' end, trace_, channel_, m.chat_id, m.id
  from message m where m.id = any(made);

  -- Single messages are told only where somebody may be reading: of other chats no phone has any.
  opened := array(select distinct x.chat_id from chat_read x where x.chat_id = any(touched));
  select coalesce(array_agg(m.id), '{}') into told from message m
  where m.id = any(made) and not m.chat_id = any(new_chats) and (kind_ = 'gap' or m.chat_id = any(opened));
  return json_build_object('stored', stored_, 'known', known_, 'chats', to_json(seen), 'changes', told_chats(touched, told));
end $$;

/*
 * Where to ask the phone what we may have missed since then: the newest word of each chat in which something was said, the
 * latest first. The phone gives what it has from before that word.
 */
create or replace function session_anchors(account_ uuid, channel_ uuid, since_ timestamptz, most int) returns json language plpgsql volatile as $$
begin
  perform act_for(account_);
  return (select coalesce(json_agg(json_build_object('waId', m.provider_id, 'fromMe', m.direction = 'out', 'at', round(extract(epoch from m.at) * 1000),
      'to', (select coalesce(jsonb_object_agg(i.kind, i.value), '{}') from (select distinct on (kind) kind, value from contact_identity
        where contact_id = c.contact_id and kind in ('phone', 'lid') order by kind, created_at desc) i)) order by c.last_at desc), '[]')
    from (select * from chat x where x.channel_id = channel_ and x.merged_into is null and x.last_at >= since_ order by x.last_at desc limit most) c
    cross join lateral (select * from message n where n.chat_id = c.id and n.provider_id is not null and n.direction <> 'note'
      order by n.at desc, n.id desc limit 1) m);
end $$;
