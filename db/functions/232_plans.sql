-- What we sell: plans and their versions, kept by platform administrators (api_operator_…). Nothing here belongs to a company, so
-- every function asks first who is calling, is_operator(), and is silent to everybody else.

insert into platform_setting (id) values (1) on conflict do nothing;

do $$
begin
  grant select, insert, update on platform_setting, plan, plan_price, plan_price_ref to app_system;
  grant select on platform_admin to app_system;
  revoke insert, update, delete on selling, subscription, subscription_event from app_rw;
  revoke delete on subscription, subscription_event from app_system;
end $$;

/* A version of a plan is what people have agreed to: only that a newer one replaces it is written later. */
create or replace function plan_price_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or to_jsonb(new) - 'replaced_at' is distinct from to_jsonb(old) - 'replaced_at' or old.replaced_at is not null then
    raise exception 'a version of a plan never changes' using errcode = 'LG001';
  end if;
  return new;
end $$;
create or replace trigger plan_price_stays before update or delete on plan_price for each row execute function plan_price_stays();

/* A company begins as it is sold here: with or without subscriptions. */
create or replace function selling_begins() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into public.selling (account_id, is_on) select new.id, true from public.platform_setting s where s.sells on conflict do nothing;
  return null;
end $$;
create or replace trigger selling_begins after insert on account for each row execute function selling_begins();

/* Who runs the service, in the app itself: not by a machine's key, not inside a portal's frame. */
create or replace function is_operator() returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select from public.platform_admin a join public.session s on s.person_id = a.person_id
    join public.person p on p.id = a.person_id
    where a.person_id = public.this_person() and s.id = public.this_session() and s.kind = 'app' and s.revoked_at is null and p.deactivated_at is null)
$$;

/* A version as people read it. */
create or replace function plan_price_json(v plan_price) returns jsonb language sql stable as $$
  select jsonb_build_object('id', v.id, 'version', v.version, 'minor', v.minor, 'currency', v.currency, 'every', v.every, 'trialDays', v.trial_days,
    'includedMessages', v.included_messages, 'createdAt', public.iso(v.created_at), 'replacedAt', public.iso(v.replaced_at),
    'promo', case when v.promo_until is not null then jsonb_build_object('listMinor', v.list_minor, 'until', public.iso(v.promo_until)) end)
$$;

/* A plan with the version that is sold now. */
create or replace function plan_json(p plan) returns jsonb language sql stable as $$
  select jsonb_build_object('id', p.id, 'code', p.code, 'name', p.name, 'about', p.about, 'rev', p.rev, 'retiredAt', public.iso(p.retired_at),
    'price', (select public.plan_price_json(v) from public.plan_price v where v.plan_id = p.id and v.replaced_at is null))
$$;

/* A plan as an operator sees it: all its versions, and how many numbers have each. */
create or replace function operator_plan_json(p plan) returns jsonb language sql stable as $$
  select public.plan_json(p) || jsonb_build_object('versions', (select coalesce(jsonb_agg(public.plan_price_json(v) || jsonb_build_object('subscribers',
      (select count(*) from public.subscription x where x.plan_price_id = v.id and x.state not in ('pending', 'ended'))) order by v.version desc), '[]')
    from public.plan_price v where v.plan_id = p.id))
$$;

/* Is the caller a platform administrator? For the app, which shows the way or does not. */
create or replace function api_operator(args jsonb) returns json
language sql stable security definer set search_path = pg_catalog, public as $$
  select json_build_object('isOperator', public.is_operator())
$$;

/* All plans, those that are sold first. */
create or replace function api_operator_plans(args jsonb) returns json
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  if not public.is_operator() then return null; end if;
  return json_build_object('items', (select coalesce(jsonb_agg(public.operator_plan_json(p) order by p.retired_at is not null, p.created_at), '[]') from public.plan p),
    'setting', (select jsonb_build_object('sells', s.sells, 'graceDays', s.grace_days) from public.platform_setting s));
end $$;

/* What of a version people agree to. */
create or replace function plan_terms(v plan_price) returns jsonb language sql immutable as $$
  select to_jsonb(v) - array['id', 'plan_id', 'version', 'created_at', 'created_by', 'replaced_at']
$$;

/* The next version of a plan, in place of the one that was sold until now. */
create or replace function plan_price_next(plan_ uuid, v plan_price, by_ uuid) returns void language plpgsql volatile as $$
declare version_ int;
begin
  update public.plan_price x set replaced_at = now() where x.plan_id = plan_ and x.replaced_at is null;
  select coalesce(max(x.version), 0) + 1 into version_ from public.plan_price x where x.plan_id = plan_;
  insert into public.plan_price (plan_id, version, minor, currency, every, trial_days, included_messages, list_minor, promo_until, created_by)
  values (plan_, version_, v.minor, v.currency, v.every, v.trial_days, v.included_messages, v.list_minor, v.promo_until, by_);
end $$;

/* Promotions that are over: from now on the plan is sold for what it costs without. Who took it keeps it. */
create or replace function plans_pass() returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare v public.plan_price;
begin
  for v in select * from public.plan_price x where x.replaced_at is null and x.promo_until < now() for update skip locked loop
    v.minor := v.list_minor; v.list_minor := null; v.promo_until := null;
    perform public.plan_price_next(v.plan_id, v, null);
  end loop;
end $$;

/*
 * Makes a plan, or changes one. Other terms are a new version: who has an older one keeps it. `rev`: the plan as it was when
 * somebody began to edit it.
 */
create or replace function api_operator_plan_save(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  p public.plan;
  before_ public.plan_price;
  v public.plan_price;
  promo jsonb := nullif(args -> 'price' -> 'promo', 'null');
begin
  if not public.is_operator() then return null; end if;
  if args ? 'planId' then
    select * into p from public.plan x where x.id = public.as_uuid(args ->> 'planId') for update;
    if p.id is null then return null; end if;
    if p.rev <> (args ->> 'rev')::bigint then perform public.refuse('changed_meanwhile'); end if;
    update public.plan x set name = args ->> 'name', about = args ->> 'about', rev = x.rev + 1 where x.id = p.id returning * into p;
  else
    insert into public.plan (code, name, about) values (args ->> 'code', args ->> 'name', args ->> 'about') on conflict (code) do nothing returning * into p;
    if p.id is null then perform public.refuse('name_taken'); end if;
  end if;
  select * into before_ from public.plan_price x where x.plan_id = p.id and x.replaced_at is null;
  v := jsonb_populate_record(null::public.plan_price, jsonb_build_object('minor', args -> 'price' -> 'minor', 'currency', args -> 'price' -> 'currency',
    'every', args -> 'price' -> 'every', 'trial_days', args -> 'price' -> 'trialDays', 'included_messages', args -> 'price' -> 'includedMessages',
    'list_minor', promo -> 'listMinor', 'promo_until', promo -> 'until'));
  if public.plan_terms(v) is distinct from public.plan_terms(before_) then perform public.plan_price_next(p.id, v, public.this_person()); end if;
  perform public.operator_did(null, 'plan.saved', null, p.id::text, null, jsonb_build_object('name', p.name, 'terms', public.plan_terms(v)));
  return public.operator_plan_json(p);
end $$;

/* Sells a plan no more, or again. */
create or replace function api_operator_plan_retire(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare p public.plan;
begin
  if not public.is_operator() then return null; end if;
  update public.plan x set retired_at = case when (args ->> 'isRetired')::boolean then coalesce(x.retired_at, now()) end, rev = x.rev + 1
  where x.id = public.as_uuid(args ->> 'planId') returning * into p;
  if p.id is null then return null; end if;
  perform public.operator_did(null, case when p.retired_at is null then 'plan.sold' else 'plan.retired' end, null, p.id::text, null, jsonb_build_object('name', p.name));
  return public.operator_plan_json(p);
end $$;

/* How the service is sold: whether new companies need subscriptions, and how long an unpaid number goes on sending. */
create or replace function api_operator_setting_set(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  if not public.is_operator() then return null; end if;
  update public.platform_setting s set sells = (args ->> 'sells')::boolean, grace_days = (args ->> 'graceDays')::int;
  perform public.operator_did(null, 'setting.changed', null, null, null, jsonb_build_object('sells', args -> 'sells', 'graceDays', args -> 'graceDays'));
  return (select json_build_object('sells', s.sells, 'graceDays', s.grace_days) from public.platform_setting s);
end $$;
