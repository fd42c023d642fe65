-- Whether a customer wants to hear from a number: asked by the shape of a chat, by the send rules, and right before a template leaves.

/*
 * What a customer has said no to, null when nothing: { out, at, source, how }. The latest word counts, whether it was
 * for this number or for all. `out` all: no templates at all. `out` marketing: none of that category.
 */
create or replace function consent_now(contact_ uuid, channel_ uuid) returns json language sql stable as $$
  select json_build_object('out', l.purpose, 'at', iso(l.at), 'source', l.source, 'how', l.how)
  from (select distinct on (k.purpose) k.purpose, k.state, k.at, k.source, k.how from consent k
    where k.contact_id = contact_ and k.superseded_at is null and (k.channel_id is null or k.channel_id = channel_)
    order by k.purpose, k.at desc, k.id desc) l
  where l.state = 'out' order by l.purpose limit 1
$$;

/* A number's words and answers; what holds while nobody has written its own. */
create or replace function consent_words(channel_ uuid) returns channel_consent language sql stable as $$
  select x from (
    select w as x, 0 as turn from channel_consent w where w.channel_id = channel_
    union all select row(c.id, c.account_id, array['BAJA', 'STOP'], array['ALTA', 'START'], 'all', '', '', 0)::channel_consent, 1 from channel c where c.id = channel_) f
  order by turn limit 1
$$;
