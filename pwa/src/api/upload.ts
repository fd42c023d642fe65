import type { Uploaded } from '#contract/media.ts'
import type { Problem } from '#contract/errors.ts'
import { ApiProblem } from './problem.rules.ts'

/** A phone on a slow network may need minutes for a PDF; silence for this long means that it is lost. */
const SILENCE_MS = 30_000

/** Where the bytes of a file are served, to whoever may see its message (contract/media.ts). */
export function mediaUrl(mediaId: string): string {
  return `/api/media/${encodeURIComponent(mediaId)}`
}

/**
 * Uploads a file; XMLHttpRequest, because fetch cannot tell how much has left. `progress` gets 0 to 1.
 * Throws {@link ApiProblem}; aborting gives `timed_out`.
 */
export function uploadFile(file: Blob, name: string, progress: (done: number) => void, signal: AbortSignal): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let silence: ReturnType<typeof setTimeout> | undefined
    const heard = () => {
      clearTimeout(silence)
      silence = setTimeout(() => request.abort(), SILENCE_MS)
    }
    request.open('POST', `/api/media?name=${encodeURIComponent(name)}`)
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    request.upload.addEventListener('progress', (event) => {
      heard()
      if (event.lengthComputable) progress(event.loaded / event.total)
    })
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText))
      else reject(problemFrom(request))
    })
    request.addEventListener('error', () => reject(new ApiProblem('no_network')))
    request.addEventListener('abort', () => reject(new ApiProblem('timed_out')))
    request.addEventListener('loadend', () => clearTimeout(silence))
    signal.addEventListener('abort', () => request.abort())
    heard()
    request.send(file)
  })
}

function problemFrom(request: XMLHttpRequest): ApiProblem {
  if (!(request.getResponseHeader('content-type') ?? '').startsWith('application/problem+json')) {
    return new ApiProblem('bad_answer', { status: request.status })
  }
  const problem: Problem = JSON.parse(request.responseText)
  return new ApiProblem(problem.code, { status: request.status, traceId: problem.traceId, details: problem.details ?? {} })
}
