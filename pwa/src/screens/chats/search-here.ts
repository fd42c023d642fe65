/** A search in what this phone keeps, for when there is no network: the latest messages of its chats, newest first. */
import type { InputOf, OutputOf } from '#contract/endpoint.ts'
import type { Chat, Message, searchMessages } from '#contract/inbox.ts'
import { plainWords } from '../../lib/plain.rules.ts'
import type { Desk } from '../../live/desk.ts'
import { passes } from './filters.rules.ts'

type FoundMessage = OutputOf<typeof searchMessages>['items'][number]
type Asked = Omit<InputOf<typeof searchMessages>, 'cursor'>

/** So many are shown: whoever looks for more needs the server. */
const MOST = 100

/** Messages with all of the words (beginnings count, accents do not) in chats that pass the filters. */
export async function searchHere(desk: Desk, { q = '', ...filters }: Asked): Promise<FoundMessage[]> {
  const wanted = plainWords(q).match(/[\p{L}\p{N}]+/gu) ?? []
  const { label, ...ofChats } = filters
  const chats = new Map([...desk.chats()].filter(([, chat]) => passes(chat, ofChats, true)))
  const found: FoundMessage[] = []
  const isWanted = (message: Message) =>
    (label === undefined || (message.labels ?? []).some(({ id }) => id === label)) && holds(message.text, wanted)
  for (const message of await desk.db.getAll('messages')) {
    const chat: Chat | undefined = chats.get(message.chatId)
    if (chat && message.deletedAt === null && isWanted(message)) found.push({ chat, message })
  }
  return found.toSorted((a, b) => (a.message.at < b.message.at ? 1 : -1)).slice(0, MOST)
}

function holds(text: string | null, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true
  const words = plainWords(text ?? '').match(/[\p{L}\p{N}]+/gu) ?? []
  return wanted.every((beginning) => words.some((word) => word.startsWith(beginning)))
}
