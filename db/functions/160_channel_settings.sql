-- What one number has for itself: hours, and what it says by itself. Texts of departments stand beside it.

/* Rules that are on, as a column holds them. */
create or replace function automatic_of(texts jsonb) returns text[] language sql immutable as $$
  select coalesce(array_agg(t.key order by t.key), '{}') from jsonb_each(texts) t where (t.value ->> 'on')::boolean
$$;

/* Texts as the contract shapes them; nulls are texts that nobody has written. */
create or replace function texts_json(automatic text[], greeting text, out_of_hours text, farewell text) returns jsonb language sql immutable as $$
  select jsonb_build_object(
    'greeting', jsonb_build_object('on', coalesce('greeting' = any(automatic), false), 'text', coalesce(greeting, '')),
    'out_of_hours', jsonb_build_object('on', coalesce('out_of_hours' = any(automatic), false), 'text', coalesce(out_of_hours, '')),
    'farewell', jsonb_build_object('on', coalesce('farewell' = any(automatic), false), 'text', coalesce(farewell, '')))
$$;

/* Every day from 00:00 to 24:00. */
create or replace function week_always() returns jsonb language sql immutable as $$
  select '[[[0,1440]],[[0,1440]],[[0,1440]],[[0,1440]],[[0,1440]],[[0,1440]],[[0,1440]]]'::jsonb
$$;

create or replace function hours_json(h channel_hours) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'timeZone', coalesce(h.time_zone, (select a.time_zone from account a where a.id = this_account())),
    'week', coalesce(h.week, week_always()), 'holidays', h.holidays, 'worked', coalesce(h.worked, '{}'), 'exceptions', coalesce(h.exceptions, '{}'))
$$;

/* Ranges of a day as people read them: `08:00–13:00, 14:00–18:00`. */
create or replace function ranges_text(day jsonb) returns text language sql immutable as $$
  select string_agg(to_char(make_interval(mins => (r ->> 0)::int), 'HH24:MI') || '–' || to_char(make_interval(mins => (r ->> 1)::int), 'HH24:MI'), ', ' order by n)
  from jsonb_array_elements(day) with ordinality x(r, n)
$$;

/* What the audit log says of hours: days by their number, 1 is Monday. */
create or replace function hours_facts(h channel_hours) returns jsonb language sql stable as $$
  select jsonb_build_object('timeZone', h.time_zone, 'holidays', h.holidays, 'worked', h.worked,
    'week', (select jsonb_object_agg(n, ranges_text(day)) from jsonb_array_elements(h.week) with ordinality x(day, n)),
    'exceptions', (select jsonb_object_agg(e.key, ranges_text(e.value)) from jsonb_each(h.exceptions) e))
$$;

create or replace function department_texts_json(department_ uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('id', d.id, 'name', d.name, 'rev', coalesce(t.rev, 0), 'texts', texts_json(t.automatic, t.greeting, t.out_of_hours, t.farewell))
  from department d left join department_texts t on t.department_id = d.id
  where d.id = department_ and d.account_id = this_account() and d.archived_at is null
$$;

create or replace function api_channel_own(args jsonb) returns json language sql stable as $$
  select json_build_object('rev', coalesce(h.rev, 0), 'whoPays', c.who_pays, 'hours', hours_json(h), 'texts', texts_json(h.automatic, h.greeting, h.out_of_hours, h.farewell),
    'departments', (select coalesce(json_agg(department_texts_json(d.id) order by plain(d.name)), '[]')
      from department d where d.account_id = this_account() and d.archived_at is null))
  from channel c left join channel_hours h on h.channel_id = c.id
  where c.account_id = this_account() and c.id = as_uuid(args ->> 'channelId')
$$;

/* The row of a number's own settings, made when it has none, locked. Null: no such number. Refuses when somebody was faster. */
create or replace function channel_own_row(args jsonb) returns channel_hours language plpgsql volatile as $$
declare
  c channel;
  h channel_hours;
begin
  select * into c from channel where id = as_uuid(args ->> 'channelId') and account_id = this_account() for update;
  if c.id is null then return null; end if;
  insert into channel_hours (channel_id, account_id, time_zone, week, rev)
  select c.id, c.account_id, a.time_zone, week_always(), 0 from account a where a.id = c.account_id
  on conflict (channel_id) do nothing;
  select * into h from channel_hours where channel_id = c.id for update;
  if h.rev <> (args ->> 'rev')::bigint then perform refuse('changed_meanwhile'); end if;
  return h;
end $$;

/* Writes down what was changed of a number's own settings. */
create or replace function channel_own_changed(channel_ uuid, before_ jsonb, after_ jsonb) returns void language plpgsql volatile as $$
begin
  if before_ = after_ then return; end if;
  perform audit_mine('channel.changed', 'channel', channel_::text, (select c.name from channel c where c.id = channel_), differing(before_, after_), differing(after_, before_));
end $$;

create or replace function api_channel_hours_set(args jsonb) returns json language plpgsql volatile as $$
declare
  was channel_hours := channel_own_row(args);
  h channel_hours;
begin
  if was.channel_id is null then return null; end if;
  update channel_hours set time_zone = args -> 'hours' ->> 'timeZone', week = args -> 'hours' -> 'week', holidays = args -> 'hours' ->> 'holidays',
    worked = array(select jsonb_array_elements_text(args -> 'hours' -> 'worked')), exceptions = args -> 'hours' -> 'exceptions', rev = rev + 1
  where channel_id = was.channel_id returning * into h;
  perform channel_own_changed(h.channel_id, hours_facts(was), hours_facts(h));
  return api_channel_own(args);
end $$;

create or replace function api_channel_texts_set(args jsonb) returns json language plpgsql volatile as $$
declare
  was channel_hours := channel_own_row(args);
  h channel_hours;
  t jsonb := args -> 'texts';
begin
  if was.channel_id is null then return null; end if;
  update channel_hours set automatic = automatic_of(t), greeting = t -> 'greeting' ->> 'text', out_of_hours = t -> 'out_of_hours' ->> 'text',
    farewell = t -> 'farewell' ->> 'text', rev = rev + 1
  where channel_id = was.channel_id returning * into h;
  perform channel_own_changed(h.channel_id, texts_json(was.automatic, was.greeting, was.out_of_hours, was.farewell), t);
  return api_channel_own(args);
end $$;

create or replace function api_department_texts_set(args jsonb) returns json language plpgsql volatile as $$
declare
  was jsonb;
  t jsonb := args -> 'texts';
  d department;
begin
  select * into d from department x where x.id = as_uuid(args ->> 'departmentId') and x.account_id = this_account() and x.archived_at is null for update;
  if d.id is null then return null; end if;
  was := department_texts_json(d.id);
  if (was ->> 'rev')::bigint <> (args ->> 'rev')::bigint then perform refuse('changed_meanwhile'); end if;
  insert into department_texts (department_id, account_id, automatic, greeting, out_of_hours, farewell)
  values (d.id, d.account_id, automatic_of(t), t -> 'greeting' ->> 'text', t -> 'out_of_hours' ->> 'text', t -> 'farewell' ->> 'text')
  on conflict (department_id) do update set automatic = excluded.automatic, greeting = excluded.greeting, out_of_hours = excluded.out_of_hours,
    farewell = excluded.farewell, rev = department_texts.rev + 1;
  if was -> 'texts' <> t then
    perform audit_mine('department.changed', 'department', d.id::text, d.name, differing(was -> 'texts', t), differing(t, was -> 'texts'));
  end if;
  return department_texts_json(d.id)::json;
end $$;

/* A number that begins or ends to be paused, in trouble or archived stands so since now. */
create or replace function channel_state_moved() returns trigger language plpgsql as $$
begin
  new.state_at := clock_timestamp();
  return new;
end $$;

drop trigger if exists state_moved on channel;
create trigger state_moved before update on channel for each row
  when ((old.problem is null, old.sending_paused_at is null, old.receiving_paused_at is null, old.archived_at is null)
    is distinct from (new.problem is null, new.sending_paused_at is null, new.receiving_paused_at is null, new.archived_at is null))
  execute function channel_state_moved();
