-- Quick replies: list, add, change, fill.

create or replace function quick_reply_json(q quick_reply) returns json language sql stable as $$
  select json_build_object('id', q.id, 'shortcut', q.shortcut, 'name', q.name, 'folder', q.folder, 'text', q.text,
    'media', (select media_json(f) from media f where f.id = q.media_id),
    'roles', q.roles, 'departments', q.departments, 'channels', q.channels, 'archived', q.archived_at is not null, 'rev', q.rev)
$$;

create or replace function api_quick_replies(args jsonb) returns json language plpgsql stable as $$
begin
  if args ->> 'all' = 'true' and not manages_quick_replies() then perform refuse('forbidden'); end if;
  return json_build_object('items', (select coalesce(json_agg(quick_reply_json(q) order by q.archived_at is not null, plain(q.folder), q.shortcut), '[]')
    from quick_reply q where q.account_id = this_account() and (args ->> 'all' = 'true' or quick_reply_suits(q))));
end $$;

/* A shortcut as it is kept: what one types behind `/`, in one word. */
create or replace function shortcut_of(t text) returns text language sql immutable parallel safe as $$
  select lower(regexp_replace(btrim(ltrim(btrim(t), '/')), '\s+', '-', 'g'))
$$;

/* Ids of a list, as a column holds them. */
create or replace function ids_of(list jsonb) returns uuid[] language sql immutable as $$
  select coalesce(array_agg(distinct as_uuid(x)), '{}') from jsonb_array_elements_text(coalesce(list, '[]')) x
$$;

/* Does this scope name only what the company has? What the reply names already may stay, whoever changes it. */
create or replace function quick_reply_scope_is_ours(args jsonb, q quick_reply) returns boolean language sql stable as $$
  select not exists (select from unnest(ids_of(args -> 'roles')) x where x <> all(coalesce(q.roles, '{}'))
      and not exists (select from role r where r.id = x and r.account_id = this_account()))
    and not exists (select from unnest(ids_of(args -> 'departments')) x where x <> all(coalesce(q.departments, '{}'))
      and not exists (select from department d where d.id = x and d.account_id = this_account()))
    and not exists (select from unnest(ids_of(args -> 'channels')) x where x <> all(coalesce(q.channels, '{}'))
      and not exists (select from channel c where c.id = x and c.account_id = this_account()))
$$;

/* Refuses a file that the caller could not send themselves: a quick reply is no way to see one. */
create or replace function refuse_foreign_file(media_ uuid) returns void language plpgsql stable as $$
begin
  if media_ is not null and not exists (select from media f where f.id = media_ and f.state = 'ready' and media_is_ours(f)) then perform refuse('media_not_found'); end if;
end $$;

/* What the audit log says of a quick reply. */
create or replace function quick_reply_facts(q quick_reply) returns jsonb language sql stable as $$
  select jsonb_build_object('shortcut', '/' || q.shortcut, 'name', q.name, 'folder', q.folder, 'text', q.text, 'archived', q.archived_at is not null,
    'file', (select coalesce(f.name, f.mime) from media f where f.id = q.media_id),
    'roles', (select coalesce(jsonb_agg(coalesce(r.name, r.base) order by coalesce(r.name, r.base)), '[]') from role r where r.id = any(q.roles)),
    'departments', (select coalesce(jsonb_agg(d.name order by d.name), '[]') from department d where d.id = any(q.departments)),
    'channels', (select coalesce(jsonb_agg(c.name order by c.name), '[]') from channel c where c.id = any(q.channels)))
$$;

create or replace function api_quick_reply_add(args jsonb) returns json language plpgsql volatile as $$
declare q quick_reply;
begin
  perform refuse_foreign_file(as_uuid(args ->> 'mediaId'));
  if args ->> 'text' = '' and args ->> 'mediaId' is null then perform refuse('text_missing'); end if;
  if not quick_reply_scope_is_ours(args, q) then return null; end if;
  begin
    insert into quick_reply (account_id, shortcut, name, folder, text, media_id, roles, departments, channels)
    values (this_account(), shortcut_of(args ->> 'shortcut'), args ->> 'name', coalesce(args ->> 'folder', ''), args ->> 'text', as_uuid(args ->> 'mediaId'),
      ids_of(args -> 'roles'), ids_of(args -> 'departments'), ids_of(args -> 'channels'))
    returning * into q;
  exception when unique_violation then perform refuse('shortcut_taken');
  end;
  perform audit_mine('quick_reply.added', 'quick_reply', q.id::text, q.name, null, quick_reply_facts(q));
  return quick_reply_json(q);
end $$;

create or replace function api_quick_reply_change(args jsonb) returns json language plpgsql volatile as $$
declare
  q quick_reply;
  before_ jsonb;
  after_ jsonb;
begin
  perform refuse_foreign_file(as_uuid(args ->> 'mediaId'));
  select * into q from quick_reply where id = as_uuid(args ->> 'quickReplyId') and account_id = this_account() for update;
  if q.id is null or not quick_reply_scope_is_ours(args, q) then return null; end if;
  if q.rev <> (args ->> 'rev')::bigint then perform refuse('changed_meanwhile'); end if;
  before_ := quick_reply_facts(q);
  begin
    update quick_reply set
      shortcut = coalesce(shortcut_of(args ->> 'shortcut'), shortcut), name = coalesce(args ->> 'name', name), folder = coalesce(args ->> 'folder', folder),
      text = coalesce(args ->> 'text', text),
      media_id = case when args ? 'mediaId' then as_uuid(args ->> 'mediaId') else media_id end,
      roles = case when args ? 'roles' then ids_of(args -> 'roles') else roles end,
      departments = case when args ? 'departments' then ids_of(args -> 'departments') else departments end,
      channels = case when args ? 'channels' then ids_of(args -> 'channels') else channels end,
      archived_at = case when not args ? 'archived' then archived_at when (args ->> 'archived')::boolean then coalesce(archived_at, now()) end,
      rev = rev + 1
    where id = q.id returning * into q;
  exception when unique_violation then perform refuse('shortcut_taken');
  end;
  if q.text = '' and q.media_id is null then perform refuse('text_missing'); end if;
  after_ := quick_reply_facts(q);
  if after_ <> before_ then
    perform audit_mine('quick_reply.changed', 'quick_reply', q.id::text, q.name, differing(before_, after_), differing(after_, before_));
  end if;
  return quick_reply_json(q);
end $$;

/* A quick reply's text with what is known for it; contract/variables.ts puts the two together. */
create or replace function api_quick_reply_fill(args jsonb) returns json language plpgsql stable as $$
begin
  return (select json_build_object('text', q.text, 'client', client_values(k.id), 'values', json_build_object(
    'agente', (select p.name from person p where p.id = this_person()),
    'cliente', coalesce(k.name, k.profile_name, k.username),
    -- A number that the caller may not see is not told to anybody through them.
    'numero', case when this_phones() then '+' || k.phone end,
    'empresa', a.name, 'canal', n.name))
  from chat c join contact k on k.id = c.contact_id join channel n on n.id = c.channel_id join account a on a.id = c.account_id
  join quick_reply q on q.id = as_uuid(args ->> 'quickReplyId') and quick_reply_suits(q) and (q.channels = '{}' or c.channel_id = any(q.channels))
  where c.id = chat_alive(as_uuid(args ->> 'chatId')) and c.account_id = this_account());
end $$;
