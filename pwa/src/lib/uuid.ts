let lastMs = 0
let counter = 0

/**
 * A UUIDv7 (RFC 9562): time first, so ids sort in the order in which they were made, even within one millisecond of one
 * tab (12-bit counter) and when the clock steps back.
 */
export function uuidv7(now: number = Date.now(), random: Uint8Array = crypto.getRandomValues(new Uint8Array(10))): string {
  if (now > lastMs) {
    lastMs = now
    counter = (((random[0] ?? 0) & 0x07) << 8) | (random[1] ?? 0)
  } else {
    counter += 1
    if (counter > 0xfff) {
      lastMs += 1
      counter = 0
    }
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const tail = [...random.slice(2, 10)]
  tail[0] = ((tail[0] ?? 0) & 0x3f) | 0x80
  const hex = tail.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${hex.slice(0, 4)}-${hex.slice(4)}`
}
