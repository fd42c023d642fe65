/** How fast a number sends: like a person, not like a machine. Pure: clock and chance come in. */

export type Pace = 'natural' | 'fast'
/** What may go at once, and when it was counted. Milliseconds. */
export type Breath = { left: number; at: number }

/** So many at once; then one each time a breath is taken. */
const BURST = 5
const BREATH_MIN_MS = 1_000
const BREATH_SPREAD_MS = 2_000
const FAST: Breath = { left: Infinity, at: 0 }

export const fresh = (pace: Pace, now: number): Breath => (pace === 'fast' ? FAST : { left: BURST, at: now })

/** Takes one. `waitMs`: not yet, look again then. `spread` in [0, 1) makes no two breaths the same. */
export function breathe(pace: Pace, before: Breath, now: number, spread: number): { breath: Breath; waitMs: number } {
  if (pace === 'fast') return { breath: FAST, waitMs: 0 }
  const length = BREATH_MIN_MS + BREATH_SPREAD_MS * spread
  const gained = Math.floor((now - before.at) / length)
  const left = Math.min(BURST, Math.min(before.left, BURST) + gained)
  const at = gained > 0 ? now : before.at
  if (left > 0) return { breath: { left: left - 1, at: before.left >= BURST ? now : at }, waitMs: 0 }
  return { breath: { left, at }, waitMs: Math.ceil(before.at + length - now) }
}
