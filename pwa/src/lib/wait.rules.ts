/** How long somebody waits, as a length and a colour of thread (reference/look.md §5). */
export type Wait = { stage: 'answered' | 'first' | 'second' | 'late' | 'none'; length: number; minutes: number }

const MINUTE_MS = 60_000
const SECOND_FROM = 5
const LATE_FROM = 30

/** `since`: when the wait began, null when nobody waits. Times in milliseconds since 1970. */
export function waitOf(since: number | null, isClosed: boolean, now: number): Wait {
  if (isClosed) return { stage: 'none', length: 0, minutes: 0 }
  if (since === null) return { stage: 'answered', length: 0, minutes: 0 }
  const minutes = Math.max(0, (now - since) / MINUTE_MS)
  if (minutes < SECOND_FROM) return { stage: 'first', length: between(0.25, 0.45, minutes / SECOND_FROM), minutes }
  if (minutes < LATE_FROM)
    return { stage: 'second', length: between(0.45, 0.8, (minutes - SECOND_FROM) / (LATE_FROM - SECOND_FROM)), minutes }
  return { stage: 'late', length: 1, minutes }
}

const between = (from: number, to: number, part: number) => from + (to - from) * part
