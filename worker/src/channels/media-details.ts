/** What is known of a file's inside beyond its type: told by who recorded it, or counted here. */
import { Sound } from '#contract/media.ts'
import type { Env } from '../lib/env.ts'
import { Refusal } from '../lib/refusal.ts'
import { pdfPages } from './pdf-pages.ts'
import type { StoredFile } from './store-file.ts'

export type MediaDetails = { sound: Sound } | { pages: number }

/** Longer PDFs are not read again only to be counted. */
const PDF_MAX_BYTES = 10_000_000

/** What the sender says of a recording, in the address of its upload. */
export function soundIn(query: string | undefined): Sound | null {
  if (!query) return null
  try {
    return Sound.parse(JSON.parse(query))
  } catch {
    throw new Refusal('bad_request', { where: 'sound' })
  }
}

/** The details of a stored file; null when there is nothing to say. Counting never keeps a file from being taken. */
export async function detailsOf(env: Env, key: string, stored: StoredFile, sound: Sound | null): Promise<MediaDetails | null> {
  if (sound && (stored.kind === 'voice' || stored.kind === 'audio')) return { sound }
  if (stored.mime !== 'application/pdf' || stored.size > PDF_MAX_BYTES) return null
  const file = await env.MEDIA.get(key)
  const pages = file && (await pdfPages(new Uint8Array(await file.arrayBuffer())).catch(() => null))
  return pages ? { pages } : null
}
