import type { WASocket } from 'baileys'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { KeyRow, Write } from '#contract/session-node.ts'
import { quietLogger } from '../../sim/whatsapp-web/quiet.ts'
import { aSimulator, SOON } from '../../sim/whatsapp-web/testing.ts'
import type { TestSimulator } from '../../sim/whatsapp-web/testing.ts'
import { makeCaches } from './caches.ts'
import { KeyKeeper } from './keys.ts'
import { openSocket } from './socket.ts'
import { fieldsOf, listOf } from './untrusted.rules.ts'
import { messageTold } from './translate.rules.ts'

vi.setConfig({ testTimeout: 30_000 })
let simulator: TestSimulator
beforeAll(async () => {
  simulator = await aSimulator()
})
afterAll(() => simulator[Symbol.asyncDispose]())

const ROSA = '593987654321'
const rosaWrites = async (number: string, text: string) =>
  String((await simulator.control('POST', `/customers/${ROSA}/messages`, { to: number, text })).id)

/** A Session object in memory that takes its time, and what was journaled there. */
function aShore(slowMs = 0) {
  const rows = new Map<string, KeyRow>()
  const events: string[] = []
  const later = () => new Promise<void>((wake) => (slowMs > 0 ? setTimeout(wake, slowMs) : setImmediate(wake)))
  const write = async ({ keys = [], events: told = [] }: Write) => {
    await later()
    for (const row of keys) rows.set(`${row.kind} ${row.id}`, row)
    for (const { event } of told) events.push(String(event['text']))
  }
  const keys = async (kind: string, ids: string[]) => {
    await later()
    return ids.flatMap((id) => rows.get(`${kind} ${id}`) ?? [])
  }
  return { rows, events, shore: { write, keys } }
}

/** A number as the node will run it: linked by scanning, then open. */
async function aNumber(phone: string, { rows, shore }: ReturnType<typeof aShore>) {
  const caches = makeCaches()
  const isAt = (keeper: KeyKeeper) => {
    const { promise, resolve } = Promise.withResolvers<number>()
    const socket = openSocket({
      ...{ keys: keeper, caches, logger: quietLogger, whatsappUrl: simulator.url, version: null, timeScale: 1 },
      messageOf: async () => undefined,
      refused: resolve,
      had: async () => undefined,
      heard: () => ({}),
      unopened: () => undefined,
      opened: ({ attrs }, message) => ({ events: messageTold(attrs, message, { phone, lid: null }, Date.now()) }),
    })
    const ready = new Promise<void>((done) =>
      socket.ev.on('connection.update', ({ qr, connection, lastDisconnect, receivedPendingNotifications }) => {
        if (qr) void simulator.web('POST', '/scan', { phone, qr })
        if (receivedPendingNotifications) done()
        if (connection === 'close') resolve(statusOf(lastDisconnect?.error))
      }),
    )
    return { socket, ready, closed: promise }
  }
  const first = new KeyKeeper(shore, [])
  await isAt(first).closed
  await first.durable()
  const open = async (): Promise<WASocket> => {
    const line = isAt(new KeyKeeper(shore, [...rows.values()]))
    await line.ready
    return line.socket
  }
  return { open, isAt }
}

function statusOf(error: unknown): number {
  return Number(fieldsOf(fieldsOf(fieldsOf(error)['output']))['statusCode'])
}

test('a message is durable before WhatsApp hears that it came, so a death in between loses nothing', async () => {
  const phone = '593963000001'
  const shore = aShore()
  const number = await aNumber(phone, shore)
  const socket = await number.open()
  socket.ws.on(
    'CB:message',
    ({ attrs }: { attrs: Record<string, string> }) => void (attrs['category'] !== 'peer' && socket.ws.close()),
  )
  const id = await rosaWrites(phone, 'antes de morir')
  await expect.poll(() => shore.events, SOON).toEqual(['antes de morir'])
  // WhatsApp sends it again; the library has used up its key and refuses it. Nobody minds: it is in the journal.
  const again = await number.open()
  const refused = async () => (await simulator.control('GET', `/received?target=session&number=${phone}`)).items
  await expect.poll(refused, SOON).toContainEqual(expect.objectContaining({ path: 'nack', providerId: id }))
  expect(shore.events).toEqual(['antes de morir'])
  await again.end(undefined)
})

test('a burst both ways loses nothing with a Session object that is slow', async () => {
  const phone = '593963000002'
  const shore = aShore(8)
  const number = await aNumber(phone, shore)
  const socket = await number.open()
  await rosaWrites(phone, 'hola')
  await expect.poll(() => shore.events, SOON).toEqual(['hola'])
  const { lid } = await simulator.web('PUT', `/people/${ROSA}`, {})
  const texts = Array.from({ length: 60 }, (_, at) => `m${at}`)
  const theirs = Promise.all(texts.map((text) => rosaWrites(phone, text)))
  for (const text of texts) await socket.sendMessage(`${String(lid)}@lid`, { text })
  await theirs
  await expect.poll(() => shore.events.toSorted(), SOON).toEqual(['hola', ...texts].toSorted())
  const out = async () =>
    (await simulator.conversation(phone, ROSA)).items.flatMap(({ direction, text }) => (direction === 'out' ? [text] : []))
  await expect.poll(out, SOON).toEqual(texts)
  // Nobody had to ask for anything twice: no step of a session was lost to the other direction.
  const { items } = await simulator.control('GET', `/received?target=session&number=${phone}&count=1000`)
  const troubles = listOf(items).filter(
    (item) =>
      ['receipt/retry', 'nack'].includes(String(fieldsOf(item)['path'])) ||
      (fieldsOf(item)['what'] === 'message' && fieldsOf(item)['processed'] === false),
  )
  expect(troubles).toEqual([])
  await socket.end(undefined)
})

test('a door that is shut is told: the library alone would wait for ever', async () => {
  const number = await aNumber('593963000003', aShore())
  await simulator.web('POST', '/faults', { what: 'refuse', status: 429, next: 1 })
  const { socket, closed } = number.isAt(new KeyKeeper(aShore().shore, []))
  expect(await closed).toBe(429)
  await socket.end(undefined)
})
