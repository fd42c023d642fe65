import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'

const SEEN_MS = 1_000
/** What could not be told is told again later and later, for a quarter of an hour; then with the next message, or look. */
const MOST_TRIES = 10

/**
 * Tells the server that the customer's last message was read, once it has been on the screen for a second in a visible
 * page: for this person's other devices, and for the customer where the channel can tell them.
 */
export function createMarkRead(chatId: string, isInSight: Accessor<boolean>): void {
  const { desk } = useDesk()
  const [isVisible, setIsVisible] = createSignal(document.visibilityState === 'visible')
  const listen = () => setIsVisible(document.visibilityState === 'visible')
  document.addEventListener('visibilitychange', listen)
  onCleanup(() => document.removeEventListener('visibilitychange', listen))

  const lastIncoming = createMemo(() => {
    const isWaiting = Boolean(desk.chat(chatId)?.waitingSince)
    return isWaiting ? (desk.log(chatId)?.tail?.items.findLast((message) => message.direction === 'in')?.id ?? null) : null
  })
  let told: string | null = null
  const [tries, setTries] = createSignal(0)
  createEffect(on([lastIncoming, isVisible], () => setTries(0), { defer: true }))
  createEffect(
    on([lastIncoming, isVisible, isInSight, tries], ([messageId, visible, inSight, before]) => {
      if (!messageId || !visible || !inSight || messageId === told || before > MOST_TRIES) return
      const timer = setTimeout(
        () => {
          told = messageId
          call(api.markRead, { chatId, messageId }).catch(() => {
            told = null
            setTries(before + 1)
          })
        },
        SEEN_MS * 2 ** before,
      )
      onCleanup(() => clearTimeout(timer))
    }),
  )
}
