-- Channels bound to open lines of portals: what people wish, what the portal took, and what ended.

/* Our connector in a portal for a channel: the same for ever, since chats there are known by it. Small letters and digits alone. */
create or replace function connector_of(channel_ uuid) returns text language sql immutable as $$
  select 'wab24_' || right(replace(channel_::text, '-', ''), 12)
$$;
