import { useNavigate } from '@solidjs/router'
import { onCleanup } from 'solid-js'
import { useDesk } from './live/context.ts'
import { t } from './text/text.ts'
import { say } from './ui/toast.tsx'

/** Says that a note names this person, wherever they are; one tap opens it. */
export function createMentionNotes(): void {
  const { desk } = useDesk()
  const navigate = useNavigate()
  onCleanup(
    desk.onMention(({ by, chatId, messageId }) => {
      const words = t().mentions
      say(words.said(by ?? words.somebody), { name: words.see, run: () => navigate(`/chats/${chatId}?message=${messageId}`) })
    }),
  )
}
