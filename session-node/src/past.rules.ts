/**
 * From the phone's history (`proto.HistorySync`) to messages of the past, slice by slice. Total, and the same whenever the
 * same piece is read: a place in it means the same thing to every node.
 */
import type { Identities, PastMessage } from '#contract/channel-event.ts'
import type { PastSkip, PastSlice, PhonePerson } from '#contract/session-node.ts'
import { messageTold, whoIs } from './translate.rules.ts'
import type { Me } from './translate.rules.ts'
import { fieldsOf, listOf, numberOf, textOf } from './untrusted.rules.ts'
import type { Fields } from './untrusted.rules.ts'

/** One message of a piece with the chat that it is of, or one name. */
type Entry = { chat: Chat; info: Fields | null; at: number }
type Chat = { jid: string; customer: Identities | null; skip: PastSkip | null; person: PhonePerson | null }
/** A message whose words or file may be needed later: `content` is the library's own object. */
export type PastKept = { waId: string; jid: string; fromMe: boolean; content: object; hasFile: boolean; at: number }
export type Slice = PastSlice & { items: PastMessage[]; kept: PastKept[] }

/** Characters of words in a slice: long ones make it shorter. */
const SLICE_TEXT = 500_000
const BROADCAST = /@broadcast$/
const CHANNEL = /@newsletter$/
const GROUP = /@g\.us$/

/** Everything in a piece, in an order of its own: chat by chat, each from its first word on. */
export function entriesOf(piece: Fields, me: Me): Entry[] {
  const other = mappings(piece)
  const chats = listOf(piece.conversations).map((each) => chatIn(fieldsOf(each), me, other))
  const names = listOf(piece.pushnames).flatMap((each) => nameIn(fieldsOf(each), me, other))
  return [...chats.flat(), ...names]
}

/** LID to phone and back, as the piece itself tells. */
function mappings({ phoneNumberToLidMappings }: Fields): Map<string, string> {
  const found = new Map<string, string>()
  for (const each of listOf(phoneNumberToLidMappings)) {
    const { pnJid, lidJid } = fieldsOf(each)
    const [pn, lid] = [textOf(pnJid, 100), textOf(lidJid, 100)]
    if (pn && lid) found.set(lid, pn).set(pn, lid)
  }
  return found
}

/** The pairs of LID and phone that a piece tells, as jids. */
export function pairsOf(piece: Fields): { lid: string; pn: string }[] {
  return [...mappings(piece)].flatMap(([one, other]) => (one.endsWith('@lid') ? [{ lid: one, pn: other }] : []))
}

function chatIn(conversation: Fields, me: Me, other: ReadonlyMap<string, string>): Entry[] {
  const jid = textOf(conversation.id, 100) ?? ''
  const customer = whoIs(jid, textOf(conversation.pnJid, 100), textOf(conversation.lidJid, 100), other.get(jid))
  const skip = skipOf(jid, customer, me)
  const name = textOf(conversation.displayName, 200) ?? textOf(conversation.name, 200)
  const person = customer && !skip ? { customer, ...(name && { name }) } : null
  const chat: Chat = { jid, customer, skip, person }
  const infos = listOf(conversation.messages).map((each) => fieldsOf(fieldsOf(each).message))
  // The phone gives the newest first, and counts seconds: within one, its own order decides.
  const timed = infos.toReversed().map((info) => ({ info, second: numberOf(info.messageTimestamp) ?? 0 }))
  timed.sort((one, two) => one.second - two.second)
  let last = 0
  const entries: Entry[] = timed.map(({ info, second }) => {
    last = second * 1000 > last ? second * 1000 : Math.min(last + 1, second * 1000 + 999)
    return { chat, info, at: second > 0 ? last : 0 }
  })
  // A chat without words is still somebody in the address book.
  return entries.length > 0 ? entries : [{ chat, info: null, at: 0 }]
}

function nameIn({ id, pushname }: Fields, me: Me, other: ReadonlyMap<string, string>): Entry[] {
  const jid = textOf(id, 100) ?? ''
  const customer = whoIs(jid, other.get(jid))
  const pushName = textOf(pushname, 200)
  if (!customer || !pushName || skipOf(jid, customer, me)) return []
  return [{ chat: { jid, customer, skip: null, person: { customer, pushName } }, info: null, at: 0 }]
}

function skipOf(jid: string, customer: Identities | null, me: Me): PastSkip | null {
  if (GROUP.test(jid)) return 'groups'
  if (BROADCAST.test(jid)) return 'lists'
  if (CHANNEL.test(jid)) return 'channels'
  if (!customer) return 'broken'
  return customer.phone === me.phone || (customer.lid !== undefined && customer.lid === me.lid) ? 'own' : null
}

export type Wanted = { from: number; count: number; since: number; now: number; me: Me }

/** What stands at a place of a piece and after it; `phoneOf` knows some phones of those who are told by LID alone. */
export function sliceOf(entries: readonly Entry[], wanted: Wanted, phoneOf: ReadonlyMap<string, string>): Slice {
  const slice: Slice = { total: entries.length, next: null, items: [], people: [], skipped: {}, kept: [] }
  const people = new Set<PhonePerson>()
  let room = SLICE_TEXT
  for (const [at, entry] of entries.entries()) {
    if (at < wanted.from) continue
    if (at >= wanted.from + wanted.count || room <= 0) {
      slice.next = at
      break
    }
    if (entry.chat.person) people.add(entry.chat.person)
    if (!entry.info) continue
    const found = entry.chat.skip ?? messageOf(entry, entry.info, wanted, phoneOf)
    if (typeof found === 'string') slice.skipped[found] = (slice.skipped[found] ?? 0) + 1
    else {
      slice.items.push(found.item)
      slice.kept.push(found.kept)
      room -= found.item.text?.length ?? 0
    }
  }
  slice.people = [...people].map((person) => ({ ...person, customer: whole(person.customer, phoneOf) }))
  return slice
}

function whole(customer: Identities, phoneOf: ReadonlyMap<string, string>): Identities {
  const phone = customer.phone ?? phoneOf.get(customer.lid ?? '')
  return { ...customer, ...(phone && { phone }) }
}

/** WhatsApp's own word that something was revoked, and its missed calls. */
const REVOKED = 1
const MISSED: Readonly<Record<number, string>> = { 40: 'missed_call', 41: 'missed_video_call' }
/** WhatsApp's states of a message that left: 0 failed, 1 never did. */
const STATES: Readonly<Record<number, PastMessage['status']>> = { 2: 'sent', 3: 'delivered', 4: 'read', 5: 'played' }

type Found = { item: PastMessage; kept: PastKept }

function messageOf({ chat, at }: Entry, info: Fields, wanted: Wanted, phoneOf: ReadonlyMap<string, string>): Found | PastSkip {
  const { me, now, since } = wanted
  const key = fieldsOf(info.key)
  const id = textOf(key.id, 200)
  if (!id || !chat.customer || at <= 0) return 'broken'
  if (at < since) return 'older'
  const fromMe = key.fromMe === true
  const stub = numberOf(info.messageStubType) ?? 0
  if (stub === REVOKED) return 'deleted'
  const status = numberOf(info.status) ?? (fromMe ? 2 : 0)
  if (fromMe && status < 2) return 'unsent'
  const customer = whole(chat.customer, phoneOf)
  const profileName = fromMe ? undefined : textOf(info.pushName, 200)
  const head = {
    providerId: id,
    customer,
    at,
    ...(profileName && { profileName }),
    origin: fromMe ? ('echo' as const) : ('customer' as const),
  }
  const kept = { waId: id, jid: chat.jid, fromMe, content: {}, hasFile: false, at }
  const missed = MISSED[stub]
  if (missed) return { item: { ...head, kind: 'system', extra: { system: missed } }, kept }
  if (!info.message) return 'notices'
  const attrs = fromMe ? { id, from: `${me.phone}@s.whatsapp.net`, recipient: chat.jid } : { id, from: chat.jid }
  const [told] = messageTold({ ...attrs, t: String(Math.floor(at / 1000)) }, info.message, me, now)
  if (!told) return 'notices'
  if (told.event.type !== 'message') return 'changes'
  const { kind, text, media, extra, quoted } = told.event
  const reactions = reactionsIn(info)
  const state = fromMe ? STATES[status] : undefined
  const item: PastMessage = {
    ...head,
    kind,
    ...(text !== undefined && { text }),
    ...(media && { media }),
    ...(extra && { extra }),
    ...(quoted && { quoted }),
    ...(state && { status: state }),
    ...(reactions.length > 0 && { reactions }),
  }
  return { item, kept: { ...kept, content: fieldsOf(info.message), hasFile: media !== undefined } }
}

/** The newest reaction of each side. */
function reactionsIn(info: Fields): NonNullable<PastMessage['reactions']> {
  const found = new Map<'contact' | 'phone', string>()
  for (const each of listOf(info.reactions)) {
    const { key, text } = fieldsOf(each)
    const emoji = textOf(text, 64)
    if (emoji) found.set(fieldsOf(key).fromMe === true ? 'phone' : 'contact', emoji)
  }
  return [...found].map(([by, emoji]) => ({ by, emoji }))
}
