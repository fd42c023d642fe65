-- What stands of a chat in the timeline of its client's card: an entry for each session, kept in step until it is closed, and one for
-- each missed call. Written in the transaction of what it tells of, beside 211_portal_chats.sql and not in its order: the CRM may be
-- slow, and nobody's words wait for it. The entry itself is told after the words that it speaks of.

/* Something happened in a chat. `begins`: a session begins with it where none goes on. `wait`: how long the portal may be told later. */
create or replace function portal_activity_touch(portal_ uuid, chat_ uuid, at_ timestamptz, wait interval, begins boolean) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  if begins then
    -- The line makes or finds the client's card with their first words: the entry comes after them.
    insert into public.portal_activity as y (account_id, portal_id, chat_id, kind, began_at, due_at)
    select c.account_id, portal_, c.id, 'session', at_, now() + interval '2 seconds' from public.chat c where c.id = chat_
    on conflict (portal_id, chat_id) where kind = 'session' and ended_at is null do update set
      rev = y.rev + 1, began_at = least(y.began_at, excluded.began_at), due_at = least(y.due_at, now() + wait);
  else
    update public.portal_activity y set rev = y.rev + 1, due_at = least(y.due_at, now() + wait)
    where y.portal_id = portal_ and y.chat_id = chat_ and y.kind = 'session' and y.ended_at is null;
    if not found then return; end if;
  end if;
  perform public.portal_wake(portal_);
end $$;

/* A missed call: one entry, whatever comes of its row afterwards. */
create or replace function portal_activity_call(portal_ uuid, m message) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  insert into public.portal_activity (account_id, portal_id, chat_id, kind, message_id, began_at, due_at)
  values (m.account_id, portal_, m.chat_id, 'call', m.id, m.at, now() + interval '2 seconds')
  on conflict (portal_id, message_id) where kind = 'call' do nothing;
  if found then perform public.portal_wake(portal_); end if;
end $$;

/* A message was stored, or the provider has taken ours. */
create or replace function portal_activity_told() returns trigger language plpgsql as $$
declare l portal_line;
begin
  select * into l from portal_line x where x.channel_id = new.channel_id and x.ended_at is null;
  if l.id is null then return null; end if;
  if new.kind = 'system' then
    if l.timeline then perform portal_activity_call(l.portal_id, new); end if;
  elsif new.direction = 'in' or (is_accepted(new.status, new.provider_id) and (tg_op = 'INSERT' or not is_accepted(old.status, old.provider_id))) then
    perform portal_activity_touch(l.portal_id, new.chat_id, new.at, '30 seconds', l.timeline);
  end if;
  return null;
end $$;
drop trigger if exists portal_activity_new on message;
create trigger portal_activity_new after insert on message for each row
  when (new.direction <> 'note' and (new.kind <> 'system' or new.extra ->> 'system' in ('missed_call', 'missed_video_call')) and (new.extra is null or not new.extra ? 'past'))
  execute function portal_activity_told();
drop trigger if exists portal_activity_sent on message;
create trigger portal_activity_sent after update of status, provider_id on message for each row
  when (new.direction = 'out' and new.kind <> 'system' and (new.status is distinct from old.status or new.provider_id is distinct from old.provider_id)
    and (new.extra is null or not new.extra ? 'past')) execute function portal_activity_told();

/* A chat was answered or waits again, was closed, given to somebody, or became part of another. */
create or replace function portal_activity_turned() returns trigger language plpgsql
security definer set search_path = pg_catalog, public as $$
declare ended_ uuid;
begin
  if new.merged_into is not null and old.merged_into is null then
    update public.portal_activity y set ended_at = now(), rev = rev + 1, due_at = now() where y.chat_id = new.id and y.kind = 'session' and y.ended_at is null
      and exists (select from public.portal_activity o where o.portal_id = y.portal_id and o.chat_id = new.merged_into and o.kind = 'session' and o.ended_at is null);
    update public.portal_activity y set chat_id = new.merged_into, rev = rev + 1 where y.chat_id = new.id;
  elsif new.state = 'closed' and old.state <> 'closed' then
    for ended_ in update public.portal_activity y set ended_at = now(), rev = rev + 1, due_at = now() + interval '1 second'
      where y.chat_id = new.id and y.kind = 'session' and y.ended_at is null returning y.portal_id loop
      perform public.portal_wake(ended_);
    end loop;
  else
    perform public.portal_activity_touch(y.portal_id, y.chat_id, null, case when (new.unanswered = 0) <> (old.unanswered = 0) then interval '1 second' else '30 seconds' end, false)
    from public.portal_activity y where y.chat_id = new.id and y.kind = 'session' and y.ended_at is null;
  end if;
  return null;
end $$;
drop trigger if exists portal_activity_chat on chat;
create trigger portal_activity_chat after update of unanswered, state, assignee_id, merged_into on chat for each row
  when ((new.unanswered = 0) <> (old.unanswered = 0) or (new.state = 'closed' and old.state <> 'closed') or new.assignee_id is distinct from old.assignee_id
    or new.merged_into is distinct from old.merged_into) execute function portal_activity_turned();

/* A number leaves its line: what stands in the cards says that it is over. Nobody would keep it in step any more. */
create or replace function portal_activity_unbound() returns trigger language plpgsql
security definer set search_path = pg_catalog, public as $$
begin
  update public.portal_activity y set ended_at = now(), rev = y.rev + 1, due_at = now() from public.chat c
  where y.portal_id = new.portal_id and y.kind = 'session' and y.ended_at is null and c.id = y.chat_id and c.channel_id = new.channel_id;
  if found then perform public.portal_wake(new.portal_id); end if;
  return null;
end $$;
create or replace trigger portal_activity_unbound after update of ended_at on portal_line
for each row when (new.ended_at is not null and old.ended_at is null) execute function portal_activity_unbound();

/* Everything that an entry says, as things stand now. */
create or replace function portal_activity_shape(y portal_activity) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('id', y.id, 'rev', y.rev, 'kind', y.kind, 'wasAsked', y.asked, 'tries', y.tries,
    'activityId', y.activity_id, 'ownerTypeId', y.owner_type_id, 'ownerId', y.owner_id) || jsonb_build_object(
    'chat', jsonb_build_object('id', c.id, 'waits', case when y.ended_at is null then c.unanswered else 0 end,
      'imChatId', (select x.im_chat_id from public.portal_chat x where x.portal_id = y.portal_id and x.chat_id = y.chat_id)),
    'contact', jsonb_build_object('name', coalesce(k.name, k.profile_name), 'phone', k.phone,
      'phones', case when k.phone is null then '[]' else (select jsonb_agg(v) from unnest(public.phone_variants(k.phone)) v) end),
    'channel', n.name, 'began', public.iso(y.began_at), 'ended', public.iso(y.ended_at),
    'zone', a.time_zone,
    'responsible', (select e.user_id from public.portal_person e where e.portal_id = y.portal_id and e.person_id = c.assignee_id and e.is_active order by e.seen_at desc nulls last limit 1),
    'missed', (select m.extra ->> 'system' from public.message m where m.id = y.message_id),
    'said', s.said, 'answered', s.answered, 'authors', s.authors,
    'language', coalesce((select q.language from public.portal p join public.portal_person e on e.portal_id = p.id and e.user_id = p.connected_user
      join public.person q on q.id = e.person_id where p.id = y.portal_id), 'es'))
  from public.chat c join public.contact k on k.id = c.contact_id join public.channel n on n.id = c.channel_id join public.account a on a.id = c.account_id
  cross join lateral (
    select count(*) filter (where m.direction = 'in') as said, count(*) filter (where m.direction = 'out') as answered,
      coalesce(jsonb_agg(distinct m.author_name) filter (where m.direction = 'out' and m.author_kind <> 'system' and m.author_name is not null), '[]') as authors
    from public.message m where y.kind = 'session' and m.chat_id = y.chat_id and m.at >= y.began_at and (y.ended_at is null or m.at <= y.ended_at) and m.kind <> 'system'
      and m.deleted_at is null and (m.extra is null or not m.extra ? 'past') and (m.direction = 'in' or (m.direction = 'out' and public.is_accepted(m.status, m.provider_id)))) s
  where c.id = y.chat_id
$$;

/*
 * Entries whose time has come, the longest due first: [rows, nextAt]. What waits to be said in its chat goes before it: only then
 * is there a card to stand in. From now on each counts as asked for.
 */
create or replace function portal_timeline_take(portal_ uuid, limit_ int) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare rows_ jsonb;
begin
  with due as (
    select y.* from public.portal_activity y where y.portal_id = portal_ and y.due_at <= now()
      and not exists (select from public.portal_chat x join public.portal_delivery d on d.portal_chat_id = x.id
        where x.portal_id = portal_ and x.chat_id = y.chat_id and d.state in ('waiting', 'leased') and d.kind = 'send')
    order by y.due_at limit limit_
  ), shaped as (select due.id, due.due_at, public.portal_activity_shape(due.*::public.portal_activity) as shape from due),
  marked as (update public.portal_activity y set asked = true from shaped where y.id = shaped.id and not y.asked and y.activity_id is null)
  select coalesce(jsonb_agg(shape order by due_at), '[]') into rows_ from shaped where shape is not null;
  return jsonb_build_object('rows', rows_,
    'nextAt', (select public.iso(min(y.due_at)) from public.portal_activity y where y.portal_id = portal_ and y.due_at > now()));
end $$;

/*
 * What became of entries: [{id, rev, outcome, code, text, afterMs, activityId, ownerTypeId, ownerId, isThere}]. `done`, `none` (there is no
 * card for it), `failed` (until something happens there again) and `later`. `isThere` false: it surely was not made.
 */
create or replace function portal_timeline_settle(portal_ uuid, outcomes jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  e jsonb;
  before_ public.portal_activity;
  y public.portal_activity;
  what_ text;
begin
  for e in select value from jsonb_array_elements(outcomes) loop
    select * into before_ from public.portal_activity where id = (e ->> 'id')::uuid and portal_id = portal_ for update;
    continue when before_.id is null;
    update public.portal_activity set
      activity_id = coalesce(e ->> 'activityId', activity_id), owner_type_id = coalesce((e ->> 'ownerTypeId')::int, owner_type_id),
      owner_id = coalesce((e ->> 'ownerId')::int, owner_id), asked = asked and coalesce((e ->> 'isThere')::boolean, true),
      tries = case when e ->> 'outcome' = 'later' then tries + 1 else 0 end,
      due_at = case when e ->> 'outcome' = 'later' then now() + make_interval(secs => (e ->> 'afterMs')::numeric / 1000)
        -- Something happened meanwhile: it is told as it is now.
        when rev <> (e ->> 'rev')::bigint then now() + interval '2 seconds' end,
      code = e ->> 'code', explanation = left(e ->> 'text', 500), told_at = case when e ->> 'outcome' = 'done' then now() else told_at end
    where id = before_.id returning * into y;
    what_ := case when e ->> 'outcome' in ('failed', 'later') and y.code is distinct from before_.code then 'portal_timeline_' || (e ->> 'outcome')
      when e ->> 'outcome' = 'done' and before_.activity_id is null then 'portal_timeline'
      when e ->> 'outcome' = 'done' and y.ended_at is not null then 'portal_timeline_over' end;
    continue when what_ is null;
    insert into public.trace (account_id, at, level, place, what, code, channel_id, chat_id, message_id, data)
    select y.account_id, clock_timestamp(), case e ->> 'outcome' when 'failed' then 'error' when 'later' then 'warn' else 'info' end, 'bitrix24', what_, y.code, c.channel_id, c.id, y.message_id,
      jsonb_strip_nulls(jsonb_build_object('portal', p.domain, 'said', y.explanation, 'until', public.clock_of(y.account_id, y.due_at)))
    from public.chat c, public.portal p where c.id = y.chat_id and p.id = portal_;
  end loop;
end $$;

/* The day's work: what was told three months ago, as long as the trace is kept. */
create or replace function portal_timeline_retention() returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare gone_ int;
begin
  with gone as (delete from public.portal_activity where coalesce(ended_at, case when kind = 'call' then began_at end) < now() - interval '90 days' and due_at is null returning 1)
  select count(*) into gone_ from gone;
  return jsonb_build_object('portal_activity', gone_);
end $$;

do $$
declare f text;
begin
  foreach f in array array['portal_activity_touch(uuid,uuid,timestamptz,interval,boolean)', 'portal_activity_call(uuid,message)', 'portal_activity_turned()',
    'portal_activity_unbound()', 'portal_activity_shape(portal_activity)', 'portal_timeline_take(uuid,int)', 'portal_timeline_settle(uuid,jsonb)', 'portal_timeline_retention()'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
