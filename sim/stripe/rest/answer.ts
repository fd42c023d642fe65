/** One request that fits the contract: who asks, whether it was asked before, the work, and what becomes of the answer. */
import { createHash } from 'node:crypto'
import type { Fields } from '../../lib/fields.ts'
import type { Mischief } from '../mischief.ts'
import { DAY, makeId, StripeError } from '../service.ts'
import type { Stripe } from '../service.ts'
import type { Call, Operations } from './call.ts'
import { expanded } from './shown.ts'

export type Asked = Omit<Call, 's'> & {
  method: string
  operation: string
  /** As it came: what the same key must come with again. */
  raw: string
  key: string | null
  requestId: string
}
export type Answer = { status: number; body: unknown; headers: Record<string, string>; drop: boolean; slowMs: number }

export function errorBody(body: Fields): Fields {
  return { error: body }
}

/** Why this request is not let in; null when it is. */
export function doorOf(authorization: string | undefined): StripeError | null {
  const [, key] = /^Bearer (.+)$/.exec(authorization ?? '') ?? []
  if (key === undefined)
    return new StripeError(401, {
      type: 'invalid_request_error',
      message: 'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.',
    })
  if (/^[rs]k_test_\w+$/.test(key)) return null
  return new StripeError(401, { type: 'invalid_request_error', message: `Invalid API Key provided: ${key.slice(0, 7)}****` })
}

const KEY_LIFE_S = DAY

/** Does what is asked, once for a key; and as wrong as it was told to. */
export function answer(s: Stripe, operations: Operations, asked: Asked): Answer {
  const bad = s.mischief.judge('api', `${asked.method} ${asked.path}`)
  const finish = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
    ...{ status, body, drop: bad?.dropAnswer ?? false, slowMs: bad?.slowMs ?? 0 },
    headers: { 'request-id': asked.requestId, ...(asked.key !== null && { 'idempotency-key': asked.key }), ...headers },
  })
  if (bad?.status && !bad.processed)
    return finish(bad.status, refusalOf(bad.status), bad.status === 429 ? { 'retry-after': '1' } : {})
  const known = asked.key !== null && asked.method === 'POST' ? keptOf(s, asked) : undefined
  if (known instanceof StripeError) return finish(known.status, errorBody(known.body))
  if (known) return finish(known.status, known.body, { 'original-request': known.requestId, 'idempotent-replayed': 'true' })
  const done = doIt(s, operations, asked, bad)
  if (asked.key !== null && asked.method === 'POST' && isKept(done.status))
    s.tables.keys.put({ id: asked.key, at: s.now(), asked: fingerprintOf(asked), requestId: asked.requestId, ...done })
  return finish(done.status, done.body)
}

function doIt(s: Stripe, operations: Operations, asked: Asked, bad: Mischief | undefined): { status: number; body: unknown } {
  const operation = operations[asked.operation]
  if (!operation)
    return { status: 501, body: errorBody({ type: 'api_error', message: `The simulator does not know ${asked.operation}.` }) }
  s.request = { id: asked.requestId, idempotency_key: asked.key }
  try {
    const result = operation({ ...asked, s })
    if (bad?.status) return { status: bad.status, body: refusalOf(bad.status) }
    return { status: 200, body: expanded(s, result, asked.body.expand ?? asked.query.expand) }
  } catch (error) {
    if (error instanceof StripeError)
      return {
        status: error.status,
        body: errorBody({ ...error.body, request_log_url: `https://dashboard.stripe.com/${asked.requestId}` }),
      }
    throw error
  } finally {
    s.request = { id: null, idempotency_key: null }
  }
}

/** Refusals before the work began are not remembered: the same key may be used again. */
function isKept(status: number): boolean {
  return status === 200 || status === 402 || status >= 500
}

function keptOf(s: Stripe, asked: Asked) {
  const kept = s.tables.keys.get(asked.key ?? '')
  if (!kept || kept.at <= s.now() - KEY_LIFE_S) return undefined
  if (kept.asked === fingerprintOf(asked)) return kept
  return new StripeError(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${asked.key}' if you meant to execute a different request.`,
  })
}

function fingerprintOf({ method, path, raw }: Asked): string {
  return createHash('sha256').update(`${method} ${path} ${raw}`).digest('base64url')
}

function refusalOf(status: number): Fields {
  if (status === 429)
    return errorBody({ type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' })
  return errorBody({ type: 'api_error', message: 'An unknown error occurred.' })
}

export function makeRequestId(): string {
  return makeId('req').slice(0, 18)
}
