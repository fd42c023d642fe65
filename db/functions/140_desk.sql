-- Giving chats to people, closing them, transfers. What changed is returned with its facts, for the Desk to tell.

/* Rows and facts of chats that were changed here, as the worker hands them to the Desk. `lines`: system lines that were written. */
create or replace function told_chats(ids uuid[], lines uuid[]) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'chats', (select coalesce(jsonb_agg(s.json::jsonb), '[]') from chat_shape s where s.id = any(ids)),
    'messages', (select coalesce(jsonb_agg(s.json::jsonb order by s.at, s.id), '[]') from message_shape s where s.id = any(lines)),
    'facts', chat_facts(ids)::jsonb, 'begun', jobs_begun())
$$;

/* A line in the chat about what somebody did with it. Nothing that a customer ever gets. */
create or replace function system_line(chat_ uuid, what text, more jsonb) returns uuid language sql volatile as $$
  insert into message (account_id, chat_id, channel_id, direction, kind, extra, author_kind, author_id, author_name, at)
  select c.account_id, c.id, c.channel_id, 'note', 'system', jsonb_build_object('system', what) || more,
    case when this_person() is null then 'system' else 'person' end, this_person(), (select p.name from person p where p.id = this_person()), clock_timestamp()
  from chat c where c.id = chat_ returning id
$$;

/* The same when the caller may have lost sight of them by this very change. The last thing that a function does. */
create or replace function told_after(ids uuid[], lines uuid[]) returns jsonb language plpgsql volatile as $$
declare seen json := (select s.json from chat_shape s where s.id = ids[1]);
begin
  perform act_for(this_account());
  return told_chats(ids, lines) || jsonb_build_object('seen', seen);
end $$;

/* Open chats of a person, and how many wait: all of them, whoever asks. */
create or replace function load_of(person_ uuid, out open_chats int, out waiting int)
language sql stable security definer set search_path = pg_catalog, public as $$
  select count(*)::int, (count(*) filter (where c.waiting_since is not null))::int
  from public.chat c where c.assignee_id = person_ and c.account_id = public.this_account() and c.state <> 'closed' and c.merged_into is null
$$;

/*
 * Somebody who would notice a chat: not on a break, and signed in on a device that was heard of in the last ten minutes or
 * has a phone that push reaches now.
 */
create or replace function is_reachable(p person) returns boolean language sql stable as $$
  select p.away_since is null and (exists (
    select from session s where s.person_id = p.id and s.revoked_at is null and s.expires_at > now() and s.last_seen_at > now() - interval '10 minutes')
    or push_reaches(p))
$$;

/* Whose chat it is: for the history of transfers, which outlives the right to see the chat. */
create or replace function place_of_chat(chat_ uuid, out contact_id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select c.contact_id from public.chat c where c.id = chat_ and c.account_id = public.this_account()
$$;

/* Gives one chat away; null when nothing has changed. Gives the line that says so. */
create or replace function chat_give(c chat, to_ uuid, department_ uuid, what text) returns uuid language plpgsql volatile as $$
declare
  reach_ text := this_reach();
  line uuid;
begin
  if c.assignee_id is not distinct from to_ and c.department_id is not distinct from department_ then return null; end if;
  -- It may leave the caller's sight by this, and row security refuses a row that whoever writes it would not see.
  perform set_config('app.reach', 'all', true);
  update chat set was_assignee_id = assignee_id, was_department_id = department_id, moved_at = clock_timestamp(), assignee_id = to_, department_id = department_, rev = rev + 1
  where id = c.id;
  line := system_line(c.id, what, jsonb_build_object('to', (select p.name from person p where p.id = to_), 'department', (select d.name from department d where d.id = department_)));
  if to_ is distinct from this_person() then perform push_assigned(c.id, to_); end if;
  perform set_config('app.reach', reach_, true);
  return line;
end $$;

/* Somebody active of this company; refuses person_unavailable for whoever left. Null stays null. */
create or replace function person_at_work(person_ uuid) returns uuid language plpgsql stable as $$
begin
  if person_ is null then return null; end if;
  if not exists (select from person p where p.id = person_ and p.account_id = this_account() and p.deactivated_at is null) then perform refuse('person_unavailable'); end if;
  return person_;
end $$;

create or replace function api_colleagues(args jsonb) returns json language sql stable as $$
  select json_build_object(
    'items', (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'capacity', p.capacity,
        'departments', (select coalesce(json_agg(d.department_id), '[]') from department_person d where d.person_id = p.id and d.ended_at is null),
        'openChats', l.open_chats, 'waiting', l.waiting, 'isHere', is_reachable(p), 'isAway', p.away_since is not null) order by l.open_chats, plain(p.name)), '[]')
      from person p cross join lateral load_of(p.id) l
      where p.account_id = this_account() and p.deactivated_at is null and has_way_in(p)),
    'departments', (select coalesce(json_agg(json_build_object('id', d.id, 'name', d.name) order by plain(d.name)), '[]')
      from department d where d.account_id = this_account() and d.archived_at is null))
$$;

create or replace function api_chat_assign(args jsonb) returns json language plpgsql volatile as $$
declare
  c chat;
  line uuid;
begin
  select * into c from chat where id = chat_alive(as_uuid(args ->> 'chatId')) and account_id = this_account() for update;
  if c.id is null then return null; end if;
  if args ->> 'departmentId' is not null
    and not exists (select from department d where d.id = as_uuid(args ->> 'departmentId') and d.account_id = this_account() and d.archived_at is null) then return null; end if;
  perform refuse_overtaken(c, 'assign', args -> 'seen', as_uuid(args ->> 'personId'));
  line := chat_give(c, person_at_work(as_uuid(args ->> 'personId')), case when args ? 'departmentId' then as_uuid(args ->> 'departmentId') else c.department_id end, 'assigned');
  return told_after(array[c.id], array[line])::json;
end $$;

/* Closes a chat, or opens it again; no line when it stands so already. `farewell`: the job that says good-bye. */
create or replace function chat_turn(c chat, closes boolean, out line uuid, out farewell jsonb) language plpgsql volatile as $$
begin
  if closes = (c.state = 'closed') then return; end if;
  -- Closed, nobody waits; open again, whoever wrote last decides who waits for whom.
  update chat set state = case when closes then 'closed' else 'waiting' end, unanswered = 0, waiting_since = null, rank = chat_rank(null, last_at),
    state_by = this_person(), state_at = now(), rev = rev + 1 where id = c.id returning * into c;
  if closes then farewell := automatic_farewell(c); else perform chat_recount(c.id); end if;
  line := system_line(c.id, case when closes then 'closed' else 'reopened' end, '{}');
end $$;

create or replace function api_chat_state(args jsonb) returns json language plpgsql volatile as $$
declare
  c chat;
  turned record;
begin
  select * into c from chat where id = chat_alive(as_uuid(args ->> 'chatId')) and account_id = this_account() for update;
  if c.id is null then return null; end if;
  perform refuse_overtaken(c, case when args ->> 'state' = 'closed' then 'close' else 'reopen' end, args -> 'seen', this_person());
  select * into turned from chat_turn(c, args ->> 'state' = 'closed');
  return (told_after(array[c.id], array[turned.line])
    || jsonb_build_object('jobs', case when turned.farewell is null then '[]'::jsonb else jsonb_build_array(turned.farewell) end))::json;
end $$;

/* The customer's last word needs no answer. Gives the line that says so; null when nobody waited. */
create or replace function chat_rest(c chat) returns uuid language plpgsql volatile as $$
begin
  if c.waiting_since is null then return null; end if;
  update chat set state = case when state = 'closed' then 'closed' else 'waiting' end, unanswered = 0, waiting_since = null, rank = chat_rank(null, last_at),
    state_by = this_person(), state_at = now(), rev = rev + 1 where id = c.id;
  return system_line(c.id, 'settled', '{}');
end $$;

create or replace function api_chat_settle(args jsonb) returns json language plpgsql volatile as $$
declare
  c chat;
  line uuid;
begin
  select * into c from chat where id = chat_alive(as_uuid(args ->> 'chatId')) and account_id = this_account() for update;
  if c.id is null then return null; end if;
  perform refuse_overtaken(c, 'settle', args -> 'seen', this_person());
  line := chat_rest(c);
  return told_after(array[c.id], array[line])::json;
end $$;

drop view if exists transfer_shape;
create view transfer_shape with (security_invoker = true) as
select t.id, t.account_id, t.chat_id, t.asked_by, t.state,
  json_build_object(
    'id', t.id, 'chatId', t.chat_id, 'contact', json_build_object('id', k.id, 'name', coalesce(k.name, k.profile_name, k.username)),
    'askedBy', json_build_object('id', a.id, 'name', a.name),
    'from', case when f.id is not null then json_build_object('id', f.id, 'name', f.name) end,
    'to', json_build_object('person', case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end, 'department', d.name),
    'reason', t.reason, 'summary', t.summary, 'state', t.state,
    'decided', case when t.decided_at is not null then json_build_object('by', w.name, 'at', iso(t.decided_at), 'reason', t.decided_reason) end,
    'createdAt', iso(t.created_at), 'expiresAt', iso(t.expires_at)) as json
from transfer t
join place_of_chat(t.chat_id) c on true
join contact k on k.id = c.contact_id
join person a on a.id = t.asked_by
left join person f on f.id = t.from_id
left join person p on p.id = t.to_person_id
left join department d on d.id = t.to_department_id
left join person w on w.id = t.decided_by;
grant select on transfer_shape to app_rw, app_system;

create or replace function transfer_json(transfer_ uuid) returns json language sql stable as $$
  select s.json from transfer_shape s where s.id = transfer_
$$;

/* What phones hear of a transfer: who asked, and who may decide. The chat's own change, if there is one, comes along. */
create or replace function transfer_told(transfer_ uuid, ids uuid[], lines uuid[]) returns json language plpgsql volatile as $$
declare
  seen json := transfer_json(transfer_);
  chat_ uuid := (select t.chat_id from transfer t where t.id = transfer_);
begin
  perform act_for(this_account());
  return (told_chats(ids, lines) || jsonb_build_object('transfer', transfer_json(transfer_), 'seen', seen, 'about', chat_facts(array[chat_]) -> 0))::json;
end $$;

/* A rule of the company: approves or refuses by itself, or leaves it to a person (null). */
create or replace function transfer_rule(to_ uuid, from_ uuid) returns text language plpgsql stable as $$
declare
  rules jsonb := (select a.settings -> 'transfers' from account a where a.id = this_account());
  l record;
begin
  if to_ is null then return null; end if;
  select * into l from load_of(to_);
  if (rules ->> 'refuseOverCapacity')::boolean and l.open_chats >= (select p.capacity from person p where p.id = to_) then return 'denied'; end if;
  if (rules ->> 'approveWithinDepartment')::boolean and exists (select from department_person a join department_person b on b.department_id = a.department_id
      where a.person_id = to_ and b.person_id = from_ and a.ended_at is null and b.ended_at is null) then return 'approved'; end if;
  return null;
end $$;

/* Carries a decision out: once, for good. */
create or replace function transfer_settle(t transfer, to_state text, how text, reason_ text) returns json language plpgsql volatile as $$
declare
  c chat;
  lines uuid[] := '{}';
  name_ text;
begin
  update transfer set state = to_state, decided_how = how, decided_by = case when how = 'person' then this_person() end, decided_at = now(), decided_reason = reason_ where id = t.id;
  select coalesce(k.name, k.profile_name, k.username, k.phone) into name_ from place_of_chat(t.chat_id) p join contact k on k.id = p.contact_id;
  perform audit_mine('transfer.' || to_state, 'transfer', t.id::text, name_, null, jsonb_build_object('reason', reason_, 'how', how));
  if to_state <> 'approved' then return transfer_told(t.id, '{}', '{}'); end if;
  select * into c from chat where id = chat_alive(t.chat_id) for update;
  lines := array[chat_give(c, t.to_person_id, coalesce(t.to_department_id, c.department_id), 'transferred')];
  -- As in chat_give: the note stands in a chat that whoever approves may see no more.
  perform set_config('app.reach', 'all', true);
  if t.summary <> '' then
    with note as (insert into message (account_id, chat_id, channel_id, direction, kind, text, author_kind, author_id, author_name, at)
      select c.account_id, c.id, c.channel_id, 'note', 'text', t.summary, 'person', t.asked_by, p.name,
        -- After the line that says so, whatever the clock's grain.
        greatest(clock_timestamp(), (select x.at + interval '1 millisecond' from message x where x.id = lines[1])) from person p where p.id = t.asked_by returning id)
    select lines || note.id into lines from note;
  end if;
  return transfer_told(t.id, array[c.id], lines);
end $$;

create or replace function api_transfer_request(args jsonb) returns json language plpgsql volatile as $$
declare
  c chat;
  t transfer;
  rule text;
  to_ uuid := person_at_work(as_uuid(args ->> 'toPersonId'));
begin
  select * into c from chat where id = chat_alive(as_uuid(args ->> 'chatId')) and account_id = this_account();
  if c.id is null then return null; end if;
  if args ->> 'toDepartmentId' is not null
    and not exists (select from department d where d.id = as_uuid(args ->> 'toDepartmentId') and d.account_id = this_account() and d.archived_at is null) then return null; end if;
  begin
    insert into transfer (account_id, chat_id, asked_by, from_id, to_person_id, to_department_id, reason, summary, expires_at)
    values (this_account(), c.id, this_person(), c.assignee_id, to_, as_uuid(args ->> 'toDepartmentId'), args ->> 'reason', coalesce(args ->> 'summary', ''),
      now() + make_interval(hours => coalesce((select (a.settings -> 'transfers' ->> 'hours')::int from account a where a.id = this_account()), 8)))
    returning * into t;
  exception when unique_violation then perform refuse('transfer_open');
  end;
  perform audit_mine('transfer.requested', 'transfer', t.id::text, null, null, jsonb_build_object('reason', t.reason));
  rule := transfer_rule(to_, c.assignee_id);
  if rule is not null then return transfer_settle(t, rule, 'rule', null); end if;
  return transfer_told(t.id, '{}', '{}');
end $$;

create or replace function api_transfers(args jsonb) returns json language plpgsql stable as $$
declare
  rows json[];
  n int;
  decides boolean := coalesce(nullif(current_setting('app.grants', true), ''), '{}')::jsonb ? 'transfers.decide';
begin
  select array_agg(p.json order by p.id desc), count(*) into rows, n from (
    select s.id, s.json from transfer_shape s
    where s.account_id = this_account() and (s.asked_by = this_person() or (decides and exists (select from chat c where c.id = s.chat_id)))
      and (args ->> 'state' is null or s.state = args ->> 'state') and (args ->> 'cursor' is null or s.id < as_uuid(args ->> 'cursor'))
    order by s.id desc limit 50) p;
  return json_build_object('items', coalesce(to_json(rows), '[]'), 'next', case when n = 50 then rows[50] ->> 'id' end);
end $$;

create or replace function api_transfer_decide(args jsonb) returns json language plpgsql volatile as $$
declare t transfer;
begin
  select * into t from transfer x where x.id = as_uuid(args ->> 'transferId') and x.account_id = this_account()
    and exists (select from chat c where c.id = chat_alive(x.chat_id)) for update;
  if t.id is null then return null; end if;
  if t.asked_by = this_person() then perform refuse('transfer_own'); end if;
  if t.state <> 'requested' then perform refuse('transfer_decided'); end if;
  return transfer_settle(t, case when (args ->> 'approve')::boolean then 'approved' else 'denied' end, 'person', args ->> 'reason');
end $$;

create or replace function api_transfer_cancel(args jsonb) returns json language plpgsql volatile as $$
declare t transfer;
begin
  select * into t from transfer x where x.id = as_uuid(args ->> 'transferId') and x.account_id = this_account() and x.asked_by = this_person() for update;
  if t.id is null then return null; end if;
  if t.state <> 'requested' then perform refuse('transfer_decided'); end if;
  return transfer_settle(t, 'cancelled', 'person', null);
end $$;

/* Requests that nobody has decided in time, of all companies: one call a minute. Gives what each company's phones must hear. */
create or replace function transfers_expire() returns table (account_id uuid, told json) language plpgsql volatile security definer
set search_path = pg_catalog, public as $$
declare t public.transfer;
begin
  for t in select * from public.transfer x where x.state = 'requested' and x.expires_at < now() order by x.id limit 100 for update skip locked loop
    perform set_config('app.account', t.account_id::text, true), set_config('app.person', '', true);
    account_id := t.account_id;
    told := public.transfer_settle(t, 'expired', 'rule', null);
    return next;
  end loop;
end $$;

/* What was asked and decided is written once: neither the Worker nor a mistake of ours changes it afterwards. */
create or replace function transfer_is_written() returns trigger language plpgsql as $$
begin
  if old.state <> 'requested' or (to_jsonb(new) - array['account_id', 'expires_at', 'state', 'decided_how', 'decided_by', 'decided_at', 'decided_reason'])
      is distinct from (to_jsonb(old) - array['account_id', 'expires_at', 'state', 'decided_how', 'decided_by', 'decided_at', 'decided_reason']) then
    raise exception 'a transfer is history' using errcode = '55000';
  end if;
  return new;
end $$;
drop trigger if exists transfer_written on transfer;
create trigger transfer_written before update on transfer for each row execute function transfer_is_written();

do $$
declare f text;
begin
  foreach f in array array['load_of(uuid)', 'place_of_chat(uuid)', 'transfers_expire()'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
