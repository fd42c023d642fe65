/** The shape of a voice, for drawing: {@link PEAKS} heights from 0 to 1. */
export const PEAKS = 36

const known = new Map<string, Promise<readonly number[]>>()

/** Reads and decodes an audio once. Rejects where the browser knows no such codec. */
export function readPeaks(url: string): Promise<readonly number[]> {
  let peaks = known.get(url)
  if (!peaks) {
    peaks = decode(url)
    known.set(url, peaks)
  }
  return peaks
}

async function decode(url: string): Promise<readonly number[]> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`audio ${response.status}`)
  // An offline context needs no permission to sound and keeps no device open.
  const sound = await new OfflineAudioContext(1, 1, 16_000).decodeAudioData(await response.arrayBuffer())
  return peaksOf(sound.getChannelData(0))
}

/** The loudest sample of each part, against the loudest of all. */
export function peaksOf(samples: Float32Array): readonly number[] {
  const size = Math.max(1, Math.floor(samples.length / PEAKS))
  const heights = Array.from({ length: PEAKS }, (_, part) => {
    let peak = 0
    for (let i = part * size; i < Math.min(samples.length, (part + 1) * size); i += 1)
      peak = Math.max(peak, Math.abs(samples[i] ?? 0))
    return peak
  })
  const loudest = Math.max(...heights)
  return loudest > 0 ? heights.map((height) => height / loudest) : heights
}
