-- What the providers tell of numbers: kept with its time, compared with what was told before, and watched every hour.

-- It knew of no message's cost before.
drop function if exists alerts_of(jsonb, text, bigint);

/* What the cheapest message from this number costs at its provider, in micro-units of its wallet; at least one: less is nothing. Its own country stands for all. */
create or replace function message_cost(channel_ uuid, currency_ text) returns bigint language sql stable as $$
  select greatest(1, coalesce((message_price(c.kind, c.phone, 'service', false, currency_, now())).cost, 0)) from channel c where c.id = channel_
$$;

/*
 * What is wrong with a number by what was told of it: our failure codes. `points`: where its hooks go. `cost_micros`: of its cheapest
 * message; a wallet that cannot pay that is empty, before anybody tries.
 */
create or replace function alerts_of(number jsonb, points text, low_micros bigint, cost_micros bigint) returns text[] language sql immutable as $$
  select array_remove(array[
    case when points in ('nowhere', 'elsewhere') then 'hook_lost' end,
    case when ((number -> 'wallet' ->> 'balance')::numeric + (number -> 'wallet' ->> 'overdraft')::numeric) * 1000000 < cost_micros then 'credit_out'
      when (number -> 'wallet' ->> 'balance')::numeric * 1000000 < low_micros then 'credit_low' end,
    case when number ->> 'quality' = 'low' then 'quality_low' end,
    case when number ->> 'canSend' in ('LIMITED', 'BLOCKED') then 'account_limited' end], null)
$$;

/* Writes to the log what begins and what is over. */
create or replace function alerts_noted(r channel_report, before_ text[]) returns void language sql volatile as $$
  insert into trace (account_id, at, level, place, what, code, channel_id)
  select r.account_id, clock_timestamp(), 'error', 'provider', 'number_alert', a, r.channel_id from unnest(r.alerts) a where a <> all(before_)
  union all
  select r.account_id, clock_timestamp(), 'info', 'provider', 'number_alert_over', a, r.channel_id from unnest(before_) a where a <> all(r.alerts)
$$;

/*
 * Keeps what a provider has told of a number: { number, points }, or { code } when it did not tell. Gives { channel } as
 * phones must hear of it (null when nothing there has changed) and { kept }: what is known now.
 */
create or replace function channel_reported(account_ uuid, channel_ uuid, args jsonb) returns json language plpgsql volatile as $$
declare
  was channel_report;
  r channel_report;
  told boolean := args ->> 'code' is null;
  sandbox_ boolean := coalesce((args -> 'number' ->> 'sandbox')::boolean, false);
  moved boolean;
begin
  perform act_for(account_);
  insert into channel_report (channel_id, account_id, asked_at) select c.id, c.account_id, now() from channel c where c.id = channel_ on conflict do nothing;
  select * into was from channel_report x where x.channel_id = channel_ for update;
  if was.channel_id is null then return null; end if;
  update channel_report x set asked_at = now(), told_at = case when told then now() else x.told_at end,
    number = case when told then args -> 'number' else x.number end,
    -- A number that was just added has no hook yet: nobody has lost anything.
    alerts = case when told then alerts_of(args -> 'number', case when x.told_at is not null then args ->> 'points' end, x.low_micros,
      message_cost(x.channel_id, args -> 'number' -> 'wallet' ->> 'currency')) else x.alerts end
  where x.channel_id = channel_ returning * into r;
  perform alerts_noted(r, was.alerts);
  -- For the risk that the list of numbers shows.
  if args -> 'number' ->> 'quality' is not null then update channel c set quality = args -> 'number' ->> 'quality', quality_at = now() where c.id = channel_; end if;
  update channel c set sandbox = sandbox_, rev = rev + 1
  where c.id = channel_ and told and (c.sandbox <> sandbox_ or was.alerts <> r.alerts);
  moved := found;
  -- An empty wallet stops a number until there is credit again.
  if told and 'credit_out' <> all(r.alerts) then
    update channel c set problem = null, rev = rev + 1 where c.id = channel_ and c.problem = 'wallet_empty' and args -> 'number' ->> 'wallet' is not null;
    moved := moved or found;
  end if;
  return json_build_object('channel', case when moved then (select s.json from channel_shape s where s.id = channel_) end,
    'kept', json_build_object('number', r.number, 'toldAt', iso(r.told_at), 'alerts', r.alerts, 'lowCredit', r.low_micros / 1000000.0, 'begun', limit_now(channel_)));
end $$;

/* Below which credit an alert is raised. */
create or replace function api_low_credit_set(args jsonb) returns json language plpgsql volatile as $$
declare
  was channel_report;
  r channel_report;
begin
  insert into channel_report (channel_id, account_id, asked_at)
  select c.id, c.account_id, now() - interval '1 day' from channel c where c.id = as_uuid(args ->> 'channelId') and c.account_id = this_account() on conflict do nothing;
  select * into was from channel_report x where x.channel_id = as_uuid(args ->> 'channelId') for update;
  if was.channel_id is null then return null; end if;
  update channel_report x set low_micros = round((args ->> 'amount')::numeric * 1000000),
    alerts = array_remove(array_remove(x.alerts, 'credit_low'), 'credit_out')
      || array(select a from unnest(alerts_of(x.number, null, round((args ->> 'amount')::numeric * 1000000)::bigint,
        message_cost(x.channel_id, x.number -> 'wallet' ->> 'currency'))) a where a like 'credit\_%')
  where x.channel_id = was.channel_id returning * into r;
  perform alerts_noted(r, was.alerts);
  if was.alerts <> r.alerts then update channel set rev = rev + 1 where id = r.channel_id; end if;
  perform channel_own_changed(r.channel_id, jsonb_build_object('lowCredit', was.low_micros / 1000000.0), jsonb_build_object('lowCredit', r.low_micros / 1000000.0));
  return json_build_object('amount', r.low_micros / 1000000.0);
end $$;

/* The audit log hears of what was changed of a number at its provider. */
create or replace function api_channel_noted(args jsonb) returns json language plpgsql volatile as $$
declare name_ text := (select c.name from channel c where c.id = as_uuid(args ->> 'channelId') and c.account_id = this_account());
begin
  if name_ is null then return null; end if;
  perform audit_mine('channel.changed', 'channel', args ->> 'channelId', name_, null, args -> 'what');
  return json_build_object('done', true);
end $$;

/* Numbers of all companies that nobody has asked about for an hour: a job each, once an hour. For the minute's sweep. */
create or replace function watch_due() returns table (id uuid, kind text) language sql volatile security definer
set search_path = pg_catalog, public as $$
  insert into public.job (id, account_id, kind, ref)
  select public.automatic_id(c.id, 'watch', to_char(now() at time zone 'utc', 'YYYY-MM-DD HH24')), c.account_id, 'watch', jsonb_build_object('channelId', c.id)
  from public.channel c left join public.channel_report r on r.channel_id = c.id
  where c.archived_at is null and c.kind in ('meta', 'gupshup') and coalesce(r.asked_at, c.created_at) < now() - interval '1 hour'
  order by coalesce(r.asked_at, c.created_at) limit 20
  on conflict (id) do nothing returning id, kind
$$;

do $$
begin
  alter function watch_due() owner to app_system;
  revoke all on function watch_due() from public;
  grant execute on function watch_due() to app_rw;
end $$;
