/** How long a node may speak for a number. Pure: clock and pings come in. */
import { FENCE_MS } from '#contract/session-node.ts'

/** `since`: when the ping was sent that was last answered, or when the link was granted. Milliseconds, one clock. */
export type Right = { since: number }

/** Is the right over? Counted from when a ping was sent, so that it always ends here before it ends there. */
export function isOver(right: Right, now: number, fenceMs: number = FENCE_MS): boolean {
  return now - right.since >= fenceMs
}

/** Waits before dialling again, in milliseconds. `spread` in [0, 1): many nodes come back after a deployment. */
export function dialAgainAfter(failures: number, spread: number): number {
  return Math.min(5_000, 250 * 2 ** Math.min(failures, 5)) * (0.5 + spread)
}
