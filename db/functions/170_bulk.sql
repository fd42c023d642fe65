-- The same done to several chats at once: one transaction, and an answer for each.

/* The living chats behind these ids that the caller's permission reaches: locked in one order, so that two such requests never wait for each other. */
create or replace function chats_in_hand(args jsonb) returns setof chat language sql volatile as $$
  select c.* from chat c
  where c.id in (select chat_alive(as_uuid(x)) from jsonb_array_elements_text(args -> 'chatIds') x) and c.account_id = this_account()
  order by c.id for update
$$;

/*
 * What became of each chat that was asked for: done, the same as before, seen but not within what the permission reaches,
 * or not there for the caller. With the changed ones as the caller sees them. The last thing that a function does.
 */
create or replace function told_each(args jsonb, done uuid[], same uuid[], lines uuid[]) returns jsonb language plpgsql volatile as $$
declare
  items jsonb;
  seen jsonb;
begin
  -- As far as reading reaches: "you may not" and "there is none" are two answers.
  perform set_config('app.reach', coalesce(nullif(current_setting('app.grants', true), '')::jsonb ->> 'chats.read', ''), true);
  select coalesce(jsonb_agg(jsonb_build_object('chatId', a.id, 'outcome', case
      when a.alive = any(done) then 'done' when a.alive = any(same) then 'same'
      when exists (select from chat c where c.id = a.alive and c.account_id = this_account()) then 'forbidden' else 'not_found' end) order by a.n), '[]') into items
  from (select as_uuid(x) as id, chat_alive(as_uuid(x)) as alive, n from jsonb_array_elements_text(args -> 'chatIds') with ordinality u(x, n)) a;
  select coalesce(jsonb_agg(s.json), '[]') into seen from chat_shape s where s.id = any(done);
  perform act_for(this_account());
  return told_chats(done, lines) || jsonb_build_object('items', items, 'seen', seen);
end $$;

create or replace function api_chats_assign(args jsonb) returns json language plpgsql volatile as $$
declare
  c chat;
  to_ uuid := person_at_work(as_uuid(args ->> 'personId'));
  done uuid[] := '{}';
  same uuid[] := '{}';
  lines uuid[] := '{}';
  line uuid;
begin
  for c in select * from chats_in_hand(args) loop
    line := chat_give(c, to_, c.department_id, 'assigned');
    if line is null then same := same || c.id; else done := done || c.id; lines := lines || line; end if;
  end loop;
  return told_each(args, done, same, lines)::json;
end $$;

create or replace function api_chats_label(args jsonb) returns json language plpgsql volatile as $$
declare
  c chat;
  label_ uuid := label_in_hand(args);
  done uuid[] := '{}';
  same uuid[] := '{}';
begin
  if label_ is null then return null; end if;
  for c in select * from chats_in_hand(args) loop
    if chat_mark(c.id, label_, (args ->> 'on')::boolean) then done := done || c.id; else same := same || c.id; end if;
  end loop;
  return told_each(args, done, same, '{}')::json;
end $$;

create or replace function api_chats_state(args jsonb) returns json language plpgsql volatile as $$
declare
  c chat;
  turned record;
  done uuid[] := '{}';
  same uuid[] := '{}';
  lines uuid[] := '{}';
  jobs jsonb := '[]';
begin
  for c in select * from chats_in_hand(args) loop
    select * into turned from chat_turn(c, args ->> 'state' = 'closed');
    if turned.line is null then same := same || c.id; else done := done || c.id; lines := lines || turned.line; end if;
    if turned.farewell is not null then jobs := jobs || jsonb_build_array(turned.farewell); end if;
  end loop;
  return (told_each(args, done, same, lines) || jsonb_build_object('jobs', jobs))::json;
end $$;

create or replace function api_chats_settle(args jsonb) returns json language plpgsql volatile as $$
declare
  c chat;
  done uuid[] := '{}';
  same uuid[] := '{}';
  lines uuid[] := '{}';
  line uuid;
begin
  for c in select * from chats_in_hand(args) loop
    line := chat_rest(c);
    if line is null then same := same || c.id; else done := done || c.id; lines := lines || line; end if;
  end loop;
  return told_each(args, done, same, lines)::json;
end $$;
