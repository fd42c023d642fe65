import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type {
  HistoryPiece,
  KeptMessage,
  KeyRow,
  PastSlice,
  PhonePerson,
  Plan,
  SendOrder,
  Standing,
  To,
  Write,
} from '#contract/session-node.ts'
import { quietLogger } from '../../sim/whatsapp-web/quiet.ts'
import { aSimulator, SOON } from '../../sim/whatsapp-web/testing.ts'
import type { TestSimulator } from '../../sim/whatsapp-web/testing.ts'
import { NumberKeeper } from './number.ts'

vi.setConfig({ testTimeout: 30_000 })
let simulator: TestSimulator
beforeAll(async () => {
  // Back-off has its own tests: here a number comes back at once.
  vi.spyOn(Math, 'random').mockReturnValue(0)
  simulator = await aSimulator()
})
afterAll(() => {
  vi.restoreAllMocks()
  return simulator[Symbol.asyncDispose]()
})

const ROSA = '593987654321'
let numbers = 0
const aPhone = () => `59396400${String((numbers += 1)).padStart(4, '0')}`
const rosaWrites = async (number: string, more: object) =>
  String((await simulator.control('POST', `/customers/${ROSA}/messages`, { to: number, ...more })).id)

/** A Session object in memory: what it was told survives every node. */
function aSession() {
  const rows = new Map<string, KeyRow>()
  const kept = new Map<string, KeptMessage>()
  const standings: Standing[] = []
  const events: { [name: string]: unknown }[] = []
  const names = new Set<string>()
  const sends: string[] = []
  const pieces = new Map<string, HistoryPiece>()
  const people: PhonePerson[] = []
  const faces: To[] = []
  const session = { onWrite: null as null | ((piece: Write) => void) }
  const write = async (piece: Write) => {
    await new Promise((wake) => setImmediate(wake))
    if (piece.forget) rows.clear()
    for (const row of piece.keys ?? []) rows.set(`${row.kind} ${row.id}`, row)
    for (const one of piece.kept ?? []) kept.set(one.waId, one)
    for (const { id, state, code } of piece.sends ?? []) sends.push([id, state, code].filter(Boolean).join(' '))
    for (const { name, event } of piece.events ?? []) if (!names.has(name)) events.push(event)
    for (const { name } of piece.events ?? []) names.add(name)
    for (const one of piece.pieces ?? []) pieces.set(one.id, one)
    people.push(...(piece.people ?? []))
    faces.push(...(piece.faces ?? []))
    if (piece.standing) standings.push(piece.standing)
    session.onWrite?.(piece)
  }
  const rope = {
    write,
    keys: async (kind: string, ids: string[]) => ids.flatMap((id) => rows.get(`${kind} ${id}`) ?? []),
    kept: async (waId: string) => kept.get(waId) ?? null,
    leave: async () => undefined,
  }
  return Object.assign(session, {
    rows,
    kept,
    standings,
    events,
    sends,
    pieces,
    people,
    faces,
    rope,
    texts: () => events.flatMap(({ text }) => (text === undefined ? [] : [text])),
  })
}
type Session = ReturnType<typeof aSession>

/** A node that runs the number; `state` waits for how it stands. */
function aNode(session: Session, plan: Plan) {
  const isOver = vi.fn<() => void>()
  const keeper = new NumberKeeper({
    ...{ whatsappUrl: simulator.url, token: 'a token', logger: quietLogger, over: isOver },
    ...{ newestVersion: async () => null, turnMs: () => 0, timeScale: 1 },
  })
  keeper.attach(session.rope)
  keeper.begin(plan, [...session.rows.values()])
  const states = () => session.standings.map(({ state }) => state)
  return { keeper, isOver, states, stands: (state: Standing['state']) => expect.poll(() => states().at(-1), SOON).toBe(state) }
}

/** `phone`: one that has a past. */
async function aLinkedNumber(phone = aPhone()) {
  const session = aSession()
  const node = aNode(session, { do: 'link', way: 'qr', phone: null })
  await expect.poll(() => session.standings.at(-1)?.qr?.text, SOON).toBeDefined()
  await simulator.web('POST', '/scan', { phone, qr: session.standings.at(-1)?.qr?.text })
  await node.stands('open')
  const { lid } = await simulator.web('PUT', `/people/${ROSA}`, {})
  return { phone, session, node, to: { lid: String(lid) } }
}

const text = (to: { lid: string }, words: string, quoted?: string): SendOrder => ({
  do: 'message',
  kind: 'text',
  to,
  text: words,
  quoted,
})
const onRosasPhone = async (phone: string) =>
  (await simulator.conversation(phone, ROSA)).items.flatMap(({ direction, text: words }) => (direction === 'out' ? [words] : []))
let ids = 0
const anId = () => `3EB0${String((ids += 1)).padStart(18, '0')}`

test('a number is linked by its code, and says who it is', async () => {
  const { phone, session, node } = await aLinkedNumber()
  expect(node.states()).toEqual(['linking', 'connecting', 'open'])
  expect(session.standings[0]?.qr?.lastsMs).toBe(60_000)
  expect(session.standings.at(-1)?.me).toMatchObject({ phone, lid: expect.stringMatching(/^\d{15}$/) })
  node.keeper.lost()
})

test('a number is linked by eight letters, for those whose only screen is the phone', async () => {
  const phone = aPhone()
  const session = aSession()
  const node = aNode(session, { do: 'link', way: 'code', phone })
  await expect.poll(() => session.standings.at(-1)?.pairingCode, SOON).toMatch(/^[0-9A-Z]{8}$/)
  await simulator.web('POST', '/code', { phone, code: session.standings.at(-1)?.pairingCode })
  await node.stands('open')
  node.keeper.lost()
})

test('another way to link, asked for while the link was away, is followed; a linked number goes on as it is', async () => {
  const phone = aPhone()
  const session = aSession()
  const node = aNode(session, { do: 'link', way: 'qr', phone: null })
  await expect.poll(() => session.standings.at(-1)?.qr?.text, SOON).toBeDefined()
  node.keeper.resumed({ do: 'link', way: 'code', phone })
  await expect.poll(() => session.standings.at(-1)?.pairingCode, SOON).toMatch(/^[0-9A-Z]{8}$/)
  await simulator.web('POST', '/code', { phone, code: session.standings.at(-1)?.pairingCode })
  await node.stands('open')
  const before = session.standings.length
  node.keeper.resumed({ do: 'connect' })
  const words = await rosaWrites(phone, { text: 'Sigo aquí' })
  await expect.poll(session.texts, SOON).toEqual(['Sigo aquí'])
  expect(words).toBeTruthy()
  expect(session.standings).toHaveLength(before)
  node.keeper.lost()
})

test('words go both ways: each is journaled, each order ends, and ticks are told', async () => {
  const { phone, session, node, to } = await aLinkedNumber()
  const first = await rosaWrites(phone, { text: 'Buenas', customerName: 'Rosa Huamán' })
  await expect.poll(session.texts, SOON).toEqual(['Buenas'])
  expect(session.events[0]).toMatchObject({
    origin: 'customer',
    providerId: first,
    profileName: 'Rosa Huamán',
    customer: { phone: ROSA, ...to },
  })
  expect(session.kept.get(first)).toMatchObject({ jid: `${to.lid}@lid`, fromMe: false })
  const [one, two] = [anId(), anId()]
  node.keeper.send(one, text(to, 'Hola Rosa', first), false)
  node.keeper.send(two, text(to, '¿En qué le ayudo?'), false)
  await expect.poll(() => onRosasPhone(phone), SOON).toEqual(['Hola Rosa', '¿En qué le ayudo?'])
  await simulator.control('POST', `/customers/${ROSA}/read`, { number: phone })
  const ticks = (id: string) =>
    session.events.flatMap((event) => (event['providerId'] === id && event['type'] === 'status' ? [event['status']] : []))
  await expect
    .poll(() => [ticks(one), ticks(two)], SOON)
    .toEqual([
      ['sent', 'delivered', 'read'],
      ['sent', 'delivered', 'read'],
    ])
  expect(session.sends).toEqual([`${one} stored`, `${one} sent`, `${two} stored`, `${two} sent`])
  expect((await simulator.conversation(phone, ROSA)).items.find(({ id }) => id === one)).toMatchObject({ quoted: first })
  node.keeper.lost()
})

test('reactions, edits and deletions leave; marks of reading too', async () => {
  const { phone, session, node, to } = await aLinkedNumber()
  const first = await rosaWrites(phone, { text: 'el lunes' })
  await expect.poll(session.texts, SOON).toEqual(['el lunes'])
  const said = anId()
  node.keeper.send(said, text(to, 'bien'), false)
  node.keeper.send(anId(), { do: 'react', to, target: first, emoji: '👍' }, false)
  node.keeper.send(anId(), { do: 'edit', to, target: said, text: 'muy bien' }, false)
  const seen = async () => (await simulator.conversation(phone, ROSA)).items.map((one) => [one.text, one.reactionOut])
  await expect.poll(seen, SOON).toEqual([
    ['el lunes', '👍'],
    ['muy bien', null],
  ])
  node.keeper.send(anId(), { do: 'revoke', to, target: said }, false)
  await expect.poll(async () => (await simulator.conversation(phone, ROSA)).items[1]?.revokedAt, SOON).toBeTypeOf('number')
  expect(await node.keeper.ask({ do: 'read', waId: first, typing: true })).toEqual({ ok: true })
  await expect.poll(async () => (await simulator.conversation(phone, ROSA)).items[0]?.progress, SOON).toBe('read')
  node.keeper.lost()
})

test('files go both ways, the one that is gone from its host too; who exists, and how they look', async () => {
  const { phone, session, node, to } = await aLinkedNumber()
  await using worker = await aFileServer({ '/out': Buffer.from('%PDF-1.4 factura') })
  const file = { url: `${worker.origin}/out`, mime: 'application/pdf', name: 'factura.pdf', size: 16 }
  node.keeper.send(anId(), { do: 'message', kind: 'document', to, file, text: 'su factura' }, false)
  await expect
    .poll(async () => (await simulator.conversation(phone, ROSA)).items.map(({ kind, text: words }) => [kind, words]), SOON)
    .toEqual([['document', 'su factura']])
  const failing = anId()
  node.keeper.send(failing, { do: 'message', kind: 'image', to, file: { ...file, url: `${worker.origin}/none` } }, false)
  await expect.poll(() => session.sends.at(-1), SOON).toBe(`${failing} failed media_gone`)
  const picture = await rosaWrites(phone, { kind: 'image', text: 'mire' })
  await expect.poll(() => session.kept.has(picture), SOON).toBe(true)
  await simulator.web('POST', `/expire/${picture}`)
  expect(await node.keeper.ask({ do: 'file', waId: picture, url: `${worker.origin}/in` })).toEqual({ ok: true })
  expect(worker.got.get('/in')?.subarray(1, 4).toString()).toBe('PNG')
  expect(await node.keeper.ask({ do: 'exists', phone: ROSA })).toEqual({ ok: true, value: `${ROSA}@s.whatsapp.net` })
  expect(await node.keeper.ask({ do: 'picture', to, url: `${worker.origin}/face` })).toEqual({ ok: true })
  expect(worker.got.get('/face')?.length).toBeGreaterThan(500)
  node.keeper.lost()
})

test('a number that WhatsApp cuts off comes back by itself, with what came meanwhile, and sends what waited', async () => {
  const { phone, session, node, to } = await aLinkedNumber()
  await simulator.web('POST', '/faults', { phone, what: 'no-ack', next: 1 })
  const lost = anId()
  node.keeper.send(lost, text(to, 'sin respuesta'), false)
  await expect.poll(() => onRosasPhone(phone), SOON).toEqual(['sin respuesta'])
  await simulator.web('POST', `/lines/${phone}/cut`)
  await rosaWrites(phone, { text: 'mientras tanto' })
  await expect.poll(session.texts, SOON).toEqual(['mientras tanto'])
  // The very same message went again: WhatsApp takes it as one.
  await expect.poll(() => session.sends, SOON).toEqual([`${lost} stored`, `${lost} sent`])
  expect(await onRosasPhone(phone)).toEqual(['sin respuesta'])
  expect(session.standings.map(({ state, code }) => [state, code]).slice(-2)).toEqual([
    ['reconnecting', 'session_away'],
    ['open', null],
  ])
  node.keeper.lost()
})

test('what WhatsApp does not take ends with its code', async () => {
  const { phone, session, node, to } = await aLinkedNumber()
  await simulator.web('POST', '/faults', { phone, what: 'ack-error', code: '463', next: 1 })
  const id = anId()
  node.keeper.send(id, text(to, 'primer contacto'), false)
  await expect.poll(() => session.sends.at(-1), SOON).toBe(`${id} failed session_first_contact`)
  expect(session.events.at(-1)).toMatchObject({
    type: 'status',
    status: 'failed',
    error: { code: 'session_first_contact', providerCode: '463' },
  })
  await simulator.web('POST', '/faults', { phone, what: 'ack-error', code: '479', next: 1 })
  const stale = anId()
  node.keeper.send(stale, text(to, 'lista vieja'), false)
  await expect.poll(() => session.sends.at(-1), SOON).toBe(`${stale} sent`)
  // WhatsApp answers before the customer's phone has opened it.
  await expect.poll(() => onRosasPhone(phone), SOON).toEqual(['lista vieja'])
  node.keeper.lost()
})

test('a message that cannot be opened holds nobody up; its place is noted before anything that follows', async () => {
  const { phone, session, node, to } = await aLinkedNumber()
  await rosaWrites(phone, { text: 'uno' })
  await expect.poll(session.texts, SOON).toEqual(['uno'])
  // Before the first answer a message carries keys too, and a bit that is turned may be one that nobody reads.
  node.keeper.send(anId(), text(to, 'diga'), false)
  await expect.poll(() => onRosasPhone(phone), SOON).toEqual(['diga'])
  const told: string[] = []
  session.onWrite = ({ awaited = [], events = [] }) =>
    void told.push(...awaited.map(({ id }) => `asks for ${id}`), ...events.flatMap((event) => String(event.event['text'] ?? [])))
  await simulator.web('POST', '/faults', { what: 'spoil', phone, next: 1 })
  const id = await rosaWrites(phone, { text: 'dos' })
  await rosaWrites(phone, { text: 'tres' })
  await expect.poll(session.texts, SOON).toHaveLength(3)
  // Whether the words themselves come again before what follows is for the sender's phone to say.
  const [first, ...texts] = told.filter((each) => each !== '')
  expect(first).toBe(`asks for ${id}`)
  expect(texts.toSorted()).toEqual(['dos', 'tres'])
  node.keeper.lost()
})

test('a node that dies loses nothing: another goes on with the same keys, orders and journal', async () => {
  const { phone, session, node, to } = await aLinkedNumber()
  await rosaWrites(phone, { text: 'antes' })
  await expect.poll(session.texts, SOON).toEqual(['antes'])
  const id = anId()
  // It dies once the message is kept, before it has left.
  session.onWrite = ({ sends }) => void (sends && node.keeper.lost())
  node.keeper.send(id, text(to, 'a medias'), false)
  await expect.poll(() => session.sends, SOON).toEqual([`${id} stored`])
  session.onWrite = null
  expect(await onRosasPhone(phone)).toEqual([])
  await rosaWrites(phone, { text: 'durante' })
  const other = aNode(session, { do: 'connect' })
  other.keeper.send(id, text(to, 'a medias'), true)
  await expect.poll(session.texts, SOON).toEqual(['antes', 'durante'])
  await expect.poll(() => session.sends.at(-1), SOON).toBe(`${id} sent`)
  await expect.poll(() => onRosasPhone(phone), SOON).toEqual(['a medias'])
  other.keeper.lost()
})

test('logged out on the phone: it rests, says why, and does not try again', async () => {
  const { phone, session, node } = await aLinkedNumber()
  await simulator.web('DELETE', `/devices/${phone}/1`)
  await node.stands('logged_out')
  expect(session.standings.at(-1)).toMatchObject({ code: 'session_logged_out', providerCode: '401' })
  expect(session.rows.size).toBe(0)
  expect(await node.keeper.ask({ do: 'exists', phone: ROSA })).toEqual({ ok: false, code: 'session_away' })
  node.keeper.lost()
})

test('told to stop, it finishes, closes its line and gives the number back', async () => {
  const { phone, node, to } = await aLinkedNumber()
  node.keeper.send(anId(), text(to, 'lo último'), false)
  await node.keeper.finish()
  expect(node.isOver).toHaveBeenCalledOnce()
  await expect.poll(() => onRosasPhone(phone), SOON).toEqual(['lo último'])
  await expect
    .poll(async () => JSON.stringify((await simulator.web('GET', `/owner?phone=${phone}`)).devices), SOON)
    .toContain('"isOnline":false')
})

type Node = ReturnType<typeof aNode>

/** All slices of a piece, as the Session object draws them. */
async function drawn(node: Node, { id, proto }: HistoryPiece, count: number, since = 0, from = 0): Promise<PastSlice[]> {
  const { ok, past } = await node.keeper.ask({ do: 'past', piece: id, proto, from, count, since })
  if (!ok || !past) throw new Error('no slice')
  return [past, ...(past.next === null ? [] : await drawn(node, piece(id, proto), count, since, past.next))]
}
const piece = (id: string, proto: string): HistoryPiece => ({ id, proto, kind: 'recent', progress: 100, request: null })

async function aPhoneWithAPast() {
  const phone = aPhone()
  await simulator.control('POST', '/numbers', { kind: 'session', phone })
  const past = (more: object) => simulator.web('POST', `/numbers/${phone}/history`, more)
  await past({ chats: 1, messages: 60, phone: ROSA, days: 20 })
  await past({ chats: 2, messages: 5, days: 90 })
  return { phone, past }
}

test('what the phone remembers is kept as pieces before the phone hears so, and is read slice by slice, by whichever node', async () => {
  const { phone, session, node, to } = await aLinkedNumber((await aPhoneWithAPast()).phone)
  await expect
    .poll(() => [...session.pieces.values()].map(({ kind }) => kind).toSorted(), SOON)
    .toEqual(['initial', 'names', 'recent'])
  const [initial, recent, names] = (['initial', 'recent', 'names'] as const).map((kind) =>
    [...session.pieces.values()].find((one) => one.kind === kind),
  )
  if (!initial || !recent || !names) throw new Error('pieces are missing')
  // Nothing of it is news.
  expect(session.events).toEqual([])
  const first = await drawn(node, initial, 7)
  expect(first.length).toBe(3)
  expect(first.flatMap(({ items }) => items)).toHaveLength(20)
  const { past: half } = await node.keeper.ask({
    do: 'past',
    piece: recent.id,
    proto: recent.proto,
    from: 0,
    count: 20,
    since: 0,
  })
  node.keeper.lost()

  const other = aNode(session, { do: 'connect' })
  await expect.poll(() => other.states().filter((state) => state === 'open'), SOON).toHaveLength(2)
  const rest = await drawn(other, recent, 20, 0, half?.next ?? 0)
  const items = [half, ...rest].flatMap((slice) => slice?.items ?? [])
  expect(items).toHaveLength(50)
  expect(new Set(items.map(({ providerId }) => providerId)).size).toBe(50)
  expect(items.map((item) => Number(item['at']))).toEqual(
    items.map((item) => Number(item['at'])).toSorted((one, two) => one - two),
  )
  expect(items[0]).toMatchObject({ origin: 'customer', kind: 'text', customer: { phone: ROSA, ...to } })
  expect(items[1]).toMatchObject({ origin: 'echo', status: 'read' })
  const [people] = await drawn(other, names, 100)
  expect(people?.people).toContainEqual({ customer: { phone: ROSA, ...to }, pushName: 'Ana Vera' })
  // What is older than what is wanted is counted, and not handed over.
  const [young] = await drawn(other, initial, 100, Date.now() - 30 * 86_400_000)
  expect([young?.items.length, young?.skipped]).toEqual([10, { older: 10 }])
  // Words that may still be quoted are kept, before the slice is handed over.
  expect(items.every(({ providerId }) => session.kept.has(providerId))).toBe(true)
  expect(session.standings.at(-1)?.me?.phone).toBe(phone)
  other.keeper.lost()
})

test('older words are asked of the phone, and come as a piece that names the question', async () => {
  const { phone, past } = await aPhoneWithAPast()
  await past({ chats: 1, messages: 7, phone: ROSA, days: 500 })
  const { session, node, to } = await aLinkedNumber(phone)
  await expect.poll(() => session.pieces.size, SOON).toBe(3)
  const recent = [...session.pieces.values()].find(({ kind }) => kind === 'recent')
  const [oldest] = recent ? (await drawn(node, recent, 1)).flatMap(({ items }) => items) : []
  if (!oldest) throw new Error('no history')
  const before = { waId: oldest.providerId, fromMe: false, at: Number(oldest['at']) }
  const { ok, value } = await node.keeper.ask({ do: 'history', to, before, count: 50 })
  expect(ok).toBe(true)
  await expect.poll(() => [...session.pieces.values()].find(({ kind }) => kind === 'demand')?.request, SOON).toBe(value)
  const answer = [...session.pieces.values()].find(({ kind }) => kind === 'demand')
  expect((answer ? await drawn(node, answer, 50) : []).flatMap(({ items }) => items)).toHaveLength(7)
  node.keeper.lost()
})

test('the address book of the phone is told once it is linked, whenever it changes, and from its beginning when asked', async () => {
  const phone = aPhone()
  await simulator.control('POST', '/numbers', { kind: 'session', phone })
  const saves = (name: string, of = ROSA) => simulator.web('POST', `/numbers/${phone}/contact`, { phone: of, name })
  await saves('Rosa')
  await saves('Luis Zamora', '593987000002')
  const { session, node, to } = await aLinkedNumber(phone)
  const names = () => session.people.map(({ name }) => name).toSorted()
  await expect.poll(names, SOON).toEqual(['Luis Zamora', 'Rosa'])
  expect(session.people.find(({ name }) => name === 'Rosa')?.customer).toEqual({ phone: ROSA, ...to })
  await saves('Rosa Huamán')
  await expect.poll(names, SOON).toEqual(['Luis Zamora', 'Rosa', 'Rosa Huamán'])
  session.people.length = 0
  expect(await node.keeper.ask({ do: 'contacts' })).toEqual({ ok: true })
  await expect.poll(names, SOON).toEqual(['Luis Zamora', 'Rosa Huamán'])
  node.keeper.lost()
})

test('how a customer looks: a picture, none, one that is not for us; and that it is another one now', async () => {
  const { session, node, to } = await aLinkedNumber()
  await using worker = await aFileServer({})
  const looks = async (picture: string) => {
    await simulator.web('PUT', `/people/${ROSA}`, { picture })
    return node.keeper.ask({ do: 'picture', to, url: `${worker.origin}/face` })
  }
  expect(await looks('hidden')).toEqual({ ok: false, code: 'picture_hidden' })
  expect(await looks('none')).toEqual({ ok: false, code: 'media_gone' })
  expect(await looks('sample')).toEqual({ ok: true })
  expect(worker.got.get('/face')?.length).toBeGreaterThan(500)
  await expect.poll(() => session.faces, SOON).toEqual([to, to, to])
  node.keeper.lost()
})

/** The Worker's files: read from it, and put there, with the node's token. */
async function aFileServer(files: { [path: string]: Buffer }) {
  const got = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const path = request.url ?? '/'
      const isOurs = request.headers.authorization === 'Bearer a token'
      if (request.method === 'PUT') got.set(path, Buffer.concat(parts))
      const file = files[path]
      response.writeHead(!isOurs ? 401 : request.method === 'PUT' || file ? 200 : 404).end(file)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    ...{ got, origin: `http://127.0.0.1:${port}` },
    [Symbol.asyncDispose]: () => new Promise<void>((done) => void server.close(() => done())),
  }
}
