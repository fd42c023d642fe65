/** Files in R2: where they lie, how they go out to providers and to phones. */
import type { Sound } from '#contract/media.ts'
import type { Env } from '../lib/env.ts'
import { settingsOf } from '../lib/env.ts'
import { signLink } from '../lib/signed-link.ts'
import type { OutgoingFile } from './channel.ts'

/** Providers fetch asynchronously: the address must outlive their queue. */
const LINK_MS = 60 * 60_000

/** A file's place in R2. The name that somebody gave it is data, never part of a path. */
export function r2KeyOf(accountId: string, mediaId: string, now: Date): string {
  const month = String(now.getUTCMonth() + 1).padStart(2, '0')
  return `m/${accountId}/${now.getUTCFullYear()}/${month}/${mediaId}`
}

type StoredFile = { r2Key: string; mime: string; name: string | null; size: number; sound?: Sound | null | undefined }

/** A stored file as an adapter takes it: its bytes, or an address to read them from. */
export function fileOf(env: Env, file: StoredFile): OutgoingFile {
  return {
    mime: file.mime,
    name: file.name,
    size: file.size,
    sound: file.sound ?? undefined,
    async bytes() {
      const stored = await env.MEDIA.get(file.r2Key)
      if (!stored) throw new Error(`a file of a message is not in R2: ${file.r2Key}`)
      return new Blob([await stored.arrayBuffer()], { type: file.mime })
    },
    async link(livesMs = LINK_MS) {
      const { keyring, appUrl } = settingsOf(env)
      return `${appUrl}/files/${await signLink({ key: file.r2Key, mime: file.mime, name: file.name }, Date.now() + livesMs, keyring)}`
    },
  }
}

const SHOWN_INLINE = /^(image\/(jpeg|png|webp|gif)|audio\/|video\/(mp4|3gpp))/

/** Kept to what every client of HTTP reads the same: quotes, backslashes and line ends are gone. */
function disposition(mime: string, name: string | null): string {
  const kind = SHOWN_INLINE.test(mime) || mime === 'application/pdf' ? 'inline' : 'attachment'
  return name ? `${kind}; filename*=UTF-8''${encodeURIComponent(name)}` : kind
}

/** Which bytes R2 gave: an offset, a length, or the last so many. */
function partOf(range: R2Range | undefined, size: number): { start: number; length: number } | null {
  if (!range) return null
  const { offset, length, suffix } = { offset: undefined, length: undefined, suffix: undefined, ...range }
  if (suffix !== undefined) return { start: Math.max(0, size - suffix), length: Math.min(suffix, size) }
  const start = offset ?? 0
  return { start, length: Math.min(length ?? size, size - start) }
}

/**
 * Serves a file from R2 with its detected type, byte ranges included. It can do nothing in a browser but be shown:
 * no sniffing, no scripts, no other origin (reference/platform.md §11).
 */
export async function serveFile(
  env: Env,
  request: Request,
  file: { key: string; mime: string; name: string | null },
): Promise<Response> {
  const stored = await env.MEDIA.get(file.key, { range: request.headers })
  if (!stored) return new Response(null, { status: 404 })
  const headers = new Headers({
    'content-type': file.mime,
    'content-disposition': disposition(file.mime, file.name),
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes',
    etag: stored.httpEtag,
  })
  const part = request.headers.has('range') ? partOf(stored.range, stored.size) : null
  if (!part) {
    headers.set('content-length', String(stored.size))
    return new Response(stored.body, { headers })
  }
  const { start, length } = part
  headers.set('content-range', `bytes ${start}-${start + length - 1}/${stored.size}`)
  headers.set('content-length', String(length))
  return new Response(stored.body, { status: 206, headers })
}
