import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, instant } from '../columns.ts'
import { channel } from './channels.ts'
import { ofAccount } from './identity.ts'
import { subscription } from './plans.ts'
import { rate } from './rates.ts'

/**
 * What one message costs, of a number whose messages we pay for at the provider. Written only by the functions of 221_charges.sql: held
 * in the statement that stores the message, ended by what the provider reports.
 */
export const messageCharge = pgTable(
  'message_charge',
  {
    /** No reference: this row is written a moment before its message, in the same statement. */
    messageId: uuid('message_id').primaryKey(),
    accountId: ofAccount(),
    channelId: uuid('channel_id')
      .notNull()
      .references(() => channel.id),
    /** By what it is priced: who carries it, where it goes, what it is. */
    provider: text('provider').notNull(),
    market: text('market').notNull(),
    category: text('category').notNull(),
    /** What the provider says that it was. */
    billed: text('billed'),
    currency: text('currency').notNull(),
    /** The rate that was used: of what it was sent as, then of what the provider says that it was. */
    rateId: uuid('rate_id')
      .notNull()
      .references(() => rate.id),
    /**
     * `held`: promised, nothing heard yet. `included`: of the volume that the plan holds. `captured`: paid. `late`: paid after the promise was
     * over. `free`: the provider asks nothing for it. `released`: it did not go out, or nobody heard of it in time.
     */
    state: text('state').notNull(),
    /** How often it was promised: a message that is sent again begins anew. */
    attempt: integer('attempt').notNull().default(1),
    held: bigint('held', { mode: 'bigint' }).notNull(),
    /** What it has cost. */
    amount: bigint('amount', { mode: 'bigint' })
      .notNull()
      .default(sql`0`),
    /** Whose included volume it counts in. */
    subscriptionId: uuid('subscription_id').references(() => subscription.id),
    periodUntil: instant('period_until'),
    createdAt: createdAt(),
    /** When this attempt was promised: its rates are those of that moment. */
    heldAt: instant('held_at').notNull().defaultNow(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    index('message_charge_open')
      .on(t.heldAt)
      .where(sql`${t.state} = 'held'`),
    check('message_charge_state', sql`${t.state} in ('held', 'captured', 'released', 'included', 'late', 'free')`),
    check(
      'message_charge_amounts',
      sql`${t.held} >= 0 and ${t.amount} >= 0 and (${t.amount} = 0 or ${t.state} in ('captured', 'late'))`,
    ),
    check(
      'message_charge_included',
      sql`${t.state} <> 'included' or (${t.subscriptionId} is not null and ${t.periodUntil} is not null)`,
    ),
  ],
)

/** How many messages of a period that is paid with its plan have been used. */
export const includedUse = pgTable(
  'included_use',
  {
    subscriptionId: uuid('subscription_id')
      .notNull()
      .references(() => subscription.id),
    periodUntil: instant('period_until').notNull(),
    accountId: ofAccount(),
    used: integer('used').notNull().default(0),
  },
  (t) => [
    primaryKey({ name: 'included_use_pk', columns: [t.subscriptionId, t.periodUntil] }),
    index('included_use_account').on(t.accountId),
    check('included_use_used', sql`${t.used} >= 0`),
  ],
)
