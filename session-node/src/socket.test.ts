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
import type { Fields } from './untrusted.rules.ts'
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

test('a message whose customer must be looked up first is not overtaken by the next one', async () => {
  const phone = '593963000002'
  const held: (() => void)[] = []
  const { rows, events, shore } = aShore()
  let isSlow = false
  const keys = async (kind: string, ids: string[]) => {
    if (isSlow && kind === 'lid-mapping' && ids.includes(ROSA)) await new Promise<void>((wake) => held.push(wake))
    return shore.keys(kind, ids)
  }
  const socket = await (await aNumber(phone, { rows, events, shore: { ...shore, keys } })).open()
  let arrived = 0
  socket.ws.on('CB:message', ({ attrs }: { attrs: Record<string, string> }) => (arrived += attrs['category'] === 'peer' ? 0 : 1))
  isSlow = true
  await rosaWrites(phone, 'primero')
  await rosaWrites(phone, 'segundo')
  await expect.poll(() => arrived, SOON).toBe(2)
  await expect.poll(() => held.length, SOON).toBeGreaterThan(0)
  // Whoever is known by now is not looked up again: the third message finds what the second one still asks for.
  held.shift()?.()
  await expect.poll(() => events, SOON).toContain('primero')
  await rosaWrites(phone, 'tercero')
  await expect.poll(() => events.length, SOON).toBeGreaterThan(1)
  isSlow = false
  for (const wake of held) wake()
  await expect.poll(() => events, SOON).toEqual(['primero', 'segundo', 'tercero'])
  await socket.end(undefined)
})

test('what waited while the line was away is not overtaken by what comes when it is back', async () => {
  const phone = '593963000004'
  const shore = aShore(40)
  const number = await aNumber(phone, shore)
  const waiting = ['uno', 'dos', 'tres', 'cuatro', 'cinco']
  for (const text of waiting) await rosaWrites(phone, text)
  const socket = await number.open()
  await rosaWrites(phone, 'seis')
  await expect.poll(() => shore.events, SOON).toEqual([...waiting, 'seis'])
  await socket.end(undefined)
})

test('a line that breaks just when WhatsApp says how much waited ends nothing but itself', async () => {
  const { open } = await aNumber('593963000005', aShore())
  const unwanted: unknown[] = []
  const hear = (error: unknown) => void unwanted.push(error)
  process.on('unhandledRejection', hear)
  const { ws } = await open()
  const gone = new Promise((done) => ws.on('close', done))
  ws.close()
  ws.emit('CB:ib,,offline_preview', { tag: 'ib', attrs: {}, content: [] })
  await gone
  process.off('unhandledRejection', hear)
  expect(unwanted).toEqual([])
})

const BURSTS = 10
const EACH_WAY = 200

test(
  `bursts of ${EACH_WAY} words each way lose nothing and need nothing twice, though the Session object is slow: ${BURSTS} numbers at once`,
  { timeout: 120_000 },
  async () => {
    const burst = async (at: number) => {
      const [phone, customer] = [`5939630001${at}`, `5939876500${at}`]
      const writes = (text: string) => simulator.control('POST', `/customers/${customer}/messages`, { to: phone, text })
      const shore = aShore(4 + at)
      const socket = await (await aNumber(phone, shore)).open()
      const { lid } = await simulator.web('PUT', `/people/${customer}`, {})
      const texts = Array.from({ length: EACH_WAY }, (_, n) => `m${n}`)
      const theirs = (async () => {
        for (const text of texts) await writes(text)
      })()
      for (const text of texts) await socket.sendMessage(`${String(lid)}@lid`, { text })
      await theirs
      const long = { timeout: 60_000, interval: 50 }
      await expect.poll(() => shore.events, long).toEqual(texts)
      const out = async () =>
        (await simulator.conversation(phone, customer)).items.flatMap(({ direction, text }) =>
          direction === 'out' ? [text] : [],
        )
      await expect.poll(out, long).toEqual(texts)
      const { items } = await simulator.control('GET', `/received?target=session&number=${phone}&count=2000`)
      const isTrouble = ({ path, what, processed }: Fields) =>
        path === 'receipt/retry' || path === 'nack' || (what === 'message' && processed === false)
      await socket.end(undefined)
      return listOf(items).map(fieldsOf).filter(isTrouble)
    }
    const troubles = await Promise.all(Array.from({ length: BURSTS }, (_, at) => burst(10 + at)))
    expect(troubles.flat()).toEqual([])
  },
)

test('a door that is shut is told: the library alone would wait for ever', async () => {
  const number = await aNumber('593963000003', aShore())
  await simulator.web('POST', '/faults', { what: 'refuse', status: 429, next: 1 })
  const { socket, closed } = number.isAt(new KeyKeeper(aShore().shore, []))
  expect(await closed).toBe(429)
  await socket.end(undefined)
})
