import { createSignal, type Accessor } from 'solid-js'
import { problemOf, type ApiProblem } from './problem.rules.ts'
import { sentenceOf } from '../text/text.ts'

export type Action = {
  busy: Accessor<boolean>
  error: Accessor<string | null>
  /** Does it, one at a time. `refused` may say the problem in its own words. */
  run(work: () => Promise<void>, refused?: (problem: ApiProblem) => string | null): Promise<void>
}

/** Something asked of the server by hand: whether it is under way, and why it was refused. */
export function createAction(): Action {
  const [busy, setBusy] = createSignal(false)
  const [error, setError] = createSignal<string | null>(null)
  return {
    busy,
    error,
    async run(work, refused) {
      if (busy()) return
      setBusy(true)
      setError(null)
      try {
        await work()
      } catch (failure) {
        const problem = problemOf(failure)
        setError(refused?.(problem) ?? sentenceOf(problem))
      } finally {
        setBusy(false)
      }
    },
  }
}
