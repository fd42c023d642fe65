-- Numbers: list, add, change, pause.

create or replace function api_channels(args jsonb) returns json language sql stable as $$
  select json_build_object('items', coalesce(json_agg(s.json order by s.name, s.id), '[]'))
  from channel_shape s where s.account_id = this_account() and (s.archived_at is not null) = coalesce(args ->> 'archived' = 'true', false)
$$;

create or replace function api_channel(args jsonb) returns json language sql stable as $$
  select s.json from channel_shape s where s.account_id = this_account() and s.id = as_uuid(args ->> 'channelId')
$$;

/* What our own work needs of a number that the caller sees; never handed on. */
create or replace function api_channel_inner(args jsonb) returns json language sql stable as $$
  select json_build_object('id', c.id, 'key', c.key, 'kind', c.kind, 'archived', c.archived_at is not null)
  from channel c where c.account_id = this_account() and c.id = as_uuid(args ->> 'channelId')
$$;

/* Adds a number. Null when it is somebody's already: one number, one channel, across all accounts. */
create or replace function api_channel_add(args jsonb) returns json language plpgsql volatile as $$
begin
  insert into channel (id, account_id, kind, name, key, phone, line, sealed, key_ending, key_changed_at)
  values ((args ->> 'id')::uuid, this_account(), args ->> 'kind', args ->> 'name', args ->> 'key', args ->> 'phone', args ->> 'line', args ->> 'sealed',
    args ->> 'ending', now());
  perform audit_mine('channel.added', 'channel', args ->> 'id', args ->> 'name', null, jsonb_build_object('kind', args -> 'kind', 'phone', args -> 'phone'));
  return api_channel(jsonb_build_object('channelId', args ->> 'id'));
exception when unique_violation then
  return null;
end $$;

create or replace function api_channel_change(args jsonb) returns json language plpgsql volatile as $$
declare
  was channel;
  c channel;
  before_ jsonb;
  after_ jsonb;
begin
  select * into was from channel where id = as_uuid(args ->> 'channelId') and account_id = this_account() for update;
  begin
  update channel set
    name = coalesce(args ->> 'name', name),
    settings = coalesce(args -> 'settings', settings),
    sealed = coalesce(args ->> 'sealed', sealed),
    key_ending = case when args ? 'sealed' then args ->> 'ending' else key_ending end,
    key_changed_at = case when args ? 'sealed' then now() else key_changed_at end,
    problem = case when args ? 'sealed' then null else problem end,
    archived_at = case when not args ? 'archived' then archived_at when (args ->> 'archived')::boolean then now() end,
    rev = rev + 1
  where id = was.id returning * into c;
  -- Somebody has added its number anew since it was put away.
  exception when unique_violation then perform refuse('channel_taken');
  end;
  if c.id is null then return null; end if;
  before_ := jsonb_build_object('name', was.name, 'settings', was.settings, 'archived', was.archived_at is not null);
  after_ := jsonb_build_object('name', c.name, 'settings', c.settings, 'archived', c.archived_at is not null);
  if after_ <> before_ or args ? 'sealed' then
    perform audit_mine('channel.changed', 'channel', c.id::text, c.name, differing(before_, after_),
      differing(after_, before_) || case when args ? 'sealed' then '{"credentials":"replaced"}' else '{}' end::jsonb);
  end if;
  return api_channel(args);
end $$;

create or replace function api_channel_pause(args jsonb) returns json language plpgsql volatile as $$
begin
  update channel set
    sending_paused_at = case when (args ->> 'sending')::boolean then coalesce(sending_paused_at, now()) end,
    receiving_paused_at = case when (args ->> 'receiving')::boolean then coalesce(receiving_paused_at, now()) end,
    rev = rev + 1
  where id = as_uuid(args ->> 'channelId') and account_id = this_account()
    -- A number that only other departments work is none of a supervisor's.
    and (this_reach() = 'all' or department_id is null or department_id = any(this_departments()) or id = any(this_channels()));
  if not found then return null; end if;
  perform audit_mine('channel.paused', 'channel', args ->> 'channelId', (select c.name from channel c where c.id = as_uuid(args ->> 'channelId')), null,
    jsonb_build_object('sending', args -> 'sending', 'receiving', args -> 'receiving'));
  insert into trace (account_id, at, level, place, what, channel_id, data)
  -- Going on again is no incident.
  select this_account(), clock_timestamp(), case when (args ->> 'sending')::boolean or (args ->> 'receiving')::boolean then 'warn' else 'info' end, 'person', 'channel_pause', as_uuid(args ->> 'channelId'),
    jsonb_build_object('person', this_person(), 'sending', args -> 'sending', 'receiving', args -> 'receiving');
  return api_channel(args);
end $$;

/* The provider's verdict on a number after a check, or after it was refused. */
create or replace function channel_verdict(account_ uuid, channel_ uuid, problem_ text) returns json language plpgsql volatile as $$
declare result json;
begin
  perform act_for(account_);
  update channel set problem = problem_, rev = rev + 1 where id = channel_ and problem is distinct from problem_;
  if not found then return null; end if;
  select s.json into result from channel_shape s where s.id = channel_;
  return result;
end $$;

/* When the last hook of a number came; written at most once a minute. */
create or replace function channel_heard(account_ uuid, channel_ uuid) returns void language plpgsql volatile as $$
begin
  perform act_for(account_);
  update channel set last_hook_at = now() where id = channel_ and (last_hook_at is null or last_hook_at < now() - interval '1 minute');
end $$;

/* A file of the customer arrived, or will never come. Returns the message as it is now, and the jobs of what waited for it. */
create or replace function media_settled(account_ uuid, media_ uuid, args jsonb) returns json language plpgsql volatile as $$
declare result json;
begin
  perform act_for(account_);
  update media set state = args ->> 'state', reason = args ->> 'reason', r2_key = coalesce(args ->> 'r2Key', r2_key), mime = coalesce(args ->> 'mime', mime),
    size = coalesce((args ->> 'size')::bigint, size), sha256 = coalesce(args ->> 'sha256', sha256),
    details = coalesce(nullif(args -> 'details', 'null'), details)
  where id = media_;
  update message set rev = rev + 1 where media_id = media_;
  insert into trace (account_id, at, level, place, what, code, trace_id, channel_id, chat_id, message_id, data)
  select account_, clock_timestamp(), case when args ->> 'state' = 'ready' then 'info' else 'error' end, 'media',
    case when args ->> 'state' = 'ready' then 'media_stored' else 'media_lost' end, args ->> 'reason', m.trace_id, m.channel_id, m.chat_id, m.id,
    jsonb_build_object('bytes', args -> 'size')
  from message m where m.media_id = media_;
  select json_build_object('messages', coalesce(json_agg(s.json), '[]'), 'facts', chat_facts(array_agg(m.chat_id)), 'jobs', jobs_begun()) into result
  from message m join message_shape s on s.id = m.id where m.media_id = media_;
  return result;
end $$;

/* Where the bytes of an incoming file are to be read from. */
create or replace function media_to_fetch(account_ uuid, media_ uuid) returns json language plpgsql volatile as $$
declare result json;
begin
  perform act_for(account_);
  select json_build_object('id', f.id, 'ref', f.ref, 'mime', f.mime, 'kind', f.kind, 'name', f.name, 'state', f.state,
      'createdAt', iso(f.created_at), 'channelId', m.channel_id, 'channelKey', n.key)
    into result from media f join message m on m.media_id = f.id join channel n on n.id = m.channel_id where f.id = media_ limit 1;
  return result;
end $$;

/* A job is done, waits for another try, or has failed for good (then it is a dead letter). */
create or replace function job_settle(account_ uuid, job_ uuid, outcome text, error text, wait_seconds int) returns void language plpgsql volatile as $$
begin
  perform act_for(account_);
  update job set done_at = case when outcome in ('done', 'dead') then now() end, started_at = case when outcome = 'again' then null else started_at end,
    run_after = case when outcome = 'again' then now() + make_interval(secs => wait_seconds) else run_after end, last_error = error
  where id = job_;
  if outcome = 'dead' then
    insert into dead_letter (account_id, kind, subject, message_id, chat_id, reason, payload, attempts, trace_id)
    select account_, 'job', j.id::text, as_uuid(j.ref ->> 'messageId'), (select chat_id from message where id = as_uuid(j.ref ->> 'messageId')),
      coalesce(error, 'retries_exhausted'), jsonb_build_object('kind', j.kind, 'ref', j.ref), j.attempts, j.trace_id
    from job j where j.id = job_;
  end if;
end $$;

/* An entry that the database will not take: kept whole, for a person. */
create or replace function entry_dead(account_ uuid, entry jsonb, reason_ text) returns void language plpgsql volatile as $$
begin
  perform act_for(account_);
  insert into dead_letter (account_id, kind, subject, message_id, chat_id, reason, payload, trace_id)
  values (account_, 'event', coalesce(entry ->> 'providerId', entry ->> 'messageId', entry ->> 'op'), as_uuid(entry ->> 'messageId'), as_uuid(entry ->> 'chatId'),
    left(reason_, 300), entry, entry ->> 'traceId');
end $$;
