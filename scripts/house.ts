/**
 * The whole product on one machine: PostgreSQL, the Worker in workerd, the simulators. `npm start` runs it for people,
 * tests and the bench run it for themselves on free ports and folders of their own.
 */
import { createECDH, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { startNeonEndpoint, type NeonEndpoint } from '../db/local/neon-endpoint.ts'
import { freePort, isFree } from '../db/local/ports.ts'
import { startPostgres, type LocalPostgres } from '../db/local/postgres.ts'
import { migrate } from '../db/migrate.ts'
import { build, copyBuilt } from './build.ts'
import { keepRunning, type Child } from './child.ts'
import { newDemo, seedDemo, type Demo, type DemoChannel, type DemoPerson } from './demo.ts'
import { forget, HOUSE_FILE, killQuietly, recall, remember } from './processes.ts'
import { bindingsFrom, DEMO_B24_APP, DEMO_PAYPAL, SIM_SECRETS, whatsappWebAt } from './settings.ts'
import { A_MINUTE_IS_OVER, RUNTIME_FILE, type HostOptions } from './worker-host.ts'

export type HouseOptions = {
  dataDir: string
  /** Absent: any free one. */
  port?: number
  simPort?: number
  demo?: boolean
  /** Settings of the environment that win over the local ones: a provider's address, a database, secrets. */
  env?: Record<string, string | undefined>
  /** Told what takes time and what died, in Spanish: a person reads it. */
  say?: (line: string) => void
  /** false: without the app's pages, for tests that have no browser. */
  pages?: boolean
  /** Runs a session-node too: unofficial numbers can be linked. */
  sessions?: boolean
  /** Print the Worker's own log lines. */
  logs?: boolean
}

/** A simulated Bitrix24: its page, its authorization server, its member id. */
export type DemoPortal = { bitrix24: string; bitrix24Oauth: string; bitrix24Member: string }

export type DemoFile = {
  address: string
  people: DemoPerson[]
  channels: (DemoChannel & { hook: string })[]
  simulators: {
    address: string
    control: string
    phone: string
    owner: string
    whatsappWeb: string
    whatsappWebCa: string
  } & DemoPortal
}

export type House = {
  address: string
  demo: DemoFile | null
  simulators: string | null
  /** Owner's address of the embedded database; null when another one is used. */
  databaseUrl: string | null
  postgres: LocalPostgres | null
  endpoint: NeonEndpoint | null
  worker: Child & {
    /** workerd's own process. */
    runtimePid(): number | null
    /** Ends workerd itself, as a power cut would; resolves when it answers again. */
    killRuntime(): Promise<void>
    /** What the clock starts each minute, now. */
    minute(): void
  }
  sim: Child | null
  /** The session-node; null where none was asked for. */
  node: Child | null
  stop(): Promise<void>
}

const SCRIPTS = import.meta.dirname
const Secrets = z.object({ encryptionKey: z.string() })
const NodeToken = z.object({ token: z.string() })
const Vapid = z.object({ publicKey: z.string(), privateKey: z.string() })

/** A key pair that push services know this installation by. Phones that subscribed with it need the same one again. */
function newVapid(): z.infer<typeof Vapid> {
  const pair = createECDH('prime256v1')
  const publicKey = pair.generateKeys('base64url', 'uncompressed')
  return {
    publicKey,
    privateKey: Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()])
      .subarray(-32)
      .toString('base64url'),
  }
}

function keepJson<T>(file: string, shape: z.ZodType<T>, make: () => T): T {
  if (existsSync(file)) return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  const value = make()
  writeJson(file, value)
  return value
}

/** Whole or not at all: a file half written is worse than none. */
function writeJson(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

const DemoShape: z.ZodType<Demo> = z.custom<Demo>((value) => typeof value === 'object' && value !== null && 'people' in value)

/** Files of WhatsApp Web and the demo's portal stand on the ports after the simulators' own, where these are free. */
const SIM_PORTS = 3
/** Every further portal takes one more: what starts again finds its own again. */
export const SIM_ROOM = 16

/** A port that somebody else has is told in one line, before anything is started. */
async function mustBeFree(port: number, name: string): Promise<void> {
  if (!(await isFree(port)))
    throw new Error(`El puerto ${port} está ocupado. Elija otro, por ejemplo: ${name}=${port + 10} npm start`)
}

/** One house on one data folder; what a killed one left running is ended. */
function takeOver(dataDir: string): void {
  const other = recall(join(dataDir, HOUSE_FILE))
  if (other !== null && other !== process.pid) {
    throw new Error(
      `Ya está en marcha con estos datos (proceso ${other}). Para otra copia: DATA_DIR=.data2 PORT=8797 SIM_PORT=8798 npm start`,
    )
  }
  killQuietly(recall(join(dataDir, RUNTIME_FILE)))
  remember(join(dataDir, HOUSE_FILE), process.pid)
}

async function until(done: () => Promise<boolean>, ms: number, complaint: string): Promise<void> {
  const end = Date.now() + ms
  while (!(await done().catch(() => false))) {
    if (Date.now() > end) throw new Error(complaint)
    await new Promise((wake) => setTimeout(wake, 50))
  }
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
  await response.body?.cancel()
  return response.ok
}

function runtimePid(worker: Child): number | null {
  const message = z.object({ workerdPid: z.nullable(z.number()) }).safeParse(worker.message())
  return message.success ? message.data.workerdPid : null
}

/** An ordinary phone that waits to be linked: `npm start` shows it on the page of the business's phone. */
const DEMO_PHONE = '593961234567'

const NO_PORTAL: DemoPortal = { bitrix24: '', bitrix24Oauth: '', bitrix24Member: '' }

async function tell(url: string, value: object): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  })
  if (!response.ok) throw new Error(`The simulator refused ${JSON.stringify(value)}: ${await response.text()}`)
  return response.json()
}

const Portal = z.object({ id: z.string(), domain: z.string() })

/** A portal for the demo, and the card of our application: it is installed on the portal's own page. */
async function tellBitrix24(simulators: string, address: string): Promise<DemoPortal> {
  const at = (path: string) => `${address}/bitrix24/${path}`
  const card = { handler: at('app'), installer: at('install'), events: at('events'), redirect: at('app'), name: 'WhatsappB24' }
  await tell(`${simulators}/control/bitrix24/apps`, { ...DEMO_B24_APP, ...card })
  const portal = Portal.parse(await tell(`${simulators}/control/bitrix24/portals`, { id: 'demo', name: 'Andina', employees: 40 }))
  return { bitrix24: `http://${portal.domain}/`, bitrix24Oauth: `${simulators}/bitrix24`, bitrix24Member: portal.id }
}

/** The people and numbers of a demo as those who use it know them. */
function known(address: string, { people, channels }: Demo): Pick<DemoFile, 'people' | 'channels'> {
  return {
    people,
    channels: channels.map((channel) => Object.assign({ hook: `${address}/hooks/${channel.kind}/${channel.key}` }, channel)),
  }
}

async function tellNumbers(simulators: string, channels: DemoFile['channels']): Promise<void> {
  for (const channel of channels) await tell(`${simulators}/control/numbers`, { ...channel, hookUrl: channel.hook })
}

async function tellSimulators(simulators: string, address: string, demo: Demo): Promise<DemoPortal> {
  await tellNumbers(simulators, known(address, demo).channels)
  await tell(`${simulators}/control/numbers`, { kind: 'session', phone: DEMO_PHONE, name: 'Cuenca' })
  const { hookId, ...paypal } = DEMO_PAYPAL
  const webhook = { id: hookId, url: `${address}/hooks/paypal` }
  await tell(`${simulators}/control/paypal/apps`, { ...paypal, webhook })
  return tellBitrix24(simulators, address)
}

/** Another company in a house with a demo, with people and numbers of its own: for tests that share the house. `at`: which one, from 1. */
export async function anotherDemo({ demo, databaseUrl }: House, dataDir: string, at: number): Promise<DemoFile> {
  if (!demo || !databaseUrl) throw new Error('the house has no demo')
  const made = newDemo(at)
  const { encryptionKey } = Secrets.parse(JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')))
  await seedDemo(databaseUrl, encryptionKey, made, demo.simulators.address)
  const file = { ...demo, ...known(demo.address, made) }
  await tellNumbers(demo.simulators.address, file.channels)
  return file
}

function writeDemo(dataDir: string, address: string, simulators: string | null, made: Demo, portal: DemoPortal): DemoFile {
  const demo = {
    address,
    ...known(address, made),
    simulators: {
      ...{
        address: simulators ?? '',
        control: `${simulators}/control`,
        phone: `${simulators}/phone/`,
        owner: `${simulators}/phone/owner`,
      },
      ...{ whatsappWeb: whatsappWebAt(simulators ?? ''), whatsappWebCa: join(dataDir, 'sim', 'whatsapp-web-ca.pem') },
      ...portal,
    },
  }
  writeJson(join(dataDir, 'demo.json'), demo)
  return demo
}

type NodeOptions = Pick<HouseOptions, 'dataDir'> & { logs: boolean; say: (line: string) => void } & {
  address: string
  token: string
  simulators: string | null
  given: Given
}

/** The program that keeps unofficial numbers, beside the Worker that it dials. It trusts the simulator's files. */
function startNode({ dataDir, logs, say, address, token, simulators, given }: NodeOptions): Child {
  const whatsappUrl = given['WA_WEB_URL'] || (simulators ? whatsappWebAt(simulators) : '')
  const trust = simulators ? { NODE_EXTRA_CA_CERTS: join(dataDir, 'sim', 'whatsapp-web-ca.pem') } : {}
  const own = { APP_URL: address, SESSION_NODE_TOKEN: token, WA_WEB_URL: whatsappUrl, SESSION_NODE_NAME: 'Este equipo' }
  const pace = given['TIME_SCALE'] ? { TIME_SCALE: given['TIME_SCALE'] } : {}
  return keepRunning({
    ...{ name: 'El programa de sesiones', script: join(SCRIPTS, '..', 'session-node', 'src', 'main.ts'), logs, say },
    env: { ...process.env, ...trust, ...own, ...pace },
  })
}

type Database = { postgres: LocalPostgres | null; endpoint: NeonEndpoint | null; ownerUrl: string | null }

/** The database, brought to the present: our own, or the one that the environment names. */
async function openDatabase(dataDir: string, given: Given, say: (line: string) => void, ends: Ends): Promise<Database> {
  if (given['DATABASE_URL']) {
    const ownerUrl = given['DATABASE_OWNER_URL'] ?? null
    if (ownerUrl) await migrate(ownerUrl)
    return { postgres: null, endpoint: null, ownerUrl }
  }
  const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres') })
  ends.push(() => postgres.stop())
  postgres.onDeath(() => {
    say('PostgreSQL se detuvo; se inicia otra vez.')
    postgres.start().catch((error: Error) => say(error.message))
  })
  const endpoint = await startNeonEndpoint({ postgresPort: postgres.port })
  ends.push(() => endpoint.close())
  await migrate(postgres.url)
  return { postgres, endpoint, ownerUrl: postgres.url }
}

type Given = Record<string, string | undefined>
/** What has been started, to be ended in the opposite order. */
type Ends = (() => Promise<void>)[]

async function endAll(ends: Ends): Promise<void> {
  for (const end of ends.splice(0).toReversed()) await end()
}

/** Starts everything and resolves when the address answers. When a part cannot start, the others are ended first. */
export async function startHouse(options: HouseOptions): Promise<House> {
  const ends: Ends = []
  try {
    return await openHouse(options, ends)
  } catch (error) {
    await endAll(ends)
    throw error
  }
}

async function openHouse(options: HouseOptions, ends: Ends): Promise<House> {
  const dataDir = resolve(options.dataDir)
  const { say = () => undefined, env: given = {}, logs = false } = options
  mkdirSync(dataDir, { recursive: true })
  takeOver(dataDir)
  ends.push(async () => forget(join(dataDir, HOUSE_FILE)))
  const port = options.port ?? (await freePort())
  const simPort = options.simPort ?? (await freePort(SIM_ROOM))
  if (port > simPort && port < simPort + SIM_PORTS)
    throw new Error(
      `Los simuladores usan el puerto ${simPort} y los dos siguientes. Elija otro para la aplicación, por ejemplo: PORT=${simPort + 10} npm start`,
    )
  await mustBeFree(port, 'PORT')
  const address = `http://127.0.0.1:${port}`
  const secrets = keepJson(join(dataDir, 'secrets.json'), Secrets, () => ({
    encryptionKey: `k1:${randomBytes(32).toString('base64url')}`,
  }))
  const vapid = keepJson(join(dataDir, 'push-keys.json'), Vapid, newVapid)
  const encryptionKey = given['ENCRYPTION_KEY'] ?? secrets.encryptionKey
  const kept = keepJson(join(dataDir, 'session-node.json'), NodeToken, () => ({ token: randomBytes(32).toString('base64url') }))
  const sessionNodeToken = given['SESSION_NODE_TOKEN'] || kept.token
  const simulators = given['META_GRAPH_URL'] && given['GUPSHUP_API_URL'] ? null : `http://127.0.0.1:${simPort}`
  if (simulators) await mustBeFree(simPort, 'SIM_PORT')

  // The slow parts side by side: the builds need the processor, the database the disk.
  const building = build(say, options.pages === false ? 'worker' : undefined)
  building.catch(() => undefined)
  const { postgres, endpoint, ownerUrl } = await openDatabase(dataDir, given, say, ends)
  const made = options.demo !== false && ownerUrl ? keepJson(join(dataDir, 'demo-account.json'), DemoShape, newDemo) : null
  if (made && ownerUrl) await seedDemo(ownerUrl, encryptionKey, made, simulators)
  const sim = simulators
    ? keepRunning({
        ...{ name: 'El simulador', script: join(SCRIPTS, '..', 'sim', 'main.ts'), logs, say },
        env: { ...process.env, SIM_PORT: String(simPort), DATA_DIR: dataDir, APP_ORIGIN: address, ...SIM_SECRETS },
      })
    : null
  if (sim) ends.push(() => sim.stop())
  await building
  const built = join(dataDir, 'built')
  copyBuilt(built)

  const bindings = bindingsFrom({
    given,
    address,
    encryptionKey,
    sessionNodeToken,
    vapid,
    neonUrl: endpoint?.url ?? null,
    simulators,
  })
  const hostOptions: HostOptions = { port, dataDir, built, bindings, logs }
  const worker = keepRunning({
    ...{ name: 'El Worker', script: join(SCRIPTS, 'worker-host.ts'), logs, say },
    env: { ...process.env, WORKER_HOST: JSON.stringify(hostOptions) },
    afterDeath: () => killQuietly(runtimePid(worker)),
  })
  ends.push(async () => {
    const pid = runtimePid(worker)
    await worker.stop()
    killQuietly(pid)
  })
  await worker.ready()
  const workerAnswers = (): Promise<void> => until(() => answers(`${address}/health`), 60_000, 'El Worker no responde')
  await workerAnswers()
  await sim?.ready()
  const node = options.sessions ? startNode({ dataDir, logs, say, address, token: sessionNodeToken, simulators, given }) : null
  if (node) ends.push(() => node.stop(8_000))
  const portal = made && simulators ? await tellSimulators(simulators, address, made) : NO_PORTAL

  return {
    ...{ address, simulators, postgres, endpoint, sim, node },
    demo: made ? writeDemo(dataDir, address, simulators, made, portal) : null,
    databaseUrl: postgres?.url ?? null,
    worker: {
      ...worker,
      runtimePid: () => runtimePid(worker),
      minute: () => worker.tell(A_MINUTE_IS_OVER),
      async killRuntime() {
        await worker.ready()
        const pid = runtimePid(worker)
        killQuietly(pid)
        await until(async () => runtimePid(worker) !== pid, 20_000, 'workerd no volvió')
        await worker.ready()
        await workerAnswers()
      },
    },
    stop: () => endAll(ends),
  }
}
