-- Web push. What happens is noted in its own transaction as a job, whose id is made of what it is about; who hears of it
-- and what they are shown is decided when it is sent (push_due), with the sight that each person has then.

/* Puts a push on its way, once for ever. Where nobody has a phone that could hear of it there is nothing to do. */
create or replace function push_job(account_ uuid, about text, ref jsonb) returns void language plpgsql volatile as $$
declare job_ uuid := overlay(overlay(md5('push|' || about) placing '7' from 13) placing '8' from 17)::uuid;
begin
  if not exists (select from push_device d where d.account_id = account_ and d.dropped_at is null) then return; end if;
  insert into job (id, account_id, kind, ref) values (job_, account_, 'push', ref || jsonb_build_object('id', job_)) on conflict (id) do nothing;
  if found then perform set_config('app.jobs', (jobs_begun() || jsonb_build_object('id', job_, 'kind', 'push'))::text, true); end if;
end $$;

/* A chat was given to somebody by another, or by a rule. */
create or replace function push_assigned(chat_ uuid, to_ uuid) returns void language plpgsql volatile as $$
declare c chat;
begin
  select * into c from chat where id = chat_;
  if to_ is not null then
    perform push_job(c.account_id, 'assignment|' || chat_ || '|' || coalesce(iso(c.moved_at), ''), jsonb_build_object('what', 'assignment', 'chatId', chat_, 'personId', to_,
      'by', (select p.name from person p where p.id = this_person())));
  end if;
end $$;

/* Something that awaits somebody was stored: noted here, whatever way it came. */
create or replace function push_noted() returns trigger language plpgsql as $$
begin
  case tg_table_name
    when 'message' then
      -- What comes hours late is in the list; it wakes nobody.
      if new.at > now() - interval '4 hours' then
        perform push_job(new.account_id, 'message|' || new.id, jsonb_build_object('what', 'message', 'messageId', new.id));
      end if;
    when 'transfer' then
      if new.state = 'requested' then
        if tg_op = 'INSERT' then perform push_job(new.account_id, 'asked|' || new.id, jsonb_build_object('what', 'transfer_asked', 'transferId', new.id)); end if;
      elsif new.state <> 'cancelled' then
        perform push_job(new.account_id, 'answered|' || new.id, jsonb_build_object('what', 'transfer_answered', 'transferId', new.id));
      end if;
    when 'mention' then
      perform push_job(new.account_id, 'mention|' || new.id, jsonb_build_object('what', 'mention', 'mentionId', new.id));
    when 'dead_letter' then
      perform push_job(new.account_id, 'alert|' || new.id, jsonb_build_object('what', 'alert', 'deadLetterId', new.id));
    when 'channel' then
      perform push_job(new.account_id, 'channel|' || new.id || '|' || iso(clock_timestamp()),
        jsonb_build_object('what', case when new.problem is null then 'channel_back' else 'channel' end, 'channelId', new.id, 'problem', new.problem));
    when 'chat' then
      -- Back in the queue, and the customer waits: whoever may take it hears of it.
      perform push_job(new.account_id, 'queue|' || new.id || '|' || coalesce(iso(new.moved_at), ''), jsonb_build_object('what', 'queue', 'chatId', new.id));
  end case;
  return null;
end $$;

drop trigger if exists push_message on message;
create trigger push_message after insert on message for each row when (new.direction = 'in' and new.kind <> 'system') execute function push_noted();
drop trigger if exists push_transfer on transfer;
create trigger push_transfer after insert or update of state on transfer for each row execute function push_noted();
drop trigger if exists push_mention on mention;
create trigger push_mention after insert on mention for each row execute function push_noted();
drop trigger if exists push_dead_letter on dead_letter;
create trigger push_dead_letter after insert on dead_letter for each row execute function push_noted();
drop trigger if exists push_channel on channel;
create trigger push_channel after update of problem on channel for each row when (old.problem is distinct from new.problem) execute function push_noted();
drop trigger if exists push_chat on chat;
create trigger push_chat after update of assignee_id on chat for each row
  when (new.assignee_id is null and old.assignee_id is not null and new.waiting_since is not null and new.state <> 'closed' and new.merged_into is null) execute function push_noted();

/* Nothing reaches a device any more, and its keys are forgotten. */
create or replace function push_drop(device_ uuid, why text) returns void language sql volatile as $$
  update push_device set dropped_at = now(), dropped_why = why, endpoint = '', p256dh = '', auth = '' where id = device_ and dropped_at is null
$$;

/* A sign-in ended, whoever ended it: a shared phone never shows another person's chats. */
create or replace function push_session_ended() returns trigger language plpgsql as $$
begin
  perform public.push_drop(d.id, 'signed_out') from public.push_device d where d.session_id = new.id and d.dropped_at is null;
  return null;
end $$;
drop trigger if exists push_session on session;
create trigger push_session after update of revoked_at on session for each row when (old.revoked_at is null and new.revoked_at is not null) execute function push_session_ended();

/* Unanswered chats of whoever's sight is set: the app's one figure. */
create or replace function push_badge() returns int language sql stable as $$
  select (api_chat_counts('{}') ->> 'unanswered')::int
$$;

/*
 * What a push is about, as things stand now; null when there is nothing to say any more. `people`: who alone may be meant, null for
 * whoever may do what `permission` says. `upto`: the customer's newest word, told by one push for all before it.
 */
create or replace function push_subject(ref jsonb) returns jsonb language plpgsql stable as $$
declare
  m message;
  c chat;
  t transfer;
  n mention;
  a alarm;
begin
  case ref ->> 'what'
    when 'message' then
      select * into m from message where id = as_uuid(ref ->> 'messageId');
      select * into c from chat where id = m.chat_id;
      if c.waiting_since is null or m.at < c.waiting_since or c.state = 'closed' or m.deleted_at is not null then return null; end if;
      return jsonb_build_object('kind', case when c.assignee_id is null then 'queue' else 'message' end, 'tag', 'c:' || c.id, 'chatId', c.id, 'at', iso(m.at), 'upto', iso(c.last_inbound_at),
        'people', case when c.assignee_id is not null then jsonb_build_array(c.assignee_id) end, 'permission', 'messages.send');
    when 'queue' then
      select * into c from chat where id = chat_alive(as_uuid(ref ->> 'chatId'));
      if c.waiting_since is null or c.state = 'closed' or c.assignee_id is not null then return null; end if;
      return jsonb_build_object('kind', 'queue', 'tag', 'c:' || c.id, 'chatId', c.id, 'at', iso(c.waiting_since), 'since', iso(c.moved_at), 'upto', iso(c.last_inbound_at), 'permission', 'messages.send');
    when 'assignment' then
      select * into c from chat where id = chat_alive(as_uuid(ref ->> 'chatId'));
      if c.state = 'closed' or c.assignee_id is distinct from as_uuid(ref ->> 'personId') then return null; end if;
      return jsonb_build_object('kind', 'assignment', 'tag', 'c:' || c.id, 'chatId', c.id, 'at', iso(c.moved_at), 'since', iso(c.moved_at), 'upto', iso(c.last_inbound_at), 'by', ref -> 'by',
        'people', jsonb_build_array(c.assignee_id));
    when 'transfer_asked' then
      select * into t from transfer where id = as_uuid(ref ->> 'transferId');
      if t.state is distinct from 'requested' then return null; end if;
      return jsonb_build_object('kind', 'transfer_asked', 'tag', 't:' || t.id, 'chatId', chat_alive(t.chat_id), 'transferId', t.id, 'but', t.asked_by, 'permission', 'transfers.decide');
    when 'transfer_answered' then
      select * into t from transfer where id = as_uuid(ref ->> 'transferId');
      if t.state not in ('approved', 'denied', 'expired') then return null; end if;
      -- The history of what one asked outlives the right to see the chat.
      return jsonb_build_object('kind', 'transfer_answered', 'tag', 't:' || t.id, 'transferId', t.id, 'people', jsonb_build_array(t.asked_by));
    when 'mention' then
      select * into n from mention where id = as_uuid(ref ->> 'mentionId');
      if n.id is null or n.seen_at is not null then return null; end if;
      return jsonb_build_object('kind', 'mention', 'tag', 'm:' || n.id, 'chatId', chat_alive(n.chat_id), 'mentionId', n.id, 'people', jsonb_build_array(n.person_id));
    when 'channel' then
      -- Another cause has a push of its own; what somebody has taken note of is repeated to nobody.
      return (select jsonb_build_object('kind', 'channel', 'tag', 'n:' || x.id, 'channelId', x.id, 'permission', 'dashboard.read', 'people', (select coalesce(jsonb_agg(w), '[]') from watchers_of(x) w))
        from channel x where x.id = as_uuid(ref ->> 'channelId') and x.problem = ref ->> 'problem' and x.archived_at is null and not outage_is_seen(x.id));
    when 'channel_back' then
      -- On phones that still say that it stands still, this takes the place of that.
      return (select jsonb_build_object('kind', 'channel', 'tag', 'n:' || x.id, 'channelId', x.id, 'permission', 'dashboard.read', 'isBack', true, 'people', jsonb_agg(distinct y.person_id))
        from channel x join push_delivery y on y.tag = 'n:' || x.id and y.account_id = x.account_id and y.state = 'sent' and y.created_at > now() - interval '14 days'
        where x.id = as_uuid(ref ->> 'channelId') and x.problem is null and x.archived_at is null
          and y.created_at >= (select max(o.began_at) - interval '1 minute' from channel_outage o where o.channel_id = x.id)
        group by x.id);
    when 'alarm' then
      select * into a from alarm where id = as_uuid(ref ->> 'alarmId') and over_at is null;
      if a.id is null then return null; end if;
      if a.kind = 'operator_work' then
        return jsonb_build_object('kind', 'alert', 'tag', 'a:' || a.kind, 'alarmId', a.id, 'people', operators_of(a.account_id));
      end if;
      return jsonb_build_object('kind', 'alert', 'tag', 'a:' || a.kind, 'alarmId', a.id, 'permission', case when a.kind like 'balance\_%' then 'billing.read' else 'account.manage' end);
    when 'subscription' then
      if subscription_matter(as_uuid(ref ->> 'eventId')) is null then return null; end if;
      return (select jsonb_build_object('kind', 'alert', 'tag', 'u:' || e.subscription_id, 'eventId', e.id, 'permission', 'billing.manage')
        from subscription_event e where e.id = as_uuid(ref ->> 'eventId'));
    when 'alert' then
      if not exists (select from dead_letter d where d.id = as_uuid(ref ->> 'deadLetterId') and d.settled_at is null) then return null; end if;
      return jsonb_build_object('kind', 'alert', 'tag', 'a:dead', 'deadLetterId', ref -> 'deadLetterId', 'permission', 'dead_letters.manage');
  end case;
end $$;

/* A contact as the person sees them whose sight is set. */
create or replace function push_name(contact_ uuid) returns text language sql stable as $$
  select coalesce(k.name, k.profile_name, k.username, phone_shown(k.phone)) from contact k where k.id = contact_
$$;

/* What this person is shown of the subject, by their own sight, which is set; null when it is not theirs to hear of. */
create or replace function push_shown(s jsonb, grants jsonb) returns jsonb language plpgsql stable as $$
declare
  c chat;
  t transfer;
  facts jsonb;
begin
  if s ->> 'permission' is not null and not grants ? (s ->> 'permission') then return null; end if;
  if s ->> 'chatId' is not null then
    select * into c from chat where id = (s ->> 'chatId')::uuid;
    if c.id is null then return null; end if;
    -- Read since, on whatever device.
    if s ? 'at' and exists (select from chat_read r where r.person_id = this_person() and r.chat_id = c.id and r.upto >= (s ->> 'at')::timestamptz) then return null; end if;
    facts := jsonb_build_object('contact', push_name(c.contact_id), 'assigneeId', c.assignee_id);
  end if;
  case
    when s ->> 'kind' in ('message', 'queue', 'assignment') then
      return facts || (select coalesce(jsonb_agg(jsonb_build_object('text', left(m.text, 120), 'media', case when m.kind <> 'text' then m.kind end)) -> 0, '{}')
          from (select m.text, m.kind from message m where m.chat_id = c.id and m.direction = 'in' and m.kind <> 'system' and m.deleted_at is null order by m.at desc, m.id desc limit 1) m)
        || jsonb_build_object('count', c.unanswered, 'by', s -> 'by', 'actions', jsonb_build_object('reply', grants ? 'messages.send', 'settle', grants ? 'chats.close' and c.waiting_since is not null));
    when s ->> 'kind' in ('transfer_asked', 'transfer_answered') then
      select * into t from transfer where id = (s ->> 'transferId')::uuid;
      return coalesce(facts, jsonb_build_object('contact', (select coalesce(k.name, k.profile_name, k.username) from place_of_chat(t.chat_id) x join contact k on k.id = x.contact_id)))
        || jsonb_build_object('by', (select p.name from person p where p.id = case when t.state = 'requested' then t.asked_by else t.decided_by end),
          'to', coalesce((select p.name from person p where p.id = t.to_person_id), (select d.name from department d where d.id = t.to_department_id)),
          'state', t.state, 'text', case when t.state = 'requested' then t.reason else t.decided_reason end);
    when s ->> 'kind' = 'mention' then
      return facts || (select jsonb_build_object('by', m.author_name, 'text', left(m.text, 120), 'messageId', m.id)
        from mention n join message m on m.id = n.message_id where n.id = (s ->> 'mentionId')::uuid);
    when s ->> 'kind' = 'channel' then
      return (select jsonb_build_object('contact', n.name, 'problem', n.problem) from channel n where n.id = (s ->> 'channelId')::uuid);
    when s ? 'alarmId' then
      return (select jsonb_build_object('problem', a.kind, 'count', a.figure) from alarm a where a.id = (s ->> 'alarmId')::uuid);
    when s ? 'eventId' then
      return subscription_matter((s ->> 'eventId')::uuid);
    else
      return (select jsonb_build_object('problem', d.kind) from dead_letter d where d.id = (s ->> 'deadLetterId')::uuid);
  end case;
end $$;

/* Whether a notification that is shown still says something to the person whose sight is set. */
create or replace function push_stands(x push_delivery) returns boolean language sql stable as $$
  select case
    when x.kind in ('message', 'queue', 'assignment') then exists (select from chat c where c.id = x.subject_id and c.state <> 'closed'
      and (c.assignee_id = x.person_id or (c.assignee_id is null and x.kind = 'queue'))
      and (c.waiting_since is not null or (x.kind = 'assignment' and c.last_at <= x.created_at))
      and not exists (select from chat_read r where r.person_id = x.person_id and r.chat_id = c.id and r.upto >= x.upto))
    when x.kind = 'transfer_asked' then exists (select from transfer t where t.id = x.subject_id and t.state = 'requested')
    when x.kind = 'mention' then exists (select from mention n where n.id = x.subject_id and n.seen_at is null)
    when x.kind = 'channel' then exists (select from channel n where n.id = x.subject_id and n.problem is not null)
    when x.kind = 'alert' then exists (select from dead_letter d where d.id = x.subject_id and d.settled_at is null)
      or exists (select from alarm a where a.id = x.subject_id and a.over_at is null) or subscription_matter(x.subject_id) is not null
    else x.created_at > now() - interval '1 day' end
$$;

/* Tags that a device shows for nothing; from now on it counts as told. Ten at a time: a push is small. */
create or replace function push_withdraw(device_ uuid, but text) returns jsonb language sql volatile as $$
  with gone as (update push_delivery set closed_at = now() where id in (
      select x.id from push_delivery x where x.device_id = device_ and x.state = 'sent' and x.closed_at is null and x.tag <> but and not push_stands(x) order by x.id limit 10)
    returning tag)
  select coalesce(jsonb_agg(distinct tag), '[]') from gone
$$;

/* Whether this person is to be left alone with this kind just now: switched off, on a break, in quiet hours, not their own. */
create or replace function push_silenced(p person, q push_choice, kind_ text, is_mine boolean) returns boolean language sql stable as $$
  select kind_ = any(q.muted) or push_is_quiet(q, now())
    or (p.away_since is not null and kind_ in ('message', 'queue', 'assignment', 'mention'))
    or (q.only_mine and not is_mine and kind_ in ('message', 'queue', 'mention'))
$$;

/* Seconds until this person may be told of the same again: 0 when at once, null when they have been told of all of it. */
create or replace function push_wait(person_ uuid, s jsonb, job_ uuid) returns int language plpgsql stable as $$
declare
  last_ push_delivery;
  every interval := case s ->> 'kind' when 'alert' then interval '15 minutes' when 'channel' then interval '1 minute' else interval '30 seconds' end;
begin
  if exists (select from push_delivery x where x.job_id = job_ and x.person_id = person_) then return 0; end if;
  select * into last_ from push_delivery x
  where x.person_id = person_ and x.tag = s ->> 'tag' and x.state in ('due', 'sent') and (s ->> 'kind' not in ('transfer_asked', 'transfer_answered') or x.kind = s ->> 'kind')
  order by x.created_at desc limit 1;
  if last_.id is null then return 0; end if;
  if s ? 'upto' and last_.upto is not distinct from greatest(last_.upto, (s ->> 'upto')::timestamptz)
    and (not s ? 'since' or last_.created_at >= (s ->> 'since')::timestamptz) then return null; end if;
  return greatest(0, ceil(extract(epoch from last_.created_at + every - now())))::int;
end $$;

/*
 * Who hears of it now, on which devices and in what facts; decided and claimed in one transaction, so that two runs of a job
 * send nothing twice. `again`: seconds after which it is worth looking once more.
 */
create or replace function push_due(account_ uuid, ref jsonb) returns json language plpgsql volatile as $$
declare
  s jsonb;
  p person;
  q push_choice;
  d push_device;
  x push_delivery;
  sight jsonb;
  facts jsonb;
  wait int;
  again int;
  badge int;
  items jsonb[] := '{}';
  claimed uuid[] := '{}';
  job_ uuid := (ref ->> 'id')::uuid;
begin
  perform set_config('app.person', '', true), act_for(account_);
  s := push_subject(ref);
  if s is not null then
    perform pg_advisory_xact_lock(hashtextextended(s ->> 'tag', 31));
    -- A number that stands still is told of again until somebody has looked.
    if s ->> 'kind' = 'channel' and not s ? 'isBack' then
      update push_delivery y set state = 'due' where y.job_id = job_ and y.state in ('sent', 'live') and y.settled_at < now() - interval '14 minutes'
        and not exists (select from push_delivery z where z.job_id = job_ and z.closed_at is not null);
    end if;
    for p in select y.* from person y where y.account_id = account_ and y.deactivated_at is null and y.id::text is distinct from s ->> 'but'
        and (s ->> 'people' is null or s -> 'people' ? y.id::text)
        and exists (select from push_device v where v.person_id = y.id and v.dropped_at is null) loop
      q := push_choice_of(p);
      sight := me_of(p.id) -> 'sight';
      perform set_config('app.person', p.id::text, true), sight_open(sight, s ->> 'permission');
      facts := push_shown(s, sight -> 'grants');
      -- What somebody must put right waits for the end of a quiet night, and is not lost in it.
      if facts is not null and (s ?| array['alarmId', 'eventId'] or (s ->> 'kind' = 'channel' and not s ? 'isBack')) and push_is_quiet(q, now()) then again := least(again, 7200); end if;
      if facts is not null and not push_silenced(p, q, s ->> 'kind', coalesce(facts ->> 'assigneeId' = p.id::text, true)) then
        perform sight_open(sight, null);
        wait := push_wait(p.id, s, job_);
        if wait > 0 then again := least(again, wait); end if;
        if wait = 0 then
          badge := push_badge();
          for d in select v.* from push_device v join session z on z.id = v.session_id
              where v.person_id = p.id and v.dropped_at is null and z.revoked_at is null and z.expires_at > now() and z.last_seen_at > now() - interval '30 days' loop
            insert into push_delivery (account_id, job_id, device_id, person_id, kind, tag, subject_id, upto)
            values (account_, job_, d.id, p.id, s ->> 'kind', s ->> 'tag', as_uuid(coalesce(s ->> 'transferId', s ->> 'mentionId', s ->> 'channelId', s ->> 'deadLetterId', s ->> 'alarmId', s ->> 'eventId', s ->> 'chatId')),
              (s ->> 'upto')::timestamptz) on conflict (job_id, device_id) do nothing;
            select * into x from push_delivery y where y.job_id = job_ and y.device_id = d.id;
            if x.state = 'due' then
              claimed := claimed || x.id;
              items := items || jsonb_build_object('id', x.id, 'personId', p.id, 'sessionId', d.session_id, 'endpoint', d.endpoint, 'p256dh', d.p256dh, 'auth', d.auth,
                'language', p.language, 'preview', q.preview, 'sound', q.sound, 'badge', badge, 'close', push_withdraw(d.id, s ->> 'tag'), 'facts', facts);
            end if;
          end loop;
        end if;
      end if;
    end loop;
    perform set_config('app.person', '', true), act_for(account_);
  end if;
  -- Claimed by a run before, and no longer theirs to hear.
  update push_delivery set state = 'withheld', settled_at = now() where job_id = job_ and state = 'due' and not id = any(claimed);
  if s ->> 'kind' = 'channel' and not s ? 'isBack' and (again is null or again > 900) and exists (select from push_delivery y where y.job_id = job_ and y.state in ('due', 'sent', 'live'))
    and not exists (select from push_delivery y where y.job_id = job_ and y.closed_at is not null) then again := 900; end if;
  return json_build_object('kind', s -> 'kind', 'tag', s -> 'tag', 'chatId', s -> 'chatId', 'transferId', s -> 'transferId', 'again', again, 'items', to_jsonb(items),
    'age', (select extract(epoch from now() - j.created_at)::int from job j where j.id = job_));
end $$;

/* What a push service said about a device. */
create or replace function push_device_heard(device_ uuid, endpoint_ text, state_ text, code_ text) returns void language plpgsql volatile as $$
begin
  if state_ = 'sent' then
    update push_device set delivered_at = now(), trouble = null where id = device_;
  elsif state_ = 'gone' then
    -- The phone may have a new address by now.
    perform push_drop(d.id, 'gone') from push_device d where d.id = device_ and d.endpoint = endpoint_;
  elsif state_ = 'failed' or state_ = 'due' then
    update push_device set trouble = left(code_, 40) where id = device_ and dropped_at is null;
  end if;
end $$;

/* What became of pushes: [{id, endpoint, state, code}]. One that stays `due` is tried again. */
create or replace function push_settle(account_ uuid, results jsonb) returns void language plpgsql volatile as $$
declare
  r jsonb;
  device_ uuid;
begin
  perform act_for(account_);
  for r in select value from jsonb_array_elements(results) loop
    update push_delivery set state = r ->> 'state', code = left(r ->> 'code', 40), settled_at = case when r ->> 'state' <> 'due' then now() end
    where id = (r ->> 'id')::uuid returning device_id into device_;
    if r ->> 'state' not in ('live', 'withheld') then perform push_device_heard(device_, r ->> 'endpoint', r ->> 'state', r ->> 'code'); end if;
  end loop;
end $$;

/* The same for a test, which is no delivery. */
create or replace function push_tested(account_ uuid, device_ uuid, endpoint_ text, state_ text, code_ text) returns void language plpgsql volatile as $$
begin
  perform act_for(account_);
  perform push_device_heard(device_, endpoint_, state_, code_);
end $$;

create or replace function push_choice_json(q push_choice) returns jsonb language sql stable as $$
  select jsonb_build_object('muted', q.muted, 'preview', q.preview, 'sound', q.sound, 'onlyMine', q.only_mine, 'timeZone', q.time_zone,
    'quiet', case when q.quiet_from is not null then jsonb_build_object('from', to_char(q.quiet_from, 'HH24:MI'), 'to', to_char(q.quiet_to, 'HH24:MI'), 'days', q.quiet_days) end)
$$;

create or replace function api_push(args jsonb) returns json language sql stable as $$
  select json_build_object('choice', push_choice_json(push_choice_of(p)),
    'devices', (select coalesce(json_agg(json_build_object('id', d.id, 'isThis', d.session_id = this_session(), 'userAgent', d.user_agent, 'createdAt', iso(d.created_at),
        'deliveredAt', iso(d.delivered_at), 'trouble', d.trouble,
        'dropped', case when d.dropped_at is not null then json_build_object('at', iso(d.dropped_at), 'why', d.dropped_why) end)
        order by d.dropped_at is not null, d.session_id = this_session() desc, coalesce(d.dropped_at, d.posted_at) desc), '[]')
      from push_device d where d.person_id = p.id and (d.dropped_at is null or (d.dropped_why <> 'removed' and d.dropped_at > now() - interval '14 days'))))
  from person p where p.id = this_person()
$$;

/* Whoever had this address before has it no more: a browser belongs to who is signed in there now, of whatever company. */
create or replace function push_address_free(endpoint_ text, person_ uuid, install_ uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  select public.push_drop(d.id, 'replaced') from public.push_device d
  where d.endpoint = endpoint_ and d.dropped_at is null and (d.person_id <> person_ or d.install_id <> install_)
$$;

/* At most ten devices of a person: the one that was silent longest makes room. */
create or replace function push_make_room(person_ uuid) returns void language sql volatile as $$
  select push_drop(x.id, 'too_many') from (select d.id from push_device d where d.person_id = person_ and d.dropped_at is null order by d.posted_at desc, d.id desc offset 10) x
$$;

create or replace function api_push_device_post(args jsonb) returns json language plpgsql volatile as $$
begin
  perform push_address_free(args ->> 'endpoint', this_person(), (args ->> 'installId')::uuid);
  insert into push_device as d (account_id, person_id, session_id, install_id, endpoint, p256dh, auth, user_agent)
  values (this_account(), this_person(), this_session(), (args ->> 'installId')::uuid, args ->> 'endpoint', args ->> 'p256dh', args ->> 'auth', left(args ->> 'userAgent', 300))
  on conflict (person_id, install_id) do update set session_id = this_session(), endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth,
    user_agent = excluded.user_agent, posted_at = now(), dropped_at = null, dropped_why = null,
    trouble = case when d.endpoint = excluded.endpoint then d.trouble end;
  perform push_make_room(this_person());
  return api_push(args);
end $$;

/* The browser has another address now. It names the one before, or is known by its sign-in. */
create or replace function api_push_device_rotate(args jsonb) returns json language plpgsql volatile as $$
declare d push_device;
begin
  select * into d from push_device x where x.person_id = this_person() and (x.session_id = this_session() or (x.dropped_at is null and x.endpoint = args ->> 'before'))
  order by x.endpoint is not distinct from args ->> 'before' desc, x.posted_at desc limit 1 for update;
  if d.id is null then return null; end if;
  perform push_address_free(args ->> 'endpoint', this_person(), d.install_id);
  update push_device set session_id = this_session(), endpoint = args ->> 'endpoint', p256dh = args ->> 'p256dh', auth = args ->> 'auth', posted_at = now(),
    dropped_at = null, dropped_why = null, trouble = null where id = d.id;
  return json_build_object('done', true);
end $$;

create or replace function api_push_device_remove(args jsonb) returns json language plpgsql volatile as $$
begin
  if not exists (select from push_device d where d.id = as_uuid(args ->> 'pushDeviceId') and d.person_id = this_person()) then return null; end if;
  perform push_drop(as_uuid(args ->> 'pushDeviceId'), 'removed');
  update push_device set dropped_why = 'removed' where id = as_uuid(args ->> 'pushDeviceId');
  return api_push(args);
end $$;

/* One of the caller's devices with its keys, for the Worker alone. */
create or replace function api_push_device_inner(args jsonb) returns json language sql stable as $$
  select json_build_object('id', d.id, 'endpoint', d.endpoint, 'p256dh', d.p256dh, 'auth', d.auth, 'personId', d.person_id, 'language', p.language, 'badge', push_badge())
  from push_device d join person p on p.id = d.person_id
  where d.id = as_uuid(args ->> 'pushDeviceId') and d.person_id = this_person() and d.dropped_at is null
$$;

create or replace function api_push_choose(args jsonb) returns json language plpgsql volatile as $$
begin
  if args ->> 'timeZone' is not null and not exists (select from pg_timezone_names z where z.name = args ->> 'timeZone') then perform refuse('time_zone_unknown'); end if;
  insert into push_choice (person_id, account_id, muted, preview, sound, only_mine, quiet_from, quiet_to, quiet_days, time_zone)
  values (this_person(), this_account(), array(select jsonb_array_elements_text(args -> 'muted')), (args ->> 'preview')::boolean, (args ->> 'sound')::boolean, (args ->> 'onlyMine')::boolean,
    (args -> 'quiet' ->> 'from')::time, (args -> 'quiet' ->> 'to')::time,
    array(select distinct x::int from jsonb_array_elements_text(case when jsonb_typeof(args -> 'quiet') = 'object' then args -> 'quiet' -> 'days' else '[]' end) x order by 1), args ->> 'timeZone')
  on conflict (person_id) do update set muted = excluded.muted, preview = excluded.preview, sound = excluded.sound, only_mine = excluded.only_mine,
    quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, quiet_days = excluded.quiet_days, time_zone = excluded.time_zone;
  return api_push(args);
end $$;

/* What this device shows and still says something; it closes all else, so that counts as told. */
create or replace function api_push_standing(args jsonb) returns json language plpgsql volatile as $$
declare device_ uuid := (select d.id from push_device d where d.person_id = this_person() and d.session_id = this_session() and d.dropped_at is null order by d.posted_at desc limit 1);
begin
  update push_delivery x set closed_at = now() where x.device_id = device_ and x.state = 'sent' and x.closed_at is null and not push_stands(x);
  return json_build_object('unanswered', push_badge(),
    'tags', (select coalesce(json_agg(distinct x.tag), '[]') from push_delivery x where x.device_id = device_ and x.state = 'sent' and x.closed_at is null));
end $$;

/* Looked at, or put away, on whatever device: nobody is reminded of it again. */
create or replace function api_push_seen(args jsonb) returns json language plpgsql volatile as $$
declare is_new boolean;
begin
  update push_delivery set closed_at = now() where person_id = this_person() and tag = args ->> 'tag' and state in ('sent', 'live') and closed_at is null;
  is_new := found;
  update channel_outage_told t set seen_at = now() from channel_outage o
  where t.person_id = this_person() and t.seen_at is null and t.account_id = this_account() and o.id = t.outage_id and o.ended_at is null and args ->> 'tag' = 'n:' || o.channel_id;
  return json_build_object('done', is_new or found);
end $$;

/* The message that was read, as api_message_target tells of it; and how far the caller has read its chat now. */
create or replace function api_message_read(args jsonb) returns json language plpgsql volatile as $$
declare
  target json := api_message_target(args);
  m message;
begin
  if target is null then return null; end if;
  select * into m from message where id = (target ->> 'id')::uuid;
  if m.direction = 'in' and this_person() is not null then
    insert into chat_read as r (account_id, person_id, chat_id, upto) values (m.account_id, this_person(), m.chat_id, m.at)
    on conflict (person_id, chat_id) do update set upto = excluded.upto where r.upto < excluded.upto;
    if found then return (target::jsonb || jsonb_build_object('read', iso(m.at)))::json; end if;
  end if;
  return target;
end $$;

do $$
begin
  alter function push_address_free(text, uuid, uuid) owner to app_system;
  revoke all on function push_address_free(text, uuid, uuid) from public;
  grant execute on function push_address_free(text, uuid, uuid) to app_rw;
end $$;
