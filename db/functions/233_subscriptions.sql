-- Subscriptions: one live for each number. What a gateway says is written here, in one statement, whoever brings it (a hook, the
-- page that a buyer returns to, the sweep), in whatever order. Time alone moves the rest: subscriptions_pass().

/*
 * Notes what has happened, for people. What one of them must put right goes to the company's log, to whoever can pay, and to the company's own address; not what somebody
 * has just done by themselves, nor that one subscription took the place of another.
 */
create or replace function subscription_note(s subscription, kind_ text, data_ jsonb, by_ uuid) returns void language plpgsql volatile as $$
declare
  event_ uuid;
  matter jsonb;
begin
  insert into public.subscription_event (account_id, subscription_id, kind, person_id, data, at) values (s.account_id, s.id, kind_, by_, data_, clock_timestamp()) returning id into event_;
  if by_ is not null or kind_ not in ('trial_ends', 'grace', 'suspended', 'paused', 'ended') or data_ ?| array['replaced', 'doubled'] then return; end if;
  matter := public.subscription_matter(event_);
  if matter is null then return; end if;
  insert into public.trace (account_id, at, level, place, what, channel_id, data)
  values (s.account_id, clock_timestamp(), case when kind_ = 'trial_ends' then 'warn' else 'error' end, 'database', matter ->> 'problem', s.channel_id,
    jsonb_build_object('number', matter -> 'contact', 'figure', matter -> 'count'));
  perform public.push_job(s.account_id, 'subscription|' || event_, jsonb_build_object('what', 'subscription', 'eventId', event_));
  perform public.alert_of_subscription(s, event_, matter ->> 'problem');
end $$;

/*
 * What follows from what a gateway has said, for ours to stand as. `late` is grace for as long as the setting says, counted from
 * the end of what was paid: the same whichever look tells it first. Cancelled is cancelled: no grace after that.
 */
create or replace function subscription_standing(look jsonb, grace_days int) returns jsonb language sql immutable as $$
  with x as (select look ->> 'state' as state, (look ->> 'paidUntil')::timestamptz as paid, (look ->> 'cancelsAt')::timestamptz as cancels,
      (look ->> 'seenAt')::timestamptz as seen),
    y as (select x.*, coalesce(x.paid, x.seen) + make_interval(days => grace_days) as grace from x)
  select jsonb_build_object(
    'state', case when y.state <> 'late' then y.state when y.cancels is null and y.grace > y.seen then 'grace' else 'suspended' end,
    'graceUntil', case when y.state = 'late' and y.cancels is null then y.grace end,
    'sendsUntil', case when y.state in ('trial', 'active') then coalesce(y.cancels, y.grace) when y.state = 'late' and y.cancels is null then y.grace end)
  from y
$$;

/* When to look again by ourselves: soon while somebody pays, after the end of a period, and once a day. */
create or replace function subscription_look_at(s subscription) returns timestamptz language sql stable as $$
  select case when s.state = 'pending' then now() + least(interval '6 hours', greatest(interval '2 minutes', (now() - s.created_at) / 2))
    when s.state = 'grace' then now() + interval '6 hours'
    when s.paid_until > now() then least(s.paid_until + interval '5 minutes', now() + interval '1 day') else now() + interval '6 hours' end
$$;

/* The number as phones know it, after its subscription has changed. */
create or replace function subscription_tells(channel_ uuid) returns json language plpgsql volatile as $$
begin
  update public.channel c set rev = c.rev + 1 where c.id = channel_;
  return (select x.json from public.channel_shape x where x.id = channel_);
end $$;

/*
 * Money that was paid for a subscription which never lived beside another one of its number, or after its end: nothing was given for it,
 * so it is not earned, and a person decides what becomes of it.
 */
create or replace function subscription_strays(s subscription) returns void language plpgsql volatile as $$
declare
  p public.payment;
  is_double boolean := exists (select from public.subscription_event e where e.subscription_id = s.id and e.kind = 'ended' and e.data ? 'doubled');
  left_ bigint;
begin
  for p in select * from public.payment x where x.subscription_id = s.id and x.problem is null and (is_double or x.at > s.ended_at) for update loop
    left_ := public.payment_left(p.gateway || ':' || p.ref);
    if left_ > 0 then
      update public.payment set problem = case when is_double then 'subscription_twice' else 'subscription_over' end where id = p.id;
      perform public.ledger_post('stray:' || p.gateway || ':' || p.ref, null, 'revenue_subscriptions', 'unallocated', left_, p.currency, 'allocated', 'payment', p.gateway || ':' || p.ref);
    end if;
  end loop;
end $$;

/*
 * Writes what a look at the gateway's own object has shown: {state, paidUntil, cancelsAt, ref, planPriceId, problem, payUrl, seenAt}.
 * An older look changes nothing; ended is the end. `stray`: the gateway goes on with something that is over here, or a second one
 * for the same number: whoever called cancels it there.
 */
create or replace function subscription_seen(id_ uuid, look jsonb, by_ uuid) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  channel_ uuid;
  s public.subscription;
  b public.subscription;
  other public.subscription;
  now_ jsonb;
  lives boolean := look ->> 'state' not in ('pending', 'ended');
begin
  select x.channel_id into channel_ from public.subscription x where x.id = id_;
  if channel_ is null then return null; end if;
  perform pg_advisory_xact_lock(hashtextextended(channel_::text, 233));
  select * into s from public.subscription x where x.id = id_ for update;
  b := s;
  if s.state = 'ended' then
    perform public.subscription_strays(s);
    return jsonb_build_object('changed', false, 'stray', lives, 'state', s.state, 'channelId', s.channel_id, 'accountId', s.account_id);
  end if;
  if look ->> 'state' <> 'ended' and (look ->> 'seenAt')::timestamptz <= s.seen_at then
    return jsonb_build_object('changed', false, 'stray', false, 'state', s.state, 'channelId', s.channel_id, 'accountId', s.account_id);
  end if;
  if lives and s.state = 'pending' then
    select * into other from public.subscription x where x.channel_id = s.channel_id and x.state not in ('pending', 'ended');
    if other.gateway = 'gift' then
      update public.subscription x set state = 'ended', ended_at = now(), sends_until = null, rev = x.rev + 1 where x.id = other.id returning * into other;
      perform public.subscription_note(other, 'ended', '{"replaced": true}', by_);
    elsif other.id is not null then
      update public.subscription x set state = 'ended', ended_at = now(), seen_at = (look ->> 'seenAt')::timestamptz, ref = coalesce(look ->> 'ref', x.ref), rev = x.rev + 1
      where x.id = s.id returning * into s;
      perform public.subscription_note(s, 'ended', '{"doubled": true}', by_);
      perform public.subscription_strays(s);
      return jsonb_build_object('changed', true, 'stray', true, 'state', s.state, 'channelId', s.channel_id, 'accountId', s.account_id);
    end if;
  end if;
  now_ := public.subscription_standing(look, (select p.grace_days from public.platform_setting p));
  update public.subscription x set state = now_ ->> 'state', grace_until = (now_ ->> 'graceUntil')::timestamptz, sends_until = (now_ ->> 'sendsUntil')::timestamptz,
    paid_until = (look ->> 'paidUntil')::timestamptz, cancels_at = (look ->> 'cancelsAt')::timestamptz, ref = coalesce(look ->> 'ref', x.ref),
    plan_price_id = coalesce(public.as_uuid(look ->> 'planPriceId'), x.plan_price_id), problem = look ->> 'problem', pay_url = look ->> 'payUrl',
    url = case when lives then null else x.url end, seen_at = greatest(x.seen_at, (look ->> 'seenAt')::timestamptz),
    ended_at = case when now_ ->> 'state' = 'ended' then now() end, rev = x.rev + 1
  where x.id = s.id returning * into s;
  update public.subscription x set look_at = public.subscription_look_at(s) where x.id = s.id;
  if s.state <> b.state then
    perform public.subscription_note(s, s.state, jsonb_build_object('before', b.state, 'paidUntil', public.iso(s.paid_until), 'graceUntil', public.iso(s.grace_until)), by_);
  elsif s.state in ('trial', 'active') and s.paid_until > b.paid_until then
    perform public.subscription_note(s, 'renewed', jsonb_build_object('paidUntil', public.iso(s.paid_until)), by_);
  end if;
  if s.plan_price_id <> b.plan_price_id then
    perform public.subscription_note(s, 'plan_changed', jsonb_build_object('from', (select p.name from public.plan_price v join public.plan p on p.id = v.plan_id where v.id = b.plan_price_id),
      'to', (select p.name from public.plan_price v join public.plan p on p.id = v.plan_id where v.id = s.plan_price_id)), by_);
  end if;
  if s.state <> 'ended' and (s.cancels_at is null) <> (b.cancels_at is null) then
    perform public.subscription_note(s, case when s.cancels_at is null then 'cancel_taken_back' else 'cancel_planned' end, jsonb_build_object('at', public.iso(s.cancels_at)), by_);
  end if;
  return jsonb_build_object('changed', true, 'stray', false, 'state', s.state, 'channelId', s.channel_id, 'accountId', s.account_id,
    'channel', public.subscription_tells(s.channel_id), 'jobs', public.jobs_begun());
end $$;

/*
 * What time alone changes: grace that is over, gifts that are over, a period that nobody has renewed; and a trial whose last three days
 * begin, which is told once. Gives the numbers to tell phones of, and jobs.
 */
create or replace function subscriptions_pass() returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  s public.subscription;
  told jsonb := '[]';
begin
  for s in select * from public.subscription x where x.state in ('trial', 'active', 'grace') and x.sends_until < now() order by x.id limit 200 for update skip locked loop
    update public.subscription x set state = case when x.gateway = 'gift' then 'ended' else 'suspended' end, ended_at = case when x.gateway = 'gift' then now() end,
      sends_until = null, rev = x.rev + 1 where x.id = s.id returning * into s;
    perform public.subscription_note(s, s.state, jsonb_build_object('byTime', true), null);
    told := told || jsonb_build_object('accountId', s.account_id, 'state', s.state, 'channel', public.subscription_tells(s.channel_id));
  end loop;
  for s in select * from public.subscription x where x.state = 'trial' and x.cancels_at is null and x.paid_until between now() and now() + interval '3 days'
      and not exists (select from public.subscription_event e where e.subscription_id = x.id and e.kind = 'trial_ends') order by x.id limit 200 for update skip locked loop
    perform public.subscription_note(s, 'trial_ends', jsonb_build_object('paidUntil', public.iso(s.paid_until)), null);
  end loop;
  return jsonb_build_object('told', told, 'jobs', public.jobs_begun());
end $$;

/* A number is put away: its subscription is looked at now, and ends with what was paid. */
create or replace function subscription_archived() returns trigger language plpgsql
security definer set search_path = pg_catalog, public as $$
begin
  update public.subscription s set look_at = now() where s.channel_id = new.id and s.state not in ('pending', 'ended');
  return null;
end $$;
create or replace trigger subscription_archived after update of archived_at on channel
for each row when (new.archived_at is not null and old.archived_at is null) execute function subscription_archived();

drop function if exists subscriptions_due(int);
/*
 * Subscriptions that somebody should look at at their gateway; the next look is put off, so that two sweeps never do the same.
 * `leaves`: its number was put away, and nothing more is to be charged for it.
 */
create or replace function subscriptions_due(limit_ int) returns table (id uuid, account_id uuid, gateway text, ref text, leaves boolean)
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.subscription s set look_at = greatest(public.subscription_look_at(s), now() + interval '2 minutes')
  where s.id in (select x.id from public.subscription x where x.state <> 'ended' and x.ref is not null and x.gateway <> 'gift' and x.look_at < now()
    order by x.look_at limit limit_ for update skip locked)
  returning s.id, s.account_id, s.gateway, s.ref,
    s.state <> 'pending' and s.cancels_at is null and exists (select from public.channel c where c.id = s.channel_id and c.archived_at is not null)
$$;

/* Which of ours a gateway means: by its own name of it, or by ours, which it was told. */
create or replace function subscription_by(gateway_ text, ref_ text, id_ uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('id', s.id, 'accountId', s.account_id, 'channelId', s.channel_id, 'ref', s.ref, 'state', s.state)
  from public.subscription s where s.gateway = gateway_ and (s.ref = ref_ or s.id = id_) order by s.ref = ref_ desc nulls last limit 1
$$;

do $$
declare f text;
begin
  foreach f in array array['selling_begins()', 'subscription_archived()', 'plan_price_stays()', 'subscription_note(subscription,text,jsonb,uuid)', 'subscription_strays(subscription)', 'subscription_tells(uuid)', 'subscription_look_at(subscription)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach f in array array['is_operator()', 'api_operator(jsonb)', 'api_operator_plans(jsonb)', 'api_operator_plan_save(jsonb)',
    'api_operator_plan_retire(jsonb)', 'plans_pass()', 'api_operator_setting_set(jsonb)', 'subscription_seen(uuid,jsonb,uuid)', 'subscriptions_pass()',
    'subscriptions_due(int)', 'subscription_by(text,text,uuid)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
