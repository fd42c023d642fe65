-- Keys of unofficial numbers in files. The keys are with the number's own object and never here.

/* A copy of a number's keys was taken away. */
create or replace function api_session_exported(args jsonb) returns json language plpgsql volatile as $$
declare c channel;
begin
  select * into c from channel where id = as_uuid(args ->> 'channelId') and account_id = this_account() and kind = 'session';
  if c.id is null then return null; end if;
  perform audit_mine('channel.exported', 'channel', c.id::text, c.name, null, args -> 'facts');
  return json_build_object('id', c.id, 'name', c.name);
end $$;

/*
 * Keys of this phone are about to be put on a number: it must be the number whose chats these are, or a new one, and
 * nobody else's. From here on it is that phone's.
 */
create or replace function api_session_import(args jsonb) returns json language plpgsql volatile as $$
declare c channel;
begin
  select * into c from channel where id = as_uuid(args ->> 'channelId') and account_id = this_account() and kind = 'session' for update;
  if c.id is null then return null; end if;
  if c.archived_at is not null then perform refuse('channel_archived'); end if;
  if c.phone not in ('', args ->> 'phone') then perform refuse('backup_other_number'); end if;
  begin
    update channel set phone = args ->> 'phone', line = args ->> 'phone', rev = rev + 1 where id = c.id and line <> args ->> 'phone';
  exception when unique_violation then perform refuse('channel_taken');
  end;
  perform audit_mine('channel.imported', 'channel', c.id::text, c.name, null, args -> 'facts');
  return json_build_object('channel', (select s.json from channel_shape s where s.id = c.id));
end $$;
