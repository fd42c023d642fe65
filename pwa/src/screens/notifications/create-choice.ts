import { createEffect, createSignal, on, type Accessor } from 'solid-js'
import type { Push, PushChoice } from '#contract/push.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { mayPass, problemOf } from '../../api/problem.rules.ts'
import { useDesk } from '../../live/context.ts'
import type { Asked } from '../../live/create-asked.ts'
import { sentenceOf } from '../../text/text.ts'

export type Choice = {
  now: Accessor<PushChoice>
  error: Accessor<string | null>
  /** Chosen here, and not yet known to the server. */
  isWaiting: Accessor<boolean>
  change(part: Partial<PushChoice>): void
}

const NOTHING: PushChoice = { kinds: [], preview: true, sound: true, onlyMine: false, quiet: null, timeZone: null }

/** What this person wants to hear of: shown at once, stored one after the other, again when the network is back. */
export function createChoice(asked: Asked<Push>): Choice {
  const { phase } = useDesk()
  const [wanted, setWanted] = createSignal<PushChoice | null>(null)
  const [isWaiting, setIsWaiting] = createSignal(false)
  const [error, setError] = createSignal<string | null>(null)
  let isSaving = false

  async function save(): Promise<void> {
    if (isSaving) return
    isSaving = true
    for (let next = wanted(); next; next = wanted()) {
      try {
        const push = await call(api.choosePush, next)
        asked.put(push)
        // Chosen again meanwhile: that one goes next.
        if (wanted() === next) setWanted(null)
        setIsWaiting(false)
      } catch (failure) {
        const problem = problemOf(failure)
        setIsWaiting(mayPass(problem))
        if (!mayPass(problem)) {
          setError(sentenceOf(problem))
          setWanted(null)
        }
        break
      }
    }
    isSaving = false
  }

  createEffect(on(phase, (now) => void (now === 'open' && wanted() && save()), { defer: true }))
  const now = () => wanted() ?? asked.items()?.choice ?? NOTHING
  return {
    ...{ now, error, isWaiting },
    change(part) {
      setError(null)
      setWanted({ ...now(), ...part })
      void save()
    },
  }
}
