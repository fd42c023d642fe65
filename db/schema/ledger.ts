import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { account } from './identity.ts'

/** Micro-units: 1 USD = 1,000,000. */
const micro = (name: string) => bigint(name, { mode: 'bigint' })

/**
 * Where money stands: a company's prepaid balance and its debt, and our own clearing, income and expenses. Written only by the
 * functions of 220_ledger.sql.
 */
export const ledgerAccount = pgTable(
  'ledger_account',
  {
    id: id(),
    /** Null: ours. */
    accountId: uuid('account_id').references(() => account.id),
    kind: text('kind').notNull(),
    /** The gateway of a clearing account. */
    sub: text('sub').notNull().default(''),
    currency: text('currency').notNull(),
    /** Keeps its sums in the row. Ours do not, or all companies would wait for one row: theirs are the sum of their postings. */
    isInline: boolean('is_inline').notNull(),
    debits: micro('debits')
      .notNull()
      .default(sql`0`),
    credits: micro('credits')
      .notNull()
      .default(sql`0`),
    /** Promised to what is under way. */
    held: micro('held')
      .notNull()
      .default(sql`0`),
    /** What must stay; below zero: credit that we give. */
    floor: micro('floor')
      .notNull()
      .default(sql`0`),
    /** Nothing new is spent, as while a payment is disputed. */
    isFrozen: boolean('is_frozen').notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('ledger_account_company')
      .on(t.accountId, t.kind, t.currency)
      .where(sql`${t.accountId} is not null`),
    uniqueIndex('ledger_account_ours')
      .on(t.kind, t.sub, t.currency)
      .where(sql`${t.accountId} is null`),
    check(
      'ledger_account_kind',
      sql`case when ${t.accountId} is not null then ${t.kind} in ('prepaid', 'debt') and ${t.isInline} else ${t.kind} in
        ('clearing', 'bank', 'unallocated', 'revenue_messages', 'revenue_subscriptions', 'provider_fees', 'dispute_fees', 'promo', 'corrections', 'rounding') end`,
    ),
    check('ledger_account_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
    check('ledger_account_held', sql`${t.held} >= 0`),
    // Nobody spends what is not there, whoever tries.
    check('ledger_account_funds', sql`${t.kind} <> 'prepaid' or ${t.credits} - ${t.debits} - ${t.held} >= ${t.floor}`),
    check('ledger_account_debt', sql`${t.kind} <> 'debt' or ${t.debits} >= ${t.credits}`),
  ],
)

/** One movement of money from one account to another, for ever: nobody changes or removes it. */
export const posting = pgTable(
  'posting',
  {
    id: id(),
    seq: bigint('seq', { mode: 'bigint' }).generatedAlwaysAsIdentity().notNull(),
    /** Whose money it is about; null: only ours. */
    accountId: uuid('account_id').references(() => account.id),
    /** What happened, named by whoever reports it: told twice, it is one posting. */
    key: text('key').notNull().unique(),
    /** `pending` holds money; `capture` and `release` end that. */
    phase: text('phase').notNull(),
    /** The hold that this ends. */
    pendingId: uuid('pending_id'),
    debitId: uuid('debit_id')
      .notNull()
      .references(() => ledgerAccount.id),
    creditId: uuid('credit_id')
      .notNull()
      .references(() => ledgerAccount.id),
    amount: micro('amount').notNull(),
    currency: text('currency').notNull(),
    /** What its company had after it, less what it owed. Null: a hold, or money of ours alone. */
    balanceAfter: micro('balance_after'),
    reason: text('reason').notNull(),
    /** What it came of: a payment, a message, a subscription, a person's decision. */
    causeKind: text('cause_kind').notNull(),
    causeId: text('cause_id').notNull(),
    details: jsonb('details').notNull().default({}),
    /** When a hold ends by itself. */
    expiresAt: instant('expires_at'),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('posting_ends_once')
      .on(t.pendingId)
      .where(sql`${t.pendingId} is not null`),
    index('posting_company')
      .on(t.accountId, t.seq)
      .where(sql`${t.accountId} is not null`),
    // Messages are many: a day of them is read by its time, and all else is found without them.
    index('posting_messages')
      .on(t.accountId, t.at)
      .where(sql`${t.reason} = 'message' and ${t.phase} in ('posted', 'capture')`),
    index('posting_others')
      .on(t.accountId, t.seq)
      .where(sql`${t.reason} <> 'message' and ${t.phase} in ('posted', 'capture')`),
    index('posting_debit').on(t.debitId, t.seq),
    index('posting_credit').on(t.creditId, t.seq),
    index('posting_cause').on(t.causeKind, t.causeId),
    // What papers are made of is found without reading every message.
    index('posting_payments')
      .on(t.seq)
      .where(sql`${t.causeKind} = 'payment'`),
    index('posting_expires')
      .on(t.expiresAt)
      .where(sql`${t.phase} = 'pending'`),
    check('posting_phase', sql`${t.phase} in ('posted', 'pending', 'capture', 'release')`),
    check('posting_ends', sql`(${t.phase} in ('capture', 'release')) = (${t.pendingId} is not null)`),
    check('posting_expiry', sql`(${t.phase} = 'pending') = (${t.expiresAt} is not null)`),
    check('posting_amount', sql`${t.amount} >= 0`),
    check('posting_two_sides', sql`${t.debitId} <> ${t.creditId}`),
    check(
      'posting_reason',
      sql`${t.reason} in ('topup', 'message', 'subscription', 'fee', 'refund', 'dispute', 'reinstated', 'debt', 'payout', 'promo', 'adjustment', 'allocated')`,
    ),
  ],
)
