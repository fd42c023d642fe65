import { encoded, squareOf } from './square.ts'

/** As WhatsApp shows who one writes with. */
const SIDE_PX = 640
const QUALITY = 0.88

/** The middle of a picture as a JPEG. Throws when this browser cannot read it or writes none. */
export async function faceOf(file: Blob): Promise<Blob> {
  // JPEG knows no transparency: what was clear becomes paper.
  const blob = await encoded(await squareOf(file, SIDE_PX, 'white'), 'image/jpeg', QUALITY)
  if (!blob) throw new Error('not encoded')
  return blob
}
