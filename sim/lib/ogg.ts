/** Writes Ogg files with Opus inside, as WhatsApp's voice notes are (RFC 3533, RFC 7845). */
export type OpusFrame = { bytes: Uint8Array; /** At 48 kHz. */ samples: number }

const PRE_SKIP = 312
/** A page has at most 255 segments; 50 packets make about a second. */
const PACKETS_PER_PAGE = 50

/** The file with these packets, mono or stereo. */
export function oggOpus(frames: readonly OpusFrame[], channels: number, head: Uint8Array = opusHead(channels)): Uint8Array {
  const serial = 0x57b24
  const pages = [
    page({ flags: 2, position: 0n, serial, sequence: 0, packets: [head] }),
    page({ flags: 0, position: 0n, serial, sequence: 1, packets: [opusTags()] }),
  ]
  let position = 0n
  for (let start = 0; start < frames.length; start += PACKETS_PER_PAGE) {
    const part = frames.slice(start, start + PACKETS_PER_PAGE)
    position += part.reduce((sum, frame) => sum + BigInt(frame.samples), 0n)
    const isLast = start + PACKETS_PER_PAGE >= frames.length
    const packets = part.map((frame) => frame.bytes)
    pages.push(page({ flags: isLast ? 4 : 0, position, serial, sequence: pages.length, packets }))
  }
  return Buffer.concat(pages)
}

function opusHead(channels: number): Uint8Array {
  const head = Buffer.alloc(19)
  head.write('OpusHead', 0, 'latin1')
  head.set([1, channels], 8)
  head.writeUInt16LE(PRE_SKIP, 10)
  head.writeUInt32LE(48_000, 12)
  return head
}

function opusTags(): Uint8Array {
  const vendor = Buffer.from('WhatsappB24 sim')
  const tags = Buffer.alloc(16 + vendor.length)
  tags.write('OpusTags', 0, 'latin1')
  tags.writeUInt32LE(vendor.length, 8)
  tags.set(vendor, 12)
  return tags
}

type Page = { flags: number; position: bigint; serial: number; sequence: number; packets: readonly Uint8Array[] }

function page({ flags, position, serial, sequence, packets }: Page): Buffer {
  const lacing = packets.flatMap((packet) => [
    ...Array.from({ length: Math.floor(packet.length / 255) }, () => 255),
    packet.length % 255,
  ])
  const head = Buffer.alloc(27 + lacing.length)
  head.write('OggS', 0, 'latin1')
  head[5] = flags
  head.writeBigUInt64LE(position, 6)
  head.writeUInt32LE(serial, 14)
  head.writeUInt32LE(sequence, 18)
  head[26] = lacing.length
  head.set(lacing, 27)
  const whole = Buffer.concat([head, ...packets])
  whole.writeUInt32LE(checksum(whole), 22)
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
