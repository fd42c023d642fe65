/** The history of a number's phone: it lands as the past, once, and nothing follows from it. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const sql = async (text: string, ...params: unknown[]) => (await doors().owner.query(text, params)).rows
const ROSA = { phone: '593987000001', lid: '77001' }
const day = (number: number, minute = 0) => new Date(Date.UTC(2026, 9, number, 12, minute)).toISOString()

async function aNumber(): Promise<AnAccount> {
  const account = await anAccount()
  await sql("update channel set kind = 'session' where id = $1", account.channelId)
  return account
}

const item = (providerId: string, at: string, more: object = {}) => ({
  ...{ messageId: randomUUID(), providerId, at, origin: 'customer', customer: ROSA, objectKey: `p:${ROSA.phone}` },
  ...{ kind: 'text', text: providerId, ...more },
})

const Written = z.object({
  stored: z.number(),
  known: z.number(),
  chats: z.array(z.string()),
  changes: z.object({ chats: z.array(z.looseObject({ id: z.string() })), messages: z.array(z.looseObject({ id: z.string() })) }),
})
async function past(account: AnAccount, items: object[], { kind = 'history', trace = 'a piece' } = {}) {
  const { rows } = await doors().app.query('select session_past($1, $2, $3, $4) as written', [
    ...[account.id, account.channelId, trace],
    JSON.stringify({ kind, items }),
  ])
  return Written.parse(rows[0].written)
}

const chatsOf = (account: AnAccount) =>
  sql(
    "select state, unanswered, waiting_since, last ->> 'text' as last, last_inbound_at, assignee_id from chat where account_id = $1 and merged_into is null order by last_at",
    account.id,
  )
const wordsOf = (account: AnAccount) =>
  sql('select text, direction, status, at, extra from message where account_id = $1 order by at, id', account.id)

test('what was said before the link is in a closed chat, in its order, and asks nothing of anybody', async () => {
  const account = await aNumber()
  const ours = { origin: 'echo', status: 'read', quoted: 'Hola' }
  expect(await past(account, [item('Hola', day(1)), item('Buenas', day(1, 5), ours), item('Gracias', day(1, 9))])).toMatchObject({
    stored: 3,
    known: 0,
  })
  expect(await chatsOf(account)).toMatchObject([
    { state: 'closed', unanswered: 0, waiting_since: null, last: 'Gracias', last_inbound_at: new Date(day(1, 9)) },
  ])
  expect(await wordsOf(account)).toMatchObject([
    { text: 'Hola', direction: 'in', status: null },
    { text: 'Buenas', direction: 'out', status: 'read' },
    { text: 'Gracias', direction: 'in' },
  ])
  expect(await sql('select 1 from message where account_id = $1 and reply_to is not null', account.id)).toHaveLength(1)
  expect(await sql('select 1 from job where account_id = $1', account.id)).toEqual([])
})

test('a slice that comes again, and a message that is here already, change nothing; the counts stay true', async () => {
  const account = await aNumber()
  await account.ingest(account.entry({ providerId: 'live', text: 'vivo', at: day(20), customer: ROSA, objectKey: 'p:1' }))
  const slice = [item('antes', day(1)), item('live', day(20))]
  expect(await past(account, slice)).toMatchObject({ stored: 1, known: 1 })
  expect(await past(account, slice)).toMatchObject({ stored: 1, known: 1 })
  expect(await past(account, slice, { trace: 'another' })).toMatchObject({ stored: 0, known: 2 })
  expect((await wordsOf(account)).map(({ text }) => text)).toEqual(['antes', 'vivo'])
  // The chat that lives goes on as it was: its customer waits, and its last word is the last one.
  expect(await chatsOf(account)).toMatchObject([
    { state: 'new', unanswered: 1, last: 'vivo', last_inbound_at: new Date(day(20)) },
  ])
})

test('older words lie before newer ones, whichever came first; and a later live word opens the chat', async () => {
  const account = await aNumber()
  await past(account, [item('nuevo', day(9))])
  await past(account, [item('viejo', day(2), { quoted: 'nadie' })], { trace: 'b' })
  expect((await wordsOf(account)).map(({ text }) => text)).toEqual(['viejo', 'nuevo'])
  expect(await chatsOf(account)).toMatchObject([{ last: 'nuevo', state: 'closed' }])
  await account.ingest(account.entry({ providerId: 'hoy', text: 'hoy', customer: ROSA, objectKey: `p:${ROSA.phone}` }))
  expect(await chatsOf(account)).toMatchObject([{ last: 'hoy', state: 'pending', unanswered: 1 }])
})

test('what the history brought a moment before it came live is a message like any other', async () => {
  const account = await aNumber()
  await past(account, [item('doble', day(21))])
  const [result] = await account.ingest(account.entry({ providerId: 'doble', at: day(21), customer: ROSA, objectKey: 'p:2' }))
  expect(result).toMatchObject({ inserted: true })
  expect(await chatsOf(account)).toMatchObject([{ unanswered: 1 }])
  expect((await wordsOf(account)).map(({ extra }) => extra)).toEqual([null])
})

test('one person by phone in the past and by LID now is one contact with one chat; names of ours stay', async () => {
  const account = await aNumber()
  await account.ingest(
    account.entry({ providerId: 'lid', customer: { lid: ROSA.lid }, objectKey: `l:${ROSA.lid}`, profileName: 'Rosita' }),
  )
  await sql("update contact set name = 'Rosa de la Farmacia' where account_id = $1", account.id)
  await past(account, [item('antes', day(1))])
  expect(
    await sql('select name, profile_name, phone from contact where account_id = $1 and merged_into is null', account.id),
  ).toEqual([{ name: 'Rosa de la Farmacia', profile_name: 'Rosita', phone: ROSA.phone }])
  expect(await chatsOf(account)).toHaveLength(1)
})

test('who was put away stays away, and whom the phone wrote to first is no first contact of the desk', async () => {
  const account = await aNumber()
  const put = await account.api('api_contact_add', { name: 'Rosa', phone: ROSA.phone })
  await sql('update contact set archived_at = now() where id = $1', z.looseObject({ id: z.string() }).parse(put?.['contact']).id)
  await past(account, [item('oferta', new Date(Date.now() - 3_600_000).toISOString(), { origin: 'echo', status: 'sent' })])
  expect(await sql('select archived_at is null as here from contact where account_id = $1', account.id)).toEqual([
    { here: false },
  ])
  expect(await account.api('api_guard', { channelId: account.channelId })).toMatchObject({ first: { used: 0 }, reasons: [] })
})

test('what a break had kept from us waits for an answer, quietly; what only history tells never does', async () => {
  const account = await aNumber()
  await past(account, [item('muy viejo', day(1))])
  await account.ingest(account.entry({ providerId: 'a', text: 'a', at: day(10), customer: ROSA, objectKey: 'p:3' }))
  await account.ingest(
    account.entry({ providerId: 'b', text: 'b', at: day(11), customer: ROSA, objectKey: 'p:3', origin: 'echo' }),
  )
  expect(await past(account, [item('perdido', day(12))], { kind: 'gap', trace: 'g' })).toMatchObject({
    stored: 1,
    changes: { chats: [{ unanswered: 1 }], messages: [{ text: 'perdido' }] },
  })
  expect(await chatsOf(account)).toMatchObject([{ unanswered: 1, state: 'pending', last: 'perdido' }])
  expect(await sql("select 1 from job where account_id = $1 and kind in ('push', 'automatic')", account.id)).toEqual([])
  const { rows } = await doors().app.query('select session_anchors($1, $2, $3, 30) as anchors', [
    account.id,
    account.channelId,
    day(11),
  ])
  expect(rows[0].anchors).toEqual([{ waId: 'perdido', fromMe: false, at: Date.parse(day(12)), to: ROSA }])
})

test('a file of the past comes when somebody wants to see it, and only to who sees its chat', async () => {
  const account = await aNumber()
  const media = { mime: 'image/jpeg', size: 900, ref: { id: 'foto' } }
  await past(account, [item('foto', day(3), { kind: 'image', text: null, media })])
  const [file] = await sql('select id, state, reason from media where account_id = $1', account.id)
  expect(file).toMatchObject({ state: 'pending', reason: 'on_demand' })
  expect(await account.api('api_media_fetch', { mediaId: file.id })).toMatchObject({
    jobs: [{ kind: 'media' }],
    messages: [{ media: { state: 'pending', reason: null } }],
  })
  expect(await account.api('api_media_fetch', { mediaId: file.id })).toMatchObject({ jobs: [] })
  const stranger = await anAccount()
  expect(await stranger.api('api_media_fetch', { mediaId: file.id })).toBeNull()
})
