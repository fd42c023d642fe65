/// <reference lib="webworker" />
/** Makes pictures smaller beside the page, which goes on answering the thumb meanwhile. */
import { encodeOn, type Order } from './encode.ts'

declare const self: DedicatedWorkerGlobalScope

export type PictureAnswer = { id: number; blob: Blob } | { id: number; failed: true }

self.addEventListener('message', (event: MessageEvent<Order & { id: number }>) => {
  const { id, ...order } = event.data
  encodeOn(offscreen, order).then(
    (blob) => self.postMessage({ id, blob } satisfies PictureAnswer),
    () => self.postMessage({ id, failed: true } satisfies PictureAnswer),
  )
})

function offscreen(width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height)
  return { pen: canvas.getContext('2d'), toJpeg: (quality: number) => canvas.convertToBlob({ type: 'image/jpeg', quality }) }
}
