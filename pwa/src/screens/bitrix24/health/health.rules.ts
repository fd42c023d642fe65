/** What may be decided about entries of a portal's queue. */
import type { QueueDecision, QueueEntry } from '#contract/portal-health.ts'

const STILL: Record<QueueDecision, readonly QueueEntry['state'][]> = {
  retry: ['failed', 'waiting'],
  arrived: ['unconfirmed'],
  again: ['unconfirmed'],
  reroute: ['waiting', 'failed'],
  discard: ['waiting', 'failed', 'unconfirmed'],
}
const ORDER: readonly QueueDecision[] = ['retry', 'arrived', 'again', 'reroute', 'discard']

type Decidable = Pick<QueueEntry, 'state' | 'direction' | 'code' | 'isMessage'>

/** In the order in which they are offered. `lines`: how many there are to move to. */
export function decisionsFor(entries: readonly Decidable[], lines: number): QueueDecision[] {
  return ORDER.filter((decision) => entries.some((entry) => mayBe(decision, entry, lines)))
}

function mayBe(decision: QueueDecision, { state, direction, code, isMessage }: Decidable, lines: number): boolean {
  if (!STILL[decision].includes(state)) return false
  // What is being done this moment is nobody's to decide.
  if (direction === 'to_customer' && state === 'waiting' && !isMessage) return false
  if (decision === 'reroute') return direction === 'to_portal' && lines > 0
  // What is too late to be sent can only be put away, and what waits for WhatsApp goes by itself.
  if (decision === 'retry') return code !== 'portal_event_missed' && (direction === 'to_portal' || state === 'failed')
  return true
}

// As the contract has them: its file would bring the checks of every input to the phone.
export const QUEUE_STATES = ['waiting', 'sending', 'failed', 'unconfirmed'] as const satisfies QueueEntry['state'][]
export const QUEUE_DIRECTIONS = ['to_portal', 'to_customer'] as const satisfies QueueEntry['direction'][]
