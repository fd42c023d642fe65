/** A picture drawn anew as JPEG. What else was in its file (the place it was taken, the camera) stays behind. */
import { frameOf, type PictureEdit, type Quality } from './frame.rules.ts'

export type Order = { file: Blob; edit: PictureEdit; quality: Quality }

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D
type Paper = { pen: Pen | null; toJpeg(quality: number): Promise<Blob> }

/** Throws when this browser cannot read the picture. */
export async function encodeOn(paper: (width: number, height: number) => Paper, { file, edit, quality }: Order): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const { width, height, matrix } = frameOf(picture, edit, quality.maxPx)
    const { pen, toJpeg } = paper(width, height)
    if (!pen) throw new Error('no canvas')
    // JPEG knows no transparency: what was clear becomes paper.
    pen.fillStyle = 'white'
    pen.fillRect(0, 0, width, height)
    pen.setTransform(...matrix)
    pen.drawImage(picture, 0, 0)
    return await toJpeg(quality.quality)
  } finally {
    picture.close()
  }
}
