import { downloadMediaMessage, generateWAMessage, normalizeMessageContent } from 'baileys'
import type { AnyMessageContent } from 'baileys'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { quietLogger } from './quiet.ts'
import { aLinkedClient, aSimulator, SOON } from './testing.ts'
import type { TestSimulator } from './testing.ts'

let simulator: TestSimulator
beforeAll(async () => {
  simulator = await aSimulator()
})
vi.setConfig({ testTimeout: 20_000 })
afterAll(() => simulator[Symbol.asyncDispose]())

const ROSA = '593987654321'
const writes = (phone: string, to: string, more: object) =>
  simulator.control('POST', `/customers/${phone}/messages`, { to, customerName: 'Rosa Huamán', ...more })

test('a customer writes, the business answers, and each sees the other’s ticks', async () => {
  const number = '593961000010'
  const { client } = await aLinkedClient(simulator, number)
  const { id } = await writes(ROSA, number, { text: 'Buenas' })
  const message = await client.message(id)
  expect(message).toMatchObject({
    message: { conversation: 'Buenas' },
    pushName: 'Rosa Huamán',
    key: { remoteJidAlt: `${ROSA}@s.whatsapp.net` },
  })
  expect(message.key.remoteJid).toMatch(/@lid$/)
  const sent = await client.sock.sendMessage(message.key.remoteJid ?? '', { text: 'Hola Rosa' })
  await client.until(() =>
    client
      .of('messages.update')
      .flat()
      .find(({ key, update }) => key.id === sent?.key.id && update.status === 3),
  )
  await simulator.control('POST', `/customers/${ROSA}/read`, { number })
  await client.until(() =>
    client
      .of('messages.update')
      .flat()
      .find(({ key, update }) => key.id === sent?.key.id && update.status === 4),
  )
  await client.sock.readMessages([message.key])
  await expect
    .poll(async () => (await simulator.conversation(number, ROSA)).items.map(({ text, progress }) => [text, progress]), SOON)
    .toEqual([
      ['Buenas', 'read'],
      ['Hola Rosa', 'read'],
    ])
  await client.end()
})

test.each([
  ['image', 'imageMessage'],
  ['document', 'documentMessage'],
  ['voice', 'audioMessage'],
  ['location', 'locationMessage'],
  ['contacts', 'contactMessage'],
  ['unsupported', 'pollCreationMessageV3'],
])('a customer’s %s arrives with all that belongs to it', async (kind, field) => {
  const { client, number } = await theDesk()
  const { id } = await writes(ROSA, number, { kind, text: kind === 'image' ? 'mire' : undefined })
  const message = await client.message(id)
  const content = normalizeMessageContent(message.message)
  expect(Object.keys(content ?? {})).toContain(field)
  if (kind === 'image' || kind === 'voice' || kind === 'document') {
    const bytes = await downloadMediaMessage(
      message,
      'buffer',
      {},
      { logger: quietLogger, reuploadRequest: client.sock.updateMediaMessage },
    )
    expect(bytes.length).toBeGreaterThan(500)
  }
  if (kind === 'image') expect(content?.imageMessage?.caption).toBe('mire')
})

const VCARD = 'BEGIN:VCARD\nVERSION:3.0\nFN:Luis\nTEL;waid=593991112233:+593 99 111 2233\nEND:VCARD'
const SENT: [string, AnyMessageContent][] = [
  ['image', { image: Buffer.from('not really a picture'), caption: 'su factura', mimetype: 'image/png' }],
  ['document', { document: Buffer.from('%PDF-1.4'), fileName: 'factura.pdf', mimetype: 'application/pdf' }],
  ['voice', { audio: Buffer.from('OggS'), ptt: true, mimetype: 'audio/ogg; codecs=opus', seconds: 1 }],
  ['sticker', { sticker: Buffer.from('RIFF'), mimetype: 'image/webp' }],
  ['location', { location: { degreesLatitude: -2.9, degreesLongitude: -79, name: 'Parque' } }],
  ['contacts', { contacts: { displayName: 'Luis', contacts: [{ vcard: VCARD }] } }],
]

test.each(SENT)('the business’s %s is on the customer’s phone', async (kind, content) => {
  const { client, number, jid } = await theDesk()
  const message = await generateWAMessage(jid, content, {
    ...{ userJid: client.sock.user?.id ?? '', upload: client.sock.waUploadToServer, logger: quietLogger, jpegThumbnail: 'AAAA' },
  })
  await client.sock.relayMessage(jid, message.message ?? {}, { messageId: message.key.id ?? '' })
  const items = async () => (await simulator.conversation(number, ROSA)).items.find(({ id }) => id === message.key.id)?.kind
  await expect.poll(items, SOON).toEqual(kind)
})

test('quotes, reactions, edits and deletions go both ways', async () => {
  const { client, number, jid } = await theDesk()
  const { id } = await writes(ROSA, number, { text: 'el lunes' })
  const first = await client.message(id)
  const sent = await client.sock.sendMessage(jid, { text: '¿a qué hora?' }, { quoted: first })
  const { id: quoting } = await writes(ROSA, number, { text: 'a las 10', quoted: sent?.key.id })
  expect((await client.message(quoting)).message?.extendedTextMessage?.contextInfo?.stanzaId).toBe(sent?.key.id)
  await client.sock.sendMessage(jid, { react: { key: first.key, text: '👍' } })
  if (!sent) throw new Error('nothing was sent')
  await client.sock.sendMessage(jid, { edit: sent.key, text: '¿a qué hora exacta?' })
  await writes(ROSA, number, { kind: 'reaction', target: sent.key.id, emoji: '🙏' })
  await writes(ROSA, number, { kind: 'edit', target: id, text: 'el martes' })
  await client.until(() =>
    client
      .of('messages.reaction')
      .flat()
      .find(({ key, reaction }) => key.id === sent.key.id && key.fromMe && reaction.text === '🙏'),
  )
  await client.until(() =>
    client
      .of('messages.update')
      .flat()
      .find(({ key, update }) => key.id === id && update.message?.editedMessage?.message?.conversation === 'el martes'),
  )
  await expect
    .poll(
      async () =>
        (await simulator.conversation(number, ROSA)).items
          .filter((one) => one.id === id || one.id === sent.key.id)
          .map((one) => [one.text, one.reactionIn ?? one.reactionOut, one.quoted]),
      SOON,
    )
    .toEqual([
      ['el martes', '👍', null],
      ['¿a qué hora exacta?', '🙏', id],
    ])
  await client.sock.sendMessage(jid, { delete: sent.key })
  await writes(ROSA, number, { kind: 'revoke', target: id })
  await client.until(() =>
    client
      .of('messages.update')
      .flat()
      .find(({ key, update }) => key.id === id && update.message === null),
  )
  await expect
    .poll(
      async () => (await simulator.conversation(number, ROSA)).items.find((one) => one.id === sent.key.id)?.revokedAt !== null,
      SOON,
    )
    .toEqual(true)
})

test('both see the other type, and a call that nobody took is told as missed', async () => {
  const { client, number, jid } = await theDesk()
  await simulator.web('POST', `/people/${ROSA}/typing`, { number })
  await client.until(() =>
    client.of('presence.update').find(({ id, presences }) => id === jid && presences[jid]?.lastKnownPresence === 'composing'),
  )
  await client.sock.sendPresenceUpdate('composing', jid)
  await expect
    .poll(async () => (await simulator.received('&what=typing')).map(({ phone, text }) => [phone, text]), SOON)
    .toEqual([[ROSA, 'composing']])
  const { callId } = await simulator.web('POST', `/people/${ROSA}/call`, { number })
  await client.until(() =>
    client
      .of('call')
      .flat()
      .find(({ id, status }) => id === callId && status === 'timeout'),
  )
  await client.sock.rejectCall(String(callId), jid)
})

test('what the owner writes on the phone shows on the linked device as the business’s own', async () => {
  const { client, number, jid } = await theDesk()
  const { id } = await writes(ROSA, number, { kind: 'echo', text: 'le llamo luego' })
  const message = await client.message(id)
  expect(message).toMatchObject({ key: { fromMe: true, remoteJid: jid }, message: { conversation: 'le llamo luego' } })
})

/** One linked number for the tests that do not mind each other. */
const desk = { number: '593961000011', opened: null as null | ReturnType<typeof aLinkedClient> }

async function theDesk() {
  desk.opened ??= aLinkedClient(simulator, desk.number)
  const { client } = await desk.opened
  const { lid } = await simulator.web('PUT', `/people/${ROSA}`, {})
  return { client, number: desk.number, jid: `${String(lid)}@lid` }
}
