/**
 * Pulled pages and pushed events end here, so a phone that was away and a phone that was not show the same chat.
 * Values are immutable; the maps that hold them change in place, and `Touched` says what did.
 */
import type { Channel } from '#contract/channels.ts'
import type { Chat, Message } from '#contract/inbox.ts'
import type { LiveEvent } from '#contract/live.ts'
import { logWithEvent, logWithLatest, logWithNewer, logWithOlder, logAt, type Log, type Page, type Span } from './log.rules.ts'

export type Local = {
  chats: Map<string, Chat>
  channels: Map<string, Channel>
  logs: Map<string, Log>
  /** When a chat was taken from sight, on the `moment` clock: a page asked for before may still list it. */
  forgotten: Map<string, number>
  /**
   * Changes of messages that lie before what is known of their chat. A page which was already on its way may bring older
   * copies of them, so they are applied again behind it. Only the last {@link ASIDE_MAX} matter.
   */
  aside: Map<string, Message>
  moment: number
}

/** What changed, for whoever draws or stores it. */
export type Touched = {
  chats: Set<string>
  channels: Set<string>
  logs: Set<string>
  messages: Map<string, Message>
  forgotten: Map<string, string | null>
}

/** What is asked of a page: `at` is `local.moment` when the request left. */
export type Pulled =
  | { type: 'chats'; items: readonly Chat[]; at: number }
  | { type: 'channels'; items: readonly Channel[]; at: number }
  | { type: 'messages'; chatId: string; way: 'latest' | 'older' | 'newer'; page: Page; at: number }
  | { type: 'around'; chatId: string; items: readonly Message[]; older: boolean; at: number }

const ASIDE_MAX = 500
/** Longer than any page. */
const KNOWN_MAX = 200
const NOTHING: Log = { tail: null, past: null }

export function newLocal(): Local {
  return { chats: new Map(), channels: new Map(), logs: new Map(), forgotten: new Map(), aside: new Map(), moment: 0 }
}

export function newTouched(): Touched {
  return { chats: new Set(), channels: new Set(), logs: new Set(), messages: new Map(), forgotten: new Map() }
}

/** Applies one event of the stream. An event seen twice, or after a newer one, changes nothing. */
export function applyEvent(local: Local, event: LiveEvent, touched: Touched): void {
  switch (event.type) {
    case 'chat':
      local.forgotten.delete(event.chat.id)
      return putChat(local, event.chat, touched)
    case 'channel':
      return putChannel(local, event.channel, touched)
    case 'message':
      return putMessage(local, event.message, touched)
    case 'templates':
    case 'mention':
    case 'read':
    case 'draft':
    case 'labels':
    case 'transfer':
      // Kept nowhere here: whoever shows labels or requests asks for them again (desk.ts tells them when).
      return
    case 'forget':
      return forget(local, event.chatId, event.into, touched)
  }
}

/** Applies a page that was asked for. */
export function applyPulled(local: Local, pulled: Pulled, touched: Touched): void {
  const isGone = (chatId: string) => (local.forgotten.get(chatId) ?? -1) > pulled.at
  switch (pulled.type) {
    case 'chats':
      for (const chat of pulled.items) if (!isGone(chat.id)) putChat(local, chat, touched, 'pulled')
      return
    case 'channels':
      for (const channel of pulled.items) putChannel(local, channel, touched)
      return
    case 'messages':
    case 'around':
      if (isGone(pulled.chatId)) return
      return putPage(local, pulled, touched)
  }
}

type PulledMessages = Extract<Pulled, { chatId: string }>

function putPage(local: Local, pulled: PulledMessages, touched: Touched): void {
  const log = local.logs.get(pulled.chatId) ?? NOTHING
  const grown = pulled.type === 'around' ? logAt(log, pulled.items, pulled.older) : paged(log, pulled.way, pulled.page)
  const aside = [...local.aside.values()].filter((message) => message.chatId === pulled.chatId)
  const current = aside.reduce((now, message) => logWithEvent(now, message, false), grown)
  const items = pulled.type === 'around' ? [] : pulled.page.items
  setLog(local, pulled.chatId, current, [...items.filter(isNewIn(log.tail)), ...aside], touched)
  // With nothing new in it the store still notes that it was read now, and is whole.
  if (local.logs.has(pulled.chatId)) touched.logs.add(pulled.chatId)
}

/** What the end of the chat has in the same copy is in the store as well: to look for it there, fifty times, is not free. */
function isNewIn(tail: Span | null): (message: Message) => boolean {
  const known = new Map(tail?.items.slice(-KNOWN_MAX).map(({ id, rev }) => [id, rev]))
  return ({ id, rev }) => (known.get(id) ?? -1) < rev
}

function paged(log: Log, way: 'latest' | 'older' | 'newer', page: Page): Log {
  if (way === 'latest') return logWithLatest(log, page)
  return way === 'older' ? logWithOlder(log, page) : logWithNewer(log, page)
}

/** A page of the same revision is taken too: what somebody sees of a chat changes with their role, and the chat does not. */
function putChat(local: Local, chat: Chat, touched: Touched, how: 'heard' | 'pulled' = 'heard'): void {
  const old = local.chats.get(chat.id)
  if (old && (old.rev > chat.rev || (old.rev === chat.rev && how === 'heard'))) return
  local.chats.set(chat.id, chat)
  touched.chats.add(chat.id)
}

/** Channels carry no revision: the stream is in order, and a page is asked for before the stream goes on. */
function putChannel(local: Local, channel: Channel, touched: Touched): void {
  const known = local.channels.get(channel.id)
  if (known && (channel.rev ?? 0) < (known.rev ?? 0)) return
  local.channels.set(channel.id, channel)
  touched.channels.add(channel.id)
}

function putMessage(local: Local, message: Message, touched: Touched): void {
  const isLast = local.chats.get(message.chatId)?.lastMessage?.id === message.id
  const log = local.logs.get(message.chatId) ?? NOTHING
  const next = logWithEvent(log, message, isLast)
  if (next === log) putAside(local, message)
  setLog(local, message.chatId, next, [message], touched)
}

function putAside(local: Local, message: Message): void {
  const old = local.aside.get(message.id)
  if (old && old.rev >= message.rev) return
  local.aside.delete(message.id)
  local.aside.set(message.id, message)
  const [oldest] = local.aside.keys()
  if (local.aside.size > ASIDE_MAX && oldest !== undefined) local.aside.delete(oldest)
}

function setLog(local: Local, chatId: string, log: Log, messages: readonly Message[], touched: Touched): void {
  // A cached tail that is not in memory still wants the message; local-db.ts decides whether it reaches.
  for (const message of messages) touched.messages.set(message.id, message)
  if (log === local.logs.get(chatId) || (!log.tail && !log.past)) return
  local.logs.set(chatId, log)
  touched.logs.add(chatId)
}

function forget(local: Local, chatId: string, into: string | null, touched: Touched): void {
  local.moment += 1
  local.forgotten.set(chatId, local.moment)
  local.chats.delete(chatId)
  local.logs.delete(chatId)
  touched.chats.add(chatId)
  touched.logs.add(chatId)
  touched.forgotten.set(chatId, into)
}
