/**
 * Unofficial numbers: what one session-node costs with 1, 10 and 50 of them linked against the simulator of WhatsApp Web,
 * how long linking takes, and how many messages go through. In a house of its own; the node is a process of its own.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import * as z from 'zod'
import { startHouse, type House } from '../../scripts/house.ts'
import { cpuMs } from '../cpu.ts'
import type { Figure } from '../figure.ts'
import { signIn } from '../house.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'session-node', 'src', 'main.ts')
const HEAP_MB = 768
const CAPACITY = 50
/** Links under way at a time. */
const AT_ONCE = 5
const IDLE_MS = 15_000
const MESSAGES = 500
/** People who write at a time. */
const WRITERS = 10

const Session = z.object({ rev: z.number(), state: z.string(), qr: z.nullable(z.string()), node: z.nullable(z.string()) })
const Id = z.looseObject({ id: z.string() })
const Guard = z.looseObject({ rev: z.number(), settings: z.looseObject({}) })

type Linked = { channelId: string; phone: string; qrMs: number; scanMs: number }
type World = { house: House; database: pg.Client; ask: Ask; control: Ask; dataDir: string }
type Ask = (method: string, path: string, body?: object, tries?: number) => Promise<unknown>

/** Asks, and asks again what could not be taken just then, as a phone does: the same id is the same message. */
function asker(base: string, headers: Record<string, string>): Ask {
  return async function ask(method, path, body, tries = 10): Promise<unknown> {
    const response = await fetch(`${base}${path}`, {
      ...{ method, headers: { ...headers, 'content-type': 'application/json' } },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (response.ok) return text === '' ? null : JSON.parse(text)
    if (response.status !== 503 || tries <= 1) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    await new Promise((wake) => setTimeout(wake, 500))
    return ask(method, path, body, tries - 1)
  }
}

/** Does it for each, so many at a time. */
async function each<T>(items: readonly T[], atOnce: number, work: (item: T, n: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    for (let n = next++; n < items.length; n = next++) {
      const item = items[n]
      if (item !== undefined) await work(item, n)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

async function openWorld(): Promise<World> {
  const dataDir = join(tmpdir(), `wb24-bench-sessions-${process.pid}`)
  const house = await startHouse({ dataDir, pages: false })
  const admin = house.demo?.people.find(({ role }) => role === 'administrator')
  if (!house.demo || !admin || !house.databaseUrl) throw new Error('the bench needs the demo account and its own database')
  const database = new pg.Client({ connectionString: house.databaseUrl })
  await database.connect()
  const token = await signIn(house.address, admin.email, admin.password)
  return {
    ...{ house, database, dataDir },
    ask: asker(`${house.address}/api`, { authorization: `Bearer ${token}` }),
    control: asker(house.demo.simulators.control, {}),
  }
}

/** One session-node, limited as a container of a gigabyte would limit it. */
function startNode({ house, dataDir }: World, name: string): ChildProcess {
  const { whatsappWeb, whatsappWebCa } = house.demo?.simulators ?? { whatsappWeb: '', whatsappWebCa: '' }
  const { token } = z.object({ token: z.string() }).parse(JSON.parse(readFileSync(join(dataDir, 'session-node.json'), 'utf8')))
  return spawn(process.execPath, [`--max-old-space-size=${HEAP_MB}`, MAIN], {
    env: {
      ...{ PATH: process.env['PATH'], APP_URL: house.address, SESSION_NODE_TOKEN: token, SESSION_NODE_NAME: name },
      ...{ SESSION_NODE_CAPACITY: String(CAPACITY), WA_WEB_URL: whatsappWeb, NODE_EXTRA_CA_CERTS: whatsappWebCa },
    },
    stdio: 'ignore',
  })
}

/** Waits until a number stands so; asks again with each change. */
async function until(
  { ask }: World,
  channelId: string,
  stands: (now: z.infer<typeof Session>) => boolean,
): Promise<z.infer<typeof Session>> {
  let now = Session.parse(await ask('GET', `/channels/${channelId}/session`))
  while (!stands(now)) now = Session.parse(await ask('GET', `/channels/${channelId}/session?rev=${now.rev}`))
  return now
}

/** Adds a number and links it: from the wish to the code, and from the scan to where it works. */
async function link(world: World, n: number): Promise<Linked> {
  const phone = `59397${String(n).padStart(7, '0')}`
  await world.control('POST', '/numbers', { kind: 'session', phone, name: `Número ${n}` })
  const { id: channelId } = Id.parse(await world.ask('POST', '/sessions', { name: `Número ${n}` }))
  const wished = performance.now()
  await world.ask('POST', `/channels/${channelId}/session/link`, { way: 'qr' })
  const { qr } = await until(world, channelId, (now) => now.qr !== null)
  const shown = performance.now()
  await world.control('POST', '/whatsapp-web/scan', { phone, qr })
  await until(world, channelId, ({ state }) => state === 'open')
  return { channelId, phone, qrMs: shown - wished, scanMs: performance.now() - shown }
}

async function linkMany(world: World, from: number, to: number): Promise<Linked[]> {
  const linked: Linked[] = []
  const numbers = Array.from({ length: to - from }, (_, n) => from + n)
  await each(numbers, AT_ONCE, async (n) => void linked.push(await link(world, n)))
  return linked
}

const memoryOf = (pid: number, what: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

/** What the process takes while nobody writes. */
async function atRest(pid: number, count: number): Promise<Figure> {
  const before = cpuMs(pid)
  await new Promise((wake) => setTimeout(wake, IDLE_MS))
  const cpu = ((cpuMs(pid) - before) / IDLE_MS) * 100
  return {
    ...{ name: `one session-node with ${count} linked`, value: memoryOf(pid, 'VmRSS'), unit: 'MB resident' },
    ...(count === CAPACITY && { goal: { text: '50 in one process under 1 GB', met: memoryOf(pid, 'VmHWM') < 1_000 } }),
    more: { 'peak MB': memoryOf(pid, 'VmHWM'), 'CPU at rest, % of a core': cpu, 'heap limit MB': HEAP_MB },
  }
}

const middle = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

function linkTimes(linked: readonly Linked[]): Figure[] {
  const [qr, scan] = [linked.map(({ qrMs }) => qrMs / 1000), linked.map(({ scanMs }) => scanMs / 1000)]
  const more = (values: number[]) => ({ slowest: Math.max(...values), links: values.length, 'at a time': AT_ONCE })
  return [
    {
      ...{ name: 'from wishing to link to the QR, middle', value: middle(qr), unit: 's', more: more(qr) },
      goal: { text: 'under 3 s', met: middle(qr) < 3 },
    },
    {
      ...{ name: 'from the scan to connected, middle', value: middle(scan), unit: 's', more: more(scan) },
      goal: { text: 'under 5 s', met: middle(scan) < 5 },
    },
  ]
}

async function counted({ database }: World, sql: string, wanted: number): Promise<void> {
  for (;;) {
    const { rows } = await database.query(sql)
    if (Number(rows[0]?.n) >= wanted) return
    await new Promise((wake) => setTimeout(wake, 100))
  }
}

/** Customers of all numbers write at once; the rate counts until the last message is in PostgreSQL. */
async function inbound(world: World, numbers: readonly Linked[], pid: number): Promise<Figure> {
  const before = { cpu: cpuMs(pid), at: performance.now() }
  const many = Math.ceil(MESSAGES / numbers.length)
  await each(numbers, WRITERS, async ({ phone }, n) => {
    const path = `/customers/59396${String(n).padStart(7, '0')}/messages`
    for (let i = 0; i < many; i += 1) await world.control('POST', path, { kind: 'text', to: phone, text: `Hola ${i}` })
  })
  const all = many * numbers.length
  await counted(world, "select count(*) as n from message where direction = 'in' and text like 'Hola %'", all)
  return rate('messages in, WhatsApp to PostgreSQL', all, before, pid)
}

/** Answers to all of them, without the pauses of a person; until WhatsApp's server has the last. */
async function outbound(world: World, numbers: readonly Linked[], pid: number): Promise<Figure> {
  for (const { channelId } of numbers) {
    const { rev, settings } = Guard.parse(await world.ask('GET', `/channels/${channelId}/guard`))
    await world.ask('PUT', `/channels/${channelId}/guard`, { rev, settings: { ...settings, pace: 'fast', samePerHour: 500 } })
  }
  const { rows } = await world.database.query(
    "select distinct chat_id as id from message where direction = 'in' and text like 'Hola %'",
  )
  const before = { cpu: cpuMs(pid), at: performance.now() }
  const many = Math.ceil(MESSAGES / rows.length)
  await each(rows, WRITERS, async ({ id }) => {
    for (let i = 0; i < many; i += 1)
      await world.ask('POST', `/chats/${String(id)}/messages`, {
        id: newId(),
        kind: 'text',
        text: `Respuesta ${i} de ${String(id)}`,
      })
  })
  const all = many * rows.length
  const gone = "direction = 'out' and text like 'Respuesta %' and status in ('sent', 'delivered', 'read')"
  await counted(world, `select count(*) as n from message where ${gone}`, all)
  return rate('messages out, app to WhatsApp', all, before, pid)
}

function rate(name: string, count: number, before: { cpu: number; at: number }, pid: number): Figure {
  const seconds = (performance.now() - before.at) / 1000
  const cpu = (cpuMs(pid) - before.cpu) / count
  return { name, value: count / seconds, unit: 'a second', more: { messages: count, 'CPU of the node, ms each': cpu } }
}

/** A UUIDv7 of now. */
function newId(): string {
  const ms = Date.now().toString(16).padStart(12, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${crypto.randomUUID().slice(15)}`
}

/** One more than fits: a second process takes it, and the first one goes on as it was. */
async function oneMore(world: World, first: ChildProcess, numbers: readonly Linked[], ends: ChildProcess[]): Promise<Figure> {
  const waiting = link(world, CAPACITY)
  const second = startNode(world, 'second')
  ends.push(second)
  const { channelId, qrMs, scanMs } = await waiting
  const states = await Promise.all(
    numbers.map(async (one) => Session.parse(await world.ask('GET', `/channels/${one.channelId}/session`))),
  )
  const steady = states.filter(({ state, node }) => state === 'open' && node === 'first').length
  const { node } = Session.parse(await world.ask('GET', `/channels/${channelId}/session`))
  return {
    ...{
      name: `number ${CAPACITY + 1}, with a second process started for it`,
      value: (qrMs + scanMs) / 1000,
      unit: 's to connected',
    },
    goal: { text: 'nothing is restarted', met: steady === numbers.length && node === 'second' && first.exitCode === null },
    more: { 'still connected on the first': steady },
  }
}

/** All of it: about three minutes. */
export async function sessions(say: (line: string) => void): Promise<Figure[]> {
  const world = await openWorld()
  const ends: ChildProcess[] = []
  try {
    const first = startNode(world, 'first')
    ends.push(first)
    const { pid } = first
    if (pid === undefined) throw new Error('the session-node did not start')
    const figures: Figure[] = []
    const linked: Linked[] = []
    for (const count of [1, 10, CAPACITY]) {
      linked.push(...(await linkMany(world, linked.length, count)))
      figures.push(await atRest(pid, count))
      say(`  ${count} linked, load ${(loadavg()[0] ?? 0).toFixed(1)}`)
    }
    figures.push(...linkTimes(linked), await inbound(world, linked, pid), await outbound(world, linked, pid))
    const after = {
      ...{ name: `the same after ${MESSAGES} each way`, value: memoryOf(pid, 'VmRSS'), unit: 'MB resident' },
      more: { 'peak MB': memoryOf(pid, 'VmHWM') },
    }
    figures.push(after, await oneMore(world, first, linked, ends))
    return figures
  } finally {
    for (const child of ends) child.kill('SIGTERM')
    await Promise.all(ends.map((child) => (child.exitCode === null ? once(child, 'exit') : null)))
    await world.database.end()
    await world.house.stop()
    rmSync(world.dataDir, { recursive: true, force: true })
  }
}
