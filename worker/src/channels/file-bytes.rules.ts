/** Looking into files: signatures, the boxes of MP4, the entries of ZIP, the streams of old Office files, plain text. */

/** Does this signature stand at this place? */
export function hasAt(bytes: Uint8Array, at: number, signature: string | readonly number[]): boolean {
  const wanted = typeof signature === 'string' ? codesOf(signature) : signature
  return at + wanted.length <= bytes.length && wanted.every((byte, index) => bytes[at + index] === byte)
}

/** Does it stand anywhere? */
export function has(bytes: Uint8Array, signature: string | readonly number[]): boolean {
  return places(bytes, signature).next().done !== true
}

function codesOf(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0))
}

/** Every place of a signature, in order. */
function* places(bytes: Uint8Array, signature: string | readonly number[]): Generator<number> {
  const wanted = typeof signature === 'string' ? codesOf(signature) : signature
  const first = wanted[0] ?? 0
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) if (hasAt(bytes, at, wanted)) yield at
}

const MAX_BOXES = 64

/**
 * What an MP4 file carries, by the handlers of its tracks. Its index (`moov`) may stand at the end of the file; `unseen`
 * when that is beyond the bytes given.
 */
export function tracksIn(bytes: Uint8Array): 'picture' | 'sound' | 'unseen' {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  for (let box = 0; box < MAX_BOXES && at + 8 <= bytes.length; box++) {
    const size = boxSize(view, at)
    if (hasAt(bytes, at + 4, 'moov')) return handlersIn(bytes.subarray(at, at + size))
    if (size < 8) break
    at += size
  }
  return 'unseen'
}

/** A box's length; 1 means that a longer one follows, 0 that the box goes to the end. */
function boxSize(view: DataView, at: number): number {
  const size = view.getUint32(at)
  if (size === 1 && at + 16 <= view.byteLength) return Number(view.getBigUint64(at + 8))
  return size === 0 ? view.byteLength - at : size
}

/** `hdlr`, 4 bytes of version and flags, 4 reserved, then the kind of the track. */
function handlersIn(moov: Uint8Array): 'picture' | 'sound' | 'unseen' {
  let found: 'sound' | 'unseen' = 'unseen'
  for (const at of places(moov, 'hdlr')) {
    if (hasAt(moov, at + 12, 'vide')) return 'picture'
    if (hasAt(moov, at + 12, 'soun')) found = 'sound'
  }
  return found
}

const OFFICE: readonly (readonly [folder: string, mime: string])[] = [
  ['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ppt/', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
]
/** A ZIP's index stands at its end; that of an Office file is a few kilobytes. */
const ZIP_EDGE = 64 * 1024

/** Which Office file a ZIP is, by the folders of its entries; null when it is another ZIP. */
export function officeIn(bytes: Uint8Array): string | null {
  const edges = [bytes.subarray(0, ZIP_EDGE), bytes.subarray(Math.max(ZIP_EDGE, bytes.length - ZIP_EDGE))]
  const names = edges.flatMap((edge) => [
    ...entryNames(edge, [0x50, 0x4b, 3, 4], 30),
    ...entryNames(edge, [0x50, 0x4b, 1, 2], 46),
  ])
  if (!names.includes('[Content_Types].xml')) return null
  return OFFICE.find(([folder]) => names.some((name) => name.startsWith(folder)))?.[1] ?? null
}

/** The names of a ZIP's entries; the name stands `offset` bytes after the signature. */
function* entryNames(bytes: Uint8Array, signature: readonly number[], offset: number): Generator<string> {
  for (const at of places(bytes, signature))
    yield String.fromCharCode(...bytes.subarray(at + offset, at + offset + 19)).replace(/\0.*/s, '')
}

const OLE_STREAMS: readonly (readonly [stream: string, mime: string])[] = [
  ['WordDocument', 'application/msword'],
  ['Workbook', 'application/vnd.ms-excel'],
  ['PowerPoint Document', 'application/vnd.ms-powerpoint'],
]

/** Which old Office file this is, by the name of its main stream (UTF-16); null when that is not in sight. */
export function oleIn(bytes: Uint8Array): string | null {
  const stream = OLE_STREAMS.find(([name]) =>
    has(
      bytes,
      codesOf(name).flatMap((code) => [code, 0]),
    ),
  )
  return stream?.[1] ?? null
}

/** Valid UTF-8 (its last letter may be cut) without control characters other than those of lines and tabs. */
export function isText(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13))
    return false
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** The type of a text that a browser would run or draw; null for plain text. */
export function markupIn(bytes: Uint8Array): string | null {
  const start = new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart().toLowerCase()
  if (start.includes('<svg')) return 'image/svg+xml'
  if (/<(!doctype|html|head|body|script|iframe)\b/.test(start)) return 'text/html'
  return start.startsWith('<?xml') ? 'text/xml' : null
}
