/** Which chats a tray holds and in which order: the server's own rules (db/functions: chat_rank, api_chats), kept live. */
import type { Chat, countChats, TRAYS } from '#contract/inbox.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import { timeOfUuid } from '../lib/uuid.rules.ts'

export type Tray = (typeof TRAYS)[number]
export type Counts = OutputOf<typeof countChats>

/** Everyone who waits comes before everyone who does not; a number of this size is beyond any date. */
const NOBODY_WAITS = 100_000_000_000_000

/** Small is first: those who wait longest, then those who were last heard of. */
export function rankOf(chat: Chat): number {
  if (chat.waitingSince) return Date.parse(chat.waitingSince)
  return NOBODY_WAITS - (chat.lastMessage ? Date.parse(chat.lastMessage.at) : timeOfUuid(chat.id))
}

/** Order of a list of chats. */
export function byRank(a: Chat, b: Chat): number {
  return rankOf(a) - rankOf(b) || (a.id < b.id ? -1 : 1)
}

/** Does this chat lie in the tray of this person? */
export function isIn(tray: Tray, chat: Chat, personId: string): boolean {
  if (tray === 'closed') return chat.state === 'closed'
  if (chat.state === 'closed') return false
  if (tray === 'mine') return chat.assignee?.id === personId
  if (tray === 'unassigned') return chat.assignee === null
  return tray === 'open' || chat.state === 'new'
}

/** The figures after a chat changed from `before` to `after` (null: not there). */
export function countsAfter(counts: Counts, before: Chat | null, after: Chat | null, personId: string): Counts {
  const change = (holds: (chat: Chat) => boolean) =>
    Number(after !== null && holds(after)) - Number(before !== null && holds(before))
  const tray = (name: Tray) => Math.max(0, counts.trays[name] + change((chat) => isIn(name, chat, personId)))
  return {
    trays: { mine: tray('mine'), unassigned: tray('unassigned'), new: tray('new'), open: tray('open'), closed: tray('closed') },
    unanswered: Math.max(0, counts.unanswered + change((chat) => chat.waitingSince !== null && chat.state !== 'closed')),
  }
}
