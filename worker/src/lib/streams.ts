/** Streams that are looked into before they are passed on. */

/** Reads at least `bytes` from the front (less when it is shorter) and gives a stream that still has everything. */
export async function peek(
  stream: ReadableStream<Uint8Array>,
  bytes: number,
): Promise<{ head: Uint8Array; whole: ReadableStream<Uint8Array> }> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  let ended = false
  while (size < bytes && !ended) {
    const { done, value } = await reader.read()
    ended = done
    if (value) {
      chunks.push(value)
      size += value.byteLength
    }
  }
  const head = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    head.set(chunk, at)
    at += chunk.byteLength
  }
  const whole = new ReadableStream<Uint8Array>({
    start(controller) {
      if (size > 0) controller.enqueue(head)
      if (ended) controller.close()
    },
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
  return { head: head.subarray(0, bytes), whole }
}

/** Thrown by {@link capped} when a stream is longer than it may be. */
export class TooLong extends Error {}

/** Counts what passes, hashes it, and stops with {@link TooLong} beyond `maxBytes`. */
export function capped(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
): { body: ReadableStream<Uint8Array>; size: () => number } {
  let size = 0
  const body = stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength
        if (size > maxBytes) controller.error(new TooLong(`more than ${maxBytes} bytes`))
        else controller.enqueue(chunk)
      },
    }),
  )
  return { body, size: () => size }
}
