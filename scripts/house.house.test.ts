import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../db/local/ports.ts'
import { fieldsOf, listOf, type Fields } from '../sim/lib/fields.ts'
import { newId } from '../worker/src/lib/ids.ts'
import { SIM_ROOM, startHouse, type DemoFile, type House } from './house.ts'
import { readyPortal } from './portal.ts'
import { processesWith } from './processes.ts'

const ROOT = join(import.meta.dirname, '..')

function aFolder() {
  const path = mkdtempSync(join(tmpdir(), 'wb24-house-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

async function signIn(demo: DemoFile): Promise<number> {
  const { email, password } = demo.people[0] ?? { email: '', password: '' }
  const response = await fetch(`${demo.address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  await response.body?.cancel()
  return response.status
}

/** `npm start` as a person runs it, told apart by a mark in its environment. */
function start(dataDir: string, port: number, simPort: number) {
  const mark = `WB24_MARK=${crypto.randomUUID()}`
  const [name = '', value] = mark.split('=')
  const env = { ...process.env, [name]: value, DATA_DIR: dataDir, PORT: String(port), SIM_PORT: String(simPort), LOG_LEVEL: '' }
  const child: ChildProcess = spawn(process.execPath, ['scripts/start.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout?.on('data', (chunk) => (said += chunk))
  child.stderr?.on('data', (chunk) => (said += chunk))
  const exit = new Promise<number | null>((done) => child.once('exit', done))
  return {
    child,
    exit,
    said: () => said,
    running: () => processesWith(mark),
    started: () => expect.poll(() => said, { timeout: 90_000, interval: 100 }).toContain('está en marcha'),
  }
}

const PHONE = '593961234567'
const SOON = { timeout: 20_000, interval: 100 }

/** The administrator of the demo, calling the API. */
async function anAdministrator(demo: DemoFile) {
  const { email, password } = demo.people.find(({ role }) => role === 'administrator') ?? { email: '', password: '' }
  let cookie = ''
  const call = async (method: string, path: string, body?: object): Promise<Fields> => {
    const headers = { 'content-type': 'application/json', cookie, origin: demo.address }
    const response = await fetch(`${demo.address}/api${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    cookie ||= response.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
    const answer = fieldsOf(await response.json())
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
    return answer
  }
  await call('POST', '/session', { email, password })
  return call
}

let folder: ReturnType<typeof aFolder>
let house: House

beforeAll(async () => {
  folder = aFolder()
  house = await startHouse({ dataDir: folder.path, sessions: true })
})

afterAll(async () => {
  await house.stop()
  folder[Symbol.dispose]()
})

test('the address answers, the demo can sign in, and demo.json tells scripts where everything is', async () => {
  const demo: DemoFile = JSON.parse(readFileSync(join(folder.path, 'demo.json'), 'utf8'))
  expect(demo.address).toBe(house.address)
  expect(await signIn(demo)).toBe(200)
  expect(demo.people.map(({ role }) => role)).toContain('agent')
  expect(demo.channels.map(({ kind }) => kind)).toEqual(['meta', 'meta', 'gupshup'])
  for (const { key, hook } of demo.channels) expect(hook).toContain(key)
  expect((await fetch(demo.simulators.phone)).status).toBe(200)
  const page = await fetch(`${house.address}/`, { headers: { accept: 'text/html' } })
  expect(await page.text()).toContain('<title>')
})

test.each(['the host of the Worker', 'workerd', 'PostgreSQL', 'the simulators'])('%s is killed and comes back', async (part) => {
  const { demo, postgres, sim } = house
  if (!demo || !postgres || !sim) throw new Error('the house is not whole')
  const before = [house.worker.pid(), house.worker.runtimePid(), postgres.pid(), sim.pid()]
  if (part === 'the host of the Worker') await house.worker.kill9()
  if (part === 'workerd') await house.worker.killRuntime()
  if (part === 'PostgreSQL') await postgres.kill9()
  if (part === 'the simulators') await sim.kill9()
  await expect.poll(() => signIn(demo).catch(() => 0), { timeout: 20_000 }).toBe(200)
  expect((await fetch(demo.simulators.control)).status).toBe(200)
  expect([house.worker.pid(), house.worker.runtimePid(), postgres.pid(), sim.pid()]).not.toEqual(before)
})

test('an unofficial number is linked by scanning and chats, though its program starts anew in between', async () => {
  const { demo, node } = house
  if (!demo || !node) throw new Error('the house is not whole')
  const admin = await anAdministrator(demo)
  const { id } = await admin('POST', '/sessions', { name: 'Cuenca' })
  const session = `/channels/${String(id)}/session`
  await admin('POST', `${session}/link`, { way: 'qr' })
  await expect.poll(async () => (await admin('GET', session)).qr, SOON).toContain('linked_devices')
  const command = (path: string, body: object) =>
    fetch(`${demo.simulators.control}${path}`, { method: 'POST', body: JSON.stringify(body) })
  await command('/whatsapp-web/scan', { phone: PHONE, qr: (await admin('GET', session)).qr })
  await expect.poll(async () => (await admin('GET', session)).state, SOON).toBe('open')
  await command('/customers/593987654321/messages', { to: PHONE, kind: 'image', text: 'mire' })
  const chats = async () => listOf((await admin('GET', `/chats?channel=${String(id)}`)).items).map(fieldsOf)
  await expect.poll(async () => (await chats()).map(({ unanswered }) => unanswered), SOON).toEqual([1])
  const messages = `/chats/${String((await chats())[0]?.id)}/messages`
  const said = async () =>
    listOf((await admin('GET', messages)).items)
      .map(fieldsOf)
      .map(({ direction, text, status, media }) =>
        [text, direction === 'out' ? status : (fieldsOf(media).state ?? null)].join(' '),
      )
      .toSorted()
  await expect.poll(said, SOON).toEqual(['mire ready'])
  // Asked to leave, it gives the number back: another need not wait until its right is over, as after a kill -9 (25 s).
  process.kill(node.pid() ?? 0, 'SIGTERM')
  await admin('POST', messages, { id: newId(), kind: 'text', text: 'ya lo vi' })
  await command('/customers/593987654321/messages', { to: PHONE, text: 'gracias' })
  await expect.poll(said, SOON).toEqual(['gracias ', 'mire ready', 'ya lo vi delivered'])
})

/** A customer of the demo writes on its first number. */
async function customerWrites(demo: DemoFile, text: string): Promise<void> {
  const body = { to: demo.channels[0]?.phone, kind: 'text', text, customerName: 'Rosa Huamán' }
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  expect((await fetch(`${demo.simulators.control}/customers/593971234567/messages`, init)).status).toBe(200)
}

test('however npm start ends, nothing is left running, and the next start has messages and sign-ins; told to end, it does within 10 s', async () => {
  using mine = aFolder()
  const [port, simPort] = [await freePort(), await freePort(SIM_ROOM)]
  const first = start(mine.path, port, simPort)
  await first.started()
  const demo = readFileSync(join(mine.path, 'demo.json'), 'utf8')
  const known: DemoFile = JSON.parse(demo)
  // One session for all starts.
  const admin = await anAdministrator(known)
  const texts = async () => {
    const [chat] = listOf((await admin('GET', '/chats')).items).map(fieldsOf)
    if (!chat) return []
    return listOf((await admin('GET', `/chats/${String(chat.id)}/messages`)).items).map((each) => fieldsOf(each).text)
  }
  await customerWrites(known, 'antes')
  await expect.poll(texts, SOON).toEqual(['antes'])
  // Supervisor, Worker's host, workerd, simulators, PostgreSQL: the list sees them.
  expect(first.running().length).toBeGreaterThan(4)
  const askedAt = Date.now()
  first.child.kill('SIGINT')
  expect(await first.exit).toBe(0)
  expect(Date.now() - askedAt).toBeLessThan(10_000)
  expect(first.running()).toEqual([])

  const second = start(mine.path, port, simPort)
  await second.started()
  expect(readFileSync(join(mine.path, 'demo.json'), 'utf8')).toBe(demo)
  expect(await signIn(known)).toBe(200)
  expect(await texts()).toEqual(['antes'])
  await customerWrites(known, 'después')
  await expect.poll(texts, SOON).toEqual(['antes', 'después'])
  const other = start(mine.path, await freePort(), await freePort(SIM_ROOM))
  expect(await other.exit).toBe(1)
  // Its last words may still be in the pipe when it is gone.
  await expect.poll(other.said, SOON).toContain('Ya está en marcha con estos datos')
  expect(await signIn(known)).toBe(200)

  second.child.kill('SIGKILL')
  await second.exit
  await expect.poll(() => second.running(), { timeout: 15_000 }).toEqual([])
  const third = start(mine.path, port, simPort)
  await third.started()
  expect(await texts()).toEqual(['antes', 'después'])
  // All at once, as when the machine loses its power.
  for (const pid of third.running()) process.kill(pid, 'SIGKILL')
  await third.exit
  await expect.poll(() => third.running(), { timeout: 15_000 }).toEqual([])
  const fourth = start(mine.path, port, simPort)
  await fourth.started()
  expect(await signIn(known)).toBe(200)
  expect(await texts()).toEqual(['antes', 'después'])
  const toldAt = Date.now()
  fourth.child.kill('SIGTERM')
  expect(await fourth.exit).toBe(0)
  expect(Date.now() - toldAt).toBeLessThan(10_000)
  expect(fourth.running()).toEqual([])
})

test('one command leaves the portal with the application installed, a line made and its connector active; a second one changes nothing', async () => {
  const { demo } = house
  if (!demo) throw new Error('no demo')
  const connectors = async () => {
    const at = `${demo.simulators.control}/bitrix24/portals/${demo.simulators.bitrix24Member}/rows/channels`
    return listOf(fieldsOf(await (await fetch(at)).json()).items).map(fieldsOf)
  }
  const ready = await readyPortal(demo)
  expect(ready).toMatchObject({ line: 'Loja', number: demo.channels[0]?.phone })
  expect(ready.checks.filter(({ state }) => state === 'fail')).toEqual([])
  const before = await connectors()
  expect(before.filter(({ active, registered }) => active === true && registered === true)).toHaveLength(1)
  expect(await readyPortal(demo)).toMatchObject({ line: 'Loja' })
  expect(await connectors()).toHaveLength(before.length)
})

test('a port that is taken is told in one line', async () => {
  using mine = aFolder()
  const server = createServer()
  const port = await freePort(3)
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  for (const taken of [{ port }, { simPort: port }])
    await expect(startHouse({ dataDir: mine.path, ...taken })).rejects.toThrow(`El puerto ${port} está ocupado`)
  await new Promise((done) => server.close(done))
  await expect(startHouse({ dataDir: mine.path, port: port + 2, simPort: port })).rejects.toThrow('los dos siguientes')
})
