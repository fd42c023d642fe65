/** What customers will see: built once, kept before it leaves, and the same bytes under the same id if it must leave again. */
import { Readable } from 'node:stream'
import { generateWAMessage } from 'baileys'
import type { AnyMessageContent, proto, SocketConfig, WASocket } from 'baileys'
import type { Ask, KeptMessage, SendOrder, To } from '#contract/session-node.ts'
import { bytesOf, messageIn } from './journal.ts'
import type { KeyKeeper } from './keys.ts'
import { LETTERS } from './content.rules.ts'
import type { Done } from './link.ts'

export type Sender = {
  socket: WASocket
  keys: KeyKeeper
  logger: SocketConfig['logger']
  token: string
  kept(waId: string): Promise<KeptMessage | null>
  past: { slice(sender: Sender, ask: Extract<Ask, { do: 'past' }>): Promise<Done> }
}

/** It will never leave: our failure code says why. */
export class Unsendable extends Error {
  readonly code: string
  constructor(code: string, detail: string) {
    super(detail)
    this.code = code
  }
}

const FILE_MS = 60_000
/** How a change to an earlier message is marked on its stanza. */
const EDIT_MARKS: Readonly<Record<string, string>> = { edit: '1', revoke: '7' }

/** LID first: people are known by it (reference/baileys.md §7.1). */
export function jidOf({ lid, phone }: To): string {
  return lid ? `${lid}@lid` : `${phone ?? ''}@s.whatsapp.net`
}

/** Sends an order under its id. Resolves when it has left; WhatsApp's own word comes later. */
export async function sendOrder(sender: Sender, id: string, order: SendOrder, again: boolean): Promise<void> {
  const { socket, keys, kept } = sender
  const jid = jidOf(order.to)
  const before = again ? await kept(id) : null
  const message = before ? messageIn(before.proto) : await built(sender, id, jid, order)
  // Stored before it leaves: sealing it waits until all of this is durable (socket.ts).
  if (!before) keys.add({ kept: [{ waId: id, jid, fromMe: true, proto: bytesOf(message) }], sends: [{ id, state: 'stored' }] })
  const edit = EDIT_MARKS[order.do]
  await socket.relayMessage(jid, message, { messageId: id, ...(edit && { additionalAttributes: { edit } }) })
}

async function built(sender: Sender, id: string, jid: string, order: SendOrder): Promise<proto.IMessage> {
  const { socket, logger } = sender
  const isMessage = order.do === 'message'
  const quoted = isMessage && order.quoted ? await quotedOf(sender, order.quoted) : undefined
  const ephemeralExpiration = isMessage ? order.ephemeral : undefined
  const options = {
    ...{ userJid: socket.user?.id ?? '', upload: socket.waUploadToServer, logger, messageId: id },
    ...(quoted && { quoted }),
    ...(ephemeralExpiration && { ephemeralExpiration }),
  }
  const { message } = await generateWAMessage(jid, await contentOf(sender, jid, order), options)
  if (!message) throw new Unsendable('message_malformed', 'the library made nothing of it')
  return message
}

async function contentOf(sender: Sender, jid: string, order: SendOrder): Promise<AnyMessageContent> {
  if (order.do === 'message') return wordsOf(sender, order)
  const target = await sender.kept(order.target)
  const key = { remoteJid: target?.jid ?? jid, fromMe: target?.fromMe ?? order.do !== 'react', id: order.target }
  if (order.do === 'react') return { react: { key, text: order.emoji ?? '' } }
  return order.do === 'edit' ? { edit: key, text: order.text } : { delete: key }
}

type Said = Extract<SendOrder, { do: 'message' }>

async function wordsOf(sender: Sender, said: Said): Promise<AnyMessageContent> {
  const content = await partOf(sender, said)
  if (!said.forwarded) return content
  return { ...content, contextInfo: { isForwarded: true, forwardingScore: 1 } }
}

async function partOf(sender: Sender, { kind, text, file, location, contacts }: Said): Promise<AnyMessageContent> {
  if (kind === 'text') return { text: text ?? '' }
  if (kind === 'location') return placeOf(location)
  if (kind === 'contacts') return peopleOf(contacts)
  if (!file) throw new Unsendable('message_malformed', 'a file is missing')
  const media = { stream: await bytesAt(file.url, sender.token) }
  const caption = text ? { caption: text } : {}
  switch (kind) {
    case 'image':
      return { image: media, mimetype: file.mime, ...caption }
    case 'video':
      return { video: media, mimetype: file.mime, ...caption }
    case 'voice':
      return { audio: media, ...soundOf(file) }
    case 'audio':
      return { audio: media, mimetype: file.mime, ...(file.sound && { seconds: Math.round(file.sound.seconds) }) }
    case 'sticker':
      return { sticker: media, mimetype: 'image/webp', width: 512, height: 512 }
    case 'document':
      return { document: media, mimetype: file.mime, fileName: file.name ?? 'documento', ...caption }
  }
}

/** A voice note as WhatsApp's own phones make it: OGG with Opus, its length, and its wave as 64 heights of 0 to 100. */
function soundOf({ mime, sound }: NonNullable<Said['file']>) {
  const mimetype = mime.startsWith('audio/ogg') ? 'audio/ogg; codecs=opus' : mime
  // Another form plays as a plain audio; as a voice note some phones play nothing.
  const ptt = mimetype.startsWith('audio/ogg')
  if (!sound) return { mimetype, ptt }
  const waveform = Uint8Array.from(sound.peaks, (letter) => Math.round((Math.max(0, LETTERS.indexOf(letter)) * 100) / 63))
  return { mimetype, ptt, seconds: Math.max(1, Math.round(sound.seconds)), ...(ptt && { waveform }) }
}

function placeOf(location: Said['location']): AnyMessageContent {
  if (!location) throw new Unsendable('message_malformed', 'a place is missing')
  const { latitude, longitude, name, address } = location
  return {
    location: { degreesLatitude: latitude, degreesLongitude: longitude, ...(name && { name }), ...(address && { address }) },
  }
}

function peopleOf(contacts: Said['contacts'] = []): AnyMessageContent {
  const [first] = contacts
  if (!first) throw new Unsendable('message_malformed', 'nobody to share')
  const displayName = contacts.length === 1 ? first.name : `${first.name} +${contacts.length - 1}`
  return { contacts: { displayName, contacts: contacts.map((one) => ({ displayName: one.name, vcard: vcardOf(one) })) } }
}

/** With `waid` the card has its own button to write to that number. */
function vcardOf({ name, phones, emails, org }: NonNullable<Said['contacts']>[number]): string {
  const plain = (words: string) => words.replaceAll(/[\r\n]+/g, ' ').replaceAll(/([\\;,])/g, String.raw`\$1`)
  return [
    ...['BEGIN:VCARD', 'VERSION:3.0', `N:;${plain(name)};;;`, `FN:${plain(name)}`],
    ...(org ? [`ORG:${plain(org)}`] : []),
    ...phones.map((phone) => `TEL;type=CELL;waid=${phone.replaceAll(/\D/g, '')}:${plain(phone)}`),
    ...emails.map((email) => `EMAIL;type=INTERNET:${plain(email)}`),
    'END:VCARD',
  ].join('\n')
}

/** The file of an order, read from the Worker as it is sealed: never whole in memory. One that is not there will not be there later either. */
async function bytesAt(url: string, token: string): Promise<Readable> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(FILE_MS) })
  if (response.status >= 400 && response.status < 500) throw new Unsendable('media_gone', `the file answers ${response.status}`)
  if (!response.ok || !response.body) throw new Error(`the file answers ${response.status}`)
  return Readable.fromWeb(response.body)
}

/** What is answered to; without it the words go all the same. */
async function quotedOf({ kept }: Sender, waId: string) {
  const found = await kept(waId)
  return found ? { key: { remoteJid: found.jid, fromMe: found.fromMe, id: waId }, message: messageIn(found.proto) } : undefined
}
