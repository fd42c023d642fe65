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
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Refusal('body_too_slow', { maxSeconds: maxMs / 1000 })), maxMs)
  })
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) break
      size += value.byteLength
      if (size <= maxBytes) chunks.push(value)
      else chunks.length = 0
      if (size > DRAIN_BYTES) break
    }
    if (Math.max(size, told) > maxBytes) throw new Refusal('body_too_large', { maxBytes })
  } catch (error) {
    // The rest is not wanted: an unread body would hold the connection.
    await reader.cancel().catch(() => undefined)
    throw error
  } finally {
    clearTimeout(timer)
  }
  if (chunks.length === 1 && chunks[0]) return new Uint8Array(chunks[0])
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}
