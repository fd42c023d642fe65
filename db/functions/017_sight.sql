-- Who sees which chat: decided here, once. The caller's scope stands in settings of the transaction (call_as writes them);
-- row security asks it for every chat, message, hop and file, so a query that forgets its filter still finds nothing.
-- The Desk decides the same for live events in worker/src/live/sight.rules.ts; a test holds the two together.

/* How far the permission of this call reaches: own, departments, channels or all. Empty: nothing. */
create or replace function this_reach() returns text language sql stable parallel safe as $$
  select coalesce(current_setting('app.reach', true), '')
$$;

/* The caller's departments. */
create or replace function this_departments() returns uuid[] language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('app.departments', true), ''), '{}')::uuid[]
$$;

/* Numbers that the caller is assigned to. */
create or replace function this_channels() returns uuid[] language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('app.channels', true), ''), '{}')::uuid[]
$$;

/* Numbers that are not closed to the caller: shared ones, and exclusive ones that they are assigned to. */
create or replace function this_open_channels() returns uuid[] language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('app.open_channels', true), ''), '{}')::uuid[]
$$;

/* Whether the caller may see chats that are nobody's yet. */
create or replace function this_queue() returns boolean language sql stable parallel safe as $$
  select coalesce(current_setting('app.queue', true), '') = 'on'
$$;

/* Whether the caller may see customers' numbers in full. */
create or replace function this_phones() returns boolean language sql stable parallel safe as $$
  select coalesce(current_setting('app.phones', true), '') = 'on'
$$;

/*
 * The decision. A chat of mine is always mine; beyond that a number that is closed to me closes its chats; then my
 * departments, my numbers, or the queue: chats that are nobody's, of no department or of one of mine.
 * Each (select …) is worked out once a query, not once a row.
 */
do $$
declare t text;
begin
  drop policy if exists seen on chat;
  create policy seen on chat as restrictive to app_rw using ((select this_reach()) = 'all'
    or ((select this_reach()) <> '' and (assignee_id = (select this_person())
      or (channel_id = any((select this_open_channels())::uuid[]) and (
        ((select this_reach()) = 'departments' and department_id = any((select this_departments())::uuid[]))
        or ((select this_reach()) = 'channels' and channel_id = any((select this_channels())::uuid[]))
        or ((select this_queue()) and assignee_id is null and (department_id is null or department_id = any((select this_departments())::uuid[]))))))))
    with check (true);
  drop policy if exists seen on channel;
  create policy seen on channel as restrictive to app_rw using ((select this_reach()) = 'all' or id = any((select this_open_channels())::uuid[]))
    with check (true);
  foreach t in array array['message', 'trace', 'dead_letter'] loop
    execute format('drop policy if exists seen on %I', t);
  end loop;
  create policy seen on message as restrictive to app_rw using ((select this_reach()) = 'all' or exists (select from chat c where c.id = chat_id))
    with check (true);
  -- A label of other roles does not exist: not in a list, not on a chat, not as a filter.
  drop policy if exists seen on label;
  create policy seen on label as restrictive to app_rw
    using (roles = '{}' or (select this_role()) = any(roles) or (select this_labels())) with check (true);
  foreach t in array array['chat_label', 'message_label'] loop
    execute format('drop policy if exists seen on %I', t);
    execute format('create policy seen on %I as restrictive to app_rw using (label_id in (select l.id from label l)) with check (true)', t);
  end loop;
  -- What belongs to no chat belongs to its number, or to the company.
  create policy seen on trace as restrictive to app_rw using ((select this_reach()) = 'all'
    or case when chat_id is not null then exists (select from chat c where c.id = chat_id)
            else channel_id = any((select this_open_channels())::uuid[]) end)
    with check (true);
  create policy seen on dead_letter as restrictive to app_rw using ((select this_reach()) = 'all'
    or (chat_id is not null and exists (select from chat c where c.id = chat_id)))
    with check (true);
end $$;

/* A customer's number as the caller may see it. */
create or replace function phone_shown(phone text) returns text language sql stable parallel safe as $$
  select case when this_phones() then phone else '•••' || right(phone, 3) end
$$;

/* What the Desk must know of chats to tell the right people; `was`: where a chat stood two minutes ago, since the
   first telling of a move may have been lost. */
create or replace function chat_facts(ids uuid[]) returns json language sql stable as $$
  select coalesce(json_agg(json_build_object('chatId', c.id, 'channelId', c.channel_id, 'assigneeId', c.assignee_id, 'departmentId', c.department_id,
    'was', case when c.moved_at > now() - interval '2 minutes' then
      json_build_object('channelId', c.channel_id, 'assigneeId', c.was_assignee_id, 'departmentId', c.was_department_id, 'until', iso(c.moved_at)) end)), '[]')
  from chat c where c.id = any(ids)
$$;
