import type { ApiProblem } from '../api/problem.rules.ts'
import { failureText, sentenceOf } from '../text/text.ts'

/** Why a provider does not take a key, in our words for its reason; a profile that it does not take, in its own. */
export function refusedCredentials(problem: ApiProblem): string | null {
  const { reason, detail } = problem.details
  if (problem.code === 'profile_refused') return typeof detail === 'string' ? `${sentenceOf(problem)} «${detail}»` : null
  const why = problem.code === 'credentials_refused' && typeof reason === 'string' ? failureText(reason) : null
  return why && `${why.cause} ${why.nextStep}`
}
