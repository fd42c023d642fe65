import type { Accessor } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'

/** WhatsApp shows "typing" for 25 s at most; telling it more often changes nothing. */
const EVERY_MS = 20_000

/** Tells the customer that somebody is writing, where the channel can. It goes with the last message being read. */
export function createTyping(chat: Accessor<Chat>): () => void {
  const { desk } = useDesk()
  let toldAt = 0
  return () => {
    const last = chat().lastMessage
    const can = desk.channel(chat().channelId)?.capabilities.includes('typing') === true
    if (!can || last?.direction !== 'in' || Date.now() - toldAt < EVERY_MS) return
    toldAt = Date.now()
    call(api.markRead, { chatId: chat().id, messageId: last.id, typing: true }).catch(() => undefined)
  }
}
