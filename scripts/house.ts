/**
 * The whole product on one machine: PostgreSQL, the Worker in workerd, the simulators. `npm start` runs it for people,
 * tests and the bench run it for themselves on free ports and folders of their own.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { startNeonEndpoint, type NeonEndpoint } from '../db/local/neon-endpoint.ts'
import { freePort, startPostgres, type LocalPostgres } from '../db/local/postgres.ts'
import { migrate } from '../db/migrate.ts'
import { build } from './build.ts'
import { keepRunning, type Child } from './child.ts'
import { newDemo, seedDemo, type Demo, type DemoChannel, type DemoPerson } from './demo.ts'
import type { HostOptions } from './worker-host.ts'

export type HouseOptions = {
  dataDir: string
  /** Absent: any free one. */
  port?: number
  simPort?: number
  demo?: boolean
  /** Settings of the environment that win over the local ones: a provider's address, a database, secrets. */
  env?: Record<string, string | undefined>
  say?: (line: string) => void
  /** false: without the app's pages, for tests that have no browser. */
  pages?: boolean
  /** Print the Worker's own log lines. */
  logs?: boolean
}

export type DemoFile = {
  address: string
  people: DemoPerson[]
  channels: (DemoChannel & { hook: string })[]
  simulators: { address: string; control: string; phone: string }
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
    /** Ends workerd itself, as a power cut would; resolves when it answers again. */
    killRuntime(): Promise<void>
  }
  sim: Child | null
  stop(): Promise<void>
}

const SCRIPTS = import.meta.dirname
const PASSED_ON = [
  'META_APP_SECRET',
  'META_VERIFY_TOKEN',
  'LOG_LEVEL',
  'STRIPE_SECRET_KEY',
  'VAPID_PUBLIC_KEY',
  'VAPID_PRIVATE_KEY',
  'SESSION_NODE_TOKEN',
] as const

const Secrets = z.object({ encryptionKey: z.string() })

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

/** A port that somebody else has is told in one line, before anything is started. */
async function mustBeFree(port: number, name: string): Promise<void> {
  const server = createServer()
  await new Promise<void>((done, fail) => {
    server.once('error', () =>
      fail(new Error(`Port ${port} is in use. Set ${name} to another one, e.g. ${name}=${port + 10} npm start`)),
    )
    server.listen(port, '127.0.0.1', done)
  })
  await new Promise((done) => server.close(done))
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

function killQuietly(pid: number | null): void {
  if (!pid) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

function runtimePid(worker: Child): number | null {
  const message = z.object({ workerdPid: z.nullable(z.number()) }).safeParse(worker.message())
  return message.success ? message.data.workerdPid : null
}

async function tellSimulators(simulators: string, address: string, demo: Demo): Promise<void> {
  for (const channel of demo.channels) {
    const response = await fetch(`${simulators}/control/numbers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...channel, hookUrl: `${address}/hooks/${channel.kind}/${channel.key}` }),
    })
    if (!response.ok) throw new Error(`The simulator refused the number ${channel.phone}: ${await response.text()}`)
  }
}

/** Starts everything and resolves when the address answers. */
export async function startHouse(options: HouseOptions): Promise<House> {
  const dataDir = resolve(options.dataDir)
  const say = options.say ?? (() => undefined)
  const given = options.env ?? {}
  const port = options.port ?? (await freePort())
  const simPort = options.simPort ?? (await freePort())
  await mustBeFree(port, 'PORT')
  await mustBeFree(simPort, 'SIM_PORT')
  mkdirSync(dataDir, { recursive: true })
  const address = `http://127.0.0.1:${port}`
  const secrets = keepJson(join(dataDir, 'secrets.json'), Secrets, () => ({
    encryptionKey: `k1:${randomBytes(32).toString('base64url')}`,
  }))
  const encryptionKey = given['ENCRYPTION_KEY'] ?? secrets.encryptionKey

  await build(say, options.pages === false ? 'worker' : undefined)
  const postgres = given['DATABASE_URL'] ? null : await startPostgres({ dataDir: join(dataDir, 'postgres') })
  postgres?.onDeath(() => void postgres.start().catch((error: Error) => say(error.message)))
  const endpoint = postgres ? await startNeonEndpoint({ postgresPort: postgres.port }) : null
  const ownerUrl = postgres?.url ?? given['DATABASE_OWNER_URL'] ?? null
  if (ownerUrl) await migrate(ownerUrl)

  const simulators = given['META_GRAPH_URL'] && given['GUPSHUP_API_URL'] ? null : `http://127.0.0.1:${simPort}`
  const bindings: Record<string, string> = {
    ENVIRONMENT: 'development',
    APP_URL: given['APP_URL'] ?? address,
    ENCRYPTION_KEY: encryptionKey,
    DATABASE_URL: given['DATABASE_URL'] ?? 'postgres://app_rw:local@127.0.0.1/postgres',
    ...(endpoint ? { NEON_HTTP_URL: endpoint.url } : {}),
    META_GRAPH_URL: given['META_GRAPH_URL'] ?? `${simulators}/meta`,
    GUPSHUP_API_URL: given['GUPSHUP_API_URL'] ?? `${simulators}/gupshup`,
    GUPSHUP_PARTNER_URL: given['GUPSHUP_PARTNER_URL'] ?? `${simulators}/gupshup-partner`,
  }
  for (const name of PASSED_ON) {
    const value = given[name]
    if (value) bindings[name] = value
  }

  const gaveUp = (name: string) => (output: string) => say(`${name} does not start:\n${output}`)
  const sim = simulators
    ? keepRunning({
        script: join(SCRIPTS, '..', 'sim', 'main.ts'),
        env: { ...process.env, SIM_PORT: String(simPort), DATA_DIR: dataDir, APP_ORIGIN: address },
        gaveUp: gaveUp('The simulator'),
      })
    : null
  const hostOptions: HostOptions = { port, dataDir, bindings, logs: options.logs ?? false }
  const worker = keepRunning({
    script: join(SCRIPTS, 'worker-host.ts'),
    env: { ...process.env, WORKER_HOST: JSON.stringify(hostOptions) },
    afterDeath: () => killQuietly(runtimePid(worker)),
    gaveUp: gaveUp('The Worker'),
  })
  const workerAnswers = (): Promise<void> => until(() => answers(`${address}/health`), 60_000, 'The Worker does not answer')
  await workerAnswers()

  let demo: DemoFile | null = null
  if (options.demo !== false && ownerUrl) {
    const made = keepJson(join(dataDir, 'demo-account.json'), DemoShape, newDemo)
    await seedDemo(ownerUrl, encryptionKey, made)
    if (simulators) {
      await until(() => answers(`${simulators}/control`), 30_000, 'The simulator does not answer')
      await tellSimulators(simulators, address, made)
    }
    demo = {
      address,
      people: made.people,
      channels: made.channels.map((channel) => ({ ...channel, hook: `${address}/hooks/${channel.kind}/${channel.key}` })),
      simulators: { address: simulators ?? '', control: `${simulators}/control`, phone: `${simulators}/phone/` },
    }
    writeJson(join(dataDir, 'demo.json'), demo)
  }

  return {
    address,
    demo,
    simulators,
    databaseUrl: postgres?.url ?? null,
    postgres,
    endpoint,
    sim,
    worker: {
      ...worker,
      async killRuntime() {
        await worker.ready()
        const pid = runtimePid(worker)
        killQuietly(pid)
        await until(async () => runtimePid(worker) !== pid, 20_000, 'workerd did not come back')
        await worker.ready()
        await workerAnswers()
      },
    },
    async stop() {
      await Promise.all([worker.stop(), sim?.stop()])
      killQuietly(runtimePid(worker))
      await endpoint?.close()
      await postgres?.stop()
    },
  }
}
