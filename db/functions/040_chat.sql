-- Finding, opening and merging chats. Called by ingest, inside its transaction.

/* The contact behind these identities, made when nobody has them yet, merged when they turn out to be two people's. */
create or replace function contact_for(account_ uuid, customer jsonb, profile text, username_ text, new_id_ uuid) returns uuid
language plpgsql volatile as $$
declare
  found_ids uuid[];
  keep uuid;
  spare uuid;
  known contact;
  hits int;
begin
  -- Nearly every message is from somebody who is known by just these names: two look-ups and nothing to write.
  select count(*), array_agg(distinct i.contact_id) into hits, found_ids from contact_identity i
  where i.account_id = account_ and ((i.kind = 'phone' and i.value = customer ->> 'phone')
    or (i.kind = 'bsuid' and i.value = customer ->> 'bsuid') or (i.kind = 'lid' and i.value = customer ->> 'lid'));
  if cardinality(found_ids) = 1
    and hits = (customer ? 'phone')::int + (customer ? 'bsuid')::int + (customer ? 'lid')::int then
    select * into known from contact where id = found_ids[1];
    if (profile is null or profile = known.profile_name) and (username_ is null or username_ = known.username)
      and (known.phone is not null or not customer ? 'phone') then return known.id; end if;
  end if;

  select array_agg(distinct i.contact_id) into found_ids
  from contact_identity i join jsonb_each_text(customer) k on i.account_id = account_ and i.kind = k.key and i.value = k.value;

  if found_ids is null then
    -- Two chats of one new customer may arrive at once on two numbers: one of them makes the contact, the other waits.
    perform pg_advisory_xact_lock(hashtextextended(account_::text || coalesce(customer ->> 'phone', customer ->> 'bsuid', customer ->> 'lid'), 7));
    select array_agg(distinct i.contact_id) into found_ids
    from contact_identity i join jsonb_each_text(customer) k on i.account_id = account_ and i.kind = k.key and i.value = k.value;
    if found_ids is null and customer ? 'phone' then
      -- Written down by hand or by a file in another way of the same number (Mexico's 1, Argentina's and Brazil's 9):
      -- it is theirs as the provider writes it.
      select array_agg(distinct i.contact_id) into found_ids from contact_identity i
      where i.account_id = account_ and i.kind = 'phone' and i.value = any(phone_variants(customer ->> 'phone'));
      if cardinality(found_ids) = 1 then
        update contact set phone = customer ->> 'phone', search = contact_search(name, profile_name, username, customer ->> 'phone') where id = found_ids[1];
      end if;
    end if;
  end if;

  if found_ids is null then
    keep := coalesce(new_id_, new_id());
    insert into contact (id, account_id, profile_name, username, phone, search)
    values (keep, account_, profile, username_, customer ->> 'phone', contact_search(null, profile, username_, customer ->> 'phone'))
    on conflict (id) do nothing;
    insert into contact_identity (account_id, kind, value, contact_id)
    select account_, k.key, k.value, keep from jsonb_each_text(customer) k on conflict do nothing;
    return keep;
  end if;

  -- The oldest contact stays: ids grow with time.
  select min(x::text)::uuid into keep from unnest(found_ids) x;
  foreach spare in array found_ids loop
    if spare <> keep then perform contact_merge(account_, spare, keep); end if;
  end loop;
  -- Only when something is new: most messages change nothing here.
  if (select count(*) from contact_identity i join jsonb_each_text(customer) k on i.account_id = account_ and i.kind = k.key and i.value = k.value)
     < (select count(*) from jsonb_object_keys(customer)) then
    insert into contact_identity (account_id, kind, value, contact_id)
    select account_, k.key, k.value, keep from jsonb_each_text(customer) k on conflict do nothing;
  end if;
  update contact c set
    profile_name = coalesce(profile, c.profile_name), username = coalesce(username_, c.username), phone = coalesce(c.phone, customer ->> 'phone'),
    search = contact_search(c.name, coalesce(profile, c.profile_name), coalesce(username_, c.username), coalesce(c.phone, customer ->> 'phone'))
  where c.id = keep and ((profile is not null and profile is distinct from c.profile_name)
    or (username_ is not null and username_ is distinct from c.username) or (c.phone is null and customer ? 'phone'));
  return keep;
end $$;

/* Two contacts were one person: identities, then chats, go to the one that stays. */
create or replace function contact_merge(account_ uuid, spare uuid, keep uuid) returns void
language plpgsql volatile as $$
declare
  c record;
  other uuid;
begin
  update contact_identity set contact_id = keep where account_id = account_ and contact_id = spare;
  update contact k set name = coalesce(k.name, s.name), profile_name = coalesce(k.profile_name, s.profile_name),
    username = coalesce(k.username, s.username), phone = coalesce(k.phone, s.phone),
    document = coalesce(k.document, s.document), email = coalesce(k.email, s.email), photo = coalesce(k.photo, s.photo), accepted = '{}', rev = k.rev + 1,
    search = contact_search(coalesce(k.name, s.name), coalesce(k.profile_name, s.profile_name), coalesce(k.username, s.username), coalesce(k.phone, s.phone))
  from contact s where s.id = spare and k.id = keep;
  for c in select id, channel_id from chat where contact_id = spare and merged_into is null for update loop
    select id into other from chat where channel_id = c.channel_id and contact_id = keep and merged_into is null for update;
    if other is null then
      update chat set contact_id = keep, rev = rev + 1 where id = c.id;
    else
      perform chat_merge(c.id, other);
    end if;
  end loop;
  update consent set contact_id = keep where contact_id = spare;
  perform consent_settle(keep);
  perform privacy_merged(spare, keep);
  update contact set merged_into = keep where id = spare;
end $$;

/* One chat becomes part of another: its messages move, its object will find the way by `merged_into`. */
create or replace function chat_merge(spare uuid, keep uuid) returns void
language plpgsql volatile as $$
begin
  update message set chat_id = keep, rev = rev + 1 where chat_id = spare;
  insert into chat_label (account_id, chat_id, label_id, by, at) select x.account_id, keep, x.label_id, x.by, x.at from chat_label x where x.chat_id = spare and x.ended_at is null
  on conflict (chat_id, label_id) do update set ended_at = null;
  update chat k set
    unanswered = k.unanswered + s.unanswered,
    waiting_since = least(k.waiting_since, s.waiting_since),
    last_inbound_at = greatest(k.last_inbound_at, s.last_inbound_at),
    last = case when s.last_at > k.last_at then s.last else k.last end,
    last_at = greatest(k.last_at, s.last_at),
    assignee_id = coalesce(k.assignee_id, s.assignee_id),
    was_assignee_id = k.assignee_id, was_department_id = k.department_id, moved_at = now(),
    department_id = coalesce(k.department_id, s.department_id),
    state = case when k.state = 'closed' then s.state else k.state end,
    rank = chat_rank(least(k.waiting_since, s.waiting_since), greatest(k.last_at, s.last_at)),
    rev = greatest(k.rev, s.rev) + 1
  from chat s where s.id = spare and k.id = keep;
  update chat set merged_into = keep, merged_at = now(), contact_id = (select contact_id from chat where id = keep), rev = rev + 1 where id = spare;
end $$;

/* The chat of a customer on a channel, opened when there is none. */
create or replace function chat_for(account_ uuid, channel_ uuid, contact_ uuid, new_id_ uuid, object_key_ text, at_ timestamptz) returns uuid
language plpgsql volatile as $$
declare found_id uuid;
begin
  select id into found_id from chat where channel_id = channel_ and contact_id = contact_ and merged_into is null;
  if found then return found_id; end if;
  insert into chat (id, account_id, channel_id, contact_id, object_key, last_at, rank, department_id)
  select coalesce(new_id_, new_id()), account_, channel_, contact_, object_key_, at_, chat_rank(null, at_), n.department_id from channel n where n.id = channel_
  on conflict (channel_id, contact_id) where merged_into is null do nothing
  returning id into found_id;
  if found_id is null then
    select id into found_id from chat where channel_id = channel_ and contact_id = contact_ and merged_into is null;
  end if;
  -- Who was put away and writes after all is back among the contacts.
  update contact set archived_at = null, rev = rev + 1 where id = contact_ and archived_at is not null;
  return found_id;
end $$;

/* Follows the pointers of merged chats to the living one. */
create or replace function chat_alive(chat_ uuid) returns uuid language plpgsql stable as $$
declare next_id uuid; current_id uuid := chat_;
begin
  for i in 1..10 loop
    select merged_into into next_id from chat where id = current_id;
    exit when next_id is null;
    current_id := next_id;
  end loop;
  return current_id;
end $$;

/* Counts again who waits, from the messages: after an answer failed or was given up. */
create or replace function chat_recount(chat_ uuid) returns void language plpgsql volatile as $$
declare
  answered record;
  waiting int;
  since timestamptz;
begin
  select at, id into answered from message
  where chat_id = chat_ and direction = 'out' and author_kind <> 'system' and status not in ('failed', 'discarded') order by at desc, id desc limit 1;
  select count(*), min(at) into waiting, since from (
    select at from message where chat_id = chat_ and direction = 'in' and kind <> 'system' and deleted_at is null and extra ->> 'past' is distinct from 'history'
      and (answered.at is null or (at, id) > (answered.at, answered.id))
    order by at desc, id desc limit 500) m;
  update chat set unanswered = waiting, waiting_since = since,
    state = case when waiting > 0 and answered.at is null then 'new' when waiting > 0 then 'pending' when state = 'closed' then 'closed' else 'waiting' end,
    rank = chat_rank(since, last_at), rev = rev + 1
  where id = chat_;
end $$;

/*
 * A message joined its chat: last word, counters, state. `answers`: it is a word of ours to the customer; whoever answers
 * a chat that is nobody's takes it.
 */
create or replace function chat_touch(chat_ uuid, m message, counts boolean, answers boolean) returns void language plpgsql volatile as $$
begin
  if answers and m.author_kind = 'person' then
    update chat c set assignee_id = m.author_id, was_assignee_id = null, was_department_id = c.department_id, moved_at = now()
    where c.id = chat_ and c.assignee_id is null;
  end if;
  update chat c set
    unanswered = case when answers then 0 when counts then c.unanswered + 1 else c.unanswered end,
    waiting_since = case when answers then null when counts then least(c.waiting_since, m.at) else c.waiting_since end,
    last_inbound_at = case when counts then greatest(c.last_inbound_at, m.at) else c.last_inbound_at end,
    state = case when answers then 'waiting' when counts and c.state <> 'new' then 'pending' else c.state end,
    last = case when m.direction <> 'note' and (c.last is null or m.at >= c.last_at) then chat_last(m) else c.last end,
    last_at = case when m.direction <> 'note' then greatest(c.last_at, m.at) else c.last_at end,
    rank = chat_rank(case when answers then null when counts then least(c.waiting_since, m.at) else c.waiting_since end,
                     case when m.direction <> 'note' then greatest(c.last_at, m.at) else c.last_at end),
    rev = c.rev + 1
  where c.id = chat_;
end $$;

/* The last message as the list shows it. */
create or replace function chat_last(m message) returns jsonb language sql stable as $$
  select jsonb_build_object('id', m.id, 'direction', m.direction, 'kind', m.kind, 'text', left(m.text, 200), 'status', m.status, 'at', iso(m.at))
$$;
