-- Files that come in parts (contract/media.ts). Only whoever began one goes on with it; a machine's key sends its files whole.

/* Unfinished files of one person, in bytes: more than this waits for the others. */
create or replace function uploads_max() returns bigint language sql immutable parallel safe as $$ select 300000000::bigint $$;

/* An upload of the caller's own as the Worker needs it; null when there is none. `file`: it is whole. */
create or replace function api_upload(args jsonb) returns json language sql stable as $$
  select json_build_object('id', u.id, 'mediaId', u.media_id, 'name', u.name, 'mime', u.mime, 'size', u.size, 'have', u.have, 'details', u.details,
    'createdAt', iso(u.created_at), 'ended', u.ended_at is not null,
    'file', (select json_build_object('id', f.id, 'kind', f.kind, 'mime', f.mime, 'size', f.size, 'name', f.name) from media f where f.id = u.media_id))
  from upload u where u.id = as_uuid(args ->> 'uploadId') and u.person_id = this_person()
$$;

/* Begins one, or finds it: the same id with another file is refused. One that was given up begins anew. */
create or replace function api_upload_begin(args jsonb) returns json language plpgsql volatile as $$
declare
  u upload;
  size_ bigint := (args ->> 'size')::bigint;
begin
  if this_person() is null then perform refuse('forbidden'); end if;
  select * into u from upload x where x.id = as_uuid(args ->> 'id') and x.person_id = this_person() for update;
  if found and (u.size <> size_ or u.mime <> args ->> 'mime') then perform refuse('id_reused'); end if;
  if found and u.ended_at is not null and not exists (select from media f where f.id = u.media_id) then
    update upload x set ended_at = null, have = '{}', created_at = now() where x.id = u.id and x.person_id = u.person_id;
  elsif u.id is null then
    if (select coalesce(sum(x.size), 0) from upload x where x.person_id = this_person() and x.ended_at is null) + size_ > uploads_max() then
      perform refuse('rate_limited');
    end if;
    insert into upload (id, account_id, person_id, name, mime, size, details)
    values (as_uuid(args ->> 'id'), this_account(), this_person(), args ->> 'name', args ->> 'mime', size_, nullif(args -> 'details', 'null'))
    on conflict do nothing;
  end if;
  return api_upload(jsonb_build_object('uploadId', args ->> 'id'));
end $$;

/* A part is in R2. */
create or replace function api_upload_part(args jsonb) returns json language plpgsql volatile as $$
begin
  update upload u set have = (select array_agg(distinct p order by p) from unnest(u.have || (args ->> 'part')::int) p)
  where u.id = as_uuid(args ->> 'uploadId') and u.person_id = this_person() and u.ended_at is null;
  return api_upload(args);
end $$;

/* The parts have become a file. Two tries at once make one. */
create or replace function api_upload_finish(args jsonb) returns json language plpgsql volatile as $$
begin
  if not exists (select from media f where f.id = as_uuid(args -> 'file' ->> 'id')) then perform api_media_add(args -> 'file'); end if;
  update upload u set ended_at = now() where u.id = as_uuid(args ->> 'uploadId') and u.person_id = this_person() and u.ended_at is null;
  return api_upload(args);
end $$;

create or replace function api_upload_drop(args jsonb) returns json language plpgsql volatile as $$
begin
  update upload u set ended_at = now() where u.id = as_uuid(args ->> 'uploadId') and u.person_id = this_person() and u.ended_at is null;
  return api_upload(args);
end $$;

/* What was begun a day ago: whole, given up or forgotten, its parts are needed no more. */
create or replace function uploads_past(limit_ int) returns table (account_id uuid, media_id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select u.account_id, u.media_id from public.upload u where u.created_at < now() - interval '1 day' order by u.created_at limit limit_
$$;

/* Their parts are gone from R2: the rows go too. */
create or replace function uploads_forget(media_ids uuid[]) returns int
language sql volatile security definer set search_path = pg_catalog, public as $$
  with gone as (delete from public.upload u where u.media_id = any(media_ids) and u.created_at < now() - interval '1 day' returning 1) select count(*)::int from gone
$$;

do $$
declare f text;
begin
  foreach f in array array['uploads_past(int)', 'uploads_forget(uuid[])'] loop
    execute format('alter function %s owner to app_system', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to app_rw', f);
  end loop;
end $$;
