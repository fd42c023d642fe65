/** A list that is pulled down beyond its beginning. */

/** From here on, letting go reads everything again. */
export const SYNC_PX = 72
const MOST_PX = 110
/** A thumb moves this much by itself. */
const SLACK_PX = 8

/** How far the sign comes down: ever less than the thumb. 0: this is no pull. */
export function pulledOf(dx: number, dy: number): number {
  if (dy <= SLACK_PX || dy < 1.5 * Math.abs(dx)) return 0
  return MOST_PX * (1 - Math.exp(-(dy - SLACK_PX) / MOST_PX))
}
