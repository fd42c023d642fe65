/** The picture of a number's profile, read from where its provider keeps it: a page of ours shows nothing of other hosts. */
import { open, release } from '../lib/ask.ts'
import { toBase64 } from '../lib/bytes.ts'
import { capped, TooLong } from '../lib/streams.ts'
import { wireOf } from '../lib/wire.ts'
import type { Line } from './channel.ts'

const READ_MS = 8_000
/** WhatsApp keeps them at 640 pixels: tens of kilobytes. */
const PICTURE_MAX_BYTES = 600_000

/** As a data address; null when it cannot be had. Only https is followed, or the provider's own host. */
export async function pictureAt(line: Line, address: string): Promise<string | null> {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  const own = Object.values(line.addresses).some((base) => new URL(base).origin === url.origin)
  if (url.protocol !== 'https:' && !own) return null
  const opened = await open(wireOf(READ_MS), url.href, { method: 'GET', headers: {} })
  if (!opened.came) return null
  const { response } = opened
  const mime = response.headers.get('content-type')?.split(';')[0] ?? ''
  if (response.status !== 200 || !response.body || !/^image\/(jpeg|png|webp)$/.test(mime)) {
    release(response)
    return null
  }
  try {
    const bytes = new Uint8Array(await new Response(capped(response.body, PICTURE_MAX_BYTES).body).arrayBuffer())
    return `data:${mime};base64,${toBase64(bytes)}`
  } catch (error) {
    if (error instanceof TooLong) return null
    throw error
  }
}
