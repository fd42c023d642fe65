/** What is written when something comes: the events of a stanza, and the message itself for retries, quotes and late files. */
import { jidNormalizedUser, proto } from 'baileys'
import type { AuthenticationCreds, BinaryNode } from 'baileys'
import type { Write } from '#contract/session-node.ts'
import { piecesIn } from './pieces.ts'
import { messageTold, receiptTold, seenTold, shellTold } from './translate.rules.ts'
import type { Attrs, Me, Told } from './translate.rules.ts'

type Piece = Omit<Write, 'keys'>

/** Who the number is; null until it is linked. */
export function meOf({ me }: AuthenticationCreds): Me | null {
  const phone = /^\d+/.exec(me?.id ?? '')?.[0]
  return phone ? { phone, lid: /^\d+/.exec(me?.lid ?? '')?.[0] ?? null } : null
}

/** A message that was just opened. */
export function openedPiece(stanza: BinaryNode, message: proto.Message, me: Me): Piece {
  const { attrs } = stanza
  const resent = attrs['category'] === 'peer' ? resentIn(message) : []
  if (resent.length > 0) return join(resent.map((info) => infoPiece(info, me)))
  const pieces = piecesIn(stanza, message, me)
  if (pieces.length > 0) return { pieces }
  const told = messageTold(attrs, message, me, Date.now())
  const inside = message.deviceSentMessage?.message ?? message
  const fromMe = attrs['recipient'] !== undefined
  return piece(told, keptOf(attrs['id'], attrs['recipient'] ?? attrs['from'], fromMe, inside))
}

/** A message of which only the shell came. */
export function shellPiece({ attrs, content }: BinaryNode, me: Me): Piece {
  const unavailable = Array.isArray(content) ? content.find(({ tag }) => tag === 'unavailable')?.attrs['type'] : undefined
  return piece(shellTold(attrs, unavailable, me, Date.now()), null)
}

export function receiptPiece({ attrs, content }: BinaryNode, me: Me): Piece {
  const list = Array.isArray(content) ? content.find(({ tag }) => tag === 'list') : undefined
  const items = Array.isArray(list?.content) ? list.content.map((item) => item.attrs['id']) : []
  return piece([...receiptTold(attrs, items, me, Date.now()), ...seenTold(attrs, items, me, Date.now())], null)
}

/** A message out of the phone's own store: what was asked for, and what had come without its words. */
function infoPiece(info: proto.IWebMessageInfo, me: Me): Piece {
  const { key, message, messageTimestamp, pushName } = info
  const jid = key?.remoteJid ?? undefined
  const fromMe = key?.fromMe === true
  const attrs: Attrs = {
    ...{ id: key?.id ?? undefined, t: String(messageTimestamp ?? ''), notify: pushName ?? undefined },
    ...(fromMe ? { from: `${me.phone}@s.whatsapp.net`, recipient: jid } : { from: jid }),
  }
  return message ? piece(messageTold(attrs, message, me, Date.now()), keptOf(attrs['id'], jid, fromMe, message)) : {}
}

function join(pieces: readonly Piece[]): Piece {
  return { events: pieces.flatMap(({ events = [] }) => events), kept: pieces.flatMap(({ kept = [] }) => kept) }
}

/** The bytes of a message as it was said. */
export function bytesOf(message: proto.IMessage): string {
  return Buffer.from(proto.Message.encode(message).finish()).toString('base64')
}

export function messageIn(bytes: string): proto.Message {
  return proto.Message.decode(Buffer.from(bytes, 'base64'))
}

function keptOf(waId: string | undefined, jid: string | undefined, fromMe: boolean, message: proto.IMessage) {
  return waId && jid ? { waId, jid: jidNormalizedUser(jid), fromMe, proto: bytesOf(message) } : null
}

/** What nobody reads is not kept either. */
function piece(told: readonly Told[], kept: ReturnType<typeof keptOf>): Piece {
  if (told.length === 0) return {}
  const events = told.map(({ name, event }) => ({ name, event: { ...event } }))
  return { events, ...(kept && { kept: [kept] }) }
}

/** The phone hands over messages that had come without their words. */
function resentIn({ protocolMessage }: proto.Message): proto.IWebMessageInfo[] {
  const results = protocolMessage?.peerDataOperationRequestResponseMessage?.peerDataOperationResult ?? []
  return results.flatMap(({ placeholderMessageResendResponse: found }) =>
    found?.webMessageInfoBytes ? [proto.WebMessageInfo.decode(found.webMessageInfoBytes)] : [],
  )
}
