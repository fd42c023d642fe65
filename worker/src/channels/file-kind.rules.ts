/**
 * What a file is, by its bytes and not by its name (reference/platform.md §11), and whether it may be sent (the kinds
 * and sizes of reference/meta-cloud-api.md §8).
 */
import type { RefusalCode } from '#contract/errors.ts'
import { MEDIA_MAX_BYTES } from '#contract/media.ts'
import { has, hasAt, isText, markupIn, officeIn, oleIn, tracksIn } from './file-bytes.rules.ts'

export type FileKind = keyof typeof MEDIA_MAX_BYTES
export type Detected = { mime: string; kind: FileKind }

/** How many first bytes are enough for everything but MP4 files whose index stands at their end: those need them all. */
export const HEAD_BYTES = 4100

/**
 * The type and kind of a file from its first bytes; more of them, up to the whole file, make it surer. Null: nothing that
 * we know, or nothing at all. A voice note is OGG with Opus; WebP is what WhatsApp uses for stickers.
 */
export function detectFile(head: Uint8Array): Detected | null {
  return detectImage(head) ?? detectSound(head) ?? detectFilm(head) ?? detectDocument(head)
}

function detectImage(head: Uint8Array): Detected | null {
  if (hasAt(head, 0, [0xff, 0xd8, 0xff])) return image('image/jpeg')
  if (hasAt(head, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return image('image/png')
  if (hasAt(head, 0, 'GIF87a') || hasAt(head, 0, 'GIF89a')) return image('image/gif')
  return hasAt(head, 0, 'RIFF') && hasAt(head, 8, 'WEBP') ? { mime: 'image/webp', kind: 'sticker' } : null
}

function image(mime: string): Detected {
  return { mime, kind: 'image' }
}

function detectSound(head: Uint8Array): Detected | null {
  if (hasAt(head, 0, 'OggS')) return detectOgg(head)
  if (hasAt(head, 0, '#!AMR\n')) return { mime: 'audio/amr', kind: 'audio' }
  if (hasAt(head, 0, 'ID3') || isMpegFrame(head)) return { mime: 'audio/mpeg', kind: 'audio' }
  if (isAacFrame(head)) return { mime: 'audio/aac', kind: 'audio' }
  return hasAt(head, 0, 'RIFF') && hasAt(head, 8, 'WAVE') ? { mime: 'audio/wav', kind: 'audio' } : null
}

function detectOgg(head: Uint8Array): Detected {
  const firstPage = head.subarray(0, 256)
  if (has(firstPage, 'OpusHead')) return { mime: 'audio/ogg', kind: 'voice' }
  return has(firstPage, 'theora') ? { mime: 'video/ogg', kind: 'video' } : { mime: 'audio/vorbis', kind: 'audio' }
}

/** Eleven set bits, layer III, a bit rate and a sampling rate that exist. */
function isMpegFrame([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  return first === 0xff && (second & 0xe6) === 0xe2 && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c
}

/** ADTS: twelve set bits and layer 0. */
function isAacFrame([first = 0, second = 0]: Uint8Array): boolean {
  return first === 0xff && (second & 0xf6) === 0xf0
}

function detectFilm(head: Uint8Array): Detected | null {
  if (hasAt(head, 0, [0x1a, 0x45, 0xdf, 0xa3])) return { mime: 'video/webm', kind: 'video' }
  if (!hasAt(head, 4, 'ftyp')) return null
  const brand = String.fromCharCode(...head.subarray(8, 12))
  if (/^(hei[cmsx]|hev[cmsx]|mif1|msf1|avif|avis)$/.test(brand))
    return image(brand.startsWith('avi') ? 'image/avif' : 'image/heic')
  const container = brand.startsWith('3g') ? '3gpp' : brand === 'qt  ' ? 'quicktime' : 'mp4'
  // A recording may carry a film's brand, and a film a recording's: its tracks decide, where they are in sight.
  const isSound = tracksIn(head) === 'sound' || (tracksIn(head) === 'unseen' && /^M4[AB] $/.test(brand))
  return { mime: `${isSound ? 'audio' : 'video'}/${container}`, kind: isSound ? 'audio' : 'video' }
}

function detectDocument(head: Uint8Array): Detected | null {
  if (hasAt(head, 0, '%PDF-')) return document('application/pdf')
  if (hasAt(head, 0, [0x50, 0x4b, 0x03, 0x04])) return document(officeIn(head) ?? 'application/zip')
  if (hasAt(head, 0, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return document(oleIn(head) ?? OLE)
  return isText(head) ? document(markupIn(head) ?? 'text/plain') : null
}

function document(mime: string): Detected {
  return { mime, kind: 'document' }
}

/** An old Office file whose directory was not in sight: its name then tells which of the three it is. */
const OLE = 'application/x-ole-storage'

/** What WhatsApp takes, and by which endings each goes. */
const SENDABLE: ReadonlyMap<string, readonly string[]> = new Map([
  ['image/jpeg', ['jpg', 'jpeg', 'jpe', 'jfif']],
  ['image/png', ['png']],
  ['image/webp', ['webp']],
  ['audio/aac', ['aac']],
  ['audio/amr', ['amr']],
  ['audio/mpeg', ['mp3', 'mpga']],
  ['audio/mp4', ['m4a', 'mp4', 'm4b', 'aac']],
  ['audio/ogg', ['ogg', 'oga', 'opus']],
  ['video/mp4', ['mp4', 'm4v']],
  ['video/3gpp', ['3gp', '3gpp', '3g2']],
  ['text/plain', ['txt', 'text', 'csv', 'tsv', 'log', 'md']],
  ['application/pdf', ['pdf']],
  ['application/msword', ['doc', 'dot']],
  ['application/vnd.ms-excel', ['xls', 'xlt']],
  ['application/vnd.ms-powerpoint', ['ppt', 'pps']],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', ['docx']],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ['xlsx']],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', ['pptx']],
])

/** Other names that browsers and phones give to the same types. */
const SAME_AS: ReadonlyMap<string, string> = new Map([
  ['image/jpg', 'image/jpeg'],
  ['image/pjpeg', 'image/jpeg'],
  ['image/x-png', 'image/png'],
  ['audio/mp3', 'audio/mpeg'],
  ['audio/x-mpeg', 'audio/mpeg'],
  ['audio/x-aac', 'audio/aac'],
  ['audio/aacp', 'audio/aac'],
  ['audio/m4a', 'audio/mp4'],
  ['audio/x-m4a', 'audio/mp4'],
  ['audio/opus', 'audio/ogg'],
  ['application/ogg', 'audio/ogg'],
  ['video/x-m4v', 'video/mp4'],
  ['video/3gp', 'video/3gpp'],
  ['text/csv', 'text/plain'],
  ['text/comma-separated-values', 'text/plain'],
  ['text/tab-separated-values', 'text/plain'],
  ['text/markdown', 'text/plain'],
])

const SAYS_NOTHING = new Set(['', 'application/octet-stream', 'binary/octet-stream'])

export type UploadCheck =
  | { ok: true; mime: string; kind: FileKind }
  | { ok: false; code: Extract<RefusalCode, 'media_mismatch' | 'media_too_large' | 'media_kind_not_allowed'> }

/**
 * May this file be taken for sending? Its bytes must be a type that WhatsApp takes, and what its sender says (declared
 * type, ending of the name) must agree with them. GIF and HEIC are images that WhatsApp refuses, and WebP is a sticker: the phone
 * turns pictures of these types into JPEG first. Whether video is wanted at all is the number's own setting, decided when sending.
 */
export function checkUpload(detected: Detected | null, declaredMime: string, name: string | null, size: number): UploadCheck {
  const ending = endingOf(name)
  const mime = detected && sendableMime(detected, ending)
  if (!detected || !mime) return { ok: false, code: 'media_kind_not_allowed' }
  const namedRight = ending === null || SENDABLE.get(mime)?.includes(ending) === true
  if (!isSaid(declaredMime, mime, ending) || !namedRight) return { ok: false, code: 'media_mismatch' }
  if (size > MEDIA_MAX_BYTES[detected.kind]) return { ok: false, code: 'media_too_large' }
  return { ok: true, mime, kind: detected.kind }
}

function sendableMime({ mime }: Detected, ending: string | null): string | null {
  const exact = mime === OLE ? oleByEnding(ending) : (SAME_AS.get(mime) ?? mime)
  return exact !== null && SENDABLE.has(exact) ? exact : null
}

function oleByEnding(ending: string | null): string | null {
  const old = ['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint']
  return old.find((mime) => ending !== null && SENDABLE.get(mime)?.includes(ending)) ?? null
}

function isSaid(declared: string, mime: string, ending: string | null): boolean {
  const said = (declared.split(';')[0] ?? '').trim().toLowerCase()
  // Windows with Office calls every CSV a sheet.
  if (ending === 'csv' && said === 'application/vnd.ms-excel') return mime === 'text/plain'
  return SAYS_NOTHING.has(said) || (SAME_AS.get(said) ?? said) === mime
}

/** The last ending of a name, lower case; null when it has none. */
function endingOf(name: string | null): string | null {
  return /\.([a-z0-9]{1,10})$/i.exec(name?.trim() ?? '')?.[1]?.toLowerCase() ?? null
}
