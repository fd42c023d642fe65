/** Pictures as WhatsApp's stickers: WebP, 512 by 512, at most 100 KB, what is clear stays clear (reference/meta-cloud-api.md §8). */

const SIDE = 512
const MOST_BYTES = 100_000
/** The best first; below the last nothing is left of a picture. */
const QUALITIES = [0.9, 0.75, 0.6, 0.4, 0.2] as const

/** The middle of a picture as a sticker. Throws when this browser cannot read it, or writes no WebP. */
export async function stickerOf(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const canvas = document.createElement('canvas')
    canvas.width = SIDE
    canvas.height = SIDE
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    const { width, height } = picture
    const side = Math.min(width, height)
    pen.drawImage(picture, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE)
    for (const quality of QUALITIES) {
      const blob = await webpOf(canvas, quality)
      // Safari before 17 answers with a PNG.
      if (blob?.type !== 'image/webp') break
      if (blob.size <= MOST_BYTES) return blob
    }
    throw new Error('no sticker came of it')
  } finally {
    picture.close()
  }
}

const webpOf = (canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', quality))
