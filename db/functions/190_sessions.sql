-- Unofficial numbers. What opens a session is in the number's own object and never here.

/* Adds a number that is still to be linked. Its phone is known once it is. */
create or replace function api_session_add(args jsonb) returns json language plpgsql volatile as $$
begin
  insert into channel (id, account_id, kind, name, key, phone, line, sealed, problem)
  values ((args ->> 'id')::uuid, this_account(), 'session', args ->> 'name', args ->> 'key', '', args ->> 'id', args ->> 'sealed', 'session_unlinked');
  perform audit_mine('channel.added', 'channel', args ->> 'id', args ->> 'name', null, '{"kind": "session"}');
  return api_channel(jsonb_build_object('channelId', args ->> 'id'));
end $$;

/* An act of somebody on a number's link, for the audit log; the number as our own work needs it. */
create or replace function api_session_act(args jsonb) returns json language plpgsql volatile as $$
declare c channel;
begin
  select * into c from channel where id = as_uuid(args ->> 'channelId') and account_id = this_account() and kind = 'session';
  if c.id is null then return null; end if;
  if c.archived_at is not null then perform refuse('channel_archived'); end if;
  perform audit_mine(args ->> 'action', 'channel', c.id::text, c.name, null, nullif(args -> 'facts', 'null'));
  return json_build_object('id', c.id, 'key', c.key, 'name', c.name);
end $$;

/*
 * A number of another company that is not linked any more keeps no phone from whoever has it in hand: its chats and its number stay, and it
 * is asked again whose it is when it is linked the next time.
 */
create or replace function session_let_go(account_ uuid, phone_ text) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  update public.channel set line = id::text where kind = 'session' and line = phone_ and account_id <> account_ and archived_at is null
    and problem in ('session_unlinked', 'session_logged_out', 'session_number_taken', 'session_number_own', 'session_other_number')
$$;

/*
 * Whose number it turned out to be. Gives a code when it must not be linked here: another channel of the company is that number, or
 * another company's that is linked now; or it is not the number whose chats these are.
 */
create or replace function session_linked(account_ uuid, channel_ uuid, phone_ text) returns json language plpgsql volatile as $$
declare
  c channel;
  result json;
begin
  perform act_for(account_);
  select * into c from channel where id = channel_ for update;
  if c.id is null then return json_build_object('refusal', 'session_unlinked'); end if;
  if c.phone <> '' and c.phone <> phone_ then return json_build_object('refusal', 'session_other_number'); end if;
  if c.line is distinct from phone_ then
    perform session_let_go(account_, phone_);
    begin
      update channel set phone = phone_, line = phone_, linked_at = now(), rev = rev + 1 where id = channel_;
    exception when unique_violation then
      return json_build_object('refusal', case when exists (select from channel o where o.kind = 'session' and o.line = phone_ and o.account_id = account_)
        then 'session_number_own' else 'session_number_taken' end);
    end;
  end if;
  select s.json into result from channel_shape s where s.id = channel_;
  return json_build_object('channel', result);
end $$;

alter function session_let_go(uuid, text) owner to app_system;
revoke all on function session_let_go(uuid, text) from public;
grant execute on function session_let_go(uuid, text) to app_rw;
