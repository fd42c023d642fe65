/** What this phone shows while deeds wait: the server's copies with them on top, the same object as long as nothing changes. */
import { createMemo, type Accessor } from 'solid-js'
import type { Chat, Message } from '#contract/inbox.ts'
import type { Local } from './apply-event.ts'
import { chatWith, isDeed, messageWith } from './deeds.rules.ts'
import type { Overlay } from './desk.ts'
import type { Log, Span } from './log.rules.ts'
import { countsAfter } from './order.rules.ts'
import type { Deed, Entry } from './outbox.rules.ts'

/** Call it where effects live. */
export function overlayOf(entries: Accessor<readonly Entry[]>, me: string): Accessor<Overlay | null> {
  const deeds = createMemo<readonly Deed[]>((before) => {
    const now = entries().filter(isDeed)
    return now.length === before.length && now.every((deed, i) => deed === before[i]) ? before : now
  }, [])
  return createMemo(() => (deeds().length > 0 ? over(deeds(), me) : null))
}

function over(deeds: readonly Deed[], me: string): Overlay {
  const chats = new WeakMap<Chat, Chat>()
  const messages = new WeakMap<Message, Message>()
  const logs = new WeakMap<Log, Log>()
  const marked = new Set<string>(
    deeds.flatMap(({ deed }) => (deed.do === 'label' && deed.messageId !== null ? [deed.chatId] : [])),
  )

  const concerns = (chat: Chat) => (one: Deed) =>
    one.chatId === chat.id || (one.deed.do === 'contact' && one.deed.contactId === chat.contact.id)

  const chatOver = remember(chats, (chat) => {
    const mine = deeds.filter(concerns(chat))
    return mine.length > 0 ? chatWith(chat, mine, me) : chat
  })
  const messageOver = remember(messages, (message) => messageWith(message, deeds))
  const spanOver = (span: Span | null) => span && { ...span, items: span.items.map(messageOver) }
  const logOver = remember(logs, (log) => ({ tail: spanOver(log.tail), past: spanOver(log.past) }))

  return {
    chat: chatOver,
    log: (chatId, log) => (marked.has(chatId) ? logOver(log) : log),
    chats(all: Local['chats']) {
      const shown = new Map(all)
      for (const [id, chat] of all) shown.set(id, chatOver(chat))
      return shown
    },
    counts(counts, all) {
      return [...all.values()].reduce((now, chat) => countsAfter(now, chat, chatOver(chat), me), counts)
    },
  }
}

/** The same answer for the same object. */
function remember<Key extends object>(known: WeakMap<Key, Key>, work: (key: Key) => Key): (key: Key) => Key {
  return (key) => {
    const before = known.get(key)
    if (before) return before
    const now = work(key)
    known.set(key, now)
    return now
  }
}
