/** The number's own phone: it gives a new device its chats, and answers what devices ask of it. */
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { aesEncryptGCM, hkdf, proto, toNumber } from 'baileys'
import type { Conversation, SimMessage } from '../model.ts'
import { keyShareOf } from './address-book.ts'
import { contentOf, uploadAgain } from './content-out.ts'
import type { Device } from './devices.ts'
import { childOf, node } from './nodes.ts'
import type { Node } from './nodes.ts'
import { addressOf, lidJidOf, pnOf } from './people.ts'
import { deliver } from './service.ts'
import type { Service } from './service.ts'
import { makeMessageId, sayTo } from './to-client.ts'

const { HistorySyncType } = proto.HistorySync
const { ProtocolMessage, PeerDataOperationRequestType } = proto.Message
const packed = promisify(deflate)
/** Messages of each chat that come at once; the rest follows in pieces. */
const FIRST_OF_EACH_CHAT = 10
const PIECE = 200
/** What is older stays on the phone until a device asks for it. */
const RECENT_MS = 365 * 24 * 3600_000

type Chat = { conversation: Conversation; messages: SimMessage[] }
type Piece = { type: proto.HistorySync.HistorySyncType; chats: Chat[]; progress: number; request?: string }

/** The chats of before the link, once for each device: the newest words of each, everybody's names, and then the rest. */
export async function sendHistory(service: Service, device: Device): Promise<void> {
  const done = service.shelf.drawer<true>('history-sent')
  const name = `${device.phone}:${device.index}`
  if (done.get(name)) return
  done.put(name, true)
  const keys = keyShareOf(service, device.phone)
  if (keys) await tellDevice(service, device, keys)
  const chats = chatsOf(service, device.phone, ({ at }) => at < device.linkedAt && at > device.linkedAt - RECENT_MS)
  const first = chats.map((chat) => ({ ...chat, messages: chat.messages.slice(-FIRST_OF_EACH_CHAT) }))
  await sendPiece(service, device, { type: HistorySyncType.INITIAL_BOOTSTRAP, chats: first, progress: 100 })
  await sendPiece(service, device, { type: HistorySyncType.PUSH_NAME, chats, progress: 100 })
  const pieces = inPieces(chats)
  for (const [at, piece] of pieces.entries())
    await sendPiece(service, device, {
      type: HistorySyncType.RECENT,
      chats: piece,
      progress: Math.round(((at + 1) * 100) / pieces.length),
    })
}

/** The older messages of all chats, a few hundred at a time; one empty piece when there is none. */
function inPieces(chats: readonly Chat[]): Chat[][] {
  const older = chats.flatMap(({ conversation, messages }) =>
    messages.slice(0, -FIRST_OF_EACH_CHAT).map((message) => ({ conversation, message })),
  )
  const pieces: Chat[][] = []
  for (let at = 0; at < Math.max(1, older.length); at += PIECE) {
    const chatsOfPiece = new Map<Conversation, SimMessage[]>()
    for (const { conversation, message } of older.slice(at, at + PIECE))
      chatsOfPiece.set(conversation, [...(chatsOfPiece.get(conversation) ?? []), message])
    pieces.push([...chatsOfPiece].map(([conversation, messages]) => ({ conversation, messages })))
  }
  return pieces
}

function chatsOf({ sim }: Service, phone: string, fits: (message: SimMessage) => boolean): Chat[] {
  const chats: Chat[] = []
  for (const conversation of sim.world.conversations.values()) {
    if (conversation.numberId !== phone) continue
    const messages = conversation.messageIds.flatMap((id) => sim.world.messages.get(id) ?? []).filter(fits)
    messages.sort((one, other) => one.at - other.at)
    if (messages.length > 0) chats.push({ conversation, messages })
  }
  return chats
}

async function sendPiece(service: Service, device: Device, piece: Piece): Promise<void> {
  const bytes = await packed(proto.HistorySync.encode(await historyOf(service, device, piece)).finish())
  const about = { syncType: Number(piece.type), progress: piece.progress, chunkOrder: 0, peerDataRequestSessionId: piece.request }
  // Inside the message: a file would be looked for on WhatsApp's real host, whatever host was told.
  const historySyncNotification = { ...about, initialHistBootstrapInlinePayload: bytes }
  await tellDevice(service, device, {
    protocolMessage: { type: ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION, historySyncNotification },
  })
}

async function historyOf(service: Service, { phone }: Device, { type, chats, progress }: Piece): Promise<proto.IHistorySync> {
  const people = chats.map(({ conversation }) => service.people.of(conversation.customer))
  const phoneNumberToLidMappings = people.map((person) => ({ pnJid: pnOf(person), lidJid: lidJidOf(person) }))
  if (type === HistorySyncType.PUSH_NAME) {
    const pushnames = people.map((person) => ({
      id: addressOf(person).jid,
      pushname: service.sim.world.customers.get(person.phone)?.name ?? '',
    }))
    return { syncType: type, pushnames, progress }
  }
  const conversations = await Promise.all(chats.map((chat) => conversationOf(service, phone, chat)))
  return { syncType: type, conversations, phoneNumberToLidMappings, progress, chunkOrder: 0 }
}

async function conversationOf(service: Service, phone: string, { conversation, messages }: Chat): Promise<proto.IConversation> {
  const person = service.people.of(conversation.customer)
  const infos = await Promise.all(messages.map(async (message) => ({ message: await infoOf(service, phone, message) })))
  const name = service.sim.world.customers.get(person.phone)?.name
  const unreadCount = messages.filter(({ direction, progress }) => direction === 'in' && progress !== 'read').length
  const conversationTimestamp = Math.floor((messages.at(-1)?.at ?? 0) / 1000)
  // Newest first, as phones send them.
  return {
    id: addressOf(person).jid,
    pnJid: pnOf(person),
    lidJid: lidJidOf(person),
    name,
    unreadCount,
    conversationTimestamp,
    messages: infos.toReversed(),
  }
}

const STATUS: Readonly<Record<string, number>> = { sent: 2, delivered: 3, read: 4, played: 5 }

async function infoOf(service: Service, phone: string, message: SimMessage): Promise<proto.IWebMessageInfo> {
  const customer = service.people.of(message.customer)
  const content = await contentOf(service, message, { customer, own: service.people.of(phone) })
  const fromMe = message.direction === 'out'
  return {
    key: { remoteJid: addressOf(customer).jid, fromMe, id: message.id },
    message: content,
    messageTimestamp: Math.floor(message.at / 1000),
    ...(fromMe
      ? { status: STATUS[message.progress] ?? 2 }
      : { pushName: service.sim.world.customers.get(message.customer)?.name }),
  }
}

/** A word of the phone to its own device; customers never see it. */
async function tellDevice(service: Service, device: Device, content: proto.IMessage): Promise<void> {
  const own = service.people.of(device.phone)
  await sayTo(service, device, {
    from: own,
    content,
    attrs: { id: makeMessageId(), from: pnOf(own), category: 'peer', type: 'text' },
  })
}

/** What a device asks of the phone; a phone that is off does not answer. */
export async function answerPeer(service: Service, device: Device, requestId: string, content: proto.IMessage): Promise<void> {
  const said = content.deviceSentMessage?.message ?? content
  const request = said.protocolMessage?.peerDataOperationRequestMessage
  if (!request || !service.people.of(device.phone).isOn) return
  if (request.historySyncOnDemandRequest) await sendOlder(service, device, requestId, request.historySyncOnDemandRequest)
  for (const { messageKey } of request.placeholderMessageResendRequest ?? [])
    await resend(service, device, requestId, messageKey?.id ?? '')
}

type Older = proto.Message.PeerDataOperationRequestMessage.IHistorySyncOnDemandRequest

async function sendOlder(service: Service, device: Device, request: string, asked: Older): Promise<void> {
  const person = service.people.at(asked.chatJid ?? '')
  const before = service.sim.world.messages.get(asked.oldestMsgId ?? '')?.at ?? toNumber(asked.oldestMsgTimestampMs)
  const chats = chatsOf(service, device.phone, ({ customer, at }) => customer === person?.phone && at < before)
  const newest = chats.map((chat) => ({ ...chat, messages: chat.messages.slice(-(asked.onDemandMsgCount ?? 50)) }))
  await sendPiece(service, device, { type: HistorySyncType.ON_DEMAND, chats: newest, progress: 100, request })
}

/** A message that came without its content: the phone has it. */
async function resend(service: Service, device: Device, stanzaId: string, id: string): Promise<void> {
  const message = service.sim.world.messages.get(id)
  if (!message) return
  const webMessageInfoBytes = proto.WebMessageInfo.encode(await infoOf(service, device.phone, message)).finish()
  const peerDataOperationRequestResponseMessage = {
    peerDataOperationRequestType: PeerDataOperationRequestType.PLACEHOLDER_MESSAGE_RESEND,
    stanzaId,
    peerDataOperationResult: [{ placeholderMessageResendResponse: { webMessageInfoBytes } }],
  }
  await tellDevice(service, device, {
    protocolMessage: {
      type: ProtocolMessage.Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
      peerDataOperationRequestResponseMessage,
    },
  })
}

/** A file is gone from the host: the phone puts it there again and tells where, sealed with the file's own key. */
export async function putFileAgain(service: Service, device: Device, stanza: Node): Promise<void> {
  const id = stanza.attrs.id ?? ''
  const about = node('rmr', childOf(stanza, 'rmr')?.attrs)
  const again = service.people.of(device.phone).isOn ? await uploadAgain(service, id) : undefined
  const answer = again ? node('encrypt', {}, sealedPlace(id, again)) : node('error', { code: '2' })
  deliver(
    service,
    device,
    node('notification', { id, type: 'mediaretry', from: pnOf(service.people.of(device.phone)) }, [answer, about]),
  )
}

function sealedPlace(id: string, { mediaKey, directPath }: { mediaKey: Uint8Array; directPath: string }): Node[] {
  const result = proto.MediaRetryNotification.ResultType.SUCCESS
  const plain = proto.MediaRetryNotification.encode({ stanzaId: id, directPath, result }).finish()
  const iv = randomBytes(12)
  const key = hkdf(Buffer.from(mediaKey), 32, { info: 'WhatsApp Media Retry Notification' })
  return [node('enc_p', {}, aesEncryptGCM(plain, key, iv, Buffer.from(id))), node('enc_iv', {}, iv)]
}
