/** What a portal must be told of a chat, and what it is not told: rows written in the transaction of what they tell of. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aBoundAccount, app, owner, type Row } from './local/a-bound-account.ts'
import { doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const rows = (portalId: string) =>
  owner('select id, kind, state, message_id, body from portal_delivery where portal_id = $1 order by n', portalId)
const kinds = async (portalId: string) => (await rows(portalId)).map(({ kind }) => kind)

/** Somebody of ours writes; the provider takes it. */
async function answers(account: AnAccount, chatId: unknown, more: Row = {}): Promise<string> {
  const messageId = randomUUID()
  const author = { kind: 'person', id: account.personId, name: 'Ana' }
  const at = new Date().toISOString()
  await account.ingest(account.entry({ op: 'out', chatId, author, token: randomUUID(), bodyHash: 'h', messageId, at, ...more }))
  return messageId
}
const outcome = (account: AnAccount, messageId: string, status: string, more: Row = {}) =>
  account.ingest({ op: 'outcome', messageId, status, at: new Date().toISOString(), hops: [], ...more })

/** The portal's object takes what may go. */
async function take(portalId: string, life: string = randomUUID()) {
  const { taken } = await app('select portal_take($1, $2, 200) as taken', portalId, life)
  const empty: { rows: Row[]; unsure: Row[]; nextAt: string | null } = { rows: [], unsure: [], nextAt: null }
  return Object.assign(empty, taken)
}
const settle = (portalId: string, ...outcomes: Row[]) => app('select portal_settle($1, $2)', portalId, JSON.stringify(outcomes))

test('a customer’s message on a bound number is to be told to the portal, with the same commit; its object is woken', async () => {
  const { account, portalId } = await aBoundAccount()
  const entry = account.entry()
  const { written } = await app('select ingest($1, $2) as written', account.id, JSON.stringify([entry, entry, account.entry()]))
  expect(await kinds(portalId)).toEqual(['send', 'send'])
  expect(written).toMatchObject({ jobs: [{ id: portalId, kind: 'portal' }] })
  const [chat] = await owner('select external_id, connector from portal_chat where portal_id = $1', portalId)
  expect(chat).toEqual({ external_id: 'wa-593987654321', connector: 'wab24_k3' })
})

test('a number without a line, a note and the past of a phone tell no portal anything', async () => {
  const { account, portalId } = await aBoundAccount()
  await account.ingest(account.entry({ extra: { past: true } }))
  await owner('update portal_line set ended_at = now() where portal_id = $1', portalId)
  const [first] = await account.ingest(account.entry())
  await answers(account, first?.['chatId'], { op: 'note' })
  expect(await rows(portalId)).toEqual([])
})

test('what an agent writes is told when the provider has taken it, once; what came to nothing never', async () => {
  const { account, portalId } = await aBoundAccount()
  const [first] = await account.ingest(account.entry())
  const [one, two] = [await answers(account, first?.['chatId']), await answers(account, first?.['chatId'])]
  // Whose it is by that is told at once.
  expect(await kinds(portalId)).toEqual(['send', 'responsible'])
  await outcome(account, two, 'failed', { code: 'window_closed' })
  await outcome(account, one, 'sent', { providerId: 'wamid.1' })
  for (const status of ['delivered', 'read'])
    await account.ingest({
      op: 'status',
      channelId: account.channelId,
      providerId: 'wamid.1',
      status,
      at: new Date().toISOString(),
      hops: [],
    })
  expect((await rows(portalId)).map(({ kind, message_id }) => [kind, message_id === one])).toEqual([
    ['send', false],
    ['responsible', false],
    ['send', true],
  ])
})

test('an operator’s words are not sent back: the portal hears that they arrived when all of their parts have, or that they did not', async () => {
  const { account, portalId } = await aBoundAccount()
  const [first] = await account.ingest(account.entry())
  const [chat] = await owner('select id from portal_chat where portal_id = $1', portalId)
  const parts = [randomUUID(), randomUUID()]
  for (const [part, id] of parts.entries())
    await owner(
      "insert into portal_message (account_id, portal_id, message_id, portal_chat_id, direction, im_chat_id, im_message_id, part) values ($1, $2, $3, $4, 'from', '1767', '86497', $5)",
      ...[account.id, portalId, id, chat?.['id'], part],
    )
  for (const messageId of parts) await answers(account, first?.['chatId'], { messageId, portalId })
  await outcome(account, parts[0] ?? '', 'sent', { providerId: `wamid.${parts[0]}` })
  expect(await kinds(portalId)).toEqual(['send'])
  await outcome(account, parts[1] ?? '', 'failed', { code: 'window_closed' })
  expect((await rows(portalId)).map(({ kind, body }) => [kind, body])).toEqual([
    ['send', null],
    ['say', { what: 'failed', code: 'window_closed' }],
    ['delivery_status', null],
  ])
  const { rows: taken } = await take(portalId)
  expect(taken.at(-1)).toMatchObject({ kind: 'delivery_status', im: { chatId: '1767', messageId: '86497', parts: [parts[0]] } })
})

test('edits, deletions and reactions of the customer, assignment and closing follow, and what the portal told us does not go back', async () => {
  const { account, portalId } = await aBoundAccount()
  const entry = account.entry()
  const [first] = await account.ingest(entry)
  const change = (op: string, more: Row = {}) =>
    account.ingest({
      ...{ op, origin: 'customer', channelId: account.channelId, providerId: randomUUID(), target: entry['providerId'] },
      ...{ customer: entry['customer'], at: new Date().toISOString(), hops: [], ...more },
    })
  await change('edit', { text: 'Hola, buenas' })
  await change('edit', { text: 'Desde Bitrix24', portalId })
  await change('reaction', { emoji: '👍' })
  await change('reaction', { emoji: null })
  await account.api('api_chat_assign', { chatId: first?.['chatId'], personId: account.personId })
  await change('revoke')
  await account.api('api_chat_state', { chatId: first?.['chatId'], state: 'closed' })
  expect((await rows(portalId)).map(({ kind, body }) => [kind, body])).toEqual([
    ['send', null],
    ['update', null],
    ['say', { what: 'reaction', emoji: '👍' }],
    ['responsible', null],
    ['delete', null],
    ['session_finish', null],
  ])
})

test('one chat keeps its order: nothing behind what waits or is under way; another chat goes on', async () => {
  const { account, portalId } = await aBoundAccount()
  const other = { customer: { phone: '51987000111' }, objectKey: 'p:51987000111' }
  await account.ingest(account.entry({ text: 'A1' }), account.entry({ text: 'B1', ...other }), account.entry({ text: 'A2' }))
  const life = randomUUID()
  const first = await take(portalId, life)
  const textOf = (row: Row | undefined) => Object.assign({ text: null }, row?.['message']).text
  expect(first.rows.map(textOf).toSorted()).toEqual(['A1', 'A2', 'B1'])
  const idOf = (text: string) => first.rows.find((row) => textOf(row) === text)?.['id']
  await account.ingest(account.entry({ text: 'A3' }), account.entry({ text: 'B2', ...other }))
  await settle(portalId, { id: idOf('B1'), outcome: 'done', imChatId: '1', sessionId: '2', guestId: '3' })
  expect((await take(portalId, life)).rows.map(textOf)).toEqual(['B2'])
  await settle(portalId, { id: idOf('A1'), outcome: 'later', afterMs: 60_000, code: 'portal_unreachable', counts: 1 })
  await settle(portalId, { id: idOf('A2'), outcome: 'later', afterMs: 0 })
  const later = await take(portalId, life)
  expect(later.rows).toEqual([])
  expect(Date.parse(String(later.nextAt))).toBeGreaterThan(Date.now() + 50_000)
  const [waits] = await owner(
    "select data ->> 'until' as until from trace where account_id = $1 and what = 'portal_waits' and code = 'portal_unreachable'",
    account.id,
  )
  expect(waits?.['until'], 'the time of day, as people say it').toMatch(/^\d\d:\d\d:\d\d$/)
  const hops = await owner(
    "select what, code, level from trace where account_id = $1 and place = 'bitrix24' order by id",
    account.id,
  )
  expect(hops).toEqual([
    { what: 'portal_send', code: null, level: 'info' },
    { what: 'portal_waits', code: 'portal_unreachable', level: 'warn' },
    { what: 'portal_waits_behind', code: 'portal_earlier', level: 'info' },
  ])
  // The portal is there again: nobody waits out the pause.
  await owner("update portal set state = 'disconnected' where id = $1", portalId)
  await owner("update portal set state = 'active' where id = $1", portalId)
  expect((await take(portalId, life)).rows.map(textOf)).toEqual(['A1', 'A2', 'A3'])
})

test('what stands in the portal’s line of calls says why in its way, and so does all that stands behind it in its chat', async () => {
  const { account, portalId } = await aBoundAccount()
  await account.ingest(account.entry({ text: 'A1' }))
  const life = randomUUID()
  const [first] = (await take(portalId, life)).rows
  await account.ingest(account.entry({ text: 'A2' }))
  const soon = new Date(Date.now() + 20_000).toISOString()
  const held = (id: unknown) =>
    app('select portal_held($1, $2, $3, $4, $5)', portalId, [id], 'portal_method_limit', 'imconnector.send.messages', soon)
  await held(first?.['id'])
  // What comes now stands behind it from its beginning.
  await owner(
    "update portal_delivery set leased_at = now() - interval '4 seconds' where portal_id = $1 and state = 'leased'",
    portalId,
  )
  await account.ingest(account.entry({ text: 'A3' }))
  const hops = () =>
    owner(
      "select m.text, t.what, t.code, t.data ->> 'said' as said, t.data ->> 'until' as until from trace t join message m on m.id = t.message_id where t.account_id = $1 and t.place = 'bitrix24' order by t.id",
      account.id,
    )
  const clock = expect.stringMatching(/^\d\d:\d\d:\d\d$/)
  expect(await hops()).toEqual([
    { text: 'A1', what: 'portal_held', code: 'portal_method_limit', said: 'imconnector.send.messages', until: clock },
    { text: 'A2', what: 'portal_waits_behind', code: 'portal_earlier', said: null, until: null },
    { text: 'A3', what: 'portal_waits_behind', code: 'portal_earlier', said: null, until: null },
  ])
  await settle(portalId, { id: first?.['id'], outcome: 'done', imChatId: '1', sessionId: '2', guestId: '3' })
  await held(first?.['id'])
  expect(await hops(), 'it has gone on: nothing holds it').toHaveLength(4)
  expect((await take(portalId, life)).rows).toHaveLength(2)
  const left = await owner("select code, since from portal_delivery where portal_id = $1 and state = 'leased'", portalId)
  expect(left, 'nothing stands before them any more').toEqual([
    { code: null, since: null },
    { code: null, since: null },
  ])
})

test('a message that another life of the object left under way is looked at again; what may be done twice simply is', async () => {
  const { account, portalId } = await aBoundAccount()
  const [first] = await account.ingest(account.entry())
  await account.api('api_chat_assign', { chatId: first?.['chatId'], personId: account.personId })
  expect((await take(portalId)).rows).toHaveLength(2)
  const life = randomUUID()
  const again = await take(portalId, life)
  expect(again).toMatchObject({ rows: [], unsure: [{ kind: 'send', message: { text: 'Hola' } }] })
  await settle(portalId, { id: again.unsure[0]?.['id'], outcome: 'done', imChatId: '1767', sessionId: '323', guestId: '585' })
  expect((await take(portalId, life)).rows.map(({ kind, chat }) => [kind, chat])).toMatchObject([
    ['responsible', { imChatId: '1767', assignee: '31' }],
    ['responsible', {}],
  ])
})

test('a message begins a new conversation there: whose the chat is with us is told, though the portal’s word of it comes before its answer', async () => {
  const { account, portalId } = await aBoundAccount()
  const [first] = await account.ingest(account.entry())
  await account.api('api_chat_assign', { chatId: first?.['chatId'], personId: account.personId })
  const life = randomUUID()
  const given = (told: Row[]) => settle(portalId, ...told.map(({ id }) => ({ id, outcome: 'done', responsible: '31' })))
  const goes = async (sessionId: string) => {
    const [send, ...others] = (await take(portalId, life)).rows
    const [{ id: portalChatId } = {}] = await owner('select id from portal_chat where portal_id = $1', portalId)
    const started = { what: 'start', portalChatId, sessionId, imChatId: '1767', at: new Date().toISOString() }
    await app('select portal_session($1, $2)', portalId, JSON.stringify(started))
    await settle(portalId, { id: send?.['id'], outcome: 'done', imChatId: '1767', sessionId, guestId: '585' })
    await given(others)
  }
  await goes('321')
  await given((await take(portalId, life)).rows)
  await account.ingest(account.entry())
  await goes('322')
  expect((await take(portalId, life)).rows.map(({ kind }) => kind)).toEqual(['responsible'])
})

test('what waits for a portal that lets us in again goes on at once: its object is woken', async () => {
  const { account, portalId } = await aBoundAccount()
  const stands = (state: string, problem: string | null) =>
    app("select portal_stands($1, $2, $3, '{}', '{}') as jobs", portalId, state, problem)
  await account.ingest(account.entry())
  const [waits] = (await take(portalId)).rows
  await stands('needs_reconnect', 'invalid_grant')
  await settle(portalId, { id: waits?.['id'], outcome: 'later', code: 'portal_access', text: 'invalid_grant', afterMs: 600_000 })
  expect((await take(portalId)).rows).toEqual([])
  expect(await stands('active', null)).toMatchObject({ jobs: [{ id: portalId, kind: 'portal' }] })
  expect((await take(portalId)).rows).toHaveLength(1)
})

test('what was refused before the portal let us in again does not wait because its answer came after', async () => {
  const { account, portalId } = await aBoundAccount()
  const stands = (state: string) => app("select portal_stands($1, $2, null, '{}', '{}')", portalId, state)
  await account.ingest(account.entry())
  const life = randomUUID()
  const [taken] = (await take(portalId, life)).rows
  await stands('needs_reconnect')
  await stands('active')
  const refused = { id: taken?.['id'], outcome: 'later', code: 'portal_access', afterMs: 600_000 }
  await settle(portalId, refused)
  expect((await take(portalId, life)).rows).toHaveLength(1)
  // Refused once more, it waits.
  await settle(portalId, refused)
  expect((await take(portalId, life)).rows).toEqual([])
})

test('a paused line keeps everything in order until it is resumed', async () => {
  const { account, portalId } = await aBoundAccount()
  await owner("update portal_line set state = 'paused' where portal_id = $1", portalId)
  await account.ingest(account.entry(), account.entry())
  expect((await take(portalId)).rows).toEqual([])
  await owner("update portal_line set state = 'active' where portal_id = $1", portalId)
  expect((await take(portalId)).rows).toHaveLength(2)
})

test('when two customers turn out to be one, the conversation keeps its name in the portal', async () => {
  const { account, portalId } = await aBoundAccount()
  await account.ingest(account.entry({ customer: { lid: '777' }, objectKey: 'l:777' }))
  await account.ingest(account.entry({ customer: { lid: '777', phone: '593987654321' }, objectKey: 'l:777' }))
  const names = await owner(
    'select x.external_id, c.merged_into from portal_chat x join chat c on c.id = x.chat_id where x.portal_id = $1',
    portalId,
  )
  expect(names).toEqual([{ external_id: 'wa-lid-777', merged_into: null }])
})

test('while somebody stores a message of a chat, what the portal said of it is written too: neither waits for the other', async () => {
  const { account, portalId } = await aBoundAccount()
  await account.ingest(account.entry())
  const { rows: taken } = await take(portalId)
  const client = await doors().app.connect()
  try {
    await client.query('begin')
    await client.query('select ingest($1, $2)', [account.id, JSON.stringify([account.entry()])])
    await settle(portalId, { id: taken[0]?.['id'], outcome: 'done', imChatId: '1767', sessionId: '323', guestId: '585' })
  } finally {
    await client.query('commit')
    client.release()
  }
  expect((await rows(portalId)).map(({ state }) => state)).toEqual(['done', 'waiting'])
})

test('a file that comes while its message is being put back to wait for it is not waited for any longer', async () => {
  const { account, portalId } = await aBoundAccount()
  const mediaId = randomUUID()
  await account.ingest(account.entry({ kind: 'image', mediaId, media: { ref: {}, mime: 'image/jpeg' } }))
  const life = randomUUID()
  const [taken] = (await take(portalId, life)).rows
  const pending = { id: taken?.['id'], outcome: 'later', code: 'portal_file_pending', afterMs: 20_000 }
  await settle(portalId, pending)
  expect((await take(portalId, life)).rows).toEqual([])
  const here = JSON.stringify({ state: 'ready', r2Key: 'm/x' })
  const { settled } = await app('select media_settled($1, $2, $3) as settled', account.id, mediaId, here)
  // Nobody else would wake its object for a quarter of a minute.
  expect(settled).toMatchObject({ jobs: [{ id: portalId, kind: 'portal' }] })
  expect((await take(portalId, life)).rows).toHaveLength(1)
  // This time it was there before the drain had said so.
  await settle(portalId, pending)
  expect((await take(portalId, life)).rows).toHaveLength(1)
})
