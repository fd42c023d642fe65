/** What WhatsApp does with a message: takes it, delivers it, lets it be read; and what customers do. */
import { failure } from './failures.ts'
import type { Failure } from './failures.ts'
import { bsuidOfPhone } from './lib/ids.ts'
import type { Customer, Progress, SimMessage, SimNumber } from './model.ts'
import type { Sim } from './sim.ts'
import { tell } from './tell.ts'
import { conversationId } from './world.ts'

/** How long after the customer's last word anything may be sent: reference/meta-cloud-api.md §9. */
const WINDOW_MS = 24 * 3600_000
/** Gupshup's `enqueued` comes about when its answer does. */
const ENQUEUED_MS = 5

/** The customer with this phone; a name that is given replaces the old one. */
export function customerOf(sim: Sim, phone: string, change: Partial<Omit<Customer, 'phone'>> = {}): Customer {
  const known = sim.world.customers.get(phone)
  const fresh: Customer = { phone, name: `Cliente ${phone.slice(-4)}`, bsuid: bsuidOfPhone(phone), hidePhone: false }
  const customer = { ...(known ?? fresh), ...change }
  if (JSON.stringify(customer) !== JSON.stringify(known)) sim.world.record({ t: 'customer', customer })
  return customer
}

/** A message with everything that most messages have not. */
export function blankMessage(number: SimNumber, customer: Customer, id: string, at: number): SimMessage {
  return {
    ...{ id, gsId: null, numberId: number.id, customer: customer.phone, direction: 'in', kind: 'text', text: null },
    ...{ mediaId: null, place: null, cards: [], header: null, footer: null, choices: [], reply: null, quoted: null },
    ...{ forwarded: false, referral: null, progress: 'sending', error: null, callbackData: null, category: 'service', at },
    ...{ reactionIn: null, reactionOut: null, editedAt: null, revokedAt: null },
  }
}

/** The customer's message is on his phone, and the business is told. */
export function customerWrites(sim: Sim, number: SimNumber, customer: Customer, message: SimMessage): void {
  sim.world.record({ t: 'message', message })
  tell(sim, number, { type: 'message', message, customer })
}

/** A message of the business which WhatsApp has taken. `trouble`: why it will fail all the same, once that is known. */
export function takeOutgoing(
  sim: Sim,
  number: SimNumber,
  message: SimMessage,
  trouble: Promise<Failure | null> | Failure | null,
): void {
  sim.world.record({ t: 'message', message })
  sim.typing.delete(conversationId(number.id, message.customer))
  if (number.kind === 'gupshup')
    sim.after(Math.min(ENQUEUED_MS, sim.pace.sentMs), () => tellStatus(sim, number, message.id, 'accepted'))
  void Promise.resolve(trouble).then((found) => carryOn(sim, message.id, found ?? windowTrouble(sim, message)))
}

function carryOn(sim: Sim, id: string, trouble: Failure | null): void {
  if (trouble) sim.after(sim.pace.sentMs, () => fail(sim, id, trouble))
  else {
    sim.after(sim.pace.sentMs, () => advance(sim, id, 'sent'))
    sim.after(sim.pace.deliveredMs, () => advance(sim, id, 'delivered'))
  }
}

/** After a restart: messages that were on their way go on. */
export function resume(sim: Sim): void {
  for (const message of sim.world.messages.values()) {
    const isOnItsWay = message.progress === 'accepted' || message.progress === 'sent'
    if (message.direction === 'out' && isOnItsWay) carryOn(sim, message.id, windowTrouble(sim, message))
  }
}

function windowTrouble(sim: Sim, message: SimMessage): Failure | null {
  // An ordinary phone may write when it likes.
  if (message.kind === 'template' || sim.world.numbers.get(message.numberId)?.kind === 'session') return null
  const conversation = sim.world.conversations.get(conversationId(message.numberId, message.customer))
  const isOpen = message.at - (conversation?.lastInboundAt ?? 0) <= WINDOW_MS
  return isOpen ? null : failure(131047)
}

const RANK: Readonly<Record<Progress, number>> = { sending: 0, accepted: 0, sent: 1, delivered: 2, read: 3, played: 4, failed: 9 }

/** Moves a message of the business forward, and tells the business. Never back. */
export function advance(sim: Sim, id: string, progress: Progress): void {
  const message = sim.world.messages.get(id)
  const number = message && sim.world.numbers.get(message.numberId)
  if (!message || !number || message.direction !== 'out' || RANK[progress] <= RANK[message.progress]) return
  sim.world.record({ t: 'change', id, patch: { progress } })
  tellStatus(sim, number, id, progress)
}

export function fail(sim: Sim, id: string, error: Failure): void {
  const message = sim.world.messages.get(id)
  const number = message && sim.world.numbers.get(message.numberId)
  if (!message || !number) return
  sim.world.record({ t: 'change', id, patch: { progress: 'failed', error } })
  tellStatus(sim, number, id, 'failed')
}

function tellStatus(sim: Sim, number: SimNumber, id: string, status: Progress): void {
  const message = sim.world.messages.get(id)
  if (message) tell(sim, number, { type: 'status', message, customer: customerOf(sim, message.customer), status, at: sim.now() })
}

/** The customer looks at the chat: everything that the business wrote is read. */
export function customerReads(sim: Sim, number: SimNumber, phone: string): number {
  const conversation = sim.world.conversations.get(conversationId(number.id, phone))
  const unread = (conversation?.messageIds ?? []).filter((id) => isUnread(sim.world.messages.get(id)))
  for (const id of unread) {
    for (const progress of ['sent', 'delivered', 'read'] as const) advance(sim, id, progress)
  }
  return unread.length
}

function isUnread(message: SimMessage | undefined): boolean {
  return message?.direction === 'out' && RANK[message.progress] < RANK.read
}

/** The business marks a customer's message as read, and with it everything before. */
export function businessReads(sim: Sim, number: SimNumber, message: SimMessage): void {
  const conversation = sim.world.conversations.get(conversationId(number.id, message.customer))
  const ids = conversation?.messageIds ?? []
  for (const id of ids.slice(0, ids.indexOf(message.id) + 1)) {
    const earlier = sim.world.messages.get(id)
    if (earlier?.direction === 'in' && earlier.progress !== 'read')
      sim.world.record({ t: 'change', id, patch: { progress: 'read' } })
  }
}

const TYPING_MS = 25_000

/** The customer sees "typing" for 25 seconds, or until the answer. */
export function businessTypes(sim: Sim, number: SimNumber, customer: string): void {
  const until = sim.now() + TYPING_MS
  sim.typing.set(conversationId(number.id, customer), until)
  sim.tellPhones({ type: 'typing', numberId: number.id, customer, until })
}
