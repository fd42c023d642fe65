import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { searchMessages } from '#contract/inbox.ts'
import type { InputOf, OutputOf } from '#contract/endpoint.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf, type ApiProblem } from '../../api/problem.rules.ts'
import type { Desk } from '../../live/desk.ts'

export type FoundMessage = OutputOf<typeof searchMessages>['items'][number]
type Asked = Omit<InputOf<typeof searchMessages>, 'cursor'>

const TYPING_MS = 250
/** A word that is common everywhere and rare lately comes with empty pages: so many are turned by themselves. */
const EMPTY_PAGES = 5

/** A page of the server, or the next one that holds something. */
async function pageOf(input: Asked, cursor: string | null, emptyPages: number): Promise<OutputOf<typeof searchMessages>> {
  const page = await call(api.searchMessages, { ...input, ...(cursor ? { cursor } : {}) })
  if (page.items.length > 0 || page.next === null || emptyPages === 0) return page
  return pageOf(input, page.next, emptyPages - 1)
}

/** Messages by their words or label, from the server; without a network, of the few that this phone keeps. */
export function createFoundMessages(desk: Desk, asked: Accessor<Asked>) {
  const [items, setItems] = createSignal<readonly FoundMessage[]>([])
  const [next, setNext] = createSignal<string | null>(null)
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const [isHere, setIsHere] = createSignal(false)
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const searchingHere = async (input: Asked) => (await import('./search-here.ts')).searchHere(desk, input).catch(() => null)

  async function ask(input: Asked, cursor: string | null): Promise<void> {
    const mine = turn
    setBusy(true)
    const at = desk.moment()
    try {
      const page = await pageOf(input, cursor, EMPTY_PAGES)
      if (mine !== turn) return
      void desk.pulled({ type: 'chats', items: page.items.map(({ chat }) => chat), at })
      setItems((before) => (cursor ? [...before, ...page.items] : page.items))
      setNext(page.next)
      setProblem(null)
      setIsHere(false)
    } catch (error) {
      const unread = problemOf(error)
      // No server to ask: what this phone keeps is looked through.
      const here = unread.status === 0 && cursor === null ? await searchingHere(input) : null
      if (mine !== turn) return
      setProblem(unread)
      if (here) setItems(here)
      setIsHere(here !== null)
    } finally {
      if (mine === turn) setBusy(false)
    }
  }

  // By value: an address that says the same is no new question.
  const key = () => JSON.stringify(asked())
  createEffect(
    on(key, () => {
      clearTimeout(timer)
      turn += 1
      setItems([])
      setNext(null)
      const input = asked()
      setBusy(input !== null)
      if (input) timer = setTimeout(() => void ask(input, null), input.q ? TYPING_MS : 0)
    }),
  )
  onCleanup(() => clearTimeout(timer))

  return {
    items,
    busy,
    problem,
    /** Found on this phone alone. */
    isHere,
    hasMore: () => next() !== null,
    more() {
      const [input, cursor] = [asked(), next()]
      if (input && cursor && !busy()) void ask(input, cursor)
    },
  }
}
