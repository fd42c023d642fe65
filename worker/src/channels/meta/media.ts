/** Files at Meta: reference/meta-cloud-api.md §8. */
import type { ChannelAdapter, Line, OutgoingFile, SendOutcome, Wire } from '../channel.ts'
import type { ProviderError } from '#contract/channel-event.ts'
import type { FailureCode } from '#contract/failures.ts'
import { ask, open, release } from '../../lib/ask.ts'
import { fieldsOf, idOf, numberOf } from '../../lib/untrusted.ts'
import { failureOf } from './errors.ts'
import { bearer, getGraph, graphUrl, metaOf } from './graph.ts'

export type Uploaded = { ok: true; id: string } | { ok: false; failure: Exclude<SendOutcome, { outcome: 'accepted' }> }

/** Gives Meta the bytes, so that a wrong file is refused at once and not when it is too late (§8: prefer ids). */
export async function uploadMedia(file: OutgoingFile, line: Line, wire: Wire): Promise<Uploaded> {
  const form = await formOf(file)
  if (!form) return { ok: false, failure: { outcome: 'try_later', error: failed('media_not_ready') } }
  const url = graphUrl(line, `${metaOf(line).phoneNumberId}/media`)
  const answer = await ask(wire, url, { method: 'POST', headers: bearer(line), body: form })
  const id = answer.came && answer.status < 300 ? idOf(fieldsOf(answer.json).id) : undefined
  if (id !== undefined) return { ok: true, id }
  const failure = failureOf(answer)
  // A file that arrived twice troubles nobody: the message itself has not left yet.
  return {
    ok: false,
    failure: failure.outcome === 'unknown' ? { outcome: 'try_later', error: retryable(failure.error) } : failure,
  }
}

async function formOf(file: OutgoingFile): Promise<FormData | null> {
  const bytes = await file.bytes().catch(() => null)
  if (!bytes) return null
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('type', file.mime)
  form.set('file', new Blob([bytes], { type: file.mime }), file.name ?? 'file')
  return form
}

type Fetched = Awaited<ReturnType<ChannelAdapter['fetchMedia']>>

/**
 * Opens an incoming file: asks Graph for its address (good for 5 minutes) and reads it with the token. The address in
 * the webhook is not used: the token only goes to Graph and to a host that Graph itself has just named.
 */
export async function fetchMedia(ref: { id?: string | undefined }, line: Line, wire: Wire): Promise<Fetched> {
  if (ref.id === undefined) return gone('media_gone')
  const first = await openOnce(ref.id, line, wire)
  // A 404 at the file's host asks for a fresh address, once (§8).
  return first === 'stale' ? staleOrFound(await openOnce(ref.id, line, wire)) : first
}

function staleOrFound(second: Fetched | 'stale'): Fetched {
  return second === 'stale' ? notNow(failed('media_download_failed', 'http_404')) : second
}

async function openOnce(id: string, line: Line, wire: Wire): Promise<Fetched | 'stale'> {
  const path = `${encodeURIComponent(id)}?phone_number_id=${encodeURIComponent(metaOf(line).phoneNumberId)}`
  const answer = await getGraph(line, wire, path)
  const described = answer.came && answer.status === 200 ? fieldsOf(answer.json) : {}
  if (typeof described.url !== 'string') return unreadable(answer)
  if (!mayHaveToken(described.url, line)) return gone('media_host_refused')
  const opened = await open(wire, described.url, { method: 'GET', headers: bearer(line) })
  if (!opened.came) return notNow(failed('provider_unreachable', opened.detail))
  const { response } = opened
  if (response.status === 200 && response.body) {
    const mime = response.headers.get('content-type') ?? idOf(described.mime_type) ?? null
    return { ok: true, body: response.body, size: numberOf(described.file_size) ?? null, mime }
  }
  release(response)
  return response.status === 404 ? 'stale' : notNow(failed('media_download_failed', `http_${response.status}`))
}

/** Graph no longer knows the id (404, or 100 with its subcode 33): it will never come. Anything else may pass. */
function unreadable(answer: Awaited<ReturnType<typeof getGraph>>): Fetched {
  const failure = failureOf(answer)
  if (failure.outcome === 'refused' && !failure.stopsChannel) {
    return { ok: false, again: false, error: { ...failure.error, code: 'media_gone' } }
  }
  return notNow(failure.outcome === 'unknown' ? retryable(failure.error) : failure.error)
}

/** https on its usual port and a named host; or the simulator itself, where Graph is one on this very machine. */
function mayHaveToken(address: string, line: Line): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  const graph = new URL(line.addresses.metaGraph)
  if (graph.protocol === 'http:' && LOOPBACK.has(graph.hostname)) return url.origin === graph.origin
  if (url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return false
  return /^([a-z0-9-]+\.)+[a-z]{2,}$/.test(url.hostname) && !/\.(internal|local|localhost)$/.test(url.hostname)
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

function failed(code: FailureCode, detail?: string): ProviderError {
  return { providerCode: 'none', code, detail }
}

function retryable(error: ProviderError): ProviderError {
  return { ...error, code: 'provider_unavailable' }
}

function gone(code: FailureCode): Fetched {
  return { ok: false, again: false, error: failed(code) }
}

function notNow(error: ProviderError): Fetched {
  return { ok: false, again: true, error }
}
