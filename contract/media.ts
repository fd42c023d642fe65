/**
 * Files. Bytes do not fit the endpoint table, so these are plain routes:
 *   POST /api/media?name=…&sound=…       body: the bytes, content-type: what the sender believes it is → {@link Uploaded}
 *   PUT  /api/uploads/:uploadId/parts/:part   one part of a file that comes in several
 *   GET  /api/media/:id                  the bytes, with ranges
 */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { MediaId } from './ids.ts'

/** How a recording sounds, told by whoever made it: its length, and 64 heights of its wave, one letter each. */
export const Sound = z.object({
  seconds: z.number().check(z.minimum(0), z.maximum(36_000)),
  peaks: z.string().check(z.regex(/^[A-Za-z0-9_-]{64}$/)),
})
export type Sound = z.infer<typeof Sound>

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

/** Every part of an upload but the last has this many bytes: what a poor network loses at most. */
export const PART_BYTES = 512 * 1024

/** Made by the sender; the same id again is the same upload. */
const UploadId = z.uuid()

export const beginUpload = endpoint({
  method: 'POST',
  path: '/uploads',
  summary:
    'Begins a file that comes in parts, or tells how far it has come: the same id goes on where it was. What never ends is forgotten after a day',
  may: 'media.upload',
  input: z.object({
    id: UploadId,
    name: z.optional(z.string().check(z.maxLength(400))),
    mime: z.string().check(z.maxLength(200)),
    size: z.int().check(z.minimum(1), z.maximum(Math.max(...Object.values(MEDIA_MAX_BYTES)))),
    sound: z.optional(Sound),
  }),
  /** `have`: the parts that are here, from 0. `file`: it is whole already. */
  returns: z.object({ id: z.string(), partBytes: z.number(), have: z.array(z.number()), file: z.nullable(Uploaded) }),
})

export const finishUpload = endpoint({
  method: 'POST',
  path: '/uploads/:uploadId/finish',
  summary: 'Puts the parts together. `upload_incomplete` when one is missing. Twice gives the same file',
  may: 'media.upload',
  input: z.object({ uploadId: UploadId }),
  returns: Uploaded,
})

export const dropUpload = endpoint({
  method: 'DELETE',
  path: '/uploads/:uploadId',
  summary: 'Gives up an upload that is not whole yet',
  may: 'media.upload',
  input: z.object({ uploadId: UploadId }),
  returns: z.object({ done: z.boolean() }),
})

export const fetchMedia = endpoint({
  method: 'POST',
  path: '/media/:mediaId/fetch',
  summary:
    "Fetches a file that is read only when somebody wants to see it: one of a phone's history. The message tells when it is here",
  may: 'chats.read',
  input: z.object({ mediaId: MediaId }),
  returns: z.object({ done: z.boolean() }),
})
