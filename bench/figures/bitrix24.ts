/**
 * Open lines: how long a word takes from a customer's phone to the operator and back, and how many messages one portal takes within
 * its limits. In a house of its own, with every wait as long as it is for people.
 */
import { rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { aPortal } from '../../e2e/bitrix24-house/portal.ts'
import { asker, type Ask } from '../../scripts/asker.ts'
import { startHouse, type DemoFile } from '../../scripts/house.ts'
import type { Figure } from '../figure.ts'
import { signIn } from '../house.ts'
import { spreadOf, type Spread } from '../spread.ts'

/** Words each way, at an even pace. */
const EACH_WAY = 200
const EVERY_MS = 125
const CUSTOMERS = 20
const BURST = 600
const WRITERS = 8
const WAIT_MS = 120_000
/** What an ordinary portal lets be asked for ever (reference/bitrix24.md §4.3), and how many messages one request may carry. */
const PER_SECOND = 2
const PER_REQUEST = 20
/** More than fit into its bucket at once. */
const FILLS = 50

type Line = { portal: Awaited<ReturnType<typeof aPortal>>; number: DemoFile['channels'][number]; control: Ask; api: Ask }

const Bubbles = z.array(z.looseObject({ from: z.string(), text: z.string(), at: z.number() }))
const Dialogs = z.array(z.looseObject({ id: z.number(), externalChat: z.string() }))
const Received = z.object({ items: z.array(z.looseObject({ at: z.number(), text: z.nullable(z.string()) })) })
const Told = z.array(z.looseObject({ status: z.nullable(z.number()), ms: z.number() }))

async function until(what: string, done: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + WAIT_MS
  while (!(await done())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${WAIT_MS / 1000} s`)
    await new Promise((wake) => setTimeout(wake, 100))
  }
}

const phoneOf = (n: number): string => `59395${String(2_000_000 + (n % CUSTOMERS))}`

const writes = ({ control, number }: Line, n: number, text: string) =>
  control('POST', `/customers/${phoneOf(n)}/messages`, { kind: 'text', to: number.phone, text })

async function bubbles({ portal }: Line, run: string) {
  return Bubbles.parse(await portal.rows('bubbles')).filter(({ text }) => text.startsWith(`${run} `))
}

/** Everybody stands in the open line; gives where. */
async function known(line: Line): Promise<Map<string, number>> {
  for (let n = 0; n < CUSTOMERS; n += 1) await writes(line, n, `hola ${n}`)
  await until('everybody stands in the line', async () => (await bubbles(line, 'hola')).length === CUSTOMERS)
  const dialogs = Dialogs.parse(await line.portal.rows('dialogs'))
  return new Map(dialogs.map(({ id, externalChat }) => [externalChat.replace('wa-', ''), id]))
}

/** Says so many words at an even pace; gives when each was said. */
async function evenly(say: (n: number) => Promise<unknown>): Promise<number[]> {
  const saidAt: number[] = []
  const flights: Promise<unknown>[] = []
  const started = Date.now()
  for (let n = 0; n < EACH_WAY; n += 1) {
    await new Promise((wake) => setTimeout(wake, Math.max(0, started + n * EVERY_MS - Date.now())))
    saidAt[n] = Date.now()
    flights.push(say(n))
  }
  await Promise.all(flights)
  return saidAt
}

const numberIn = (text: string): number => Number(text.split(' ')[1])

/** `seen`: words and when they stood at the other end. */
function lateness(saidAt: readonly number[], seen: readonly { text: string | null; at: number }[]): Spread {
  return spreadOf(seen.map(({ text, at }) => at - (saidAt[numberIn(text ?? '')] ?? at)))
}

function latency(name: string, { p50, p95, p99, max }: Spread): Figure {
  const more = { 'p95 ms': p95, 'p99 ms': p99, 'slowest ms': max, words: EACH_WAY, 'a second': 1_000 / EVERY_MS }
  return { name: `${name}, p50`, value: p50, unit: 'ms', more: { ...more, load: loadavg()[0] ?? 0 } }
}

async function toOperator(line: Line): Promise<Figure> {
  const saidAt = await evenly((n) => writes(line, n, `pregunta ${n}`))
  await until('the operators have every word', async () => (await bubbles(line, 'pregunta')).length === EACH_WAY)
  return latency("customer's phone to the open line", lateness(saidAt, await bubbles(line, 'pregunta')))
}

async function toCustomer(line: Line, dialogs: ReadonlyMap<string, number>): Promise<Figure[]> {
  const { portal, control, number } = line
  const path = `/received?what=message&number=${number.phone}&processed=true&count=100000`
  const arrived = async () =>
    Received.parse(await control('GET', path)).items.filter(({ text }) => text?.startsWith('respuesta ') ?? false)
  const saidAt = await evenly((n) => portal.does('write', { chat: dialogs.get(phoneOf(n)), userId: 2, text: `respuesta ${n}` }))
  await until('the provider has every answer', async () => (await arrived()).length === EACH_WAY)
  await control('POST', '/bitrix24/quiet')
  const told = Told.parse(await portal.rows('told', '?event=ONIMCONNECTORMESSAGEADD'))
  const { p50, p99 } = spreadOf(told.map(({ ms }) => ms))
  return [
    latency("open line to the customer's provider", lateness(saidAt, await arrived())),
    {
      ...{ name: 'event of a portal, stored and answered, p99', value: p99, unit: 'ms' },
      ...{ goal: { text: 'under a second', met: p99 < 1_000 }, more: { 'p50 ms': p50, events: told.length } },
    },
  ]
}

/** An ordinary portal whose first fifty requests are used up: what it takes from then on is what several messages in one request make of two. */
async function within(line: Line): Promise<Figure> {
  const { portal, api } = line
  await known(line)
  const id = await portal.rowId()
  await Promise.allSettled(Array.from({ length: FILLS }, () => api('GET', `/portals/${id}/open-lines`)))
  const before = (await portal.asked('imconnector.send.messages')).length
  const started = Date.now()
  let next = 0
  const writer = async (): Promise<void> => {
    for (let n = next++; n < BURST; n = next++) await writes(line, n, `ráfaga ${n}`)
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  await until('the portal has the burst', async () => (await bubbles(line, 'ráfaga')).length === BURST)
  const seconds = (Math.max(...(await bubbles(line, 'ráfaga')).map(({ at }) => at)) - started) / 1_000
  const asked = await portal.asked('imconnector.send.messages')
  const requests = asked.length - before
  return {
    ...{ name: 'one ordinary portal with its bucket full', value: BURST / seconds, unit: 'messages/s' },
    limit: { name: 'two requests a second of 20', value: PER_SECOND * PER_REQUEST },
    more: { messages: BURST, requests, 'refused by the portal': asked.filter(({ error }) => error !== null).length },
  }
}

/** All of it: about two minutes. */
export async function bitrix24(): Promise<Figure[]> {
  const dataDir = join(tmpdir(), `wb24-bench-bitrix24-${process.pid}`)
  const house = await startHouse({ dataDir, pages: false })
  try {
    const admin = house.demo?.people.find(({ role }) => role === 'administrator')
    if (!house.demo || !admin) throw new Error('the bench needs the demo account')
    const control = asker(house.demo.simulators.control)
    const api = asker(`${house.address}/api`, await signIn(house.address, admin.email, admin.password))
    const must = (_: null, method: string, path: string, body: object) => asker(house.address)(method, path, body)
    const [first, second] = house.demo.channels
    const open = async (number: typeof first, license: string): Promise<Line> => {
      if (!number) throw new Error('the demo has too few numbers')
      const portal = await aPortal({ control, api, must }, license)
      await portal.install()
      await portal.bind(number.id)
      return { portal, number, control, api }
    }
    const large = await open(first, 'ent250')
    const dialogs = await known(large)
    return [await toOperator(large), ...(await toCustomer(large, dialogs)), await within(await open(second, 'pro100'))]
  } finally {
    await house.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
