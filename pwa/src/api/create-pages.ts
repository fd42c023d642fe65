import { createEffect, createSignal, on, type Accessor } from 'solid-js'
import { problemOf, type ApiProblem } from './problem.rules.ts'

type Page<Item> = { items: Item[]; next: string | null }

export type Pages<Item> = Pick<
  ReturnType<typeof createPages<Item, unknown>>,
  'items' | 'next' | 'loading' | 'problem' | 'more' | 'again'
>

/** A list that comes in pages; another filter starts it anew, and an answer that is late for its filter is dropped. */
export function createPages<Item, Filter>(
  filter: Accessor<Filter>,
  ask: (filter: Filter, cursor: string | null) => Promise<Page<Item>>,
) {
  const [items, setItems] = createSignal<readonly Item[]>([])
  const [next, setNext] = createSignal<string | null>(null)
  const [loading, setLoading] = createSignal(true)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  let turn = 0

  async function load(cursor: string | null): Promise<void> {
    turn += 1
    const mine = turn
    setLoading(true)
    setProblem(null)
    try {
      const page = await ask(filter(), cursor)
      if (mine !== turn) return
      setItems((before) => (cursor ? [...before, ...page.items] : page.items))
      setNext(page.next)
    } catch (error) {
      if (mine === turn) setProblem(problemOf(error))
    } finally {
      if (mine === turn) setLoading(false)
    }
  }

  createEffect(on(filter, () => void load(null)))
  return {
    items,
    next,
    loading,
    problem,
    more: () => load(next()),
    again: () => load(null),
    replace: (change: (item: Item) => Item) => setItems((list) => list.map(change)),
  }
}
