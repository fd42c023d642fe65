import { expect, test } from 'vitest'
import type { Outgoing } from '../channel.ts'
import { aFile, aMetaLine, fakeWire, fetchFailed, says } from '../fake-wire.ts'
import type { Asked, Say } from '../fake-wire.ts'
import { metaChannel } from './meta-channel.ts'

const MESSAGE_ID = '019aa5d0-7c00-7000-8000-00000000a123'
const TEXT: Outgoing = { messageId: MESSAGE_ID, to: { phone: '51987654321' }, kind: 'text', text: 'Hola' }
const TAKEN = {
  messaging_product: 'whatsapp',
  contacts: [{ input: '+51987654321', wa_id: '51987654321' }],
  messages: [{ id: 'wamid.NEW' }],
}
const MESSAGES = 'https://graph.facebook.com/v25.0/106540352242922/messages'
const MEDIA = 'https://graph.facebook.com/v25.0/106540352242922/media'

/** Graph takes everything: uploads get an id, messages a wamid. */
const graphTakes: Say = ({ url }) => says(200, url.pathname.endsWith('/media') ? { id: '4711' } : TAKEN)

async function sent(message: Partial<Outgoing>, say: Say = graphTakes) {
  const { wire, asked } = fakeWire(say)
  const outcome = await metaChannel.send({ ...TEXT, ...message }, aMetaLine(), wire)
  return { outcome, asked, body: asked.at(-1)?.body }
}

const addresses = (asked: Asked[]) => asked.map(({ url }) => `${url}`)
const graphSays =
  (status: number, error: object, headers = {}) =>
  () =>
    says(status, { error }, headers)

test('a text goes with a plus, our own id and the token in its header', async () => {
  const { outcome, asked, body } = await sent({})
  expect(outcome).toEqual({ outcome: 'accepted', providerId: 'wamid.NEW' })
  expect(addresses(asked)).toEqual([MESSAGES])
  expect(asked[0]?.headers.get('authorization')).toBe('Bearer EAAG-token')
  expect(body).toEqual({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: '+51987654321',
    type: 'text',
    text: { body: 'Hola', preview_url: true },
    biz_opaque_callback_data: MESSAGE_ID,
  })
})

test('somebody without a phone is written to by his user id', async () => {
  const { body } = await sent({ to: { bsuid: 'PE.1A2b' } })
  expect(body).toMatchObject({ recipient: 'PE.1A2b' })
  expect(body).not.toHaveProperty('to')
})

test('an answer quotes the message that it answers', async () => {
  expect((await sent({ quoted: 'wamid.OLD' })).body).toMatchObject({ context: { message_id: 'wamid.OLD' } })
})

test.each([
  ['image', 'image/jpeg', 'Mire', { type: 'image', image: { id: '4711', caption: 'Mire' } }],
  ['document', 'application/pdf', undefined, { type: 'document', document: { id: '4711', filename: 'Factura.pdf' } }],
  ['audio', 'audio/mpeg', undefined, { type: 'audio', audio: { id: '4711' } }],
  ['voice', 'audio/ogg', undefined, { type: 'audio', audio: { id: '4711', voice: true } }],
  ['voice', 'audio/mp4', undefined, { type: 'audio', audio: { id: '4711' } }],
  ['video', 'video/mp4', undefined, { type: 'video', video: { id: '4711' } }],
] as const)('a file of kind %s (%s) is uploaded, then sent by its id', async (kind, mime, text, expected) => {
  const { asked, body } = await sent({ kind, text, file: aFile(mime, 'Factura.pdf') })
  expect(addresses(asked)).toEqual([MEDIA, MESSAGES])
  expect(body).toMatchObject(expected)
  const form = asked[0]?.form
  expect(form?.get('messaging_product')).toBe('whatsapp')
  expect(form?.get('type')).toBe(mime)
  expect(form?.get('file')).toMatchObject({ name: 'Factura.pdf', type: mime, size: 3 })
})

test('a template goes with its language, its picture and its words in order', async () => {
  const template = { name: 'pedido_listo', language: 'es', params: ['Ana', 'A-123'], header: aFile('image/png') }
  const { body } = await sent({ kind: 'template', text: undefined, template })
  expect(body).toMatchObject({
    type: 'template',
    template: {
      name: 'pedido_listo',
      language: { code: 'es', policy: 'deterministic' },
      components: [
        { type: 'header', parameters: [{ type: 'image', image: { id: '4711' } }] },
        {
          type: 'body',
          parameters: [
            { type: 'text', text: 'Ana' },
            { type: 'text', text: 'A-123' },
          ],
        },
      ],
    },
  })
})

test('a template without variables has no components', async () => {
  const { body } = await sent({ kind: 'template', template: { name: 'hola', language: 'es', params: [] } })
  expect(body).toMatchObject({ template: { components: [] } })
})

test('reactions are given and taken away', async () => {
  const { wire, asked } = fakeWire(graphTakes)
  await metaChannel.react('wamid.X', '👍', { phone: '51987654321' }, aMetaLine(), wire)
  await metaChannel.react('wamid.X', null, { phone: '51987654321' }, aMetaLine(), wire)
  const to = { messaging_product: 'whatsapp', recipient_type: 'individual', to: '+51987654321', type: 'reaction' }
  expect(asked.map(({ body }) => body)).toEqual([
    { ...to, reaction: { message_id: 'wamid.X', emoji: '👍' } },
    { ...to, reaction: { message_id: 'wamid.X', emoji: '' } },
  ])
})

test('marking as read shows "typing" only when somebody types', async () => {
  const { wire, asked } = fakeWire(() => says(200, { success: true }))
  expect(await metaChannel.markRead('wamid.X', true, aMetaLine(), wire)).toEqual({ outcome: 'accepted', providerId: 'wamid.X' })
  await metaChannel.markRead('wamid.X', false, aMetaLine(), wire)
  expect(asked.map(({ body }) => body)).toEqual([
    { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.X', typing_indicator: { type: 'text' } },
    { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.X' },
  ])
})

test.each([
  [401, { code: 190 }, { outcome: 'refused', stopsChannel: true, error: { providerCode: '190', code: 'token_invalid' } }],
  [403, { code: 10 }, { outcome: 'refused', stopsChannel: true, error: { code: 'permission_missing' } }],
  [
    400,
    { code: 131009, message: 'Parameter value is not valid' },
    { outcome: 'refused', stopsChannel: false, error: { code: 'message_malformed', detail: 'Parameter value is not valid' } },
  ],
  [400, { code: 131047 }, { outcome: 'refused', stopsChannel: false, error: { code: 'window_closed' } }],
  [400, { code: 131042 }, { outcome: 'refused', stopsChannel: false, error: { code: 'billing_problem' } }],
  [429, { code: 130429 }, { outcome: 'try_later', afterMs: 5000, error: { code: 'number_rate_limited' } }],
  [400, { code: 131056 }, { outcome: 'try_later', afterMs: 6000, error: { code: 'pair_rate_limited' } }],
  [400, { code: 4 }, { outcome: 'try_later', afterMs: 60_000, error: { code: 'app_rate_limited' } }],
  [503, { code: 2, is_transient: true }, { outcome: 'try_later', error: { code: 'provider_unavailable' } }],
  [500, { code: 131000 }, { outcome: 'try_later', error: { code: 'provider_unavailable' } }],
  [500, { code: 131016 }, { outcome: 'try_later', error: { code: 'provider_unavailable' } }],
  [503, { code: 133004 }, { outcome: 'try_later', error: { code: 'provider_unavailable' } }],
  // "Unknown error": Meta does not know how far it came, and neither do we.
  [500, { code: 1, is_transient: true }, { outcome: 'unknown', error: { code: 'answer_lost' } }],
  [500, { code: 777777, is_transient: true }, { outcome: 'unknown', error: { code: 'answer_lost' } }],
  [
    400,
    { code: 777777, is_transient: true },
    { outcome: 'try_later', error: { providerCode: '777777', code: 'provider_unavailable' } },
  ],
  [
    400,
    { code: 777777 },
    { outcome: 'refused', stopsChannel: false, error: { providerCode: '777777', code: 'unknown_provider_error' } },
  ],
])('Graph says %i %j', async (status, error, expected) => {
  expect((await sent({}, graphSays(status, error))).outcome).toMatchObject(expected)
})

test.each([
  [401, { outcome: 'refused', stopsChannel: true, error: { code: 'token_invalid' } }],
  [404, { outcome: 'refused', stopsChannel: false, error: { code: 'unknown_provider_error', providerCode: 'http_404' } }],
  [408, { outcome: 'unknown' }],
  [429, { outcome: 'try_later', error: { code: 'app_rate_limited' } }],
  [521, { outcome: 'try_later', error: { code: 'provider_unreachable' } }],
  [522, { outcome: 'unknown' }],
])('a bare %i', async (status, expected) => {
  expect((await sent({}, () => new Response('', { status }))).outcome).toMatchObject(expected)
})

test('Graph says itself how long to wait', async () => {
  expect((await sent({}, graphSays(429, { code: 130429 }, { 'retry-after': '17' }))).outcome).toMatchObject({ afterMs: 17_000 })
})

test('an upload whose answer is lost may be tried again: the message has not left', async () => {
  const file = aFile('image/jpeg')
  for (const say of [() => new Response('', { status: 502 }), () => Promise.reject(fetchFailed())]) {
    const { outcome, asked } = await sent({ kind: 'image', file }, say)
    expect(outcome).toMatchObject({ outcome: 'try_later', error: { code: 'provider_unavailable' } })
    expect(addresses(asked)).toEqual([MEDIA])
  }
})

test('a file that Meta refuses refuses the message, with the reason', async () => {
  const { outcome } = await sent(
    { kind: 'image', file: aFile('image/jpeg') },
    graphSays(400, { code: 131053, error_data: { details: 'not an image' } }),
  )
  expect(outcome).toMatchObject({ outcome: 'refused', error: { code: 'media_upload_failed', detail: 'not an image' } })
})

test('a token that no header can carry never leaves', async () => {
  const { wire, asked } = fakeWire(graphTakes)
  const outcome = await metaChannel.send(TEXT, aMetaLine({ accessToken: 'line\nbreak' }), wire)
  expect(outcome).toMatchObject({ outcome: 'try_later', error: { code: 'provider_unreachable' } })
  expect(asked).toEqual([])
})

test('no answer and no outcome ever repeats the token', async () => {
  const says500 = () => new Response('EAAG-token is bad', { status: 500 })
  for (const say of [says500, () => Promise.reject(new Error('cannot reach with EAAG-token'))]) {
    expect(JSON.stringify((await sent({}, say)).outcome)).not.toContain('EAAG-token')
  }
})

test('health tells a connected number from one that cannot send', async () => {
  const health = (say: Say) => metaChannel.health(aMetaLine(), fakeWire(say).wire)
  expect(await health(() => says(200, { verified_name: 'Tienda Lima', status: 'CONNECTED' }))).toEqual({
    ok: true,
    displayName: 'Tienda Lima',
  })
  expect(await health(() => says(200, { verified_name: 'Tienda', status: 'BANNED' }))).toMatchObject({
    ok: false,
    error: { providerCode: 'BANNED', code: 'account_blocked' },
  })
  expect(await health(() => says(200, { status: 'DISCONNECTED' }))).toMatchObject({
    ok: false,
    error: { code: 'number_not_connected' },
  })
  expect(await health(graphSays(401, { code: 190 }))).toMatchObject({ ok: false, error: { code: 'token_invalid' } })
  expect(await health(() => new Response('', { status: 502 }))).toMatchObject({
    ok: false,
    error: { code: 'provider_unreachable' },
  })
})

test('a place, somebody’s card and a sticker', async () => {
  const location = { latitude: -2.9, longitude: -79, name: 'Oficina' }
  expect((await sent({ kind: 'location', text: undefined, location })).body).toMatchObject({ type: 'location', location })
  const luis = { name: 'Luis Zamora', phones: ['+593 99 111 2233'], emails: [], org: 'Estudio' }
  expect((await sent({ kind: 'contacts', text: undefined, contacts: [luis] })).body).toMatchObject({
    type: 'contacts',
    contacts: [
      {
        name: { formatted_name: 'Luis Zamora', first_name: 'Luis Zamora' },
        phones: [{ phone: '+593 99 111 2233', wa_id: '593991112233' }],
        org: { company: 'Estudio' },
      },
    ],
  })
  const file = aFile('image/webp')
  expect((await sent({ kind: 'sticker', text: undefined, file })).body).toMatchObject({
    type: 'sticker',
    sticker: { id: '4711' },
  })
})
