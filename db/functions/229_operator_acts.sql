-- What who runs the service has done: each act with its reason, for operators to read. It stands before all that writes to it.

grant select, insert on operator_act to app_system;

/* An act is for ever. */
create or replace function operator_act_stays() returns trigger language plpgsql as $$
begin
  raise exception 'an act never changes' using errcode = 'LG001';
end $$;
create or replace trigger operator_act_stays before update or delete on operator_act for each row execute function operator_act_stays();

/*
 * Notes what the calling operator does. False: this id has done exactly that already, and nothing more is to be done. An id that did
 * something else is refused. `id_` null: the act is the same however often it is done.
 */
create or replace function operator_did(id_ uuid, action_ text, customer_ uuid, subject_ text, reason_ text, data_ jsonb) returns boolean
language plpgsql volatile as $$
declare there public.operator_act;
begin
  insert into public.operator_act (id, person_id, person_name, action, customer_id, subject, reason, data)
  select coalesce(id_, public.new_id()), p.id, p.name, action_, customer_, subject_, reason_, coalesce(data_, '{}') from public.person p where p.id = public.this_person()
  on conflict (id) do nothing;
  if found then return true; end if;
  select * into there from public.operator_act x where x.id = id_;
  if (there.action, there.customer_id, there.subject, there.data) is distinct from (action_, customer_, subject_, coalesce(data_, '{}')) then perform public.refuse('id_reused'); end if;
  return false;
end $$;

/* `5.00 USD`: an amount as a log says it. */
create or replace function amount_said(micro bigint, currency_ text) returns text language sql immutable as $$
  select to_char(micro / 1000000.0, 'FM999999999990.00') || ' ' || currency_
$$;

/* The company reads in its own log what we did to it, and why; not who of us. */
create or replace function operator_tells(customer_ uuid, action_ text, kind_ text, object_ text, name_ text, after_ jsonb) returns void
language sql volatile as $$
  select public.audit_add(customer_, action_, 'operator', null, null, kind_, object_, name_, null, after_)
$$;

/* People of a company who run the service: who of it hears of what operators must do. */
create or replace function operators_of(account_ uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(jsonb_agg(p.id), '[]') from public.platform_admin o join public.person p on p.id = o.person_id where p.account_id = account_
$$;

/* What operators have done, the latest first: to one company, or at all. */
create or replace function api_operator_acts(args jsonb) returns json
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  rows_ json[];
  n int;
begin
  if not public.is_operator() then return null; end if;
  select array_agg(p.json order by p.seq desc), count(*) into rows_, n from (
    select x.seq, json_build_object('id', x.id, 'seq', x.seq::text, 'at', public.iso(x.at), 'by', x.person_name, 'action', x.action, 'subject', x.subject, 'reason', x.reason, 'data', x.data,
      'customer', (select json_build_object('id', a.id, 'name', a.name) from public.account a where a.id = x.customer_id)) as json
    from public.operator_act x
    where (args ->> 'customerId' is null or x.customer_id = public.as_uuid(args ->> 'customerId'))
      and (args ->> 'cursor' is null or x.seq < (args ->> 'cursor')::bigint)
    order by x.seq desc limit 30) p;
  return json_build_object('items', coalesce(to_json(rows_), '[]'), 'next', case when n = 30 then rows_[30] ->> 'seq' end);
end $$;

do $$
declare f text;
begin
  foreach f in array array['amount_said(bigint,text)', 'operator_act_stays()', 'operator_did(uuid,text,uuid,text,text,jsonb)', 'operator_tells(uuid,text,text,text,text,jsonb)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach f in array array['operators_of(uuid)', 'api_operator_acts(jsonb)'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
