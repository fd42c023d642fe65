import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'

const SEEN_MS = 1_000

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
  createEffect(
    on([lastIncoming, isVisible, isInSight], ([messageId, visible, inSight]) => {
      if (!messageId || !visible || !inSight || messageId === told) return
      const timer = setTimeout(() => {
        told = messageId
        call(api.markRead, { chatId, messageId }).catch(() => (told = null))
      }, SEEN_MS)
      onCleanup(() => clearTimeout(timer))
    }),
  )
}
