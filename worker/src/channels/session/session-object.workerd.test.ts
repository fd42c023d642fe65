/// <reference types="@cloudflare/vitest-plugin/types" />
import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject, SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { AWAY_MS, LEASE_MS, LINK_CLOSE, type LinkFrame, type SessionFrame, type Write } from '#contract/session-node.ts'
import { seal } from '../../lib/seal.ts'
import { settingsOf } from '../../lib/env.ts'
import { databaseOf, type Database } from '../../lib/sql.ts'

const owner: Database = databaseOf({ ...env, DATABASE_URL: env.DATABASE_URL.replace('//app_rw:', '//postgres:') })

/** It is told by other objects, and written by the database. */
const soon = { timeout: 15_000 }

let numbers = 0
/** A new company with one unofficial number, and its Session object, given to the node `a`. */
async function aNumber() {
  const accountId = crypto.randomUUID()
  const channelId = crypto.randomUUID()
  const sealed = await seal('{"kind":"session"}', `channel|sealed|${channelId}|${accountId}`, settingsOf(env).keyring)
  await owner.query('insert into account (id, name) values ($1, $2)', [accountId, 'Prueba'])
  await owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed, problem) values ($1, $2, 'session', 'Ventas', $3, '', $3, $4, 'session_unlinked')",
    [channelId, accountId, channelId, sealed],
  )
  // A stub that saw its object die is broken: a new one each time.
  const object = () => env.SESSIONS.get(env.SESSIONS.idFromName(channelId))
  await object().begin({ accountId, channelId, channelKey: channelId })
  const node = crypto.randomUUID()
  await object().assign({ id: node, name: 'a' })
  const channel = async () => (await owner.query('select phone, problem from channel where id = $1', [channelId]))[0]
  const texts = async () =>
    (await owner.query('select text from message where account_id = $1 order by id', [accountId])).map((row) => row['text'])
  numbers += 1
  const me = { phone: `5939912345${10 + numbers}`, lid: '77001', name: 'Farmacia' }
  return { accountId, channelId, object, node, channel, texts, me }
}

/** A node by hand: dials for a number, keeps what it hears. */
async function dial(channelId: string, node: string, epoch: number | null = null) {
  const address = `https://app.test/session-node/link/${channelId}?node=${node}${epoch === null ? '' : `&epoch=${epoch}`}`
  const headers = { upgrade: 'websocket', authorization: 'Bearer token-of-the-nodes' }
  const { webSocket: socket } = await SELF.fetch(address, { headers })
  if (!socket) throw new Error('the door is closed')
  const heard: SessionFrame[] = []
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)))
  socket.addEventListener('message', ({ data }) => {
    if (data !== 'pong') heard.push(JSON.parse(String(data)))
  })
  socket.accept()
  let n = 0
  const say = (frame: LinkFrame): void => socket.send(JSON.stringify(frame))
  const hears = async <T extends SessionFrame['t']>(t: T, at = -1): Promise<Extract<SessionFrame, { t: T }>> => {
    const of = () => heard.filter((frame): frame is Extract<SessionFrame, { t: T }> => frame.t === t)
    await expect.poll(() => of().at(at), soon).toBeDefined()
    const found = of().at(at)
    if (!found) throw new Error(`no ${t}`)
    return found
  }
  const write = async (what: Write, in_ = epoch ?? 1): Promise<void> => {
    n += 1
    const mine = n
    say({ t: 'write', n: mine, epoch: in_, write: what })
    await expect.poll(() => heard.some((frame) => frame.t === 'ack' && frame.n >= mine), soon).toBe(true)
  }
  return { socket, heard, hears, closed, say, write }
}

const says = (text: string, id = text) => ({
  name: `${id}|593987000001`,
  event: {
    type: 'message',
    origin: 'customer',
    at: Date.now(),
    providerId: id,
    customer: { phone: '593987000001', lid: '88001' },
    kind: 'text',
    text,
  },
})

test('nobody who is not a node of ours gets in, and only the chosen one gets the number', async () => {
  const { channelId } = await aNumber()
  const headers = { upgrade: 'websocket', authorization: 'Bearer guessed' }
  const door = `https://app.test/session-node/link/${channelId}?node=${crypto.randomUUID()}`
  expect((await SELF.fetch(door, { headers })).status).toBe(401)
  const stranger = await dial(channelId, crypto.randomUUID())
  expect(await stranger.closed).toBe(LINK_CLOSE.denied)
})

test('a number that is linked has its phone; what a customer writes is in the chat once, however often it is told', async () => {
  const { channelId, object, node, channel, texts, me } = await aNumber()
  const link = await dial(channelId, node)
  expect(await link.hears('granted')).toMatchObject({ epoch: 1, plan: { do: 'link', way: 'qr' } })
  await link.write({ standing: { state: 'linking', qr: { text: 'https://wa.me/x#1,2,3', lastsMs: 60_000 } } })
  expect(await object().now()).toMatchObject({ standing: { qr: { text: 'https://wa.me/x#1,2,3' } }, node: 'a' })
  await link.write({ standing: { state: 'open', me }, keys: [{ kind: 'creds', id: 'creds', value: '{"noise":1}' }] })
  await expect.poll(channel, soon).toEqual({ phone: me.phone, problem: null })

  await link.write({ events: [says('hola')] })
  await link.write({ events: [says('hola'), says('sigo aquí')] })
  await expect.poll(texts, soon).toEqual(['hola', 'sigo aquí'])
})

test('a message that had to be asked for again stands in the chat where it came first, whichever node had it in the end', async () => {
  const { accountId, channelId, object, node, me } = await aNumber()
  const order = async () =>
    (await owner.query('select text from message where account_id = $1 order by at, id', [accountId])).map((row) => row['text'])
  const second = Math.floor(Date.now() / 1000) * 1000
  const inSecond = (text: string, at = second) => ({ ...says(text), event: { ...says(text).event, at } })
  const first = await dial(channelId, node)
  await first.hears('granted')
  await first.write({ standing: { state: 'open', me }, events: [inSecond('uno')] })
  await first.write({ awaited: [{ id: 'dos', at: second }] })
  await first.write({ events: [inSecond('tres'), inSecond('cuatro')] })
  await expect.poll(order, soon).toEqual(['uno', 'tres', 'cuatro'])
  first.say({ t: 'left' })
  await first.closed
  await abortAllDurableObjects()
  const other = crypto.randomUUID()
  await object().assign({ id: other, name: 'b' })
  const next = await dial(channelId, other)
  await next.hears('granted')
  // Asked for again by the next node, and said again a while later.
  await next.write({ awaited: [{ id: 'dos', at: second + 9_000 }] }, 2)
  await next.write({ events: [inSecond('cinco', second + 1_000), inSecond('dos', second + 9_000)] }, 2)
  await expect.poll(order, soon).toEqual(['uno', 'dos', 'tres', 'cuatro', 'cinco'])
})

test('what the node wrote is there for the next one, and what it writes late is not', async () => {
  const { channelId, object, node, texts, me } = await aNumber()
  const began = Date.now()
  const first = await dial(channelId, node)
  await first.hears('granted')
  const session = { kind: 'session', id: '88001.0', value: 'ratchet 1' }
  await first.write({ standing: { state: 'open', me }, keys: [{ kind: 'creds', id: 'creds', value: 'c1' }, session] })
  const other = crypto.randomUUID()
  await object().assign({ id: other, name: 'b' })
  expect(await first.hears('stop')).toBeDefined()
  const early = await dial(channelId, other)
  expect((await early.hears('wait')).ms).toBeGreaterThanOrEqual(LEASE_MS - (Date.now() - began))
  first.say({ t: 'left' })
  await first.closed

  const second = await dial(channelId, other)
  expect(await second.hears('granted')).toMatchObject({ epoch: 2, resumed: false, plan: { do: 'connect' } })
  expect((await second.hears('keys', 0)).rows).toEqual([{ kind: 'creds', id: 'creds', value: 'c1' }])
  second.say({ t: 'keys', id: 'q1', kind: 'session', ids: ['88001.0', 'nobody.0'] })
  expect(await second.hears('found')).toMatchObject({ id: 'q1', rows: [session] })
  second.say({ t: 'write', n: 9, epoch: 1, write: { events: [says('de ayer')] } })
  expect(await second.closed).toBe(LINK_CLOSE.stale)
  expect(await texts()).toEqual([])
})

test('the owner that lost its link for a moment goes on where it was', async () => {
  const { channelId, node, me } = await aNumber()
  const first = await dial(channelId, node)
  await first.hears('granted')
  await first.write({ standing: { state: 'open', me } })
  first.socket.close()
  await first.closed
  const again = await dial(channelId, node, 1)
  expect(await again.hears('granted')).toMatchObject({ epoch: 1, resumed: true, acked: 1 })
})

test('after a break of its link the number is open again without a word, and what was told into the break comes again', async () => {
  const { channelId, object, node, me, channel } = await aNumber()
  const first = await dial(channelId, node)
  await first.hears('granted')
  await first.write({ standing: { state: 'open', me } })
  const to = { phone: '593987000002' }
  await object().send('3EB0C', { do: 'message', to, kind: 'text', text: 'uno' })
  expect(await first.hears('send')).toMatchObject({ id: '3EB0C', again: false })
  first.socket.close()
  await first.closed
  await expect.poll(() => object().now(), soon).toMatchObject({ standing: { state: 'reconnecting' } })

  const again = await dial(channelId, node, 1)
  expect(await again.hears('send')).toMatchObject({ id: '3EB0C', again: true })
  expect(await object().now()).toMatchObject({ standing: { state: 'open' } })
  await object().send('3EB0D', { do: 'message', to: { phone: '593987000003' }, kind: 'text', text: 'dos' })
  await expect.poll(() => again.heard.filter((frame) => frame.t === 'send'), soon).toHaveLength(2)
  await expect.poll(channel, soon).toEqual({ phone: me.phone, problem: null })
})

/** A number whose line is open, and whose sending somebody has paused: its object has not been told yet. */
async function aPausedNumber() {
  const number = await aNumber()
  const { channelId, node, me } = number
  const link = await dial(channelId, node)
  await link.hears('granted')
  await link.write({ standing: { state: 'open', me } })
  const paused = (at: string) => owner.query(`update channel set sending_paused_at = ${at} where id = $1`, [channelId])
  await paused('now()')
  return { ...number, link, paused }
}

test('what waited while sending was paused leaves as soon as it is resumed', async () => {
  const { object, link, paused } = await aPausedNumber()
  await object().wake()
  await object().send('3EB0E', { do: 'message', to: { phone: '593987000002' }, kind: 'text', text: 'uno' })
  await link.write({ keys: [] })
  expect(link.heard.some((frame) => frame.t === 'send')).toBe(false)
  await paused('null')
  await object().wake()
  expect(await link.hears('send')).toMatchObject({ id: '3EB0E' })
})

test('a number that is resumed while it is being looked up sends what waits', async () => {
  const { channelId, object, link, paused } = await aPausedNumber()
  const real = globalThis.fetch
  const lookup = { isAnswered: false, isLate: true }
  const slow = vi.spyOn(globalThis, 'fetch').mockImplementation(async (...request) => {
    const answer = await real(...request)
    const body = String(request[1]?.body)
    if (!body.includes('channel_by(') || !body.includes(channelId)) return answer
    lookup.isAnswered = true
    // In the object's own time.
    while (lookup.isLate) await scheduler.wait(5)
    return answer
  })
  await object().wake()
  await expect.poll(() => lookup.isAnswered, soon).toBe(true)
  await object().send('3EB0F', { do: 'message', to: { phone: '593987000002' }, kind: 'text', text: 'uno' })
  await paused('null')
  await object().wake()
  lookup.isLate = false
  expect(await link.hears('send')).toMatchObject({ id: '3EB0F' })
  slow.mockRestore()
})

/** PostgreSQL cannot be reached until it is back. An object learns it after it has answered its node: `wasAsked` waits for that. */
function databaseAway() {
  const away = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('the database is away'))
  const wasAsked = (...about: string[]): Promise<void> => {
    const asked = () => away.mock.calls.map(([, init]) => String(init?.body))
    return expect.poll(() => asked().some((body) => about.every((word) => body.includes(word))), soon).toBe(true)
  }
  return { wasAsked, isBack: () => away.mockRestore() }
}

/** The object's alarm has rung. Where it rings by itself just now, the next one. */
const itsAlarm = (object: () => Parameters<typeof runDurableObjectAlarm>[0]): Promise<void> =>
  expect.poll(() => runDurableObjectAlarm(object()), soon).toBe(true)

test('a number that links while the database is away is linked once it is back', async () => {
  const { channelId, object, node, me, channel } = await aNumber()
  const link = await dial(channelId, node)
  await link.hears('granted')
  const away = databaseAway()
  await link.write({ standing: { state: 'open', me } })
  expect(await object().now()).toMatchObject({ standing: { state: 'open' }, me })
  await away.wasAsked('session_linked', channelId)
  away.isBack()
  // Nobody says it again: its own alarm does.
  await itsAlarm(object)
  await expect.poll(channel, soon).toEqual({ phone: me.phone, problem: null })
})

test('what is to be sent is kept over the death of everybody, and comes one by one for each customer', async () => {
  const { channelId, object, node, me } = await aNumber()
  const to = { phone: '593987000002' }
  await object().send('3EB01', { do: 'message', to, kind: 'text', text: 'uno' })
  await object().send('3EB02', { do: 'message', to, kind: 'text', text: 'dos' })
  await object().send('3EB02', { do: 'message', to, kind: 'text', text: 'dos' })
  await object().send('3EB03', { do: 'message', to: { phone: '593987000003' }, kind: 'text', text: 'otro' })
  await abortAllDurableObjects()
  await object().assign({ id: node, name: 'a' })
  const link = await dial(channelId, node)
  const { epoch } = await link.hears('granted')
  const given = () => link.heard.flatMap((frame) => (frame.t === 'send' ? [{ id: frame.id, again: frame.again }] : []))
  await link.write({ standing: { state: 'open', me } }, epoch)
  await expect.poll(given, soon).toEqual([
    { id: '3EB01', again: false },
    { id: '3EB03', again: false },
  ])
  await link.write({ sends: [{ id: '3EB01', state: 'stored' }] }, epoch)
  await link.write({ sends: [{ id: '3EB01', state: 'sent' }] }, epoch)
  await expect.poll(given, soon).toHaveLength(3)
  expect(given().at(-1)).toEqual({ id: '3EB02', again: false })
})

test('a number that is logged out forgets its keys; what waited fails with the reason, what may have left is in doubt', async () => {
  const { channelId, accountId, object, node, channel, me } = await aNumber()
  const link = await dial(channelId, node)
  await link.hears('granted')
  await link.write({ standing: { state: 'open', me }, keys: [{ kind: 'creds', id: 'creds', value: 'c1' }] })
  const to = { phone: '593987000002' }
  await object().send('3EBA', { do: 'message', to, kind: 'text', text: 'uno' })
  await object().send('3EBB', { do: 'message', to, kind: 'text', text: 'dos' })
  await link.write({ sends: [{ id: '3EBA', state: 'stored' }] })
  await link.write({ standing: { state: 'logged_out', code: 'session_logged_out', providerCode: '401' } })
  await expect.poll(channel, soon).toEqual({ phone: me.phone, problem: 'session_logged_out' })
  expect(await object().now()).toMatchObject({ standing: { state: 'logged_out' }, me: null })
  const parked = async () =>
    (
      await owner.query(
        "select provider_id, body ->> 'code' as code, status from parked_status where account_id = $1 order by 1",
        [accountId],
      )
    ).map(({ provider_id, code, status }) => [provider_id, code, status])
  await expect.poll(parked, soon).toEqual([
    ['3EBA', 'send_interrupted', 'unconfirmed'],
    ['3EBB', 'session_logged_out', 'failed'],
  ])
})

test('when a number was there is kept by its changes, and nobody’s death passes for being there', async () => {
  const { channelId, object, node, me } = await aNumber()
  const first = await dial(channelId, node)
  await first.hears('granted')
  await first.write({ standing: { state: 'open', me } })
  // What happens within one millisecond is one change: the node is heard after the one in which it came up.
  const up = (await object().uptime(0)).points.at(-1)
  expect(up).toMatchObject({ state: 'up' })
  await expect.poll(() => Date.now(), soon).toBeGreaterThan(up?.at ?? 0)
  first.socket.send('ping')
  first.socket.close()
  await first.closed
  const states = async () => (await object().uptime(0)).points.map(({ state }) => state)
  await expect.poll(states, soon).toEqual(['off', 'up', 'reconnecting'])
  const again = await dial(channelId, node, 1)
  await again.hears('granted')
  await expect.poll(states, soon).toEqual(['off', 'up', 'reconnecting', 'up'])

  const before = await object().uptime(0)
  await abortAllDurableObjects()
  const { points } = await object().uptime(0)
  expect(points.at(-1)).toMatchObject({ state: 'reconnecting', code: 'session_no_node' })
  expect(points.at(-1)?.at).toBeLessThanOrEqual(Math.max(before.beatAt ?? 0, before.points.at(-1)?.at ?? 0))
})

test('a node that has fallen silent is gone, though its socket still stands: people are told', async () => {
  const { channelId, object, node, me, channel } = await aNumber()
  const link = await dial(channelId, node)
  await link.hears('granted')
  await link.write({ standing: { state: 'open', me } })
  await expect.poll(channel, soon).toEqual({ phone: me.phone, problem: null })
  const heardLast = (ms: number) =>
    runInDurableObject(object(), (_, { storage }) => {
      storage.sql.exec("update meta set v = json_set(v, '$.heardAt', ?) where k = 'lease'", ms)
    })
  await heardLast(Date.now() - 10_000)
  await itsAlarm(object)
  expect(await object().now()).toMatchObject({ standing: { state: 'open' } })
  await heardLast(Date.now() - AWAY_MS)
  await itsAlarm(object)
  expect(await object().now()).toMatchObject({ standing: { state: 'reconnecting' } })
  await expect.poll(channel, soon).toMatchObject({ problem: 'session_no_node' })
  expect(await link.closed).toBe(LINK_CLOSE.again)
})

test('a WhatsApp that is another number’s already is not linked twice', async () => {
  const one = await aNumber()
  const first = await dial(one.channelId, one.node)
  await first.hears('granted')
  await first.write({ standing: { state: 'open', me: one.me } })
  // Whose number it is comes last: before that the other one would be the first.
  await expect.poll(one.channel, soon).toEqual({ phone: one.me.phone, problem: null })

  const two = await aNumber()
  const second = await dial(two.channelId, two.node)
  await second.hears('granted')
  await second.write({ standing: { state: 'open', me: one.me } })
  const { id } = await second.hears('ask')
  second.say({ t: 'done', id, ok: true })
  await expect
    .poll(() => two.object().now(), soon)
    .toMatchObject({ standing: { state: 'unlinked', code: 'session_number_taken' }, me: null })
  // The node hears of the end that we made, and has nothing to add.
  await second.write({ standing: { state: 'logged_out', code: 'session_logged_out', providerCode: '401' } })
  expect(await two.object().now()).toMatchObject({ standing: { state: 'unlinked', code: 'session_number_taken' } })
  await expect.poll(two.channel, soon).toEqual({ phone: '', problem: 'session_number_taken' })
  expect(await one.channel()).toEqual({ phone: one.me.phone, problem: null })
})

test('what the node of an ended link still writes reaches people, and spoils nothing of the next one that is asked for meanwhile', async () => {
  const { channelId, object, node, me, texts } = await aNumber()
  const first = await dial(channelId, node)
  await first.hears('granted')
  const creds = { kind: 'creds', id: 'creds', value: '{"of":"the ended link"}' }
  await first.write({ standing: { state: 'open', me }, keys: [creds] })
  const ended = object().logout()
  const { id } = await first.hears('ask')
  // Before anybody has answered, somebody asks for a new code.
  const asked = object().link({ do: 'link', way: 'qr', phone: null })
  first.say({ t: 'done', id, ok: true })
  expect(await ended).toMatchObject({ me: null })
  expect(await asked).toMatchObject({ standing: { state: 'linking' }, me: null })
  // It has heard nothing of this yet.
  await first.write({ events: [says('una última cosa')], keys: [creds] })
  await first.write({ standing: { state: 'logged_out', code: 'session_logged_out', providerCode: '401' } })
  expect(await object().now()).toMatchObject({ standing: { state: 'linking' }, me: null })
  await expect.poll(texts, soon).toEqual(['una última cosa'])
  expect(first.heard.filter(({ t }) => t === 'plan')).toEqual([])

  // Should it dial again before it hears that it shall stop, it begins anew like any other: without the old keys.
  const next = await dial(channelId, node, 1)
  expect(await next.hears('granted')).toMatchObject({ epoch: 2, resumed: false, plan: { do: 'link', way: 'qr' } })
  expect((await next.hears('keys')).rows).toEqual([])
  await next.write({ standing: { state: 'open', me } }, 2)
  expect(await object().now()).toMatchObject({ standing: { state: 'open' }, me })
})

const pastItem = (n: number) => ({
  ...{ providerId: `past ${n}`, at: Date.UTC(2026, 9, 1) + n * 60_000, origin: n % 2 === 0 ? 'customer' : 'echo' },
  ...{ customer: { phone: '593987000077' }, kind: 'text', text: `hace tiempo ${n}`, ...(n % 2 === 1 && { status: 'read' }) },
})
const pieceOf = (id: string, more: object = {}) => ({
  ...{ id, kind: 'recent' as const, progress: 100, request: null, proto: btoa(`piece ${id}`).repeat(200_000), ...more },
})

test('the history of the phone waits until somebody wants it, rests when told to, and goes on where it was after any death', async () => {
  const { channelId, object, node, texts, me, accountId } = await aNumber()
  const link = await dial(channelId, node)
  await link.hears('granted')
  await link.write({ pieces: [pieceOf('p1')], standing: { state: 'open', me } })
  await link.write({ pieces: [pieceOf('p1')] })
  expect(await object().now()).toMatchObject({ past: { state: 'off', pieces: 1, done: 0 } })
  expect(link.heard.some((frame) => frame.t === 'ask')).toBe(false)

  await object().importPast('running', 'all')
  const ask = await link.hears('ask')
  expect(ask.ask).toMatchObject({ do: 'past', piece: 'p1', proto: pieceOf('p1').proto, from: 0, since: 0 })
  const slice = (from: number, next: number | null) => ({
    ...{ total: 4, next, items: [pastItem(from), pastItem(from + 1)], people: [], skipped: { groups: 1 } },
  })
  await object().importPast('paused', 'all')
  link.say({ t: 'done', id: ask.id, ok: true, past: slice(0, 2) })
  await expect.poll(texts, soon).toEqual(['hace tiempo 0', 'hace tiempo 1'])
  await expect.poll(() => object().now(), soon).toMatchObject({ past: { state: 'paused', percent: 50, stored: 2, chats: 1 } })
  expect(link.heard.filter((frame) => frame.t === 'ask')).toHaveLength(1)

  // Everybody dies; the slice comes again from the start by a node that never heard of the first one.
  await abortAllDurableObjects()
  await object().assign({ id: node, name: 'a' })
  const again = await dial(channelId, node)
  const { epoch } = await again.hears('granted')
  await again.write({ standing: { state: 'open', me } }, epoch)
  await object().importPast('running', 'all')
  const rest = await again.hears('ask')
  expect(rest.ask).toMatchObject({ from: 2 })
  again.say({ t: 'done', id: rest.id, ok: true, past: slice(2, null) })
  await expect.poll(texts, soon).toHaveLength(4)
  await expect
    .poll(() => object().now(), soon)
    .toMatchObject({ past: { percent: 100, done: 1, stored: 4, known: 0, chats: 1, skipped: { groups: 2 } } })
  expect(await owner.query('select state, unanswered from chat where account_id = $1', [accountId])).toEqual([
    { state: 'closed', unanswered: 0 },
  ])
})

test('a piece that cannot be read is given up after some tries, and said so', async () => {
  const { channelId, object, node, me } = await aNumber()
  const link = await dial(channelId, node)
  await link.hears('granted')
  await link.write({ pieces: [pieceOf('broken', { proto: 'x' })], standing: { state: 'open', me } })
  await object().importPast('running', 'month')
  for (let tries = 0; tries < 5; tries += 1) link.say({ t: 'done', id: (await link.hears('ask', tries)).id, ok: false })
  await expect.poll(() => object().now(), soon).toMatchObject({ past: { lost: 1, done: 0 } })
})

test('what may be missing is asked of the phone; what it hands over waits for an answer, and the result is told', async () => {
  const { channelId, object, node, me, texts, accountId } = await aNumber()
  const link = await dial(channelId, node)
  await link.hears('granted')
  await link.write({ standing: { state: 'open', me }, events: [says('hola')] })
  await expect.poll(texts, soon).toEqual(['hola'])
  await object().fillGaps()
  const asks = (what: string) => link.heard.flatMap((frame) => (frame.t === 'ask' && frame.ask.do === what ? [frame] : []))
  const hears = async (what: string) => {
    await expect.poll(() => asks(what), soon).toHaveLength(1)
    return asks(what)[0] ?? { id: '', ask: null }
  }
  const asked = await hears('history')
  expect(asked.ask).toMatchObject({ do: 'history', before: { waId: 'hola', fromMe: false }, to: { phone: '593987000001' } })
  // The answer may be faster than the word that the question has left.
  await link.write({ pieces: [pieceOf('answer', { kind: 'demand', request: 'q1', proto: 'x' })] })
  link.say({ t: 'done', id: asked.id, ok: true, value: 'q1' })
  const past = await hears('past')
  expect(past.ask).toMatchObject({ do: 'past', piece: 'answer' })
  const missed = { ...pastItem(0), at: Date.now() + 5_000, customer: { phone: '593987000001' }, text: 'perdido' }
  link.say({ t: 'done', id: past.id, ok: true, past: { total: 1, next: null, items: [missed], people: [], skipped: {} } })
  await expect.poll(texts, soon).toContain('perdido')
  await expect.poll(() => object().now(), soon).toMatchObject({ past: { gaps: { asked: 1, answered: 1, waiting: 0, found: 1 } } })
  expect(await owner.query('select unanswered from chat where account_id = $1', [accountId])).toEqual([{ unanswered: 2 }])
})

test('whom the phone knows is handed on once, also when the database was away', async () => {
  const { channelId, object, node, me, accountId } = await aNumber()
  const link = await dial(channelId, node)
  await link.hears('granted')
  await link.write({ standing: { state: 'open', me } })
  const away = databaseAway()
  await link.write({ people: [{ customer: { phone: '593987000066', lid: '66001' }, name: 'Rosa' }] })
  await away.wasAsked('session_people', channelId)
  away.isBack()
  await itsAlarm(object)
  const proposals = () => owner.query('select name, phone, lid, state from phone_contact where account_id = $1', [accountId])
  await expect.poll(proposals, soon).toEqual([{ name: 'Rosa', phone: '593987000066', lid: '66001', state: 'open' }])
})

test('how a customer looks is asked for once, kept, shown to who sees them, and asked for anew when it changes', async () => {
  const { channelId, object, node, me, accountId } = await aNumber()
  const link = await dial(channelId, node)
  await link.hears('granted')
  // She is known already: of a first word, the database may hear after her picture was found.
  await owner.query("insert into contact (id, account_id, phone) values ($1, $2, '593987000001')", [channelId, accountId])
  await owner.query(
    "insert into contact_identity (account_id, kind, value, contact_id) values ($1, 'phone', '593987000001', $2)",
    [accountId, channelId],
  )
  await link.write({ faces: [{ lid: '88001', phone: '593987000001' }], standing: { state: 'open', me } })
  expect(link.heard.some((frame) => frame.t === 'ask')).toBe(false)
  await link.write({ events: [says('hola')] })
  const asks = () =>
    link.heard.flatMap((frame) => (frame.t === 'ask' && frame.ask.do === 'picture' ? [{ id: frame.id, ask: frame.ask }] : []))
  /** Whatever is due is due now. */
  const itsTime = async () => {
    await runInDurableObject(object(), (_, { storage }) => {
      storage.sql.exec("delete from meta where k = 'photoAsked'")
      storage.sql.exec("update photo set at = 1 where state = 'due'")
    })
    await runDurableObjectAlarm(object())
  }
  const answer = async (n: number, bytes: Uint8Array<ArrayBuffer> | null) => {
    await expect.poll(() => itsTime().then(asks), soon).toHaveLength(n + 1)
    const { id, ask } = asks()[n] ?? { id: '', ask: { url: '' } }
    const headers = { authorization: 'Bearer token-of-the-nodes', 'content-length': String(bytes?.length ?? 0) }
    if (bytes) expect((await SELF.fetch(ask.url, { method: 'PUT', headers, body: bytes })).status).toBe(204)
    link.say({ t: 'done', id, ok: bytes !== null, ...(bytes ? {} : { code: 'media_gone' }) })
  }
  const photo = async () => (await owner.query('select photo from contact where account_id = $1', [accountId]))[0]?.['photo']
  const jpeg = (fill: number) => new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...Array.from({ length: 200 }, () => fill)])
  await answer(0, jpeg(1))
  await expect.poll(photo, soon).toBeTypeOf('string')
  const first = await photo()
  expect((await env.MEDIA.get(`p/${accountId}/${String(first)}`))?.size).toBe(204)

  // The object notes it after the database: before that, its question is still under way.
  const stateOf = (_: unknown, { storage }: DurableObjectState) => storage.sql.exec('select state from photo').toArray()
  await expect.poll(() => runInDurableObject(object(), stateOf), soon).toEqual([{ state: 'asked' }])

  // She goes on writing: nobody asks again. Her picture changes: it is asked for, at its time.
  await link.write({ events: [says('otra vez')] })
  await link.write({ faces: [{ lid: '88001', phone: '593987000001' }] })
  expect(asks()).toHaveLength(1)
  await answer(1, null)
  await expect.poll(photo, soon).toBeNull()
  await expect.poll(() => env.MEDIA.get(`p/${accountId}/${String(first)}`), soon).toBeNull()
})
