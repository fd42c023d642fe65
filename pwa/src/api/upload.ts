import type { Sound, Uploaded } from '#contract/media.ts'
import type { Problem } from '#contract/errors.ts'
import { call } from './call.ts'
import * as api from './endpoints.ts'
import { ApiProblem } from './problem.rules.ts'

/** A phone on a slow network may need minutes for a PDF; silence for this long means that it is lost. */
const SILENCE_MS = 30_000
/** As in contract/media.ts (upload.test.ts holds them together without zod on the phone): smaller files go in one piece. */
export const PART_BYTES = 512 * 1024

/** `id` is the file's own on this phone: with the same one an upload goes on where it was, a restart of the app or two later. */
export type ToUpload = { id: string; name: string; blob: Blob; sound?: Sound | undefined }

/**
 * Uploads a file and gives what the server made of it. `progress` gets 0 to 1, of what has arrived before too. Throws
 * {@link ApiProblem}; aborting gives `timed_out`.
 */
export function uploadFile(file: ToUpload, progress: (done: number) => void, signal: AbortSignal): Promise<Uploaded> {
  return file.blob.size <= PART_BYTES ? whole(file, progress, signal) : inParts(file, progress, signal)
}

/** Gives up what has arrived of a file in parts. What the server does not hear of, it forgets by itself in a day. */
export async function dropUpload(id: string, size: number): Promise<void> {
  if (size > PART_BYTES) await call(api.dropUpload, { uploadId: id }).catch(() => undefined)
}

async function whole({ name, blob, sound }: ToUpload, progress: (done: number) => void, signal: AbortSignal): Promise<Uploaded> {
  const query = new URLSearchParams({ name, ...(sound ? { sound: JSON.stringify(sound) } : {}) })
  return JSON.parse(await send('POST', `/api/media?${query}`, blob, (sent) => progress(sent / blob.size), signal))
}

async function inParts(
  { id, name, blob, sound }: ToUpload,
  progress: (done: number) => void,
  signal: AbortSignal,
): Promise<Uploaded> {
  const mime = blob.type || 'application/octet-stream'
  const begun = await call(api.beginUpload, { id, name, mime, size: blob.size, ...(sound ? { sound } : {}) })
  if (begun.file) return begun.file
  const { partBytes } = begun
  const have = new Set(begun.have)
  let arrived = [...have].reduce((sum, part) => sum + partOf(blob, part, partBytes).size, 0)
  for (let part = 0; part * partBytes < blob.size; part += 1) {
    if (have.has(part)) continue
    signal.throwIfAborted()
    progress(arrived / blob.size)
    const bytes = partOf(blob, part, partBytes)
    const before = arrived
    const url = `/api/uploads/${encodeURIComponent(id)}/parts/${part}`
    await send('PUT', url, bytes, (sent) => progress((before + sent) / blob.size), signal)
    arrived += bytes.size
  }
  return call(api.finishUpload, { uploadId: id }, { timeoutMs: SILENCE_MS })
}

const partOf = (blob: Blob, part: number, size: number) => blob.slice(part * size, (part + 1) * size, blob.type)

/** One request; XMLHttpRequest, because fetch cannot tell how much has left. */
function send(
  method: 'POST' | 'PUT',
  url: string,
  bytes: Blob,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let silence: ReturnType<typeof setTimeout> | undefined
    const stop = () => request.abort()
    const heard = () => {
      clearTimeout(silence)
      silence = setTimeout(stop, SILENCE_MS)
    }
    request.open(method, url)
    request.setRequestHeader('content-type', bytes.type || 'application/octet-stream')
    request.upload.addEventListener('progress', (event) => {
      heard()
      if (event.lengthComputable) sent(event.loaded)
    })
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(request.responseText)
      else reject(problemFrom(request))
    })
    request.addEventListener('error', () => reject(new ApiProblem('no_network')))
    request.addEventListener('abort', () => reject(new ApiProblem('timed_out')))
    request.addEventListener('loadend', () => {
      clearTimeout(silence)
      signal.removeEventListener('abort', stop)
    })
    signal.addEventListener('abort', stop)
    heard()
    request.send(bytes)
  })
}

function problemFrom(request: XMLHttpRequest): ApiProblem {
  if (!(request.getResponseHeader('content-type') ?? '').startsWith('application/problem+json')) {
    return new ApiProblem('bad_answer', { status: request.status })
  }
  const problem: Problem = JSON.parse(request.responseText)
  return new ApiProblem(problem.code, { status: request.status, traceId: problem.traceId, details: problem.details ?? {} })
}
