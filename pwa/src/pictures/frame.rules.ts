/** What of a picture leaves, and how large: turned, cut, made smaller. */

/** A part of a picture that has been turned already, in fractions of its sides. */
export type Crop = { x: number; y: number; width: number; height: number }
export type PictureEdit = { /** Clockwise. */ quarterTurns: number; crop: Crop | null }
export type Quality = { maxPx: number; quality: number }

export const UNTOUCHED: PictureEdit = { quarterTurns: 0, crop: null }

/** WhatsApp takes no more than 1600 px; with the data saver a photo weighs about a third. */
export function qualityOf(saves: boolean): Quality {
  return saves ? { maxPx: 1024, quality: 0.6 } : { maxPx: 1600, quality: 0.82 }
}

export type Frame = {
  /** Of the canvas. */
  width: number
  height: number
  /** How the canvas is set before the picture is drawn at 0, 0 in its own size. */
  matrix: readonly [number, number, number, number, number, number]
}

/** How a picture of this size is drawn. Never larger than it is, never less than a pixel. */
export function frameOf(size: { width: number; height: number }, edit: PictureEdit, maxPx: number): Frame {
  const turns = ((edit.quarterTurns % 4) + 4) % 4
  const [w, h] = turns % 2 === 0 ? [size.width, size.height] : [size.height, size.width]
  const crop = edit.crop ?? { x: 0, y: 0, width: 1, height: 1 }
  const scale = Math.min(1, maxPx / Math.max(crop.width * w, crop.height * h))
  const [left, top] = [crop.x * w * scale, crop.y * h * scale]
  const [cos, sin] = (
    [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ] as const
  )[turns as 0 | 1 | 2 | 3]
  // Where the turned picture's corner has gone, so that it is drawn from 0, 0 again.
  const shiftX = turns === 1 || turns === 2 ? w * scale : 0
  const shiftY = turns === 2 || turns === 3 ? h * scale : 0
  return {
    width: Math.max(1, Math.round(crop.width * w * scale)),
    height: Math.max(1, Math.round(crop.height * h * scale)),
    matrix: [cos * scale, sin * scale, -sin * scale, cos * scale, shiftX - left, shiftY - top],
  }
}

const LEAST = 0.08

/** A corner of the cut that was moved by so much: it stays inside the picture and never closes up. */
export function cornerMoved(crop: Crop, corner: 'nw' | 'ne' | 'sw' | 'se', dx: number, dy: number): Crop {
  const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))
  let { x, y } = crop
  let [right, bottom] = [crop.x + crop.width, crop.y + crop.height]
  if (corner === 'nw' || corner === 'sw') x = clamp(x + dx, 0, right - LEAST)
  else right = clamp(right + dx, x + LEAST, 1)
  if (corner === 'nw' || corner === 'ne') y = clamp(y + dy, 0, bottom - LEAST)
  else bottom = clamp(bottom + dy, y + LEAST, 1)
  return { x, y, width: right - x, height: bottom - y }
}

/** The cut moved as a whole, never out of the picture. */
export function cropMoved(crop: Crop, dx: number, dy: number): Crop {
  const x = Math.min(1 - crop.width, Math.max(0, crop.x + dx))
  const y = Math.min(1 - crop.height, Math.max(0, crop.y + dy))
  return { ...crop, x, y }
}

/** The largest cut of this shape, in the middle. `ratio`: width to height. */
export function cropOf(ratio: number, size: { width: number; height: number }): Crop {
  const own = size.width / size.height
  const [width, height] = own > ratio ? [ratio / own, 1] : [1, own / ratio]
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height }
}
