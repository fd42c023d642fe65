/** Brings the messages of a chat: what is stored here at once, then the server's pages, back and forward in time. */
import type { Message } from '#contract/inbox.ts'
import { cursorAt } from '#contract/cursor.ts'
import { call } from '../api/call.ts'
import { mayBeEarly } from '../api/early.ts'
import * as api from '../api/endpoints.ts'
import { timeOfUuid } from '../lib/uuid.rules.ts'
import type { Desk } from './desk.ts'
import { isCustomers } from './unread.rules.ts'

/** A message's time may differ from the time in its id: by how much we look before it for its place. */
const ID_SLACK_MS = 120_000
const NO_ID = '00000000-0000-0000-0000-000000000000'
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
/** Pages that are read forward from the supposed place of a message before giving up. */
const SEEK_PAGES = 4

/**
 * The stored end of the chat, then the newest page of the server. Gives the instant up to which this person had read it;
 * null for never. Throws ApiProblem when the server does not answer.
 */
export async function openChat(desk: Desk, chatId: string): Promise<string | null> {
  await desk.restoreLog(chatId)
  const asking = mayBeEarly(desk.moment())
  const [page, chat] = await Promise.all([
    call(api.listMessages, { chatId }, asking),
    desk.chat(chatId) ? null : call(api.getChat, { chatId }),
  ])
  const { at } = asking
  if (chat) await desk.pulled({ type: 'chats', items: [chat], at })
  await desk.pulled({ type: 'messages', chatId, way: 'latest', page: { items: page.items, more: page.next !== null }, at })
  return page.readUpto ?? null
}

/** The page before what is being read. Throws ApiProblem. */
export async function loadOlder(desk: Desk, chatId: string): Promise<void> {
  const log = desk.log(chatId)
  const span = log?.past ?? log?.tail
  const first = span?.items[0]
  if (!span?.older || !first) return
  const at = desk.moment()
  const page = await call(api.listMessages, { chatId, before: cursorAt(first) })
  void desk.pulled({ type: 'messages', chatId, way: 'older', page: { items: page.items, more: page.next !== null }, at })
}

/** The page after what is being read in the past. Throws ApiProblem. */
export async function loadNewer(desk: Desk, chatId: string): Promise<void> {
  const last = desk.log(chatId)?.past?.items.at(-1)
  if (!last) return
  const at = desk.moment()
  const page = await call(api.listMessages, { chatId, after: cursorAt(last) })
  void desk.pulled({ type: 'messages', chatId, way: 'newer', page: { items: page.items, more: page.next !== null }, at })
}

/** Goes to what was said after an instant, and gives the customer's first word there; null when there is none. Throws ApiProblem. */
export async function goAfter(desk: Desk, chatId: string, instant: string): Promise<string | null> {
  const at = desk.moment()
  const { items } = await call(api.listMessages, { chatId, after: cursorAt({ at: instant, id: LAST_ID }) })
  await desk.pulled({ type: 'around', chatId, items, older: true, at })
  return items.find(isCustomers)?.id ?? null
}

/**
 * Goes to a message wherever it is in the chat. False when it cannot be found. Throws ApiProblem.
 * Only its id is known; a UUIDv7 tells about when it was written.
 */
export async function goTo(desk: Desk, chatId: string, messageId: string): Promise<boolean> {
  const known = (items: readonly Message[] | undefined) => items?.some((item) => item.id === messageId) === true
  const log = desk.log(chatId)
  if (known((log?.past ?? log?.tail)?.items)) return true
  if (log?.past && known(log.tail?.items)) {
    desk.returnToTail(chatId)
    return true
  }
  const at = desk.moment()
  let from = cursorAt({ at: new Date(timeOfUuid(messageId) - ID_SLACK_MS).toISOString(), id: NO_ID })
  const items: Message[] = []
  for (let pages = 0; pages < SEEK_PAGES; pages += 1) {
    const page = await call(api.listMessages, { chatId, after: from })
    items.push(...page.items)
    if (known(page.items)) {
      await desk.pulled({ type: 'around', chatId, items, older: true, at })
      return true
    }
    if (!page.next) return false
    from = page.next
  }
  return false
}
