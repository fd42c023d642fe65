-- Another card, kept on a gateway's own page where nothing is paid. The page itself says what it is for; here stands which page counts: the one
-- that was asked for last. An older one, or one that was heard of before, changes nothing.

/* Somebody wants another card, for a subscription or else for automatic top-ups: what the gateway must be told, and the page that was open before. */
create or replace function api_card_begin(args jsonb) returns json
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  s public.subscription;
  gateway_ text := args ->> 'gateway';
begin
  -- A machine's key moves no money.
  if public.this_person() is null then perform public.refuse('forbidden'); end if;
  if args ? 'subscriptionId' then
    select * into s from public.subscription x where x.id = public.as_uuid(args ->> 'subscriptionId') and x.account_id = public.this_account();
    if s.id is null or s.gateway = 'gift' then return null; end if;
    if s.state in ('pending', 'ended') then perform public.refuse('changed_meanwhile'); end if;
    gateway_ := s.gateway;
    perform public.audit_mine('subscription.changed', 'channel', s.channel_id::text, (select c.name from public.channel c where c.id = s.channel_id), null, '{"act": "card"}');
  else
    perform public.audit_mine('balance.card_asked', 'balance', public.this_account()::text, null, null, null);
  end if;
  return (select json_build_object('gateway', gateway_, 'accountId', a.id, 'company', a.name, 'email', coalesce(p.email, ''), 'language', coalesce(p.language, 'es'),
      'customer', g.ref, 'page', g.card_page)
    from public.account a left join public.person p on p.id = public.this_person()
    left join public.gateway_customer g on g.account_id = a.id and g.gateway = gateway_ where a.id = public.this_account());
end $$;

/* The company's page that is open, and its gateway; null: there is none. */
create or replace function api_card_page(args jsonb) returns json
language sql stable security definer set search_path = pg_catalog, public as $$
  select json_build_object('gateway', x.gateway, 'page', x.card_page)
  from (select 1) one left join (select * from public.gateway_customer g where g.account_id = public.this_account() and g.card_page is not null limit 1) x on true
$$;

/* From now on this page counts, and no other one. */
create or replace function card_opened(account_ uuid, gateway_ text, page_ text) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.gateway_customer g set card_page = page_ where g.account_id = account_ and g.gateway = gateway_
$$;

/* Whose page this is, and the gateway's name of the subscription that it is for; null: it counts no more. */
create or replace function card_told(gateway_ text, page_ text, subscription_ uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select jsonb_build_object('accountId', g.account_id, 'subscription', s.ref)
  from public.gateway_customer g left join public.subscription s on s.id = subscription_ and s.account_id = g.account_id and s.gateway = g.gateway and s.state <> 'ended'
  where g.gateway = gateway_ and g.card_page = page_
$$;

/* The page is over: with a card, which is charged from now on, or (null) without. Again: nothing. */
create or replace function card_kept(gateway_ text, page_ text, subscription_ uuid, method jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  account_ uuid;
  s public.subscription;
begin
  update public.gateway_customer g set card_page = null where g.gateway = gateway_ and g.card_page = page_ returning g.account_id into account_;
  if account_ is null or method is null then return; end if;
  if subscription_ is null then
    perform public.method_keep(account_, gateway_, method);
    return;
  end if;
  select * into s from public.subscription x where x.id = subscription_ and x.account_id = account_ and x.state <> 'ended';
  if s.id is not null then perform public.subscription_note(s, 'card_changed', jsonb_build_object('card', method ->> 'label'), null); end if;
end $$;

do $$
declare f text;
begin
  foreach f in array array['api_card_begin(jsonb)', 'api_card_page(jsonb)', 'card_opened(uuid,text,text)', 'card_told(text,text,uuid)', 'card_kept(text,text,uuid,jsonb)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
