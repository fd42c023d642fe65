/**
 * What a portal's answer means. Bodies are PHP's: an empty map comes as `[]`, numbers as text, a yes as "Y"; an answer of 200
 * may still be a refusal, at the top or inside `result` (reference/bitrix24.md §3.6, §4, §5.2, §5.4).
 */
import * as z from 'zod'

/**
 * What to do about it. `token`: refresh once, then reconnect; `consent`: the portal's administrator has to allow the method;
 * `pace`, `method_limit`, `overload`: too much, of everything, of this method, or for Bitrix24's own people; `gone`: the portal
 * is closed; `retry`: their fault and passing; `denied`, `unpaid`, `missing`: somebody has to do something first; `bug`: ours.
 */
export type Kind =
  | 'token'
  | 'consent'
  | 'pace'
  | 'method_limit'
  | 'overload'
  | 'gone'
  | 'retry'
  | 'denied'
  | 'unpaid'
  | 'missing'
  | 'bug'
export type Problem = { kind: Kind; code: string; text: string }

const KINDS: Record<string, Kind> = {
  expired_token: 'token',
  no_auth_found: 'token',
  invalid_token: 'token',
  insufficient_scope: 'denied',
  invalid_credentials: 'denied',
  user_access_error: 'denied',
  access_denied: 'denied',
  wrong_auth_type: 'denied',
  method_confirm_waiting: 'consent',
  method_confirm_denied: 'denied',
  payment_required: 'unpaid',
  query_limit_exceeded: 'pace',
  overload_limit: 'overload',
  operation_time_limit: 'method_limit',
  error_batch_length_exceeded: 'bug',
  invalid_request: 'bug',
  error_batch_method_not_allowed: 'bug',
  error_argument: 'bug',
  error_method_not_found: 'missing',
  internal_server_error: 'retry',
  error_unexpected_answer: 'retry',
  portal_deleted: 'gone',
}

/** Ours: a plan of Bitrix24 that lets no application in. */
export const NO_REST = 'plan_without_rest'

/** Older methods give no code, or a sentence for one: then the status says it. */
function byStatus(status: number): Kind {
  if (status === 401) return 'token'
  if (status === 402) return 'unpaid'
  if (status === 403) return 'denied'
  if (status === 404) return 'missing'
  if (status === 429) return 'method_limit'
  if (status === 503) return 'pace'
  if (status >= 500) return 'retry'
  return 'bug'
}

const Text = z.optional(z.unknown()).transform((value) => (typeof value === 'string' ? value.slice(0, 300) : ''))
const Refusal = z.looseObject({ error: z.unknown(), error_description: Text })
const Body = z.looseObject({ result: z.optional(z.unknown()), time: z.optional(z.unknown()) })

export type Meaning = { result: unknown; problem: Problem | null; operating: number; operatingResetAt: number | null }

function problemIn(value: unknown, status: number): Problem | null {
  const refusal = Refusal.safeParse(value)
  if (!refusal.success || refusal.data.error === undefined || refusal.data.error === null) return null
  const code = String(refusal.data.error).slice(0, 80)
  const text = refusal.data.error_description
  // The same code as for a person without rights, and another thing to do about it (reference/bitrix24.md §1.2).
  if (code === 'ACCESS_DENIED' && /commercial plan/i.test(text)) return { kind: 'unpaid', code: NO_REST, text }
  const known = KINDS[code.toLowerCase()]
  return { kind: known ?? (status < 400 ? 'denied' : byStatus(status)), code: code || String(status), text }
}

/** Reads an answer; `json` undefined: it was none. */
export function meaningOf(status: number, json: unknown): Meaning {
  const body = Body.safeParse(json)
  const time = asMap(body.success ? body.data.time : undefined)
  const result = body.success ? body.data.result : undefined
  const resetAt = asNumber(time['operating_reset_at'])
  const found = problemIn(json, status) ?? (status < 400 ? problemIn(result, status) : null)
  const unreadable = !body.success || (result === undefined && status < 400)
  const silent = status >= 400 || unreadable ? { kind: byStatus(status), code: String(status), text: '' } : null
  // A page instead of an answer is what stands before the portal, and passes.
  const problem = found ?? (silent && status < 400 ? { ...silent, kind: 'retry' as const } : silent)
  return { result, problem, operating: asNumber(time['operating']), operatingResetAt: resetAt > 0 ? resetAt * 1_000 : null }
}

/** PHP's lists and maps: a map without anything in it comes as `[]`, a list with gaps as a map. */
export function asMap(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

export function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return typeof value === 'object' && value !== null ? Object.values(value) : []
}

/** Numbers come as text too; what is none counts as nothing. */
export function asNumber(value: unknown): number {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : 0
  return Number.isFinite(number) ? number : 0
}

/** "Y", "1", 1, "true", true. */
export function isYes(value: unknown): boolean {
  return value === true || value === 1 || (typeof value === 'string' && /^(y|1|true)$/i.test(value))
}
