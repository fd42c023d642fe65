import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/first-endpoints.ts'
import { problemOf, type ApiProblem } from '../../api/problem.rules.ts'
import type { Running } from '../../live/start.ts'
import { byRank } from '../../live/order.rules.ts'
import { filtersOf, passes } from './filters.rules.ts'

/** Live events come in bursts: the server is asked again at most this often. */
const AGAIN_MS = 2_000

/** The list behind an address: what this phone holds at once, then the server's pages, kept live. */
export function createFiltered({ desk, phase }: Running, query: Accessor<string>) {
  const [found, setFound] = createSignal<{ query: string; ids: readonly string[]; next: string | null } | null>(null)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let busy = false

  async function ask(cursor: string | null): Promise<void> {
    const asked = query()
    if (!asked || busy) return
    busy = true
    const at = desk.moment()
    try {
      const page = await call(api.listChats, { ...filtersOf(asked), ...(cursor ? { cursor } : {}) })
      void desk.pulled({ type: 'chats', items: page.items, at })
      const before = cursor ? (found()?.ids ?? []) : []
      setFound({ query: asked, ids: [...new Set([...before, ...page.items.map(({ id }) => id)])], next: page.next })
      setProblem(null)
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      busy = false
    }
    if (asked !== query()) await ask(null)
  }

  createEffect(
    on([query, phase], () => {
      setProblem(null)
      void ask(null)
    }),
  )
  createEffect(
    on(
      desk.chats,
      () => {
        // Further pages stay as they were read; what changed on them is known by passes().
        timer ??= setTimeout(() => {
          timer = undefined
          if ((found()?.ids.length ?? 0) <= 50) void ask(null)
        }, AGAIN_MS)
      },
      { defer: true },
    ),
  )
  onCleanup(() => clearTimeout(timer))

  const list = createMemo((): Chat[] => {
    if (!query()) return []
    const filters = filtersOf(query())
    const answer = found()
    if (answer?.query !== query()) return [...desk.chats().values()].filter((chat) => passes(chat, filters)).toSorted(byRank)
    return answer.ids.flatMap((id) => desk.chat(id) ?? []).filter((chat) => passes(chat, filters))
  })
  return {
    list,
    problem,
    isFresh: () => found()?.query === query(),
    more: () => {
      const next = found()?.next
      if (next) void ask(next)
    },
  }
}
