import { peaksOf } from './peaks.rules.ts'
import { decodable } from './playable.ts'

export type Heard = { peaks: readonly number[]; seconds: number }

const known = new Map<string, Promise<Heard>>()

/** Reads and decodes an audio once. Rejects where the browser knows no such codec. */
export function readPeaks(url: string): Promise<Heard> {
  let heard = known.get(url)
  if (!heard) {
    heard = decodable(url).then(decode)
    known.set(url, heard)
    // What failed for want of a network is tried again when it is drawn again.
    heard.catch(() => known.delete(url))
  }
  return heard
}

/** The length and the shape of an audio. An offline context needs no permission to sound and keeps no device open. */
export async function decode(bytes: ArrayBuffer): Promise<Heard> {
  const sound = await new OfflineAudioContext(1, 1, 16_000).decodeAudioData(bytes)
  return { peaks: peaksOf(sound.getChannelData(0)), seconds: sound.duration }
}
