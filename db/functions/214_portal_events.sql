-- What a portal's people do in the chats of open lines, on its way to the customer (worker/src/bitrix24/incoming). Each function opens the
-- portal's company for its transaction, and says whose doing it is: what a portal told us is not told to it again.

/* Opens the company of a portal for the rest of the transaction. Null: there is no such portal any more. */
create or replace function portal_opens(portal_ uuid) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare account_ uuid;
begin
  select p.account_id into account_ from public.portal p where p.id = portal_ and p.state <> 'uninstalled';
  if account_ is null then return null; end if;
  perform public.act_for(account_);
  perform set_config('app.portal', portal_::text, true);
  return account_;
end $$;

/* Who wrote it: the person of ours who that employee is; else the employee by name; else the line itself. `may`: their role lets them write. */
create or replace function portal_author(portal_ uuid, user_ text) returns jsonb language plpgsql stable as $$
declare
  e portal_person;
  p person;
begin
  if user_ is null then return jsonb_build_object('kind', 'system', 'id', null, 'name', 'Bitrix24', 'may', true); end if;
  select * into e from portal_person x where x.portal_id = portal_ and x.user_id = user_;
  select * into p from person x where x.id = e.person_id and x.deactivated_at is null;
  if p.id is null then return jsonb_build_object('kind', 'api', 'id', null, 'name', e.name, 'may', true); end if;
  return jsonb_build_object('kind', 'person', 'id', p.id, 'name', p.name, 'may', coalesce(grants_of_role(p.role_id) ? 'messages.send', false));
end $$;

/* The binding that an event speaks of: the one that stands, else the last one. */
create or replace function portal_line_of(portal_ uuid, e jsonb) returns portal_line language sql stable as $$
  select l from portal_line l where l.portal_id = portal_ and lower(l.connector) = e ->> 'connector'
  order by (l.ended_at is null) desc, (l.line = (e ->> 'line')::int) desc, l.created_at desc limit 1
$$;

/* The chat that an event speaks of. Its name there is ours; a chat that was never told by that name is found by its number. */
create or replace function portal_chat_of(l portal_line, e jsonb) returns portal_chat language plpgsql volatile as $$
declare
  x portal_chat;
  chat_ uuid;
begin
  select * into x from portal_chat p where p.portal_id = l.portal_id and p.connector = lower(l.connector) and p.external_id = e ->> 'external';
  if x.id is null then
    -- It was moved to another line since; who answers on this one is heard all the same.
    select p.* into x from portal_chat p join chat c on c.id = p.chat_id
    where p.portal_id = l.portal_id and p.external_id = e ->> 'external' and p.moved_at is not null and c.channel_id = l.channel_id;
  end if;
  if x.id is null and e ->> 'external' ~ '^wa-\d{5,20}$' then
    select c.id into chat_ from chat c join contact k on k.id = c.contact_id
    where c.channel_id = l.channel_id and c.merged_into is null and k.phone = substr(e ->> 'external', 4);
    if chat_ is not null then select * into x from portal_chat p where p.id = portal_chat_for(l, chat_); end if;
  end if;
  if x.id is not null and x.im_chat_id is null and e ->> 'imChatId' <> '' then
    update portal_chat p set im_chat_id = e ->> 'imChatId', line = coalesce(p.line, l.line) where p.id = x.id;
  end if;
  return x;
end $$;

/*
 * Is this what we posted ourselves, come back? `hashes`: of its words, as they came and without the name above them. Each post is
 * recognized once.
 */
create or replace function portal_echo(x portal_chat, e jsonb) returns boolean language plpgsql volatile as $$
begin
  if exists (select from portal_message y where y.portal_id = x.portal_id and y.im_message_id = e ->> 'imMessageId' and y.direction = 'to') then return true; end if;
  if e ->> 'userId' is null then return false; end if;
  update portal_message y set echoed = true, im_chat_id = e ->> 'imChatId', im_message_id = e ->> 'imMessageId'
  where y.portal_id = x.portal_id and y.message_id = (select o.message_id from portal_message o where o.portal_chat_id = x.id and o.direction = 'to' and not o.echoed
    and o.user_id = e ->> 'userId' and o.echo_hash is not null and e -> 'hashes' ? o.echo_hash and o.echo_until > (e ->> 'at')::timestamptz order by o.created_at limit 1);
  return found;
end $$;

/*
 * Something was told by a portal: noted once, whatever it is called by twice. e: key, name, body, at, what, connector, line, external, imChatId, and of a message
 * imMessageId, userId, hashes, text, and `parts` where its messages are known before its files are. Gives what is needed to act on it; {settled} when that was done, {ignored} when there is nothing to act on.
 */
create or replace function portal_hears(portal_ uuid, e jsonb) returns jsonb language plpgsql volatile as $$
declare
  account_ uuid := portal_opens(portal_);
  v portal_event;
  l portal_line;
  x portal_chat;
  c chat;
  n channel;
  why text;
begin
  if account_ is null then return jsonb_build_object('settled', 'ignored'); end if;
  insert into portal_event (account_id, portal_id, key, name, body, at, tries)
  values (account_, portal_, e ->> 'key', e ->> 'name', e -> 'body', (e ->> 'at')::timestamptz, 1)
  on conflict (portal_id, key) do update set tries = portal_event.tries + (portal_event.state = 'waiting')::int, repeats = portal_event.repeats + (portal_event.state <> 'waiting')::int
  returning * into v;
  if v.state <> 'waiting' then return jsonb_build_object('settled', v.state); end if;
  -- Now and then is enough: one row of a portal for all its chats.
  update portal set last_event = e ->> 'name', last_event_at = (e ->> 'at')::timestamptz
  where id = portal_ and (last_event_at is null or last_event_at < (e ->> 'at')::timestamptz - interval '1 minute');
  l := portal_line_of(portal_, e);
  if l.id is not null then x := portal_chat_of(l, e); end if;
  why := case when l.id is null then 'connector_unknown' when x.id is null then 'chat_unknown'
    when e ->> 'what' = 'add' and portal_echo(x, e) then 'echo' end;
  if why is not null then
    update portal_event set state = 'ignored', problem = why, settled_at = now(), chat_id = x.chat_id where id = v.id;
    return jsonb_build_object('ignored', why);
  end if;
  select * into c from chat where id = chat_alive(x.chat_id);
  select * into n from channel where id = c.channel_id;
  update portal_event set chat_id = c.id where id = v.id;
  if e ? 'parts' then perform portal_parts(portal_, e || jsonb_build_object('portalChatId', x.id)); end if;
  return jsonb_build_object('accountId', account_, 'tries', v.tries, 'portalChatId', x.id, 'responsible', x.responsible, 'signs', l.signs,
    'domain', (select p.domain from portal p where p.id = portal_),
    'author', portal_author(portal_, e ->> 'userId'),
    'chat', jsonb_build_object('id', c.id, 'objectKey', c.object_key, 'lastInboundAt', iso(c.last_inbound_at), 'consent', consent_now(c.contact_id, c.channel_id)),
    'channel', jsonb_build_object('id', n.id, 'key', n.key, 'kind', n.kind, 'settings', n.settings, 'archived', n.archived_at is not null, 'entitled', channel_entitled(n.id)),
    'guard', guard_for(c, n, e ->> 'text'));
end $$;

/* The messages of ours that a portal's message is, noted before they are written; and their files: in R2 already, or lost for a `reason`. [{messageId, part, file}] */
create or replace function portal_parts(portal_ uuid, e jsonb) returns void language plpgsql volatile as $$
declare account_ uuid := portal_opens(portal_);
begin
  insert into media (id, account_id, r2_key, mime, kind, size, sha256, name, details, state, reason)
  select (f ->> 'id')::uuid, account_, f ->> 'r2Key', f ->> 'mime', f ->> 'kind', (f ->> 'size')::bigint, f ->> 'sha256', f ->> 'name', nullif(f -> 'details', 'null'),
    case when f ? 'reason' then 'lost' else 'ready' end, f ->> 'reason'
  from jsonb_array_elements(e -> 'parts') p cross join lateral (select p -> 'file' as f) x where jsonb_typeof(f) = 'object'
  on conflict (id) do nothing;
  insert into portal_message (account_id, portal_id, message_id, portal_chat_id, direction, im_chat_id, im_message_id, part, user_id)
  select account_, portal_, (p ->> 'messageId')::uuid, (e ->> 'portalChatId')::uuid, 'from', e ->> 'imChatId', e ->> 'imMessageId', (p ->> 'part')::int, e ->> 'userId'
  from jsonb_array_elements(e -> 'parts') p
  on conflict (portal_id, message_id) do nothing;
end $$;

/* What became of an event: `done`, `ignored`, `refused`; or why it is not done yet. */
create or replace function portal_heard_out(portal_ uuid, key_ text, state_ text, problem_ text) returns void language plpgsql volatile as $$
begin
  if portal_opens(portal_) is null then return; end if;
  update portal_event set state = state_, problem = problem_, settled_at = case when state_ <> 'waiting' then now() end where portal_id = portal_ and key = key_;
end $$;

/* What there is to change or take back of a message that an operator wrote. `to`, `providerId`: as the provider knows it. */
create or replace function portal_targets(portal_ uuid, im_message_ text) returns jsonb language plpgsql volatile as $$
begin
  if portal_opens(portal_) is null then return '[]'; end if;
  return (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'accountId', m.account_id, 'part', y.part, 'chatId', c.id, 'objectKey', c.object_key, 'channelId', n.id, 'channelKey', n.key, 'direction', m.direction,
      'status', m.status, 'kind', m.kind, 'text', m.text, 'at', iso(m.at), 'isDeleted', m.deleted_at is not null, 'isOurs', true, 'providerId', coalesce(m.provider_id, m.provider_alias),
      'to', (select coalesce(jsonb_object_agg(i.kind, i.value), '{}') from contact_identity i where i.contact_id = c.contact_id)) order by y.part), '[]')
    from portal_message y join message m on m.id = y.message_id join chat c on c.id = chat_alive(m.chat_id) join channel n on n.id = m.channel_id
    where y.portal_id = portal_ and y.im_message_id = im_message_ and y.direction = 'from');
end $$;

/* The customer has something else than what the operator sees now: said in the line, with the reason. */
create or replace function portal_says(portal_ uuid, portal_chat_ uuid, message_ uuid, body_ jsonb, trace_ text) returns jsonb language plpgsql volatile as $$
begin
  if portal_opens(portal_) is null then return '[]'; end if;
  perform portal_add(portal_chat_, 'say', message_, body_, trace_);
  return jobs_begun();
end $$;

/* What a chat's line tells was done in the portal, and by no rule of ours. */
create or replace function portal_did(line_ uuid) returns void language sql volatile as $$
  update message set author_name = 'Bitrix24' where id = line_ and author_kind = 'system'
$$;

/*
 * A session of the portal began or was finished. A finished one closes our chat, where its line says so: unless the customer has
 * written since, or a newer session runs. Gives what changed, to be told to phones; null: nothing.
 */
create or replace function portal_session(portal_ uuid, e jsonb) returns jsonb language plpgsql volatile as $$
declare
  l portal_line;
  x portal_chat;
  c chat;
  turned record;
begin
  if portal_opens(portal_) is null then return null; end if;
  l := portal_line_of(portal_, e);
  select * into x from portal_chat p where p.id = (e ->> 'portalChatId')::uuid for no key update;
  if x.session_id ~ '^\d+$' and x.session_id::bigint > (e ->> 'sessionId')::bigint then return null; end if;
  if e ->> 'what' = 'start' then
    update portal_chat set session_id = e ->> 'sessionId', im_chat_id = coalesce(nullif(e ->> 'imChatId', ''), im_chat_id), finished_at = null
    where id = x.id and session_id is distinct from e ->> 'sessionId' and im_chat_id is not null
      -- Of what is just being told there: its answer says the same, and whose the new conversation is with us is told because of it.
      and not exists (select from portal_delivery d where d.portal_chat_id = x.id and d.kind = 'send' and d.state = 'leased');
    return null;
  end if;
  if x.finished_at is not null and x.session_id = e ->> 'sessionId' then return null; end if;
  update portal_chat set session_id = e ->> 'sessionId', finished_at = now() where id = x.id;
  if not l.closes_with_session then return null; end if;
  select * into c from chat where id = chat_alive(x.chat_id) for update;
  if c.id is null or c.state = 'closed' or c.last_inbound_at > (e ->> 'at')::timestamptz then return null; end if;
  select * into turned from chat_turn(c, true);
  perform portal_did(turned.line);
  return told_chats(array[c.id], array[turned.line]) || jsonb_build_object('farewell', case when turned.farewell is null then '[]'::jsonb else jsonb_build_array(turned.farewell) end);
end $$;

/* Who answers in the portal now. When that has changed there, the chat goes to the person of ours who that is. Gives what changed; null: nothing. */
create or replace function portal_given(portal_ uuid, portal_chat_ uuid, user_ text) returns jsonb language plpgsql volatile as $$
declare
  x portal_chat;
  c chat;
  who jsonb;
  line_ uuid;
begin
  if portal_opens(portal_) is null then return null; end if;
  select * into x from portal_chat p where p.id = portal_chat_ for no key update;
  if x.id is null or x.responsible is not distinct from user_ then return null; end if;
  update portal_chat set responsible = user_ where id = x.id;
  -- What waits to be told there about whose it is, is our own wish, and newer.
  if exists (select from portal_delivery d where d.portal_chat_id = x.id and d.kind = 'responsible' and d.state in ('waiting', 'leased')) then return null; end if;
  who := portal_author(portal_, user_);
  select * into c from chat where id = chat_alive(x.chat_id) for update;
  if c.id is null or c.state = 'closed' or who ->> 'kind' <> 'person' or c.assignee_id is not distinct from (who ->> 'id')::uuid then return null; end if;
  -- By itself: what is told is read after it, not beside it.
  line_ := chat_give(c, (who ->> 'id')::uuid, c.department_id, 'assigned');
  perform portal_did(line_);
  return told_chats(array[c.id], array[line_]);
end $$;

do $$
begin
  alter function portal_opens(uuid) owner to app_system;
  revoke all on function portal_opens(uuid) from public;
  grant execute on function portal_opens(uuid) to app_rw;
end $$;
