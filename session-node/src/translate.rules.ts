/**
 * From WhatsApp Web's messages to what any channel reports (contract/channel-event.ts). Total: whatever comes, it gives
 * events and never throws. It knows the shapes of the protocol alone, not the library: reference/baileys.md §7.
 */
import type { ChannelEvent, Identities, InboundMessage } from '#contract/channel-event.ts'
import type { Crowd, Typing } from '#contract/session-node.ts'
import { contentIn } from './content.rules.ts'
import { fieldsOf, numberOf, textOf } from './untrusted.rules.ts'
import type { Fields } from './untrusted.rules.ts'

/** The attributes of a stanza. */
export type Attrs = { readonly [name: string]: string | undefined }
/** Who the number is: digits, and LID without domain. */
export type Me = { phone: string; lid: string | null }
/** What a stanza tells, under a name that is the same whenever it comes again. */
export type Told = { name: string; event: ChannelEvent }

const EDIT = 14
const REVOKE = 0
const EPHEMERAL = 3

/** A person behind one or two jids; null for groups, lists, channels and our own server. */
export function whoIs(...jids: readonly (string | undefined)[]): Identities | null {
  const found: Identities = {}
  for (const jid of jids) {
    const match = /^(\d{3,20})(?::\d+)?@(s\.whatsapp\.net|c\.us|lid)$/.exec(jid ?? '')
    const [, user, server] = match ?? []
    if (user && server === 'lid') found.lid ??= user
    else if (user && user.length >= 5) found.phone ??= user
  }
  return found.phone || found.lid ? found : null
}

/**
 * A message that was opened. Empty for what nobody reads: groups, status, keys, and what the number's own phone tells
 * its devices. `now` in milliseconds.
 */
export function messageTold(attrs: Attrs, content: unknown, me: Me, now: number): Told[] {
  const id = textOf(attrs.id, 200)
  if (!id || attrs.category === 'peer') return []
  const isOwn = isMe(attrs.from, me)
  const customer = isOwn
    ? whoIs(attrs.recipient, attrs.peer_recipient_pn, attrs.peer_recipient_lid, attrs.recipient_pn, attrs.recipient_lid)
    : whoIs(attrs.from, attrs.sender_pn, attrs.sender_lid)
  if (!customer || isMe(customer.phone && `${customer.phone}@s.whatsapp.net`, me)) return []
  const at = instantOf(attrs.t, now)
  const sent = fieldsOf(fieldsOf(content).deviceSentMessage).message ?? content
  const head = { providerId: id, customer, at, origin: isOwn ? ('echo' as const) : ('customer' as const) }
  const event = eventOf(head, unwrapped(sent), textOf(attrs.notify, 200))
  return event ? [{ name: `message ${id}`, event }] : []
}

type Head = Pick<InboundMessage, 'providerId' | 'customer' | 'at' | 'origin'>

function eventOf(head: Head, content: Fields, pushName: string | undefined): ChannelEvent | null {
  const { origin } = head
  const reaction = fieldsOf(content.reactionMessage)
  const reacted = textOf(fieldsOf(reaction.key).id, 200)
  if (reacted) return { type: 'reaction', ...head, target: reacted, emoji: textOf(reaction.text, 64) ?? null }
  const change = fieldsOf(content.protocolMessage)
  const target = textOf(fieldsOf(change.key).id, 200)
  if (target && typeOf(change) === EDIT) {
    const words = contentIn(unwrapped(change.editedMessage), head.providerId)?.text ?? ''
    return { type: 'edit', ...head, target, text: words }
  }
  if (target && typeOf(change) === REVOKE) return { type: 'revoke', ...head, target }
  if (typeOf(change) === EPHEMERAL && content.protocolMessage)
    return disappearing(head, numberOf(change.ephemeralExpiration) ?? 0)
  if (content.protocolMessage) return null
  const found = contentIn(content, head.providerId)
  if (!found) return null
  const profileName = origin === 'customer' && pushName ? { profileName: pushName } : {}
  return { type: 'message', ...head, ...profileName, ...found }
}

/** Somebody has set how long messages of this chat last. */
function disappearing(head: Head, ephemeral: number): ChannelEvent {
  return { type: 'message', ...head, kind: 'system', extra: { system: 'ephemeral', ephemeral: Math.max(0, ephemeral) } }
}

/** The type of a change; absent means the first one, as the protocol writes it. */
function typeOf(change: Fields): number {
  return (
    numberOf(change.type) ??
    (change.type === 'MESSAGE_EDIT'
      ? EDIT
      : change.type === 'EPHEMERAL_SETTING'
        ? EPHEMERAL
        : change.type === undefined || change.type === null || change.type === 'REVOKE'
          ? REVOKE
          : -1)
  )
}

const WRAPPINGS = [
  ...['ephemeralMessage', 'viewOnceMessage', 'viewOnceMessageV2', 'viewOnceMessageV2Extension', 'documentWithCaptionMessage'],
  ...['editedMessage', 'associatedChildMessage', 'botInvokeMessage', 'groupMentionedMessage', 'pollCreationMessageV4'],
  ...['limitSharingMessage', 'botForwardedMessage', 'questionMessage'],
] as const
const VIEW_ONCE: ReadonlySet<string> = new Set(['viewOnceMessage', 'viewOnceMessageV2', 'viewOnceMessageV2Extension'])
const DEEPEST = 6

/** The message inside its wrappings. What may be seen once is not ours to show: only that it came. */
function unwrapped(content: unknown, depth = 0): Fields {
  const fields = fieldsOf(content)
  const name = WRAPPINGS.find((each) => fieldsOf(fields[each]).message)
  if (name === undefined || depth > DEEPEST) return fields
  return VIEW_ONCE.has(name) ? { viewOnce: true } : unwrapped(fieldsOf(fields[name]).message, depth + 1)
}

/** A message of which only the shell came: what may be seen once, or words that the phone has not handed over yet. */
export function shellTold(attrs: Attrs, unavailable: string | undefined, me: Me, now: number): Told[] {
  const told = messageTold(attrs, unavailable === 'view_once' ? { viewOnce: true } : { placeholder: true }, me, now)
  // A name of its own: its words come under the name of the message, and must not be taken for a repetition.
  return told.map(({ event }) => ({ name: `shell ${textOf(attrs.id, 200) ?? ''}`, event }))
}

const RECEIPTS: Readonly<Record<string, 'delivered' | 'read' | 'played'>> = { '': 'delivered', read: 'read', played: 'played' }

/** What a customer wrote was read on the number's own phone. Empty for every other receipt. */
export function seenTold(attrs: Attrs, more: readonly (string | undefined)[], me: Me, now: number): Told[] {
  const customer = whoIs(attrs.recipient, attrs.peer_recipient_pn, attrs.peer_recipient_lid)
  const targets = [attrs.id, ...more].flatMap((each) => textOf(each, 200) ?? []).slice(0, 200)
  const [first] = targets
  if ((attrs.type !== 'read' && attrs.type !== 'read-self') || !isMe(attrs.from, me) || !customer || !first) return []
  return [{ name: `seen ${first}`, event: { type: 'seen', customer, targets, at: instantOf(attrs.t, now) } }]
}

/** Who types, records or has stopped, of the shape of a `chatstate`; null for what is no customer's. */
export function typingTold(
  from: string | undefined,
  state: { tag: string; media?: string | undefined } | undefined,
  me: Me,
): { from: Identities; is: Typing } | null {
  const who = whoIs(from)
  if (!who || !state || isMe(from, me)) return null
  if (state.tag !== 'composing') return { from: who, is: 'no' }
  return { from: who, is: state.media === 'audio' ? 'recording' : 'typing' }
}

/** A customer's receipt for messages of ours; `more`: the ids beside the first. Empty for receipts of our own devices. */
export function receiptTold(attrs: Attrs, more: readonly (string | undefined)[], me: Me, now: number): Told[] {
  const status = RECEIPTS[attrs.type ?? '']
  const customer = whoIs(attrs.from)
  if (!status || !customer || isMe(attrs.from, me)) return []
  const at = instantOf(attrs.t, now)
  return [attrs.id, ...more].flatMap((each) => {
    const providerId = textOf(each, 200)
    if (!providerId) return []
    return [{ name: `receipt ${status} ${providerId}`, event: { type: 'status', providerId, status, customer, at } }]
  })
}

/** A call that rang out. Calls are signalled to linked devices without their sound: nobody could have taken it here. */
export function missedCallTold(call: {
  id: string
  from: string
  callerPn?: string | undefined
  isVideo: boolean
  isGroup?: boolean | undefined
  at: number
}): Told[] {
  if (call.isGroup) return []
  const customer = whoIs(call.from, call.callerPn)
  if (!customer || call.id === '') return []
  const system = call.isVideo ? 'missed_video_call' : 'missed_call'
  const event: ChannelEvent = {
    type: 'message',
    origin: 'customer',
    providerId: call.id.slice(0, 200),
    customer,
    at: call.at,
    kind: 'system',
    extra: { system },
  }
  return [{ name: `call ${call.id}`, event }]
}

/** Whom a stanza came from that is no one person; null for people. What they say is nothing for a desk: it is counted, and shown nowhere. */
export function crowdOf(jid: string | undefined): Crowd | null {
  if (jid === 'status@broadcast') return 'status'
  const server = jid?.split('@')[1] ?? ''
  return CROWDS[server] ?? null
}
const CROWDS: Readonly<Record<string, Crowd>> = { 'g.us': 'group', broadcast: 'broadcast', newsletter: 'newsletter' }

/** WhatsApp tells that a LID and a phone are one person. */
export function identityTold(lid: string | undefined, phone: string | undefined, now: number): Told[] {
  const [before, after] = [whoIs(lid), whoIs(lid, phone)]
  if (!before?.lid || !after?.phone) return []
  const name = `identity ${before.lid} ${after.phone}`
  return [{ name, event: { type: 'identity', providerId: name, at: now, before, after } }]
}

/** A stanza of the number's own phone. */
export function isOfOwnPhone(attrs: Attrs, me: Me): boolean {
  return isMe(attrs.from, me)
}

function isMe(jid: string | undefined, me: Me): boolean {
  const who = whoIs(jid)
  return who !== null && (who.phone === me.phone || (who.lid !== undefined && who.lid === me.lid))
}

const EARLIEST = Date.UTC(2009, 0, 1)
const SKEW_MS = 10 * 60_000

/** WhatsApp's seconds; a wrong clock must not pin a message to the end of its chat. */
export function instantOf(seconds: unknown, now: number): number {
  const at = Math.round((numberOf(seconds) ?? 0) * 1000)
  return at >= EARLIEST && at <= now + SKEW_MS ? at : now
}
