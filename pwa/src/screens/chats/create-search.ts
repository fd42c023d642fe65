import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf, type ApiProblem } from '../../api/problem.rules.ts'
import type { Desk } from '../../live/desk.ts'
import { byRank } from '../../live/order.rules.ts'
import { matches } from './search.rules.ts'

const TYPING_MS = 180

/** Search by name or number: what this phone holds at once, then what the server finds. */
export function createSearch(desk: Desk, words: Accessor<string>) {
  const [found, setFound] = createSignal<{ words: string; ids: readonly string[] } | null>(null)
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(q: string) {
    const at = desk.moment()
    try {
      const page = await call(api.listChats, { q })
      if (q !== words().trim()) return
      void desk.pulled({ type: 'chats', items: page.items, at })
      setFound({ words: q, ids: page.items.map((chat) => chat.id) })
      setProblem(null)
    } catch (error) {
      if (q === words().trim()) setProblem(problemOf(error))
    } finally {
      if (q === words().trim()) setBusy(false)
    }
  }

  createEffect(
    on(words, (text) => {
      clearTimeout(timer)
      const q = text.trim()
      setBusy(q !== '')
      if (q) timer = setTimeout(() => void ask(q), TYPING_MS)
    }),
  )
  onCleanup(() => clearTimeout(timer))

  const here = createMemo(() => {
    const text = words().trim()
    return text ? [...desk.chats().values()].filter((chat) => matches(chat, text)).toSorted(byRank) : []
  })

  // What the phone found, then what only the server knows; once it has answered for these words, in its order.
  const results = createMemo((): Chat[] => {
    const answer = found()
    if (!answer || answer.words !== words().trim()) return here()
    return answer.ids.flatMap((id) => desk.chat(id) ?? [])
  })

  return { busy, problem, results }
}
