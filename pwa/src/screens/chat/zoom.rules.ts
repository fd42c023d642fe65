/** A picture under fingers: how far it is drawn out and moved. Pure, in pixels of its frame, from its middle. */

export type Zoom = { scale: number; x: number; y: number }
export type Frame = { width: number; height: number }
type Point = { x: number; y: number }

export const FIT: Zoom = { scale: 1, x: 0, y: 0 }
const MOST = 6
const TAPPED = 2.5
/** A sweep this wide goes to the next picture. */
const SWEEP_PX = 60

/** Never smaller than it fits, never out of sight. */
export function held(zoom: Zoom, frame: Frame): Zoom {
  const scale = Math.min(MOST, Math.max(1, zoom.scale))
  const [right, down] = [(frame.width * (scale - 1)) / 2, (frame.height * (scale - 1)) / 2]
  const clamp = (value: number, most: number) => Math.min(most, Math.max(-most, value)) + 0
  return { scale, x: clamp(zoom.x, right), y: clamp(zoom.y, down) }
}

/** Drawn out by a factor around a point, which stays under the finger. */
export function zoomedAt(zoom: Zoom, factor: number, at: Point, frame: Frame): Zoom {
  const scale = Math.min(MOST, Math.max(1, zoom.scale * factor))
  const by = scale / zoom.scale
  return held({ scale, x: at.x - (at.x - zoom.x) * by, y: at.y - (at.y - zoom.y) * by }, frame)
}

/** Two taps: close up where it was tapped, or whole again. */
export function tapped(zoom: Zoom, at: Point, frame: Frame): Zoom {
  return zoom.scale > 1 ? FIT : zoomedAt(zoom, TAPPED, at, frame)
}

/** What a sweep of a picture that fits means: the one before, the one after, or nothing. */
export function swept(dx: number, dy: number): -1 | 0 | 1 {
  if (Math.abs(dx) < SWEEP_PX || Math.abs(dx) < Math.abs(dy) * 1.5) return 0
  return dx < 0 ? 1 : -1
}
