/** What browsers record: WebM (Matroska, RFC 9559). Only the Opus packets in it are of interest. */
import { isAt, preSkipIn, USUAL_PRE_SKIP, type OpusTrack } from './opus.rules.ts'

/** Segment, Cluster, Tracks, TrackEntry, BlockGroup: what holds something that we look for. */
const CONTAINERS = new Set([0x18538067, 0x1f43b675, 0x1654ae6b, 0xae, 0xa0])
const CODEC_PRIVATE = 0x63a2
/** In nanoseconds. */
const CODEC_DELAY = 0x56aa
const SIMPLE_BLOCK = 0xa3
const BLOCK = 0xa1
const LACED = 0x06

export function isWebm(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3
}

/**
 * The sound of a recording. One that was cut off in the middle (a killed browser) gives what is whole of it. Null: no Opus
 * here, or packed in a way that no recorder uses.
 */
export function opusInWebm(bytes: Uint8Array): OpusTrack | null {
  const packets: Uint8Array[] = []
  let isOpus = false
  let isLaced = false
  let preSkip = 0
  for (const { id, body } of elements(bytes)) {
    if (id === CODEC_PRIVATE && isAt(body, 0, 'OpusHead')) {
      isOpus = true
      preSkip ||= preSkipIn(body)
    }
    if (id === CODEC_DELAY) preSkip = Math.round((body.reduce((value, byte) => value * 256 + byte, 0) * 48) / 1_000_000)
    if (id !== SIMPLE_BLOCK && id !== BLOCK) continue
    // The track's number, two bytes of time, flags; then the packet.
    const track = numberAt(body, 0, false)
    if (!track || body.length <= track.next + 3) continue
    isLaced ||= ((body[track.next + 2] ?? 0) & LACED) !== 0
    packets.push(body.subarray(track.next + 3))
  }
  return isOpus && !isLaced && packets.length > 0 ? { preSkip: preSkip || USUAL_PRE_SKIP, packets } : null
}

type Element = { id: number; body: Uint8Array }

/** Every element that holds no other, in the order of the file. */
function* elements(bytes: Uint8Array): Generator<Element> {
  let at = 0
  while (at < bytes.length) {
    const id = numberAt(bytes, at, true)
    const size = id && numberAt(bytes, id.next, false)
    if (!id || !size) return
    if (CONTAINERS.has(id.value)) {
      // While recording, sizes are not known yet. What a container holds comes next in any case, so it is simply entered.
      at = size.next
      continue
    }
    const end = size.next + size.value
    // Cut off in the middle.
    if (end > bytes.length) return
    yield { id: id.value, body: bytes.subarray(size.next, end) }
    at = end
  }
}

/** EBML's numbers: the leading zeros of the first byte tell the length. */
function numberAt(bytes: Uint8Array, at: number, keepsMarker: boolean): { value: number; next: number } | null {
  const first = bytes[at]
  if (!first) return null
  const length = Math.clz32(first) - 23
  if (at + length > bytes.length) return null
  let value = keepsMarker ? first : first & (0xff >> length)
  for (let i = 1; i < length; i += 1) value = value * 256 + (bytes[at + i] ?? 0)
  return { value, next: at + length }
}
