/**
 * Entries of a Chat object's log: what it writes to PostgreSQL through the Desk (db/functions/050_ingest.sql). Ids are
 * made here, once, so that an entry which goes twice is the same entry.
 */
import type { ChannelEvent, Identities, MessageKind } from '#contract/channel-event.ts'
import { natureOf } from '#contract/failures.ts'
import * as z from 'zod'
import { idAt, newId } from '../lib/ids.ts'

/** An entry as it is stored and handed on: JSON text, with what the object itself must know of it beside it. */
export type Stored = { op: string; messageId: string | null; text: string }

/** One step of a message's way, as the trace keeps it. Never message text, never a secret. */
export type HopNote = {
  at: string
  level: 'info' | 'warn' | 'error'
  place: 'hook' | 'chat' | 'database' | 'provider' | 'desk' | 'person' | 'media' | 'bitrix24'
  what: string
  code?: string | undefined
  data?: Record<string, string | number | boolean | null> | undefined
}

/** Where an entry belongs. */
export type Origin = { accountId: string; channelId: string; channelKey: string; objectKey: string }

type Head = {
  channelId: string
  objectKey: string
  traceId: string
  hops: HopNote[]
  at: string
  tell?: boolean
  /** The portal that told us: it is not told again. */
  portalId?: string
}

export type Author = { kind: 'person' | 'bot' | 'api' | 'system'; id: string | null; name: string | null }

export type OutEntry = Head & {
  op: 'out' | 'note'
  messageId: string
  chatId: string
  kind: MessageKind
  text?: string | undefined
  mediaId?: string | undefined
  extra?: Record<string, unknown> | undefined
  replyTo?: string | undefined
  /** Who is named in a note, and hears of it. */
  mentions?: string[] | undefined
  author: Author
  token: string
  bodyHash: string
  /** Refused before it was stored: it only stays in the chat, to be seen. */
  unsent?: true | undefined
}

export type OutcomeEntry = Head & {
  op: 'outcome'
  messageId: string
  /** `sent`: a person says so of what was unconfirmed. */
  status: 'sending' | 'queued' | 'unconfirmed' | 'failed' | 'sent'
  providerId?: string | undefined
  alias?: string | undefined
  code?: string | undefined
  providerCode?: string | undefined
  attempts: number
  dead: boolean
  stopsChannel: boolean
}

export type DecisionEntry = Head & { op: 'requeue' | 'discard'; messageId: string; token: string; by: string }
export type OpenEntry = Head & {
  op: 'open'
  customer: Identities
  name?: string | undefined
  /** Whose a chat is that did not exist before. */
  by?: string | undefined
  contactId: string
  chatId: string
}
export type OwnReactionEntry = Head & { op: 'reaction'; messageId: string; by: string; emoji: string | null; providerId: string }
export type EventEntry = Head & {
  op: 'in' | 'status' | 'reaction' | 'edit' | 'revoke' | 'seen' | 'identity' | 'consent' | 'news'
} & Record<string, unknown>

export type Entry = OutEntry | OutcomeEntry | DecisionEntry | OpenEntry | OwnReactionEntry | EventEntry

const iso = (ms: number): string => new Date(ms).toISOString()

/**
 * When something was written, by the provider's clock. Unless that is exact it counts whole seconds: within one, the
 * order of arrival decides. A clock that runs ahead of ours is not believed for more than a minute.
 */
export function writtenAt(providerMs: number, receivedMs: number, isExact: boolean): number {
  if (!Number.isFinite(providerMs) || providerMs <= 0) return receivedMs
  if (providerMs > receivedMs + 60_000) return receivedMs
  if (isExact || providerMs % 1000 !== 0 || receivedMs < providerMs) return providerMs
  return Math.min(receivedMs, providerMs + 999)
}

/** Only known identities, as text: nothing else of a stranger's object goes on. */
function known(customer: Identities): Identities {
  const { phone, bsuid, lid } = customer
  return { ...(phone ? { phone } : {}), ...(bsuid ? { bsuid } : {}), ...(lid ? { lid } : {}) }
}

/** A customer would notice. */
const LATE_S = 5

/** The entry of one channel event. `fingerprint` names what has no id of its own. */
export function entryOf(
  event: ChannelEvent,
  origin: Origin,
  traceId: string,
  receivedMs: number,
  fingerprint: string,
): EventEntry {
  const at = iso(writtenAt(event.at, event.cameAt ?? receivedMs, event.atIsExact === true))
  const late = event.type === 'message' ? Math.round((receivedMs - event.at) / 1000) : 0
  const received: HopNote = { at: iso(receivedMs), level: 'info', place: 'hook', what: 'received', data: { type: event.type } }
  const hops: HopNote[] = [
    late > LATE_S ? { ...received, what: 'received_late', data: { type: event.type, seconds: late } } : received,
    { at: iso(receivedMs), level: 'info', place: 'chat', what: 'stored' },
  ]
  const head = { channelId: origin.channelId, objectKey: origin.objectKey, traceId, hops, at }
  switch (event.type) {
    case 'message':
      return {
        ...head,
        op: 'in',
        origin: event.origin,
        // Of two messages of one instant the smaller id stands first.
        messageId: event.cameAt === undefined ? newId(receivedMs) : idAt(event.cameAt),
        contactId: newId(receivedMs),
        chatId: newId(receivedMs),
        providerId: event.providerId,
        customer: known(event.customer),
        kind: event.kind,
        ...(event.profileName ? { profileName: event.profileName } : {}),
        ...(event.username ? { username: event.username } : {}),
        ...(event.text !== undefined ? { text: event.text } : {}),
        ...(event.extra ? { extra: event.extra } : {}),
        ...(event.quoted ? { quoted: event.quoted } : {}),
        ...(event.error ? { errorCode: event.error.code, providerCode: event.error.providerCode } : {}),
        ...(event.media
          ? {
              mediaId: newId(receivedMs),
              media: {
                mime: event.media.mime,
                name: event.media.name,
                size: event.media.size,
                ref: { id: event.media.id, url: event.media.url },
                ...(event.media.sound ? { details: { sound: event.media.sound } } : {}),
              },
            }
          : {}),
      }
    case 'status':
      return {
        ...head,
        op: 'status',
        hops: [
          {
            at: iso(receivedMs),
            level: event.status === 'failed' ? 'error' : 'info',
            place: 'provider',
            what: event.isBill ? (event.pricing?.type === 'regular' ? 'billed' : 'not_billed') : `status_${event.status}`,
            code: event.error?.code,
            data: { providerCode: event.error?.providerCode ?? null, providerAt: at },
          },
        ],
        providerId: event.providerId,
        // A failure that leaves open whether the customer has it (Gupshup 4002) is a doubt, not a failure.
        status: event.status === 'failed' && natureOf(event.error?.code ?? '').retry === 'unknown' ? 'unconfirmed' : event.status,
        ...(event.alias ? { alias: event.alias } : {}),
        ...(event.messageId ? { ref: event.messageId } : {}),
        ...(event.error ? { code: event.error.code, providerCode: event.error.providerCode } : {}),
        ...(event.pricing ? { pricing: event.pricing } : {}),
      }
    case 'reaction':
      return {
        ...head,
        op: 'reaction',
        origin: event.origin,
        customer: known(event.customer),
        providerId: event.providerId,
        target: event.target,
        emoji: event.emoji,
      }
    case 'edit':
      return {
        ...head,
        op: 'edit',
        origin: event.origin,
        customer: known(event.customer),
        providerId: event.providerId,
        target: event.target,
        text: event.text,
      }
    case 'revoke':
      return {
        ...head,
        op: 'revoke',
        origin: event.origin,
        customer: known(event.customer),
        providerId: event.providerId,
        target: event.target,
      }
    case 'seen':
      return { ...head, op: 'seen', customer: known(event.customer), targets: event.targets }
    case 'identity':
      return {
        ...head,
        op: 'identity',
        messageId: newId(receivedMs),
        contactId: newId(receivedMs),
        chatId: newId(receivedMs),
        providerId: event.providerId,
        before: known(event.before),
        after: known(event.after),
        ...(event.text ? { text: event.text } : {}),
      }
    case 'consent':
      return {
        ...head,
        op: 'consent',
        contactId: newId(receivedMs),
        customer: known(event.customer),
        purpose: event.purpose,
        state: event.state,
        how: event.how,
        fingerprint,
      }
    case 'account':
      return {
        ...head,
        op: 'news',
        field: event.field,
        level: event.level,
        raw: event.raw,
        fingerprint,
        ...(event.template ? { template: event.template } : {}),
      }
    case 'unknown':
      return { ...head, op: 'news', field: event.field, level: 'warn', raw: event.raw, fingerprint }
  }
}

/** The end of a message that our rules keep from going: never in the line, so never on its way, it only says why. */
export function refusedEnd(
  { messageId, channelId, objectKey, traceId }: Pick<OutEntry, 'messageId' | 'channelId' | 'objectKey' | 'traceId'>,
  code: string,
): OutcomeEntry {
  const at = new Date().toISOString()
  const hops: HopNote[] = [{ at, level: 'error', place: 'chat', what: 'refused_by_rules', code }]
  const end = { status: 'failed', providerCode: 'rules', attempts: 0, dead: false, stopsChannel: false } as const
  return { op: 'outcome', messageId, channelId, objectKey, traceId, at, hops, code, ...end }
}

const Written = z.looseObject({ messageId: z.string(), channelId: z.string(), objectKey: z.string(), traceId: z.string() })

/** What was taken and may not go after all, once nobody waits for an answer: it stays in its chat unsent, and says why. */
export function leftInChat(entry: Stored, code: string): Stored[] {
  const written = Written.parse(JSON.parse(entry.text))
  return [{ ...entry, text: JSON.stringify({ ...written, unsent: true }) }, stored(refusedEnd(written, code))]
}

/** The name of the Chat object of a customer on a channel. */
export function objectName(channelId: string, objectKey: string): string {
  return `${channelId}:${objectKey}`
}

/** An entry as the log stores it. */
export function stored(entry: Entry): Stored {
  const messageId = 'messageId' in entry && typeof entry.messageId === 'string' ? entry.messageId : null
  return { op: entry.op, messageId, text: JSON.stringify(entry) }
}

const Token = z.looseObject({ token: z.string() })

/** Which try of an outgoing message a stored entry (`out`, `requeue`) stands for. */
export function tokenOf(entry: Stored): string {
  return Token.parse(JSON.parse(entry.text)).token
}
