/**
 * The time in which a portal's line of calls lives: ours, or a faster one where TIME_SCALE says so. Every pause of the line, its
 * patience and the bucket are then as much shorter; what the portal says in its own time is put into the line's, and back.
 */
import type { Called, QueueWorld, Tried, Wanted } from './call-queue.ts'

/** Clock, timer and tries of a line. `scale`: how long a second of its takes. */
export function paceOf(
  scale: () => number,
  attempt: (wanted: Wanted) => Promise<Tried>,
): Pick<QueueWorld, 'attempt' | 'now' | 'after'> {
  return {
    async attempt(wanted) {
      const tried = await attempt(wanted)
      return { ...tried, operatingResetAt: tried.operatingResetAt === null ? null : tried.operatingResetAt / scale() }
    },
    now: () => Date.now() / scale(),
    after: (ms, work) => void setTimeout(work, ms * scale()),
  }
}

/** An answer of the line as everybody else counts. */
export function inRealTime(called: Called, scale: number): Called {
  return called.ok || called.againAt === null ? called : { ...called, againAt: Math.ceil(called.againAt * scale) }
}
