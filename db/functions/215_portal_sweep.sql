-- What events never told: Bitrix24 tells each once, and never again (reference/bitrix24.md §8.4). Conversations that go on are looked through.

/* Conversations of a portal that go on, the latest first. */
create or replace function portal_active(portal_ uuid, limit_ int) returns jsonb language plpgsql volatile as $$
begin
  if portal_opens(portal_) is null then return '[]'; end if;
  return (select coalesce(jsonb_agg(jsonb_build_object('accountId', a.account_id, 'portalChatId', a.id, 'imChatId', a.im_chat_id, 'connector', a.connector, 'line', a.line, 'external', a.external_id) order by a.last_at desc), '[]')
    from (select x.*, c.last_at from portal_chat x join chat c on c.id = chat_alive(x.chat_id)
      where x.portal_id = portal_ and x.im_chat_id is not null and x.line is not null and x.finished_at is null and c.last_at > now() - interval '1 day'
        and exists (select from portal_line l where l.portal_id = portal_ and lower(l.connector) = x.connector and l.line = x.line and l.ended_at is null)
      order by c.last_at desc limit limit_) a);
end $$;

/* Of these messages of the portal, those that we have never heard of. */
create or replace function portal_unheard(portal_ uuid, ids jsonb) returns jsonb language plpgsql volatile as $$
begin
  if portal_opens(portal_) is null then return '[]'; end if;
  return (select coalesce(jsonb_agg(i order by i::numeric), '[]') from jsonb_array_elements_text(ids) i
    where not exists (select from portal_message y where y.portal_id = portal_ and y.im_message_id = i)
      and not exists (select from portal_event v where v.portal_id = portal_ and v.key = 'add|' || i));
end $$;

/* A message that is too old to be sent unasked: whoever wrote it is told, once. Gives jobs. */
create or replace function portal_missed(portal_ uuid, e jsonb) returns jsonb language plpgsql volatile as $$
declare
  account_ uuid := portal_opens(portal_);
  x portal_chat;
begin
  select * into x from portal_chat p where p.id = (e ->> 'portalChatId')::uuid and p.portal_id = portal_;
  if x.id is null then return '[]'; end if;
  insert into portal_event (account_id, portal_id, key, name, body, at, chat_id, state, problem, settled_at)
  values (account_, portal_, e ->> 'key', 'SWEEP', e, (e ->> 'at')::timestamptz, x.chat_id, 'refused', 'missed', now()) on conflict (portal_id, key) do nothing;
  if not found then return '[]'; end if;
  perform portal_add(x.id, 'say', null, jsonb_build_object('what', 'missed', 'text', left(e ->> 'text', 200), 'userId', e -> 'userId'), e ->> 'traceId');
  return jobs_begun();
end $$;
