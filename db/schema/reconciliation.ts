import { sql } from 'drizzle-orm'
import { bigint, boolean, check, date, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { person } from './identity.ts'

/** Micro-units: 1 USD = 1,000,000. */
const micro = (name: string) => bigint(name, { mode: 'bigint' }).notNull()

/**
 * One movement of our account at a gateway, as its own report tells it, beside what our books say of the same thing. It belongs to no
 * company: an operator looks at it. A row without an amount is what our books have and the gateway does not.
 */
export const reconItem = pgTable(
  'recon_item',
  {
    id: id(),
    gateway: text('gateway').notNull(),
    /** The gateway's name of the movement, told twice or not; `ours:…` where it has none. */
    ref: text('ref').notNull(),
    /** By Greenwich, as gateways count. */
    day: date('day').notNull(),
    at: instant('at').notNull(),
    /** payment, refund, dispute, payout, fee, other. */
    kind: text('kind').notNull(),
    /** The gateway's name of the payment that it is of. */
    paymentRef: text('payment_ref'),
    /** What is compared: in:<payment>, back:<payment>, fee:<payment> (of its disputes), own:<movement>. Several movements may be of one. */
    subject: text('subject').notNull(),
    /** Above zero it came in. Before the fee. */
    amount: bigint('amount', { mode: 'bigint' }),
    /** What the gateway kept; below zero it gave it back. */
    fee: micro('fee').default(sql`0`),
    currency: text('currency').notNull(),
    /** The gateway's own word for it. */
    code: text('code').notNull(),
    verdict: text('verdict').notNull().default('late'),
    /** Of the whole subject: what the gateway tells, and what our books say. */
    theirSum: micro('their_sum').default(sql`0`),
    ourSum: micro('our_sum').default(sql`0`),
    /** A person's decision over a difference, which holds for as long as the difference is the same. */
    decidedBy: uuid('decided_by').references(() => person.id),
    decidedAt: instant('decided_at'),
    decidedDifference: bigint('decided_difference', { mode: 'bigint' }),
    /** The difference was taken upon ourselves: our books say what the gateway says. */
    isBooked: boolean('is_booked').notNull().default(false),
    reason: text('reason'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('recon_item_once').on(t.gateway, t.ref),
    index('recon_item_day').on(t.day, t.gateway, t.at),
    index('recon_item_subject').on(t.gateway, t.subject),
    index('recon_item_payment').on(t.gateway, t.paymentRef),
    index('recon_item_open')
      .on(t.at)
      .where(sql`${t.verdict} not in ('matched', 'decided')`),
    index('recon_item_uneven')
      .on(t.gateway)
      .where(sql`${t.theirSum} <> ${t.ourSum}`),
    check('recon_item_verdict', sql`${t.verdict} in ('matched', 'late', 'missing_here', 'missing_there', 'differs', 'decided')`),
    check('recon_item_kind', sql`${t.kind} in ('payment', 'refund', 'dispute', 'payout', 'fee', 'other')`),
    check('recon_item_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
    check('recon_item_decided', sql`(${t.decidedAt} is null) = (${t.reason} is null)`),
  ],
)

/** A day that was compared with a gateway, or should have been. */
export const reconDay = pgTable(
  'recon_day',
  {
    gateway: text('gateway').notNull(),
    day: date('day').notNull(),
    /** When the gateway's report was read last; null: it could not be read yet. */
    lookedAt: instant('looked_at'),
    /** Why not, the last time: the gateway's code. */
    problem: text('problem'),
    triedAt: instant('tried_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ name: 'recon_day_pk', columns: [t.gateway, t.day] })],
)

/** What a gateway says that it has of ours, beside our books. */
export const reconBalance = pgTable(
  'recon_balance',
  {
    gateway: text('gateway').notNull(),
    currency: text('currency').notNull(),
    available: micro('available'),
    pending: micro('pending'),
    /** Our clearing account. */
    books: micro('books'),
    /** The part of the difference that single movements explain. */
    explained: micro('explained'),
    seenAt: instant('seen_at').notNull(),
    /** Since when a part of the difference is not explained by anything. */
    offSince: instant('off_since'),
  },
  (t) => [primaryKey({ name: 'recon_balance_pk', columns: [t.gateway, t.currency] })],
)

/** Our own books, worked out anew: what is debited is what is credited, and balances on screens are what their postings say. */
export const reconBooks = pgTable('recon_books', {
  currency: text('currency').primaryKey(),
  debits: micro('debits'),
  credits: micro('credits'),
  /** Balances of companies by their postings, and as their screens show them. */
  prepaid: micro('prepaid'),
  shown: micro('shown'),
  seenAt: instant('seen_at').notNull(),
})
