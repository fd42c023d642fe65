/**
 * What this browser can play of an audio. Voice notes are Ogg with Opus; Safari before 18.4 has no Ogg, and knows Opus in
 * Apple's own wrapping since iOS 11: the same packets, put into the other file, no sound made anew.
 */

const known = new Map<string, Promise<Blob | null>>()
const addresses = new WeakMap<Blob, string>()

let playsOgg: boolean | undefined

function canPlayOgg(): boolean {
  playsOgg ??= document.createElement('audio').canPlayType('audio/ogg; codecs=opus') !== ''
  return playsOgg
}

/** The address to play from: the audio's own, or that of the same sound in a wrapping that this browser knows. */
export async function playable(url: string): Promise<string> {
  return canPlayOgg() ? url : rewrapped(url)
}

/** The same sound in Apple's wrapping; the audio's own address when it is no voice note. Read once. */
export async function rewrapped(url: string): Promise<string> {
  const file = await wrapping(url)
  if (!file) return url
  const address = addresses.get(file) ?? URL.createObjectURL(file)
  addresses.set(file, address)
  return address
}

/** Bytes that this browser can decode. */
export async function decodable(url: string): Promise<ArrayBuffer> {
  const file = canPlayOgg() ? null : await wrapping(url)
  return file ? file.arrayBuffer() : read(url)
}

function wrapping(url: string): Promise<Blob | null> {
  let made = known.get(url)
  if (!made) {
    made = wrap(url)
    known.set(url, made)
    // What failed for want of a network is tried again.
    made.catch(() => known.delete(url))
  }
  return made
}

async function wrap(url: string): Promise<Blob | null> {
  const bytes = new Uint8Array(await read(url))
  // Nearly nobody needs it: it comes when it does.
  const [{ opusInOgg }, { writeCaf }] = await Promise.all([import('./ogg.rules.ts'), import('./caf.rules.ts')])
  const track = opusInOgg(bytes)
  const file = track && writeCaf(track)
  return file ? new Blob([file], { type: 'audio/x-caf' }) : null
}

async function read(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`audio ${response.status}`)
  return response.arrayBuffer()
}
