/** Asking the company's client database: bounded in time, again where asking again can help, and never to another place. */
import type { SOURCE_FAILURES } from '#contract/clients.ts'
import { ask, type Answer } from '../lib/ask.ts'
import { toBase64, utf8 } from '../lib/bytes.ts'
import { mayReach, type Reach } from '../lib/public-address.ts'
import { wireOf } from '../lib/wire.ts'
import { below, isHeaderName } from './client-address.rules.ts'
import { clientIn, isOf, pageIn, put, type ClientRow, type Scalar, type Settings } from './client-map.rules.ts'
import { canonOf } from './phone.rules.ts'

export type SourceFailure = (typeof SOURCE_FAILURES)[number]
export type Source = {
  settings: Settings
  secret: string | null
  country: string
  /** Where we may go. */
  reach: Reach
  /** Somebody waits with a text half written: fewer tries. */
  isHasty?: boolean
}
type Failed = { ok: false; failure: SourceFailure; status: number | null }
export type Outcome<T> = ({ ok: true } & T) | Failed
type One = { client: ClientRow; raw: unknown; etag: string | null }

const HASTY = { timeoutMs: 1_400, pausesMs: [200] }
const PATIENT = { timeoutMs: 3_000, pausesMs: [300, 900] }

function headersOf({ settings, secret }: Source): Record<string, string> {
  if (settings.auth === 'none' || secret === null) return {}
  if (settings.auth === 'bearer') return { authorization: `Bearer ${secret}` }
  if (settings.auth === 'basic') return { authorization: `Basic ${toBase64(utf8(`${settings.authName}:${secret}`))}` }
  return isHeaderName(settings.authName) ? { [settings.authName]: secret } : {}
}

const failed = (failure: SourceFailure, status: number | null = null): Failed => ({ ok: false, failure, status })

function failureOf(answer: Answer): Failed | null {
  if (!answer.came) return failed('unreachable')
  const { status } = answer
  if (status >= 500 || status === 429 || status === 408) return failed('unreachable', status)
  if (status === 401 || status === 403) return failed('credentials', status)
  if (status === 404 || status === 410) return failed('not_found', status)
  if (status < 200 || status >= 300) return failed('refused', status)
  return null
}

/** One question. A read is asked again after a pause when it may pass; a write only when it surely never arrived. */
async function request(source: Source, url: string | null, init: RequestInit = {}): Promise<Answer> {
  const nowhere = { came: false, left: false, detail: 'address_refused' } as const
  if (url === null || !mayReach(source.settings.baseUrl, source.reach)) return nowhere
  const { timeoutMs, pausesMs } = source.isHasty ? HASTY : PATIENT
  const isRead = init.method === undefined
  const headers = { accept: 'application/json', ...headersOf(source), ...init.headers }
  for (let turn = 0; ; turn += 1) {
    const answer = await ask(wireOf(timeoutMs), url, { method: 'GET', ...init, headers })
    const mayPass = answer.came ? answer.status >= 500 || answer.status === 429 : isRead || !answer.left
    const pause = pausesMs[turn]
    if (!mayPass || (answer.came && !isRead) || pause === undefined) return answer
    await new Promise((wake) => setTimeout(wake, pause))
  }
}

/** A page of their list; `words` are searched for as they search. */
export async function listRemote(
  source: Source,
  query: { words?: string | undefined; phone?: string | undefined; cursor?: string | undefined },
): Promise<Outcome<{ clients: ClientRow[]; next: string | null }>> {
  const { settings } = source
  const asked = {
    ...(query.words ? { [settings.searchParam]: query.words } : {}),
    ...(query.phone ? { [settings.phoneParam]: query.phone } : {}),
    ...(query.cursor ? { [settings.cursorParam]: query.cursor } : {}),
  }
  const answer = await request(source, below(settings.baseUrl, settings.listPath, asked))
  const failure = failureOf(answer)
  if (failure) return failure
  const page = answer.came ? pageIn(answer.json, settings, source.country) : null
  return page ? { ok: true, ...page } : failed('unreadable', 200)
}

/** The client with this number, else with this document; null: they have nobody. */
export async function findRemote(
  source: Source,
  phone: string | null,
  document: string | null,
): Promise<Outcome<{ client: ClientRow | null }>> {
  const tries = [
    ...[...new Set(phone === null ? [] : [phone, canonOf(phone)])].map((one) => ({ phone: one })),
    ...(document === null ? [] : [{ words: document }]),
  ]
  for (const query of tries) {
    const page = await listRemote(source, query)
    // "Nobody with this number" may well be told as a 404.
    if (!page.ok && page.failure !== 'not_found') return page
    const client = page.ok ? page.clients.find((one) => isOf(one, 'phone' in query ? phone : null, document)) : undefined
    if (client) return { ok: true, client }
  }
  return { ok: true, client: null }
}

const oneUrl = ({ settings }: Source, id: string) =>
  below(settings.baseUrl, settings.onePath.replaceAll('{id}', encodeURIComponent(id)))

/** One client by their id. */
export async function readRemote(source: Source, id: string): Promise<Outcome<One>> {
  const answer = await request(source, oneUrl(source, id))
  const failure = failureOf(answer)
  if (failure) return failure
  const client = answer.came ? clientIn(answer.json, source.settings, source.country) : null
  if (!answer.came || client?.clientId !== id) return failed('unreadable', 200)
  return { ok: true, client, raw: answer.json, etag: answer.headers.get('etag') }
}

/** Values by the paths of their fields, put into `raw`. */
function bodyOf(settings: Settings, raw: unknown, values: Record<string, Scalar | null>): unknown {
  return settings.fields.reduce(
    (body: unknown, { key, path }) => (values[key] === undefined ? body : put(body, path, values[key])),
    raw,
  )
}

const asJson = (body: unknown) => ({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

/**
 * Changes a client whom nobody has changed since `version`. `conflict`: somebody has; nothing was written. After an answer
 * that was lost their own word decides: it is read again.
 */
export async function changeRemote(
  source: Source,
  id: string,
  version: string | null,
  values: Record<string, Scalar | null>,
): Promise<Outcome<{ client: ClientRow | null; conflict: ClientRow | null }>> {
  const now = await readRemote(source, id)
  if (!now.ok) return now
  if (version !== null && now.client.version !== version) return { ok: true, client: null, conflict: now.client }
  const { settings } = source
  const { body, headers } = asJson(bodyOf(settings, settings.writeMethod === 'PUT' ? now.raw : {}, values))
  const answer = await request(source, oneUrl(source, id), {
    ...{ method: settings.writeMethod, body },
    headers: { ...headers, ...(now.etag ? { 'if-match': now.etag } : {}) },
  })
  const isConflict = answer.came && (answer.status === 412 || answer.status === 409)
  const failure = failureOf(answer)
  if (failure && !isConflict && failure.failure !== 'unreachable') return failure
  const after = await readRemote(source, id)
  if (!after.ok) return after
  if (isConflict) return { ok: true, client: null, conflict: after.client }
  const isWritten = Object.entries(values).every(([key, value]) => after.client.data[key] === value)
  return failure && !isWritten ? failure : { ok: true, client: after.client, conflict: null }
}

/** Adds a client. A lost answer is `unreachable`: nobody is added twice by our asking again. */
export async function addRemote(
  source: Source,
  phone: string,
  values: Record<string, Scalar | null>,
): Promise<Outcome<{ client: ClientRow }>> {
  const { settings } = source
  const { body, headers } = asJson(bodyOf(settings, put({}, settings.phonePath, phone), values))
  const url = below(settings.baseUrl, settings.listPath)
  const answer = await request(source, url, {
    method: 'POST',
    body,
    headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
  })
  const failure = failureOf(answer)
  if (failure) return failure
  const client = answer.came ? clientIn(answer.json, settings, source.country) : null
  return client ? { ok: true, client } : failed('unreadable', 200)
}
