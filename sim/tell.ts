/** Puts an event into the words of the number's provider and on its way to the product. */
import { randomUUID } from 'node:crypto'
import { cloudPart } from './cloud.ts'
import type { SimEvent } from './events.ts'
import { billingPart, secondFormatPart } from './gupshup/second-format.ts'
import type { GupshupNumber, Hook, HookNumber, HookPart, SimNumber } from './model.ts'
import type { Sim } from './sim.ts'

/** Every webhook of this event, to everyone who subscribed to its kind; to a phone's linked devices instead. */
export function tell(sim: Sim, number: SimNumber, event: SimEvent): void {
  if (number.kind === 'session') return sim.web?.tell(number, event)
  if (number.kind === 'meta') {
    // Meta has no word for "accepted": the answer to the request said so.
    if (event.type === 'status' && event.status === 'accepted') return
    queue(sim, number, event, { url: null, headers: {} }, cloudPart(sim, number, event))
    return
  }
  for (const subscriber of subscribersOf(number, modeOf(event))) {
    const part = subscriber.version === 3 ? cloudPart(sim, number, event) : secondFormatPart(sim, number, event)
    if (part) queue(sim, number, event, subscriber, part)
  }
  if (event.type === 'status' && event.status === 'delivered') tellPrice(sim, number, event)
}

function tellPrice(sim: Sim, number: GupshupNumber, event: Extract<SimEvent, { type: 'status' }>): void {
  for (const subscriber of subscribersOf(number, 'BILLING')) {
    if (subscriber.version === 2) queue(sim, number, event, subscriber, billingPart(number, event.message, event.at))
  }
}

type Subscriber = { url: string | null; headers: Record<string, string> }

/** The subscriptions of an app; where there is none, the address that the number was registered with gets everything. */
export function subscribersOf(number: GupshupNumber, mode: string): (Subscriber & { version: 2 | 3 })[] {
  if (number.subscriptions.length === 0) return [{ url: null, headers: {}, version: number.callbackVersion }]
  return number.subscriptions.filter(({ active, modes }) => active && (modes.includes(mode) || modes.includes('ALL')))
}

function modeOf(event: SimEvent): string {
  if (event.type === 'revoke') return 'DELETED'
  if (event.type === 'echo') return 'COEXISTENCE'
  if (event.type !== 'status') return 'MESSAGE'
  return event.status === 'accepted' ? 'ENQUEUED' : event.status.toUpperCase()
}

/** How much later each status goes when they are to come in the wrong order, in milliseconds. */
const REVERSED: Readonly<Record<string, number>> = { accepted: 900, sent: 600, delivered: 300 }

function queue(sim: Sim, number: HookNumber, event: SimEvent, { url, headers }: Subscriber, part: HookPart): void {
  const manners = sim.misbehaviours.hooks(number.kind, number.id)
  const id = randomUUID()
  const isStatus = event.type === 'status'
  const isReversed = isStatus && manners.reorderStatuses
  const laterMs = isStatus ? manners.delayStatusesMs + (isReversed ? (REVERSED[event.status] ?? 0) : 0) : 0
  const hook: Hook = {
    id,
    numberId: number.id,
    // Statuses have their own lane: they never hold up what the customer writes.
    lane: isReversed ? id : isStatus ? `statuses ${event.customer.phone}` : event.customer.phone,
    url,
    headers,
    part,
    notBefore: sim.now() + laterMs,
    carries: event.type === 'message' ? event.message.id : null,
  }
  sim.world.record({ t: 'hook', hook })
  sim.outbox.add(hook)
}
