import { expect, test } from 'vitest'
import type { ChannelEvent } from '#contract/channel-event.ts'
import { describeChannel } from '../describe-channel.ts'
import { aGupshupLine } from '../fake-wire.ts'
import { gupshupChannel } from './gupshup-channel.ts'
import account from './samples/account.json' with { type: 'json' }
import inbound from './samples/inbound.json' with { type: 'json' }
import statuses from './samples/statuses.json' with { type: 'json' }
import third from './samples/third-format.json' with { type: 'json' }
import unknown from './samples/unknown.json' with { type: 'json' }

describeChannel(gupshupChannel, aGupshupLine(), { account, inbound, statuses, third, unknown })

const NOW = Date.UTC(2026, 10, 21, 12)
/** The id that the send returned, and the id that WhatsApp knows the same message by. */
const GS_ID = '853bab23-0963-42c7-8436-7fe4f5866c76'
const WHATSAPP_ID = 'gBEGkZkXRDmUAgl5FpzpjNgI5Co'

const bytesOf = (body: unknown) => new TextEncoder().encode(JSON.stringify(body))

function parsed(body: unknown) {
  const events = gupshupChannel.parse(bytesOf(body), NOW)
  if (typeof events === 'string') throw new Error(events)
  return events
}

/** The only event of a sample. */
function eventOf(body: unknown): ChannelEvent {
  const [first, ...more] = parsed(body)
  if (!first || more.length > 0) throw new Error('not one event')
  return first.event
}

test("the hook's own channel is meant, in both formats", () => {
  for (const body of [inbound.text, third.text, third.delivered, account.billing])
    expect(parsed(body)).toMatchObject([{ line: null }])
})

test.each([
  [
    'text',
    {
      kind: 'text',
      text: 'Hola, ¿tienen stock?',
      customer: { phone: '51987654321' },
      profileName: 'Ana Quispe',
      at: 1763700001_000,
    },
  ],
  ['text-of-a-user-name', { kind: 'text', customer: { bsuid: 'PE.9Zz8Yy7Xx6Ww' } }],
  [
    'image',
    {
      kind: 'image',
      text: 'Así llegó',
      media: { mime: 'image/jpeg', url: expect.stringContaining('https://filemanager.gupshup.io/') },
    },
  ],
  ['video', { kind: 'video', media: { mime: 'video/mp4' } }],
  ['voice', { kind: 'voice', media: { mime: 'audio/ogg; codecs=opus' } }],
  ['audio', { kind: 'audio', media: { mime: 'audio/mpeg' } }],
  ['document', { kind: 'document', media: { name: 'Cotización.pdf' } }],
  ['sticker', { kind: 'sticker' }],
  ['location', { kind: 'location', extra: { location: { latitude: -12.0464, longitude: -77.0428 } } }],
  ['contacts', { kind: 'contacts', extra: { contacts: [{ name: 'Luis Ramos', phones: ['+51 912345678'] }] } }],
  ['button-reply', { kind: 'button_reply', text: 'Ventas', extra: { reply: { id: 'ventas' } } }],
  ['list-reply', { kind: 'list_reply', text: 'Soporte', extra: { reply: { id: 'fila-2', description: 'De 9 a 18 h' } } }],
  ['template-button', { kind: 'button_reply', text: 'Confirmar', quoted: GS_ID, extra: { reply: { id: 'CONFIRMAR-A123' } } }],
  ['template-button-as-text', { kind: 'button_reply', text: 'Confirmar', quoted: GS_ID, extra: { reply: { id: 'Confirmar' } } }],
  ['quoted-reply', { kind: 'text', quoted: 'wamid.GS1001' }],
  ['forwarded', { kind: 'text', extra: { forwarded: true } }],
  ['from-an-advertisement', { kind: 'text', extra: { referral: { sourceType: 'ad', clickId: 'Aff-n8' } } }],
  ['order', { kind: 'order', extra: { order: { catalogId: '19', items: [{ quantity: 1, price: 30 }] } } }],
  ['unsupported', { kind: 'unsupported', extra: { unsupported: 'unsupported' } }],
] as const)('%s arrives as what it is', (name, expected) => {
  expect(eventOf(inbound[name])).toMatchObject({ type: 'message', origin: 'customer', ...expected })
})

test('the clock of the second format counts milliseconds, that of the third seconds', () => {
  expect(eventOf({ ...inbound.text, timestamp: 1763700001000 })).toMatchObject({ at: 1763700001000, atIsExact: true })
  expect(eventOf(third.text)).not.toHaveProperty('atIsExact')
})

test('a reaction is given and taken away', () => {
  expect(eventOf(inbound.reaction)).toMatchObject({ type: 'reaction', emoji: '👍', target: GS_ID })
  expect(eventOf(inbound['reaction-removed'])).toMatchObject({ type: 'reaction', emoji: null, target: 'wamid.GS1000' })
})

test.each([
  ['enqueued', { status: 'accepted', providerId: GS_ID, alias: WHATSAPP_ID }],
  [
    'sent',
    {
      status: 'sent',
      providerId: GS_ID,
      alias: WHATSAPP_ID,
      at: 1763701839_000,
      pricing: { category: 'utility', type: 'regular' },
    },
  ],
  ['delivered', { status: 'delivered', providerId: GS_ID, alias: WHATSAPP_ID, at: 1763701840_000 }],
  ['read', { status: 'read', providerId: GS_ID, alias: WHATSAPP_ID }],
  ['read-without-gs-id', { status: 'read', providerId: WHATSAPP_ID }],
  ['failed-before-whatsapp', { status: 'failed', providerId: GS_ID, error: { providerCode: '1003', code: 'wallet_empty' } }],
  [
    'failed-after-whatsapp',
    { status: 'failed', providerId: GS_ID, alias: WHATSAPP_ID, error: { providerCode: '131047', code: 'window_closed' } },
  ],
  ['failed-nobody-knows-how', { status: 'failed', providerId: GS_ID, error: { providerCode: '4002', code: 'answer_lost' } }],
] as const)('the status %s names our message', (name, expected) => {
  expect(eventOf(statuses[name])).toMatchObject({ type: 'status', customer: { phone: '51987654321' }, ...expected })
})

test('the third format gives the same statuses as the second', () => {
  expect(eventOf(third.enqueued)).toMatchObject({
    status: 'accepted',
    providerId: GS_ID,
    alias: 'wamid.HBgM',
    at: 1763701838_001,
  })
  expect(eventOf(third.delivered)).toMatchObject({
    status: 'delivered',
    providerId: GS_ID,
    alias: 'wamid.HBgM',
    pricing: { type: 'regular' },
  })
  expect(eventOf(third.failed)).toMatchObject({
    status: 'failed',
    providerId: GS_ID,
    alias: 'wamid.HBgM',
    error: { code: 'template_not_found' },
  })
})

test('the third format gives messages, files, forms and echoes', () => {
  expect(eventOf(third.text)).toMatchObject({ kind: 'text', customer: { phone: '51987654321', bsuid: 'PE.1A2b3C4d5E6f' } })
  expect(eventOf(third.image)).toMatchObject({
    kind: 'image',
    media: { id: '14795', url: expect.stringContaining('filemanager.gupshup.io') },
  })
  expect(eventOf(third['form-reply'])).toMatchObject({ kind: 'form_reply' })
  expect(eventOf(third.echo)).toMatchObject({ origin: 'echo', text: 'Desde mi teléfono' })
  expect(parsed(third.batch).map(({ event }) => event.type)).toEqual(['message', 'message', 'status'])
})

test('a message that the customer took back, and a number that WhatsApp writes otherwise', () => {
  expect(eventOf(statuses['deleted-by-the-customer'])).toMatchObject({
    type: 'revoke',
    target: 'wamid.GS1000',
    customer: { phone: '51987654321' },
  })
  expect(eventOf(statuses.mismatch)).toMatchObject({
    type: 'identity',
    before: { phone: '5581999887766' },
    after: { phone: '558199887766' },
  })
})

test('who stops advertising in WhatsApp is told by name', () => {
  expect(eventOf(account.preference)).toMatchObject({
    ...{ type: 'consent', purpose: 'marketing', state: 'out', how: 'stop' },
    customer: { phone: '51987654321', bsuid: 'PE.1A' },
  })
})

test.each([
  ['sandbox-start', 'user-event', 'info'],
  ['template-rejected', 'template-event', 'error'],
  ['template-quality', 'template-event', 'warn'],
  ['account-restricted', 'account-event', 'error'],
  ['docker-live', 'system-event', 'info'],
] as const)('%s is news of the account: %s, %s', (name, field, level) => {
  expect(eventOf(account[name])).toMatchObject({ type: 'account', field, level })
})

test('a bill is a status with a price, in both formats; one that names no message is news', () => {
  const bill = {
    type: 'status',
    isBill: true,
    status: 'sent',
    providerId: GS_ID,
    pricing: { category: 'utility', type: 'regular' },
  }
  expect(eventOf(account.billing)).toMatchObject({ ...bill, alias: WHATSAPP_ID, customer: { phone: '51987654321' } })
  expect(eventOf(account['third-format-billing'])).toMatchObject({ ...bill, pricing: { category: 'service', type: 'regular' } })
  const unbilled = { ...account.billing.payload, deductions: { type: 'regular', category: 'utility', billable: false } }
  expect(eventOf({ ...account.billing, payload: unbilled })).toMatchObject({ ...bill, pricing: { type: 'not_billable' } })
  expect(eventOf({ ...account.billing, payload: {} })).toMatchObject({ type: 'account', field: 'billing-event' })
})

test('news of a template tell which and what, by Gupshup’s own id', () => {
  const providerId = 'c6aecef6-bcb0-4fb1-8100-28c094e3bc6b'
  expect(eventOf(account['template-rejected'])).toMatchObject({
    template: { providerId, name: 'pedido_listo', language: 'es', status: 'rejected', reason: 'INVALID_FORMAT' },
  })
  expect(eventOf(account['template-quality'])).toMatchObject({ template: { providerId, quality: 'yellow' } })
})

test('a callback about another app is not ours, a renamed app still is', async () => {
  const line = aGupshupLine()
  const check = (body: unknown) => gupshupChannel.verify(bytesOf(body), new Headers(), line)
  expect(await check(inbound.text)).toEqual({ ok: true })
  expect(await check(third.text)).toEqual({ ok: true })
  expect(await check({})).toEqual({ ok: true })
  expect(await check({ ...inbound.text, app: 'OtraTienda' })).toEqual({ ok: false, reason: 'wrong_signature' })
  expect(await check({ ...third.text, gs_app_id: '00000000-0000-0000-0000-000000000000' })).toEqual({
    ok: false,
    reason: 'wrong_signature',
  })
  expect(await check({ ...inbound.text, app: 'NombreNuevo', appId: '2fa1c7de-5a0b-4c7e-9a44-0d5b1c0e7f10' })).toEqual({
    ok: true,
  })
})
