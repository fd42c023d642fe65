/** A decision about the queue: asked what it needs first, then sent until nothing is left that it may do. */
import { createSignal } from 'solid-js'
import type { QueueDecision } from '#contract/portal-health.ts'
import { call } from '../../../api/call.ts'
import { createAction } from '../../../api/create-action.ts'
import * as api from '../../../api/portal-endpoints.ts'
import { healthText } from '../../../text/portal-health.ts'
import { say } from '../../../ui/toast.tsx'
import type { Queue } from './create-queue.ts'

/** Many chats are visited, one after the other. */
const LONG_MS = 60_000

/** `ids` null: everything of the filter. */
type Begun = { decision: QueueDecision; ids: string[] | null }
type More = { reason?: string; toLineId?: string }

/** What came of it, in words. */
export function outcomeWords(done: number, kept: number): string {
  if (done === 0 && kept === 0) return healthText().nothing
  return [done > 0 && healthText().done(done), kept > 0 && healthText().kept(kept)].filter(Boolean).join(' ')
}

export function createDecision(portalId: () => string, queue: Queue, decided: () => void) {
  const acting = createAction()
  const [asking, setAsking] = createSignal<Begun | null>(null)

  async function send({ decision, ids }: Begun, more: More): Promise<void> {
    let [done, kept] = [0, 0]
    for (;;) {
      const input = { portalId: portalId(), decision, ...(ids ? { ids } : queue.part()), ...more }
      const answer = await call(api.decidePortalQueue, input, { timeoutMs: LONG_MS })
      done += answer.done
      kept += answer.kept
      // What a rule keeps is found again with every request.
      if (answer.left === 0 || answer.done === 0) break
    }
    say(outcomeWords(done, kept))
    setAsking(null)
    queue.clear()
    decided()
    await queue.asked.again()
  }

  return {
    acting,
    asking,
    cancel: () => setAsking(null),
    /** Of what is given up a reason is asked, of what is moved where to. */
    begin(decision: QueueDecision, ids: string[] | null) {
      const begun = { decision, ids }
      if (decision === 'discard' || decision === 'reroute') setAsking(begun)
      else void acting.run(send.bind(null, begun, {}))
    },
    finish(more: More) {
      const begun = asking()
      if (begun) void acting.run(send.bind(null, begun, more))
    },
  }
}
