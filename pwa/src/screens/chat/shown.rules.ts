/** What a thread shows: the server's messages, then what this phone has not delivered yet, as rows. */
import type { Message } from '#contract/inbox.ts'
import type { Outgoing } from '../../live/outbox.rules.ts'
import { isCustomers } from '../../live/unread.rules.ts'

/** A message on the screen. `pending`: it is still in this phone's outbox. */
export type Shown = { message: Message; pending: Outgoing | null }
export type Stretch = 'start' | 'middle' | 'end' | 'only'
export type RowFacts = {
  id: string
  shown: Shown
  /** Its part in the thread beside what nobody answered; null when it was answered. */
  wait: Stretch | null
  /** The newest message that is shown. */
  isLast: boolean
  /** Same speaker as the row before: they stand closer. */
  follows: boolean
}
/** What a row was until now. */
export type KnownRow = (id: string) => RowFacts | undefined
/**
 * Where a day begins, as an instant of it, or the conversation: null. A row of its own: a message that had it would become
 * smaller when an older page comes before it, under the eyes of whoever reads.
 */
export type Mark = { id: string; day: string | null }

/** An outbox entry as the message that it will be. Ids and branding are the server's: here they are the same text. */
export function messageOf(entry: Outgoing): Message {
  return {
    id: entry.id as Message['id'],
    chatId: entry.chatId as Message['chatId'],
    direction: entry.what === 'note' ? 'note' : 'out',
    kind: entry.kind,
    text: entry.text,
    media: entry.forward?.media ?? null,
    status: entry.state,
    error: null,
    author: { kind: 'person', id: entry.author.id, name: entry.author.name },
    at: entry.at,
    replyTo: entry.replyTo,
    reactions: [],
    editedAt: null,
    deletedAt: null,
    extra: extraOf(entry),
    labels: [],
    rev: 0,
  }
}

function extraOf({ template, mentions, forward, location, contacts }: Outgoing): Message['extra'] {
  const said = { ...(location && { location }), ...(contacts && { contacts }) }
  if (forward) return { ...said, forwarded: true }
  if (location || contacts) return said
  if (template) return { template }
  return mentions ? { mentions: [...mentions] } : null
}

/** Can it be looked at large: a picture of the server, or one that is still on this phone? */
export function isPicture({ message, pending }: Shown): boolean {
  if (message.deletedAt !== null) return false
  if (message.media)
    return message.media.state === 'ready' && message.kind !== 'sticker' && message.media.mime.startsWith('image/')
  return message.kind === 'image' && pending !== null
}

/**
 * Messages and what waits behind them. One that the server has confirmed is shown once, as the server has it. What `known` gives for
 * an id is used again where nothing has changed: a page that comes makes fifty things, not ten thousand.
 */
export function shownOf(items: readonly Message[], pending: readonly Outgoing[], known: KnownRow = () => undefined): Shown[] {
  const confirmed = new Set<string>(items.slice(-pending.length - 200).map((message) => message.id))
  const again = (message: Message): Shown => {
    const before = known(message.id)?.shown
    return before?.message === message && before.pending === null ? before : { message, pending: null }
  }
  return [
    ...items.map(again),
    ...pending.filter((entry) => !confirmed.has(entry.id)).map((entry) => ({ message: messageOf(entry), pending: entry })),
  ]
}

/** The rows of a thread. `isWhole`: from its beginning. `dayKey` names the day of an instant where the account lives; `known` as above. */
export function rowsOf(
  shown: readonly Shown[],
  isWhole: boolean,
  isWaiting: boolean,
  dayKey: (at: string) => string,
  known: KnownRow = () => undefined,
): (RowFacts | Mark)[] {
  const firstWaiting = isWaiting ? firstUnanswered(shown) : shown.length
  const lastWaiting = shown.findLastIndex((one) => isCustomers(one.message))
  let dayBefore = ''
  const rows: (RowFacts | Mark)[] = isWhole && shown.length > 0 ? [{ id: 'start', day: null }] : []
  for (const [i, one] of shown.entries()) {
    const before = shown[i - 1]?.message
    const { message } = one
    const day = dayKey(message.at)
    const isNewDay = day !== dayBefore
    dayBefore = day
    if (isNewDay) rows.push({ id: `day ${message.id}`, day: message.at })
    const wait = i < firstWaiting || i > lastWaiting ? null : stretch(i, firstWaiting, lastWaiting)
    const isLast = i === shown.length - 1
    const follows = !isNewDay && before?.direction === message.direction && before.author.name === message.author.name
    const was = known(message.id)
    const isSame = was?.shown === one && was.wait === wait && was.isLast === isLast && was.follows === follows
    rows.push(isSame ? was : { id: message.id, shown: one, wait, isLast, follows })
  }
  return rows
}

/** Our last word that went out; what the customer wrote after it waits. Notes answer nobody. */
function firstUnanswered(shown: readonly Shown[]): number {
  const lastAnswer = shown.findLastIndex(
    ({ message }) => message.direction === 'out' && message.status !== 'failed' && message.status !== 'discarded',
  )
  const first = shown.findIndex((one, i) => i > lastAnswer && isCustomers(one.message))
  return first < 0 ? shown.length : first
}

function stretch(i: number, first: number, last: number): Stretch {
  if (first === last) return 'only'
  if (i === first) return 'start'
  return i === last ? 'end' : 'middle'
}
