-- Alerts of money on their way to the address that a company has given: noted in the statement that finds them, posted by the Worker.

/*
 * Notes an alert for the company's own address, where it has given one. `subject_` names the thing that happened: told twice, it is one alert. `facts_` are kept as they are
 * now: what is tried again tomorrow tells of today. Its queue message is among `jobs_begun()`.
 */
create or replace function alert_note(account_ uuid, subject_ text, kind_ text, facts_ jsonb) returns void language plpgsql volatile as $$
declare delivery_ uuid;
begin
  if not exists (select from public.alert_hook h where h.account_id = account_ and h.is_on) then return; end if;
  insert into public.alert_delivery (account_id, subject, kind, facts) values (account_, subject_, kind_, facts_)
  on conflict (account_id, subject) do nothing returning id into delivery_;
  if delivery_ is not null then
    perform set_config('app.jobs', (public.jobs_begun() || jsonb_build_object('id', delivery_, 'kind', 'alert_delivery'))::text, true);
  end if;
end $$;

/* What a balance is while it is told of, in micro-units, and what its company has chosen for it. */
create or replace function alert_balance(account_ uuid) returns jsonb language sql stable as $$
  select (public.automatic_json(account_) - 'isAtCeiling') || coalesce((
    select jsonb_build_object('currency', a.currency, 'available', (a.credits - a.debits - a.held - a.floor)::text,
      'lowLevel', case when b.account_id is null then '10000000' else b.low_level::text end, 'veryLowLevel', case when b.account_id is null then '3000000' else b.very_low_level::text end)
    from public.ledger_account a left join public.balance_choice b on b.account_id = a.account_id
    where a.account_id = account_ and a.kind = 'prepaid' order by a.currency = b.currency desc, a.credits desc limit 1), '{}')
$$;

/* An alarm of money has begun: the same moment in which people's phones are told of it. */
create or replace function alert_of_alarm(a alarm) returns void language plpgsql volatile as $$
declare
  kind_ text := case a.kind when 'balance_low' then 'balance.low' when 'balance_very_low' then 'balance.very_low' when 'balance_empty' then 'balance.empty'
    when 'balance_fill_stopped' then 'topup.stopped' when 'balance_fill_ceiling' then 'topup.ceiling' end;
begin
  if kind_ is not null then perform public.alert_note(a.account_id, 'alarm:' || a.id, kind_, public.alert_balance(a.account_id)); end if;
end $$;

/* A subscription needs somebody, as `subscription_matter` has it. */
create or replace function alert_of_subscription(s subscription, event_ uuid, problem_ text) returns void language plpgsql volatile as $$
declare
  kind_ text := case problem_ when 'subscription_trial' then 'subscription.trial_ends' when 'subscription_grace' then 'subscription.payment_failed' else 'subscription.stopped' end;
begin
  perform public.alert_note(s.account_id, 'subscription:' || event_, kind_, (
    select jsonb_build_object('currency', v.currency, 'priceMinor', v.minor::text, 'plan', p.name, 'numberId', c.id, 'number', c.name, 'phone', c.phone,
      'paidUntil', public.iso(s.paid_until), 'graceUntil', public.iso(s.grace_until))
    from public.channel c join public.plan_price v on v.id = s.plan_price_id join public.plan p on p.id = v.plan_id where c.id = s.channel_id));
end $$;

/*
 * Takes a delivery to post it: nobody else gets it for a minute. With where it goes, what it is signed with, and whose it is. Null: it is over, somebody is at it, or it is not its time.
 * One whose company wants no more is over.
 */
create or replace function alert_take(delivery_ uuid) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare d public.alert_delivery;
begin
  update public.alert_delivery x set tries = x.tries + 1, run_after = now() + interval '1 minute'
  where x.id = delivery_ and x.state = 'due' and (x.tries = 0 or x.run_after <= now()) returning * into d;
  -- Noted while somebody turned it off.
  if exists (select from public.alert_hook h where h.account_id = d.account_id and not h.is_on) then
    update public.alert_delivery x set state = 'dead', problem = 'turned_off', done_at = now() where x.id = d.id;
    return null;
  end if;
  return (select jsonb_build_object('id', d.id, 'kind', d.kind, 'facts', d.facts, 'tries', d.tries, 'at', public.iso(d.created_at), 'url', h.url, 'language', h.language, 'sealed', h.sealed,
      'sealedBefore', case when h.before_until > now() then h.sealed_before end, 'company', jsonb_build_object('id', a.id, 'name', a.name, 'country', a.country, 'timeZone', a.time_zone))
    from public.alert_hook h join public.account a on a.id = h.account_id where h.account_id = d.account_id);
end $$;

/*
 * What a try has met: {isTaken, problem, status, answer, tookMs}. One that was not taken is tried again after `wait_s`, and is given up without: that is told in the company's log.
 * What somebody began after this try stays.
 */
create or replace function alert_settle(delivery_ uuid, tries_ int, met jsonb, wait_s int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare d public.alert_delivery;
begin
  update public.alert_delivery x set state = case when (met ->> 'isTaken')::boolean then 'delivered' when wait_s is null then 'dead' else 'due' end,
    problem = met ->> 'problem', status = (met ->> 'status')::int, answer = met ->> 'answer', took_ms = (met ->> 'tookMs')::int,
    run_after = now() + make_interval(secs => coalesce(wait_s, 0)), done_at = case when (met ->> 'isTaken')::boolean or wait_s is null then now() end
  where x.id = delivery_ and x.state = 'due' and x.tries = tries_ returning * into d;
  if d.state = 'dead' and d.kind <> 'test' then
    insert into public.trace (account_id, at, level, place, what, data) values (d.account_id, now(), 'error', 'worker', 'alert_hook_dead', jsonb_build_object('figure', d.tries));
  end if;
end $$;

/* Deliveries whose time has come. */
create or replace function alerts_due(limit_ int) returns setof uuid
language sql stable security definer set search_path = pg_catalog, public as $$
  select d.id from public.alert_delivery d where d.state = 'due' and d.run_after <= now() order by d.run_after limit limit_
$$;

/* Deliveries that are 90 days old are forgotten; how many. */
create or replace function alerts_retention() returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare n int;
begin
  with gone as (delete from public.alert_delivery where created_at < now() - interval '90 days' returning 1) select count(*) into n from gone;
  return jsonb_build_object('alert_delivery', n);
end $$;

create or replace function alert_delivery_json(d alert_delivery) returns json language sql stable as $$
  select json_build_object('id', d.id, 'kind', d.kind, 'state', d.state, 'tries', d.tries, 'problem', d.problem, 'status', d.status, 'answer', d.answer, 'tookMs', d.took_ms,
    'at', iso(d.created_at), 'nextTry', case when d.state = 'due' and d.tries > 0 then iso(d.run_after) end, 'doneAt', iso(d.done_at))
$$;

/* The address without its secret, and the latest deliveries. */
create or replace function api_alert_hook(args jsonb) returns json language sql stable as $$
  select json_build_object(
    'hook', (select json_build_object('url', h.url, 'language', h.language, 'isOn', h.is_on, 'bothUntil', case when h.before_until > now() then iso(h.before_until) end)
      from alert_hook h where h.account_id = this_account()),
    'deliveries', (select coalesce(json_agg(alert_delivery_json(d) order by d.created_at desc, d.id desc), '[]')
      from (select * from alert_delivery x where x.account_id = this_account() order by x.created_at desc, x.id desc limit 30) d))
$$;

/* Keeps the address. `sealed` is for a company that has none yet: whoever gave it one first, theirs stays; `isNew` says whose it was. Turned off, nothing waits any more. */
create or replace function api_alert_hook_set(args jsonb) returns json language plpgsql volatile as $$
declare
  was alert_hook;
  h alert_hook;
begin
  if this_person() is null then perform refuse('forbidden'); end if;
  select * into was from alert_hook where account_id = this_account() for update;
  insert into alert_hook (account_id, url, language, is_on, sealed)
  values (this_account(), args ->> 'url', args ->> 'language', (args ->> 'isOn')::boolean, args ->> 'sealed')
  on conflict (account_id) do update set url = excluded.url, language = excluded.language, is_on = excluded.is_on, changed_at = now() returning * into h;
  if not h.is_on then
    update alert_delivery set state = 'dead', problem = 'turned_off', done_at = now() where account_id = this_account() and state = 'due';
  end if;
  -- The address holds what lets others in: of it the log tells the place alone.
  perform audit_mine('alert_hook.changed', 'alert_hook', null, alert_place(h.url),
    case when was.account_id is not null then jsonb_build_object('address', alert_place(was.url), 'isOn', was.is_on, 'language', was.language) end,
    jsonb_build_object('address', alert_place(h.url), 'isOn', h.is_on, 'language', h.language));
  return json_build_object('isNew', h.sealed = args ->> 'sealed');
end $$;

/* The host of an address. */
create or replace function alert_place(url_ text) returns text language sql immutable as $$
  select substring(url_ from '^https?://([^/?]+)')
$$;

/* Another secret: the one before signs along for a day. */
create or replace function api_alert_secret_set(args jsonb) returns json language plpgsql volatile as $$
declare h alert_hook;
begin
  if this_person() is null then perform refuse('forbidden'); end if;
  update alert_hook set sealed_before = sealed, before_until = now() + interval '1 day', sealed = args ->> 'sealed', changed_at = now() where account_id = this_account() returning * into h;
  if h.account_id is null then return null; end if;
  perform audit_mine('alert_hook.secret_changed', 'alert_hook', null, alert_place(h.url), null, '{"credentials":"replaced"}');
  return json_build_object('bothUntil', iso(h.before_until));
end $$;

/* An alert to try the address with; no more than 20 an hour. Whoever asks posts it: it is tried once. */
create or replace function api_alert_test(args jsonb) returns json language plpgsql volatile as $$
declare id_ uuid := new_id();
begin
  if this_person() is null then perform refuse('forbidden'); end if;
  if not exists (select from alert_hook h where h.account_id = this_account() and h.is_on for update) then perform refuse('alert_hook_off'); end if;
  if (select count(*) from alert_delivery d where d.account_id = this_account() and d.kind = 'test' and d.created_at > now() - interval '1 hour') >= 20 then perform refuse('rate_limited'); end if;
  insert into alert_delivery (id, account_id, subject, kind, facts) values (id_, this_account(), 'test:' || id_, 'test', '{}');
  return json_build_object('id', id_);
end $$;

/* The same alert once more, at once, with all its tries. One that is being posted just now goes on. */
create or replace function api_alert_resend(args jsonb) returns json language plpgsql volatile as $$
declare d alert_delivery;
begin
  if this_person() is null then perform refuse('forbidden'); end if;
  select * into d from alert_delivery x where x.id = as_uuid(args ->> 'deliveryId') and x.account_id = this_account() for update;
  if d.id is null then return null; end if;
  if not exists (select from alert_hook h where h.account_id = this_account() and h.is_on) then perform refuse('alert_hook_off'); end if;
  update alert_delivery x set state = 'due', tries = 0, run_after = now(), problem = null, status = null, answer = null, took_ms = null, done_at = null
  where x.id = d.id and (x.state <> 'due' or x.problem is not null);
  return json_build_object('id', d.id);
end $$;

/* One delivery, as it stands. */
create or replace function api_alert_delivery(args jsonb) returns json language sql stable as $$
  select alert_delivery_json(d) from alert_delivery d where d.id = as_uuid(args ->> 'deliveryId') and d.account_id = this_account()
$$;

do $$
declare f text;
begin
  foreach f in array array['alert_note(uuid,text,text,jsonb)', 'alert_balance(uuid)', 'alert_of_alarm(alarm)', 'alert_of_subscription(subscription,uuid,text)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach f in array array['alert_take(uuid)', 'alert_settle(uuid,int,jsonb,int)', 'alerts_due(int)', 'alerts_retention()'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
