/** How a day with a gateway stands, and what a difference is worth. Amounts are micro-units, as text. */
import type { ReconBalance, ReconDay, ReconItem, Reconciliation } from '#contract/reconciliation.ts'

export type DayState = 'even' | 'late' | 'open' | 'unread' | 'waits'

/** The gravest first: a difference is one also while today’s report cannot be read. */
export function stateOf({ open, late, problem, lookedAt }: Pick<ReconDay, 'open' | 'late' | 'problem' | 'lookedAt'>): DayState {
  if (open > 0) return 'open'
  if (problem !== null) return 'unread'
  if (lookedAt === null) return 'waits'
  return late > 0 ? 'late' : 'even'
}

/** Above zero the gateway has more than we think. */
export function differenceOf({ available, pending, books }: ReconBalance): bigint {
  return BigInt(available) + BigInt(pending) - BigInt(books)
}

/** Every day that is shown, every sum: nothing is left to come, to read or to explain. */
export function isEven({ days, balances, books }: Pick<Reconciliation, 'days' | 'balances' | 'books'>): boolean {
  return (
    days.every((day) => stateOf(day) === 'even') &&
    balances.every((balance) => differenceOf(balance) === 0n) &&
    books.every(({ debits, credits, prepaid, shown }) => debits === credits && prepaid === shown)
  )
}

export const isOpen = ({ verdict }: Pick<ReconItem, 'verdict'>): boolean =>
  verdict === 'missing_here' || verdict === 'missing_there' || verdict === 'differs'

/** The day that an address names; null where it names none. */
export const dayIn = (value: unknown): string | null =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : null
