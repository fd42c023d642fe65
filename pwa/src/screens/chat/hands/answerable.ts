import type { Chat } from '#contract/inbox.ts'
import type { Running } from '../../../live/start.ts'
import type { Shown } from '../shown.rules.ts'

/** May this person quote this message? What is still on its way has no name at the provider yet. */
export function isAnswerable({ desk }: Running, chat: Chat, { message, pending }: Shown): boolean {
  return (
    pending === null &&
    message.deletedAt === null &&
    message.direction !== 'note' &&
    message.kind !== 'system' &&
    desk.may('messages.send') &&
    desk.channel(chat.channelId)?.capabilities.includes('quote') === true
  )
}

/** Quotes it in the composer, which is ready to be written in. */
export function answer({ drafts }: Running, chat: Chat, { message }: Shown): void {
  const { id, direction, kind, text } = message
  drafts.set({ ...drafts.of(chat.id), mode: 'message', replyTo: { id, direction, kind, text } })
  queueMicrotask(() => document.querySelector<HTMLTextAreaElement>('[data-composer]')?.focus())
}
