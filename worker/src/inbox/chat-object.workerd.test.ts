/// <reference types="@cloudflare/vitest-plugin/types" />
import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, expect, test, vi } from 'vitest'
import type { InboundMessage } from '#contract/channel-event.ts'
import { settingsOf } from '../lib/env.ts'
import { seal } from '../lib/seal.ts'
import { databaseOf, type Database, type Row } from '../lib/sql.ts'
import { entryOf, objectName, stored, type Origin, type Stored } from './entry.ts'

afterEach(() => vi.restoreAllMocks())

/** The same database, signed in as its owner: to make accounts and to look at what was written. */
const owner: Database = databaseOf({ ...env, DATABASE_URL: env.DATABASE_URL.replace('//app_rw:', '//postgres:') })

/** A new company with one number; the Chat object of one customer on it. */
async function aChat(customer: string) {
  const accountId = crypto.randomUUID()
  const channelId = crypto.randomUUID()
  await owner.query('insert into account (id, name) values ($1, $2)', [accountId, 'Prueba'])
  await owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'meta', 'Ventas', $3, '1', $3, '')",
    [channelId, accountId, channelId],
  )
  const origin: Origin = { accountId, channelId, channelKey: channelId, objectKey: `p:${customer}` }
  const object = env.CHATS.get(env.CHATS.idFromName(objectName(channelId, origin.objectKey)))
  const says = (text: string, changes: Partial<InboundMessage> = {}, to = origin): Stored => {
    const message: InboundMessage = {
      type: 'message',
      origin: 'customer',
      at: Date.now(),
      providerId: `wamid.${text}`,
      customer: { phone: customer },
      kind: 'text',
      text,
      ...changes,
    }
    return stored(entryOf(message, to, 'trace', Date.now(), 'fingerprint'))
  }
  const written = (): Promise<Row[]> =>
    owner.query(
      'select m.text, c.unanswered from message m join chat c on c.id = m.chat_id where m.account_id = $1 order by m.id',
      [accountId],
    )
  return { object, origin, says, written }
}

/** PostgreSQL cannot be reached until the given function is called. */
function databaseAway(): () => void {
  const away = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('the database is away'))
  return () => away.mockRestore()
}

test('what a customer wrote is in PostgreSQL, in order', async () => {
  const { object, origin, says, written } = await aChat('593987000001')
  await object.receive(origin, [says('uno'), says('dos')])
  await object.receive(origin, [says('tres')])
  await expect.poll(written, { timeout: 10_000 }).toEqual(['uno', 'dos', 'tres'].map((text) => ({ text, unanswered: 3 })))
})

test('a provider that delivers twice leaves one message', async () => {
  const { object, origin, says, written } = await aChat('593987000002')
  await object.receive(origin, [says('hola')])
  await object.receive(origin, [says('hola'), says('sigo aquí')])
  await expect.poll(written, { timeout: 10_000 }).toHaveLength(2)
  expect(await written()).toEqual(['hola', 'sigo aquí'].map((text) => ({ text, unanswered: 2 })))
})

test('what was taken while the database was away, and may not go after all, stays in the chat and says why', async () => {
  const { object, origin, says } = await aChat('593987000091')
  await object.receive(origin, [says('hola')])
  const chats = () => owner.query('select id from chat where account_id = $1', [origin.accountId])
  await expect.poll(chats, { timeout: 10_000 }).toHaveLength(1)
  const [chat] = await chats()
  // We pay for its messages, and nobody has paid us.
  await owner.query("update channel set who_pays = 'us' where id = $1", [origin.channelId])
  const [messageId, token, at] = [crypto.randomUUID(), crypto.randomUUID(), new Date().toISOString()]
  const promo = {
    ...{
      op: 'out' as const,
      messageId,
      token,
      at,
      chatId: String(chat?.['id']),
      kind: 'template' as const,
      bodyHash: 'h',
      hops: [],
    },
    ...{ author: { kind: 'system' as const, id: null, name: null }, traceId: 't', ...origin },
  }
  const back = databaseAway()
  expect(await object.take(origin, stored(promo), token)).toEqual({ state: 'pending' })
  back()
  await runDurableObjectAlarm(object)
  const told = () => owner.query('select status, error_code, charged from message where id = $1', [messageId])
  await expect.poll(told, { timeout: 10_000 }).toEqual([{ status: 'failed', error_code: 'balance_empty', charged: false }])
})

test('accepted while the database is away, the words survive the death of the object', async () => {
  const { object, origin, says, written } = await aChat('593987000003')
  const back = databaseAway()
  await object.receive(origin, [says('primero')])
  await object.receive(origin, [says('segundo')])
  await abortAllDurableObjects()
  back()
  expect(await written()).toEqual([])

  // Nobody calls: its own alarm brings it back. A stub that saw its object die is broken, so this is a new one.
  await runDurableObjectAlarm(env.CHATS.get(object.id))
  await expect.poll(written, { timeout: 15_000 }).toEqual(['primero', 'segundo'].map((text) => ({ text, unanswered: 2 })))
})

/** Another customer of the same number: her Chat object, and what she says. */
function anotherOn({ origin, says }: Awaited<ReturnType<typeof aChat>>, phone: string) {
  const theirs = { ...origin, objectKey: `p:${phone}` }
  return {
    origin: theirs,
    object: env.CHATS.get(env.CHATS.idFromName(objectName(theirs.channelId, theirs.objectKey))),
    says: (text: string) => says(text, { customer: { phone } }, theirs),
  }
}

const byText = (a: Row, b: Row): number => String(a['text']).localeCompare(String(b['text']))
const aliasOf = (_: unknown, { storage }: DurableObjectState): unknown =>
  storage.sql.exec("select v from meta where k = 'alias'").toArray()[0]

test('an id that comes again under another customer makes nobody the writer of somebody else’s chat', async () => {
  const ana = await aChat('593987000004')
  const beto = anotherOn(ana, '593987000005')
  await ana.object.receive(ana.origin, [ana.says('de Ana')])
  await beto.object.receive(beto.origin, [beto.says('de Beto')])
  await expect.poll(ana.written, { timeout: 10_000 }).toHaveLength(2)
  await beto.object.receive(beto.origin, [beto.says('de Ana'), beto.says('más de Beto')])
  await ana.object.receive(ana.origin, [ana.says('de Beto'), ana.says('más de Ana')])
  const all = ['de Ana', 'de Beto', 'más de Ana', 'más de Beto'].map((text) => ({ text, unanswered: 2 }))
  await expect.poll(async () => (await ana.written()).toSorted(byText), { timeout: 10_000 }).toEqual(all)
  for (const { object } of [ana, beto]) expect(await runInDurableObject(object, aliasOf)).toBeUndefined()
})

test('aliases in a circle hand nothing around for ever: it is stored', async () => {
  const ana = await aChat('593987000006')
  const { object, origin, says, written } = ana
  const other = anotherOn(ana, '593987000007')
  const pointsTo =
    (key: string) =>
    (_: unknown, { storage }: DurableObjectState) =>
      void storage.sql.exec("insert into meta (k, v) values ('alias', ?)", key)
  await runInDurableObject(object, pointsTo(other.origin.objectKey))
  await runInDurableObject(other.object, pointsTo(origin.objectKey))
  await abortAllDurableObjects()
  await env.CHATS.get(object.id).receive(origin, [says('hola')])
  await expect.poll(written, { timeout: 10_000 }).toEqual([{ text: 'hola', unanswered: 1 }])
})

/** PostgreSQL takes as many requests as it is let; each waits in its own object's time. */
function databaseOneByOne(about: string): { asked: () => number; letIn: (count: number) => void } {
  const real = globalThis.fetch
  const turns = { asked: 0, free: 0 }
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (...request) => {
    // Other objects of this file go on with work of their own.
    if (!String(request[1]?.body).includes(about)) return real(...request)
    turns.asked += 1
    while (turns.free === 0) await scheduler.wait(5)
    turns.free -= 1
    return real(...request)
  })
  return { asked: () => turns.asked, letIn: (count) => void (turns.free += count) }
}

/** Gives the number credentials, and takes its provider away: what is asked of it, in vain. */
async function withProvider({ channelId, accountId }: Origin): Promise<string[]> {
  const credentials = JSON.stringify({ kind: 'meta', phoneNumberId: channelId, accessToken: 'x' })
  const sealed = await seal(credentials, `channel|sealed|${channelId}|${accountId}`, settingsOf(env).keyring)
  await owner.query('update channel set sealed = $2 where id = $1', [channelId, sealed])
  const real = globalThis.fetch
  const asked: string[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (...request) => {
    if (!String(request[0]).includes(`/${channelId}/messages`)) return real(...request)
    asked.push(String(request[1]?.body))
    throw new TypeError('the provider is away')
  })
  return asked
}

/** A chat in which somebody may answer, with what it takes to pause its number. */
async function aPausedChat(customer: string) {
  const chat = await aChat(customer)
  const { object, origin, says } = chat
  await object.receive(origin, [says('hola')])
  const find = () => owner.query('select id from chat where account_id = $1', [origin.accountId])
  await expect.poll(find, { timeout: 10_000 }).toHaveLength(1)
  const chatId = String((await find())[0]?.['id'])
  const pause = (at: 'now()' | 'null') =>
    owner.query(`update channel set sending_paused_at = ${at}, receiving_paused_at = ${at} where id = $1`, [origin.channelId])
  const answer = (text: string) => {
    const token = crypto.randomUUID()
    const entry = stored({
      ...{ op: 'out', messageId: crypto.randomUUID(), token, chatId, kind: 'text', text, bodyHash: text },
      ...{ channelId: origin.channelId, objectKey: origin.objectKey, traceId: 'trace', hops: [], at: new Date().toISOString() },
      author: { kind: 'system', id: null, name: null },
    })
    return object.take(origin, entry, token)
  }
  const asked = await withProvider(origin)
  await pause('now()')
  await object.wake()
  await object.receive(origin, [says('sigo aquí')])
  // From here on nothing is found by the alarm: what does not go by itself stays.
  await runInDurableObject(object, async (_, { storage }) => {
    await storage.deleteAlarm()
    vi.spyOn(storage, 'setAlarm').mockResolvedValue()
  })
  return { ...chat, asked, pause, answer }
}

test('a number that is resumed both ways at once: what its customer wrote is written, and the answer leaves', async () => {
  const { object, origin, says, written, asked, pause, answer } = await aPausedChat('593987000009')
  expect(await answer('sí')).toMatchObject({ state: 'written' })
  expect(await written()).toHaveLength(2)
  expect(asked).toEqual([])
  await pause('null')
  await object.wake()
  await expect.poll(written, { timeout: 10_000 }).toHaveLength(3)
  await expect.poll(() => asked, { timeout: 10_000 }).toEqual([expect.stringContaining('sí')])
  await object.receive(origin, [says('gracias')])
  await expect.poll(written, { timeout: 10_000 }).toHaveLength(4)
})

test('an answer that is written just after its number was resumed elsewhere leaves, although nobody wakes its chat', async () => {
  const { asked, pause, answer } = await aPausedChat('593987000010')
  await pause('null')
  expect(await answer('sí')).toMatchObject({ state: 'written' })
  await expect.poll(() => asked, { timeout: 10_000 }).toEqual([expect.stringContaining('sí')])
})

test('a paused number that cannot be looked up stays paused: nothing its customers write comes in', async () => {
  // Whoever watches the provider has taken its place already.
  const real = globalThis.fetch
  const { object, origin, says, written, pause } = await aPausedChat('593987000011')
  // It has looked, and knows.
  const isWriting = () => runInDurableObject(object, (instance) => Reflect.get(instance, 'writing'))
  await expect.poll(isWriting, { timeout: 10_000 }).toBe(false)
  const lookups = { failed: 0 }
  const away = vi.spyOn(globalThis, 'fetch').mockImplementation(async (...request) => {
    const body = String(request[1]?.body)
    if (!body.includes('channel_by(') || !body.includes(origin.channelKey)) return real(...request)
    lookups.failed += 1
    throw new TypeError('the database is away')
  })
  await object.wake()
  await object.receive(origin, [says('¿hola?')])
  await expect.poll(() => lookups.failed, { timeout: 10_000 }).toBeGreaterThan(1)
  const before = lookups.failed
  // Looked up again: what was written after the look before would be there by now.
  await object.receive(origin, [says('¿nadie?')])
  await expect.poll(() => lookups.failed, { timeout: 10_000 }).toBeGreaterThan(before)
  expect(await written()).toHaveLength(1)
  away.mockRestore()
  await pause('null')
  await object.wake()
  await expect.poll(written, { timeout: 10_000 }).toHaveLength(4)
})

type Line = { state: string; token: string }[]
const lineOf = (_: unknown, { storage }: DurableObjectState): Line =>
  storage.sql.exec<Line[number]>('select state, token from outbox').toArray()

test('a message that was sent just before a death is not sent again because its writer repeats the request', async () => {
  const { object, origin, says } = await aChat('593987000008')
  await object.receive(origin, [says('hola')])
  const find = () => owner.query('select id from chat where account_id = $1', [origin.accountId])
  await expect.poll(find, { timeout: 10_000 }).toHaveLength(1)
  const messageId = crypto.randomUUID()
  const [chat] = await find()
  const asked = (token: string): Stored =>
    stored({
      ...{ op: 'out', messageId, token, chatId: String(chat?.['id']), kind: 'text', text: 'sí', bodyHash: 'the same' },
      ...{ channelId: origin.channelId, objectKey: origin.objectKey, traceId: 'trace', hops: [], at: new Date().toISOString() },
      author: { kind: 'system', id: null, name: null },
    })
  const [first, second] = [crypto.randomUUID(), crypto.randomUUID()]
  expect(await object.take(origin, asked(first), first)).toMatchObject({ state: 'written' })

  // It was sent and its answer noted, when the runtime died: the request's second copy was still on its way to PostgreSQL.
  await runInDurableObject(object, (_, { storage }) => {
    storage.sql.exec('delete from outbox')
    storage.sql.exec("insert into log (op, message_id, entry) values ('out', ?, ?)", messageId, asked(first).text)
  })
  await abortAllDurableObjects()
  const database = databaseOneByOne(messageId)
  const again = env.CHATS.get(object.id)
  await again.wake()
  await expect.poll(database.asked).toBe(1)
  const repeated = again.take(origin, asked(second), second)
  await expect.poll(() => runInDurableObject(again, lineOf)).toEqual([{ state: 'writing', token: second }])
  database.letIn(1)
  // The copy is written, and the repeated request is the next to go.
  await expect.poll(database.asked).toBeGreaterThan(1)
  expect(await runInDurableObject(again, lineOf)).toEqual([{ state: 'writing', token: second }])
  database.letIn(Infinity)
  expect(await repeated).toMatchObject({ state: 'written' })
  expect(await runInDurableObject(again, lineOf)).toEqual([])
})
