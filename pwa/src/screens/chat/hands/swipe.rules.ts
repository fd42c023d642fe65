/** What a thumb on a message means, and how far the message follows it. */

/** From here on, letting go answers. */
export const ANSWER_PX = 64
/** A thumb that stays within is still; longer than this nothing is decided. */
const SLACK_PX = 10
/** The farthest that a message goes. */
const MOST_PX = 92
/** Where systems listen for their own way back. */
const EDGE_PX = 20

/** May a swipe begin here? */
export function beginsAt(x: number): boolean {
  return x >= EDGE_PX
}

/** `wait`: it may still become anything. `away`: it scrolls, or goes the other way. */
export function wayOf(dx: number, dy: number): 'wait' | 'swipe' | 'away' {
  if (Math.hypot(dx, dy) < SLACK_PX) return 'wait'
  return dx > 2 * Math.abs(dy) ? 'swipe' : 'away'
}

/** With the thumb up to the threshold, then ever more slowly. */
export function followOf(dx: number): number {
  if (dx <= 0) return 0
  if (dx <= ANSWER_PX) return dx
  const rest = MOST_PX - ANSWER_PX
  return ANSWER_PX + rest * (1 - Math.exp(-(dx - ANSWER_PX) / rest))
}
