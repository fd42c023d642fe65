/** Ogg around Opus, as WhatsApp's voice notes are (RFC 3533, RFC 7845): written for what we send, read for what we hear. */
import { isAt, OPUS_RATE, preSkipIn, samplesIn, type OpusTrack } from './opus.rules.ts'

/** About a second to a page, so that seeking finds its place; never more than the format's 255 segments. */
const PACKETS_PER_PAGE = 50
const SEGMENTS_MAX = 255
const VENDOR = 'WhatsappB24'
const FIRST = 2
const LAST = 4
const CONTINUED = 1

/** A mono voice note of these packets. */
export function writeOgg(track: OpusTrack, serial: number): Uint8Array<ArrayBuffer> {
  const pages = [
    page({ flags: FIRST, position: 0, serial, sequence: 0, packets: [opusHead(track.preSkip)] }),
    page({ flags: 0, position: 0, serial, sequence: 1, packets: [opusTags()] }),
  ]
  const groups = grouped(track.packets)
  // The position counts every sample that a decoder gives up to the end of the page, those of the pre-skip too.
  let position = 0
  for (const [i, packets] of groups.entries()) {
    position += packets.reduce((sum, packet) => sum + samplesIn(packet), 0)
    pages.push(page({ flags: i === groups.length - 1 ? LAST : 0, position, serial, sequence: pages.length, packets }))
  }
  return joined(pages)
}

function grouped(packets: readonly Uint8Array[]): Uint8Array[][] {
  const groups: Uint8Array[][] = []
  let segments = 0
  for (const packet of packets) {
    const more = Math.floor(packet.length / 255) + 1
    const group = groups.at(-1)
    if (group && group.length < PACKETS_PER_PAGE && segments + more <= SEGMENTS_MAX) {
      group.push(packet)
      segments += more
    } else {
      groups.push([packet])
      segments = more
    }
  }
  return groups
}

/** Mono always: a decoder mixes packets of two channels into one. */
function opusHead(preSkip: number): Uint8Array {
  const head = new Uint8Array(19)
  head.set(letters('OpusHead'))
  const view = new DataView(head.buffer)
  view.setUint8(8, 1)
  view.setUint8(9, 1)
  view.setUint16(10, preSkip, true)
  view.setUint32(12, OPUS_RATE, true)
  return head
}

function opusTags(): Uint8Array {
  const tags = new Uint8Array(16 + VENDOR.length)
  tags.set(letters('OpusTags'))
  new DataView(tags.buffer).setUint32(8, VENDOR.length, true)
  tags.set(letters(VENDOR), 12)
  return tags
}

type Page = { flags: number; position: number; serial: number; sequence: number; packets: readonly Uint8Array[] }

function page({ flags, position, serial, sequence, packets }: Page): Uint8Array {
  const lacing = packets.flatMap((packet) => [
    ...Array.from({ length: Math.floor(packet.length / 255) }, () => 255),
    packet.length % 255,
  ])
  const head = new Uint8Array(27 + lacing.length)
  head.set(letters('OggS'))
  const view = new DataView(head.buffer)
  view.setUint8(5, flags)
  view.setBigUint64(6, BigInt(position), true)
  view.setUint32(14, serial, true)
  view.setUint32(18, sequence, true)
  view.setUint8(26, lacing.length)
  head.set(lacing, 27)
  const whole = joined([head, ...packets])
  new DataView(whole.buffer).setUint32(22, checksum(whole), true)
  return whole
}

/** Ogg's own CRC: polynomial 04c11db7, not reflected, starting at zero. */
function checksum(bytes: Uint8Array): number {
  let sum = 0
  for (const byte of bytes) sum = ((sum << 8) ^ (TABLE[(sum >>> 24) ^ byte] ?? 0)) >>> 0
  return sum
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value >>> 0
})

export function isOgg(bytes: Uint8Array): boolean {
  return isAt(bytes, 0, 'OggS')
}

/** The Opus packets of a file; null when it holds something else. A damaged end gives what came before it. */
export function opusInOgg(bytes: Uint8Array): OpusTrack | null {
  const [head, , ...packets] = packetsIn(bytes)
  if (!head || !isAt(head, 0, 'OpusHead') || packets.length === 0) return null
  return { preSkip: preSkipIn(head), packets }
}

function packetsIn(bytes: Uint8Array): Uint8Array[] {
  const packets: Uint8Array[] = []
  let open: Uint8Array[] = []
  let at = 0
  while (isAt(bytes, at, 'OggS') && at + 27 <= bytes.length) {
    if (((bytes[at + 5] ?? 0) & CONTINUED) === 0) open = []
    const lacing = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] ?? 0))
    let from = at + 27 + lacing.length
    for (const segment of lacing) {
      open.push(bytes.subarray(from, from + segment))
      from += segment
      if (from > bytes.length) return packets
      if (segment === 255) continue
      packets.push(joined(open))
      open = []
    }
    at = from
  }
  return packets
}

function letters(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

/** The parts one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
