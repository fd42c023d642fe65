-- What a portal must be told: one row per hop, written in the transaction of what it tells of, for chats of channels that are bound to
-- an open line. Nothing is written for any other. The Portal object does the rows in the order of each chat (212_portal_deliveries.sql).

/* The portal's object is woken once this transaction is over. */
create or replace function portal_wake(portal_ uuid) returns void language sql volatile as $$
  select set_config('app.jobs', (jobs_begun() || jsonb_build_object('id', portal_, 'kind', 'portal'))::text, true)
  where not jobs_begun() @> jsonb_build_array(jsonb_build_object('id', portal_))
$$;

/* Did this come from that portal? Whoever acts on a portal's event says so, and it is not told what it has just told us. */
create or replace function is_from_portal(portal_ uuid) returns boolean language sql stable as $$
  select coalesce(current_setting('app.portal', true), '') = portal_::text
$$;

/* What a portal calls a customer when it hears of them first: by their number, or by the id that stands for it. */
create or replace function portal_name_of(contact_ uuid) returns text language sql stable as $$
  select 'wa-' || coalesce(k.phone,
    (select regexp_replace(i.kind || '-' || i.value, '[^A-Za-z0-9-]', '-', 'g') from contact_identity i where i.contact_id = k.id and i.kind in ('phone', 'lid', 'bsuid')
      order by i.kind = 'phone' desc, i.kind = 'lid' desc, i.created_at limit 1), k.id::text)
  from contact k where k.id = contact_
$$;

/*
 * The chat as this portal knows it, made when it is told of it first. Its name there is chosen once: when the number has become
 * another person's meanwhile, that person's chat gets a name of its own.
 */
create or replace function portal_chat_for(line_ portal_line, chat_ uuid) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  found_id uuid;
  name_ text;
begin
  select id into found_id from public.portal_chat x where x.portal_id = line_.portal_id and x.chat_id = chat_;
  if found then return found_id; end if;
  select public.portal_name_of(c.contact_id) into name_ from public.chat c where c.id = chat_;
  for n in 1 .. 50 loop
    insert into public.portal_chat (account_id, portal_id, chat_id, connector, external_id)
    values (line_.account_id, line_.portal_id, chat_, lower(line_.connector), name_ || case when n > 1 then '-' || n else '' end)
    on conflict do nothing returning id into found_id;
    if found_id is null then select id into found_id from public.portal_chat x where x.portal_id = line_.portal_id and x.chat_id = chat_; end if;
    if found_id is not null then return found_id; end if;
  end loop;
  raise exception 'no name for a chat in a portal';
end $$;

/* It stands behind something of its own chat that does not go on: a hop of its message's way. */
create or replace function portal_behind_told(d portal_delivery) returns void language sql volatile as $$
  insert into public.trace (account_id, at, level, place, what, code, trace_id, chat_id, message_id, data)
  select d.account_id, clock_timestamp(), 'info', 'bitrix24', 'portal_waits_behind', 'portal_earlier', d.trace_id, x.chat_id, d.message_id, jsonb_build_object('portal', p.domain)
  from public.portal_chat x join public.portal p on p.id = x.portal_id where x.id = d.portal_chat_id and d.message_id is not null
$$;

/*
 * Something that the portal must be told. What is told once in any case (send, file, delivery_status) is not told again. Where its chat
 * does not go on, it says so from its beginning: `code`.
 */
create or replace function portal_add(portal_chat_ uuid, kind_ text, message_ uuid, body_ jsonb, trace_ text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare d public.portal_delivery;
begin
  insert into public.portal_delivery (account_id, portal_id, portal_chat_id, kind, message_id, body, trace_id, since, code)
  select x.account_id, x.portal_id, x.id, kind_, message_, body_, trace_, case when s.is_stuck then now() end, case when s.is_stuck then 'portal_earlier' end
  from public.portal_chat x
  -- What was taken a moment ago is being told.
  cross join lateral (select exists (select from public.portal_delivery e where e.portal_id = x.portal_id and e.portal_chat_id = x.id and e.state in ('waiting', 'leased')
    and (e.code is not null or e.leased_at < now() - interval '3 seconds')) as is_stuck) s
  where x.id = portal_chat_
  on conflict (portal_chat_id, message_id, kind) where kind in ('send', 'file', 'delivery_status') do nothing returning * into d;
  if d.id is null then return; end if;
  if d.code is not null then perform public.portal_behind_told(d); end if;
  perform public.portal_wake(d.portal_id);
end $$;

/* Has WhatsApp, or whoever carries it there, taken this message? Before, it may yet come to nothing. */
create or replace function is_accepted(status_ text, provider_id_ text) returns boolean language sql immutable as $$
  select status_ in ('sent', 'delivered', 'read', 'played') or (status_ in ('sending', 'unconfirmed') and provider_id_ is not null)
$$;

/* An operator's message has arrived, every part of it that ever will: the portal's bubble says so. */
create or replace function portal_delivered(y portal_message, trace_ text) returns void language plpgsql volatile as $$
declare first_ uuid;
begin
  if exists (select from portal_message o left join message m on m.id = o.message_id
    where o.portal_id = y.portal_id and o.im_message_id = y.im_message_id and o.direction = 'from'
      and (m.id is null or not (is_accepted(m.status, m.provider_id) or m.status in ('failed', 'discarded')))) then return; end if;
  select o.message_id into first_ from portal_message o where o.portal_id = y.portal_id and o.im_message_id = y.im_message_id and o.direction = 'from' order by o.part limit 1;
  -- Nothing of it arrived: there is nothing to say. Sent again by a person it may arrive after all, and then it is said once more, with every part.
  if not exists (select from portal_message o join message m on m.id = o.message_id
    where o.portal_id = y.portal_id and o.im_message_id = y.im_message_id and o.direction = 'from' and is_accepted(m.status, m.provider_id)) then return; end if;
  update portal_delivery d set state = 'waiting', next_at = now(), settled_at = null
  where d.portal_chat_id = y.portal_chat_id and d.message_id = first_ and d.kind = 'delivery_status' and d.state not in ('waiting', 'leased');
  if found then perform portal_wake(y.portal_id);
  else perform portal_add(y.portal_chat_id, 'delivery_status', first_, null, trace_); end if;
end $$;

/* A message was stored, or something about it changed. */
create or replace function portal_message_told() returns trigger language plpgsql as $$
declare
  l portal_line;
  y portal_message;
  is_new boolean := tg_op = 'INSERT';
  is_accepted_now boolean := new.direction = 'out' and is_accepted(new.status, new.provider_id);
  was_accepted boolean;
begin
  select * into l from portal_line x where x.channel_id = new.channel_id and x.ended_at is null;
  if l.id is null then return null; end if;
  select * into y from portal_message x where x.portal_id = l.portal_id and x.message_id = new.id and x.direction = 'from';
  was_accepted := case when is_new then false else new.direction = 'out' and is_accepted(old.status, old.provider_id) end;
  if y.message_id is not null then
    -- An operator's words: they stand there already. What became of them is told.
    if is_accepted_now and not was_accepted then perform portal_delivered(y, new.trace_id);
    elsif not is_new and new.status = 'failed' and old.status is distinct from 'failed' then
      perform portal_add(y.portal_chat_id, 'say', new.id, jsonb_build_object('what', 'failed', 'code', new.error_code), new.trace_id);
      perform portal_delivered(y, new.trace_id);
    end if;
  elsif (new.direction = 'in' and is_new) or (is_accepted_now and not was_accepted) then
    perform portal_add(portal_chat_for(l, new.chat_id), 'send', new.id, null, new.trace_id);
    return null;
  elsif not is_new and new.status = 'failed' and was_accepted then
    perform portal_add(d.portal_chat_id, 'say', new.id, jsonb_build_object('what', 'failed', 'code', new.error_code), new.trace_id)
    from portal_delivery d where d.message_id = new.id and d.portal_id = l.portal_id and d.kind = 'send';
  end if;
  if is_new or is_from_portal(l.portal_id) then return null; end if;
  -- What the portal was told of before is changed where it stands, whoever wrote it.
  perform portal_add(px, k.kind, new.id, k.body, new.trace_id) from (
    select coalesce(y.portal_chat_id, (select d.portal_chat_id from portal_delivery d where d.message_id = new.id and d.portal_id = l.portal_id and d.kind = 'send')) as px) x
  cross join lateral (
    select 'delete' as kind, null::jsonb as body where new.deleted_at is not null and old.deleted_at is null
    union all select 'update', null where new.deleted_at is null and (new.edited_at is distinct from old.edited_at or (new.kind <> old.kind and new.text is not null))
    -- Of a message that the phone had not opened yet, the file came later.
    union all select 'file', null where new.media_id is not null and old.media_id is null
    union all select 'say', jsonb_build_object('what', 'reaction', 'emoji', r ->> 'emoji') from jsonb_array_elements(new.reactions) r
      where new.reactions <> old.reactions and r ->> 'by' = 'contact' and not old.reactions @> jsonb_build_array(r)) k
  where px is not null;
  return null;
end $$;

drop trigger if exists portal_message_new on message;
create trigger portal_message_new after insert on message for each row
  when (new.direction <> 'note' and new.kind <> 'system' and (new.extra is null or not new.extra ? 'past')) execute function portal_message_told();
drop trigger if exists portal_message_changed on message;
create trigger portal_message_changed after update of status, provider_id, kind, edited_at, deleted_at, reactions on message for each row
  when (new.direction <> 'note' and new.kind <> 'system' and (new.extra is null or not new.extra ? 'past')
    and (new.status is distinct from old.status or new.provider_id is distinct from old.provider_id or new.kind <> old.kind or new.edited_at is distinct from old.edited_at
      or new.deleted_at is distinct from old.deleted_at or new.reactions <> old.reactions)) execute function portal_message_told();

/* A chat was closed, given to somebody, or became part of another. A chat that the portal has never heard of is nothing to it. */
create or replace function portal_chat_told() returns trigger language plpgsql as $$
declare
  l portal_line;
  x portal_chat;
begin
  if new.merged_into is not null and old.merged_into is null then
    -- The name in the portal stays with the conversation; where both have one, each keeps what was said under it.
    update portal_chat p set chat_id = new.merged_into where p.chat_id = new.id
      and not exists (select from portal_chat o where o.portal_id = p.portal_id and o.chat_id = new.merged_into);
    return null;
  end if;
  select * into l from portal_line n where n.channel_id = new.channel_id and n.ended_at is null;
  if l.id is null or is_from_portal(l.portal_id) then return null; end if;
  select * into x from portal_chat p where p.portal_id = l.portal_id and p.chat_id = new.id;
  if x.id is null then return null; end if;
  if new.state = 'closed' and old.state <> 'closed' then
    if l.finishes_with_chat then perform portal_add(x.id, 'session_finish', null, null, null); end if;
  elsif new.assignee_id is distinct from old.assignee_id and new.assignee_id is not null then
    perform portal_add(x.id, 'responsible', null, null, null);
  end if;
  return null;
end $$;
drop trigger if exists portal_chat_changed on chat;
create trigger portal_chat_changed after update of state, assignee_id, merged_into on chat for each row
  when (new.state is distinct from old.state or new.assignee_id is distinct from old.assignee_id or new.merged_into is distinct from old.merged_into)
  execute function portal_chat_told();

/* The file of a message is there, or will never be: what waited for it goes on, what went without it is followed by it. */
create or replace function portal_media_told() returns trigger language plpgsql
security definer set search_path = pg_catalog, public as $$
declare d public.portal_delivery;
begin
  -- Locked: whoever is just putting it back to wait has done so before it is looked at.
  for d in select p.* from public.message m join public.portal_delivery p on p.message_id = m.id and p.kind in ('send', 'file') where m.media_id = new.id for update of p loop
    if d.state = 'waiting' then
      update public.portal_delivery set next_at = now() where id = d.id;
      perform public.portal_wake(d.portal_id);
    elsif d.kind = 'send' and d.body ? 'without' and new.state = 'ready' then
      perform public.portal_add(d.portal_chat_id, 'file', d.message_id, null, d.trace_id);
    end if;
  end loop;
  return null;
end $$;
drop trigger if exists portal_media on media;
create trigger portal_media after update of state on media for each row when (old.state = 'pending' and new.state <> 'pending') execute function portal_media_told();

/*
 * A line or a portal works again: what waited for it goes on at once, due by a second, since clocks of two connections may differ. What
 * is under way may have been refused before, and shall not wait either: it becomes due later than it was leased (portal_settle); what
 * is being settled just now is left to that.
 */
create or replace function portal_resumed() returns trigger language plpgsql
security definer set search_path = pg_catalog, public as $$
declare
  portal_ uuid := case tg_table_name when 'portal' then new.id else (to_jsonb(new) ->> 'portal_id')::uuid end;
  connector_ text := case when tg_table_name <> 'portal' then lower(to_jsonb(new) ->> 'connector') end;
begin
  update public.portal_delivery d set next_at = now() - interval '1 second' from public.portal_chat x
  where d.portal_id = portal_ and d.state = 'waiting' and d.next_at > now() and x.id = d.portal_chat_id and x.connector = coalesce(connector_, x.connector);
  update public.portal_delivery set next_at = now() where id in (
    select d.id from public.portal_delivery d join public.portal_chat x on x.id = d.portal_chat_id
    where d.portal_id = portal_ and d.state = 'leased' and x.connector = coalesce(connector_, x.connector) for no key update of d skip locked);
  perform public.portal_wake(portal_);
  return null;
end $$;
drop trigger if exists portal_line_resumed on portal_line;
create trigger portal_line_resumed after update of state, line on portal_line for each row
  when (new.state = 'active' and new.ended_at is null and (old.state <> 'active' or old.line <> new.line)) execute function portal_resumed();
drop trigger if exists portal_back on portal;
create trigger portal_back after update of state on portal for each row when (new.state = 'active' and old.state <> 'active') execute function portal_resumed();

do $$
declare f text;
begin
  foreach f in array array['portal_chat_for(portal_line,uuid)', 'portal_add(uuid,text,uuid,jsonb,text)', 'portal_media_told()', 'portal_resumed()'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
