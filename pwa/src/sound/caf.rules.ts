/**
 * Apple's Core Audio Format around Opus: what Safari has played since iOS 11, where it plays no Ogg (before 18.4).
 * Layout: Apple's "Core Audio Format Specification 1.0". How an old iPhone takes it is unverified here.
 */
import { joined } from './ogg.rules.ts'
import { OPUS_RATE, samplesIn, type OpusTrack } from './opus.rules.ts'

/** The track in CAF; null when its packets differ in length, which this format would need tables for. */
export function writeCaf({ preSkip, packets }: OpusTrack): Uint8Array<ArrayBuffer> | null {
  const [first] = packets
  const perPacket = first ? samplesIn(first) : 0
  if (perPacket === 0 || packets.some((packet) => samplesIn(packet) !== perPacket)) return null
  return joined([
    bytesOf('caff', 1, 0),
    chunk('desc', describe(perPacket)),
    chunk('pakt', joined([counts(packets.length, perPacket, preSkip), ...packets.map(({ length }) => varint(length))])),
    // Four bytes of edit count stand before the sound.
    chunk('data', joined([new Uint8Array(4), ...packets])),
  ])
}

function bytesOf(name: string, version: number, flags: number): Uint8Array {
  const head = new Uint8Array(8)
  head.set(Uint8Array.from(name, (letter) => letter.charCodeAt(0)))
  new DataView(head.buffer).setUint16(4, version)
  new DataView(head.buffer).setUint16(6, flags)
  return head
}

function chunk(name: string, body: Uint8Array): Uint8Array {
  const head = new Uint8Array(12)
  head.set(Uint8Array.from(name, (letter) => letter.charCodeAt(0)))
  new DataView(head.buffer).setBigInt64(4, BigInt(body.length))
  return joined([head, body])
}

/** Sample rate, format, flags, bytes per packet (they differ: 0), frames per packet, channels, bits per channel (none). */
function describe(perPacket: number): Uint8Array {
  const body = new Uint8Array(32)
  const view = new DataView(body.buffer)
  view.setFloat64(0, OPUS_RATE)
  body.set(
    Uint8Array.from('opus', (letter) => letter.charCodeAt(0)),
    8,
  )
  view.setUint32(20, perPacket)
  view.setUint32(24, 1)
  return body
}

/** Packets, sounding frames, frames to skip at the start and at the end. */
function counts(packets: number, perPacket: number, preSkip: number): Uint8Array {
  const body = new Uint8Array(24)
  const view = new DataView(body.buffer)
  view.setBigInt64(0, BigInt(packets))
  view.setBigInt64(8, BigInt(Math.max(0, packets * perPacket - preSkip)))
  view.setInt32(16, preSkip)
  return body
}

/** Seven bits to a byte, the highest first; the top bit says that more follow. */
function varint(value: number): Uint8Array {
  const bytes = [value & 0x7f]
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80)
  return Uint8Array.from(bytes)
}
