/** The bytes of a line cut into frames: three bytes of length, then that many. The client's very first bytes are its intro. */

const INTRO = Buffer.from([0x57, 0x41, 6])
/** Comes before the intro when the client was told a route: `ED`, two bytes, a length and that many. */
const ROUTE = Buffer.from('ED')

/** Takes bytes as they come and gives the frames that are whole. Throws when this is no client of ours. */
export function makeFrameReader(): (bytes: Uint8Array) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0)
  let isIntroduced = false
  return (bytes) => {
    rest = Buffer.concat([rest, bytes])
    if (!isIntroduced) {
      const length = introLength(rest)
      if (length === null) return []
      rest = rest.subarray(length)
      isIntroduced = true
    }
    const frames: Buffer[] = []
    while (rest.length >= 3 && rest.length >= 3 + rest.readUIntBE(0, 3)) {
      const end = 3 + rest.readUIntBE(0, 3)
      frames.push(rest.subarray(3, end))
      rest = rest.subarray(end)
    }
    return frames
  }
}

/** null: not all of it is there yet. */
function introLength(bytes: Buffer): number | null {
  if (bytes.length < 4) return null
  const isRouted = bytes.subarray(0, 2).equals(ROUTE)
  if (isRouted && bytes.length < 7) return null
  const start = isRouted ? 7 + bytes.readUIntBE(4, 3) : 0
  if (bytes.length < start + 4) return null
  if (!bytes.subarray(start, start + 3).equals(INTRO)) throw new Error('this is no WhatsApp client')
  return start + 4
}

export function frameOf(bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(3)
  head.writeUIntBE(bytes.length, 0, 3)
  return Buffer.concat([head, bytes])
}
