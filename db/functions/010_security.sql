-- Roles and row-level security. Walks the catalogue, so a table added tomorrow is behind the wall by itself.
-- app_rw     what the Worker signs in as: owns nothing, bypasses nothing, deletes nothing.
-- app_system owns the few functions that must look across accounts (db/functions/020_sign_in.sql, 060_upkeep.sql); nobody signs in as it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'app_rw') then create role app_rw login; end if;
  if not exists (select from pg_roles where rolname = 'app_system') then create role app_system nologin; end if;
end $$;

grant app_system to current_user;
grant usage on schema public to app_rw, app_system;
grant create on schema public to app_system;
alter role app_rw set statement_timeout = '5s';
alter role app_rw set lock_timeout = '2s';
-- Every query of ours has its index. Plans are kept by sessions, and one made while a table was small would read the
-- whole of it for as long as the session lasts: measured three times slower at 10,000 messages.
alter role app_rw set enable_seqscan = off;
alter role app_rw set idle_in_transaction_session_timeout = '5s';

do $$
declare t record;
begin
  for t in
    select c.table_name, case when c.table_name = 'account' then 'id' else 'account_id' end as owner
    from information_schema.tables c
    where c.table_schema = 'public' and c.table_type = 'BASE TABLE'
      and (c.table_name = 'account' or exists (
        select from information_schema.columns k
        where k.table_schema = 'public' and k.table_name = c.table_name and k.column_name = 'account_id'))
  loop
    execute format('alter table %I enable row level security', t.table_name);
    execute format('alter table %I force row level security', t.table_name);
    execute format('drop policy if exists tenant on %I', t.table_name);
    -- nullif: after a transaction the setting reads as an empty string, not as null.
    execute format(
      'create policy tenant on %I to app_rw using (%I = nullif(current_setting(''app.account'', true), '''')::uuid) '
      'with check (%I = nullif(current_setting(''app.account'', true), '''')::uuid)', t.table_name, t.owner, t.owner);
    execute format('drop policy if exists system on %I', t.table_name);
    execute format('create policy system on %I to app_system using (true) with check (true)', t.table_name);
    execute format('grant select, insert, update on %I to app_rw', t.table_name);
    execute format('grant select, insert, update, delete on %I to app_system', t.table_name);
  end loop;
end $$;

grant select, insert, update, delete on sign_in_try, passkey_challenge to app_system;
-- The audit log is only ever added to, and only by audit_add.
revoke insert, update, delete on audit from app_rw;
revoke update, delete on audit from app_system;
-- A parked status is a note to ourselves: it goes once it has been applied.
grant delete on parked_status to app_rw;
grant usage on all sequences in schema public to app_rw, app_system;
