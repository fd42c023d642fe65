/** Pictures as WhatsApp's stickers: WebP, 512 by 512, at most 100 KB, what is clear stays clear (reference/meta-cloud-api.md §8). */
import { encoded, squareOf } from './square.ts'

const SIDE = 512
const MOST_BYTES = 100_000
/** The best first; below the last nothing is left of a picture. */
const QUALITIES = [0.9, 0.75, 0.6, 0.4, 0.2] as const

/** The middle of a picture as a sticker. Throws when this browser cannot read it, or writes no WebP. */
export async function stickerOf(file: Blob): Promise<Blob> {
  const canvas = await squareOf(file, SIDE)
  for (const quality of QUALITIES) {
    const blob = await encoded(canvas, 'image/webp', quality)
    // Safari before 17 answers with a PNG.
    if (blob?.type !== 'image/webp') break
    if (blob.size <= MOST_BYTES) return blob
  }
  throw new Error('no sticker came of it')
}
