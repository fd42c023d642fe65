import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/first-endpoints.ts'
import { problemOf, type ApiProblem } from '../../api/problem.rules.ts'
import { matches } from '../../lib/person-match.rules.ts'
import type { Desk } from '../../live/desk.ts'
import { byRank } from '../../live/order.rules.ts'
import { filtersOf, passes } from './filters.rules.ts'

const TYPING_MS = 180

/** Search by name or number within the filters of the list: what this phone holds at once, then what the server finds. */
export function createSearch(desk: Desk, words: Accessor<string>, query: Accessor<string>) {
  const [found, setFound] = createSignal<{ words: string; query: string; ids: readonly string[] } | null>(null)
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(q: string, filters: string) {
    const isAsked = () => q === words().trim() && filters === query()
    const at = desk.moment()
    try {
      const page = await call(api.listChats, { ...filtersOf(filters), q })
      if (!isAsked()) return
      void desk.pulled({ type: 'chats', items: page.items, at })
      setFound({ words: q, query: filters, ids: page.items.map((chat) => chat.id) })
      setProblem(null)
    } catch (error) {
      if (isAsked()) setProblem(problemOf(error))
    } finally {
      if (isAsked()) setBusy(false)
    }
  }

  createEffect(
    on([words, query], ([text, filters]) => {
      clearTimeout(timer)
      const q = text.trim()
      setBusy(q !== '')
      if (q) timer = setTimeout(() => void ask(q, filters), TYPING_MS)
    }),
  )
  onCleanup(() => clearTimeout(timer))

  const here = createMemo(() => {
    const text = words().trim()
    const filters = filtersOf(query())
    const isFound = (chat: Chat) => matches(chat.contact, text) && passes(chat, filters, true)
    return text ? [...desk.chats().values()].filter(isFound).toSorted(byRank) : []
  })

  // What the phone found, then what only the server knows; once it has answered for these words, in its order.
  const results = createMemo((): Chat[] => {
    const answer = found()
    if (!answer || answer.words !== words().trim() || answer.query !== query()) return here()
    return answer.ids.flatMap((id) => desk.chat(id) ?? [])
  })

  return { busy, problem, results }
}
