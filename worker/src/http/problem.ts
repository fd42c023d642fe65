import type { Problem, RefusalCode } from '#contract/errors.ts'
import { REFUSALS } from '#contract/errors.ts'
import { errorText, log } from '../lib/log.ts'
import { Refusal } from '../lib/refusal.ts'
import { DatabaseProblem } from '../lib/sql.ts'

/** Titles for machines and logs; people read the sentence of the code in their own language. */
const title = (code: RefusalCode): string => code.replaceAll('_', ' ')

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof DatabaseProblem && error.again) return new Refusal('database_unavailable', undefined, 2)
  return new Refusal('internal')
}

/** Any error as RFC 9457 problem details: a stable code and the trace id, never a stack, never SQL. */
export function problemResponse(error: unknown, traceId: string): Response {
  const refusal = refusalOf(error)
  if (refusal.code === 'internal') log('error', { event: 'defect', trace: traceId, error: errorText(error) })
  if (refusal.code === 'database_unavailable')
    log('warn', { event: 'database_unavailable', trace: traceId, error: errorText(error) })
  const problem: Problem = {
    type: `urn:whatsappb24:${refusal.code}`,
    title: title(refusal.code),
    status: REFUSALS[refusal.code],
    code: refusal.code,
    traceId,
    ...(refusal.details ? { details: refusal.details } : {}),
  }
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (refusal.retryAfter !== undefined) headers.set('retry-after', String(refusal.retryAfter))
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}
