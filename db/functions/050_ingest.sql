-- The one writer of chats. The Desk hands over what Chat objects have logged, many entries at once; every entry may
-- come again after a lost answer, and then changes nothing. Shapes: worker/src/inbox/entry.ts.

/*
 * Moves an outgoing message to a status. Forward only, whatever the order of arrival: `failed` holds until a delivery
 * proves otherwise; `queued` and `discarded` are decisions of ours and come with `decided`.
 */
create or replace function set_status(m message, status_ text, at_ timestamptz, code text, provider_code_ text, pricing_ jsonb, decided boolean)
returns boolean language plpgsql volatile as $$
declare
  moves boolean;
begin
  if not decided then
    insert into delivery_event (account_id, message_id, status, at, code, provider_code, pricing)
    values (m.account_id, m.id, status_, at_, code, provider_code_, nullif(pricing_, 'null')) on conflict do nothing;
  end if;
  moves := case
    when decided then m.status is distinct from status_
    when status_ = 'failed' then m.status in ('queued', 'sending', 'unconfirmed', 'sent')
    when m.status = 'failed' then status_rank(status_) >= 4
    when m.status = 'discarded' then status_rank(status_) >= 3
    else status_rank(status_) > status_rank(m.status) end;
  if m.charged and (nullif(pricing_, 'null') is not null or (moves and status_ in ('failed', 'discarded'))) then
    perform charge_heard(m.id, m.chat_id, moves and status_ in ('failed', 'discarded'), pricing_);
  end if;
  if not moves then return false; end if;
  update message set status = status_,
    error_code = case when status_ in ('failed', 'unconfirmed') or code is not null then code end,
    provider_code = case when status_ in ('failed', 'unconfirmed') or code is not null then provider_code_ end, rev = rev + 1
  where id = m.id;
  -- Whether the customer has been answered changes with `failed` and `discarded`, in both directions.
  -- What the number says by itself answers nobody.
  if (status_ in ('failed', 'discarded') or m.status in ('failed', 'discarded')) and m.author_kind <> 'system' then perform chat_recount(m.chat_id); end if;
  update chat set last = jsonb_set(last, '{status}', to_jsonb(status_)), rev = rev + 1
  where id = m.chat_id and last ->> 'id' = m.id::text;
  return true;
end $$;

/*
 * Whoever says what a provider id is, and whoever finds nobody of that name, take turns: else a status is put aside just after
 * its message has looked for it, and stays there.
 */
create or replace function take_turns(channel_ uuid, provider_id_ text) returns void language sql volatile as $$
  select pg_advisory_xact_lock(hashtextextended(channel_::text || provider_id_, 0)) where provider_id_ is not null
$$;

/* Applies the statuses that came before their message was known by this provider id. */
create or replace function unpark(m message, provider_id_ text, alias_ text) returns void language plpgsql volatile as $$
declare p record;
begin
  perform take_turns(m.channel_id, provider_id_);
  perform take_turns(m.channel_id, alias_);
  for p in delete from parked_status where channel_id = m.channel_id and provider_id in (provider_id_, alias_) returning * loop
    select * into m from message where id = m.id;
    perform set_status(m, p.status, (p.body ->> 'at')::timestamptz, p.body ->> 'code', p.body ->> 'providerCode', p.body -> 'pricing', false);
    perform consent_refused(m, p.body ->> 'code', p.body ->> 'providerCode', (p.body ->> 'at')::timestamptz);
  end loop;
end $$;

/* What the Chat object needs to hand a message to the provider: whom to, what, which file, what it quotes. */
create or replace function dispatch_of(m message) returns jsonb language sql stable as $$
  select jsonb_build_object('messageId', m.id, 'kind', m.kind, 'text', m.text, 'template', m.extra -> 'template',
    'location', m.extra -> 'location', 'contacts', m.extra -> 'contacts', 'forwarded', m.extra -> 'forwarded',
    -- Where messages of a chat disappear, ours must, too: as the customer's last word says. Official numbers are not asked: there nothing does.
    'ephemeral', (select x.extra -> 'ephemeral' from channel n cross join lateral (
      select y.extra from message y where y.chat_id = c.id and y.direction = 'in' order by y.at desc, y.id desc limit 1) x
      where n.id = m.channel_id and n.kind = 'session'),
    'to', (select coalesce(jsonb_object_agg(i.kind, i.value), '{}') from (
      select distinct on (kind) kind, value from contact_identity where contact_id = c.contact_id order by kind, created_at desc) i)
      || case when k.phone is not null then jsonb_build_object('phone', k.phone) else '{}' end,
    'file', case when f.id is not null then jsonb_build_object('id', f.id, 'r2Key', f.r2_key, 'mime', f.mime, 'name', f.name, 'size', f.size, 'sound', f.details -> 'sound') end,
    'headerFile', (select jsonb_build_object('id', h.id, 'r2Key', h.r2_key, 'mime', h.mime, 'name', h.name, 'size', h.size)
      from media h where h.id = as_uuid(m.extra -> 'template' ->> 'headerMediaId')),
    'quoted', coalesce(q.provider_id, m.quoted), 'traceId', m.trace_id)
  from chat c join contact k on k.id = c.contact_id
  left join media f on f.id = m.media_id left join message q on q.id = m.reply_to
  where c.id = m.chat_id
$$;

/* Is this a message of which only the shell has come, or that could not be opened? Its words may come later, under the same id. */
create or replace function is_shell(m message) returns boolean language sql immutable as $$
  select m.kind = 'unsupported' and m.extra ->> 'unsupported' = 'waiting_for_phone'
$$;

/* The words of such a message have come. */
create or replace function shell_filled(m message, e jsonb, media_ uuid, reply_to_ uuid) returns message language plpgsql volatile as $$
begin
  update message set kind = e ->> 'kind', text = e ->> 'text', extra = e -> 'extra', media_id = media_, reply_to = reply_to_, quoted = e ->> 'quoted',
    error_code = e ->> 'errorCode', provider_code = e ->> 'providerCode', rev = rev + 1
  where id = m.id returning * into m;
  update chat set last = chat_last(m), rev = rev + 1 where id = m.chat_id and last ->> 'id' = m.id::text;
  return m;
end $$;

/* A message of the customer, or of the business's own phone. */
create or replace function ingest_in(account_ uuid, e jsonb) returns jsonb language plpgsql volatile as $$
declare
  contact_ uuid := contact_for(account_, e -> 'customer', e ->> 'profileName', e ->> 'username', (e ->> 'contactId')::uuid);
  chat_ uuid := chat_for(account_, (e ->> 'channelId')::uuid, contact_, (e ->> 'chatId')::uuid, e ->> 'objectKey', (e ->> 'at')::timestamptz);
  echo boolean := e ->> 'origin' = 'echo';
  m message;
  quoted_id uuid;
  media_ uuid;
  job_ uuid;
  before_ chat;
  automatic_ jsonb;
  heard jsonb;
  line uuid;
  is_new boolean := true;
begin
  if e ? 'quoted' then
    select id into quoted_id from message where channel_id = (e ->> 'channelId')::uuid and e ->> 'quoted' in (provider_id, provider_alias);
  end if;
  if e -> 'media' is not null and not exists (select from message x where x.channel_id = (e ->> 'channelId')::uuid and x.provider_id = e ->> 'providerId' and not is_shell(x)) then
    media_ := (e ->> 'mediaId')::uuid;
    insert into media (id, account_id, ref, mime, kind, name, size, state, reason, details)
    values (media_, account_, e -> 'media' -> 'ref', e -> 'media' ->> 'mime', e ->> 'kind', e -> 'media' ->> 'name', (e -> 'media' ->> 'size')::bigint,
      case when e ? 'errorCode' then 'lost' else 'pending' end, e ->> 'errorCode', e -> 'media' -> 'details')
    on conflict (id) do nothing;
  end if;
  insert into message (id, account_id, chat_id, channel_id, direction, kind, text, media_id, extra, status, author_kind, author_id, author_name,
    at, provider_id, reply_to, quoted, trace_id, error_code, provider_code)
  values ((e ->> 'messageId')::uuid, account_, chat_, (e ->> 'channelId')::uuid, case when echo then 'out' else 'in' end, e ->> 'kind', e ->> 'text', media_,
    e -> 'extra', case when echo then 'sent' end, case when echo then 'phone' else 'contact' end, case when echo then null else contact_ end,
    case when echo then null else e ->> 'profileName' end, (e ->> 'at')::timestamptz, e ->> 'providerId', quoted_id, e ->> 'quoted', e ->> 'traceId',
    e ->> 'errorCode', e ->> 'providerCode')
  on conflict (channel_id, provider_id) where provider_id is not null do nothing
  returning * into m;
  if m.id is null then
    -- The phone's history was faster than the customer's own message: what comes live after all is no past.
    update message set extra = nullif(extra - 'past', '{}'), author_name = coalesce(author_name, e ->> 'profileName'), rev = rev + 1
    where channel_id = (e ->> 'channelId')::uuid and provider_id = e ->> 'providerId' and extra ? 'past' and not echo returning * into m;
  end if;
  if m.id is null then
    select * into m from message where channel_id = (e ->> 'channelId')::uuid and provider_id = e ->> 'providerId';
    if not is_shell(m) or e -> 'extra' ->> 'unsupported' = 'waiting_for_phone' then
      return jsonb_build_object('chatId', m.chat_id, 'messageId', m.id, 'inserted', false, 'homeId', chat_);
    end if;
    m := shell_filled(m, e, media_, quoted_id);
    is_new := false;
  end if;
  select * into before_ from chat where id = chat_;
  if is_new then
    perform chat_touch(chat_, m, not echo and m.kind <> 'system', echo);
    if not echo and m.kind <> 'system' then line := assign_arrived(chat_); end if;
  end if;
  -- The texts of the department that it has come to.
  select department_id into before_.department_id from chat where id = chat_;
  if not echo then heard := consent_heard(before_, m); end if;
  -- Who says yes or no to being written to is answered about that, and nothing else.
  if heard is not null then automatic_ := nullif(heard -> 'job', 'null');
  elsif is_new and not echo and m.kind <> 'system' then automatic_ := automatic_after(before_, m, e -> 'closed'); end if;
  if media_ is not null and not e ? 'errorCode' then
    insert into job (account_id, kind, ref, trace_id) values (account_, 'media', jsonb_build_object('mediaId', media_, 'messageId', m.id, 'channelId', m.channel_id), e ->> 'traceId')
    returning id into job_;
  end if;
  if echo then perform unpark(m, m.provider_id, null); end if;
  return jsonb_build_object('chatId', chat_, 'messageId', m.id, 'inserted', true, 'lineId', line,
    'alsoChats', coalesce(heard -> 'chats', '[]'), 'alsoLines', coalesce(heard -> 'lines', '[]'),
    'jobs', case when job_ is null then '[]'::jsonb else jsonb_build_array(jsonb_build_object('id', job_, 'kind', 'media')) end
      || case when automatic_ is null then '[]'::jsonb else jsonb_build_array(automatic_) end);
end $$;

/* A message or note written by one of us. The same id again is the same message; with another body it is refused. */
create or replace function ingest_out(account_ uuid, e jsonb) returns jsonb language plpgsql volatile as $$
declare
  chat_ uuid := chat_alive((e ->> 'chatId')::uuid);
  note boolean := e ->> 'op' = 'note';
  -- What is not sent (a note, or what was refused already and only stays to be seen) needs no subscription and costs nothing.
  goes boolean := not note and not e ? 'unsent';
  n channel;
  why text;
  m message;
begin
  select x.* into n from channel x join chat c on c.channel_id = x.id where c.id = chat_;
  if goes and not channel_entitled(n.id) then why := 'subscription_ended';
  elsif goes and n.who_pays = 'us' then why := charge_message(chat_, (e ->> 'messageId')::uuid, e ->> 'kind', e -> 'extra' -> 'template', false);
  end if;
  insert into message (id, account_id, chat_id, channel_id, direction, kind, text, media_id, extra, status, author_kind, author_id, author_name,
    at, reply_to, token, body_hash, trace_id, charged)
  select (e ->> 'messageId')::uuid, account_, c.id, c.channel_id, case when note then 'note' else 'out' end, e ->> 'kind', e ->> 'text', as_uuid(e ->> 'mediaId'),
    e -> 'extra', case when note then null else 'queued' end, e -> 'author' ->> 'kind', as_uuid(e -> 'author' ->> 'id'), e -> 'author' ->> 'name',
    (e ->> 'at')::timestamptz, as_uuid(e ->> 'replyTo'), (e ->> 'token')::uuid, e ->> 'bodyHash', e ->> 'traceId', why is not null
  from chat c where c.id = chat_ and coalesce(why, 'charged') = 'charged'
  on conflict (id) do nothing
  returning * into m;
  if m.id is null then
    select * into m from message where id = (e ->> 'messageId')::uuid;
    if m.id is null and why <> 'charged' then
      return jsonb_build_object('chatId', chat_, 'inserted', false, 'refused', true, 'code', why);
    end if;
    -- Not found: the id is another account's. It must look like any other id that is taken.
    if m.id is null or m.chat_id <> chat_ or m.body_hash is distinct from e ->> 'bodyHash' then
      return jsonb_build_object('chatId', chat_, 'inserted', false, 'conflict', true);
    end if;
    return jsonb_build_object('chatId', m.chat_id, 'messageId', m.id, 'inserted', m.token = (e ->> 'token')::uuid,
      'mentions', case when e ? 'mentions' then mentions_write(m, e -> 'mentions') else '[]' end,
      'dispatch', case when m.token = (e ->> 'token')::uuid and m.status = 'queued' then dispatch_of(m)::text end);
  end if;
  -- What the number says by itself (author `system`) is no answer: the customer goes on waiting for a person.
  perform chat_touch(chat_, m, false, not note and m.author_kind <> 'system');
  return jsonb_build_object('chatId', chat_, 'messageId', m.id, 'inserted', true, 'dispatch', case when note then null else dispatch_of(m)::text end,
    'lineId', case when m.extra ? 'privacy' then privacy_line(m) end,
    'mentions', case when e ? 'mentions' then mentions_write(m, e -> 'mentions') else '[]' end,
    -- The number was paused a moment ago, and the Chat object may not have heard of it yet.
    'held', n.sending_paused_at is not null or n.problem is not null);
end $$;

/* What the provider, or its silence, said to a send. */
create or replace function ingest_outcome(account_ uuid, e jsonb) returns jsonb language plpgsql volatile as $$
declare m message;
begin
  select * into m from message where id = (e ->> 'messageId')::uuid for update;
  if m.id is null then return '{}'; end if;
  if e ? 'providerId' then
    update message set provider_id = e ->> 'providerId', provider_alias = coalesce(e ->> 'alias', provider_alias)
    where id = m.id and provider_id is null
      and not exists (select from message o where o.channel_id = m.channel_id and o.provider_id = e ->> 'providerId');
  end if;
  perform set_status(m, e ->> 'status', (e ->> 'at')::timestamptz, e ->> 'code', e ->> 'providerCode', null, e ->> 'status' = 'queued' and m.status = 'sending');
  if e ? 'providerId' then
    select * into m from message where id = m.id;
    perform unpark(m, e ->> 'providerId', e ->> 'alias');
  end if;
  if (e ->> 'dead')::boolean then
    insert into dead_letter (account_id, kind, subject, chat_id, message_id, reason, attempts, trace_id)
    select account_, 'send', m.id::text, m.chat_id, m.id, e ->> 'code', (e ->> 'attempts')::int, m.trace_id
    where not exists (select from dead_letter d where d.subject = m.id::text and d.kind = 'send' and d.settled_at is null);
  end if;
  if (e ->> 'stopsChannel')::boolean then
    update channel set problem = e ->> 'code', rev = rev + 1 where id = m.channel_id and problem is distinct from e ->> 'code';
  end if;
  return jsonb_build_object('chatId', m.chat_id, 'messageId', m.id, 'channelId', case when (e ->> 'stopsChannel')::boolean then m.channel_id end)
    || consent_refused(m, e ->> 'code', e ->> 'providerCode', (e ->> 'at')::timestamptz);
end $$;

/* A delivery status of the provider. One that overtakes the answer naming its message waits in parked_status. */
create or replace function ingest_status(account_ uuid, e jsonb) returns jsonb language plpgsql volatile as $$
declare
  m message;
  channel_ uuid := (e ->> 'channelId')::uuid;
  status_ text := case e ->> 'status' when 'accepted' then 'sending' else e ->> 'status' end;
begin
  select * into m from message where channel_id = channel_ and provider_id = e ->> 'providerId' for update;
  if m.id is null and e ? 'ref' then select * into m from message where id = as_uuid(e ->> 'ref') and channel_id = channel_ for update; end if;
  if m.id is null then select * into m from message where channel_id = channel_ and provider_alias = e ->> 'providerId' for update; end if;
  if m.id is null and e ? 'alias' then
    select * into m from message where channel_id = channel_ and (provider_id = e ->> 'alias' or provider_alias = e ->> 'alias') for update;
  end if;
  if m.id is null then
    perform take_turns(channel_, e ->> 'providerId');
    select * into m from message where channel_id = channel_ and (provider_id = e ->> 'providerId' or provider_alias = e ->> 'providerId') for update;
  end if;
  if m.id is null or m.direction <> 'out' then
    if m.id is null and e ->> 'status' <> 'accepted' then
      insert into parked_status (account_id, channel_id, provider_id, status, body)
      values (account_, channel_, e ->> 'providerId', e ->> 'status',
        jsonb_build_object('at', e -> 'at', 'code', e -> 'code', 'providerCode', e -> 'providerCode', 'pricing', e -> 'pricing'))
      -- The same step told twice: one of them may be the bill.
      on conflict (channel_id, provider_id, status) do update set body = parked_status.body || jsonb_build_object('pricing', excluded.body -> 'pricing')
        where excluded.body -> 'pricing' <> 'null' and parked_status.body -> 'pricing' = 'null';
    end if;
    return jsonb_build_object('parked', m.id is null);
  end if;
  if m.provider_id is null then
    update message set provider_id = e ->> 'providerId' where id = m.id
      and not exists (select from message o where o.channel_id = channel_ and o.provider_id = e ->> 'providerId');
  end if;
  if e ? 'alias' and m.provider_alias is distinct from e ->> 'alias' and m.provider_id is distinct from e ->> 'alias' then
    update message set provider_alias = e ->> 'alias' where id = m.id;
  end if;
  if set_status(m, status_, (e ->> 'at')::timestamptz, e ->> 'code', e ->> 'providerCode', e -> 'pricing', false) or m.status = status_ then
    -- Told again when it stands there already: the first telling may have died with its teller, after this was committed.
    return jsonb_build_object('chatId', m.chat_id, 'messageId', m.id) || consent_refused(m, e ->> 'code', e ->> 'providerCode', (e ->> 'at')::timestamptz);
  end if;
  -- It is further on already: nobody needs to hear of it, but the trace belongs to this message.
  return jsonb_build_object('quietChatId', m.chat_id, 'quietMessageId', m.id);
end $$;

/*
 * Does this report come from the message's own chat, and may it do that to it? A customer edits and takes back what the
 * customer wrote. Entries that an older version has logged name no customer.
 */
create or replace function may_change(m message, e jsonb) returns boolean language sql stable as $$
  select e -> 'customer' is null or (
    (e ->> 'op' = 'reaction' or e ->> 'origin' = 'echo' or m.direction = 'in')
    and exists (select from chat c join contact k on k.id = c.contact_id where c.id = m.chat_id and (k.phone = e -> 'customer' ->> 'phone'
      or exists (select from contact_identity i where i.contact_id = k.id and e -> 'customer' ->> i.kind = i.value))))
$$;

/* A reaction, an edit or a deletion: it changes a message that is there, or is kept as news when it is not. */
create or replace function ingest_change(account_ uuid, e jsonb) returns jsonb language plpgsql volatile as $$
declare
  m message;
  who text := coalesce(e ->> 'by', case when e ->> 'origin' = 'echo' then 'phone' else 'contact' end);
begin
  if e ? 'target' then
    select * into m from message where channel_id = (e ->> 'channelId')::uuid and e ->> 'target' in (provider_id, provider_alias) for update;
  else
    select * into m from message where id = (e ->> 'messageId')::uuid for update;
  end if;
  -- Who wrote a message changes it, and nobody else: an id is easily known, and WhatsApp leaves this to whoever receives it.
  if m.id is not null and not may_change(m, e) then m.id := null; end if;
  if m.id is null then
    perform ingest_news(account_, e || jsonb_build_object('field', 'late_' || (e ->> 'op'), 'level', 'warn', 'raw', e - 'hops', 'fingerprint', e ->> 'providerId'));
    return jsonb_build_object('missing', true);
  end if;
  if e ->> 'op' = 'reaction' then
    update message set rev = rev + 1, reactions =
      (select coalesce(jsonb_agg(r), '[]') from jsonb_array_elements(reactions) r where r ->> 'by' <> who)
      || case when e ->> 'emoji' is null then '[]'::jsonb else jsonb_build_array(jsonb_build_object('by', who, 'emoji', e ->> 'emoji')) end
    where id = m.id;
  elsif e ->> 'op' = 'edit' then
    insert into message_revision (message_id, account_id, provider_id, text, at) values (m.id, account_, e ->> 'providerId', m.text, (e ->> 'at')::timestamptz)
    on conflict do nothing;
    if found then
      update message set text = e ->> 'text', edited_at = (e ->> 'at')::timestamptz, rev = rev + 1 where id = m.id;
      update chat set last = jsonb_set(last, '{text}', to_jsonb(left(e ->> 'text', 200))), rev = rev + 1 where id = m.chat_id and last ->> 'id' = m.id::text;
    end if;
  else
    update message set deleted_at = (e ->> 'at')::timestamptz, rev = rev + 1 where id = m.id and deleted_at is null;
    update chat set last = jsonb_set(last, '{text}', 'null'), rev = rev + 1 where id = m.chat_id and last ->> 'id' = m.id::text;
  end if;
  return jsonb_build_object('chatId', m.chat_id, 'messageId', m.id);
end $$;

/*
 * The customer's number or id changed: a system line in the chat, and both names lead to one contact. That a private id and a
 * number are one person's is no change of theirs: it joins whom we know, opens no chat for whom we do not, and says nothing.
 */
create or replace function ingest_identity(account_ uuid, e jsonb) returns jsonb language plpgsql volatile as $$
declare
  both_ jsonb := (e -> 'before') || (e -> 'after');
  alias boolean := not (e -> 'before') ?| array['phone', 'bsuid'] and e -> 'before' -> 'lid' = e -> 'after' -> 'lid';
  contact_ uuid;
  chat_ uuid;
begin
  if alias and not exists (select from contact_identity i join jsonb_each_text(both_) k on i.account_id = account_ and i.kind = k.key and i.value = k.value) then
    return '{}';
  end if;
  contact_ := contact_for(account_, both_, null, null, (e ->> 'contactId')::uuid);
  if e -> 'after' ? 'phone' then
    update contact c set phone = e -> 'after' ->> 'phone', search = contact_search(c.name, c.profile_name, c.username, e -> 'after' ->> 'phone')
    where c.id = contact_ and (c.phone is null or not alias);
  end if;
  if alias then
    select c.id into chat_ from chat c where c.channel_id = (e ->> 'channelId')::uuid and c.contact_id = contact_ and c.merged_into is null;
    return case when chat_ is null then '{}' else jsonb_build_object('chatId', chat_) end;
  end if;
  return ingest_in(account_, e || jsonb_build_object('customer', both_, 'origin', 'customer', 'kind', 'system',
    'extra', jsonb_build_object('system', 'number_changed', 'phone', e -> 'after' -> 'phone')));
end $$;

/* A chat that we open ourselves: nothing has been said in it yet. */
create or replace function ingest_open(account_ uuid, e jsonb) returns jsonb language plpgsql volatile as $$
declare
  chat_ uuid;
  contact_ uuid := contact_for(account_, e -> 'customer', null, null, (e ->> 'contactId')::uuid);
begin
  if e ? 'name' then
    update contact c set name = e ->> 'name', search = contact_search(e ->> 'name', c.profile_name, c.username, c.phone)
    where c.id = contact_ and c.name is null;
  end if;
  chat_ := chat_for(account_, (e ->> 'channelId')::uuid, contact_, (e ->> 'chatId')::uuid, e ->> 'objectKey', (e ->> 'at')::timestamptz);
  -- A chat that was just made belongs to who made it; one that was there stays where it is.
  if e ? 'by' then
    update chat set assignee_id = as_uuid(e ->> 'by') where id = chat_ and id = (e ->> 'chatId')::uuid and assignee_id is null and last is null;
  end if;
  return jsonb_build_object('chatId', chat_);
end $$;

/* News about account, template or number, and what no parser knows: kept as it came. */
create or replace function ingest_news(account_ uuid, e jsonb) returns jsonb language plpgsql volatile as $$
begin
  insert into channel_news (account_id, channel_id, field, level, raw, fingerprint, at)
  values (account_, (e ->> 'channelId')::uuid, e ->> 'field', coalesce(e ->> 'level', 'info'), coalesce(e -> 'raw', 'null'), e ->> 'fingerprint', (e ->> 'at')::timestamptz)
  on conflict (channel_id, fingerprint) do nothing;
  if found and e ? 'template' then return template_heard(account_, (e ->> 'channelId')::uuid, e -> 'template'); end if;
  return '{}';
end $$;

/* A person decides about a message that stands still: again, or not at all. */
create or replace function ingest_decision(account_ uuid, e jsonb) returns jsonb language plpgsql volatile as $$
declare
  m message;
  again boolean := e ->> 'op' = 'requeue';
  why text;
begin
  select * into m from message where id = (e ->> 'messageId')::uuid for update;
  if m.id is null or m.direction <> 'out' then return jsonb_build_object('refused', true); end if;
  if m.token = (e ->> 'token')::uuid then
    -- This very decision, told again after a lost answer.
    return jsonb_build_object('chatId', m.chat_id, 'messageId', m.id, 'dispatch', case when again and m.status = 'queued' then dispatch_of(m)::text end);
  end if;
  if not (m.status in ('failed', 'unconfirmed') or (not again and m.status = 'queued')) then
    return jsonb_build_object('chatId', m.chat_id, 'messageId', m.id, 'refused', true);
  end if;
  if again then
    why := case when not channel_entitled(m.channel_id) then 'subscription_ended'
      when (select n.who_pays = 'us' from channel n where n.id = m.channel_id) then charge_message(m.chat_id, m.id, m.kind, m.extra -> 'template', true) end;
    if why <> 'charged' then return jsonb_build_object('chatId', m.chat_id, 'messageId', m.id, 'refused', true, 'code', why); end if;
  end if;
  -- A new provider id will come with a new try; a late status of the first try still finds the message by our own id.
  update message set token = (e ->> 'token')::uuid, provider_alias = case when again then coalesce(provider_id, provider_alias) else provider_alias end,
    provider_id = case when again then null else provider_id end, charged = charged or coalesce(why, '') = 'charged' where id = m.id returning * into m;
  perform set_status(m, case when again then 'queued' else 'discarded' end, (e ->> 'at')::timestamptz, null, null, null, true);
  update dead_letter set settled = case when again then 'retried' else 'discarded' end, settled_at = now(), settled_by = as_uuid(e ->> 'by')
  where subject = m.id::text and kind = 'send' and settled_at is null;
  select * into m from message where id = m.id;
  return jsonb_build_object('chatId', m.chat_id, 'messageId', m.id, 'dispatch', case when again then dispatch_of(m)::text end);
end $$;

/* How many seconds after it came to us something is stored at last; null while nobody would notice. */
create or replace function store_delay(hop jsonb) returns int language sql volatile as $$
  select extract(epoch from clock_timestamp() - (hop ->> 'at')::timestamptz)::int
  where hop ->> 'what' = 'stored' and clock_timestamp() > (hop ->> 'at')::timestamptz + interval '5 seconds'
$$;

/*
 * Writes a batch of entries and returns what changed, ready to be told to phones:
 * { results: [{chatId, objectKey, messageId, inserted, conflict, refused, dispatch, tell}], one an entry, in order, chats, messages, channels, forgets, jobs }.
 */
create or replace function ingest(account_ uuid, entries jsonb) returns json language plpgsql volatile
-- Its statements find everything by keys, so one plan serves all; planned anew for each batch they cost as much again.
set plan_cache_mode = force_generic_plan as $$
declare
  e jsonb;
  r jsonb;
  results jsonb[] := '{}';
  chats uuid[] := '{}';
  messages uuid[] := '{}';
  channels uuid[] := '{}';
  templates jsonb := '[]';
  mentions jsonb := '[]';
  reads jsonb := '[]';
  jobs jsonb := '[]';
  merged uuid[];
  forgets json := '[]';
  channels_told json := '[]';
  key_ text;
begin
  perform act_for(account_);
  for e in select value from jsonb_array_elements(entries) with ordinality order by ordinality loop
    -- What a portal told us is not told to it again (211_portal_chats.sql).
    perform set_config('app.portal', coalesce(e ->> 'portalId', ''), true);
    r := case e ->> 'op'
      when 'in' then ingest_in(account_, e)
      when 'out' then ingest_out(account_, e)
      when 'note' then ingest_out(account_, e)
      when 'open' then ingest_open(account_, e)
      when 'outcome' then ingest_outcome(account_, e)
      when 'status' then ingest_status(account_, e)
      when 'reaction' then ingest_change(account_, e)
      when 'edit' then ingest_change(account_, e)
      when 'revoke' then ingest_change(account_, e)
      when 'seen' then ingest_seen(account_, e)
      when 'identity' then ingest_identity(account_, e)
      when 'news' then ingest_news(account_, e)
      when 'consent' then ingest_consent(account_, e)
      when 'requeue' then ingest_decision(account_, e)
      when 'discard' then ingest_decision(account_, e)
    end;
    if r is null then raise exception 'unknown entry %', e ->> 'op' using errcode = '22023'; end if;
    if r ? 'chatId' then chats := chats || (r ->> 'chatId')::uuid; end if;
    if r ? 'messageId' and not coalesce((r ->> 'conflict')::boolean, false) then messages := messages || (r ->> 'messageId')::uuid; end if;
    if r ? 'alsoChats' then
      chats := chats || array(select jsonb_array_elements_text(r -> 'alsoChats')::uuid);
      messages := messages || array(select jsonb_array_elements_text(r -> 'alsoLines')::uuid);
      r := r - array['alsoChats', 'alsoLines'];
    end if;
    if r ->> 'lineId' is not null then messages := messages || (r ->> 'lineId')::uuid; end if;
    if r ->> 'channelId' is not null then channels := channels || (r ->> 'channelId')::uuid; end if;
    if r ? 'mentions' then
      mentions := mentions || (r -> 'mentions');
      r := r - 'mentions';
    end if;
    if r ? 'reads' then
      reads := reads || (r -> 'reads');
      r := r - 'reads';
    end if;
    if r ? 'templates' then templates := templates || (r -> 'templates'); end if;
    if r ? 'jobs' then jobs := jobs || (r -> 'jobs'); end if;
    if e ->> 'op' in ('in', 'identity', 'out', 'note', 'open') and r ? 'chatId' then
      -- By whom the entry is about, not by where a message of that id stands: an id may come again under another name.
      select object_key into key_ from chat where id = coalesce(r ->> 'homeId', r ->> 'chatId')::uuid;
      r := r || jsonb_build_object('objectKey', key_);
    end if;
    insert into trace (account_id, at, level, place, what, code, trace_id, channel_id, chat_id, message_id, data)
    select account_, case when late is null then (h ->> 'at')::timestamptz else clock_timestamp() end, h ->> 'level', h ->> 'place',
      case when h ->> 'what' = 'stored' and (r ->> 'inserted')::boolean is false then case e ->> 'op' when 'in' then 'repeated' else 'asked_again' end
           when h ->> 'what' = 'stored' and (r ->> 'parked')::boolean then 'parked'
           when late is not null then 'stored_late' else h ->> 'what' end,
      h ->> 'code', e ->> 'traceId', (e ->> 'channelId')::uuid, as_uuid(coalesce(r ->> 'chatId', r ->> 'quietChatId')),
      as_uuid(coalesce(r ->> 'messageId', r ->> 'quietMessageId', e ->> 'messageId')), case when late is null then h -> 'data' else jsonb_build_object('seconds', late) end
    from jsonb_array_elements(e -> 'hops') h, store_delay(h) late;
    if (e ->> 'tell')::boolean then r := r || jsonb_build_object('tell', case when e ->> 'op' = 'open' then r -> 'chatId' else r -> 'messageId' end); end if;
    results := results || r;
  end loop;

  -- What is rare is asked for only where it is: each part of a query costs its time even when it finds nothing.
  merged := array(select c.id from chat c where c.merged_into = any(chats));
  if merged <> '{}' then
    -- For an hour, since the first telling may have been lost: forgetting twice is harmless.
    forgets := (select coalesce(json_agg(json_build_object('chatId', c.id, 'into', c.merged_into, 'objectKey', c.object_key, 'channelId', c.channel_id)), '[]')
      from chat c where c.id = any(merged) and c.merged_at > now() - interval '1 hour');
  end if;
  if channels <> '{}' then channels_told := (select json_agg(s.json) from channel_shape s where s.id = any(channels)); end if;
  return json_build_object(
    'results', to_json(results),
    'chats', (select coalesce(json_agg(s.json), '[]') from chat_shape s where s.id = any(chats) and s.merged_into is null),
    'messages', (select coalesce(json_agg(s.json order by s.at, s.id), '[]') from message_shape s where s.id = any(messages)),
    'channels', channels_told,
    'facts', chat_facts(chats || merged || array(select m.chat_id from message m where m.id = any(messages) and m.chat_id <> all (chats))),
    'forgets', forgets,
    'templates', templates,
    'mentions', mentions,
    'reads', reads,
    'jobs', jobs || jobs_begun());
end $$;
