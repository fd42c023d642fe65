/** A picture cut to its middle square, as WhatsApp shows who one writes with. */
const SIDE_PX = 640
const QUALITY = 0.88

/** As JPEG. Throws when this browser cannot read it, or when it is smaller than WhatsApp takes. */
export async function squareImage(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const side = Math.min(picture.width, picture.height)
  try {
    const canvas = document.createElement('canvas')
    canvas.width = SIDE_PX
    canvas.height = SIDE_PX
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    // JPEG knows no transparency: what was clear becomes paper.
    pen.fillStyle = 'white'
    pen.fillRect(0, 0, SIDE_PX, SIDE_PX)
    const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2]
    pen.drawImage(picture, left, top, side, side, 0, 0, SIDE_PX, SIDE_PX)
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('not encoded'))), 'image/jpeg', QUALITY)
    })
  } finally {
    picture.close()
  }
}
