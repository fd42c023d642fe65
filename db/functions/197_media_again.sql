-- Files that did not come: asked for again by a person, or by themselves when their number is back.

/* Puts a lost file on its way again; the job that fetches it. */
create or replace function media_anew(account_ uuid, media_ uuid) returns jsonb language plpgsql volatile as $$
declare
  job_ uuid;
  m message;
begin
  select * into m from message x where x.media_id = media_ order by x.id limit 1;
  update media set state = 'pending', reason = null where id = media_ and r2_key is null and ref is not null and (state = 'lost' or reason = 'on_demand');
  if not found or m.id is null then return '[]'; end if;
  update message set rev = rev + 1 where media_id = media_;
  insert into job (account_id, kind, ref, trace_id)
  values (account_, 'media', jsonb_build_object('mediaId', media_, 'messageId', m.id, 'channelId', m.channel_id), m.trace_id) returning id into job_;
  -- What had failed for good is under way: nobody needs to decide about it.
  update dead_letter set settled = 'retried', settled_at = now(), settled_by = this_person()
  where message_id = m.id and kind = 'job' and payload ->> 'kind' = 'media' and settled_at is null;
  return jsonb_build_array(jsonb_build_object('id', job_, 'kind', 'media'));
end $$;

/* A person wants to see a file of the past, or one that did not come. Null when nothing can be asked for. */
create or replace function api_media_fetch(args jsonb) returns json language plpgsql volatile as $$
declare
  m message;
  jobs_ jsonb;
begin
  select x.* into m from message x join media f on f.id = x.media_id
  where x.media_id = as_uuid(args ->> 'mediaId') and x.account_id = this_account() and f.ref is not null and x.deleted_at is null and x.direction <> 'note' limit 1;
  if m.id is null then return null; end if;
  jobs_ := media_anew(m.account_id, m.media_id);
  if jobs_ <> '[]' then
    insert into trace (account_id, at, level, place, what, trace_id, channel_id, chat_id, message_id, data)
    select m.account_id, clock_timestamp(), 'info', 'person', 'media_asked_again', m.trace_id, m.channel_id, m.chat_id, m.id, jsonb_build_object('person', p.name)
    from person p where p.id = this_person();
  end if;
  return json_build_object('jobs', jobs_, 'facts', chat_facts(array[m.chat_id]), 'messages', (select json_agg(s.json) from message_shape s where s.id = m.id));
end $$;

/*
 * A number is back: the files that waited for it are fetched now and not at their job's next turn, and those given up only
 * because it was away (or its phone was) are fetched after all. The jobs, and the messages that show a file on its way again.
 */
create or replace function media_wake(account_ uuid, channel_ uuid) returns json language plpgsql volatile as $$
declare
  jobs_ jsonb;
  lost_ uuid[];
begin
  perform act_for(account_);
  with woken as (
    update job set run_after = now(), attempts = 0
    where kind = 'media' and done_at is null and started_at is null and attempts > 0 and ref ->> 'channelId' = channel_::text returning id)
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'kind', 'media')), '[]') into jobs_ from woken;
  select array_agg(x.id) into lost_ from (
    select f.id from media f join message m on m.media_id = f.id
    where f.account_id = account_ and f.state = 'lost' and m.channel_id = channel_ and f.reason in ('session_away', 'session_no_node', 'media_phone_away', 'provider_unreachable')
      and m.at > now() - interval '14 days'
    order by m.at desc limit 200) x;
  select jobs_ || coalesce(jsonb_agg(j), '[]') into jobs_ from unnest(lost_) l, lateral jsonb_array_elements(media_anew(account_, l)) j;
  return json_build_object('jobs', jobs_,
    'messages', (select coalesce(json_agg(s.json), '[]') from message m join message_shape s on s.id = m.id where m.media_id = any(lost_)),
    'facts', chat_facts(array(select distinct m.chat_id from message m where m.media_id = any(lost_))));
end $$;
