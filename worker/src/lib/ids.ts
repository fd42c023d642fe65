/** Time-ordered ids (UUIDv7, RFC 9562). Two ids made in one millisecond keep their order. */
import { toHex } from './bytes.ts'

let lastMs = 0
let counter = 0

/** A new UUIDv7. `now` in milliseconds; the 12 bits after it count within the millisecond. */
export function newId(now: number = Date.now()): string {
  if (now > lastMs) {
    lastMs = now
    counter = 0
  } else if (counter < 0xfff) {
    counter += 1
  } else {
    lastMs += 1
    counter = 0
  }
  return idFrom(lastMs, counter)
}

/** A UUIDv7 of another time: of something that was written then and is known only now. */
export function idAt(ms: number): string {
  return idFrom(ms, 0)
}

function idFrom(ms: number, count: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const view = new DataView(bytes.buffer)
  view.setUint16(0, Math.floor(ms / 2 ** 32))
  view.setUint32(2, ms >>> 0)
  view.setUint16(6, 0x7000 | count)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = toHex(bytes)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A trace id: 16 hexadecimal digits, made where a request, a hook or a job begins. */
export function newTraceId(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(8)))
}
