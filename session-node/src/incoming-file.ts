/**
 * The file of a message, as WhatsApp's host has it: sealed. What came before a cut is kept on the disk and only the rest is
 * asked for; nothing is handed on that is not the very file that was sent. Our own, since the library takes a cut for an end
 * and goes wherever the sender says.
 */
import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { pipeline, Readable, Transform, Writable } from 'node:stream'
import { finished, pipeline as allOf } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { extractMessageContent, getContentType, getMediaKeys } from 'baileys'
import type { MediaType, proto } from 'baileys'
import { fieldsOf, textOf } from './untrusted.rules.ts'

/** Where a sealed file is, and what opens it. */
export type Sealed = { type: MediaType; path: string; host: string | null; mediaKey: Uint8Array; sha256: Uint8Array | null }
/** A sealed file on our disk that was found to be whole; `size`: of what is inside. */
export type Whole = { size: number; bytes(): Readable }

/** Why a file does not come: its host has it no more (the phone may), it is not what was sent, or the phone is off. */
export class FileTrouble extends Error {
  readonly code: 'media_gone' | 'media_damaged' | 'media_phone_away'
  constructor(code: FileTrouble['code'], detail: string = code) {
    super(detail)
    this.code = code
  }
}

const TYPES: Readonly<Record<string, MediaType>> = {
  ...{ imageMessage: 'image', videoMessage: 'video', audioMessage: 'audio', documentMessage: 'document' },
  ...{ stickerMessage: 'sticker', ptvMessage: 'ptv' },
}
const MAC_BYTES = 10
/** As much as the Worker takes, and what sealing adds. */
const MAX_BYTES = 110_000_000
const GONE: ReadonlySet<number> = new Set([404, 410])
/** Pauses before the tries that follow a cut, in milliseconds. What came counts: a big file ends on a bad line, too. */
const PAUSES_MS = [250, 1_000, 2_000, 4_000, 8_000] as const
const TRY_MS = 300_000

/** The file of a message; null when it has none. */
export function sealedIn(message: proto.IMessage): Sealed | null {
  const content = extractMessageContent(message)
  const name = getContentType(content)
  const part = fieldsOf(name === undefined ? undefined : fieldsOf(content)[name])
  const { mediaKey, fileSha256 } = part
  const type = name === undefined ? undefined : TYPES[name]
  const path = textOf(part['directPath'], 2_000) ?? pathIn(textOf(part['url'], 2_000))
  if (!type || !path?.startsWith('/') || !(mediaKey instanceof Uint8Array) || mediaKey.length === 0) return null
  const sha256 = fileSha256 instanceof Uint8Array && fileSha256.length === 32 ? fileSha256 : null
  return { type, path, host: hostIn(textOf(part['url'], 2_000)), mediaKey, sha256 }
}

/** The host to ask: the one that is named, if it is WhatsApp's or one that WhatsApp itself named; else the first of these. */
export function hostOf({ host }: Sealed, named: readonly string[]): string {
  const isKnown = host !== null && (named.includes(host) || /^[a-z0-9.-]+\.whatsapp\.net$/.test(host))
  return isKnown ? host : (named[0] ?? 'mmg.whatsapp.net')
}

/** Reads a sealed file to the end, going on at `place` where an earlier try stopped. Throws {@link FileTrouble}. */
export async function download(url: string, place: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const had = await sizeOf(place)
    try {
      return await readOn(url, place, had)
    } catch (error) {
      const wait = PAUSES_MS[attempt]
      if (error instanceof FileTrouble || wait === undefined) throw error
      // It grows: the line is bad and not dead.
      if ((await sizeOf(place)) > had) attempt = 0
      await pause(wait)
    }
  }
}

async function readOn(url: string, place: string, from: number): Promise<void> {
  const headers = { origin: 'https://web.whatsapp.com', ...(from > 0 && { range: `bytes=${from}-` }) }
  const response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(TRY_MS) })
  if (GONE.has(response.status)) throw new FileTrouble('media_gone', `the host answers ${response.status}`)
  // There is nothing behind what we have.
  if (response.status === 416) return
  if (!response.ok || !response.body) throw new Error(`the host answers ${response.status}`)
  const isRest = response.status === 206
  const room = MAX_BYTES - (isRest ? from : 0)
  await allOf(Readable.fromWeb(response.body), atMost(room), createWriteStream(place, { flags: isRest ? 'a' : 'w' }))
}

function atMost(room: number): Transform {
  let left = room
  return new Transform({
    transform(chunk: Uint8Array, _, done) {
      left -= chunk.length
      if (left < 0) done(new FileTrouble('media_damaged', 'the file is too big'))
      else done(null, chunk)
    },
  })
}

/** Opens a sealed file without holding it. Throws {@link FileTrouble}, and takes away what is none. */
export async function opened({ type, mediaKey, sha256 }: Sealed, place: string): Promise<Whole> {
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, type)
  const end = (await sizeOf(place)) - MAC_BYTES
  const plain = () => {
    const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv)
    pipeline(createReadStream(place, { end: end - 1 }), decipher, () => undefined)
    return decipher
  }
  try {
    if (end < 16) throw new FileTrouble('media_damaged', 'the file is cut')
    await checkSeal(place, end, macKey ?? new Uint8Array(), iv)
    const [hash, size] = await digestOf(plain())
    if (sha256 && !timingSafeEqual(hash, sha256)) throw new FileTrouble('media_damaged', 'another file than was sent')
    return { size, bytes: plain }
  } catch (error) {
    await rm(place, { force: true })
    throw error instanceof FileTrouble ? error : new FileTrouble('media_damaged', String(error))
  }
}

/** The seal at the end says that nobody has changed what stands before it. */
async function checkSeal(place: string, end: number, macKey: Uint8Array, iv: Uint8Array): Promise<void> {
  const hmac = createHmac('sha256', macKey).update(iv)
  await finished(createReadStream(place, { end: end - 1 }).pipe(into((chunk) => hmac.update(chunk))))
  const file = await open(place)
  const seal = Buffer.alloc(MAC_BYTES)
  await file.read(seal, 0, MAC_BYTES, end).finally(() => file.close())
  if (!timingSafeEqual(hmac.digest().subarray(0, MAC_BYTES), seal)) throw new FileTrouble('media_damaged', 'the seal is broken')
}

async function digestOf(stream: Readable): Promise<[Buffer, number]> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of stream) {
    hash.update(chunk)
    size += chunk.length
  }
  return [hash.digest(), size]
}

function into(take: (chunk: Uint8Array) => void): Writable {
  return new Writable({
    write(chunk: Uint8Array, _, done) {
      take(chunk)
      done()
    },
  })
}

async function sizeOf(place: string): Promise<number> {
  return (await stat(place).catch(() => ({ size: 0 }))).size
}

function hostIn(url: string | undefined): string | null {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : null
}

function pathIn(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const { pathname, search } = new URL(url)
  return pathname + search
}
