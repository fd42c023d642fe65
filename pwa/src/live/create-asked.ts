import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import { problemOf, type ApiProblem } from '../api/problem.rules.ts'
import { useDesk } from './context.ts'

export type Asked<Items> = {
  items: Accessor<Items | null>
  problem: Accessor<ApiProblem | null>
  loading: Accessor<boolean>
  /** What is shown is of another time: nothing can be changed on it. */
  isStale: Accessor<boolean>
  /** Gives what it read; null when it could not, or when somebody asked later. */
  again(): Promise<Items | null>
  put(items: Items): void
}

/** Something that is asked of the server at once, and again when the network is back. */
export function createAsked<Items extends object>(ask: () => Promise<Items>, kept?: (items: Items) => void): Asked<Items> {
  const { phase } = useDesk()
  const [items, setItems] = createSignal<Items | null>(null)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const [loading, setLoading] = createSignal(true)
  let turn = 0
  let isGone = false
  onCleanup(() => (isGone = true))

  async function again(): Promise<Items | null> {
    turn += 1
    const mine = turn
    setLoading(true)
    try {
      const fresh = await ask()
      if (mine !== turn || isGone) return null
      setItems(() => fresh)
      kept?.(fresh)
      setProblem(null)
      return fresh
    } catch (error) {
      if (mine === turn) setProblem(problemOf(error))
      return null
    } finally {
      if (mine === turn) setLoading(false)
    }
  }

  void again()
  createEffect(on(phase, (now) => void (now === 'open' && problem() && again()), { defer: true }))
  return { items, problem, loading, isStale: () => problem() !== null, again, put: (next) => void setItems(() => next) }
}
