/** What the rest of the house must know of a number's connection: our failure code, or null while all is well. Pure. */
import { AWAY_MS, type SessionState } from '#contract/session-node.ts'

const FOR_GOOD: Partial<Record<SessionState, string>> = {
  unlinked: 'session_unlinked',
  linking: 'session_unlinked',
  logged_out: 'session_logged_out',
  blocked: 'session_blocked',
  replaced: 'session_replaced',
  refused: 'session_refused',
}

/** It was linked, and must not stay so: what the number's own page says of that is what is wrong with it. */
const NOT_HERE: ReadonlySet<string> = new Set(['session_number_taken', 'session_number_own', 'session_other_number'])

/** `upUntil`: when it last worked; null: it never did. `hasNode`: somebody runs it. */
export function problemOf(
  about: { state: SessionState; code?: string | null | undefined; upUntil: number | null; hasNode: boolean },
  before: string | null,
  now: number,
  awayMs: number = AWAY_MS,
): { problem: string | null; lookAgainAt: number | null } {
  const { state, code, upUntil, hasNode } = about
  if (state === 'unlinked' && code && NOT_HERE.has(code)) return { problem: code, lookAgainAt: null }
  const forGood = FOR_GOOD[state]
  if (forGood) return { problem: forGood, lookAgainAt: null }
  if (state === 'open' && hasNode) return { problem: null, lookAgainAt: null }
  const since = upUntil ?? 0
  if (now - since >= awayMs) return { problem: hasNode ? 'session_away' : 'session_no_node', lookAgainAt: null }
  return { problem: before, lookAgainAt: since + awayMs }
}
