/** How steadily a number was there, from the moments at which it changed. Pure. */
import { AWAY_MS } from '#contract/session-node.ts'
import type { Uptime, UptimeState } from '#contract/uptime.ts'

/** From `at` on it stood so. `code`: our failure code. Milliseconds, oldest first. */
export type Point = { at: number; state: UptimeState; code: string | null }
/** A time in which it was not meant to work. */
export type Rest = { state: 'paused' | 'off'; from: number; to: number | null }
type Stretch = { from: number; to: number; state: UptimeState; code: string | null; goesOn: boolean }

const SLOTS = 240
const LISTED = 30

const DOWN: readonly UptimeState[] = ['reconnecting', 'away', 'logged_out', 'blocked']
/** What a slot shows when several states share it, and what an outage was when it went through several. */
const WORST: readonly UptimeState[] = ['blocked', 'logged_out', 'away', 'reconnecting', 'paused', 'up', 'off']

const isDown = (state: UptimeState): boolean => DOWN.includes(state)
const iso = (ms: number): string => new Date(ms).toISOString()
const rank = (state: UptimeState): number => WORST.indexOf(state)

/** The report of `from` to `now`. Before the first point nothing is known. */
export function uptimeOf(points: readonly Point[], rests: readonly Rest[], from: number, now: number): Omit<Uptime, 'beatAt'> {
  const stretches = stretchesOf(points, now)
  const seen = rests
    .reduce(restedIn, stretches)
    .filter(({ to, goesOn }) => to > from || goesOn)
    .map((one) => ({ ...one, from: Math.max(one.from, from) }))
  const seconds = { up: 0, reconnecting: 0, away: 0, logged_out: 0, blocked: 0, paused: 0, off: 0 }
  for (const one of seen) seconds[one.state] += (one.to - one.from) / 1000
  const down = DOWN.reduce((sum, state) => sum + seconds[state], 0)
  const outages = outagesIn(stretches).filter(({ to, goesOn }) => to > from || goesOn)
  const long = outages.filter(({ state }) => state !== 'reconnecting').toReversed()
  return {
    from: iso(from),
    to: iso(now),
    // Rounded down: what was not there all the time is never a hundred per cent.
    up: seconds.up + down === 0 ? null : Math.floor((seconds.up / (seconds.up + down)) * 10_000),
    seconds,
    strip: stripOf(seen, from, now),
    outages: long
      .slice(0, LISTED)
      .map(({ from: since, to, goesOn, state, code }) => ({ since: iso(since), until: goesOn ? null : iso(to), state, code })),
    moreOutages: Math.max(0, long.length - LISTED),
    blinks: outages.length - long.length,
  }
}

/** From point to point; what reconnected for longer than a moment was away. */
function stretchesOf(points: readonly Point[], now: number): Stretch[] {
  const merged: Stretch[] = []
  for (const [n, { at, state, code }] of points.entries()) {
    const next = points[n + 1]
    const to = Math.min(next?.at ?? now, now)
    const last = merged.at(-1)
    if (last && last.state === state) Object.assign(last, { to, code: code ?? last.code, goesOn: !next })
    else merged.push({ from: Math.min(at, now), to, state, code, goesOn: !next })
  }
  return merged.map((one) => (one.state === 'reconnecting' && one.to - one.from >= AWAY_MS ? { ...one, state: 'away' } : one))
}

/** The same with a rest laid over it; what was not there to rest stays as it was. */
function restedIn(stretches: readonly Stretch[], { state, from, to }: Rest): Stretch[] {
  const end = to ?? Infinity
  return stretches.flatMap((one) => {
    if (one.to <= from || one.from >= end || (one.state === 'off' && state === 'paused')) return [one]
    const parts: Stretch[] = [
      { ...one, to: Math.max(one.from, Math.min(from, one.to)), goesOn: false },
      { ...one, from: Math.max(one.from, from), to: Math.min(one.to, end), state, code: null, goesOn: one.goesOn && to === null },
      { ...one, from: Math.min(one.to, end) },
    ]
    return parts.filter((part) => part.to > part.from)
  })
}

/** Times in a row in which it was not there, each by the worst that it went through. */
function outagesIn(stretches: readonly Stretch[]): Stretch[] {
  const outages: Stretch[] = []
  let open: Stretch | null = null
  for (const one of stretches) {
    if (!isDown(one.state)) {
      open = null
      continue
    }
    if (!open) {
      open = { ...one }
      outages.push(open)
      continue
    }
    const worse = rank(one.state) <= rank(open.state) ? { state: one.state, code: one.code } : {}
    Object.assign(open, { to: one.to, goesOn: one.goesOn }, worse)
  }
  return outages
}

/** Slots of equal length, each showing the worst that lay in it, as runs of the same. */
function stripOf(stretches: readonly Stretch[], from: number, now: number): Uptime['strip'] {
  const slot = (now - from) / SLOTS
  const slots: (UptimeState | null)[] = Array.from({ length: SLOTS }, () => null)
  for (const { from: since, to, state } of stretches) {
    const first = Math.max(0, Math.floor((since - from) / slot))
    const last = Math.min(SLOTS - 1, Math.ceil((to - from) / slot) - 1)
    for (let n = first; n <= last; n += 1) {
      const there = slots[n] ?? null
      if (there === null || rank(state) < rank(there)) slots[n] = state
    }
  }
  const strip: Uptime['strip'] = []
  for (const state of slots) {
    const run = strip.at(-1)
    if (run && run.state === state) run.slots += 1
    else strip.push({ state, slots: 1 })
  }
  return strip
}
