/** Pictures leave as JPEG of at most 1600 px: WhatsApp takes no more, and the place where they were taken stays here. */
import { savesData } from './data-saver.ts'
import { encodeOn, type Order } from './encode.ts'
import { qualityOf, UNTOUCHED, type PictureEdit } from './frame.rules.ts'
import type { PictureAnswer } from './picture.worker.ts'

type Waiting = { order: Order; resolve(blob: Blob | Promise<Blob>): void; reject(error: Error): void }

let worker: Worker | null | undefined
let last = 0
const waiting = new Map<number, Waiting>()

/** The picture re-encoded, turned and cut as asked. Throws when this browser cannot read it. */
export function shrinkImage(file: Blob, edit: PictureEdit = UNTOUCHED): Promise<Blob> {
  const order = { file, edit, quality: qualityOf(savesData()) }
  const beside = helper()
  if (!beside) return encodeOn(onPage, order)
  last += 1
  const id = last
  return new Promise<Blob>((resolve, reject) => {
    waiting.set(id, { order, resolve, reject })
    beside.postMessage({ id, ...order } satisfies Order & { id: number })
  })
}

/** The worker, made when it is first needed; null where there is none that can draw. */
function helper(): Worker | null {
  if (worker !== undefined) return worker
  worker = null
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') return worker
  worker = new Worker(new URL('picture.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<PictureAnswer>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if ('blob' in data) asked?.resolve(data.blob)
    else asked?.reject(new Error('not a picture that this browser reads'))
  })
  // It could not be loaded (a new version of the app, no network): pictures are drawn on the page.
  worker.addEventListener('error', () => {
    worker = null
    for (const asked of waiting.values()) asked.resolve(encodeOn(onPage, asked.order))
    waiting.clear()
  })
  return worker
}

function onPage(width: number, height: number) {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return {
    pen: canvas.getContext('2d'),
    toJpeg: (quality: number) =>
      new Promise<Blob>((resolve, reject) =>
        canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('not encoded'))), 'image/jpeg', quality),
      ),
  }
}
