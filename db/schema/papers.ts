import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { payment } from './billing.ts'
import { account, ofAccount, person } from './identity.ts'
import { posting } from './ledger.ts'

/** Who sells, as it stands on receipts from a moment on. Kept by operators; what stands on a receipt never changes (a trigger of 230_papers.sql). */
export const seller = pgTable(
  'seller',
  {
    id: id(),
    name: text('name').notNull(),
    /** Another one is another seller, whose receipts are counted from 1. */
    taxNumber: text('tax_number').notNull(),
    address: text('address').notNull(),
    email: text('email').notNull(),
    validFrom: instant('valid_from').notNull(),
    /** Null: it came with the demo. */
    createdBy: uuid('created_by').references(() => person.id),
    createdAt: createdAt(),
  },
  (t) => [index('seller_from').on(t.validFrom, t.createdAt)],
)

/** To whom a company's receipts are made out: the latest holds, and those before it stay, since they stand on receipts. */
export const fiscalData = pgTable(
  'fiscal_data',
  {
    id: id(),
    accountId: ofAccount(),
    name: text('name').notNull(),
    taxNumber: text('tax_number').notNull(),
    address: text('address').notNull(),
    email: text('email').notNull(),
    /** Null: a key wrote it. */
    personId: uuid('person_id').references(() => person.id),
    at: instant('at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (t) => [index('fiscal_data_latest').on(t.accountId, t.at)],
)

/** How many papers of a kind each seller has made: their next number. */
export const paperCount = pgTable(
  'paper_count',
  {
    /** The seller's tax id. */
    issuer: text('issuer').notNull(),
    kind: text('kind').notNull(),
    last: bigint('last', { mode: 'bigint' }).notNull(),
  },
  (t) => [primaryKey({ name: 'paper_count_pk', columns: [t.issuer, t.kind] })],
)

/**
 * Our own receipt for money that became a company's, and the credit note for what was taken back of it: one for each such posting,
 * numbered without gaps, with everything as it was at that moment. It never changes.
 */
export const paper = pgTable(
  'paper',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    kind: text('kind').notNull(),
    /** The seller's tax id: its papers are counted together. */
    issuer: text('issuer').notNull(),
    n: bigint('n', { mode: 'bigint' }).notNull(),
    sellerId: uuid('seller_id')
      .notNull()
      .references(() => seller.id),
    postingId: uuid('posting_id')
      .notNull()
      .references(() => posting.id),
    /** The posting's place in the ledger. */
    seq: bigint('seq', { mode: 'bigint' }).notNull(),
    paymentId: uuid('payment_id')
      .notNull()
      .references(() => payment.id),
    /** Of a credit note: the receipt that it corrects. */
    aboutId: uuid('about_id').references((): AnyPgColumn => paper.id),
    amount: bigint('amount', { mode: 'bigint' }).notNull(),
    currency: text('currency').notNull(),
    /** The posting's. */
    reason: text('reason').notNull(),
    /** Name, tax id, address and mail of who paid. */
    buyer: jsonb('buyer').notNull(),
    /** What was paid: plan, number and period of a subscription; and how: gateway, its reference, means of payment. */
    what: jsonb('what').notNull(),
    /** When the money moved. */
    at: instant('at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('paper_posting').on(t.postingId),
    uniqueIndex('paper_number').on(t.issuer, t.kind, t.n),
    index('paper_payment').on(t.paymentId, t.seq),
    index('paper_account').on(t.accountId, t.seq),
    index('paper_seq').on(t.seq),
    check('paper_kind', sql`${t.kind} in ('receipt', 'credit_note')`),
    check('paper_amount', sql`${t.amount} > 0`),
  ],
)
