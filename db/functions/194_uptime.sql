-- How steadily numbers were there. When an unofficial number's connection changed is known to its own object.

/* A number begins or ends to be paused or put away, in whatever transaction that is. */
create or replace function channel_rested() returns trigger language plpgsql as $$
declare
  r record;
begin
  for r in select * from (values ('paused', new.sending_paused_at is not null or new.receiving_paused_at is not null), ('archived', new.archived_at is not null)) x(what, is_on) loop
    if r.is_on then
      insert into channel_rest (account_id, channel_id, what, began_at) values (new.account_id, new.id, r.what, clock_timestamp())
      on conflict (channel_id, what) where ended_at is null do nothing;
    else
      update channel_rest set ended_at = clock_timestamp() where channel_id = new.id and what = r.what and ended_at is null;
    end if;
  end loop;
  return null;
end $$;
drop trigger if exists rested on channel;
create trigger rested after insert or update of sending_paused_at, receiving_paused_at, archived_at on channel for each row execute function channel_rested();

drop policy if exists seen on channel_rest;
create policy seen on channel_rest as restrictive to app_rw using (exists (select from channel c where c.id = channel_id)) with check (true);

/* What is written down of a number since then: when it was meant to rest, when it did not work, and when its provider was last asked. */
create or replace function api_uptime(args jsonb) returns json language sql stable as $$
  select json_build_object('kind', c.kind, 'createdAt', iso(c.created_at), 'askedAt', (select iso(r.asked_at) from channel_report r where r.channel_id = c.id),
    'rests', (select coalesce(json_agg(json_build_object('what', r.what, 'beganAt', iso(r.began_at), 'endedAt', iso(r.ended_at)) order by r.began_at), '[]')
      from channel_rest r where r.channel_id = c.id and (r.ended_at is null or r.ended_at > (args ->> 'from')::timestamptz)),
    'outages', (select coalesce(json_agg(json_build_object('problem', o.problem, 'beganAt', iso(o.began_at), 'endedAt', iso(o.ended_at)) order by o.began_at), '[]')
      from channel_outage o where o.channel_id = c.id and (o.ended_at is null or o.ended_at > (args ->> 'from')::timestamptz)))
  from channel c where c.id = as_uuid(args ->> 'channelId') and c.account_id = this_account()
$$;
