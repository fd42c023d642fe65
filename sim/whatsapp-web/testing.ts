/**
 * For tests: the simulators as a process of their own, and linked devices in this one: the unmodified library, with its
 * keys in memory. Conditions are waited for, nothing sleeps.
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { Agent } from 'node:https'
import { join } from 'node:path'
import { setDefaultCACertificates } from 'node:tls'
import { BufferJSON, initAuthCreds, makeWASocket } from 'baileys'
import type { BaileysEventMap, proto, SignalDataSet, SignalDataTypeMap, SignalKeyStore, SocketConfig, WASocket } from 'baileys'
import { fieldsOf, listOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { quietLogger } from './quiet.ts'
import { mendSignal } from './signal.ts'

export type Control = (method: string, path: string, body?: object) => Promise<Fields>

/** The simulators in another process; `await using` ends it. With `dataDir` it can be killed and started again. */
export async function aSimulator(dataDir = '') {
  mendSignal()
  let child = start(dataDir, 0)
  let { origin, url, mediaCa } = await readyOf(child)
  setDefaultCACertificates([mediaCa])
  const control: Control = async (method, path, body) => {
    const response = await fetch(`${origin}/control${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    const answer = fieldsOf(await response.json())
    if (!response.ok) throw new Error(`${method} ${path}: ${String(answer.error)}`)
    return answer
  }
  const web: Control = (method, path, body) => control(method, `/whatsapp-web${path}`, body)
  return {
    ...{ origin, url, mediaCa, control, web },
    async conversation(number: string, phone: string) {
      const { items } = await control('GET', `/conversations/${number}/${phone}`)
      return { items: listOf(items).map(fieldsOf) }
    },
    received: async (query = '') => listOf((await control('GET', `/received?target=session${query}`)).items).map(fieldsOf),
    /** kill -9, and the same again on the same port. */
    async restart() {
      const gone = new Promise((done) => child.once('exit', done))
      child.kill('SIGKILL')
      await gone
      child = start(dataDir, Number(new URL(origin).port))
      ;({ origin, url, mediaCa } = await readyOf(child))
    },
    async [Symbol.asyncDispose]() {
      const gone = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** How long what follows from something may take: `expect.poll(read, SOON)`. */
export const SOON = { timeout: 10_000, interval: 15 }

export type TestSimulator = Awaited<ReturnType<typeof aSimulator>>

function start(dataDir: string, port: number): ChildProcess {
  return fork(join(import.meta.dirname, '..', 'main.ts'), {
    env: { ...process.env, SIM_PORT: String(port), DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  })
}

function readyOf(child: ChildProcess): Promise<{ origin: string; url: string; mediaCa: string }> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the simulators left with ${code}`)))
    child.once('message', (message) => {
      const { origin, web } = fieldsOf(message)
      const { url, mediaCa } = fieldsOf(web)
      resolve({ origin: String(origin), url: String(url), mediaCa: String(mediaCa) })
    })
  })
}

/** Where a client keeps itself: survives its socket. */
export type Memory = {
  creds: ReturnType<typeof initAuthCreds>
  keys: SignalKeyStore
  sent: Map<string, proto.IMessage>
  devices: Map<string, unknown>
}

/** A new client that nobody has linked. Its store keeps the order of what is written: one that does not, loses messages. */
export function aMemory(): Memory {
  const values = new Map<string, string>()
  const keys: SignalKeyStore = {
    async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
      const found: { [id: string]: SignalDataTypeMap[T] } = {}
      for (const id of ids) {
        const text = values.get(`${type}|${id}`)
        // Values are copied both ways: the library changes what it holds.
        if (text !== undefined) found[id] = JSON.parse(text, BufferJSON.reviver)
      }
      return found
    },
    async set(data: SignalDataSet) {
      for (const [type, entries] of Object.entries(data)) {
        for (const [id, value] of Object.entries(entries)) {
          if (value === null) values.delete(`${type}|${id}`)
          else values.set(`${type}|${id}`, JSON.stringify(value, BufferJSON.replacer))
        }
      }
    },
  }
  return { creds: initAuthCreds(), keys, sent: new Map(), devices: new Map() }
}

type Heard = { [E in keyof BaileysEventMap]: BaileysEventMap[E][] }

/** One socket of a client, with everything that it heard. */
export function aClient(simulator: TestSimulator, memory: Memory, options: Partial<SocketConfig> = {}) {
  const heard: Partial<Record<string, unknown[]>> = {}
  const waiting = new Set<() => void>()
  const sock: WASocket = makeWASocket({
    ...{ auth: memory, waWebSocketUrl: simulator.url, logger: quietLogger, markOnlineOnConnect: false },
    fetchAgent: new Agent({ ca: simulator.mediaCa }),
    getMessage: async ({ id }) => memory.sent.get(id ?? ''),
    shouldSyncHistoryMessage: () => false,
    userDevicesCache: cacheOf(memory.devices),
    ...options,
  })
  sock.ev.process((events) => {
    for (const [name, event] of Object.entries(events)) (heard[name] ??= []).push(event)
    for (const check of waiting) check()
  })
  sock.ev.on('creds.update', (update) => void Object.assign(memory.creds, update))
  const of = <E extends keyof BaileysEventMap>(name: E): BaileysEventMap[E][] => {
    const events: Heard[E] | unknown = heard[name] ?? []
    return isListOf<E>(events) ? events : []
  }
  /** Resolves with what `read` gives as soon as it gives something; rejects after 10 s. */
  const until = <T>(read: () => T | undefined | false | null): Promise<T> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => end(() => reject(new Error(`waited in vain for ${read.toString().slice(0, 200)}`))), 10_000)
      const end = (settle: () => void) => {
        clearTimeout(late)
        waiting.delete(check)
        settle()
      }
      const check = () => {
        const value = read()
        if (value !== undefined && value !== false && value !== null) end(() => resolve(value))
      }
      waiting.add(check)
      check()
    })
  const updates = () => of('connection.update')
  return {
    ...{ sock, of, until },
    /** The code with which the connection was closed. */
    closed: () =>
      until(() => updates().find(({ connection }) => connection === 'close')).then(({ lastDisconnect }) =>
        codeOf(lastDisconnect?.error),
      ),
    open: () => until(() => updates().some(({ connection }) => connection === 'open')),
    ready: () => until(() => updates().some(({ receivedPendingNotifications }) => receivedPendingNotifications)),
    qr: () => until(() => updates().findLast(({ qr }) => qr)?.qr),
    /** What people wrote, without what the number's own phone tells its devices. */
    messages: () =>
      of('messages.upsert').flatMap(({ messages, type }) =>
        messages.flatMap((message) => (message.category === 'peer' ? [] : [{ ...message, type }])),
      ),
    message: (id: unknown) =>
      until(() =>
        of('messages.upsert')
          .flatMap(({ messages }) => messages)
          .find(({ key }) => key.id === id),
      ),
    async end() {
      sock.ev.removeAllListeners('connection.update')
      await sock.end(undefined)
    },
  }
}

export type TestClient = ReturnType<typeof aClient>

/** What is in a list of events is what the library says that it is. */
function isListOf<E extends keyof BaileysEventMap>(value: unknown): value is BaileysEventMap[E][] {
  return Array.isArray(value)
}

function codeOf(error: unknown): number {
  return Number(fieldsOf(fieldsOf(error).output).statusCode)
}

/** A cache that outlives the socket: reference/baileys.md §10.1. */
function cacheOf(map: Map<string, unknown>): NonNullable<SocketConfig['userDevicesCache']> {
  return {
    get<T>(key: string): T | undefined {
      const value: unknown = map.get(key)
      return isKept<T>(value) ? value : undefined
    },
    set: (key, value) => void map.set(key, value),
    del: (key) => void map.delete(key),
    flushAll: () => map.clear(),
  }
}

function isKept<T>(value: unknown): value is T {
  return value !== undefined
}

/** A client linked to a number by scanning, and ready. */
export async function aLinkedClient(
  simulator: TestSimulator,
  phone: string,
  options: Partial<SocketConfig> = {},
  memory = aMemory(),
) {
  const newcomer = aClient(simulator, memory, options)
  await simulator.web('POST', '/scan', { phone, qr: await newcomer.qr() })
  await newcomer.closed()
  const client = aClient(simulator, memory, options)
  await client.ready()
  return { client, memory }
}
