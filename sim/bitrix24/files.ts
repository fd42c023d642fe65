/** Files of a portal: their bytes, their short addresses, and the two redirects before one sees them. */
import { randomBytes } from 'node:crypto'
import { json } from '../lib/http.ts'
import type { Asked, Reply } from '../lib/http.ts'
import { statusOf } from './mischief.ts'
import type { PortalFile } from './model.ts'
import type { Portal } from './portal.ts'
import type { B24 } from './service.ts'

const IMAGES = /\.(jpe|jpg|jpeg|png|webp|gif|bmp)$/i

export type NewFile = { bytes: Uint8Array; name: string; mime: string }

export function saveFile(b24: B24, portal: Portal, { bytes, name, mime }: NewFile, chatId: number | null): PortalFile {
  const id = portal.nextId('file', 5001)
  b24.sim.journal.saveFile(bytesId(portal, id), bytes)
  const size = IMAGES.test(name) ? pngSize(bytes) : null
  return portal.files.put({
    ...{ id, short: randomBytes(4).toString('base64url').slice(0, 5), sign: randomBytes(16).toString('hex'), name, mime },
    ...{ kind: kindOf(name, mime), size: bytes.byteLength, width: size?.width ?? null, height: size?.height ?? null, chatId },
  })
}

export function bytesOf(b24: B24, portal: Portal, file: PortalFile): Uint8Array | undefined {
  return b24.sim.journal.readFile(bytesId(portal, file.id))
}

const bytesId = (portal: Portal, id: number): string => `b24-${portal.id}-${id}`

/** The portal looks at the name to know a picture. */
function kindOf(name: string, mime: string): PortalFile['kind'] {
  if (IMAGES.test(name)) return 'image'
  if (mime.startsWith('video/')) return 'video'
  return mime.startsWith('audio/') ? 'audio' : 'file'
}

function pngSize(bytes: Uint8Array): { width: number; height: number } | null {
  if (bytes.byteLength < 24 || bytes[0] !== 0x89) return { width: 800, height: 600 }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** What an event tells of a file: a short address; of a picture with `#img.jpg` at its end. */
export function fileShape(portal: Portal, file: PortalFile): object {
  const link = `http://${portal.row().domain}/~${file.short}${file.kind === 'image' ? '#img.jpg' : ''}`
  const size = file.width === null ? {} : { width: file.width, height: file.height }
  return { name: file.name, type: file.kind, link, size: file.size, ...size }
}

/** `/~Ab12C` leads to `/pub/im.file.php?…`, and that to the bytes. Who has no User-Agent gets nothing. */
export async function serveFile(b24: B24, portal: Portal, asked: Asked): Promise<Reply | undefined> {
  const isShort = asked.path.startsWith('/~')
  if (!isShort && !['/pub/im.file.php', '/bitrix/services/main/file.php'].includes(asked.path)) return undefined
  const bad = b24.mischief.judge('files', portal.id, asked.path)
  const slowMs = bad?.slowMs ?? 0
  if (slowMs > 0) await new Promise<void>((resolve) => b24.sim.after(slowMs, resolve))
  else if (bad) return { status: statusOf(bad), headers: { 'content-type': 'text/html' }, body: bad.body ?? '<h1>Error</h1>' }
  if (!asked.headers['user-agent']) return { status: 403, headers: { 'content-type': 'text/html' }, body: '' }
  if (isShort) {
    const file = portal.files.all().find((one) => one.short === asked.path.slice(2))
    return file ? redirect(`/pub/im.file.php?FILE_ID=${file.id}&SIGN=${file.sign}`) : json(404, { error: 'no such file' })
  }
  const file = portal.files.get(asked.query.get('FILE_ID') ?? '')
  if (!file || file.sign !== asked.query.get('SIGN')) return json(403, { error: 'ACCESS_DENIED' })
  if (asked.path === '/pub/im.file.php') return redirect(`/bitrix/services/main/file.php?FILE_ID=${file.id}&SIGN=${file.sign}`)
  const name = encodeURIComponent(file.name)
  const headers = {
    'content-type': file.mime,
    'content-disposition': `inline; filename*=UTF-8''${name}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  }
  return { status: 200, headers, body: bytesOf(b24, portal, file) ?? '' }
}

const redirect = (location: string): Reply => ({ status: 302, headers: { location }, body: '' })

const MOST_BYTES = 100 * 1024 * 1024

/** The portal fetches a file that somebody named: a plain GET. Undefined when it cannot be had; nobody is told. */
export async function fetchFile(url: string, name: string): Promise<NewFile | undefined> {
  if (!/^https?:\/\//.test(url)) return undefined
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
    if (!response.ok) return undefined
    const bytes = new Uint8Array(await response.arrayBuffer())
    const mime = (response.headers.get('content-type') ?? 'application/octet-stream').split(';')[0]?.trim() ?? ''
    return bytes.byteLength > 0 && bytes.byteLength <= MOST_BYTES ? { bytes, name, mime } : undefined
  } catch {
    return undefined
  }
}
