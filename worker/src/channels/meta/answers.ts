/** What an answer of Graph to a question means, where no message is at stake. */
import type { Answer } from '../../lib/ask.ts'
import { failureOf } from './errors.ts'

export function isGood(answer: Answer): answer is Answer & { came: true } {
  return answer.came && answer.status === 200
}

/** What is asked here may be asked again: without an answer the provider was just not there. */
export function refused(answer: Answer): { ok: false; error: ReturnType<typeof failureOf>['error'] } {
  const { outcome, error } = failureOf(answer)
  return { ok: false, error: outcome === 'unknown' ? { ...error, code: 'provider_unreachable' } : error }
}
