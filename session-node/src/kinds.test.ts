/** Every kind of message on an unofficial number, both ways, against the simulated WhatsApp: docs/sessions.md has the table. */
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { KeptMessage, KeyRow, SendOrder, Standing, Write } from '#contract/session-node.ts'
import { quietLogger } from '../../sim/whatsapp-web/quiet.ts'
import { aSimulator, SOON } from '../../sim/whatsapp-web/testing.ts'
import type { TestSimulator } from '../../sim/whatsapp-web/testing.ts'
import { sampleFile } from '../../sim/samples.ts'
import { fieldsOf } from './untrusted.rules.ts'
import { NumberKeeper } from './number.ts'

vi.setConfig({ testTimeout: 30_000 })
const ROSA = '593987654321'
const NUMBER = '593964100001'
let simulator: TestSimulator
let number: Awaited<ReturnType<typeof aLinkedNumber>>
let worker: Awaited<ReturnType<typeof aFileServer>>
beforeAll(async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  simulator = await aSimulator()
  worker = await aFileServer()
  number = await aLinkedNumber()
})
afterAll(async () => {
  vi.restoreAllMocks()
  number.keeper.lost()
  await worker[Symbol.asyncDispose]()
  await simulator[Symbol.asyncDispose]()
})

const STICKER = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64')
const bytesOf = (kind: string) => Buffer.from(sampleFile(kind)?.bytes ?? STICKER)
const base64 = (bytes: Buffer) => ({ mediaBase64: bytes.toString('base64') })
const rare = (what: string, text?: string) => ({ kind: 'unsupported', what, ...(text && { text }) })

/** What is sent, and what of its event matters. */
const KINDS: [string, Record<string, unknown>, object][] = [
  ['words', { kind: 'text', text: 'Buenas' }, { kind: 'text', text: 'Buenas' }],
  ['a link with its preview', rare('link'), { kind: 'text', extra: { preview: { title: 'Silla de madera' } } }],
  ['a picture', { kind: 'image', text: 'mire' }, { kind: 'image', text: 'mire', media: { mime: 'image/png' } }],
  ['a PDF', { kind: 'document' }, { kind: 'document', media: { mime: 'application/pdf', name: 'comprobante.pdf' } }],
  [
    'any file',
    { kind: 'document', ...base64(Buffer.from('PK')), mime: 'application/zip', name: 'todo.zip' },
    { media: { name: 'todo.zip' } },
  ],
  [
    'a voice note',
    { kind: 'voice' },
    { kind: 'voice', media: { sound: { seconds: 3, peaks: expect.stringMatching(/^[\w-]{64}$/) } } },
  ],
  ['an audio', { kind: 'audio' }, { kind: 'audio' }],
  ['a video', { kind: 'video', ...base64(Buffer.from('film')) }, { kind: 'video' }],
  ['a GIF', { kind: 'video', what: 'gif', ...base64(Buffer.from('film')) }, { kind: 'video', extra: { gif: true } }],
  ['a sticker', { kind: 'sticker', ...base64(STICKER) }, { kind: 'sticker', media: { mime: 'image/webp' } }],
  ['a sticker that moves', { kind: 'sticker', what: 'animated', ...base64(STICKER) }, { media: { animated: true } }],
  ['a place', { kind: 'location', placeName: 'Parque' }, { kind: 'location', extra: { location: { name: 'Parque' } } }],
  ['a place that moves', rare('live_location'), { kind: 'location', extra: { live: true } }],
  ['somebody', { kind: 'contacts' }, { kind: 'contacts', extra: { contacts: [{ name: 'Luis Zamora' }] } }],
  [
    'several people',
    {
      kind: 'contacts',
      contacts: [
        { name: 'A', phones: ['+593 99 1'] },
        { name: 'B', phones: ['+593 99 2'] },
      ],
    },
    { extra: { contacts: [{ name: 'A' }, { name: 'B' }] } },
  ],
  [
    'a poll',
    rare('poll', '¿Cuándo?'),
    { text: '¿Cuándo?', extra: { unsupported: 'poll', card: { lines: ['Lunes', 'Martes'] } } },
  ],
  ['an event', rare('event'), { text: 'Reunión', extra: { unsupported: 'event', card: { at: 1_800_000_000_000 } } }],
  ['what is seen once', rare('view_once'), { kind: 'unsupported', extra: { unsupported: 'view_once' } }],
  ['what is seen once, bare', rare('view_once_bare'), { kind: 'unsupported', extra: { unsupported: 'view_once' } }],
  ['an invitation', rare('group_invite'), { extra: { unsupported: 'group_invite', card: { lines: ['Vecinos'] } } }],
  ['goods', rare('product'), { text: 'Silla', extra: { unsupported: 'product' } }],
  ['an order', rare('order'), { kind: 'order', text: 'Quiero esto' }],
  ['a payment', rare('payment'), { text: 'Le pago', extra: { unsupported: 'payment' } }],
  ['a pack of stickers', rare('sticker_pack'), { text: 'Gatos', extra: { unsupported: 'sticker_pack' } }],
  ['words with buttons', rare('buttons'), { kind: 'interactive', text: '¿Le llamo?', extra: { card: { lines: ['Sí'] } } }],
  ['words with a list', rare('list'), { kind: 'interactive', text: 'Elija', extra: { card: { lines: ['Lunes'] } } }],
  [
    'a tapped button',
    { kind: 'button_reply', text: 'Sí', replyId: 'yes' },
    { kind: 'button_reply', extra: { reply: { id: 'yes' } } },
  ],
  [
    'a tapped row',
    { kind: 'list_reply', text: 'Lunes', replyId: 'mon' },
    { kind: 'list_reply', extra: { reply: { id: 'mon' } } },
  ],
  ['a tapped template', { kind: 'template_reply', text: 'Sí', replyId: 'yes' }, { kind: 'button_reply' }],
  ['a tapped row of newer programs', rare('flow_reply'), { kind: 'button_reply', extra: { reply: { id: 'row-1' } } }],
  ['a picture of an album', rare('album_picture', 'uno'), { kind: 'image', text: 'uno' }],
  ['what goes on', { kind: 'text', text: 'cadena', forwarded: true }, { text: 'cadena', extra: { forwarded: true } }],
  ['what nobody knows yet', rare('tomorrow'), { kind: 'unsupported', extra: { unsupported: 'rich_response' } }],
]

const says = async (more: Record<string, unknown>) =>
  String((await simulator.control('POST', `/customers/${ROSA}/messages`, { to: NUMBER, ...more })).id)
const eventOf = (id: string) => number.events.find((event) => event['providerId'] === id)

test('each kind comes as what it is: from the customer, and from the number’s own phone', async () => {
  const theirs: string[] = []
  for (const [, body] of KINDS) theirs.push(await says(body))
  const ours: string[] = []
  for (const [, body] of KINDS) ours.push(await says({ ...body, kind: 'echo', as: body['kind'] }))
  await expect.poll(() => [...theirs, ...ours].filter((id) => !eventOf(id)), SOON).toEqual([])
  for (const [i, [name, , expected]] of KINDS.entries()) {
    expect(eventOf(theirs[i] ?? ''), name).toMatchObject({ type: 'message', origin: 'customer', ...expected })
    expect(eventOf(ours[i] ?? ''), `${name}, own phone`).toMatchObject({ type: 'message', origin: 'echo', ...expected })
  }
})

test('an album announces its pictures and a vote is nobody’s message: neither shows', async () => {
  const [album, vote, after] = [await says(rare('album')), await says(rare('vote')), await says({ text: 'después' })]
  await expect.poll(() => eventOf(after), SOON).toBeDefined()
  expect([eventOf(album), eventOf(vote)]).toEqual([undefined, undefined])
})

test('what groups, lists, channels and status say is counted, and is in no chat', async () => {
  const before = number.events.length
  for (const where of ['group', 'group', 'status', 'broadcast', 'newsletter'])
    await simulator.web('POST', `/people/${ROSA}/crowd`, { number: NUMBER, where })
  await expect.poll(() => number.ignored(), SOON).toEqual({ group: 2, status: 1, broadcast: 1, newsletter: 1 })
  expect(number.events).toHaveLength(before)
})

test('each kind leaves as what it is, and shows as such on the customer’s phone', async () => {
  const sound = { seconds: 2.4, peaks: 'A_'.repeat(32) }
  const file = (kind: string, mime: string, name: string | null = null) => ({
    ...{ url: worker.offer(bytesOf(kind)), mime, name, size: bytesOf(kind).length },
    ...(kind === 'voice' && { sound }),
  })
  const place = { latitude: -2.9, longitude: -79, name: 'Oficina', address: 'Av. 1' }
  const somebody = { name: 'Luis, Abogado', phones: ['+593 99 111 2233'], emails: ['luis@ejemplo.ec'], org: 'Estudio' }
  const sent: [Partial<Extract<SendOrder, { do: 'message' }>>, object, object?][] = [
    [
      { kind: 'text', text: 'Hola' },
      { kind: 'text', text: 'Hola' },
    ],
    [
      { kind: 'image', text: 'mire', file: file('image', 'image/png') },
      { kind: 'image', text: 'mire' },
      { jpegThumbnail: expect.any(String) },
    ],
    [
      { kind: 'document', file: file('document', 'application/pdf', 'factura.pdf') },
      { kind: 'document' },
      { fileName: 'factura.pdf' },
    ],
    [
      { kind: 'voice', file: file('voice', 'audio/ogg') },
      { kind: 'voice' },
      { ptt: true, seconds: 2, mimetype: 'audio/ogg; codecs=opus', waveform: expect.stringMatching(/^AG/) },
    ],
    [{ kind: 'voice', file: { ...file('voice', 'audio/mp4'), sound } }, { kind: 'audio' }, { ptt: false, seconds: 2 }],
    [{ kind: 'audio', file: file('audio', 'audio/mpeg') }, { kind: 'audio' }],
    [{ kind: 'sticker', file: file('sticker', 'image/webp') }, { kind: 'sticker' }],
    [
      { kind: 'location', location: place },
      { kind: 'location', place },
    ],
    [
      { kind: 'contacts', contacts: [somebody] },
      { kind: 'contacts', cards: [{ name: 'Luis, Abogado', phones: ['+593 99 111 2233'] }] },
    ],
    [
      { kind: 'text', text: 'sigue', forwarded: true, ephemeral: 86_400 },
      { text: 'sigue', forwarded: true },
      { contextInfo: { expiration: 86_400 } },
    ],
  ]
  const ids = sent.map(([part], i) => {
    const id = `3EB0${String(i).padStart(18, '1')}`
    number.keeper.send(id, { do: 'message', to: number.to, kind: 'text', ...part }, false)
    return id
  })
  await expect.poll(() => ids.filter((id) => !number.sends.includes(`${id} sent`)), SOON).toEqual([])
  const shown = async () => {
    const { items } = await simulator.conversation(NUMBER, ROSA)
    return ids.map((id) => items.find((one) => one['id'] === id))
  }
  await expect.poll(async () => (await shown()).every(Boolean), SOON).toBe(true)
  const seen = await shown()
  const received = await simulator.received('&what=message')
  for (const [i, [part, expected, inside]] of sent.entries()) {
    expect(seen[i], part.kind).toMatchObject(expected)
    const body = received.map((one) => fieldsOf(one['body'])).find((one) => one['id'] === ids[i])
    if (inside) expect(partOf(body?.['content']), part.kind).toMatchObject(inside)
  }
})

/** The one part that a message has. */
function partOf(content: unknown): unknown {
  return Object.entries(fieldsOf(content)).find(([name]) => name !== 'messageContextInfo')?.[1]
}

test('in a chat where messages disappear, that is told, and how long they last', async () => {
  const on = await says(rare('ephemeral_on'))
  const word = await says({ text: 'se borra' })
  const off = await says(rare('ephemeral_off'))
  await expect.poll(() => eventOf(off), SOON).toMatchObject({ kind: 'system', extra: { system: 'ephemeral', ephemeral: 0 } })
  expect(eventOf(on)).toMatchObject({ kind: 'system', extra: { ephemeral: 86_400 } })
  expect(eventOf(word)).toMatchObject({ text: 'se borra', extra: { ephemeral: 86_400 } })
})

test('a customer’s typing and recording are told at once, while somebody looks at the chat', async () => {
  expect(await number.keeper.ask({ do: 'watch', to: number.to })).toEqual({ ok: true })
  for (const state of ['composing', 'recording', 'paused'])
    await simulator.web('POST', `/people/${ROSA}/typing`, { number: NUMBER, state })
  await expect
    .poll(() => number.typing, SOON)
    .toEqual(['typing', 'recording', 'no'].map((is) => ({ from: expect.objectContaining(number.to), is })))
})

test('what is read on the number’s own phone is told', async () => {
  const [one, two] = [await says({ text: 'uno' }), await says({ text: 'dos' })]
  await expect.poll(() => eventOf(two), SOON).toBeDefined()
  await simulator.web('POST', `/people/${ROSA}/read-by-owner`, { number: NUMBER })
  const seen = () => number.events.find((event) => event['type'] === 'seen')
  await expect.poll(seen, SOON).toMatchObject({ customer: number.to, targets: expect.arrayContaining([one, two]) })
})

test('an answer to something older carries what it answers to', async () => {
  const first = await says({ text: '¿a las diez?' })
  const second = await says({ text: 'sí', quoted: first })
  await expect
    .poll(() => eventOf(second), SOON)
    .toMatchObject({ quoted: first, extra: { quoted: { kind: 'text', text: '¿a las diez?' } } })
})

test('a big file whose way is cut goes on where it was, and arrives whole', async () => {
  const big = Buffer.alloc(700_000, 'fotografía ')
  const id = await says({ kind: 'document', ...base64(big), mime: 'application/pdf', name: 'grande.pdf' })
  await expect.poll(() => number.kept.has(id), SOON).toBe(true)
  await simulator.web('POST', '/faults', { what: 'cut', bytes: 300_000, next: 2 })
  expect(await number.keeper.ask({ do: 'file', waId: id, url: `${worker.origin}/big` })).toEqual({ ok: true })
  expect(worker.got.get('/big')?.equals(big)).toBe(true)
})

test('a file that was changed on its way is not handed on', async () => {
  const id = await says({ kind: 'image' })
  await expect.poll(() => number.kept.has(id), SOON).toBe(true)
  await simulator.web('POST', `/spoil/${id}`)
  expect(await number.keeper.ask({ do: 'file', waId: id, url: `${worker.origin}/spoilt` })).toMatchObject({
    ok: false,
    code: 'media_damaged',
  })
  expect(worker.got.has('/spoilt')).toBe(false)
})

test('a file that WhatsApp has no more is asked for of the phone; while that is off, it says so', async () => {
  const id = await says({ kind: 'image' })
  await expect.poll(() => number.kept.has(id), SOON).toBe(true)
  await simulator.web('POST', `/expire/${id}`)
  await simulator.web('PUT', `/people/${NUMBER}`, { isOn: false })
  expect(await number.keeper.ask({ do: 'file', waId: id, url: `${worker.origin}/late` })).toMatchObject({ ok: false })
  await simulator.web('PUT', `/people/${NUMBER}`, { isOn: true })
  expect(await number.keeper.ask({ do: 'file', waId: id, url: `${worker.origin}/late` })).toEqual({ ok: true })
})

/** A number linked to the simulated WhatsApp, with a Session object in memory behind it. */
async function aLinkedNumber() {
  const rows = new Map<string, KeyRow>()
  const kept = new Map<string, KeptMessage>()
  const events: { [name: string]: unknown }[] = []
  const sends: string[] = []
  const standings: Standing[] = []
  const typing: unknown[] = []
  const ignored: Record<string, number> = {}
  const write = async (piece: Write) => {
    await new Promise((wake) => setImmediate(wake))
    if (piece.forget) rows.clear()
    for (const row of piece.keys ?? []) rows.set(`${row.kind} ${row.id}`, row)
    for (const one of piece.kept ?? []) kept.set(one.waId, one)
    for (const { id, state } of piece.sends ?? []) sends.push(`${id} ${state}`)
    events.push(...(piece.events ?? []).map(({ event }) => event))
    for (const [crowd, count] of Object.entries(piece.ignored ?? {})) ignored[crowd] = (ignored[crowd] ?? 0) + (count ?? 0)
    if (piece.standing) standings.push(piece.standing)
  }
  const keeper = new NumberKeeper({
    ...{ whatsappUrl: simulator.url, token: 'a token', logger: quietLogger, over: () => undefined },
    ...{ newestVersion: async () => null, turnMs: () => 0, timeScale: 1 },
  })
  keeper.attach({
    write,
    keys: async (kind, ids) => ids.flatMap((id) => rows.get(`${kind} ${id}`) ?? []),
    kept: async (waId) => kept.get(waId) ?? null,
    leave: async () => undefined,
    typing: (told) => void typing.push(told),
  })
  keeper.begin({ do: 'link', way: 'qr', phone: null }, [])
  await vi.waitFor(() => expect(standings.at(-1)?.qr?.text).toBeDefined(), SOON)
  await simulator.web('POST', '/scan', { phone: NUMBER, qr: standings.at(-1)?.qr?.text })
  await vi.waitFor(() => expect(standings.at(-1)?.state).toBe('open'), SOON)
  const { lid } = await simulator.web('PUT', `/people/${ROSA}`, {})
  return { keeper, events, kept, sends, typing, ignored: () => ignored, to: { lid: String(lid) } }
}

/** The Worker's files: offered to the node, and put there by it. */
async function aFileServer() {
  const offered: Buffer[] = []
  const got = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const path = request.url ?? '/'
      const isWhole = Number(request.headers['content-length']) === Buffer.concat(parts).length
      if (request.method === 'PUT') got.set(path, Buffer.concat(parts))
      const file = offered[Number(path.slice(1))]
      response.writeHead((request.method === 'PUT' ? isWhole : file) ? 200 : 404).end(request.method === 'PUT' ? '' : file)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  return {
    ...{ got, origin },
    offer: (bytes: Buffer) => `${origin}/${offered.push(bytes) - 1}`,
    [Symbol.asyncDispose]: () => new Promise<void>((done) => void server.close(() => done())),
  }
}
