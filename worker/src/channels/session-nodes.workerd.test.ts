/// <reference types="@cloudflare/vitest-plugin/types" />
/** Programs of a company's own: whose numbers they may run, and how they are let in no more. And keys in files. */
import { SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { LINK_CLOSE, type FleetFrame, type LinkFrame, type NodeFrame, type SessionFrame } from '#contract/session-node.ts'
import { newId } from '../lib/ids.ts'
import { databaseOf, type Database } from '../lib/sql.ts'
import { newNodeToken } from './node-door.ts'

const owner: Database = databaseOf({ ...env, DATABASE_URL: env.DATABASE_URL.replace('//app_rw:', '//postgres:') })
const fleet = (name: string) => env.FLEETS.get(env.FLEETS.idFromName(name))
const session = (channelId: string) => env.SESSIONS.get(env.SESSIONS.idFromName(channelId))

/** It is told by other objects, and written by the database. */
const soon = { timeout: 15_000 }

async function aCompany() {
  const accountId = crypto.randomUUID()
  await owner.query('insert into account (id, name) values ($1, $2)', [accountId, 'Prueba'])
  const aNumber = async () => {
    const channelId = crypto.randomUUID()
    await owner.query(
      "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'session', 'Ventas', $3, '', $3, '')",
      [channelId, accountId, channelId],
    )
    await session(channelId).begin({ accountId, channelId, channelKey: channelId })
    return channelId
  }
  const aProgram = async () => {
    const id = newId()
    const { token, hash } = await newNodeToken(id)
    await owner.query(
      "insert into session_node (id, account_id, name, token_hash) values ($1, $2, 'PC de la oficina', decode($3, 'hex'))",
      [id, accountId, hash],
    )
    return { id, token }
  }
  return { accountId, aNumber, aProgram }
}

const door = (path: string, token: string) =>
  SELF.fetch(`https://app.test/session-node/${path}`, { headers: { upgrade: 'websocket', authorization: `Bearer ${token}` } })

function listen<Frame>(socket: WebSocket) {
  const heard: Frame[] = []
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)))
  socket.addEventListener('message', ({ data }) => {
    if (data !== 'pong') heard.push(JSON.parse(String(data)))
  })
  socket.accept()
  const say = (frame: LinkFrame): void => socket.send(JSON.stringify(frame))
  return { heard, closed, say, close: () => socket.close(1000) }
}

/** A process that has come in with this token. */
async function aProcess(token: string, fleetName: string, capacity = 10) {
  const id = crypto.randomUUID()
  const { webSocket: socket } = await door(`link?node=${id}`, token)
  if (!socket) throw new Error('the door is closed')
  const { heard, closed } = listen<FleetFrame>(socket)
  const say = (frame: NodeFrame): void => socket.send(JSON.stringify(frame))
  say({ t: 'here', name: 'vm', version: id, capacity, running: [], memoryMb: 90, leaving: false })
  await expect.poll(() => fleet(fleetName).nodes(), soon).toContainEqual(expect.objectContaining({ version: id }))
  const runs = () => heard.flatMap((frame) => (frame.t === 'run' ? [frame.channelId] : []))
  return { id, say, runs, closed, heard, leave: () => socket.close(1000) }
}

/** A number's own link, as a process dials it. */
async function aLink(channelId: string, process: string, token: string) {
  const { webSocket: socket } = await door(`link/${channelId}?node=${process}`, token)
  if (!socket) throw new Error('the door is closed')
  return listen<SessionFrame>(socket)
}

test('a program of a company gets the numbers that were put on it, and only those of its company', async () => {
  const [mine, theirs] = [await aCompany(), await aCompany()]
  const [program, strange] = [await mine.aProgram(), await theirs.aProgram()]
  const number = await mine.aNumber()
  const [own, other] = [await aProcess(program.token, mine.accountId), await aProcess(strange.token, theirs.accountId)]
  const ours = await aProcess('token-of-the-nodes', 'shared')
  await session(number).link({ do: 'link', way: 'qr', phone: null })
  await expect.poll(ours.runs, soon).toEqual([number])

  await session(number).place(program.id)
  await expect.poll(() => ours.heard.at(-1), soon).toEqual({ t: 'stop', channelId: number })
  await expect.poll(own.runs, soon).toEqual([number])
  expect(other.runs()).toEqual([])
  // It is called as the company calls it, whatever its machine is called.
  expect(await session(number).now()).toMatchObject({ node: 'PC de la oficina', place: program.id })

  // Whoever knows the ids of everything still has no token of this company.
  for (const token of [strange.token, 'token-of-the-nodes'])
    expect(await (await aLink(number, own.id, token)).closed).toBe(LINK_CLOSE.denied)
  const link = await aLink(number, own.id, program.token)
  await expect.poll(() => link.heard[0], soon).toMatchObject({ t: 'granted', epoch: 1 })
  for (const one of [own, other, ours]) one.leave()
})

test('a company’s numbers go from one of its programs to another, and never to our servers by themselves', async () => {
  const { accountId, aNumber, aProgram } = await aCompany()
  const [office, shop] = [await aProgram(), await aProgram()]
  const number = await aNumber()
  const [first, second] = [await aProcess(office.token, accountId), await aProcess(shop.token, accountId)]
  const ours = await aProcess('token-of-the-nodes', 'shared')
  await session(number).place(office.id)
  await session(number).link({ do: 'link', way: 'qr', phone: null })
  await expect.poll(first.runs, soon).toEqual([number])
  expect(second.runs()).toEqual([])
  first.say({ t: 'here', name: first.id, version: '1', capacity: 10, running: [number], memoryMb: 90, leaving: true })
  await expect.poll(() => first.heard.at(-1), soon).toEqual({ t: 'stop', channelId: number })
  first.say({ t: 'left', channelId: number })
  await expect.poll(second.runs, soon).toEqual([number])
  second.say({ t: 'left', channelId: number })
  second.leave()
  expect(ours.runs()).toEqual([])
  for (const one of [first, ours]) one.leave()
})

test('one number more than fits runs as soon as there is room for it; what runs is not touched', async () => {
  const { accountId, aNumber, aProgram } = await aCompany()
  const program = await aProgram()
  const numbers = [await aNumber(), await aNumber(), await aNumber()]
  const full = await aProcess(program.token, accountId, 2)
  for (const number of numbers) {
    await session(number).place(program.id)
    await session(number).link({ do: 'link', way: 'qr', phone: null })
  }
  await expect.poll(full.runs, soon).toEqual(numbers.slice(0, 2))
  const more = await aProcess(program.token, accountId, 2)
  await expect.poll(more.runs, soon).toEqual(numbers.slice(2))
  expect(full.heard.filter(({ t }) => t === 'stop')).toEqual([])
  for (const one of [full, more]) one.leave()
})

test('a program that is let in no more loses what it runs at once, and its token opens nothing', async () => {
  const { accountId, aNumber, aProgram } = await aCompany()
  const [office, shop] = [await aProgram(), await aProgram()]
  const number = await aNumber()
  const [first, second] = [await aProcess(office.token, accountId), await aProcess(shop.token, accountId)]
  await session(number).place(office.id)
  await session(number).link({ do: 'link', way: 'qr', phone: null })
  await expect.poll(first.runs, soon).toEqual([number])
  const link = await aLink(number, first.id, office.token)
  await expect.poll(() => link.heard[0]?.t, soon).toBe('granted')

  await owner.query('update session_node set revoked_at = now() where id = $1', [office.id])
  await fleet(accountId).expel(office.id)
  expect(await link.closed).toBe(LINK_CLOSE.denied)
  expect(await first.closed).toBe(LINK_CLOSE.denied)
  await expect.poll(second.runs, soon).toEqual([number])
  // This isolate still remembers that the token was right: the Fleet and the number know better.
  expect((await door(`link?node=${first.id}`, office.token)).status).toBe(401)
  expect(await (await aLink(number, first.id, office.token)).closed).toBe(LINK_CLOSE.denied)
  second.leave()
})

test('while the database is away, a program that was here a moment ago comes back; a stranger does not', async () => {
  const { accountId, aProgram } = await aCompany()
  const [office, shop] = [await aProgram(), await aProgram()]
  ;(await aProcess(office.token, accountId)).leave()
  const away = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('the database is away'))
  const later = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 5 * 60_000)
  expect((await door(`link?node=${crypto.randomUUID()}`, office.token)).status).toBe(101)
  expect((await door(`link?node=${crypto.randomUUID()}`, shop.token)).status).toBe(503)
  later.mockRestore()
  away.mockRestore()
})

test('a token that is nobody’s, or nearly somebody’s, is refused; who tries on and on has to wait', async () => {
  const { aProgram } = await aCompany()
  const { id, token } = await aProgram()
  const nearly = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
  for (const wrong of ['', 'guessed', nearly, (await newNodeToken(newId())).token])
    expect((await door(`link?node=${crypto.randomUUID()}`, wrong)).status).toBe(401)
  const address = '203.0.113.77'
  const guess = async () =>
    (
      await SELF.fetch(`https://app.test/session-node/link?node=${id}`, {
        headers: { upgrade: 'websocket', authorization: `Bearer ${nearly}`, 'cf-connecting-ip': address },
      })
    ).status
  for (let n = 0; n < 30; n += 1) expect(await guess()).toBe(401)
  expect(await guess()).toBe(429)
})

test('keys in a file are put back where nothing runs, and never over newer ones', async () => {
  const { aNumber } = await aCompany()
  const number = await aNumber()
  const ours = await aProcess('token-of-the-nodes', 'shared')
  await session(number).link({ do: 'link', way: 'qr', phone: null })
  await expect.poll(ours.runs, soon).toContain(number)
  expect(await session(number).keysNow()).toBeNull()

  const first = await aLink(number, ours.id, 'token-of-the-nodes')
  await expect.poll(() => first.heard[0]?.t, soon).toBe('granted')
  const me = { phone: `5939${String(Date.now()).slice(-8)}`, lid: '77001', name: 'Farmacia' }
  const write = async (n: number, value: string) => {
    first.say({
      t: 'write',
      n,
      epoch: 1,
      write: { standing: { state: 'open', me }, keys: [{ kind: 'creds', id: 'creds', value }] },
    })
    await expect.poll(() => first.heard.some((frame) => frame.t === 'ack' && frame.n === n), soon).toBe(true)
  }
  await write(1, 'c1')
  await write(2, 'c2')
  const early = await session(number).keysNow()
  expect(early).toMatchObject({ me, live: true, rows: [{ kind: 'creds', id: 'creds', value: 'c2' }] })
  if (!early) throw new Error('no keys')
  expect(await session(number).takeKeys(early)).toBe('session_is_up')
  await write(3, 'c3')
  first.close()
  await expect.poll(async () => (await session(number).now()).standing.state, soon).toBe('reconnecting')
  expect(await session(number).takeKeys(early)).toBe('backup_old')

  const late = await session(number).keysNow()
  if (!late) throw new Error('no keys')
  expect(late.live).toBe(false)
  expect(await session(number).takeKeys(late)).toBeNull()
  // Who held the number is in an epoch that is over; whoever begins anew has the keys of the file.
  const second = await aLink(number, ours.id, 'token-of-the-nodes')
  await expect
    .poll(() => second.heard[0], soon)
    .toMatchObject({ t: 'granted', epoch: 3, resumed: false, plan: { do: 'connect' } })
  await expect.poll(() => second.heard[1], soon).toMatchObject({ t: 'keys', rows: [{ kind: 'creds', id: 'creds', value: 'c3' }] })

  // On another number of theirs: what it was made of cannot be newer there, until it has worked.
  const other = await aNumber()
  expect(await session(other).takeKeys(late)).toBeNull()
  expect(await session(other).now()).toMatchObject({ standing: { state: 'connecting' }, me })
  ours.leave()
})
