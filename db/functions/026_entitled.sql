-- Asked inside whatever sends, so it stands before that. Who writes what it reads: 233_subscriptions.sql.

/* May this number send now? One look, no round trip of its own. A company that needs no subscriptions always may. */
create or replace function channel_entitled(channel_ uuid) returns boolean language plpgsql stable as $$
begin
  if not exists (select from channel c join selling s on s.account_id = c.account_id where c.id = channel_ and s.is_on) then return true; end if;
  return exists (select from subscription x where x.channel_id = channel_ and x.state not in ('pending', 'ended') and x.sends_until > now());
end $$;

/*
 * What has happened to a subscription, while somebody must still do something about it; null: no more. `subscription_trial`: it ends within
 * days; `subscription_grace`: a payment failed; `subscription_stopped`: its number sends nothing.
 */
create or replace function subscription_matter(event_ uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('problem', case e.kind when 'trial_ends' then 'subscription_trial' when 'grace' then 'subscription_grace' else 'subscription_stopped' end,
    'channelId', c.id, 'contact', c.name, 'count', greatest(0, ceil(extract(epoch from coalesce(s.grace_until, s.paid_until) - now()) / 86400))::int)
  from subscription_event e join subscription s on s.id = e.subscription_id join channel c on c.id = s.channel_id and c.archived_at is null
    join selling x on x.account_id = s.account_id and x.is_on
  where e.id = event_ and case e.kind
    when 'trial_ends' then s.state = 'trial' and s.cancels_at is null and s.paid_until > now()
    when 'grace' then s.state = 'grace'
    -- Another one may have taken its place.
    else not channel_entitled(c.id) end
$$;
