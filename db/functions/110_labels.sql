-- Labels: list, add, change; put on chats and on messages. Which of them somebody sees is row security's (017_sight.sql).

/* A label for everybody who sees it; inactive ones too, since they stay where they are. */
create or replace function api_labels(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(json_build_object('id', l.id, 'name', l.name, 'color', l.color, 'description', l.description,
    'archived', l.archived_at is not null) order by l.archived_at is not null, plain(l.name), l.id), '[]'))
  from label l where l.account_id = this_account()
$$;

/* A label for whoever looks after them. `chats` and `messages`: how many of those that the caller sees carry it. */
create or replace function label_json(l label) returns json language sql stable as $$
  select json_build_object('id', l.id, 'name', l.name, 'color', l.color, 'description', l.description, 'roles', l.roles,
    'archived', l.archived_at is not null, 'rev', l.rev,
    'chats', (select count(*) from chat_label x join chat c on c.id = x.chat_id where x.label_id = l.id and x.ended_at is null and c.merged_into is null),
    'messages', (select count(*) from message_label x join message m on m.id = x.message_id where x.label_id = l.id and x.ended_at is null))
$$;

create or replace function api_labels_managed(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(label_json(l) order by l.archived_at is not null, plain(l.name), l.id), '[]'))
  from label l where l.account_id = this_account()
$$;

/*
 * The roles that see a label: those that were chosen, always with one's own and the administrator's, so that nobody makes
 * what they cannot see and no label is lost to the company. None chosen: all. Null: a role that is not ours.
 */
create or replace function label_roles(chosen jsonb) returns uuid[] language plpgsql stable as $$
declare ids uuid[] := ids_of(chosen);
begin
  if ids = '{}' then return ids; end if;
  if exists (select from unnest(ids) x where not exists (select from role r where r.id = x and r.account_id = this_account())) then return null; end if;
  -- A key has no role: what it made so, it could not see.
  if this_role() is null then perform refuse('forbidden'); end if;
  return array(select distinct x from unnest(ids || this_role()
    || (select r.id from role r where r.account_id = this_account() and r.base = 'administrator' and not r.is_own)) x order by x);
end $$;

/* Refuses a name that another active label has, of those that the caller sees. Two at once wait for each other. */
create or replace function refuse_taken_label(name_ text, except_ uuid) returns void language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(this_account()::text, 12));
  if exists (select from label l where l.account_id = this_account() and l.archived_at is null and plain(l.name) = plain(name_) and l.id is distinct from except_) then
    perform refuse('name_taken');
  end if;
end $$;

/* What the audit log says of a label. */
create or replace function label_facts(l label) returns jsonb language sql stable as $$
  select jsonb_build_object('name', l.name, 'color', l.color, 'description', l.description, 'archived', l.archived_at is not null,
    'roles', (select coalesce(jsonb_agg(coalesce(r.name, r.base) order by coalesce(r.name, r.base)), '[]') from role r where r.id = any(l.roles)))
$$;

create or replace function api_label_add(args jsonb) returns json language plpgsql volatile as $$
declare
  l label;
  roles_ uuid[] := label_roles(args -> 'roles');
begin
  if roles_ is null then return null; end if;
  perform refuse_taken_label(args ->> 'name', null);
  insert into label (account_id, name, color, description, roles)
  values (this_account(), args ->> 'name', args ->> 'color', coalesce(args ->> 'description', ''), roles_) returning * into l;
  perform audit_mine('label.added', 'label', l.id::text, l.name, null, label_facts(l));
  return json_build_object('label', label_json(l));
end $$;

/*
 * Changes a label, or puts it away. Who sees it now and did not before has chats and messages without it: those get a new
 * revision, so that phones take them again; `latest` of them are told at once.
 */
create or replace function api_label_change(args jsonb) returns json language plpgsql volatile as $$
declare
  l label;
  was label;
  roles_ uuid[] := label_roles(args -> 'roles');
  chats uuid[] := '{}';
  messages uuid[] := '{}';
  shown json;
  latest int := 200;
begin
  select * into was from label where id = as_uuid(args ->> 'labelId') and account_id = this_account() for update;
  if was.id is null or (args ? 'roles' and roles_ is null) then return null; end if;
  if was.rev <> (args ->> 'rev')::bigint then perform refuse('changed_meanwhile'); end if;
  if coalesce((args ->> 'archived')::boolean, was.archived_at is not null) is false then
    perform refuse_taken_label(coalesce(args ->> 'name', was.name), was.id);
  end if;
  update label set name = coalesce(args ->> 'name', name), color = coalesce(args ->> 'color', color), description = coalesce(args ->> 'description', description),
    roles = case when args ? 'roles' then roles_ else roles end,
    archived_at = case when not args ? 'archived' then archived_at when (args ->> 'archived')::boolean then coalesce(archived_at, now()) end,
    rev = rev + 1
  where id = was.id returning * into l;
  if label_facts(l) <> label_facts(was) then
    perform audit_mine('label.changed', 'label', l.id::text, l.name, differing(label_facts(was), label_facts(l)), differing(label_facts(l), label_facts(was)));
  end if;
  shown := label_json(l);
  perform act_for(this_account());
  if l.roles <> was.roles then
    with again as (update chat set rev = rev + 1 where id in (select x.chat_id from chat_label x where x.label_id = l.id and x.ended_at is null) returning id, last_at)
    select coalesce((array_agg(id order by last_at desc))[1:latest], '{}') into chats from again;
    with again as (update message set rev = rev + 1 where id in (select x.message_id from message_label x where x.label_id = l.id and x.ended_at is null) returning id, at)
    select coalesce((array_agg(id order by at desc))[1:latest], '{}') into messages from again;
  end if;
  return (jsonb_build_object('label', shown) || told_chats(chats, messages) || jsonb_build_object('facts',
    chat_facts(array(select unnest(chats) union select m.chat_id from message m where m.id = any(messages)))::jsonb))::json;
end $$;

/* The label that somebody puts somewhere, or takes off: null where they see none. What is inactive is only taken off. */
create or replace function label_in_hand(args jsonb) returns uuid language plpgsql stable as $$
declare l label;
begin
  select * into l from label where id = as_uuid(args ->> 'labelId') and account_id = this_account();
  if l.archived_at is not null and (args ->> 'on')::boolean then perform refuse('label_inactive'); end if;
  return l.id;
end $$;

/* Puts a label on a chat or takes it off; false when it stood so already. The chat is locked by whoever calls. */
create or replace function chat_mark(chat_ uuid, label_ uuid, is_on boolean) returns boolean language plpgsql volatile as $$
begin
  if is_on then
    insert into chat_label (account_id, chat_id, label_id, by) values (this_account(), chat_, label_, this_person())
    on conflict (chat_id, label_id) do update set by = excluded.by, at = now(), ended_at = null where chat_label.ended_at is not null;
  else
    update chat_label set ended_at = now() where chat_id = chat_ and label_id = label_ and ended_at is null;
  end if;
  if not found then return false; end if;
  update chat set rev = rev + 1 where id = chat_;
  return true;
end $$;

create or replace function api_chat_label_set(args jsonb) returns json language plpgsql volatile as $$
declare
  chat_ uuid := (select c.id from chat c where c.id = chat_alive(as_uuid(args ->> 'chatId')) and c.account_id = this_account());
  label_ uuid := label_in_hand(args);
begin
  if chat_ is null or label_ is null then return null; end if;
  -- The same chat twice at once: one after the other.
  perform from chat where id = chat_ for update;
  perform chat_mark(chat_, label_, (args ->> 'on')::boolean);
  return told_after(array[chat_], '{}')::json;
end $$;

create or replace function api_message_label_set(args jsonb) returns json language plpgsql volatile as $$
declare
  m message;
  label_ uuid := label_in_hand(args);
  seen json;
begin
  select * into m from message where id = as_uuid(args ->> 'messageId') and account_id = this_account() for update;
  if m.id is null or label_ is null then return null; end if;
  if (args ->> 'on')::boolean then
    insert into message_label (account_id, message_id, label_id, by) values (this_account(), m.id, label_, this_person())
    on conflict (message_id, label_id) do update set by = excluded.by, at = now(), ended_at = null where message_label.ended_at is not null;
  else
    update message_label set ended_at = now() where message_id = m.id and label_id = label_ and ended_at is null;
  end if;
  if found then update message set rev = rev + 1 where id = m.id; end if;
  select s.json into seen from message_shape s where s.id = m.id;
  perform act_for(this_account());
  -- The chat itself is as it was: only where it stands goes along.
  return (told_chats('{}', array[m.id]) || jsonb_build_object('seen', seen, 'facts', chat_facts(array[m.chat_id])::jsonb))::json;
end $$;
