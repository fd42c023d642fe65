import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { Message } from '#contract/inbox.ts'
import { call } from '../../../api/call.ts'
import * as api from '../../../api/endpoints.ts'
import { problemOf, type ApiProblem } from '../../../api/problem.rules.ts'
import { createRead, once } from '../../../lib/create-read.ts'
import { useDesk } from '../../../live/context.ts'
import { readTail } from '../../../live/local-db.ts'
import { hitsOf, holds, wordsIn } from './found.rules.ts'

const TYPING_MS = 250
/** Shorter questions are for the phone alone: on the server they would find everything. */
const ASKED_MIN = 2

type Found = { words: string; items: readonly Message[]; next: string | null }

/** A search in one chat: what this phone keeps of it at once, also without a network, then what only the server has. */
export function createChatSearch(chatId: string, question: Accessor<string>) {
  const { desk } = useDesk()
  const [found, setFound] = createSignal<Found | null>(null)
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  // The store reaches further back than what was read in this visit.
  const [stored] = createRead(once, async () => (await readTail(desk.db, chatId))?.items ?? [])
  const words = createMemo(() => wordsIn(question()))
  let timer: ReturnType<typeof setTimeout> | undefined

  const here = createMemo(() => {
    const log = desk.log(chatId)
    const kept = [...(stored.latest ?? []), ...(log?.past?.items ?? []), ...(log?.tail?.items ?? [])]
    return kept.filter((message) => holds(message, words()))
  })
  const isAsked = (q: string) => q === question().trim()
  const theirs = createMemo(() => (found()?.words === question().trim() ? (found()?.items ?? []) : []))
  const hits = createMemo(() => (words().length === 0 ? [] : hitsOf(theirs(), here())))

  async function ask(q: string, cursor: string | null): Promise<void> {
    setBusy(true)
    try {
      const page = await call(api.searchMessages, { chat: chatId, q, ...(cursor ? { cursor } : {}) })
      if (!isAsked(q)) return
      const items = page.items.map(({ message }) => message)
      setFound((now) => ({ words: q, next: page.next, items: cursor ? [...(now?.items ?? []), ...items] : items }))
      setProblem(null)
    } catch (error) {
      if (isAsked(q)) setProblem(problemOf(error))
    } finally {
      if (isAsked(q)) setBusy(false)
    }
  }

  createEffect(
    on(question, (text) => {
      clearTimeout(timer)
      const q = text.trim()
      setBusy(q.length >= ASKED_MIN)
      if (q.length >= ASKED_MIN) timer = setTimeout(() => void ask(q, null), TYPING_MS)
    }),
  )
  onCleanup(() => clearTimeout(timer))

  return {
    words,
    hits,
    busy,
    problem,
    hasMore: () => (theirs().length > 0 ? found()?.next !== null : false),
    async more(): Promise<void> {
      const now = found()
      if (now?.next && isAsked(now.words) && !busy()) await ask(now.words, now.next)
    },
  }
}
