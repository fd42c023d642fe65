import type { ApiProblem } from '../../api/problem.rules.ts'
import { language, sentenceOf, t } from '../../text/text.ts'

/** Why somebody is not let in, with how long to wait when the server says it. */
export function refusedSentence(problem: ApiProblem): string {
  if (problem.code === 'no_network') return t().signIn.offline
  if (problem.code === 'too_many_tries' && problem.retryAfterMs) return t().signIn.wait(waitOf(problem.retryAfterMs))
  return sentenceOf(problem)
}

function waitOf(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  const [value, unit] = seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute']
  return new Intl.NumberFormat(language(), { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}
