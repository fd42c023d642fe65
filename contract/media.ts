/**
 * Files. Bytes do not fit the endpoint table, so these two are plain routes:
 *   POST /api/media?name=…   body: the bytes, content-type: what the sender believes it is → {@link Uploaded}
 *   GET  /api/media/:id      the bytes, with ranges
 */
import * as z from 'zod/mini'
import { MediaId } from './ids.ts'

export const Uploaded = z.object({
  id: MediaId,
  kind: z.enum(['image', 'document', 'audio', 'voice', 'video', 'sticker']),
  mime: z.string(),
  size: z.number(),
  name: z.nullable(z.string()),
})
export type Uploaded = z.infer<typeof Uploaded>

/** The largest file of each kind, in bytes (Meta's limits; documents are capped by us). */
export const MEDIA_MAX_BYTES = {
  image: 5_000_000,
  audio: 16_000_000,
  voice: 16_000_000,
  video: 16_000_000,
  sticker: 500_000,
  document: 25_000_000,
} as const
