/** What customers will see: built once, kept before it leaves, and the same bytes under the same id if it must leave again. */
import { generateWAMessage } from 'baileys'
import type { AnyMessageContent, proto, SocketConfig, WASocket } from 'baileys'
import type { Ask, KeptMessage, SendOrder, To } from '#contract/session-node.ts'
import { bytesOf, messageIn } from './journal.ts'
import type { KeyKeeper } from './keys.ts'
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
  const content = await contentOf(sender, jid, order)
  const quoted = order.do === 'message' && order.quoted ? await quotedOf(sender, order.quoted) : undefined
  const options = { userJid: socket.user?.id ?? '', upload: socket.waUploadToServer, logger, messageId: id }
  const { message } = await generateWAMessage(jid, content, { ...options, ...(quoted && { quoted }) })
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

async function wordsOf(sender: Sender, { kind, text, file }: Extract<SendOrder, { do: 'message' }>): Promise<AnyMessageContent> {
  if (kind === 'text') return { text: text ?? '' }
  if (!file) throw new Unsendable('message_malformed', 'a file is missing')
  const bytes = await bytesAt(file.url, sender.token)
  const caption = text ? { caption: text } : {}
  switch (kind) {
    case 'image':
      return { image: bytes, mimetype: file.mime, ...caption }
    case 'video':
      return { video: bytes, mimetype: file.mime, ...caption }
    case 'voice':
      return { audio: bytes, mimetype: file.mime, ptt: true }
    case 'audio':
      return { audio: bytes, mimetype: file.mime }
    case 'document':
      return { document: bytes, mimetype: file.mime, fileName: file.name ?? 'documento', ...caption }
  }
}

/** The file of an order, read from the Worker. One that is not there will not be there later either. */
async function bytesAt(url: string, token: string): Promise<Buffer> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(FILE_MS) })
  if (response.status >= 400 && response.status < 500) throw new Unsendable('media_gone', `the file answers ${response.status}`)
  if (!response.ok) throw new Error(`the file answers ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

/** What is answered to; without it the words go all the same. */
async function quotedOf({ kept }: Sender, waId: string) {
  const found = await kept(waId)
  return found ? { key: { remoteJid: found.jid, fromMe: found.fromMe, id: waId }, message: messageIn(found.proto) } : undefined
}
