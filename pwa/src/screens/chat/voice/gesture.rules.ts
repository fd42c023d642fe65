/** What a thumb on the microphone means: pure, so that every slip of it can be tried. */

/**
 * `held`: recording for as long as it is pressed. `locked`: it records by itself. `released`: let go after speaking, which
 * sends. `cancelled`: slid away.
 */
export type Gesture = { way: 'held' | 'locked' | 'released' | 'cancelled'; /** Pixels slid towards cancelling. */ slide: number }

/** Pressed for less than this it was a tap. */
export const TAP_MS = 500
export const CANCEL_PX = 110
export const LOCK_PX = 70

/** A finger that moves: away to cancel, up to lock. */
export function moved(dx: number, dy: number): Gesture {
  const slide = Math.max(0, -dx)
  if (-dy >= LOCK_PX && -dy > slide) return { way: 'locked', slide: 0 }
  return slide >= CANCEL_PX ? { way: 'cancelled', slide } : { way: 'held', slide }
}

/** A finger that is lifted: a tap goes on by itself, anything longer is sent. */
export function lifted(heldMs: number): Gesture {
  return { way: heldMs < TAP_MS ? 'locked' : 'released', slide: 0 }
}
