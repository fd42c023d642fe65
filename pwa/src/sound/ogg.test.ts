/** Voice notes from real bytes: a recording of Chromium 156 (1.3 s, four chunks), read back by a reader of its own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeCaf } from './caf.rules.ts'
import { opusInOgg, writeOgg } from './ogg.rules.ts'
import { samplesIn, secondsOf } from './opus.rules.ts'
import { pack } from './pack.ts'
import { opusInWebm } from './webm.rules.ts'

const webm = new Uint8Array(readFileSync(join(import.meta.dirname, 'samples', 'chromium.webm')))

function track(bytes = webm) {
  const found = opusInWebm(bytes)
  if (!found) throw new Error('no Opus in the sample')
  return found
}

type Page = {
  flags: number
  granule: number
  serial: number
  sequence: number
  crc: number
  lacing: number[]
  body: Buffer
  whole: Buffer
}

/** Reads pages by the letter of RFC 3533, without anything of ours. */
function pagesOf(file: Uint8Array): Page[] {
  const bytes = Buffer.from(file)
  const pages: Page[] = []
  for (let at = 0; at < bytes.length;) {
    expect(bytes.toString('latin1', at, at + 4)).toBe('OggS')
    expect(bytes[at + 4]).toBe(0)
    const segments = bytes.readUInt8(at + 26)
    const lacing = [...bytes.subarray(at + 27, at + 27 + segments)]
    const size = lacing.reduce((sum, one) => sum + one, 0)
    const end = at + 27 + segments + size
    expect(end).toBeLessThanOrEqual(bytes.length)
    pages.push({
      flags: bytes.readUInt8(at + 5),
      granule: Number(bytes.readBigInt64LE(at + 6)),
      serial: bytes.readUInt32LE(at + 14),
      sequence: bytes.readUInt32LE(at + 18),
      crc: bytes.readUInt32LE(at + 22),
      lacing,
      body: bytes.subarray(end - size, end),
      whole: bytes.subarray(at, end),
    })
    at = end
  }
  return pages
}

/** Bit by bit, as the RFC words it: no table to share a mistake with. */
function crcOf(page: Buffer): number {
  const bytes = Buffer.from(page)
  bytes.writeUInt32LE(0, 22)
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  }
  return crc >>> 0
}

test('a recording of the browser becomes a whole Ogg file: every page counts on, ends right and has its sum', () => {
  const pages = pagesOf(writeOgg(track(), 77))
  expect(pages.map(({ sequence }) => sequence)).toEqual(pages.map((_, i) => i))
  expect(pages.every(({ serial }) => serial === 77)).toBe(true)
  expect(pages.map(({ flags }) => flags)).toEqual([2, ...pages.slice(1, -1).map(() => 0), 4])
  for (const page of pages) expect(page.crc).toBe(crcOf(page.whole))
})

test('its head says mono, 48 kHz and the warm-up of the codec, which the browser leaves at zero', () => {
  const [head, tags] = pagesOf(writeOgg(track(), 1))
  expect(head?.body.toString('latin1', 0, 8)).toBe('OpusHead')
  expect([...(head?.body.subarray(8, 10) ?? [])]).toEqual([1, 1])
  expect(head?.body.readUInt16LE(10)).toBe(312)
  expect(head?.body.readUInt32LE(12)).toBe(48_000)
  expect(tags?.body.toString('latin1', 0, 8)).toBe('OpusTags')
})

test('the last position is every sample that was recorded: packets of 60 ms for 1.3 seconds', () => {
  const { packets } = track()
  const last = pagesOf(writeOgg(track(), 1)).at(-1)
  expect(new Set(packets.map(samplesIn))).toEqual(new Set([2_880]))
  expect(last?.granule).toBe(packets.length * 2_880)
  expect(secondsOf(track())).toBeCloseTo((packets.length * 2_880 - 312) / 48_000, 5)
  expect(secondsOf(track())).toBeGreaterThan(1.1)
  expect(secondsOf(track())).toBeLessThan(1.4)
})

test('a long one goes over many pages, and positions grow with them', () => {
  const { preSkip, packets } = track()
  const long = Array.from({ length: 40 }, () => packets).flat()
  const pages = pagesOf(writeOgg({ preSkip, packets: long }, 1)).slice(2)
  expect(pages.length).toBe(Math.ceil(long.length / 50))
  expect(pages.map(({ granule }) => granule)).toEqual(pages.map((_, i) => Math.min(long.length, (i + 1) * 50) * 2_880))
})

test('packets of any length come back as they were, also those of exactly 255 bytes', () => {
  const packets = [1, 254, 255, 256, 510, 1_275].map((size) => new Uint8Array(size).fill(size % 251).fill(0x80, 0, 1))
  const back = opusInOgg(writeOgg({ preSkip: 312, packets: [...packets, ...packets] }, 9))
  expect(back?.preSkip).toBe(312)
  expect(back?.packets.map((packet) => [...packet])).toEqual([...packets, ...packets].map((packet) => [...packet]))
})

test('no page has more segments than the format knows', () => {
  const packets = Array.from({ length: 60 }, () => new Uint8Array(2_000).fill(0x80))
  for (const { lacing } of pagesOf(writeOgg({ preSkip: 0, packets }, 1))) expect(lacing.length).toBeLessThanOrEqual(255)
})

test('a recording that was cut off anywhere gives what was whole of it, and never throws', () => {
  const all = track().packets.length
  let before = 0
  for (let end = 0; end <= webm.length; end += 1) {
    const found = opusInWebm(webm.subarray(0, end))?.packets.length ?? 0
    expect(found).toBeGreaterThanOrEqual(before)
    before = found
  }
  expect(before).toBe(all)
})

test('what is no recording gives nothing', () => {
  expect(opusInWebm(new Uint8Array())).toBeNull()
  expect(opusInWebm(new TextEncoder().encode('<html>'))).toBeNull()
  expect(opusInOgg(webm)).toBeNull()
})

test('a recording leaves as a voice note; one of an old iPhone as a plain audio', async () => {
  const voice = await pack(new Blob([webm], { type: 'audio/webm' }), 'nota de voz')
  expect(voice).toMatchObject({ kind: 'voice', name: 'nota de voz.ogg' })
  expect(voice?.blob.type).toBe('audio/ogg')
  const mp4 = new Blob([new Uint8Array([0, 0, 0, 24, ...Buffer.from('ftypM4A ')])], { type: 'audio/mp4' })
  expect(await pack(mp4, 'nota de voz')).toMatchObject({ kind: 'audio', name: 'nota de voz.m4a' })
  expect(await pack(new Blob([]), 'nota')).toBeNull()
  expect(await pack(new Blob([webm.subarray(0, 100)]), 'nota')).toBeNull()
})

test("Apple's wrapping holds the same packets, with their count, lengths and warm-up", () => {
  const { packets } = track()
  const caf = Buffer.from(writeCaf(track()) ?? new Uint8Array())
  expect(caf.toString('latin1', 0, 4)).toBe('caff')
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < caf.length;) {
    const size = Number(caf.readBigInt64BE(at + 4))
    chunks.set(caf.toString('latin1', at, at + 4), caf.subarray(at + 12, at + 12 + size))
    at += 12 + size
  }
  const desc = chunks.get('desc')
  expect([desc?.readDoubleBE(0), desc?.toString('latin1', 8, 12), desc?.readUInt32BE(20), desc?.readUInt32BE(24)]).toEqual([
    48_000,
    'opus',
    2_880,
    1,
  ])
  const pakt = chunks.get('pakt') ?? Buffer.alloc(24)
  expect(Number(pakt.readBigInt64BE(0))).toBe(packets.length)
  expect(Number(pakt.readBigInt64BE(8))).toBe(packets.length * 2_880 - 312)
  const lengths: number[] = []
  let value = 0
  for (const byte of pakt.subarray(24)) {
    value = value * 128 + (byte & 127)
    if (byte & 128) continue
    lengths.push(value)
    value = 0
  }
  expect(lengths).toEqual(packets.map(({ length }) => length))
  expect(chunks.get('data')?.subarray(4)).toEqual(Buffer.concat(packets))
})
