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

/* What a role may do. Decided here and nowhere else until roles become rows. */
create or replace function role_permissions(role text) returns text[] language sql immutable parallel safe as $$
  select array['chats.read', 'chats.open', 'messages.send', 'messages.resend', 'notes.write', 'media.upload', 'trace.read', 'channels.read']
    || case when role in ('supervisor', 'administrator') then array['channels.pause', 'logs.read', 'dead_letters.manage'] else '{}' end
    || case when role = 'administrator' then array['channels.manage'] else '{}' end
$$;

/* The account of this transaction; null when nobody has signed in. */
create or replace function this_account() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.account', true), '')::uuid
$$;

/* The person of this transaction. */
create or replace function this_person() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.person', true), '')::uuid
$$;

/* A uuid, or null when the text is none: what strangers send must not end a statement. */
create or replace function as_uuid(t text) returns uuid language sql immutable parallel safe as $$
  select case when t ~ '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$' then t::uuid end
$$;
