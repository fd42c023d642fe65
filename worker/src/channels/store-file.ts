import { MEDIA_MAX_BYTES } from '#contract/media.ts'
import { toHex } from '../lib/bytes.ts'
import type { Env } from '../lib/env.ts'
import { capped, peek } from '../lib/streams.ts'
import { detectFile, HEAD_BYTES, type FileKind } from './file-kind.rules.ts'

/** R2 takes streams of unknown length in parts of this size. */
const PART_BYTES = 8 * 1024 * 1024

export type StoredFile = { mime: string; kind: FileKind; size: number; sha256: string }

async function* inParts(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = []
  let size = 0
  const flush = (): Uint8Array => {
    const whole = new Uint8Array(size)
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.byteLength
    }
    parts = []
    size = 0
    return whole
  }
  for await (const chunk of body) {
    parts.push(chunk)
    size += chunk.byteLength
    if (size >= PART_BYTES) yield flush()
  }
  if (size > 0) yield flush()
}

/** Small files in one go; larger ones in parts, so that memory holds one part and never a whole file. */
async function put(
  env: Env,
  key: string,
  body: ReadableStream<Uint8Array>,
  mime: string,
  digest: WritableStream<ArrayBuffer | ArrayBufferView>,
): Promise<void> {
  const options = { httpMetadata: { contentType: mime } }
  const hash = digest.getWriter()
  const parts = inParts(body)
  const first = await parts.next()
  const head = first.done ? new Uint8Array() : first.value
  await hash.write(head)
  if (head.byteLength < PART_BYTES) {
    await hash.close()
    await env.MEDIA.put(key, head, options)
    return
  }
  const upload = await env.MEDIA.createMultipartUpload(key, options)
  try {
    const done = [await upload.uploadPart(1, head)]
    for await (const part of parts) {
      await hash.write(part)
      done.push(await upload.uploadPart(done.length + 1, part))
    }
    await hash.close()
    await upload.complete(done)
  } catch (error) {
    await upload.abort()
    throw error
  }
}

/**
 * Copies a stream to R2. What it is is told by its bytes, never by its name or its sender's word; `fallback` is for
 * incoming files of a kind we do not know (kept as documents). Null: unknown and no fallback. Throws TooLong.
 */
export async function storeFile(
  env: Env,
  key: string,
  stream: ReadableStream<Uint8Array>,
  fallback: string | null,
): Promise<StoredFile | null> {
  const { head, whole } = await peek(stream, HEAD_BYTES)
  const found = detectFile(head) ?? (fallback === null ? null : { mime: 'application/octet-stream', kind: 'document' as const })
  if (!found) {
    await whole.cancel()
    return null
  }
  const { body, size } = capped(whole, fallback === null ? MEDIA_MAX_BYTES[found.kind] : 100_000_000)
  const digest = new crypto.DigestStream('SHA-256')
  await put(env, key, body, found.mime, digest)
  return { ...found, size: size(), sha256: toHex(new Uint8Array(await digest.digest)) }
}
