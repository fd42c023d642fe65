/** A recording as it leaves: Ogg with Opus, mono, which WhatsApp shows as a voice note; what cannot be that, as it is. */
import { opusInOgg, isOgg, writeOgg } from './ogg.rules.ts'
import { secondsOf } from './opus.rules.ts'
import { isWebm, opusInWebm } from './webm.rules.ts'

export type Packed = { blob: Blob; kind: 'voice' | 'audio'; name: string; seconds: number | null }

/** Packs what a recorder gave. Null: there is no sound in it. */
export async function pack(recording: Blob, name: string): Promise<Packed | null> {
  const bytes = new Uint8Array(await recording.arrayBuffer())
  const track = isWebm(bytes) ? opusInWebm(bytes) : isOgg(bytes) ? opusInOgg(bytes) : null
  if (track) {
    const serial = crypto.getRandomValues(new Uint32Array(1))[0] ?? 1
    const blob = new Blob([writeOgg(track, serial)], { type: 'audio/ogg' })
    return { blob, kind: 'voice', name: `${name}.ogg`, seconds: secondsOf(track) }
  }
  if (bytes.length === 0 || isWebm(bytes) || isOgg(bytes)) return null
  // Safari before 18.4 records AAC in MP4: it goes out as a plain audio.
  return { blob: recording.slice(0, recording.size, 'audio/mp4'), kind: 'audio', name: `${name}.m4a`, seconds: null }
}
