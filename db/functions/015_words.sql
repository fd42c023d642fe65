-- Small words that the other functions are written in.

/* An instant as the contract writes it: ISO 8601, UTC, milliseconds. */
create or replace function iso(t timestamptz) returns text language sql stable parallel safe as $$
  select to_char(t at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

/* Lower case without accents: how names are compared. */
create or replace function plain(t text) returns text language sql immutable parallel safe as $$
  select lower(public.unaccent('public.unaccent'::regdictionary, coalesce(t, '')))
$$;

/* The order of the list: who waits, longest first; then the others, latest first. */
create or replace function chat_rank(waiting timestamptz, last_at timestamptz) returns bigint language sql stable parallel safe as $$
  select case when waiting is null then 100000000000000 - (extract(epoch from last_at) * 1000)::bigint
              else (extract(epoch from waiting) * 1000)::bigint end
$$;

/* What search looks at for a contact. */
create or replace function contact_search(name text, profile_name text, username text, phone text) returns text
language sql stable parallel safe as $$
  select plain(concat_ws(' ', name, profile_name, username, phone))
$$;

/* How far an outgoing message has come. Statuses only move up; `failed` and `discarded` are judged in set_status. */
create or replace function status_rank(status text) returns int language sql immutable parallel safe as $$
  select case status when 'queued' then 0 when 'sending' then 1 when 'unconfirmed' then 2 when 'sent' then 3
    when 'delivered' then 4 when 'read' then 5 when 'played' then 6 else -1 end
$$;

/* What a standard role gives until somebody changes it (requirements CRM-17 to CRM-51). Names: contract/permissions.ts. */
create or replace function default_grants(base text) returns jsonb language sql immutable parallel safe as $$
  select '{"chats.read":"own","chats.queue":"all","chats.open":"all","messages.send":"own","messages.resend":"own","notes.write":"own","media.upload":"all",
      "trace.read":"own","contacts.phone":"all","channels.read":"all","chats.close":"own","transfers.request":"own","labels.use":"own",
      "contacts.read":"all","contacts.write":"all","clients.read":"all","templates.send":"all"}'::jsonb
    || case when base in ('supervisor', 'administrator') then
      '{"chats.read":"departments","messages.send":"departments","messages.resend":"departments","notes.write":"departments","trace.read":"departments",
      "channels.pause":"all","logs.read":"all","dead_letters.manage":"all","people.read":"all",
      "chats.assign":"departments","chats.close":"departments","transfers.request":"departments","transfers.decide":"departments","labels.use":"departments",
      "labels.manage":"all","views.share":"all","quick_replies.manage":"all","dashboard.read":"all",
      "contacts.manage":"all","consents.manage":"all","privacy.manage":"all","clients.write":"all","clients.sensitive":"all","templates.manage":"all"}'::jsonb else '{}' end
    || case when base = 'administrator' then
      '{"chats.read":"all","messages.send":"all","messages.resend":"all","notes.write":"all","trace.read":"all","channels.manage":"all","channels.keys":"all",
      "chats.assign":"all","chats.close":"all","transfers.request":"all","transfers.decide":"all","labels.use":"all","people.manage":"all",
      "roles.manage":"all","departments.manage":"all","rules.manage":"all","account.manage":"all","audit.read":"all","api_keys.manage":"all",
      "billing.read":"all","billing.manage":"all",
      "contacts.all":"all","clients.manage":"all"}'::jsonb else '{}' end
$$;

/* What a role gives: permission → reach. `changes` holds what differs from the defaults, null for what was taken away. */
create or replace function role_grants(base text, changes jsonb) returns jsonb language sql immutable parallel safe as $$
  select jsonb_strip_nulls(default_grants(base) || changes)
$$;

/* The account of this transaction; null when nobody has signed in. */
create or replace function this_account() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.account', true), '')::uuid
$$;

/* The person of this transaction. */
create or replace function this_person() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.person', true), '')::uuid
$$;

/* The role of this transaction's person; null for a key and for work of our own. */
create or replace function this_role() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.role', true), '')::uuid
$$;

/* Whether this is work of our own, which sees the labels of every role and says of each whose it is. */
create or replace function this_labels() returns boolean language sql stable parallel safe as $$
  select coalesce(current_setting('app.labels', true), '') = 'on'
$$;

/* The session of this transaction; null for a key. */
create or replace function this_session() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.session', true), '')::uuid
$$;

/*
 * Work of our own for one account (hooks, jobs), where no person is asking: the account's wall stands, the person's does
 * not. Whoever forgets to call this sees no chat at all.
 */
create or replace function act_for(account_ uuid) returns void language sql volatile as $$
  select set_config('app.account', account_::text, true), set_config('app.reach', 'all', true), set_config('app.phones', 'on', true), set_config('app.labels', 'on', true)
$$;

/* Does the caller hold this permission? For what a function shows or leaves out; the endpoint's own is asked by call_as. */
create or replace function this_may(permission text) returns boolean language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('app.grants', true), ''), '{}')::jsonb ? permission
$$;

/* Jobs that this transaction has put on their way: the Worker wakes them once it is over. [{id, kind}] */
create or replace function jobs_begun() returns jsonb language sql stable as $$
  select coalesce(nullif(current_setting('app.jobs', true), ''), '[]')::jsonb
$$;

/* A uuid, or null when the text is none: what strangers send must not end a statement. */
create or replace function as_uuid(t text) returns uuid language sql immutable parallel safe as $$
  select case when t ~ '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$' then t::uuid end
$$;
