import { expect, test } from 'vitest'
import type { ChannelEvent } from '#contract/channel-event.ts'
import { describeChannel } from '../describe-channel.ts'
import { aMetaLine } from '../fake-wire.ts'
import { metaChannel } from './meta-channel.ts'
import account from './samples/account.json' with { type: 'json' }
import batches from './samples/batches.json' with { type: 'json' }
import echoes from './samples/echoes.json' with { type: 'json' }
import inbound from './samples/inbound.json' with { type: 'json' }
import statuses from './samples/statuses.json' with { type: 'json' }
import unknown from './samples/unknown.json' with { type: 'json' }

describeChannel(metaChannel, aMetaLine(), { account, batches, echoes, inbound, statuses, unknown })

const NOW = Date.UTC(2026, 10, 21, 12)
const PHONE_NUMBER_ID = '106540352242922'

function parsed(body: unknown) {
  const events = metaChannel.parse(new TextEncoder().encode(JSON.stringify(body)), NOW)
  if (typeof events === 'string') throw new Error(events)
  return events
}

/** The only event of a sample. */
function eventOf(body: unknown): ChannelEvent {
  const [first, ...more] = parsed(body)
  if (!first || more.length > 0) throw new Error('not one event')
  return first.event
}

test('a text says who wrote it, when, and to which number', () => {
  expect(parsed(inbound.text)).toMatchObject([
    {
      line: PHONE_NUMBER_ID,
      event: {
        type: 'message',
        origin: 'customer',
        kind: 'text',
        text: '¿Tienen en otro color? 😀',
        at: 1763700013_000,
        customer: { phone: '51987654321', bsuid: 'PE.1A2b3C4d5E6f' },
        profileName: 'Ana Quispe',
      },
    },
  ])
})

test('somebody with a user name and no phone is known by his user id alone', () => {
  expect(eventOf(inbound['text-of-a-user-name'])).toMatchObject({
    customer: { bsuid: 'PE.9Zz8Yy7Xx6Ww' },
    username: 'sheena.n',
    profileName: 'Sheena',
  })
})

test('a contact whose phone is written otherwise lends its name, not its phone', () => {
  expect(eventOf(inbound['text-of-brazil-with-another-digit'])).toMatchObject({
    customer: { phone: '5581999887766' },
    profileName: 'João',
  })
})

test.each([
  ['image', { kind: 'image', text: 'Así llegó', media: { id: '1479537139650973', mime: 'image/jpeg' } }],
  ['video', { kind: 'video', media: { id: '1166846181421424' } }],
  ['voice', { kind: 'voice', media: { mime: 'audio/ogg; codecs=opus' } }],
  ['audio', { kind: 'audio', media: { mime: 'audio/mpeg' } }],
  ['document', { kind: 'document', text: 'Revise por favor', media: { name: 'Cotización 0042.pdf' } }],
  ['sticker', { kind: 'sticker', media: { animated: true } }],
  ['location', { kind: 'location', extra: { location: { latitude: -12.0464, longitude: -77.0428, name: 'Plaza San Martín' } } }],
  [
    'contacts',
    {
      kind: 'contacts',
      extra: {
        contacts: [{ name: 'Luis Ramos', phones: ['+51 912 345 678'], emails: ['luis@example.com'], org: 'Ferretería Ramos' }],
      },
    },
  ],
  [
    'template-button',
    {
      kind: 'button_reply',
      text: 'Confirmar',
      quoted: 'wamid.HBgLNTE5ODc2NTQzMjEVAgARGBI5QTNDQTVC',
      extra: { reply: { id: 'CONFIRMAR-A123' } },
    },
  ],
  ['button-reply', { kind: 'button_reply', text: 'Ventas', extra: { reply: { id: 'ventas' } } }],
  ['list-reply', { kind: 'list_reply', text: 'Soporte técnico', extra: { reply: { id: 'fila-2', description: 'De 9 a 18 h' } } }],
  ['form-reply', { kind: 'form_reply', extra: { form: { name: 'flow', json: '{"flow_token":"ft-1","talla":"M"}' } } }],
  ['call-permission-reply', { kind: 'system', extra: { system: 'call_permission_given' } }],
  [
    'order',
    {
      kind: 'order',
      extra: {
        order: { catalogId: '194836987003835', items: [{ productId: 'di9ozbzfi4', quantity: 2, price: 30.5, currency: 'PEN' }] },
      },
    },
  ],
  ['quoted-reply', { kind: 'text', quoted: 'wamid.HBgLNTE5ODc2NTQzMjEVAgARGBI5QTNDQTVE' }],
  ['forwarded', { kind: 'text', extra: { forwarded: true } }],
  ['question-about-a-product', { kind: 'text', extra: { product: { catalogId: '194836987003835', productId: 'di9ozbzfi4' } } }],
  [
    'from-an-advertisement',
    {
      kind: 'text',
      extra: {
        referral: {
          sourceType: 'ad',
          sourceId: '120226305854810726',
          headline: 'Chatee con nosotros',
          clickId: 'Aff-n8ZTODiE79d22KtAwQKj9e',
        },
      },
    },
  ],
  ['identity-key-changed', { kind: 'system', extra: { system: 'customer_identity_changed' } }],
  ['first-visit', { kind: 'system', extra: { system: 'request_welcome' } }],
  [
    'unsupported',
    {
      kind: 'unsupported',
      extra: { unsupported: 'poll_creation' },
      error: { providerCode: '131051', code: 'message_unsupported' },
    },
  ],
  [
    'file-too-large',
    {
      kind: 'unsupported',
      extra: { unsupported: 'document' },
      error: { code: 'media_download_failed', detail: 'File is larger than 100 MB' },
    },
  ],
  ['type-of-next-year', { kind: 'unsupported', extra: { unsupported: 'hologram' } }],
] as const)('%s arrives as what it is', (name, expected) => {
  expect(eventOf(inbound[name])).toMatchObject({ type: 'message', origin: 'customer', ...expected })
})

test('a reaction is given and taken away', () => {
  expect(eventOf(inbound.reaction)).toMatchObject({
    type: 'reaction',
    emoji: '👍🏽',
    target: 'wamid.HBgLNTE5ODc2NTQzMjEVAgARGBI5QTNDQTVC',
  })
  expect(eventOf(inbound['reaction-removed'])).toMatchObject({ type: 'reaction', emoji: null })
})

test('a message is edited and taken back', () => {
  expect(eventOf(inbound.edited)).toMatchObject({
    type: 'edit',
    target: 'wamid.HBgLNTE5ODc2NTQzMjEVAgASGBQzQTc5',
    text: 'Quise decir azul',
  })
  expect(eventOf(inbound.deleted)).toMatchObject({ type: 'revoke', target: 'wamid.HBgLNTE5ODc2NTQzMjEVAgASGBQzQTc5' })
})

test('a changed number and a changed user id name who it was and who it is', () => {
  expect(eventOf(inbound['number-changed'])).toMatchObject({
    type: 'identity',
    before: { phone: '51987654321', bsuid: 'PE.1A2b3C4d5E6f' },
    after: { phone: '51911112222', bsuid: 'PE.new1' },
  })
  expect(eventOf(inbound['user-id-changed'])).toMatchObject({
    type: 'identity',
    before: { bsuid: 'PE.new1' },
    after: { bsuid: 'PE.new2' },
  })
})

test.each(['sent', 'delivered', 'read', 'played'] as const)('the status %s names our message by both ids', (status) => {
  expect(eventOf(statuses[status])).toMatchObject({
    type: 'status',
    status,
    providerId: 'wamid.HBgLNTE5ODc2NTQzMjEVAgARGBI5QTNDQTVC',
    messageId: '019aa5d0-7c00-7000-8000-00000000a123',
    customer: { phone: '51987654321' },
    at: 1763701773_000,
  })
})

test('a failure brings our code, the provider’s and its words', () => {
  expect(eventOf(statuses['failed-window-closed'])).toMatchObject({
    status: 'failed',
    error: { providerCode: '131047', code: 'window_closed', detail: expect.stringContaining('24 hours') },
  })
  expect(eventOf(statuses['failed-without-a-reason'])).toMatchObject({ error: { code: 'unknown_provider_error' } })
})

test('the price comes with the status that carries it', () => {
  expect(eventOf(statuses.sent)).toMatchObject({ pricing: { category: 'utility', type: 'regular' } })
  expect(eventOf(statuses['sent-in-a-free-conversation'])).toMatchObject({
    pricing: { category: 'service', type: 'free_customer_service' },
  })
})

test('callback data that is no id of ours is left out', () => {
  expect(eventOf(statuses['of-somebody-elses-send'])).not.toHaveProperty('messageId')
})

test('what the business writes on its own phone is an echo to the customer', () => {
  expect(eventOf(echoes.text)).toMatchObject({
    type: 'message',
    origin: 'echo',
    customer: { phone: '51987654321' },
    text: 'Le escribo desde mi teléfono',
  })
  expect(eventOf(echoes.reaction)).toMatchObject({ type: 'reaction', origin: 'echo', emoji: '❤️' })
  expect(eventOf(echoes['to-a-user-id'])).toMatchObject({ origin: 'echo', customer: { bsuid: 'PE.9Zz8Yy7Xx6Ww' } })
  expect(eventOf(echoes.deleted)).toMatchObject({ type: 'revoke' })
})

test.each([
  ['template-approved', 'message_template_status_update', 'info'],
  ['template-rejected', 'message_template_status_update', 'error'],
  ['template-paused', 'message_template_status_update', 'warn'],
  ['template-quality-under-the-name-of-status', 'message_template_quality_update', 'warn'],
  ['number-name', 'phone_number_name_update', 'error'],
  ['account-disabled', 'account_update', 'error'],
  ['partner-removed', 'account_update', 'error'],
  ['account-alert', 'account_alerts', 'warn'],
  ['pin-changed', 'security', 'warn'],
  ['app-error', 'errors', 'error'],
] as const)('%s is news of the account: %s, %s', (name, field, level) => {
  expect(eventOf(account[name])).toMatchObject({ type: 'account', field, level, raw: { entry: '102290129340398' } })
})

test('who stops advertising in WhatsApp is told by name', () => {
  expect(eventOf(account['marketing-stopped'])).toMatchObject({
    ...{ type: 'consent', purpose: 'marketing', state: 'out', how: 'stop', at: 1_763_702_100_000 },
    customer: { phone: '51987654321', bsuid: 'PE.1A2b3C4d5E6f' },
  })
})

test.each([
  ['template-approved', { providerId: '1689556908129832', name: 'pedido_listo', language: 'es', status: 'approved' }],
  ['template-rejected', { status: 'rejected', reason: 'INVALID_FORMAT. Variables. Add samples' }],
  ['template-paused', { status: 'paused', reason: 'Paused for 3 hours' }],
  ['template-quality-under-the-name-of-status', { providerId: '1689556908129832', quality: 'yellow' }],
] as const)('%s tells what has become of the template', (name, template) => {
  expect(eventOf(account[name])).toMatchObject({ type: 'account', template })
})

test('a quality has no status, and news of a number are news of no template', () => {
  expect(eventOf(account['template-quality-under-the-name-of-status'])).not.toHaveProperty('template.status')
  expect(eventOf(account['number-name'])).not.toHaveProperty('template')
})

test('a batch of several numbers, messages and statuses comes out whole and in order', () => {
  const events = parsed(batches['two-numbers-messages-and-statuses'])
  expect(events.map(({ line, event }) => [line, event.type === 'message' ? event.text : event.type])).toEqual([
    [PHONE_NUMBER_ID, 'uno'],
    [PHONE_NUMBER_ID, 'dos'],
    [PHONE_NUMBER_ID, 'status'],
    [PHONE_NUMBER_ID, 'status'],
    [PHONE_NUMBER_ID, 'status'],
    ['206540352242922', 'tres'],
  ])
  expect(events.map(({ event }) => ('profileName' in event ? event.profileName : null)).slice(0, 2)).toEqual([
    'Ana Quispe',
    'Luis',
  ])
})

test('a bad item never costs its neighbours', () => {
  const events = parsed(batches['a-bad-item-between-good-ones'])
  expect(events.map(({ event }) => event.type)).toEqual(['message', 'unknown', 'unknown', 'unknown', 'message'])
})

test('messages that name no number are kept, and given to nobody', () => {
  expect(parsed(unknown['message-of-no-number'])).toMatchObject([{ line: null, event: { type: 'unknown', field: 'messages' } }])
})

test('a thousand messages are read, and who sends more is told that there were more', () => {
  const message = (index: number) => ({
    from: '51987654321',
    id: `wamid.${index}`,
    timestamp: '1763700000',
    type: 'text',
    text: { body: 'x' },
  })
  const many = (count: number) => ({
    entry: [
      {
        changes: [
          {
            field: 'messages',
            value: {
              metadata: { phone_number_id: '106' },
              messages: Array.from({ length: count }, (_, index) => message(index)),
            },
          },
        ],
      },
    ],
  })
  expect(parsed(many(1000)).filter(({ event }) => event.type === 'message')).toHaveLength(1000)
  const events = parsed(many(1200))
  expect(events).toHaveLength(1001)
  expect(events.at(-1)?.event).toMatchObject({ type: 'unknown', field: 'overflow' })
})

test('names and file names lose what could mislead, words keep their lines', () => {
  const body = structuredClone(inbound.document)
  const value = body.entry[0]?.changes[0]?.value
  const [message, contact] = [value?.messages[0], value?.contacts[0]]
  if (!message || !contact) throw new Error('sample')
  contact.profile.name = 'Ana\u202E\u0007 \n Quispe\u2066'
  message.document.filename = 'factura\u202Egpj.exe'
  message.document.caption = 'uno\r\ndos\u0000'
  expect(eventOf(body)).toMatchObject({ profileName: 'Ana Quispe', text: 'uno\ndos', media: { name: 'facturagpj.exe' } })
})

test.each([
  ['milliseconds', '1763700013000', 1763700013000],
  ['the year 2099', '4070908800', NOW],
  ['before WhatsApp', '5', NOW],
  ['nonsense', 'ayer', NOW],
])('a time in %s is read as an instant', (_what, timestamp, at) => {
  const body = structuredClone(inbound.text)
  const message = body.entry[0]?.changes[0]?.value.messages[0]
  if (!message) throw new Error('sample')
  message.timestamp = timestamp
  expect(eventOf(body).at).toBe(at)
})

test('among several people the user id decides whose name it is, and the message whose phone', () => {
  const contacts = [
    { profile: { name: 'Luis' }, wa_id: '51987654321', user_id: 'PE.luis' },
    { profile: { name: 'Ana' }, wa_id: '5187654321', user_id: 'PE.ana' },
  ]
  const message = {
    from: '51987654321',
    from_user_id: 'PE.ana',
    id: 'wamid.1',
    timestamp: '1763700000',
    type: 'text',
    text: { body: 'x' },
  }
  const value = { metadata: { phone_number_id: PHONE_NUMBER_ID }, contacts, messages: [message] }
  expect(eventOf({ entry: [{ changes: [{ field: 'messages', value }] }] })).toMatchObject({
    profileName: 'Ana',
    customer: { phone: '51987654321', bsuid: 'PE.ana' },
  })
})

test("a call's status is never taken for a message's", () => {
  const status = { id: 'wacid.1', type: 'call', status: 'accepted', timestamp: '1763700000', recipient_id: '51987654321' }
  const value = { metadata: { phone_number_id: PHONE_NUMBER_ID }, statuses: [status] }
  expect(eventOf({ entry: [{ changes: [{ field: 'messages', value }] }] })).toMatchObject({ type: 'unknown', field: 'statuses' })
})
