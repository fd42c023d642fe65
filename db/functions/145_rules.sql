-- Giving chats away by rule: whose turn it is, what moves on. Contract: contract/rules.ts.

/* The rule that holds for a chat: of those that fit, the narrowest. */
create or replace function rule_for(c chat) returns assignment_rule language sql stable as $$
  select r from assignment_rule r
  where r.account_id = c.account_id and r.is_active and r.archived_at is null
    and (r.channel_id is null or r.channel_id = c.channel_id) and (r.department_id is null or r.department_id = c.department_id)
  order by r.channel_id is null, r.department_id is null limit 1
$$;

/* Whom a rule may give this chat to, and why not just now: away, absent, full, or null when they can take it. */
create or replace function takers_of(c chat, r assignment_rule) returns table (person_id uuid, name text, open_chats int, given_at timestamptz, why text)
language sql stable as $$
  select p.id, p.name, l.open_chats, p.given_at,
    case when p.away_since is not null then 'away' when not is_reachable(p) then 'absent' when l.open_chats >= p.capacity then 'full' end
  from person p join role o on o.id = p.role_id join channel n on n.id = c.channel_id cross join lateral load_of(p.id) l
  where p.account_id = c.account_id and p.deactivated_at is null and has_way_in(p)
    and case when r.roles = '{}' then o.base = 'agent' else o.id = any(r.roles) end
    and role_grants(o.base, o.changes) ? 'messages.send'
    and (n.access = 'shared' or exists (select from channel_person x where x.channel_id = n.id and x.person_id = p.id and x.ended_at is null))
    and (c.department_id is null or exists (select from department_person x where x.department_id = c.department_id and x.person_id = p.id and x.ended_at is null))
$$;

/* Who of the company last wrote to this customer, on whatever number. */
create or replace function last_agent_of(contact_ uuid) returns uuid language sql stable as $$
  select m.author_id from chat c cross join lateral (
    select m.author_id, m.at from message m where m.chat_id = c.id and m.direction = 'out' and m.author_kind = 'person' order by m.at desc, m.id desc limit 1) m
  where c.contact_id = contact_ order by m.at desc limit 1
$$;

/*
 * Gives a chat of nobody's, or one that `from_` has left unanswered, to whom its rule says. Gives the line in the chat;
 * null when no rule fits or nobody can take it. One at a time for each company, or two chats would fill the same place.
 */
create or replace function assign_by_rule(chat_ uuid, from_ uuid) returns uuid language plpgsql volatile as $$
declare
  c chat;
  r assignment_rule;
  last_ uuid;
  to_ uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended(this_account()::text, 23));
  select * into c from chat where id = chat_ for update;
  if c.assignee_id is distinct from from_ then return null; end if;
  r := rule_for(c);
  if r.id is null then return null; end if;
  if r.way = 'last_agent' then last_ := last_agent_of(c.contact_id); end if;
  select t.person_id into to_ from takers_of(c, r) t where t.why is null and t.person_id is distinct from from_
  order by t.person_id is distinct from last_, case when r.way <> 'round_robin' then t.open_chats end, t.given_at nulls first, t.person_id limit 1;
  if to_ is null then return null; end if;
  update person set given_at = clock_timestamp() where id = to_;
  return chat_give(c, to_, c.department_id, case when from_ is null then 'assigned_by_rule' else 'moved_on' end);
end $$;

/* The customer has written: a chat of nobody's is given away at once, where there are rules. */
create or replace function assign_arrived(chat_ uuid) returns uuid language plpgsql volatile as $$
begin
  if not exists (select from assignment_rule r where r.account_id = this_account() and r.is_active and r.archived_at is null) then return null; end if;
  if not exists (select from chat c where c.id = chat_ and c.assignee_id is null) then return null; end if;
  return assign_by_rule(chat_, null);
end $$;

/* Chats of this company that wait for a rule: of nobody's, longest wait first; then those whose answer is overdue. */
create or replace function chats_for_rules() returns table (chat_id uuid, from_ uuid) language sql stable as $$
  (select c.id, null::uuid from chat c
   where c.account_id = this_account() and c.waiting_since is not null and c.merged_into is null and c.state <> 'closed' and c.assignee_id is null
   order by c.waiting_since limit 200)
  union all
  (select c.id, c.assignee_id from chat c cross join lateral rule_for(c) r
   where c.account_id = this_account() and c.waiting_since is not null and c.merged_into is null and c.state <> 'closed' and c.assignee_id is not null
     and r.move_on_minutes is not null and greatest(c.waiting_since, c.moved_at) < now() - make_interval(mins => r.move_on_minutes)
   order by c.waiting_since limit 200)
$$;

/* Companies that have rules. */
create or replace function accounts_with_rules() returns setof uuid language sql stable security definer set search_path = pg_catalog, public as $$
  select distinct r.account_id from public.assignment_rule r where r.is_active and r.archived_at is null
$$;

/*
 * Every minute: gives away what waits in a company. `sessions` have a socket open just now, so their people are here.
 * What the company's phones must hear; null when nothing has changed.
 */
create or replace function rules_run(account_ uuid, sessions uuid[]) returns json language plpgsql volatile as $$
declare
  w record;
  line uuid;
  ids uuid[] := '{}';
  lines uuid[] := '{}';
begin
  perform set_config('app.person', '', true), act_for(account_);
  update session set last_seen_at = now() where id = any(sessions) and account_id = account_ and last_seen_at < now() - interval '5 minutes';
  for w in select * from chats_for_rules() loop
    line := assign_by_rule(w.chat_id, w.from_);
    if line is not null then ids := ids || w.chat_id; lines := lines || line; end if;
  end loop;
  return case when ids <> '{}' then told_chats(ids, lines)::json end;
end $$;

create or replace function rule_json(r assignment_rule) returns json language sql stable as $$
  select json_build_object('id', r.id, 'channelId', r.channel_id, 'departmentId', r.department_id, 'way', r.way, 'roles', r.roles,
    'moveOnMinutes', r.move_on_minutes, 'isActive', r.is_active, 'rev', r.rev)
$$;

/* What happens to requests for transfer by themselves: the company's own choice, or ours. */
create or replace function transfer_rules() returns json language sql stable as $$
  select json_build_object('hours', coalesce((a.settings -> 'transfers' ->> 'hours')::int, 8),
    'refuseOverCapacity', coalesce((a.settings -> 'transfers' ->> 'refuseOverCapacity')::boolean, false),
    'approveWithinDepartment', coalesce((a.settings -> 'transfers' ->> 'approveWithinDepartment')::boolean, false))
  from account a where a.id = this_account()
$$;

create or replace function api_rules(args jsonb) returns json language sql stable as $$
  select json_build_object(
    'items', (select coalesce(json_agg(rule_json(r) order by r.channel_id is null, r.department_id is null, r.id), '[]')
      from assignment_rule r where r.account_id = this_account() and r.archived_at is null),
    'transfers', transfer_rules(),
    'people', (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'roleId', p.role_id, 'capacity', p.capacity) order by plain(p.name)), '[]')
      from person p where p.account_id = this_account() and p.deactivated_at is null))
$$;

/* Makes or changes a rule. Null when what it names is not there. */
create or replace function rule_save(args jsonb) returns assignment_rule language plpgsql volatile as $$
declare
  r assignment_rule;
  place_ constant uuid[] := array[as_uuid(args ->> 'channelId'), as_uuid(args ->> 'departmentId')];
  roles_ uuid[] := array(select as_uuid(x) from jsonb_array_elements_text(coalesce(args -> 'roles', '[]')) x);
begin
  if place_[1] is not null and not exists (select from channel n where n.id = place_[1] and n.account_id = this_account() and n.archived_at is null) then return null; end if;
  if place_[2] is not null and not exists (select from department d where d.id = place_[2] and d.account_id = this_account() and d.archived_at is null) then return null; end if;
  if exists (select from unnest(roles_) x where not exists (select from role o where o.id = x and o.account_id = this_account())) then return null; end if;
  begin
    if args ->> 'ruleId' is null then
      insert into assignment_rule (account_id, channel_id, department_id, way, roles, move_on_minutes, is_active)
      values (this_account(), place_[1], place_[2], args ->> 'way', roles_, (args ->> 'moveOnMinutes')::int, (args ->> 'isActive')::boolean) returning * into r;
    else
      select * into r from assignment_rule x where x.id = as_uuid(args ->> 'ruleId') and x.account_id = this_account() and x.archived_at is null for update;
      if r.id is null then return null; end if;
      if r.rev is distinct from (args ->> 'rev')::bigint then perform refuse('changed_meanwhile'); end if;
      update assignment_rule set channel_id = place_[1], department_id = place_[2], way = args ->> 'way', roles = roles_,
        move_on_minutes = (args ->> 'moveOnMinutes')::int, is_active = (args ->> 'isActive')::boolean, rev = rev + 1
      where id = r.id returning * into r;
    end if;
  exception when unique_violation then perform refuse('rule_taken');
  end;
  return r;
end $$;

/* Where a rule holds, in words, for the audit log. */
create or replace function rule_place(r assignment_rule) returns text language sql stable as $$
  select nullif(concat_ws(' · ', (select n.name from channel n where n.id = r.channel_id), (select d.name from department d where d.id = r.department_id)), '')
$$;

create or replace function api_rule_save(args jsonb) returns json language plpgsql volatile as $$
declare
  before_ assignment_rule;
  r assignment_rule;
begin
  select * into before_ from assignment_rule x where x.id = as_uuid(args ->> 'ruleId') and x.account_id = this_account();
  r := rule_save(args);
  if r.id is null then return null; end if;
  perform audit_mine(case when before_.id is null then 'rule.added' else 'rule.changed' end, 'rule', r.id::text, rule_place(r),
    case when before_.id is not null then rule_json(before_)::jsonb - 'id' - 'rev' end, rule_json(r)::jsonb - 'id' - 'rev');
  return rule_json(r);
end $$;

create or replace function api_rule_archive(args jsonb) returns json language plpgsql volatile as $$
declare r assignment_rule;
begin
  update assignment_rule x set archived_at = now(), is_active = false, rev = x.rev + 1
  where x.id = as_uuid(args ->> 'ruleId') and x.account_id = this_account() and x.archived_at is null returning * into r;
  if r.id is null then return null; end if;
  perform audit_mine('rule.archived', 'rule', r.id::text, rule_place(r), rule_json(r)::jsonb - 'id' - 'rev', null);
  return rule_json(r);
end $$;

/*
 * What would be given to whom this minute if this rule stood. The very functions of the real run work on the real rows,
 * and everything is taken back: only what they said is kept.
 */
create or replace function api_rules_try(args jsonb) returns json language plpgsql volatile as $$
declare
  r assignment_rule;
  w record;
  line_ uuid;
  given jsonb[] := '{}';
  one jsonb;
  missing boolean := false;
begin
  begin
    perform act_for(this_account());
    if args -> 'rule' is not null then
      r := rule_save(args -> 'rule');
      missing := r.id is null;
    end if;
    for w in select x.chat_id, x.from_, c.channel_id, c.waiting_since, c.contact_id, rule_for(c) as rule
      from chats_for_rules() x join chat c on c.id = x.chat_id limit 100 loop
      line_ := assign_by_rule(w.chat_id, w.from_);
      select jsonb_build_object('chatId', w.chat_id, 'contact', coalesce(k.name, k.profile_name, k.username, k.phone), 'channel', n.name, 'waitingSince', iso(w.waiting_since),
        'from', (select p.name from person p where p.id = w.from_), 'ruleId', (w.rule).id,
        'to', case when line_ is not null then (select p.name from chat c join person p on p.id = c.assignee_id where c.id = w.chat_id) end,
        'why', case when line_ is not null then null when (w.rule).id is null then 'no_rule'
          else coalesce((select case when bool_or(t.why = 'full') then 'full' when count(*) = 0 then 'nobody' else 'absent' end
            from chat c, takers_of(c, w.rule) t where c.id = w.chat_id and t.person_id is distinct from w.from_), 'nobody') end) into one
      from contact k, channel n where k.id = w.contact_id and n.id = w.channel_id;
      given := given || one;
    end loop;
    raise exception 'taken back' using errcode = 'WB002';
  exception when sqlstate 'WB002' then null;
  end;
  if missing then return null; end if;
  return json_build_object('items', to_jsonb(given));
end $$;

create or replace function api_transfer_rules_save(args jsonb) returns json language plpgsql volatile as $$
declare before_ jsonb := transfer_rules()::jsonb;
begin
  update account set settings = coalesce(settings, '{}') || jsonb_build_object('transfers', args) where id = this_account();
  if before_ <> transfer_rules()::jsonb then
    perform audit_mine('transfer_rules.changed', 'account', this_account()::text, null, before_, transfer_rules()::jsonb);
  end if;
  return transfer_rules();
end $$;

create or replace function api_capacity_set(args jsonb) returns json language plpgsql volatile as $$
declare
  p person;
  was int;
begin
  select * into p from person x where x.id = as_uuid(args ->> 'personId') and x.account_id = this_account() and x.deactivated_at is null for update;
  if p.id is null then return null; end if;
  was := p.capacity;
  update person set capacity = (args ->> 'capacity')::int where id = p.id;
  if was <> (args ->> 'capacity')::int then
    perform audit_mine('person.changed', 'person', p.id::text, p.name, jsonb_build_object('capacity', was), jsonb_build_object('capacity', (args ->> 'capacity')::int));
  end if;
  return json_build_object('id', p.id, 'capacity', (args ->> 'capacity')::int);
end $$;

/* A break begins or ends. */
create or replace function api_presence(args jsonb) returns json language sql volatile as $$
  update person set away_since = case when (args ->> 'away')::boolean then coalesce(away_since, now()) end
  where id = this_person() and account_id = this_account()
  returning json_build_object('away', away_since is not null)
$$;

do $$
begin
  alter function accounts_with_rules() owner to app_system;
  revoke all on function accounts_with_rules() from public;
  grant execute on function accounts_with_rules() to app_rw;
end $$;
