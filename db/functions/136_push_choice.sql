-- What people want to hear of by push, and when not. Kinds: contract/push.ts.

/* A person's choice; without one, what their role begins with: who only looks after others is not told of the queue. */
create or replace function push_choice_of(p person) returns push_choice language plpgsql stable as $$
declare q push_choice;
begin
  select * into q from push_choice x where x.person_id = p.id;
  if found then return q; end if;
  q.person_id := p.id;
  q.account_id := p.account_id;
  q.muted := case when (select r.base from role r where r.id = p.role_id) = 'agent' then '{}'::text[] else '{queue}' end;
  q.preview := true;
  q.sound := true;
  q.only_mine := false;
  q.quiet_days := '{}';
  return q;
end $$;

/* Whether somebody wants to be left alone at this instant. A night that begins on a chosen day lasts into the next one. */
create or replace function push_is_quiet(q push_choice, at_ timestamptz) returns boolean language plpgsql stable as $$
declare
  t timestamp;
  today boolean;
  yesterday boolean;
begin
  if q.quiet_from is null then return false; end if;
  t := at_ at time zone coalesce(q.time_zone, (select a.time_zone from account a where a.id = q.account_id));
  today := extract(isodow from t)::int = any(q.quiet_days);
  yesterday := extract(isodow from t - interval '1 day')::int = any(q.quiet_days);
  if q.quiet_from < q.quiet_to then return today and t::time >= q.quiet_from and t::time < q.quiet_to; end if;
  return (today and t::time >= q.quiet_from) or (yesterday and t::time < q.quiet_to);
end $$;

/* Whether a chat given to this person now would reach them by push. */
create or replace function push_reaches(p person) returns boolean language plpgsql stable as $$
declare q push_choice;
begin
  if not exists (select from push_device d where d.person_id = p.id and d.dropped_at is null and d.trouble is null) then return false; end if;
  q := push_choice_of(p);
  return not push_is_quiet(q, now()) and not ('message' = any(q.muted) and 'assignment' = any(q.muted));
end $$;
