/**
 * What was decided on a phone that had no network, against what others have done meanwhile. Pure: the phone shows by it, and
 * the database says no by the same rule (SQL `is_overtaken`).
 */
import * as z from 'zod/mini'
import { Instant, PersonId } from './ids.ts'

/** A chat as it stood on the screen when something was decided about it. */
export const Seen = z.object({
  /** Since when the customer waits, and for how many of their words. */
  waitingSince: z.nullable(Instant),
  unanswered: z.number(),
  assigneeId: z.nullable(PersonId),
})
export type Seen = z.infer<typeof Seen>

export type Decision = 'assign' | 'close' | 'settle' | 'reopen'

/**
 * Whether a newer change of somebody else makes a decision about a chat void: the person is asked again.
 * - The customer has written since: nobody has read that, so "no answer needed" and "close" do not stand.
 * - Somebody else has been given the chat since: it is not closed under them, nor taken from them. `mine` is the holder that is
 *   no contradiction: whoever decides, or whom the chat was to be given to.
 * - To open a chat again contradicts nothing, nor does a label: both can be put and taken by anybody, and the last word stands.
 */
export function overtaken(what: Decision, seen: Seen, now: Seen, mine: string | null): boolean {
  if (what === 'reopen') return false
  const hasWritten = now.waitingSince !== null && (now.waitingSince !== seen.waitingSince || now.unanswered > seen.unanswered)
  const isTheirs = now.assigneeId !== null && now.assigneeId !== seen.assigneeId && now.assigneeId !== mine
  return isTheirs || (what !== 'assign' && hasWritten)
}
