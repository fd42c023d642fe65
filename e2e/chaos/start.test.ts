/** `npm start` as a person uses it: stopped, killed and started again on the same data. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'
import { freePort } from '../../db/local/postgres.ts'
import type { DemoFile } from '../../scripts/house.ts'
import { processesWith } from '../../scripts/processes.ts'
import { until } from './until.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const START_MS = 60_000
const STOP_MS = 10_000

type Started = { process: ChildProcess; demo: DemoFile; said: () => string }

let dataDir: string
let started: Started[] = []

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'wb24-start-'))
})

afterEach(async () => {
  for (const { process: supervisor } of started) supervisor.kill('SIGTERM')
  await until('everything has ended', () => processesWith(dataDir).length === 0, 20_000)
  started = []
  rmSync(dataDir, { recursive: true, force: true })
})

async function begin(where: { PORT: string; SIM_PORT: string }): Promise<Started> {
  const supervisor = spawn(process.execPath, ['scripts/start.ts'], {
    cwd: ROOT,
    env: { ...process.env, ...where, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const hear = (chunk: unknown): void => {
    said += String(chunk)
  }
  supervisor.stdout.on('data', hear)
  supervisor.stderr.on('data', hear)
  await until(
    `npm start says that it runs (${said})`,
    () => said.includes('está en marcha') || supervisor.exitCode !== null,
    START_MS,
  )
  expect(supervisor.exitCode, said).toBeNull()
  const demo: DemoFile = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'))
  const one = { process: supervisor, demo, said: () => said }
  started.push(one)
  return one
}

async function ports(): Promise<{ PORT: string; SIM_PORT: string }> {
  return { PORT: String(await freePort()), SIM_PORT: String(await freePort()) }
}

async function signIn({ demo }: Started): Promise<string> {
  const person = demo.people[0]
  const response = await fetch(`${demo.address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: person?.email, password: person?.password }),
  })
  return z.object({ token: z.string() }).parse(await response.json()).token
}

async function customerWrites({ demo }: Started, text: string): Promise<void> {
  const response = await fetch(`${demo.simulators.control}/customers/593971234567/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: demo.channels[0]?.phone, kind: 'text', text, customerName: 'Rosa Huamán' }),
  })
  expect(response.status).toBe(200)
}

/** The texts of the customer's chat, in order. */
async function texts({ demo }: Started, token: string): Promise<unknown[]> {
  const headers = { authorization: `Bearer ${token}` }
  const Page = z.object({ items: z.array(z.looseObject({ id: z.string() })) })
  const chats = Page.parse(await (await fetch(`${demo.address}/api/chats`, { headers })).json()).items
  if (!chats[0]) return []
  return Page.parse(await (await fetch(`${demo.address}/api/chats/${chats[0].id}/messages`, { headers })).json()).items.map(
    (message) => message['text'],
  )
}

async function end({ process: supervisor }: Started): Promise<number> {
  const at = Date.now()
  supervisor.kill('SIGTERM')
  await until('it has left', () => supervisor.exitCode !== null || supervisor.signalCode !== null, STOP_MS)
  expect(supervisor.exitCode).toBe(0)
  return Date.now() - at
}

test('a second start keeps messages and sign-ins; SIGTERM ends everything within 10 s', { timeout: 180_000 }, async () => {
  const where = await ports()
  const first = await begin(where)
  const token = await signIn(first)
  await customerWrites(first, 'antes')
  await until('the message is there', async () => (await texts(first, token)).length === 1, 10_000)
  // Supervisor, Worker's host, workerd, simulators, PostgreSQL: the list sees them.
  expect(processesWith(dataDir).length).toBeGreaterThan(4)
  expect(await end(first)).toBeLessThan(STOP_MS)
  expect(processesWith(dataDir)).toEqual([])

  const second = await begin(where)
  expect(second.demo).toEqual(first.demo)
  expect(await texts(second, token)).toEqual(['antes'])
  await customerWrites(second, 'después')
  await until('the next message is there', async () => (await texts(second, token)).length === 2, 10_000)
  expect(await texts(second, token)).toEqual(['antes', 'después'])
  expect(await end(second)).toBeLessThan(STOP_MS)
  expect(processesWith(dataDir)).toEqual([])
})

test('kill -9 of npm start leaves nothing running, and a new start finds everything', { timeout: 180_000 }, async () => {
  const where = await ports()
  const first = await begin(where)
  const token = await signIn(first)
  await customerWrites(first, 'antes del corte')
  await until('the message is there', async () => (await texts(first, token)).length === 1, 10_000)
  first.process.kill('SIGKILL')
  await until('nothing runs any more', () => processesWith(dataDir).length === 0, 20_000)

  const second = await begin(where)
  expect(await texts(second, token)).toEqual(['antes del corte'])
  await end(second)
  expect(processesWith(dataDir)).toEqual([])
})
