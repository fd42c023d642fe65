-- Pictures that customers show on WhatsApp. Their bytes are in R2 under `p/<account>/<photo>`; who sees a contact sees its picture.

/*
 * What a number's node found of somebody's picture: `photo_` names the bytes, null: they show none. Gives the one that it takes
 * the place of, whether there is such a contact, and what phones must hear.
 */
create or replace function session_photo(account_ uuid, customer jsonb, photo_ text) returns json language plpgsql volatile as $$
declare
  k contact;
begin
  perform act_for(account_);
  select x.* into k from contact_identity i join contact x on x.id = i.contact_id
  where i.account_id = account_ and ((i.kind = 'phone' and i.value = customer ->> 'phone') or (i.kind = 'lid' and i.value = customer ->> 'lid'))
  order by i.kind = 'lid' desc limit 1 for update of x;
  if k.id is null then return '{"known":false}'; end if;
  if k.photo is not distinct from photo_ then return json_build_object('known', true); end if;
  update contact set photo = photo_ where id = k.id;
  return (contacts_told(array[k.id]) || jsonb_build_object('known', true, 'old', k.photo))::json;
end $$;

/* The picture of a contact whom the caller sees. Null: there is none for them. */
create or replace function api_contact_photo(args jsonb) returns json language sql stable as $$
  select json_build_object('key', 'p/' || k.account_id || '/' || k.photo) from contact_in_sight(as_uuid(args ->> 'contactId')) k
  where k.id is not null and k.photo is not null
$$;
