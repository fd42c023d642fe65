/** Fills the demo account up to the size at which lists, pages and search must be fast; as the owner, in a few statements. */
import type { Subject } from './house.ts'

/** `chats`: some of them, to read pages of. */
export type Seeded = { accountId: string; chats: string[]; contacts: number; messages: number }

const CONTACTS = 100_000
const CHATS = 10_000
const MESSAGES = 1_000_000
const FIRST_PHONE = 593_961_200_000

const FIRST_NAMES =
  'Rosa,José,María,Luis,Carmen,Jorge,Ana,Carlos,Milagros,Pedro,Lucía,Segundo,Blanca,Ángel,Gloria,Víctor,Nelly,Édison,Alexandra,Wilmer'
const LAST_NAMES =
  'Huamán,Quispe,Flores,Sánchez,Rojas,Mamani,Guamán,Vásquez,Chávez,Ñaupari,Zambrano,Cedeño,Morocho,Paredes,Torres,Castro,Yánez,Ordóñez,Cabrera,Ríos'

/** A million messages over ten thousand chats: each chat has 60, a few have 10,000 more. */
export async function seedLarge({ database, demo, line }: Subject): Promise<Seeded> {
  const { rows } = await database.query<{ account_id: string }>('select account_id from channel where id = $1', [line.id])
  const accountId = rows[0]?.account_id ?? ''
  // What the foreign keys would check a million times is right by construction.
  await database.query('set session_replication_role = replica')
  await database.query(
    `with named as (
       select n, (string_to_array($2, ','))[1 + abs(hashint4(n)) % 20] || ' ' || (string_to_array($3, ','))[1 + abs(hashint4(n + 1000003)) % 20]
         || ' ' || (string_to_array($3, ','))[1 + abs(hashint4(n + 2000003)) % 20] as name
       from generate_series(0, $4::int - 1) n)
     insert into contact (id, account_id, profile_name, phone, search)
     select ('b0000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, name, ($5::bigint + n)::text, contact_search(null, name, null, ($5::bigint + n)::text) from named`,
    [accountId, FIRST_NAMES, LAST_NAMES, CONTACTS, FIRST_PHONE],
  )
  await database.query(
    `insert into contact_identity (account_id, kind, value, contact_id)
     select account_id, 'phone', phone, id from contact where id between 'b0000000-0000-7000-8000-000000000000' and 'b0000000-0000-7000-8000-999999999999'`,
  )
  const channels = demo.channels.map(({ id }) => id)
  await database.query(
    `insert into chat (id, account_id, channel_id, contact_id, object_key, state, unanswered, waiting_since, last_inbound_at, last_at, last, rank)
     select ('c0000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, ($2::uuid[])[1 + n % 3], ('b0000000-0000-7000-8000-' || lpad((n * 10)::text, 12, '0'))::uuid,
       ($3::bigint + n * 10)::text, case when n % 5 = 0 then 'pending' when n % 5 = 1 then 'closed' else 'waiting' end, case when n % 5 = 0 then 2 else 0 end,
       case when n % 5 = 0 then now() - n * interval '1 second' end, now() - n * interval '1 second', now() - n * interval '1 second',
       jsonb_build_object('id', gen_random_uuid(), 'direction', 'in', 'kind', 'text', 'text', 'Hola, quisiera saber si ya llegó mi pedido', 'status', null, 'at', iso(now())),
       chat_rank(case when n % 5 = 0 then now() - n * interval '1 second' end, now() - n * interval '1 second')
     from generate_series(0, $4::int - 1) n`,
    [accountId, channels, FIRST_PHONE, CHATS],
  )
  const deep = 40
  const deepEach = (MESSAGES - CHATS * 60) / deep
  await database.query(
    `insert into message (id, account_id, chat_id, channel_id, direction, kind, text, status, author_kind, author_name, at, provider_id)
     select ('d0000000-0000-7000-8000-' || lpad(m::text, 12, '0'))::uuid, $1, ('c0000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, ($2::uuid[])[1 + n % 3],
       case when m % 2 = 0 then 'in' else 'out' end, 'text', 'Mensaje ' || m || ': quisiera saber si ya llegó mi pedido, gracias',
       case when m % 2 = 1 then 'read' end, case when m % 2 = 0 then 'contact' else 'person' end, 'Rosa Huamán', now() - (($3::int - m) * interval '2 seconds'), 'wamid.SEED' || m
     from (select m, case when m < $4::int * 60 then m % $4::int else (m % $5::int) end as n from generate_series(0, $3::int - 1) m) x`,
    [accountId, channels, MESSAGES, CHATS, deep],
  )
  await database.query('set session_replication_role = origin')
  await database.query('vacuum analyze')
  // The filling's own writes to the disk belong to no figure.
  await database.query('checkpoint')
  const chats = Array.from({ length: 40 }, (_, i) => `c0000000-0000-7000-8000-${String(i < 20 ? i : i * 200).padStart(12, '0')}`)
  return { accountId, chats, contacts: CONTACTS, messages: CHATS * 60 + deep * deepEach }
}

/** Gives a chat so many messages of before, of one to three lines. */
export async function fillChat({ database }: Subject, chatId: string, messages: number): Promise<void> {
  await database.query(
    `insert into message (id, account_id, chat_id, channel_id, direction, kind, text, status, author_kind, author_name, at)
     select uuidv7(n * interval '-1 minute'), account_id, id, channel_id, case when n % 3 = 0 then 'out' else 'in' end, 'text',
       'Mensaje ' || ($2 - n) || repeat(': quisiera saber si ya llegó mi pedido', n % 4), case when n % 3 = 0 then 'read' end,
       case when n % 3 = 0 then 'person' else 'contact' end, 'Archivo', last_at - n * interval '1 minute'
     from chat, generate_series(1, $2::int) n where id = $1`,
    [chatId, messages],
  )
}
