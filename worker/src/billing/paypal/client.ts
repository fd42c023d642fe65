/**
 * PayPal's API by hand: their own library has fixed hosts and neither webhooks nor disputes (reference/payments.md §1). Every way
 * in which a call can end is a value; who moves money must know what may have been done.
 */
import { ask, type Answer } from '../../lib/ask.ts'
import { toBase64, utf8 } from '../../lib/bytes.ts'
import type { Failure, FailureKind, Result, Surroundings } from '../gateway.ts'
import { Refused, Token } from './shapes.ts'

/** `hookId`: the webhook's own id, which PayPal signs along. */
export type PayPalSettings = Surroundings & { clientId: string; secret: string; hookId: string }

export type Question = {
  method: 'GET' | 'POST'
  path: string
  body?: object | string
  /** `PayPal-Request-Id`, at most 108 characters: the same question again does nothing twice. */
  requestId?: string
}

const TIMEOUT_MS = 20_000
/** A token lives for nine hours; it is renewed when a fifth of that is left. */
const USED_PART = 0.8

type Kept = { token: string; until: number }
/**
 * One for many calls of this isolate: PayPal stops whoever signs in for each. It is kept nowhere else, as a hop to whoever would
 * keep it costs each call more than signing in again costs a new isolate. Values only: requests do not wait for each other.
 */
const tokens = new Map<string, Kept>()

const basic = ({ clientId, secret }: PayPalSettings) => `Basic ${toBase64(utf8(`${clientId}:${secret}`))}`
const placeOf = ({ api, clientId }: PayPalSettings) => `${api} ${clientId}`

async function signIn(settings: PayPalSettings): Promise<Result<string>> {
  const at = settings.now()
  const answer = await ask({ fetch: settings.fetch, timeoutMs: TIMEOUT_MS }, `${settings.api}/v1/oauth2/token`, {
    method: 'POST',
    headers: { authorization: basic(settings), 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: 'grant_type=client_credentials',
  })
  if (!answer.came) return failure('busy', 'no_answer', answer.detail)
  const granted = Token.safeParse(answer.json)
  if (answer.status === 200 && granted.success) {
    const { access_token: token, expires_in: seconds } = granted.data
    tokens.set(placeOf(settings), { token, until: at + seconds * 1000 * USED_PART })
    return { ok: true, value: token }
  }
  return failure(answer.status === 401 ? 'auth' : 'busy', `sign_in_${answer.status}`, '')
}

async function tokenFor(settings: PayPalSettings, stale: string | null): Promise<Result<string>> {
  const kept = tokens.get(placeOf(settings))
  if (kept && kept.until > settings.now() && kept.token !== stale) return { ok: true, value: kept.token }
  return signIn(settings)
}

function send(settings: PayPalSettings, token: string, { method, path, body, requestId }: Question): Promise<Answer> {
  const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: 'application/json' }
  if (method === 'POST') Object.assign(headers, { 'content-type': 'application/json', prefer: 'return=representation' })
  if (requestId !== undefined) headers['paypal-request-id'] = requestId
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? {})
  const init = { method, headers, ...(method === 'POST' && { body: text }) }
  return ask({ fetch: settings.fetch, timeoutMs: TIMEOUT_MS }, settings.api + path, init)
}

/** Asks; a token that PayPal does not take any more is renewed once, and the same question asked again. */
export async function call(settings: PayPalSettings, question: Question): Promise<Result<unknown>> {
  const token = await tokenFor(settings, null)
  if (!token.ok) return token
  const first = await send(settings, token.value, question)
  if (!first.came || first.status !== 401) return valueOf(first, question)
  const renewed = await tokenFor(settings, token.value)
  return renewed.ok ? valueOf(await send(settings, renewed.value, question), question) : renewed
}

/** Asks, and reads the answer by its shape. One that cannot be read is no answer. */
export async function read<T>(
  settings: PayPalSettings,
  question: Question,
  shape: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
): Promise<Result<T>> {
  const answer = await call(settings, question)
  if (!answer.ok) return answer
  const parsed = shape.safeParse(answer.value)
  if (parsed.success) return { ok: true, value: parsed.data }
  return failure(question.method === 'GET' ? 'busy' : 'unknown', 'answer_not_understood', question.path)
}

export function failure(kind: FailureKind, code: string, text: string): Failure {
  return { ok: false, kind, code, text }
}

function valueOf(answer: Answer, { method }: Question): Result<unknown> {
  // A question that changes nothing can be asked again; of another nobody knows.
  const unclear: FailureKind = method === 'GET' ? 'busy' : 'unknown'
  if (!answer.came) return failure(answer.left ? unclear : 'busy', 'no_answer', answer.detail)
  const { status, json } = answer
  if (status >= 200 && status < 300) return { ok: true, value: json }
  const told = Refused.safeParse(json)
  const said = told.success ? told.data : {}
  const issue = said.details?.[0]?.issue
  const text = `${said.message ?? ''} (${said.debug_id ?? 'no debug id'})`
  return failure(kindOf(status, issue, unclear), issue ?? said.name ?? `status_${status}`, text)
}

/** The buyer's bank or account said no: another means of payment may do. */
const DECLINED = new Set([
  ...['INSTRUMENT_DECLINED', 'PAYER_CANNOT_PAY', 'TRANSACTION_REFUSED', 'PAYER_ACCOUNT_RESTRICTED', 'CARD_EXPIRED'],
  ...['PAYER_ACCOUNT_LOCKED_OR_CLOSED', 'PAYMENT_DENIED', 'REDIRECT_PAYER_FOR_ALTERNATE_FUNDING'],
])
const UNDER_WAY = new Set(['PREVIOUS_REQUEST_IN_PROGRESS', 'ORDER_COMPLETION_IN_PROGRESS'])

function kindOf(status: number, issue: string | undefined, unclear: FailureKind): FailureKind {
  if (issue !== undefined && DECLINED.has(issue)) return 'declined'
  if (status === 429 || status === 409 || (issue !== undefined && UNDER_WAY.has(issue))) return 'busy'
  if (status === 401 || status === 403) return 'auth'
  if (status === 404) return 'gone'
  return status >= 500 || status < 400 ? unclear : 'refused'
}
