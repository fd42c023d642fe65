/** Files of the simulated world: kept with their checksum, and handed out the way each provider does. */
import { randomBytes } from 'node:crypto'
import { hmacHex, makeGraphId, sha256Hex } from './lib/ids.ts'
import type { HookNumber, MediaFile, SimMessage } from './model.ts'
import type { Sim } from './sim.ts'

/** Meta: how long the address of a file is good (reference/meta-cloud-api.md §8). */
const META_LINK_MS = 5 * 60_000
/** Gupshup: reference/gupshup.md §6.1. */
const GUPSHUP_LINK_MS = 7 * 24 * 3600_000
/** Known to this process alone: an address from before a restart is stale, as after its time. */
const LINK_SECRET = randomBytes(32).toString('hex')

export function saveMedia(sim: Sim, numberId: string | null, bytes: Uint8Array, mime: string, name: string | null): MediaFile {
  const id = makeGraphId()
  sim.journal.saveFile(id, bytes)
  const media: MediaFile = { id, numberId, mime, name, size: bytes.byteLength, sha256: sha256Hex(bytes), at: sim.now() }
  sim.world.record({ t: 'media', media })
  return media
}

/** `id`, `mime_type`, `sha256` and the like of an incoming file, in the words of webhooks. */
export function mediaSource(sim: Sim, number: HookNumber, message: SimMessage): object {
  const media = sim.world.media.get(message.mediaId ?? '')
  if (!media) return {}
  return {
    id: media.id,
    mime_type: mimeOnWire(media, message),
    // Webhooks have base64 where `GET /<MEDIA_ID>` has hex.
    sha256: Buffer.from(media.sha256, 'hex').toString('base64'),
    ...(message.kind === 'document' && { filename: media.name ?? 'document' }),
    ...(message.kind === 'sticker' && { animated: false }),
    url: number.kind === 'meta' ? metaLink(sim.origin(), media, sim.now()) : gupshupLink(sim.origin(), number.id, media),
  }
}

export function mimeOnWire(media: MediaFile, { kind }: { kind: string }): string {
  return kind === 'voice' && media.mime === 'audio/ogg' ? 'audio/ogg; codecs=opus' : media.mime
}

/** Where the bytes are for five minutes, for who has the number's token. */
export function metaLink(origin: string, media: MediaFile, now: number): string {
  const until = Math.floor((now + META_LINK_MS) / 1000)
  return `${origin}/meta/lookaside/whatsapp_business/attachments/?mid=${media.id}&ext=${until}&hash=${linkHash(media.id, until)}`
}

/** Is this an address that we made, and still good? */
export function isGoodLink(id: string, until: string, hash: string, now: number): boolean {
  return hash === linkHash(id, Number(until)) && now <= Number(until) * 1000
}

function linkHash(id: string, until: number): string {
  return hmacHex(LINK_SECRET, `${id} ${until}`).slice(0, 32)
}

export function gupshupLink(origin: string, appId: string, media: MediaFile): string {
  return `${origin}/gupshup/filemanager/wa/${appId}/wa/media/${media.id}?download=false`
}

export function gupshupLinkUntil(media: MediaFile): number {
  return media.at + GUPSHUP_LINK_MS
}

type Fetched = { ok: true; media: MediaFile } | { ok: false; reason: 'unreachable' | 'wrong_type' | 'too_large' }

/** Reads a file from the address in an outgoing message, as the real ones do: a plain GET, its content type believed. */
export async function fetchLink(sim: Sim, numberId: string, url: string, name: string | null): Promise<Fetched> {
  if (!/^https?:\/\//.test(url)) return { ok: false, reason: 'unreachable' }
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
    if (response.status !== 200) return { ok: false, reason: 'unreachable' }
    const mime = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (mime === '' || mime === 'text/html') return { ok: false, reason: 'wrong_type' }
    if (bytes.byteLength > maxSize(mime)) return { ok: false, reason: 'too_large' }
    return { ok: true, media: saveMedia(sim, numberId, bytes, mime, name) }
  } catch {
    return { ok: false, reason: 'unreachable' }
  }
}

const MEGA = 1024 * 1024

/** The limits of reference/meta-cloud-api.md §8, in bytes. */
export function maxSize(mime: string): number {
  if (mime === 'image/webp') return 500 * 1024
  if (mime.startsWith('image/')) return 5 * MEGA
  if (mime.startsWith('audio/') || mime.startsWith('video/')) return 16 * MEGA
  return 100 * MEGA
}

const OFFICE = 'application/vnd.openxmlformats-officedocument'
export const ALLOWED_MIMES: readonly string[] = [
  ...['audio/aac', 'audio/mp4', 'audio/mpeg', 'audio/amr', 'audio/ogg', 'audio/opus'],
  ...['application/vnd.ms-powerpoint', 'application/msword', 'application/pdf', 'text/plain', 'application/vnd.ms-excel'],
  ...[`${OFFICE}.wordprocessingml.document`, `${OFFICE}.presentationml.presentation`, `${OFFICE}.spreadsheetml.sheet`],
  ...['image/jpeg', 'image/png', 'image/webp', 'video/mp4', 'video/3gpp'],
]

/** May a message of this type carry a file of this MIME type? */
export function suits(type: string, mime: string): boolean {
  if (type === 'image') return mime === 'image/jpeg' || mime === 'image/png'
  if (type === 'sticker') return mime === 'image/webp'
  if (type === 'audio' || type === 'video') return mime.startsWith(`${type}/`)
  return true
}
