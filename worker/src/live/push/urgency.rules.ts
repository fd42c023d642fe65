/** How long a push is worth delivering, and how much it matters: reference/pwa.md §8.2. */
import type { PushKind } from '#contract/push.ts'

export type Urgency = { ttlS: number; urgency: 'normal' | 'high' }

const HOUR_S = 3_600

const URGENCY: Record<PushKind | 'test', Urgency> = {
  message: { ttlS: 4 * HOUR_S, urgency: 'high' },
  queue: { ttlS: HOUR_S, urgency: 'normal' },
  assignment: { ttlS: 4 * HOUR_S, urgency: 'high' },
  transfer_asked: { ttlS: 12 * HOUR_S, urgency: 'high' },
  transfer_answered: { ttlS: 12 * HOUR_S, urgency: 'high' },
  mention: { ttlS: 4 * HOUR_S, urgency: 'high' },
  channel: { ttlS: HOUR_S, urgency: 'high' },
  alert: { ttlS: HOUR_S, urgency: 'high' },
  test: { ttlS: 60, urgency: 'high' },
}

/** What a push of this kind says of itself to its service. */
export function urgencyOf(kind: PushKind | 'test'): Urgency {
  return URGENCY[kind]
}
