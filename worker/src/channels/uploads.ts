/**
 * Files that come in parts, for networks that break: the phone asks what is here and sends the rest. Parts are objects of
 * their own in R2 rather than parts of its multipart uploads: those begin at 5 MiB, which on a bad line is minutes of work
 * to lose.
 */
import * as z from 'zod'
import type { ParsedOf } from '#contract/endpoint.ts'
import * as media from '#contract/media.ts'
import type { App, Request } from '../http/app.ts'
import { readBody } from '../http/body.ts'
import { serve } from '../http/serve.ts'
import { call, type Caller } from '../identity/index.ts'
import { cleanName } from '../lib/clean-text.ts'
import type { Env } from '../lib/env.ts'
import { Refusal } from '../lib/refusal.ts'
import { TooLong } from '../lib/streams.ts'
import { checkUpload, detectFile, HEAD_BYTES } from './file-kind.rules.ts'
import { r2KeyOf } from './files.ts'
import { detailsOf } from './media-details.ts'
import { storeFile } from './store-file.ts'

/** A part on a slow network. */
const PART_MS = 60_000

const Row = z.object({
  id: z.string(),
  mediaId: z.string(),
  name: z.nullable(z.string()),
  mime: z.string(),
  size: z.number(),
  have: z.array(z.number()),
  details: z.nullable(z.object({ sound: z.optional(media.Sound) })),
  createdAt: z.string(),
  ended: z.boolean(),
  file: z.nullable(media.Uploaded),
})
type Row = z.infer<typeof Row>

const prefixOf = (accountId: string, mediaId: string) => `u/${accountId}/${mediaId}/`
const partsOf = (row: Row) => Math.ceil(row.size / media.PART_BYTES)

function rowOf(result: string | null): Row {
  if (result === null) throw new Refusal('not_found')
  return Row.parse(JSON.parse(result))
}

async function begin(c: Request, input: ParsedOf<typeof media.beginUpload>) {
  const { id, mime, size, sound } = input
  const name = cleanName(input.name ?? '', 200) || null
  const asked = { id, name, mime, size, details: sound ? { sound } : null }
  const row = rowOf((await call(c, 'media.upload', 'api_upload_begin', asked)).result)
  return { id, partBytes: media.PART_BYTES, have: row.have, file: row.file }
}

/** Takes one part. Its length is known beforehand; the first one tells what the file is, so a wrong one ends here. */
async function takePart(c: Request): Promise<Response> {
  const uploadId = c.req.param('uploadId')
  const { caller, result } = await call(c, 'media.upload', 'api_upload', { uploadId })
  const row = rowOf(result)
  const part = Number(c.req.param('part'))
  if (!Number.isInteger(part) || part < 0 || part >= partsOf(row)) throw new Refusal('bad_request', { where: 'part' })
  if (row.ended) throw new Refusal(row.file ? 'bad_request' : 'upload_incomplete')
  const expected = Math.min(media.PART_BYTES, row.size - part * media.PART_BYTES)
  const bytes = await readBody(c.req.raw, expected, PART_MS)
  if (bytes.byteLength !== expected) throw new Refusal('bad_request', { where: 'body', expected })
  if (part === 0) judge(bytes, row)
  await c.env.MEDIA.put(`${prefixOf(caller.account.id, row.mediaId)}${part}`, bytes)
  const after = rowOf((await call(c, 'media.upload', 'api_upload_part', { uploadId, part })).result)
  return c.json({ have: after.have })
}

function judge(bytes: Uint8Array, row: Row): void {
  const detected = detectFile(bytes.subarray(0, HEAD_BYTES))
  const verdict = checkUpload(detected, row.mime, row.name, row.size)
  if (!verdict.ok) throw new Refusal(verdict.code, detected ? { maxBytes: media.MEDIA_MAX_BYTES[detected.kind] } : undefined)
}

/** The parts one after the other, each read when the one before it has gone. Throws when one is missing. */
function whole(env: Env, prefix: string, parts: number): ReadableStream<Uint8Array> {
  let next = 0
  return new ReadableStream({
    async pull(controller) {
      if (next === parts) return controller.close()
      const part = await env.MEDIA.get(`${prefix}${next}`)
      if (!part) return controller.error(new Refusal('upload_incomplete'))
      next += 1
      controller.enqueue(new Uint8Array(await part.arrayBuffer()))
    },
  })
}

async function finish(c: Request, { uploadId }: ParsedOf<typeof media.finishUpload>): Promise<media.Uploaded> {
  const { caller, result } = await call(c, 'media.upload', 'api_upload', { uploadId })
  const row = rowOf(result)
  if (row.file) return row.file
  if (row.ended || row.have.length < partsOf(row)) throw new Refusal('upload_incomplete')
  const file = await putTogether(c.env, caller, row)
  const after = rowOf((await call(c, 'media.upload', 'api_upload_finish', { uploadId, file })).result)
  if (!after.file) throw new Refusal('upload_incomplete')
  await dropParts(c.env, caller.account.id, row.mediaId)
  return after.file
}

async function putTogether(env: Env, caller: Caller, row: Row) {
  const prefix = prefixOf(caller.account.id, row.mediaId)
  // The key goes by when it began: a second try writes the same file again, not another one.
  const r2Key = r2KeyOf(caller.account.id, row.mediaId, new Date(row.createdAt))
  const stored = await storeFile(env, r2Key, whole(env, prefix, partsOf(row)), null).catch((error: unknown) => {
    if (error instanceof TooLong) throw new Refusal('media_too_large')
    throw error
  })
  const verdict = checkUpload(stored, row.mime, row.name, stored?.size ?? 0)
  if (!stored || !verdict.ok) {
    await env.MEDIA.delete(r2Key)
    throw new Refusal(verdict.ok ? 'media_kind_not_allowed' : verdict.code)
  }
  const details = await detailsOf(env, r2Key, stored, row.details?.sound ?? null)
  const { mime, kind } = verdict
  return { id: row.mediaId, r2Key, name: row.name, mime, kind, size: stored.size, sha256: stored.sha256, details }
}

async function drop(c: Request, { uploadId }: ParsedOf<typeof media.dropUpload>): Promise<{ done: boolean }> {
  const { caller, result } = await call(c, 'media.upload', 'api_upload_drop', { uploadId })
  const row = rowOf(result)
  if (!row.file) await dropParts(c.env, caller.account.id, row.mediaId)
  return { done: row.file === null }
}

/** Throws away the parts of an upload. */
export async function dropParts(env: Env, accountId: string, mediaId: string): Promise<void> {
  const { objects } = await env.MEDIA.list({ prefix: prefixOf(accountId, mediaId) })
  if (objects.length > 0) await env.MEDIA.delete(objects.map(({ key }) => key))
}

export function uploadRoutes(app: App): void {
  serve(app, media.beginUpload, begin)
  app.put('/api/uploads/:uploadId/parts/:part', takePart)
  serve(app, media.finishUpload, finish)
  serve(app, media.dropUpload, drop)
}
