/** What a person has not read of a chat yet. */
import type { Message } from '#contract/inbox.ts'
import type { Span } from './log.rules.ts'

export const isCustomers = (message: Message): boolean =>
  message.direction === 'in' && message.kind !== 'system' && message.deletedAt === null

/**
 * The customer's words after `upto`: the first of them, where it is at hand, and how many at least. Null: everything was
 * read. Who has never read the chat begins where the customer began to wait.
 */
export function unreadIn(span: Span, upto: string): { first: string | null; count: number } | null {
  const fresh = span.items.filter((message) => isCustomers(message) && message.at > upto)
  const [first] = fresh
  if (!first) return null
  // Where everything that is at hand is unread, the first may lie before it.
  const [oldest] = span.items
  const isCut = span.older && oldest !== undefined && oldest.at > upto
  return { first: isCut ? null : first.id, count: fresh.length }
}
