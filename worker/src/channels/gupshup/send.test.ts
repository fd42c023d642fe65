import { expect, test } from 'vitest'
import type { Line, Outgoing } from '../channel.ts'
import { aFile, aGupshupLine, fakeWire, says } from '../fake-wire.ts'
import type { Say } from '../fake-wire.ts'
import { gupshupChannel } from './gupshup-channel.ts'

const TEXT: Outgoing = {
  messageId: '019aa5d0-7c00-7000-8000-00000000a123',
  to: { phone: '51987654321' },
  kind: 'text',
  text: 'Hola',
}
const SUBMITTED = { status: 'submitted', messageId: 'ee4a68a0-1203-4c85-8dc3-49d0b3226a35' }
const LINK = 'https://app.example.com/files/signed'

/** Sends and gives what went over the wire: its form, with `message` and `template` read as JSON. */
async function sent(message: Partial<Outgoing>, line: Line = aGupshupLine(), say: Say = () => says(202, SUBMITTED)) {
  const { wire, asked } = fakeWire(say)
  const outcome = await gupshupChannel.send({ ...TEXT, ...message }, line, wire)
  const form = Object.fromEntries(new URLSearchParams(asked[0]?.text))
  const json = (field: string): unknown => JSON.parse(form[field] ?? 'null')
  return { outcome, asked, form, message: json('message'), template: json('template') }
}

test('a text goes as a form with the key in its own header', async () => {
  const { outcome, asked, form, message } = await sent({})
  expect(outcome).toEqual({ outcome: 'accepted', providerId: 'ee4a68a0-1203-4c85-8dc3-49d0b3226a35' })
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST https://api.gupshup.io/wa/api/v1/msg'])
  expect(asked[0]?.headers.get('apikey')).toBe('gs-key')
  expect(asked[0]?.headers.get('authorization')).toBeNull()
  expect(form).toMatchObject({ channel: 'whatsapp', source: '51911112222', destination: '51987654321', 'src.name': 'TiendaLima' })
  expect(message).toEqual({ type: 'text', text: 'Hola', previewUrl: true })
})

test("a partner's text goes to the partner's address with the app's token", async () => {
  const { asked, message } = await sent({}, aGupshupLine({ access: 'partner', apiKey: 'sk_123' }))
  expect(`${asked[0]?.url}`).toBe('https://partner.gupshup.io/partner/app/2fa1c7de-5a0b-4c7e-9a44-0d5b1c0e7f10/msg')
  expect(asked[0]?.headers.get('authorization')).toBe('sk_123')
  expect(asked[0]?.headers.get('apikey')).toBeNull()
  expect(message).toMatchObject({ type: 'text', text: 'Hola' })
})

test.each([
  ['image', 'image/jpeg', 'Mire', { type: 'image', originalUrl: LINK, previewUrl: LINK, caption: 'Mire' }],
  ['document', 'application/pdf', undefined, { type: 'file', url: LINK, filename: 'Factura.pdf', caption: '' }],
  ['audio', 'audio/mpeg', undefined, { type: 'audio', url: LINK }],
  ['voice', 'audio/ogg', undefined, { type: 'audio', url: LINK }],
  ['video', 'video/mp4', undefined, { type: 'video', url: LINK, caption: '' }],
] as const)('a file of kind %s goes as an address', async (kind, mime, text, expected) => {
  const { message, asked } = await sent({ kind, text, file: aFile(mime, 'Factura.pdf') })
  expect(message).toEqual(expected)
  expect(asked).toHaveLength(1)
})

test('a quoted message is named, in any kind', async () => {
  expect((await sent({ quoted: 'wamid.X' })).message).toMatchObject({ context: { msgId: 'wamid.X' } })
})

test("a template goes by Gupshup's own id, its picture beside it", async () => {
  const template = {
    name: 'pedido_listo',
    language: 'es',
    providerId: 'c6aecef6',
    params: ['Ana', 'A-123'],
    header: aFile('image/jpeg'),
  }
  const sentTemplate = await sent({ kind: 'template', text: undefined, template })
  expect(`${sentTemplate.asked[0]?.url}`).toBe('https://api.gupshup.io/wa/api/v1/template/msg')
  expect(sentTemplate.template).toEqual({ id: 'c6aecef6', params: ['Ana', 'A-123'] })
  expect(sentTemplate.message).toEqual({ type: 'image', image: { link: LINK } })
})

test("a template without Gupshup's id cannot be sent", async () => {
  const { outcome, asked } = await sent({ kind: 'template', template: { name: 'x', language: 'es', params: [] } })
  expect(outcome).toMatchObject({ outcome: 'refused', error: { code: 'template_not_found' } })
  expect(asked).toEqual([])
})

test('an answer in JSON under another name is read, and so is another word for success', async () => {
  const say = () =>
    new Response(JSON.stringify({ ...SUBMITTED, status: 'success' }), { status: 200, headers: { 'content-type': 'text/html' } })
  expect((await sent({}, aGupshupLine(), say)).outcome).toMatchObject({ outcome: 'accepted' })
})

test.each([
  [
    400,
    { status: 'error', message: 'Invalid Destination' },
    { outcome: 'refused', stopsChannel: false, error: { code: 'recipient_invalid' } },
  ],
  [
    400,
    { status: 'error', message: 'Invalid App Details' },
    { outcome: 'refused', stopsChannel: true, error: { code: 'app_mismatch' } },
  ],
  [
    400,
    { status: 'error', message: { code: 1003, text: 'low' } },
    { outcome: 'try_later', error: { providerCode: '1003', code: 'wallet_empty' } },
  ],
  [
    400,
    { status: 'error', message: 'Something new' },
    { outcome: 'refused', stopsChannel: false, error: { code: 'unknown_provider_error', detail: 'Something new' } },
  ],
  [
    401,
    { status: 'error', message: 'Authentication Failed' },
    { outcome: 'refused', stopsChannel: true, error: { code: 'token_invalid' } },
  ],
  [429, 'Too Many Requests', { outcome: 'try_later', afterMs: 30_000, error: { code: 'app_rate_limited' } }],
  [200, { status: 'error', message: 'Invalid Destination' }, { outcome: 'refused', error: { code: 'recipient_invalid' } }],
  [500, { status: 'error', message: 'Internal Error' }, { outcome: 'unknown', error: { code: 'answer_lost' } }],
  [523, 'error code: 523', { outcome: 'try_later', error: { code: 'provider_unreachable' } }],
])('an answer %i %j means what it says', async (status, body, expected) => {
  expect((await sent({}, aGupshupLine(), () => says(status, body))).outcome).toMatchObject(expected)
})

test('Gupshup says itself how long to wait, up to an hour', async () => {
  const wait = (seconds: string) => sent({}, aGupshupLine(), () => says(429, {}, { 'retry-after': seconds }))
  expect((await wait('7')).outcome).toMatchObject({ afterMs: 7000 })
  expect((await wait('99999')).outcome).toMatchObject({ afterMs: 3_600_000 })
})

test('reactions are given and taken away', async () => {
  const { wire, asked } = fakeWire(() => says(202, SUBMITTED))
  await gupshupChannel.react('wamid.X', '👍', { phone: '51987654321' }, aGupshupLine(), wire)
  await gupshupChannel.react('wamid.X', null, { phone: '51987654321' }, aGupshupLine(), wire)
  const sentReactions = asked.map(({ text }) => JSON.parse(new URLSearchParams(text).get('message') ?? ''))
  expect(sentReactions).toEqual([
    { type: 'reaction', msgId: 'wamid.X', emoji: '👍' },
    { type: 'reaction', msgId: 'wamid.X', emoji: '' },
  ])
})

test('a message is marked as read, each kind of access in its own way', async () => {
  const { wire, asked } = fakeWire(() => new Response(null, { status: 202 }))
  expect(await gupshupChannel.markRead('wamid.X=', true, aGupshupLine(), wire)).toEqual({
    outcome: 'accepted',
    providerId: 'wamid.X=',
  })
  await gupshupChannel.markRead('wamid.X=', false, aGupshupLine({ access: 'partner' }), wire)
  expect(asked.map(({ method, url, body }) => [method, url.pathname, body])).toEqual([
    ['PUT', '/wa/app/2fa1c7de-5a0b-4c7e-9a44-0d5b1c0e7f10/msg/wamid.X%3D/read', undefined],
    [
      'POST',
      '/partner/app/2fa1c7de-5a0b-4c7e-9a44-0d5b1c0e7f10/v3/message',
      { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.X=' },
    ],
  ])
})

test('health tells a good key from a wrong one, a wrong app and an absent provider', async () => {
  const health = (say: Say, line = aGupshupLine()) => gupshupChannel.health(line, fakeWire(say).wire)
  expect(await health(() => says(200, { status: 'success', templates: [] }))).toEqual({ ok: true, displayName: null })
  expect(await health(() => new Response('Unauthorized', { status: 401 }))).toMatchObject({
    ok: false,
    error: { code: 'token_invalid' },
  })
  expect(await health(() => says(400, { status: 'error', message: 'no such app' }))).toMatchObject({
    error: { code: 'app_mismatch' },
  })
  expect(await health(() => says(404, {}))).toMatchObject({ error: { code: 'app_mismatch' } })
  expect(await health(() => says(503, {}))).toMatchObject({ error: { code: 'provider_unreachable' } })
  const partner = aGupshupLine({ access: 'partner' })
  expect(
    await health(
      () => says(200, { status: 'success', wabaInfo: { verifiedName: 'Tienda Lima', canSendMessage: 'AVAILABLE' } }),
      partner,
    ),
  ).toEqual({ ok: true, displayName: 'Tienda Lima' })
  expect(await health(() => says(200, { wabaInfo: { canSendMessage: 'BLOCKED' } }), partner)).toMatchObject({
    error: { code: 'account_blocked' },
  })
})

test('a place, one card, and a sticker; two cards in one message are not taken', async () => {
  const location = { latitude: -2.9, longitude: -79, name: 'Oficina' }
  expect((await sent({ kind: 'location', location })).message).toEqual({ type: 'location', ...location, address: '' })
  const luis = { name: 'Luis', phones: ['+593991112233'], emails: [] }
  expect((await sent({ kind: 'contacts', contacts: [luis] })).message).toMatchObject({
    type: 'contact',
    contact: { name: { formattedName: 'Luis', firstName: 'Luis' }, phones: [{ phone: '+593991112233', wa_id: '593991112233' }] },
  })
  expect((await sent({ kind: 'sticker', file: aFile('image/webp') })).message).toEqual({ type: 'sticker', url: LINK })
  expect((await sent({ kind: 'contacts', contacts: [luis, luis] })).outcome).toMatchObject({
    outcome: 'refused',
    error: { code: 'kind_not_supported' },
  })
})
