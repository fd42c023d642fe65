/** Opus packets, whatever they are wrapped in (RFC 6716, RFC 7845). */

/** Packets of one mono track, in order. `preSkip`: samples at 48 kHz to throw away at the start. */
export type OpusTrack = { preSkip: number; packets: readonly Uint8Array[] }

/** What libopus needs to warm up, where a recorder does not say it: 6.5 ms. */
export const USUAL_PRE_SKIP = 312
export const OPUS_RATE = 48_000

const SILK_MS = [10, 20, 40, 60]

/** How long a packet is, in samples at 48 kHz, told by its first bytes (RFC 6716 §3.1). */
export function samplesIn(packet: Uint8Array): number {
  const [toc = 0, count = 1] = packet
  const config = toc >> 3
  const ms = config < 12 ? (SILK_MS[config % 4] ?? 20) : config < 16 ? 10 * (1 + (config % 2)) : 2.5 * 2 ** (config % 4)
  const code = toc & 3
  const frames = code === 0 ? 1 : code === 3 ? count & 63 : 2
  return ms * 48 * frames
}

/** How long it sounds. */
export function secondsOf({ preSkip, packets }: OpusTrack): number {
  const samples = packets.reduce((sum, packet) => sum + samplesIn(packet), 0)
  return Math.max(0, samples - preSkip) / OPUS_RATE
}

/** Does this text stand here? */
export function isAt(bytes: Uint8Array, at: number, text: string): boolean {
  return at + text.length <= bytes.length && [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0))
}

/** The pre-skip that an identification header names. */
export function preSkipIn(head: Uint8Array): number {
  return (head[10] ?? 0) | ((head[11] ?? 0) << 8)
}
