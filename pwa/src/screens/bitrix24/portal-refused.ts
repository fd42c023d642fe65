import type { ApiProblem } from '../../api/problem.rules.ts'
import { linesText } from '../../text/portal-lines.ts'
import { sentenceOf } from '../../text/text.ts'

/** Bitrix24 takes its time, and waits in a line of ours before that. */
export const PORTAL_MS = 60_000

/** A portal's "no", with its own words where it gave any, and what to do about its code where we know. */
export function portalRefused(problem: ApiProblem): string | null {
  const { reason, text } = problem.details
  if (typeof reason !== 'string' || !problem.code.startsWith('portal_')) return null
  const remedy = linesText().remedies[reason]
  const own = typeof text === 'string' && text !== '' ? linesText().said(text) : linesText().said(reason)
  return [sentenceOf(problem), own, remedy].filter(Boolean).join(' ')
}
