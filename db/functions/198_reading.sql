-- Reading and typing, both ways: what was read on the number's own phone, and who is told what.

/*
 * What a customer wrote was read on the number's own phone: for everybody here who sees the chat it is read, too. Nobody has answered, so the
 * customer goes on waiting. Returns how far, for each person for whom that is news.
 */
create or replace function ingest_seen(account_ uuid, e jsonb) returns jsonb language plpgsql volatile as $$
declare
  m message;
  reads_ jsonb;
begin
  select x.* into m from message x
  where x.channel_id = (e ->> 'channelId')::uuid and x.provider_id in (select jsonb_array_elements_text(e -> 'targets')) and x.direction = 'in'
    and may_change(x, e || '{"op": "reaction"}')
  order by x.at desc limit 1;
  if m.id is null then return '{}'; end if;
  with read as (
    insert into chat_read as r (account_id, person_id, chat_id, upto)
    select account_, p, m.chat_id, m.at from unnest(people_who_see(m.chat_id)) p
    on conflict (person_id, chat_id) do update set upto = excluded.upto where r.upto < excluded.upto
    returning r.person_id)
  select coalesce(jsonb_agg(jsonb_build_object('personId', person_id, 'chatId', m.chat_id, 'upto', iso(m.at))), '[]') into reads_ from read;
  return jsonb_build_object('quietChatId', m.chat_id, 'quietMessageId', m.id, 'reads', reads_);
end $$;

/* Whom a chat is with, on which number, and whether that number tells its customers that they are read. Null: not to be seen. */
create or replace function api_typing_target(args jsonb) returns json language sql stable as $$
  select json_build_object('channelId', c.channel_id, 'canTell', n.kind = 'session' and n.archived_at is null and coalesce((n.settings ->> 'tellsReading')::boolean, true),
    'to', (select coalesce(jsonb_object_agg(i.kind, i.value), '{}') from (select distinct on (kind) kind, value from contact_identity
      where contact_id = c.contact_id and kind in ('phone', 'lid') order by kind, created_at desc) i))
  from chat c join channel n on n.id = c.channel_id
  where c.id = chat_alive(as_uuid(args ->> 'chatId')) and c.account_id = this_account()
$$;
