-- Templates: what the provider has, our drafts, and what a message needs of them.

/* A number's templates are seen by whom the number is. */
do $$
begin
  drop policy if exists seen on template;
  create policy seen on template as restrictive to app_rw using ((select this_reach()) = 'all' or channel_id = any((select this_open_channels())::uuid[]))
    with check (true);
end $$;

create or replace function template_json(t template) returns json language sql stable as $$
  select json_build_object('id', t.id, 'channelId', t.channel_id, 'name', t.name, 'language', t.language, 'category', t.category, 'status', t.status,
    'reason', t.reason, 'quality', t.quality, 'content', t.components, 'syncedAt', iso(t.synced_at), 'rev', t.rev)
$$;

/* Templates of the numbers that the caller sees, and when each of these numbers was last read at its provider. */
create or replace function api_templates(args jsonb) returns json language sql stable as $$
  with numbers as (select c.id, c.key from channel c where c.account_id = this_account() and c.archived_at is null and c.kind <> 'session'
    and (args ->> 'channel' is null or c.id = as_uuid(args ->> 'channel')))
  select json_build_object(
    'items', (select coalesce(json_agg(template_json(t) order by t.name, t.language), '[]') from template t join numbers n on n.id = t.channel_id where t.archived_at is null),
    'numbers', (select coalesce(json_agg(json_build_object('id', n.id, 'key', n.key, 'readAt', iso(r.at))), '[]') from numbers n left join template_read r on r.channel_id = n.id))
$$;

/* A template with what is needed to act on it at its provider. */
create or replace function template_inner(t template) returns json language sql stable as $$
  select json_build_object('template', template_json(t), 'providerId', t.provider_id, 'channelKey', n.key, 'channelKind', n.kind,
    'sample', (select json_build_object('r2Key', f.r2_key, 'mime', f.mime, 'name', f.name, 'size', f.size) from media f
      where f.id = as_uuid(t.components -> 'header' ->> 'sampleMediaId') and f.state = 'ready' and f.account_id = t.account_id))
  from channel n where n.id = t.channel_id
$$;

create or replace function api_template(args jsonb) returns json language sql stable as $$
  select template_inner(t) from template t join channel n on n.id = t.channel_id
  where t.id = as_uuid(args ->> 'templateId') and t.account_id = this_account() and t.archived_at is null
$$;

/* What a message needs of a template of its chat's number. */
create or replace function api_template_to_send(args jsonb) returns json language sql stable as $$
  select json_build_object('key', n.key, 'template', (select json_build_object('providerId', t.provider_id, 'status', t.status, 'category', t.category, 'content', t.components)
    from template t where t.channel_id = n.id and t.name = args ->> 'name' and t.language = args ->> 'language' and t.archived_at is null))
  from chat c join channel n on n.id = c.channel_id
  where c.id = chat_alive(as_uuid(args ->> 'chatId')) and c.account_id = this_account()
$$;

/* Refuses a sample that the caller could not send themselves. */
create or replace function refuse_foreign_sample(content jsonb, before_ jsonb) returns void language plpgsql stable as $$
begin
  if content -> 'header' ->> 'sampleMediaId' is distinct from before_ -> 'header' ->> 'sampleMediaId' then
    perform refuse_foreign_file(as_uuid(content -> 'header' ->> 'sampleMediaId'));
  end if;
end $$;

create or replace function api_template_add(args jsonb) returns json language plpgsql volatile as $$
declare t template;
begin
  if not exists (select from channel c where c.id = as_uuid(args ->> 'channelId') and c.account_id = this_account() and c.archived_at is null and c.kind <> 'session') then return null; end if;
  perform refuse_foreign_sample(args -> 'content', '{}');
  -- A name that was given up may be taken again: its row comes back as a draft.
  insert into template (account_id, channel_id, name, language, category, components, created_by)
  values (this_account(), as_uuid(args ->> 'channelId'), args ->> 'name', args ->> 'language', args ->> 'category', args -> 'content', this_person())
  on conflict (channel_id, name, language) do update set category = excluded.category, components = excluded.components, created_by = excluded.created_by,
    status = 'draft', reason = null, quality = 'unknown', provider_id = null, synced_at = null, archived_at = null, rev = template.rev + 1
    where template.archived_at is not null
  returning * into t;
  if t.id is null then perform refuse('template_taken'); end if;
  perform audit_mine('template.added', 'template', t.id::text, t.name, null, jsonb_build_object('language', t.language, 'category', t.category, 'text', t.components -> 'body'));
  return template_inner(t);
end $$;

create or replace function api_template_change(args jsonb) returns json language plpgsql volatile as $$
declare
  was template;
  t template;
begin
  select x.* into was from template x join channel n on n.id = x.channel_id
  where x.id = as_uuid(args ->> 'templateId') and x.account_id = this_account() and x.archived_at is null for update of x;
  if was.id is null then return null; end if;
  if was.rev <> (args ->> 'rev')::bigint or was.provider_id is not null then perform refuse('changed_meanwhile'); end if;
  perform refuse_foreign_sample(args -> 'content', was.components);
  begin
    update template set name = coalesce(args ->> 'name', name), language = coalesce(args ->> 'language', language), category = coalesce(args ->> 'category', category),
      components = args -> 'content', rev = rev + 1 where id = was.id returning * into t;
  exception when unique_violation then perform refuse('template_taken');
  end;
  perform audit_mine('template.changed', 'template', t.id::text, t.name,
    jsonb_build_object('text', was.components -> 'body'), jsonb_build_object('text', t.components -> 'body'));
  return template_inner(t);
end $$;

/* The provider has taken it for review. */
create or replace function api_template_submitted(args jsonb) returns json language plpgsql volatile as $$
declare t template;
begin
  update template set provider_id = coalesce(args ->> 'providerId', provider_id), status = args ->> 'status', reason = null,
    category = coalesce(args ->> 'category', category), components = coalesce(args -> 'content', components), synced_at = now(), archived_at = null, rev = rev + 1
  where id = as_uuid(args ->> 'templateId') and account_id = this_account() returning * into t;
  if t.id is null then return null; end if;
  perform audit_mine('template.submitted', 'template', t.id::text, t.name, null, jsonb_build_object('language', t.language, 'category', t.category, 'text', t.components -> 'body'));
  return template_inner(t);
end $$;

/* It is gone at the provider, or was a draft. `allLanguages`: so are its sisters. */
create or replace function api_template_removed(args jsonb) returns json language plpgsql volatile as $$
declare
  t template;
  n int;
begin
  select x.* into t from template x join channel n on n.id = x.channel_id where x.id = as_uuid(args ->> 'templateId') and x.account_id = this_account();
  if t.id is null then return null; end if;
  update template set archived_at = now(), rev = rev + 1
  where channel_id = t.channel_id and archived_at is null and (id = t.id or ((args ->> 'allLanguages')::boolean and name = t.name and provider_id is not null));
  get diagnostics n = row_count;
  perform audit_mine('template.removed', 'template', t.id::text, t.name, jsonb_build_object('language', t.language, 'status', t.status), null);
  return json_build_object('removed', n, 'channelId', t.channel_id);
end $$;

/*
 * What the provider has, whole: what is new comes, what changed changes, what it no longer has goes; drafts stay. Says whether anything changed.
 */
create or replace function templates_read(account_ uuid, channel_ uuid, list jsonb) returns boolean language plpgsql volatile as $$
declare
  n int;
  m int;
begin
  perform act_for(account_);
  -- One reading of a number at a time, or an older one could undo a newer one.
  perform pg_advisory_xact_lock(hashtextextended(channel_::text, 12));
  insert into template as t (account_id, channel_id, provider_id, name, language, category, status, reason, quality, components, synced_at)
  select distinct on (x ->> 'name', x ->> 'language') account_, channel_, x ->> 'providerId', x ->> 'name', x ->> 'language', x ->> 'category', x ->> 'status', x ->> 'reason',
    x ->> 'quality', x -> 'content', now()
  from jsonb_array_elements(list) x
  on conflict (channel_id, name, language) do update set provider_id = excluded.provider_id, category = excluded.category, status = excluded.status,
    reason = coalesce(excluded.reason, case when t.status = excluded.status then t.reason end), quality = excluded.quality,
    -- The provider does not give back the file that was shown to its reviewers.
    components = case when t.components -> 'header' ->> 'kind' = excluded.components -> 'header' ->> 'kind' and t.components -> 'header' ? 'sampleMediaId'
      then jsonb_set(excluded.components, '{header}', t.components -> 'header') else excluded.components end,
    synced_at = now(), archived_at = null, rev = t.rev + 1
  where (t.provider_id, t.category, t.status, t.quality, t.components, t.archived_at) is distinct from
    (excluded.provider_id, excluded.category, excluded.status, excluded.quality, excluded.components, null::timestamptz)
    or (excluded.reason is not null and t.reason is distinct from excluded.reason);
  get diagnostics n = row_count;
  update template t set archived_at = now(), rev = rev + 1
  where t.channel_id = channel_ and t.provider_id is not null and t.archived_at is null
    and not exists (select from jsonb_array_elements(list) x where x ->> 'name' = t.name and x ->> 'language' = t.language);
  get diagnostics m = row_count;
  insert into template_read (channel_id, account_id, at) values (channel_, account_, now()) on conflict (channel_id) do update set at = excluded.at;
  return n + m > 0;
end $$;

/*
 * News of a template, as its adapter read them: told to phones at once; and since news may come late or in any order, the number's templates
 * are read again. Gives the numbers that it concerns, and the job.
 */
create or replace function template_heard(account_ uuid, channel_ uuid, news jsonb) returns jsonb language plpgsql volatile as $$
declare
  job_ uuid;
begin
  update template t set
    status = case when news ->> 'status' = 'deleted' then t.status else coalesce(news ->> 'status', t.status) end,
    reason = case when news ? 'reason' then news ->> 'reason' when news ? 'status' then null else t.reason end,
    quality = coalesce(news ->> 'quality', t.quality), category = coalesce(news ->> 'category', t.category),
    archived_at = case when news ->> 'status' = 'deleted' then now() else t.archived_at end, synced_at = now(), rev = rev + 1
  where t.account_id = account_ and t.archived_at is null
    and ((news ? 'providerId' and t.provider_id = news ->> 'providerId')
      or (t.channel_id = channel_ and t.provider_id is not null and t.name = news ->> 'name' and t.language = news ->> 'language'));
  if not exists (select from job j where j.account_id = account_ and j.kind = 'templates' and j.ref ->> 'channelId' = channel_::text and j.done_at is null and j.started_at is null) then
    insert into job (account_id, kind, ref) values (account_, 'templates', jsonb_build_object('channelId', channel_)) returning id into job_;
  end if;
  return jsonb_build_object('templates', jsonb_build_array(jsonb_build_object('channelId', channel_)),
    'jobs', case when job_ is null then '[]'::jsonb else jsonb_build_array(jsonb_build_object('id', job_, 'kind', 'templates')) end);
end $$;

/* The hook's key of a number, for our own work on it. */
create or replace function key_of_channel(account_ uuid, channel_ uuid) returns text language plpgsql volatile as $$
declare found_ text;
begin
  perform act_for(account_);
  select c.key into found_ from channel c where c.id = channel_ and c.archived_at is null;
  return found_;
end $$;
