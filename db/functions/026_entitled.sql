-- Asked inside whatever sends, so it stands before that. Who writes what it reads: 233_subscriptions.sql.

/* May this number send now? One look, no round trip of its own. A company that needs no subscriptions always may. */
create or replace function channel_entitled(channel_ uuid) returns boolean language plpgsql stable as $$
begin
  if not exists (select from channel c join selling s on s.account_id = c.account_id where c.id = channel_ and s.is_on) then return true; end if;
  return exists (select from subscription x where x.channel_id = channel_ and x.state not in ('pending', 'ended') and x.sends_until > now());
end $$;
