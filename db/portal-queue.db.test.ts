/** What stands between a portal and WhatsApp, as an administrator sees it, and what their decisions do to it. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { anAccount, doors, leave } from './local/an-account.ts'

afterAll(leave)

type Row = Record<string, unknown>
const owner = async (text: string, ...values: unknown[]): Promise<Row[]> => (await doors().owner.query(text, values)).rows
const app = async (text: string, ...values: unknown[]): Promise<Row> => (await doors().app.query(text, values)).rows[0] ?? {}
const Entry = z.looseObject({
  id: z.string(),
  direction: z.string(),
  state: z.string(),
  code: z.nullable(z.string()),
  text: z.nullable(z.string()),
})
const Page = z.object({ items: z.array(Entry), next: z.nullable(z.string()) })
const Decided = z.object({ done: z.number(), messages: z.nullable(z.array(z.string())), left: z.number() })

/** A company with two numbers, each bound to a line of one portal. */
async function aPortal() {
  const account = await anAccount()
  const [portal] = await owner(
    "insert into portal (account_id, member_id, domain) values ($1, $2, 'acme.bitrix24.es') returning id",
    ...[account.id, account.id],
  )
  const portalId = String(portal?.['id'])
  const [second] = await owner(
    "insert into channel (account_id, kind, name, key, phone, line, sealed) select account_id, kind, 'Cobranzas', gen_random_uuid()::text, '2', gen_random_uuid()::text, '' from channel where id = $1 returning id",
    account.channelId,
  )
  const [sales, dues] = await Promise.all(
    [
      [account.channelId, 'wab24_k3', 7, 'Ventas'],
      [second?.['id'], 'wab24_k9', 9, 'Cobranzas'],
    ].map((line) =>
      owner(
        'insert into portal_line (account_id, portal_id, channel_id, connector, line, line_name) values ($1, $2, $3, $4, $5, $6) returning id',
        ...[account.id, portalId, ...line],
      ),
    ),
  )
  const api = async (fn: string, args: object = {}) => account.api(fn, { portalId, ...args })
  const queue = async (args: object = {}) => Page.parse(await api('api_portal_queue', args)).items
  const decide = async (decision: string, args: object = {}) =>
    Decided.parse(await api('api_portal_decide', { decision, limit: 50, ...args }))
  /** The portal's object takes what may go. */
  const take = async (life: string = randomUUID()) => {
    const { taken } = await app('select portal_take($1, $2, 200) as taken', portalId, life)
    return z.looseObject({ rows: z.array(z.looseObject({ id: z.string() })), unsure: z.array(z.unknown()) }).parse(taken)
  }
  const settle = (...outcomes: Row[]) => app('select portal_settle($1, $2) as jobs', portalId, JSON.stringify(outcomes))
  const other = { customer: { phone: '51987000111' }, objectKey: 'p:51987000111' }
  const states = async () =>
    (await owner('select state from portal_delivery where portal_id = $1 order by n', portalId)).map(({ state }) => state)
  return {
    ...{ account, portalId, api, queue, decide, take, settle, other, states },
    ...{ salesId: String(sales?.[0]?.['id']), duesId: String(dues?.[0]?.['id']) },
  }
}
type Portal = Awaited<ReturnType<typeof aPortal>>

/** Everything that waits now is taken and refused for good, or nobody knows what became of it. */
async function endAs(portal: Portal, outcome: 'failed' | 'unconfirmed') {
  const { rows } = await portal.take()
  await portal.settle(
    ...rows.map(({ id }) => ({ id, outcome, code: outcome === 'failed' ? 'portal_refused' : 'portal_answer_lost', text: 'NO' })),
  )
}

/** An operator wrote this in the portal, and our message stands so. */
async function wrote(
  { account, portalId }: Portal,
  chatId: unknown,
  status: string,
  code: string | null = null,
): Promise<string> {
  const messageId = randomUUID()
  await owner(
    `insert into portal_message (account_id, portal_id, message_id, portal_chat_id, direction, im_chat_id, im_message_id)
     select $1, $2, $3, id, 'from', '1', '2' from portal_chat where portal_id = $2 and chat_id = $4`,
    ...[account.id, portalId, messageId, chatId],
  )
  const author = { kind: 'person', id: account.personId, name: 'Ana' }
  const at = new Date().toISOString()
  await account.ingest(
    account.entry({ op: 'out', chatId, author, token: randomUUID(), bodyHash: 'h', messageId, at, portalId, text: 'Buenas' }),
  )
  if (status !== 'queued') await account.ingest({ op: 'outcome', messageId, status, code: code ?? undefined, at, hops: [] })
  return messageId
}

test('what waits, what failed and what nobody knows stand in one list, newest problem first, with the cause; what arrived does not', async () => {
  const portal = await aPortal()
  const { account, queue, take, settle, other } = portal
  const [first] = await account.ingest(account.entry({ text: 'uno' }))
  await endAs(portal, 'failed')
  await account.ingest(account.entry({ text: 'dos', ...other }))
  await endAs(portal, 'unconfirmed')
  await account.ingest(account.entry({ text: 'tres' }), account.entry({ text: 'cuatro' }))
  const { rows } = await take()
  await settle({ id: rows[0]?.id, outcome: 'later', code: 'portal_unreachable', afterMs: 60_000 })
  const failed = await wrote(portal, first?.['chatId'], 'failed', 'window_closed')
  await wrote(portal, first?.['chatId'], 'sent')
  const seen = await queue()
  expect(seen.map(({ text, direction, state, code }) => [text, direction, state, code])).toEqual(
    expect.arrayContaining([
      ['uno', 'to_portal', 'failed', 'portal_refused'],
      ['dos', 'to_portal', 'unconfirmed', 'portal_unconfirmed'],
      ['tres', 'to_portal', 'waiting', 'portal_unreachable'],
      ['cuatro', 'to_portal', 'sending', null],
      ['Buenas', 'to_customer', 'failed', 'window_closed'],
    ]),
  )
  expect(seen.find(({ id }) => id === failed)).toBeDefined()
  const since = seen.map((one) => Date.parse(String(one['at'])))
  expect(since).toEqual(since.toSorted((a, b) => b - a))
  expect((await queue({ direction: 'to_customer' })).map(({ id }) => id)).toEqual([failed])
  expect((await queue({ state: 'unconfirmed', portalLineId: portal.salesId })).map(({ text }) => text)).toEqual(['dos'])
  expect(await queue({ portalLineId: portal.duesId })).toEqual([])
})

test('a long queue is read page by page without a row twice', async () => {
  const { account, api, queue } = await aPortal()
  await account.ingest(...Array.from({ length: 7 }, (_, n) => account.entry({ text: String(n) })))
  const pages: string[][] = []
  let cursor: string | null = null
  do {
    const page: z.infer<typeof Page> = Page.parse(await api('api_portal_queue', { limit: 3, ...(cursor !== null && { cursor }) }))
    pages.push(page.items.map(({ id }) => id))
    cursor = page.next
  } while (cursor !== null)
  expect(pages.map((page) => page.length)).toEqual([3, 3, 1])
  expect(new Set(pages.flat()).size).toBe(7)
  expect(pages.flat()).toEqual((await queue()).map(({ id }) => id))
})

test('figures of each line say what waits and since when; what is for a number that was taken off is of none', async () => {
  const { account, api, portalId, other } = await aPortal()
  await account.ingest(account.entry(), account.entry(other))
  expect(await api('api_portal_health')).toMatchObject({
    lines: [
      { portalLine: { lineName: 'Cobranzas' }, toPortal: { waiting: 0, oldestAt: null } },
      { portalLine: { lineName: 'Ventas' }, toPortal: { waiting: 2, oldestAt: expect.any(String) }, toCustomer: { waiting: 0 } },
    ],
  })
  await owner('update portal_line set ended_at = now() where portal_id = $1 and line = 7', portalId)
  expect(await api('api_portal_health')).toMatchObject({ loose: { toPortal: { waiting: 2 } } })
})

test('a paused line and a paused number name the pause as the cause', async () => {
  const portal = await aPortal()
  const { account, portalId, queue } = portal
  const [first] = await account.ingest(account.entry())
  await owner("update portal_line set state = 'paused' where portal_id = $1", portalId)
  await owner('update channel set sending_paused_at = now() where id = $1', account.channelId)
  await wrote(portal, first?.['chatId'], 'queued')
  expect((await queue()).map(({ direction, state, code }) => [direction, state, code])).toEqual([
    ['to_customer', 'waiting', 'channel_paused'],
    ['to_portal', 'waiting', 'portal_paused'],
  ])
})

test('retrying sends what failed again before what came later in its chat, and leaves alone what nobody knows', async () => {
  const portal = await aPortal()
  const { account, decide, take, other } = portal
  await account.ingest(account.entry({ text: 'uno' }))
  await endAs(portal, 'failed')
  await account.ingest(account.entry({ text: 'sin saber', ...other }))
  await endAs(portal, 'unconfirmed')
  await account.ingest(account.entry({ text: 'dos' }))
  expect(await decide('retry')).toMatchObject({ done: 2, left: 0 })
  const { rows } = await take()
  expect(rows.map((row) => z.looseObject({ text: z.string() }).parse(row['message']).text)).toEqual(['uno', 'dos'])
})

test('a person decides about what nobody knows: it arrived, it goes again, or it is given up with a reason', async () => {
  const portal = await aPortal()
  const { account, decide, queue, states, portalId } = portal
  const customers = ['51900000001', '51900000002', '51900000003'].map((phone) => ({
    customer: { phone },
    objectKey: `p:${phone}`,
  }))
  await account.ingest(...customers.map((customer, n) => account.entry({ text: String(n), ...customer })))
  await endAs(portal, 'unconfirmed')
  const idOf = async (text: string) => (await queue()).find((one) => one.text === text)?.id ?? ''
  expect(await decide('arrived', { ids: [await idOf('0')] })).toMatchObject({ done: 1 })
  expect(await decide('again', { ids: [await idOf('1')] })).toMatchObject({ done: 1 })
  expect(await decide('discard', { ids: [await idOf('2')], reason: 'Ya lo atendimos por teléfono' })).toMatchObject({ done: 1 })
  expect(await states()).toEqual(['done', 'waiting', 'discarded'])
  // What arrived is known to the portal: a later edit is told there.
  expect(await owner("select 1 from portal_message where portal_id = $1 and direction = 'to'", portalId)).toHaveLength(1)
  const hops = await owner(
    "select what, data ->> 'reason' as reason from trace where account_id = $1 and place = 'person' order by id",
    account.id,
  )
  expect(hops.map(({ what }) => what)).toEqual(['portal_by_person_arrived', 'portal_by_person_again', 'portal_by_person_discard'])
  expect(hops.at(-1)?.['reason']).toBe('Ya lo atendimos por teléfono')
  const audited = await owner(
    "select after from audit where account_id = $1 and action = 'portal.queue_decided' order by n",
    account.id,
  )
  expect(audited.map(({ after }) => after)).toEqual([
    { decision: 'arrived', entries: 1 },
    { decision: 'again', entries: 1 },
    { decision: 'discard', entries: 1, reason: 'Ya lo atendimos por teléfono' },
  ])
})

test('operators’ messages are named for their chats to do, oldest first, as many as one request does; those that wait go by themselves', async () => {
  const portal = await aPortal()
  const { account, decide } = portal
  const [first] = await account.ingest(account.entry())
  const [one, two] = [
    await wrote(portal, first?.['chatId'], 'failed', 'window_closed'),
    await wrote(portal, first?.['chatId'], 'unconfirmed', 'answer_lost'),
  ]
  const three = await wrote(portal, first?.['chatId'], 'failed', 'provider_unavailable')
  const queued = await wrote(portal, first?.['chatId'], 'queued')
  expect(await decide('retry', { direction: 'to_customer', limit: 1 })).toEqual({ done: 0, messages: [one], left: 1 })
  expect(await decide('retry', { direction: 'to_customer' })).toEqual({ done: 0, messages: [one, three], left: 0 })
  expect(await decide('arrived', { direction: 'to_customer' })).toMatchObject({ messages: [two] })
  expect(await decide('discard', { ids: [queued] })).toMatchObject({ messages: [queued] })
})

test('a conversation that is moved goes to the other line with what waits and what failed, in its order, and with what comes later', async () => {
  const portal = await aPortal()
  const { account, decide, duesId, take, settle, queue, portalId, other } = portal
  const told = account.entry({ text: 'ya está' })
  await account.ingest(told)
  const first = await take()
  await settle({ id: first.rows[0]?.id, outcome: 'done', imChatId: '1767', sessionId: '323', guestId: '585' })
  await account.ingest(account.entry({ text: 'uno' }))
  await endAs(portal, 'failed')
  await account.ingest(account.entry({ text: 'dos' }), account.entry({ text: 'de otro', ...other }))
  const mine = (await queue()).filter(({ text }) => text === 'uno').map(({ id }) => id)
  expect(await decide('reroute', { ids: mine, toLineId: duesId })).toMatchObject({ done: 2 })
  await account.ingest(account.entry({ text: 'tres' }))
  const Told = z.looseObject({
    id: z.string(),
    line: z.object({ line: z.number() }),
    chat: z.looseObject({ imChatId: z.nullable(z.string()), externalId: z.string() }),
    message: z.looseObject({ text: z.string() }),
  })
  const { rows } = await take()
  const seen = rows.map((row) => Told.parse(row))
  expect(seen.map(({ message, line }) => [message.text, line.line])).toEqual([
    ['uno', 9],
    ['dos', 9],
    ['de otro', 7],
    ['tres', 9],
  ])
  // There it is a new dialog: the numbers of the old one are not used.
  expect(seen.find(({ message }) => message.text === 'uno')?.chat).toMatchObject({
    imChatId: null,
    externalId: 'wa-593987654321',
  })
  await settle(...seen.map(({ id }) => ({ id, outcome: 'done', imChatId: '1800', sessionId: '400', guestId: '585' })))
  // What stands on the old line is not changed from the new one.
  await account.ingest({
    ...{ op: 'edit', origin: 'customer', channelId: account.channelId, providerId: randomUUID(), target: told['providerId'] },
    ...{ customer: told['customer'], at: new Date().toISOString(), hops: [], text: 'cambiado' },
  })
  expect((await take()).rows).toMatchObject([{ kind: 'update', message: { isThere: false } }])
  // Who answers on the old line still reaches this customer.
  const [heard] = await owner(
    'select x.external_id, x.connector from portal_line l cross join lateral portal_chat_of(l, $2) x where l.portal_id = $1 and l.line = 7',
    ...[portalId, JSON.stringify({ external: 'wa-593987654321', imChatId: '1767' })],
  )
  expect(heard).toEqual({ external_id: 'wa-593987654321', connector: 'wab24_k9' })
})

test('what is under way stays on its line until it is known what became of it', async () => {
  const { account, decide, duesId, take } = await aPortal()
  await account.ingest(account.entry(), account.entry())
  await take()
  await account.ingest(account.entry())
  expect(await decide('reroute', { toLineId: duesId })).toMatchObject({ done: 0 })
})

test('another company’s portal and lines are nobody’s here', async () => {
  const [one, other] = [await aPortal(), await aPortal()]
  await one.account.ingest(one.account.entry())
  const foreign = { portalId: one.portalId }
  for (const fn of ['api_portal_health', 'api_portal_queue', 'api_portal_queue_hops'])
    expect(await other.account.api(fn, { ...foreign, limit: 10 })).toBeNull()
  expect(await other.account.api('api_portal_decide', { ...foreign, decision: 'discard', limit: 50 })).toBeNull()
  expect(
    await one.account.api('api_portal_decide', { ...foreign, decision: 'reroute', toLineId: other.duesId, limit: 50 }),
  ).toBeNull()
  expect(await one.states()).toEqual(['waiting'])
})

test('a line that takes no message wakes the administrators, and so does a queue that nobody works off; both end by themselves', async () => {
  const { account, portalId, salesId, settle, take } = await aPortal()
  const open = async () =>
    (await owner("select kind from alarm where account_id = $1 and over_at is null and kind like 'portal%'", account.id)).map(
      ({ kind }) => kind,
    )
  await account.ingest(account.entry())
  await app('select alarms_look()')
  expect(await open()).toEqual([])
  await owner("update portal_delivery set created_at = now() - interval '16 minutes' where portal_id = $1", portalId)
  await app('select alarms_look()')
  await app('select alarms_look()')
  expect(await open()).toEqual(['portal_queue_old'])
  const { rows } = await take()
  await settle({
    id: rows[0]?.id,
    outcome: 'later',
    code: 'portal_line_inactive',
    afterMs: 600_000,
    lineProblem: 'NOT_ACTIVE_LINE',
  })
  expect((await open()).toSorted()).toEqual(['portal_disconnected', 'portal_queue_old'])
  // The broken line has an alarm of its own.
  await app('select alarms_look()')
  expect(await open()).toEqual(['portal_disconnected'])
  await app('select portal_line_told($1, null)', salesId)
  expect(await open()).toEqual([])
})

test('how long something may wait before administrators are woken is theirs to say, for what goes either way', async () => {
  const portal = await aPortal()
  const { account, portalId, api } = portal
  const woken = async () => {
    await app('select alarms_look()')
    return (
      await owner("select kind from alarm where account_id = $1 and over_at is null and kind = 'portal_queue_old'", account.id)
    ).length
  }
  const waits = (minutes: number) =>
    owner('update portal_delivery set created_at = now() - make_interval(mins => $2) where portal_id = $1', portalId, minutes)
  expect(await api('api_portal')).toMatchObject({ alarmMinutes: 15 })
  const [said] = await account.ingest(account.entry())
  await waits(6)
  expect(await woken()).toBe(0)
  expect(await api('api_portal_change', { alarmMinutes: 5 })).toMatchObject({ alarmMinutes: 5 })
  expect(await woken()).toBe(1)
  await api('api_portal_change', { alarmMinutes: 240 })
  expect(await woken()).toBe(0)
  await waits(241)
  expect(await woken()).toBe(1)
  await waits(0)
  expect(await woken()).toBe(0)
  await wrote(portal, said?.['chatId'], 'queued')
  await owner("update portal_message set created_at = now() - interval '20 minutes' where portal_id = $1", portalId)
  expect(await woken()).toBe(0)
  await api('api_portal_change', { alarmMinutes: 20 })
  expect(await woken()).toBe(1)
  const noted = await owner(
    "select before, after from audit where account_id = $1 and action = 'portal.changed' order by at limit 1",
    account.id,
  )
  expect(noted).toEqual([{ before: { alarmMinutes: 15 }, after: { alarmMinutes: 5 } }])
  await expect(owner('update portal set alarm_minutes = 4 where id = $1', portalId)).rejects.toThrow('portal_alarm')
})

test('whose a conversation is there becomes whose chat it is here, once; our own newer wish and strangers change nothing', async () => {
  const { account, portalId } = await aPortal()
  await account.ingest(account.entry())
  await owner(
    "insert into portal_person (portal_id, user_id, account_id, person_id, name) values ($1, '31', $2, $3, 'Ana'), ($1, '40', $2, null, 'Luis')",
    ...[portalId, account.id, account.personId],
  )
  const [chat] = await owner('select id from portal_chat where portal_id = $1', portalId)
  const given = async (user: string) =>
    (await app('select portal_given($1, $2, $3) as told', portalId, chat?.['id'], user))['told']
  const whose = async () =>
    (await owner('select assignee_id, state from chat where account_id = $1', account.id))[0]?.['assignee_id']
  expect(await given('40')).toBeNull()
  expect(await whose()).toBeNull()
  expect(await given('31')).toMatchObject({ chats: [{ assignee: { name: expect.any(String) } }] })
  expect(await whose()).toBe(account.personId)
  // Told again, nothing is new; and the portal does not hear back what it told us.
  expect(await given('31')).toBeNull()
  expect(await owner("select 1 from portal_delivery where portal_id = $1 and kind = 'responsible'", portalId)).toEqual([])
  await account.api('api_chat_assign', {
    chatId: (await owner('select id from chat where account_id = $1', account.id))[0]?.['id'],
    personId: null,
  })
  await account.api('api_chat_assign', {
    chatId: (await owner('select id from chat where account_id = $1', account.id))[0]?.['id'],
    personId: account.personId,
  })
  expect(await given('40')).toBeNull()
  expect(await whose()).toBe(account.personId)
})

/** A robot of the portal asks for a message from this number, or from none. */
async function robotAsks({ portalId }: Portal, channelId: string | null, more: object = {}): Promise<string> {
  const body = { template: null, params: [], text: 'Su pedido va', file: '', phone: '593999000222', card: null, ...more }
  const heard = { kind: 'robot', key: randomUUID(), code: 'wab24_send', channel: channelId ?? 'none', body }
  await app('select portal_deed_heard($1, $2) as jobs', portalId, JSON.stringify(heard))
  const [deed] = await owner('select id from portal_deed where portal_id = $1 and key = $2', portalId, heard.key)
  return String(deed?.['id'])
}

test('what a robot asked for and was refused stands in the queue with cause and way; it is tried again or put away', async () => {
  const portal = await aPortal()
  const { account, api, queue, decide, salesId } = portal
  const settled = (id: string, state: string, problem: string | null) =>
    app('select portal_deed_settled($1, $2, $3, $4) as jobs', account.id, id, state, problem)
  const [loose, bound] = [
    await robotAsks(portal, null, { card: { entity: 'deal', id: 540 }, phone: '' }),
    await robotAsks(portal, account.channelId),
  ]
  // What came this moment is being done: it is no queue.
  expect(await queue()).toEqual([])
  await settled(loose, 'refused', 'deed_no_number')
  await settled(bound, 'refused', 'deed_portal_away')
  const seen = await queue()
  expect(seen).toHaveLength(2)
  const [of, none] = [seen.find(({ id }) => id === bound), seen.find(({ id }) => id === loose)]
  expect(of).toMatchObject({
    kind: 'robot',
    state: 'failed',
    code: 'deed_portal_away',
    portalLineId: salesId,
    name: '593999000222',
  })
  expect(none).toMatchObject({ code: 'deed_no_number', portalLineId: null, name: null, card: { entity: 'deal', id: 540 } })
  expect(await api('api_portal_health')).toMatchObject({ loose: { toCustomer: { failed: 1 } } })
  expect(await account.api('api_trace', { messageId: loose })).toMatchObject({
    hops: [{ what: 'deed_refused', code: 'deed_no_number' }],
  })
  expect(await decide('retry', { ids: [bound] })).toMatchObject({ done: 1, messages: [] })
  const jobs = await owner(
    "select ref from job where account_id = $1 and kind = 'portal_deed' and ref ->> 'about' like 'again|%'",
    account.id,
  )
  expect(jobs).toMatchObject([{ ref: { deedId: bound } }])
  expect(await owner('select state, problem from portal_deed where id = $1', bound)).toEqual([
    { state: 'waiting', problem: null },
  ])
  expect(await decide('discard', { ids: [loose], reason: 'Ya se llamó' })).toMatchObject({ done: 1 })
  expect(await queue()).toEqual([])
  const { hops } = z
    .looseObject({ hops: z.array(z.looseObject({ what: z.string() })) })
    .parse(await account.api('api_trace', { messageId: loose }))
  expect(hops.map(({ what }) => what)).toEqual(['deed_refused', 'deed_by_person_discard'])
})

test('a robot’s message that failed is decided about like an operator’s; when it goes it is no queue any more', async () => {
  const portal = await aPortal()
  const { account, queue, decide } = portal
  const [first] = await account.ingest(account.entry())
  await endAs(portal, 'failed')
  const deed = await robotAsks(portal, account.channelId)
  const at = new Date().toISOString()
  const out = {
    op: 'out',
    chatId: first?.['chatId'],
    author: { kind: 'system', id: null, name: 'Bitrix24' },
    token: randomUUID(),
    bodyHash: 'h',
  }
  await account.ingest(account.entry({ ...out, messageId: deed, at, text: 'Su pedido va', extra: { deed: 'robot' } }))
  await app('select portal_deed_settled($1, $2, $3, null) as jobs', account.id, deed, 'sent')
  const mine = async () =>
    (await queue({ direction: 'to_customer' })).map(({ id, state, code, kind }) => ({ id, state, code, kind }))
  expect(await mine()).toEqual([{ id: deed, state: 'waiting', code: null, kind: 'robot' }])
  await account.ingest({ op: 'outcome', messageId: deed, status: 'failed', code: 'window_closed', at, hops: [] })
  expect(await mine()).toEqual([{ id: deed, state: 'failed', code: 'window_closed', kind: 'robot' }])
  expect(await decide('retry', { direction: 'to_customer' })).toEqual({ done: 0, messages: [deed], left: 0 })
  await owner("update message set status = 'discarded' where id = $1", deed)
  expect(await mine()).toEqual([])
})

test('the clock wakes nobody for what waits for a line that is paused', async () => {
  const { account, portalId } = await aPortal()
  await account.ingest(account.entry())
  await owner("update portal_delivery set next_at = now() - interval '1 minute' where portal_id = $1", portalId)
  const isDue = async () => (await owner('select 1 from portals_due() d where d.id = $1', portalId)).length > 0
  expect(await isDue()).toBe(true)
  await owner("update portal_line set state = 'paused' where portal_id = $1", portalId)
  expect(await isDue()).toBe(false)
})
