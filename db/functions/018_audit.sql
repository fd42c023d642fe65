-- The audit log: each entry holds the hash of the one before it (reference/platform.md §12).

/* What an entry's hash is taken over. jsonb text is canonical: keys sorted, one form for each value. */
create or replace function audit_hash(a audit) returns text language sql immutable as $$
  select encode(sha256(convert_to(a.prev_hash || jsonb_build_array(a.account_id, a.n, extract(epoch from a.at), a.action, a.actor_kind, a.actor_id, a.actor_name,
    a.object_kind, a.object_id, a.object_name, a.before, a.after)::text, 'UTF8')), 'hex')
$$;

/* Adds an entry to a company's chain. One at a time for each company, or two would follow the same one. */
create or replace function audit_add(account_ uuid, action_ text, actor_kind_ text, actor_id_ uuid, actor_name_ text,
  object_kind_ text, object_id_ text, object_name_ text, before_ jsonb, after_ jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  last_ record;
  a public.audit;
begin
  perform pg_advisory_xact_lock(hashtextextended(account_::text, 11));
  select x.n, x.hash into last_ from public.audit x where x.account_id = account_ order by x.n desc limit 1;
  a.account_id := account_; a.n := coalesce(last_.n, 0) + 1; a.at := date_trunc('milliseconds', clock_timestamp()); a.action := action_;
  a.actor_kind := actor_kind_; a.actor_id := actor_id_; a.actor_name := actor_name_;
  a.object_kind := object_kind_; a.object_id := object_id_; a.object_name := object_name_; a.before := before_; a.after := after_;
  a.prev_hash := coalesce(last_.hash, '');
  a.hash := public.audit_hash(a);
  insert into public.audit select a.*;
end $$;

/* The caller did it. `before` and `after` hold only what changed. */
create or replace function audit_mine(action_ text, object_kind_ text, object_id_ text, object_name_ text, before_ jsonb, after_ jsonb) returns void
language plpgsql volatile as $$
declare name_ text;
begin
  select p.name into name_ from person p where p.id = this_person();
  perform audit_add(this_account(), action_, case when this_person() is null then 'key' else 'person' end, this_person(), name_,
    object_kind_, object_id_, object_name_, before_, after_);
end $$;

/* Works a company's chain out again. `broken_at`: the first entry that is not what was written, or whose place is wrong. */
create or replace function audit_check(account_ uuid) returns table (entries bigint, broken_at bigint, head text)
language sql stable security definer set search_path = pg_catalog, public as $$
  with chain as (
    select x.n, x.hash, x.hash is distinct from public.audit_hash(x) or x.prev_hash is distinct from lag(x.hash, 1, '') over w
      or x.n is distinct from row_number() over w as is_broken
    from public.audit x where x.account_id = account_ window w as (order by x.n))
  select count(*), min(n) filter (where is_broken), (select hash from chain order by n desc limit 1) from chain
$$;

/* Every company's chain, worked out again: for the daily look (worker/src/jobs.ts). */
create or replace function audit_heads() returns table (account_id uuid, entries bigint, broken_at bigint, head text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select a.id, c.entries, c.broken_at, c.head from public.account a cross join lateral public.audit_check(a.id) c where c.entries > 0
$$;

do $$
declare f text;
begin
  foreach f in array array['audit_add(uuid,text,text,uuid,text,text,text,text,jsonb,jsonb)', 'audit_check(uuid)', 'audit_heads()'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;

/* The three roles that every company has. Gives the administrator's. */
create or replace function roles_begin(account_ uuid) returns uuid language sql volatile as $$
  insert into role (account_id, base) select account_, b from unnest(array['administrator', 'supervisor', 'agent']) b on conflict do nothing;
  select id from role where account_id = account_ and base = 'administrator' and not is_own
$$;
