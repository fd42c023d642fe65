import { createSignal, onCleanup, untrack } from 'solid-js'
import type { Session } from '#contract/sessions.ts'
import { problemOf, type ApiProblem } from '../api/problem.rules.ts'

/** The server holds the question open for 25 s; more than this is no answer. */
export const WATCH_TIMEOUT_MS = 35_000
const AGAIN_MS = 2_000

export type SessionWatch = {
  session: () => Session | null
  /** Why the last question had no answer; it is asked again meanwhile. */
  problem: () => ApiProblem | null
  /** What an act of one's own has just answered. */
  note(session: Session): void
}

/**
 * Watches how a number stands for as long as the screen is open: each question waits at the server until there is news.
 * `isFinal`: problems after which there is nothing to wait for.
 */
export function createSessionWatch(
  ask: (rev: number | null) => Promise<Session>,
  isFinal: (problem: ApiProblem) => boolean,
): SessionWatch {
  const [session, setSession] = createSignal<Session | null>(null)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined

  /** An answer that was on its way while somebody acted is older than what they see. */
  const note = (next: Session) => setSession((now) => (now && now.rev > next.rev ? now : next))

  async function watch(): Promise<void> {
    try {
      note(await ask(untrack(session)?.rev ?? null))
      setProblem(null)
      if (!isOver) void watch()
    } catch (error) {
      const found = problemOf(error)
      setProblem(found)
      if (!isOver && !isFinal(found)) timer = setTimeout(() => void watch(), AGAIN_MS)
    }
  }
  untrack(() => void watch())
  onCleanup(() => {
    isOver = true
    clearTimeout(timer)
  })
  return { session, problem, note }
}
