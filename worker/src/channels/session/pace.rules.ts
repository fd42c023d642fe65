/** How fast a number sends: like a person, not like a machine. Pure: clock and chance come in. */

export type Pace = 'natural' | 'fast'
/** What may go at once, and when the next one may go when that is used up. Milliseconds. */
export type Breath = { left: number; nextAt: number }

/** So many at once after a rest; then one at each breath. */
const BURST = 5
const REST_MS = 10_000
const BREATH_MIN_MS = 1_000
const BREATH_SPREAD_MS = 2_000

export const fresh = (now: number): Breath => ({ left: BURST, nextAt: now })

/** Takes one. `waitMs`: not yet, look again then. `spread` in [0, 1) makes no two breaths the same. */
export function breathe(pace: Pace, before: Breath, now: number, spread: number): { breath: Breath; waitMs: number } {
  if (pace === 'fast') return { breath: before, waitMs: 0 }
  const left = now - before.nextAt >= REST_MS ? BURST : before.left
  if (left === 0 && now < before.nextAt) return { breath: before, waitMs: before.nextAt - now }
  const nextAt = now + Math.round(BREATH_MIN_MS + BREATH_SPREAD_MS * spread)
  return { breath: { left: Math.max(0, left - 1), nextAt }, waitMs: 0 }
}
