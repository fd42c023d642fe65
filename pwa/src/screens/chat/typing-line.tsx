import { createEffect, createSignal, on, onCleanup, Show } from 'solid-js'
import type { Typing } from '#contract/session-node.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { useDesk } from '../../live/context.ts'
import { cardsText } from '../../text/cards.ts'

/** Longer than the server holds the question. */
const TIMEOUT_MS = 35_000
const AGAIN_MS = 5_000

/** What the customer does while we wait for their words, where the number can tell; asked only while somebody looks. */
export function TypingLine(props: { chatId: string }) {
  const { phase } = useDesk()
  const [typing, setTyping] = createSignal<Typing>('no')
  const [isVisible, setIsVisible] = createSignal(document.visibilityState === 'visible')
  const listen = () => setIsVisible(document.visibilityState === 'visible')
  document.addEventListener('visibilitychange', listen)
  onCleanup(() => document.removeEventListener('visibilitychange', listen))

  async function follow(chatId: string, isOver: () => boolean): Promise<void> {
    let now: Typing | undefined
    while (!isOver()) {
      try {
        const told = await call(api.watchTyping, { chatId, ...(now ? { now } : {}) }, { timeoutMs: TIMEOUT_MS })
        if (isOver()) return
        now = told.typing
        setTyping(told.typing)
        if (!told.canTell) return
      } catch (error) {
        if (isOver() || problemOf(error).status === 403 || problemOf(error).status === 404) return
        setTyping('no')
        await new Promise((done) => setTimeout(done, AGAIN_MS))
      }
    }
  }

  createEffect(
    on([() => props.chatId, isVisible, () => phase() === 'open'], ([chatId, visible, isOpen]) => {
      setTyping('no')
      if (!visible || !isOpen) return
      let over = false
      onCleanup(() => {
        over = true
      })
      void follow(chatId, () => over)
    }),
  )

  // Over the line with number and name: nothing moves when it comes.
  return (
    <p role="status" class="absolute inset-0 truncate bg-surface text-meta font-semibold text-eucalipto empty:hidden">
      <Show when={typing() !== 'no'}>{typing() === 'recording' ? cardsText().recording : cardsText().typing}</Show>
    </p>
  )
}
