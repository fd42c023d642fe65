-- Rows as the contract shapes them (contract/inbox.ts): one definition for pages, events and answers.

create or replace function media_json(m media) returns json language sql stable as $$
  select case when m.id is null then null else
    json_build_object('id', m.id, 'mime', m.mime, 'name', m.name, 'size', m.size, 'state', m.state, 'reason', m.reason,
      'sound', m.details -> 'sound', 'pages', m.details -> 'pages') end
$$;

/* A label where it stands. For the Desk, which tells many, with the roles that see it: worker/src/live/sight.rules.ts. */
create or replace function label_shown(l label) returns jsonb language sql stable as $$
  select jsonb_build_object('id', l.id, 'name', l.name, 'color', l.color, 'description', l.description)
    || case when this_labels() then jsonb_build_object('roles', l.roles) else '{}' end
$$;

drop view if exists message_shape;
create view message_shape with (security_invoker = true) as
select m.id, m.account_id, m.chat_id, m.at,
  json_build_object(
    'id', m.id, 'chatId', m.chat_id, 'direction', m.direction, 'kind', m.kind,
    'text', case when m.deleted_at is null then m.text end,
    'media', case when m.deleted_at is null then media_json(f) end,
    'status', m.status,
    'error', case when m.error_code is not null then json_build_object('code', m.error_code, 'providerCode', m.provider_code) end,
    'author', json_build_object('kind', m.author_kind, 'id', m.author_id, 'name', m.author_name),
    'at', iso(m.at),
    'replyTo', case when m.reply_to is not null or m.quoted is not null then
      json_build_object('id', r.id, 'direction', r.direction, 'kind', r.kind, 'text', case when r.deleted_at is null then left(r.text, 200) end) end,
    'reactions', m.reactions,
    'editedAt', iso(m.edited_at), 'deletedAt', iso(m.deleted_at),
    'labels', (select coalesce(jsonb_agg(label_shown(l) order by plain(l.name), l.id), '[]')
      from message_label x join label l on l.id = x.label_id where x.message_id = m.id and x.ended_at is null),
    'extra', m.extra, 'rev', m.rev
  ) as json
from message m
left join media f on f.id = m.media_id
left join message r on r.id = m.reply_to;

drop view if exists chat_shape;
create view chat_shape with (security_invoker = true) as
select c.id, c.account_id, c.channel_id, c.department_id, c.state, c.assignee_id, c.rank, c.merged_into, c.object_key,
  json_build_object(
    'id', c.id, 'channelId', c.channel_id,
    'contact', json_build_object('id', k.id, 'name', coalesce(k.name, k.profile_name, k.username), 'phone', phone_shown(k.phone), 'photo', k.photo),
    'lastMessage', c.last, 'unanswered', c.unanswered, 'waitingSince', iso(c.waiting_since),
    'windowUntil', case when n.kind <> 'session' then iso(c.last_inbound_at + interval '24 hours') end,
    'assignee', case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end,
    'departmentId', c.department_id,
    'labels', (select coalesce(jsonb_agg(label_shown(l) order by plain(l.name), l.id), '[]')
      from chat_label x join label l on l.id = x.label_id where x.chat_id = c.id and x.ended_at is null),
    'state', c.state, -- As consent_now, written out: a function that cannot be inlined is planned anew for each chat, 1 ms each.
    'consent', (select json_build_object('out', l.purpose, 'at', iso(l.at), 'source', l.source, 'how', l.how)
      from (select distinct on (k.purpose) k.purpose, k.state, k.at, k.source, k.how from consent k
        where k.contact_id = c.contact_id and k.superseded_at is null and (k.channel_id is null or k.channel_id = c.channel_id)
        order by k.purpose, k.at desc, k.id desc) l
      where l.state = 'out' order by l.purpose limit 1), 'rev', c.rev
  ) as json
from chat c
join contact k on k.id = c.contact_id
join channel n on n.id = c.channel_id
left join person p on p.id = c.assignee_id;

drop view if exists channel_shape;
create view channel_shape with (security_invoker = true) as
select c.id, c.account_id, c.name, c.archived_at,
  json_build_object(
    'id', c.id, 'name', c.name, 'kind', c.kind, 'phone', nullif(c.phone, ''),
    -- The key is the secret of a hook's address: for whoever manages numbers.
    'key', case when current_setting('app.keys', true) = 'on' then c.key end,
    'state', case when c.archived_at is not null then 'archived' when c.problem is not null then 'attention' else 'active' end,
    'problem', c.problem, 'sendingPaused', c.sending_paused_at is not null, 'receivingPaused', c.receiving_paused_at is not null,
    'settings', c.settings, 'lastHookAt', iso(c.last_hook_at), 'stateAt', iso(c.state_at),
    'department', case when d.id is not null then json_build_object('id', d.id, 'name', d.name) end,
    'rev', c.rev, 'sandbox', c.sandbox, 'alerts', coalesce(r.alerts, '{}'),
    -- Only where a number needs a subscription: until when it sends; null: it does not.
    'subscription', case when s.is_on then json_build_object('state', coalesce(x.state, 'none'), 'sendsUntil', iso(x.sends_until), 'cancelsAt', iso(x.cancels_at)) end,
    'secret', case when current_setting('app.keys', true) = 'on' then json_build_object('ending', c.key_ending, 'since', iso(c.key_changed_at)) end
  ) as json
from channel c left join department d on d.id = c.department_id left join channel_report r on r.channel_id = c.id
left join selling s on s.account_id = c.account_id left join subscription x on x.channel_id = c.id and x.state not in ('pending', 'ended');

grant select on message_shape, chat_shape, channel_shape to app_rw, app_system;
