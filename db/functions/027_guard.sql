-- The guardian of unofficial numbers: limits that protect from a ban, and how close a number is to one (contract/guard.ts).

/* The limits of a number: what nobody has set is as usual. */
create or replace function guard_settings(c channel) returns jsonb language sql immutable parallel safe as $$
  select '{"firstContact": false, "firstPerDay": 50, "warmUp": true, "samePerHour": 20, "pace": "natural"}'::jsonb || coalesce(c.guard, '{}')
$$;

-- It has grown by `at` since.
drop function if exists first_contacts(uuid, timestamptz);

/*
 * People whom a number wrote to before they ever wrote, since then: whether they have answered, and when it was. Of the whole
 * number, whoever asks. Where the phone's history begins nobody knows what was said before.
 */
create or replace function first_contacts(channel_ uuid, since timestamptz) returns table (chat_id uuid, answered boolean, at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  select c.id, c.last_inbound_at is not null, f.at
  from public.chat c cross join lateral (
    select m.direction, m.at, m.extra from public.message m where m.chat_id = c.id and m.direction <> 'note' and m.status is distinct from 'failed'
      and m.status is distinct from 'discarded' and m.kind <> 'system' order by m.at, m.id limit 1) f
  where c.channel_id = channel_ and c.merged_into is null and c.last_at > since and f.direction = 'out' and f.at > since and f.extra ->> 'past' is null
$$;

/* How many people a number may write to first today. A young number begins with ten, and ten more each week. */
create or replace function first_max(c channel) returns int language sql stable as $$
  select case when (guard_settings(c) ->> 'warmUp')::boolean
    then least((guard_settings(c) ->> 'firstPerDay')::int, 10 + 10 * (extract(epoch from now() - coalesce(c.linked_at, now())) / 604800)::int)
    else (guard_settings(c) ->> 'firstPerDay')::int end
$$;

/* People who have not written for a day and got these words within the hour: of the whole number, whoever asks. */
create or replace function same_words(channel_ uuid, text_ text) returns int language sql stable security definer set search_path = pg_catalog, public as $$
  select count(*)::int from public.chat c where c.channel_id = channel_ and c.merged_into is null and c.last_at > now() - interval '1 hour'
    and (c.last_inbound_at is null or c.last_inbound_at < now() - interval '24 hours')
    and exists (select from public.message m where m.chat_id = c.id and m.at > now() - interval '1 hour' and m.direction = 'out' and m.text = text_
      and m.author_kind <> 'system')
$$;

do $$
declare f text;
begin
  foreach f in array array['first_contacts(uuid, timestamptz)', 'same_words(uuid, text)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;

/* Why a number is close to a ban. Pure arithmetic over what is known. */
create or replace function guard_reasons(c channel) returns jsonb language plpgsql stable as $$
declare
  reasons jsonb := '[]';
  used int;
  begun int;
  answered_ int;
begin
  if c.kind <> 'session' then return reasons; end if;
  if c.first_frozen_until > now() then
    reasons := reasons || jsonb_build_object('level', 'high', 'code', 'restricted', 'since', iso(c.first_frozen_until));
  end if;
  select count(*), count(*) filter (where answered), count(*) filter (where at > now() - interval '24 hours') into begun, answered_, used
  from first_contacts(c.id, now() - interval '7 days');
  if begun >= 10 and answered_ * 5 < begun then
    reasons := reasons || jsonb_build_object('level', 'high', 'code', 'first_unanswered', 'failed', begun - answered_, 'sent', begun);
  end if;
  if used > 0 and used * 5 >= first_max(c) * 4 then
    reasons := reasons || jsonb_build_object('level', 'watch', 'code', 'first_many', 'failed', used, 'sent', first_max(c));
  end if;
  if (guard_settings(c) ->> 'firstContact')::boolean and c.linked_at > now() - interval '7 days' then
    reasons := reasons || '{"level":"watch","code":"young"}'::jsonb;
  end if;
  return reasons;
end $$;

/* What the send rules must know before a number writes: null where the guardian has nothing to say. */
create or replace function guard_for(k chat, c channel, text_ text) returns json language plpgsql stable as $$
declare
  reasons jsonb;
  cold boolean := k.last_inbound_at is null or k.last_inbound_at < now() - interval '24 hours';
begin
  if c.kind <> 'session' or not cold then return null; end if;
  if k.last_inbound_at is null and not exists (select from message m where m.chat_id = k.id and m.direction = 'out' and m.status not in ('failed', 'discarded')) then
    reasons := guard_reasons(c);
  end if;
  return json_build_object(
    'first', case when reasons is not null then json_build_object('isAllowed', (guard_settings(c) ->> 'firstContact')::boolean,
      'used', (select count(*) from first_contacts(c.id, now() - interval '24 hours')), 'max', first_max(c),
      'frozenUntil', case when c.first_frozen_until > now() then iso(c.first_frozen_until) end, 'isStopped', reasons @> '[{"code":"first_unanswered"}]') end,
    'same', case when text_ is not null then json_build_object('people', same_words(c.id, text_), 'max', (guard_settings(c) ->> 'samePerHour')::int) end);
end $$;

create or replace function api_guard(args jsonb) returns json language sql stable as $$
  select json_build_object('rev', c.rev, 'settings', guard_settings(c),
    'first', json_build_object('used', (select count(*) from first_contacts(c.id, now() - interval '24 hours')), 'max', first_max(c)),
    'frozenUntil', case when c.first_frozen_until > now() then iso(c.first_frozen_until) end, 'linkedAt', iso(c.linked_at),
    'risk', case when r.reasons @> '[{"level":"high"}]' then 'high' when r.reasons <> '[]' then 'watch' else 'none' end, 'reasons', r.reasons)
  from channel c cross join lateral (select guard_reasons(c) as reasons) r
  where c.account_id = this_account() and c.id = as_uuid(args ->> 'channelId') and c.kind = 'session'
$$;

create or replace function api_guard_set(args jsonb) returns json language plpgsql volatile as $$
declare
  was channel;
  c channel;
begin
  select * into was from channel where id = as_uuid(args ->> 'channelId') and account_id = this_account() and kind = 'session' for update;
  if was.id is null then return null; end if;
  if was.rev <> (args ->> 'rev')::bigint then perform refuse('changed_meanwhile'); end if;
  update channel set guard = args -> 'settings', rev = rev + 1 where id = was.id returning * into c;
  if guard_settings(was) <> guard_settings(c) then
    perform audit_mine('channel.changed', 'channel', c.id::text, c.name, differing(guard_settings(was), guard_settings(c)), differing(guard_settings(c), guard_settings(was)));
  end if;
  return api_guard(args);
end $$;

/* WhatsApp has refused a first contact: no more of them for a day. */
create or replace function first_frozen(account_ uuid, channel_ uuid) returns void language plpgsql volatile as $$
begin
  perform act_for(account_);
  update channel set first_frozen_until = now() + interval '24 hours', rev = rev + 1 where id = channel_;
end $$;
