/** What a call in a portal's line waits for, from what the line knows of the portal. Pure: the clock is given. */
import type { Wait as Shown } from '#contract/portal-health.ts'
import type { FailureCode } from '#contract/failures.ts'
import * as limits from './rest/limits.rules.ts'

/** `until`: in the line's own time; null: nobody can say. */
export type Wait = { why: Shown['why']; method: string | null; until: number | null }
/** What a call that waits is for, and what for. */
export type Held = { about: readonly string[]; wait: Wait }

export type LineNow = {
  circuit: limits.Circuit
  bucket: limits.Bucket
  plan: limits.Plan
  rests: ReadonlyMap<string, number>
}

/** `place`: how many calls leave before it. What concerns the whole portal comes first. */
export function waitOf(method: string, place: number, { circuit, bucket, plan, rests }: LineNow, now: number): Wait {
  if (circuit.until > now && circuit.why !== null) return { why: circuit.why, method: null, until: circuit.until }
  const rest = rests.get(method) ?? 0
  if (rest > now) return { why: 'method', method, until: rest }
  const full = limits.bucketWait(bucket, plan, now)
  if (full > 0) return { why: 'pace', method: null, until: now + full + (place * 1_000) / plan.perSecond }
  return { why: 'turn', method: null, until: null }
}

/** What came of a try that did not reach the portal, or found it too busy. */
export const LATER_CODES = {
  away: 'portal_unreachable',
  pace: 'portal_busy',
  overload: 'portal_overloaded',
  method_limit: 'portal_method_limit',
} as const satisfies Record<string, FailureCode>

/** The code under which a message's way tells it; null: a matter of a moment, told nobody. */
export const HELD_CODES: Record<Wait['why'], FailureCode | null> = {
  overload: 'portal_overloaded',
  unreachable: 'portal_unreachable',
  method: 'portal_method_limit',
  pace: 'portal_busy',
  turn: null,
}
