/**
 * What a phone knows of a chat's messages. The `tail` reaches up to the newest message and is kept current by events;
 * `past` is a stretch further back, around a message that the reader jumped to, until the two meet.
 */
import type { Message } from '#contract/inbox.ts'

/** Messages without a hole between them, oldest first. `older`: there are more before the first one. */
export type Span = { items: readonly Message[]; older: boolean }
export type Log = { tail: Span | null; past: Span | null }
export type Page = { items: readonly Message[]; more: boolean }

type Place = { at: string; id: string }

/** Order of messages everywhere: by time, then by id. Instants all have the same form, so text order is time order. */
export function isBefore(a: Place, b: Place): boolean {
  return a.at === b.at ? a.id < b.id : a.at < b.at
}

/** The list with this message in its place. An older copy (smaller `rev`) changes nothing and gives the same list back. */
export function withMessage(list: readonly Message[], message: Message): readonly Message[] {
  const known = list.findLastIndex((item) => item.id === message.id)
  const old = list[known]
  if (old && old.rev >= message.rev) return list
  if (old && old.at === message.at) return list.with(known, message)
  const rest = old ? list.toSpliced(known, 1) : list
  // New messages nearly always belong at the end.
  let place = rest.length
  for (let item = rest[place - 1]; item && isBefore(message, item); item = rest[place - 1]) place -= 1
  return rest.toSpliced(place, 0, message)
}

/**
 * The sorted union of two lists; of two copies of a message the newer one stays. Where the second brings nothing, the first
 * itself: then nobody has to look at it again.
 */
export function merged(a: readonly Message[], b: readonly Message[]): readonly Message[] {
  if (a.length === 0) return b
  if (b.length === 0) return a
  // Pages mostly lie one before the other: ten thousand messages need no sorting for fifty more.
  if (isWhollyBefore(a, b)) return [...a, ...b]
  if (isWhollyBefore(b, a)) return [...b, ...a]
  const byId = new Map(a.map((item) => [item.id, item]))
  let isNew = false
  for (const item of b) {
    const old = byId.get(item.id)
    if (old && old.rev >= item.rev) continue
    byId.set(item.id, item)
    isNew = true
  }
  return isNew ? [...byId.values()].toSorted((x, y) => (isBefore(x, y) ? -1 : 1)) : a
}

function isWhollyBefore(a: readonly Message[], b: readonly Message[]): boolean {
  const last = a.at(-1)
  const [first] = b
  return last !== undefined && first !== undefined && isBefore(last, first)
}

/** Does an event's message belong in a stretch? One before its start would leave a hole; paging brings it in time. */
function reaches(span: Span, message: Message): boolean {
  const [first] = span.items
  return !first || !span.older || !isBefore(message, first) || span.items.some((item) => item.id === message.id)
}

/**
 * A message as an event tells it. `isLast`: the chat names it as its newest, so a phone that knows nothing of the chat
 * may begin its tail here.
 */
export function logWithEvent(log: Log, message: Message, isLast: boolean): Log {
  const tail = tailWithEvent(log.tail, message, isLast)
  const past = pastWithEvent(log.past, message)
  return tail === log.tail && past === log.past ? log : meet({ tail, past })
}

function tailWithEvent(tail: Span | null, message: Message, isLast: boolean): Span | null {
  if (!tail) return isLast ? { items: [message], older: true } : null
  if (!reaches(tail, message)) return tail
  const items = withMessage(tail.items, message)
  return items === tail.items ? tail : { ...tail, items }
}

function pastWithEvent(past: Span | null, message: Message): Span | null {
  const last = past?.items.at(-1)
  if (!past || !last || isBefore(last, message) || !reaches(past, message)) return past
  const items = withMessage(past.items, message)
  return items === past.items ? past : { ...past, items }
}

/**
 * The latest page of the chat. It joins the tail where they overlap; a tail that lies wholly before it has a hole and
 * gives way; what is newer than the page came by events while the page was on its way.
 */
export function logWithLatest(log: Log, page: Page): Log {
  const fresh: Span = { items: page.items, older: page.more }
  const { tail } = log
  const first = page.items[0]
  if (!tail || !first || tail.items.length === 0) return meet({ ...log, tail: tail && !first ? tail : merge(tail, fresh) })
  const last = tail.items.at(-1)
  const isStale = last !== undefined && isBefore(last, first)
  const next = isStale ? fresh : merge(tail, fresh)
  return next === tail ? log : meet({ ...log, tail: next })
}

function merge(tail: Span | null, page: Span): Span {
  if (!tail) return page
  const [a] = tail.items
  const [b] = page.items
  const tailStarts = a !== undefined && (b === undefined || isBefore(a, b))
  const [items, older] = [merged(tail.items, page.items), tailStarts ? tail.older : page.older]
  return items === tail.items && older === tail.older ? tail : { items, older }
}

/** A page before the first message of the stretch that is being read. */
export function logWithOlder(log: Log, page: Page): Log {
  const span = log.past ?? log.tail
  if (!span) return log
  const grown: Span = { items: merged(page.items, span.items), older: page.more }
  return log.past ? meet({ ...log, past: grown }) : { ...log, tail: grown }
}

/** A page after the last message of `past`. When nothing follows it any more, it has reached the tail. */
export function logWithNewer(log: Log, page: Page): Log {
  if (!log.past) return log
  const past: Span = { ...log.past, items: merged(log.past.items, page.items) }
  return page.more ? meet({ ...log, past }) : { tail: join(past, log.tail), past: null }
}

/** Starts reading at a stretch of the past. */
export function logAt(log: Log, items: readonly Message[], older: boolean): Log {
  return meet({ ...log, past: { items, older } })
}

/** Where past and tail overlap they become one. */
function meet(log: Log): Log {
  const first = log.tail?.items[0]
  if (!log.past || !first) return log
  const ids = new Set(log.past.items.map((item) => item.id))
  return log.tail?.items.some((item) => ids.has(item.id)) ? { tail: join(log.past, log.tail), past: null } : log
}

function join(past: Span, tail: Span | null): Span {
  return tail ? merge(past, tail) : past
}

/** The newest messages only: what a phone keeps of a chat that nobody reads now. */
export function trimmed(log: Log, keep: number): Log {
  const { tail } = log
  if (!tail || tail.items.length <= keep) return log.past ? { tail, past: null } : log
  return { tail: { items: tail.items.slice(-keep), older: true }, past: null }
}
