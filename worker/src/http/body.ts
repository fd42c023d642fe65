import { Refusal } from '../lib/refusal.ts'

/** How much of a body that is too large is still read away: who is refused in the middle of sending sees only a broken connection. */
const DRAIN_BYTES = 32_000_000

/**
 * Reads a body whole, but never keeps more than `maxBytes` and never waits longer than `maxMs`.
 * Refuses with body_too_large (413) or body_too_slow (408).
 */
export async function readBody(request: globalThis.Request, maxBytes: number, maxMs: number): Promise<Uint8Array<ArrayBuffer>> {
  const told = Number(request.headers.get('content-length') ?? 0)
  if (told > DRAIN_BYTES) throw new Refusal('body_too_large', { maxBytes })
  if (!request.body) return new Uint8Array()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Refusal('body_too_slow', { maxSeconds: maxMs / 1000 })), maxMs)
  })
  try {
    // A length that HTTP holds the sender to is read in one piece, which is what nearly every hook is.
    const whole =
      told > 0 && told <= maxBytes
        ? await Promise.race([request.arrayBuffer(), late])
        : await inPieces(request.body, maxBytes, late)
    if (Math.max(whole.byteLength, told) > maxBytes) throw new Refusal('body_too_large', { maxBytes })
    return new Uint8Array(whole)
  } finally {
    clearTimeout(timer)
  }
}

/** At most one byte more than `maxBytes` says that it was too much; the rest is read and forgotten. */
async function inPieces(body: ReadableStream<Uint8Array>, maxBytes: number, late: Promise<never>): Promise<ArrayBuffer> {
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) break
      size += value.byteLength
      if (size <= maxBytes) chunks.push(value)
      if (size > DRAIN_BYTES) break
    }
  } catch (error) {
    // The rest is not wanted: an unread body would hold the connection.
    await reader.cancel().catch(() => undefined)
    throw error
  }
  const whole = new Uint8Array(Math.min(size, maxBytes + 1))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole.buffer
}
