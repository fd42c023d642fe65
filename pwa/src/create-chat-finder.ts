import { createMemo, type Accessor } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { call } from './api/call.ts'
import * as api from './api/endpoints.ts'
import { useDesk } from './live/context.ts'
import { plainWords } from './lib/plain.rules.ts'
import { createRead } from './lib/create-read.ts'
import { chatName } from './text/chat-name.ts'

const SHOWN_MAX = 50
/** Less than this finds half of all chats. */
const ASKED_MIN = 2

/** Chats by name or number, latest first: what this phone keeps at once, then what the server knows. */
export function createChatFinder(words: Accessor<string>): Accessor<Chat[]> {
  const { desk } = useDesk()
  const [found] = createRead(words, async (q) => {
    if (q.trim().length < ASKED_MIN) return []
    const page = await call(api.listChats, { q: q.trim() }).catch(() => ({ items: [] }))
    await desk.pulled({ type: 'chats', items: page.items, at: desk.moment() })
    return page.items.map(({ id }) => id)
  })
  return createMemo(() => {
    const asked = plainWords(words().trim())
    const theirs = new Set<string>(found.latest)
    return [...desk.chats().values()]
      .filter((chat) => asked === '' || plainWords(chatName(chat)).includes(asked) || theirs.has(chat.id))
      .toSorted((a, b) => ((a.lastMessage?.at ?? '') < (b.lastMessage?.at ?? '') ? 1 : -1))
      .slice(0, SHOWN_MAX)
  })
}
