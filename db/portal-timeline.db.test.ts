/** What stands in the timeline of a client's card: one entry for each session of a chat, kept in step, and one for each missed call. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aBoundAccount, app, owner, type Row } from './local/a-bound-account.ts'
import { leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const entries = (portalId: string) =>
  owner(
    'select id, kind, ended_at is not null as ended, rev, due_at from portal_activity where portal_id = $1 order by id',
    portalId,
  )

/** Somebody of ours writes, and the provider takes it. */
async function answers(account: AnAccount, chatId: unknown): Promise<void> {
  const messageId = randomUUID()
  const author = { kind: 'person', id: account.personId, name: 'Ana' }
  const at = new Date().toISOString()
  await account.ingest(account.entry({ op: 'out', chatId, author, token: randomUUID(), bodyHash: 'h', messageId, at }))
  await account.ingest({ op: 'outcome', messageId, status: 'sent', providerId: `wamid.${messageId}`, at, hops: [] })
}

/** The words have been told; what is due is taken. */
async function take(portalId: string): Promise<Row[]> {
  await owner("update portal_delivery set state = 'done' where portal_id = $1", portalId)
  await owner(
    "update portal_activity set due_at = now() - interval '1 second' where portal_id = $1 and due_at is not null",
    portalId,
  )
  const { taken } = await app('select portal_timeline_take($1, 50) as taken', portalId)
  const empty: { rows: Row[] } = { rows: [] }
  return Object.assign(empty, taken).rows
}
const settle = (portalId: string, ...outcomes: Row[]) =>
  app('select portal_timeline_settle($1, $2)', portalId, JSON.stringify(outcomes))

test('a session is one entry from the first word until the chat is closed; the next word begins another', async () => {
  const { account, portalId } = await aBoundAccount()
  const [first] = await account.ingest(account.entry())
  await account.ingest(account.entry())
  expect(await take(portalId)).toMatchObject([
    { kind: 'session', wasAsked: false, activityId: null, chat: { waits: 2 }, said: 2, answered: 0, authors: [], ended: null },
  ])
  await answers(account, first?.['chatId'])
  const [told] = await take(portalId)
  expect(told).toMatchObject({ wasAsked: true, chat: { waits: 0 }, said: 2, answered: 1, authors: ['Ana'] })
  await settle(portalId, { ...told, outcome: 'done', activityId: '999', ownerTypeId: 3, ownerId: 88 })
  expect(await take(portalId)).toEqual([])
  await account.api('api_chat_state', { chatId: first?.['chatId'], state: 'closed' })
  expect(await take(portalId)).toMatchObject([{ activityId: '999', ownerId: 88, ended: expect.any(String), said: 2 }])
  await account.ingest(account.entry())
  expect((await entries(portalId)).map(({ ended }) => ended)).toEqual([true, false])
})

test('what happened while an entry was told is told again; what was told is a hop of the chat’s way', async () => {
  const { account, portalId } = await aBoundAccount()
  await account.ingest(account.entry())
  const [told] = await take(portalId)
  await account.ingest(account.entry())
  await settle(portalId, { ...told, outcome: 'done', activityId: '999', ownerTypeId: 3, ownerId: 88 })
  expect(await take(portalId)).toMatchObject([{ said: 2, activityId: '999' }])
  const hops = await owner("select what from trace where account_id = $1 and what like 'portal_timeline%'", account.id)
  expect(hops).toEqual([{ what: 'portal_timeline' }])
})

test('an entry waits for the words that it speaks of, and is not asked for again before its time', async () => {
  const { account, portalId } = await aBoundAccount()
  await account.ingest(account.entry())
  await owner("update portal_activity set due_at = now() - interval '1 second' where portal_id = $1", portalId)
  const { taken } = await app('select portal_timeline_take($1, 50) as taken', portalId)
  expect(taken).toEqual({ rows: [], nextAt: null })
  const [row] = await take(portalId)
  await settle(portalId, { ...row, outcome: 'later', code: 'portal_unreachable', afterMs: 60_000 })
  expect((await app('select portal_timeline_take($1, 50) as taken', portalId))['taken']).toMatchObject({
    rows: [],
    nextAt: expect.any(String),
  })
})

test('a missed call is an entry of its own; the past of a phone and notes are none, nor is anything of a line that is off', async () => {
  const { account, portalId } = await aBoundAccount()
  const call = account.entry({ kind: 'system', text: null, extra: { system: 'missed_call' } })
  await account.ingest(call)
  await account.ingest(call)
  await account.ingest(account.entry({ extra: { past: true } }))
  expect(await take(portalId)).toMatchObject([{ kind: 'call', missed: 'missed_call' }])
  await owner('update portal_line set timeline = false where portal_id = $1', portalId)
  await account.ingest(account.entry())
  await account.ingest(account.entry({ kind: 'system', text: null, extra: { system: 'missed_call' } }))
  expect(await entries(portalId)).toHaveLength(1)
})

test('a number that leaves its line ends what stands in the cards', async () => {
  const { account, portalId } = await aBoundAccount()
  await account.ingest(account.entry())
  await owner('update portal_line set ended_at = now() where portal_id = $1', portalId)
  expect(await take(portalId)).toMatchObject([{ ended: expect.any(String), chat: { waits: 0 } }])
})

test('two chats that become one have one session', async () => {
  const { account, portalId } = await aBoundAccount()
  const [one] = await account.ingest(account.entry())
  const [other] = await account.ingest(account.entry({ objectKey: 'p:593987000222', customer: { phone: '593987000222' } }))
  await owner('update chat set merged_into = $1, merged_at = now() where id = $2', one?.['chatId'], other?.['chatId'])
  expect(await entries(portalId)).toMatchObject([{ ended: false }, { ended: true }])
})
