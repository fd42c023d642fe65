-- Texts that a number sends by itself. Decided in the transaction that stores what they follow from, as a job whose id
-- says for what it is: a hook that comes twice, or a death in between, finds the job there. Sent by inbox/automatic.ts.

/*
 * The id of an automatic text, made of what it is for: one rule, one chat, one period (a closed time, a conversation).
 * It is the id of the job and of the message, so neither can be there twice. In the form of a UUIDv7.
 */
create or replace function automatic_id(chat_ uuid, rule text, period text) returns uuid language sql immutable as $$
  select overlay(overlay(md5(chat_::text || '|' || rule || '|' || period) placing '7' from 13) placing '8' from 17)::uuid
$$;

/* What is said by itself in a chat of this number and department; null where a rule is off. The department's word wins. */
create or replace function automatic_text(channel_ uuid, department_ uuid, rule text) returns text language sql stable as $$
  select case when rule like 'opted\_%' then (select nullif(case rule when 'opted_out' then w.out_reply else w.in_reply end, '') from consent_words(channel_) w) else coalesce(
    (select case rule when 'greeting' then t.greeting when 'farewell' then t.farewell else t.out_of_hours end
      from department_texts t where t.department_id = department_ and rule = any(t.automatic)),
    (select case rule when 'greeting' then h.greeting when 'farewell' then h.farewell else h.out_of_hours end
      from channel_hours h where h.channel_id = channel_ and rule = any(h.automatic))) end
$$;

/* Puts an automatic text on its way, once for ever. The job, or null when it was on its way already. */
create or replace function automatic_job(c chat, rule text, period text, ref jsonb, trace_ text, wait interval) returns jsonb language plpgsql volatile as $$
declare job_ uuid := automatic_id(c.id, rule, period);
begin
  if exists (select from message m where m.id = job_) then return null; end if;
  insert into job (id, account_id, kind, ref, trace_id, run_after)
  values (job_, c.account_id, 'automatic', ref || jsonb_build_object('id', job_, 'rule', rule, 'period', period, 'chatId', c.id, 'traceId', trace_), trace_, now() + wait)
  on conflict (id) do nothing;
  return case when found then jsonb_build_object('id', job_, 'kind', 'automatic') end;
end $$;

/*
 * What follows by itself from a customer's message. `c`: the chat as it stood before. `closed`: the closed time that the
 * message fell into, worked out by contract/hours.ts. What was said long ago and comes late is left to people.
 */
create or replace function automatic_after(c chat, m message, closed jsonb) returns jsonb language plpgsql volatile as $$
declare
  ref jsonb := jsonb_build_object('at', iso(m.at));
  rule text;
  period text;
  version_ int;
begin
  if m.at < now() - interval '15 minutes' then return null; end if;
  if closed is not null and automatic_text(c.channel_id, c.department_id, 'out_of_hours') is not null then
    rule := 'out_of_hours';
    period := coalesce(closed ->> 'since', 'always');
    ref := ref || jsonb_build_object('closed', closed);
  elsif (c.last is null or c.state = 'closed') and automatic_text(c.channel_id, c.department_id, 'greeting') is not null then
    rule := 'greeting';
    period := coalesce(iso(case when c.state = 'closed' then c.state_at end), 'first');
  end if;
  -- A new contact is told about their data with the first thing that is said by itself, else by a text of its own.
  if rule is not null and not exists (select from job j where j.id = automatic_id(c.id, rule, period))
    and not exists (select from message x where x.id = automatic_id(c.id, rule, period)) then
    version_ := privacy_claim(c, automatic_id(c.id, rule, period));
    return automatic_job(c, rule, period, ref || case when version_ is null then '{}' else jsonb_build_object('privacy', version_) end, m.trace_id, '0');
  end if;
  version_ := privacy_claim(c, automatic_id(c.id, 'privacy', m.id::text));
  return case when version_ is not null then automatic_job(c, 'privacy', m.id::text, ref || jsonb_build_object('privacy', version_), m.trace_id, '0') end;
end $$;

/* A person has closed the chat: a farewell follows, unless they take it back within the time that the app offers for that. */
create or replace function automatic_farewell(c chat) returns jsonb language plpgsql volatile as $$
begin
  if automatic_text(c.channel_id, c.department_id, 'farewell') is null then return null; end if;
  return automatic_job(c, 'farewell', iso(c.state_at), jsonb_build_object('at', iso(c.state_at), 'agent', (select p.name from person p where p.id = this_person())),
    null, '10 seconds');
end $$;

/*
 * What is needed to send an automatic text, or `skip`: why it is not sent any more. Somebody has answered meanwhile,
 * the chat was taken up again, the rule was switched off, or the number is paused: nothing is saved up for later.
 */
create or replace function automatic_context(account_ uuid, ref jsonb) returns json language plpgsql volatile as $$
declare
  c chat;
  n channel;
  k contact;
  words text;
  rule text := ref ->> 'rule';
  zone text;
  why text;
  notice privacy_setting;
begin
  perform act_for(account_);
  select * into c from chat where id = chat_alive(as_uuid(ref ->> 'chatId'));
  select * into n from channel where id = c.channel_id;
  select * into k from contact where id = c.contact_id;
  if rule <> 'privacy' then words := automatic_text(c.channel_id, c.department_id, rule); end if;
  select * into notice from privacy_setting s where s.account_id = account_ and exists (select from privacy_notice x where x.account_id = account_);
  select coalesce(h.time_zone, a.time_zone) into zone from account a left join channel_hours h on h.channel_id = n.id where a.id = account_;
  why := case
    when words is null and not ref ? 'privacy' then 'automatic_off'
    when n.archived_at is not null or n.sending_paused_at is not null or n.problem is not null then 'automatic_paused'
    when rule = 'farewell' and (c.state <> 'closed' or iso(c.state_at) <> ref ->> 'period') then 'automatic_reopened'
    -- In a closed time, since it began: nobody is told that nobody is there while somebody is writing to them.
    when rule in ('greeting', 'out_of_hours') and exists (select from message m where m.chat_id = c.id and m.direction = 'out' and m.author_kind <> 'system'
      and m.at >= coalesce(ref -> 'closed' ->> 'since', ref ->> 'at')::timestamptz) then 'automatic_answered' end;
  if c.id is null then return null; end if;
  -- What the law asks us to tell goes out by itself, whoever has answered meanwhile.
  if ref ? 'privacy' then
    if why = 'automatic_answered' then
      why := null;
      words := null;
    end if;
    if coalesce(words, '') !~ '\{aviso_privacidad\}' then words := concat_ws(E'\n\n', words, notice.sentence); end if;
  end if;
  return json_build_object('skip', why, 'words', words, 'notice', notice.key,
    'values', json_build_object('cliente', coalesce(k.name, k.profile_name, k.username), 'canal', n.name, 'agente', ref ->> 'agent',
      'empresa', (select a.name from account a where a.id = account_),
      'apertura', to_char((ref -> 'closed' ->> 'until')::timestamptz at time zone zone, 'DD/MM HH24:MI')),
    'chat', json_build_object('id', c.id, 'objectKey', c.object_key, 'lastInboundAt', iso(c.last_inbound_at), 'consent', consent_now(c.contact_id, c.channel_id)),
    'channel', json_build_object('id', n.id, 'key', n.key, 'kind', n.kind, 'settings', n.settings, 'archived', n.archived_at is not null, 'entitled', channel_entitled(n.id)));
end $$;

/* An automatic text that was not sent: the log says why. */
create or replace function automatic_skipped(account_ uuid, ref jsonb, why text) returns void language plpgsql volatile as $$
begin
  perform act_for(account_);
  insert into trace (account_id, at, level, place, what, trace_id, channel_id, chat_id, data)
  select account_, clock_timestamp(), 'info', 'chat', why, ref ->> 'traceId', c.channel_id, c.id, jsonb_build_object('rule', ref ->> 'rule')
  from chat c where c.id = as_uuid(ref ->> 'chatId');
  if ref ? 'privacy' then perform privacy_release(as_uuid(ref ->> 'id'), chat_alive(as_uuid(ref ->> 'chatId'))); end if;
end $$;
