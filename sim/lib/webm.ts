/**
 * Browsers of the Chromium family record WebM; WhatsApp's voice notes are Ogg. Both hold the same Opus packets, so they
 * are only put into another wrapping (Matroska: RFC 9559).
 */
import { oggOpus } from './ogg.ts'
import type { OpusFrame } from './ogg.ts'

const CONTAINERS = new Set([0x18538067, 0x1f43b675, 0x1654ae6b, 0xae, 0xa0])
const CODEC_PRIVATE = 0x63a2
const SIMPLE_BLOCK = 0xa3
const BLOCK = 0xa1

/** The recording as Ogg; undefined when these bytes hold no Opus sound. */
export function webmToOgg(bytes: Buffer): Uint8Array | undefined {
  const found: { head?: Buffer; frames: OpusFrame[] } = { frames: [] }
  walk(bytes, 0, bytes.length, (id, body) => {
    if (id === CODEC_PRIVATE && body.subarray(0, 8).toString('latin1') === 'OpusHead') found.head = body
    // Track number (one byte for the first 126 tracks), two bytes of time, flags: then the packet, as no lacing is used.
    if ((id === SIMPLE_BLOCK || id === BLOCK) && body.length > 4) found.frames.push(frameOf(body.subarray(4)))
  })
  const channels = found.head?.[9] ?? 1
  return found.head && found.frames.length > 0 ? oggOpus(found.frames, channels, found.head) : undefined
}

function walk(bytes: Buffer, start: number, end: number, see: (id: number, body: Buffer) => void): void {
  let at = start
  while (at < end - 1) {
    const id = readNumber(bytes, at, true)
    const size = id && readNumber(bytes, id.next, false)
    if (!id || !size) return
    // While recording the size is not known yet: all ones. Then it reaches to the end.
    const bodyEnd = size.isUnknown ? end : Math.min(end, size.next + size.value)
    if (CONTAINERS.has(id.value)) walk(bytes, size.next, bodyEnd, see)
    else see(id.value, bytes.subarray(size.next, bodyEnd))
    at = bodyEnd
  }
}

/** EBML's numbers: the leading zeros of the first byte tell the length. */
function readNumber(bytes: Buffer, at: number, keepsMarker: boolean) {
  const first = bytes[at]
  if (first === undefined || first === 0) return undefined
  const length = Math.clz32(first) - 23
  if (at + length > bytes.length) return undefined
  let value = keepsMarker ? first : first & (0xff >> length)
  let isUnknown = !keepsMarker && value === 0xff >> length
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[at + index] ?? 0
    isUnknown &&= byte === 0xff
    value = value * 256 + byte
  }
  return { value, next: at + length, isUnknown }
}

const SILK_MS = [10, 20, 40, 60]

/** How long a packet is, from its first byte (RFC 6716 §3.1). */
function frameOf(packet: Buffer): OpusFrame {
  const toc = packet[0] ?? 0
  const config = toc >> 3
  const ms = config < 12 ? (SILK_MS[config % 4] ?? 20) : config < 16 ? (config % 2 === 0 ? 10 : 20) : 2.5 * 2 ** (config % 4)
  const code = toc & 3
  const count = code === 0 ? 1 : code === 3 ? (packet[1] ?? 1) & 63 : 2
  return { bytes: packet, samples: ms * 48 * count }
}
