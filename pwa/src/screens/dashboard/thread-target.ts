/** A thread of the loom as what something is done to. */
import type { Dashboard } from '#contract/dashboard.ts'
import type { Target } from '../../chats-work.ts'

export function targetOfThread({ chatId, name, assigneeId }: Dashboard['loom'][number]): Target {
  return { id: chatId, name: name ?? '', holder: assigneeId }
}
