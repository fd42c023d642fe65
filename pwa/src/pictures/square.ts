/** The middle square of a picture on a canvas of `side` by `side`; `paper` lies under what is clear. Throws when this browser cannot read it. */
export async function squareOf(file: Blob, side: number, paper?: string): Promise<HTMLCanvasElement> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const canvas = document.createElement('canvas')
    canvas.width = side
    canvas.height = side
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    if (paper) {
      pen.fillStyle = paper
      pen.fillRect(0, 0, side, side)
    }
    const { width, height } = picture
    const middle = Math.min(width, height)
    pen.drawImage(picture, (width - middle) / 2, (height - middle) / 2, middle, middle, 0, 0, side, side)
    return canvas
  } finally {
    picture.close()
  }
}

/** A canvas as a file of this kind; null when the browser writes none. Some answer with another kind. */
export const encoded = (canvas: HTMLCanvasElement, mime: string, quality: number): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, mime, quality))
