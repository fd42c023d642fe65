import type { Problem, RefusalCode } from '#contract/errors.ts'

/** What keeps a request from an answer before the server says anything. */
export type WireCode = 'no_network' | 'timed_out' | 'bad_answer'
export type ProblemCode = RefusalCode | WireCode
export type ProblemDetails = NonNullable<Problem['details']>

/** Any "no" of the API or of the way to it. Its sentence is in text/problems.*.ts. */
export class ApiProblem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly traceId: string | null
  readonly details: ProblemDetails
  /** Milliseconds that the server asks us to wait. */
  readonly retryAfterMs: number | null

  constructor(
    code: ProblemCode,
    more: { status?: number; traceId?: string | null; details?: ProblemDetails; retryAfterMs?: number | null } = {},
  ) {
    super(code)
    this.name = 'ApiProblem'
    this.code = code
    this.status = more.status ?? 0
    this.traceId = more.traceId ?? null
    this.details = more.details ?? {}
    this.retryAfterMs = more.retryAfterMs ?? null
  }
}

/** Will the same request, sent again later, have a chance? A reused id never has: 409 or not (contract/errors.ts). */
export function mayPass(problem: ApiProblem): boolean {
  if (problem.code === 'id_reused' || problem.code === 'not_retryable') return false
  if (problem.code === 'upload_incomplete') return true
  const { status } = problem
  return status === 0 || status >= 500 || status === 401 || status === 408 || status === 425 || status === 429
}

/** Whatever was thrown, as a problem that has a sentence. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  if (error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError'))
    return new ApiProblem('timed_out')
  if (error instanceof TypeError) return new ApiProblem('no_network')
  return new ApiProblem('bad_answer')
}

/** The problem in an answer that is not 2xx. An answer which is not ours (a proxy's page) keeps its status. */
export async function problemIn(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  const retryAfterMs = Number.isFinite(retryAfter) ? retryAfter * 1000 : null
  const type = response.headers.get('content-type') ?? ''
  if (!type.startsWith('application/problem+json')) return new ApiProblem('bad_answer', { status: response.status, retryAfterMs })
  const problem: Problem = await response.json()
  return new ApiProblem(problem.code, {
    status: response.status,
    traceId: problem.traceId,
    details: problem.details ?? {},
    retryAfterMs,
  })
}
