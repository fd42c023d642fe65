import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { identityTold, messageTold, missedCallTold, receiptTold, shellTold, whoIs } from './translate.rules.ts'
import type { Attrs } from './translate.rules.ts'

const NOW = 1_795_000_000_000
const ME = { phone: '593961234567', lid: '260038063001485' }
const FROM_ROSA: Attrs = {
  ...{
    id: '3A01',
    from: '298459173412992@lid',
    sender_pn: '593987654321@s.whatsapp.net',
    t: '1794999999',
    notify: 'Rosa Huamán',
  },
}
const ROSA = { lid: '298459173412992', phone: '593987654321' }
const told = (content: unknown, attrs: Attrs = FROM_ROSA) => messageTold(attrs, content, ME, NOW).map(({ event }) => event)
const FILE = { mimetype: 'image/jpeg', fileLength: { low: 2048, high: 0, unsigned: true }, fileSha256: new Uint8Array([1, 2, 3]) }

test('a customer’s words, with who it was under both names', () => {
  expect(messageTold(FROM_ROSA, { conversation: 'Buenas' }, ME, NOW)).toEqual([
    {
      name: 'message 3A01',
      event: {
        ...{ type: 'message', origin: 'customer', providerId: '3A01', customer: ROSA, at: 1_794_999_999_000 },
        ...{ profileName: 'Rosa Huamán', kind: 'text', text: 'Buenas' },
      },
    },
  ])
})

test.each([
  [
    'a picture with words',
    { imageMessage: { ...FILE, caption: 'mire' } },
    { kind: 'image', text: 'mire', media: { id: '3A01', mime: 'image/jpeg', size: 2048, sha256: 'AQID' } },
  ],
  [
    'a voice note',
    { audioMessage: { ptt: true, mimetype: 'audio/ogg; codecs=opus' } },
    { kind: 'voice', media: { id: '3A01', mime: 'audio/ogg; codecs=opus' } },
  ],
  ['a song', { audioMessage: {} }, { kind: 'audio', media: { mime: 'audio/mpeg' } }],
  [
    'a document in its wrapping',
    {
      documentWithCaptionMessage: {
        message: { documentMessage: { fileName: 'f.pdf', mimetype: 'application/pdf', caption: 'aquí' } },
      },
    },
    { kind: 'document', text: 'aquí', media: { name: 'f.pdf' } },
  ],
  [
    'a sticker that moves',
    { stickerMessage: { isAnimated: true } },
    { kind: 'sticker', media: { mime: 'image/webp', animated: true } },
  ],
  ['a video note', { ptvMessage: {} }, { kind: 'video' }],
  [
    'a place',
    { locationMessage: { degreesLatitude: -2.9, degreesLongitude: -79, name: 'Parque' } },
    { kind: 'location', extra: { location: { latitude: -2.9, longitude: -79, name: 'Parque' } } },
  ],
  [
    'a contact',
    {
      contactMessage: {
        displayName: 'Luis',
        vcard: 'BEGIN:VCARD\nFN:Luis\nORG:Acme;Ventas\nitem1.TEL;waid=593991112233:+593 99 111 2233\nEMAIL:l@a.ec\nEND:VCARD',
      },
    },
    {
      kind: 'contacts',
      extra: { contacts: [{ name: 'Luis', phones: ['+593 99 111 2233'], emails: ['l@a.ec'], org: 'Acme Ventas' }] },
    },
  ],
  ['words that vanish', { ephemeralMessage: { message: { extendedTextMessage: { text: 'ya' } } } }, { kind: 'text', text: 'ya' }],
  [
    'an answer',
    { extendedTextMessage: { text: 'sí', contextInfo: { stanzaId: '3EB0AA', isForwarded: true } } },
    { text: 'sí', quoted: '3EB0AA', extra: { forwarded: true } },
  ],
  [
    'an advertisement',
    {
      extendedTextMessage: {
        text: 'info',
        contextInfo: {
          externalAdReply: { title: 'Promo', sourceId: '12', sourceUrl: 'https://fb.me/x' },
          entryPointConversionSource: 'ctwa_ad',
        },
      },
    },
    { extra: { referral: { sourceType: 'ctwa_ad', sourceId: '12', headline: 'Promo' } } },
  ],
  [
    'a tapped button',
    { buttonsResponseMessage: { selectedButtonId: 'b1', selectedDisplayText: 'Sí' } },
    { kind: 'button_reply', text: 'Sí', extra: { reply: { id: 'b1' } } },
  ],
  [
    'a row of a list',
    { listResponseMessage: { title: 'Loja', singleSelectReply: { selectedRowId: 'r1' } } },
    { kind: 'list_reply', text: 'Loja', extra: { reply: { id: 'r1' } } },
  ],
  [
    'a poll',
    { pollCreationMessageV3: { name: '¿Cuándo?' }, messageContextInfo: {} },
    { kind: 'unsupported', extra: { unsupported: 'poll_creation' } },
  ],
  [
    'something to be seen once',
    { viewOnceMessageV2: { message: { imageMessage: {} } } },
    { kind: 'unsupported', extra: { unsupported: 'view_once' } },
  ],
])('%s', (_name, content, wanted) => {
  expect(told(content)).toMatchObject([wanted])
})

test('reactions, edits and deletions name what they are about', () => {
  const key = { id: '3EB0AA', fromMe: false }
  expect(told({ reactionMessage: { key, text: '👍' } })).toMatchObject([
    { type: 'reaction', origin: 'customer', target: '3EB0AA', emoji: '👍' },
  ])
  expect(told({ reactionMessage: { key, text: '' } })).toMatchObject([{ emoji: null }])
  const change = { key, type: 14, editedMessage: { conversation: 'a las 11' } }
  expect(told({ editedMessage: { message: { protocolMessage: change } } })).toMatchObject([
    { type: 'edit', target: '3EB0AA', text: 'a las 11' },
  ])
  expect(told({ protocolMessage: { key, type: 0 } })).toMatchObject([{ type: 'revoke', target: '3EB0AA', customer: ROSA }])
})

test('what was written on the number’s own phone is the business’s, said to the customer', () => {
  const attrs = {
    id: '3A02',
    from: '593961234567@s.whatsapp.net',
    recipient: '298459173412992@lid',
    peer_recipient_pn: '593987654321@s.whatsapp.net',
    t: '1794999999',
  }
  expect(told({ deviceSentMessage: { message: { conversation: 'le llamo' } } }, attrs)).toMatchObject([
    { type: 'message', origin: 'echo', customer: ROSA, text: 'le llamo' },
  ])
})

test('who is known by a phone alone, by a LID alone, or by a device of his', () => {
  expect([whoIs('593987654321:4@s.whatsapp.net'), whoIs('298459173412992:4@lid'), whoIs('12036@g.us'), whoIs(undefined)]).toEqual(
    [...[{ phone: '593987654321' }, { lid: '298459173412992' }, null, null]],
  )
})

test.each([
  ['a group', { conversation: 'hola' }, { ...FROM_ROSA, from: '120363000000000000@g.us', sender_pn: undefined }],
  ['a status', { conversation: 'hola' }, { ...FROM_ROSA, from: 'status@broadcast', sender_pn: undefined }],
  ['the phone to its own device', { protocolMessage: { historySyncNotification: {} } }, { ...FROM_ROSA, category: 'peer' }],
  [
    'a note to oneself',
    { deviceSentMessage: { message: { conversation: 'nota' } } },
    { id: '1', from: '593961234567@s.whatsapp.net', recipient: '593961234567@s.whatsapp.net' },
  ],
  ['keys', { senderKeyDistributionMessage: {}, messageContextInfo: {} }, FROM_ROSA],
  ['a setting of the account', { protocolMessage: { type: 9, key: { id: 'x' } } }, FROM_ROSA],
  ['a message without a name', { conversation: 'hola' }, { ...FROM_ROSA, id: undefined }],
])('%s is nobody’s message', (_name, content, attrs) => {
  expect(told(content, attrs)).toEqual([])
})

test('a shell without its words says so', () => {
  expect(shellTold(FROM_ROSA, undefined, ME, NOW)).toMatchObject([
    { event: { kind: 'unsupported', extra: { unsupported: 'waiting_for_phone' } } },
  ])
  expect(shellTold(FROM_ROSA, 'view_once', ME, NOW)).toMatchObject([{ event: { extra: { unsupported: 'view_once' } } }])
})

test('ticks of the customer count, receipts among our own devices do not', () => {
  const attrs = { id: 'A', from: '298459173412992@lid', t: '1794999999' }
  expect(receiptTold(attrs, ['B'], ME, NOW).map(({ name }) => name)).toEqual(['receipt delivered A', 'receipt delivered B'])
  expect(receiptTold({ ...attrs, type: 'read' }, [], ME, NOW)).toMatchObject([
    { event: { type: 'status', status: 'read', providerId: 'A' } },
  ])
  for (const type of ['retry', 'sender', 'inactive', 'server-error'])
    expect(receiptTold({ ...attrs, type }, [], ME, NOW)).toEqual([])
  expect(receiptTold({ ...attrs, from: '260038063001485@lid' }, [], ME, NOW)).toEqual([])
})

test('a call that rang out, and two names that are one person', () => {
  expect(
    missedCallTold({ id: 'C1', from: '298459173412992@lid', callerPn: '593987654321@s.whatsapp.net', isVideo: false, at: NOW }),
  ).toMatchObject([{ name: 'call C1', event: { kind: 'system', customer: ROSA, extra: { system: 'missed_call' } } }])
  expect(identityTold('298459173412992@lid', '593987654321@s.whatsapp.net', NOW)).toMatchObject([
    { event: { type: 'identity', before: { lid: ROSA.lid }, after: ROSA } },
  ])
})

test('a clock that is wrong does not pin a message to the end of its chat', () => {
  for (const t of ['9999999999', '0', 'soon', undefined])
    expect(told({ conversation: 'x' }, { ...FROM_ROSA, t })).toMatchObject([{ at: NOW }])
})

test('whatever comes, there is an answer, and it is plain data', () => {
  const names = fc.constantFrom(
    'conversation',
    'imageMessage',
    'protocolMessage',
    'reactionMessage',
    'ephemeralMessage',
    'message',
    'key',
    'contextInfo',
    'contactsArrayMessage',
    'contacts',
    'listResponseMessage',
    'locationMessage',
    'text',
    'type',
  )
  const content = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, fc.anything(), fc.string(), fc.integer(), tie('object')),
    object: fc.dictionary(names, tie('value'), { maxKeys: 4 }),
  })).object
  const attrs = fc.dictionary(
    fc.constantFrom('id', 'from', 't', 'recipient', 'sender_pn', 'type', 'category'),
    fc.oneof(fc.string(), fc.constantFrom('1@lid', '298459173412992@lid', '593961234567@s.whatsapp.net')),
  )
  fc.assert(
    fc.property(attrs, content, (head, body) => {
      for (const { event } of messageTold(head, body, ME, NOW)) expect(JSON.parse(JSON.stringify(event))).toEqual(event)
      receiptTold(head, [head.id], ME, NOW)
    }),
    { numRuns: 500 },
  )
})
