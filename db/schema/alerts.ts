import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { account, ofAccount } from './identity.ts'

/** Where a company wants its alerts of money: the address of whatever writes its mails. One a company. */
export const alertHook = pgTable(
  'alert_hook',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => account.id),
    url: text('url').notNull(),
    /** Of the words that go along. */
    language: text('language').notNull(),
    isOn: boolean('is_on').notNull().default(true),
    /** What deliveries are signed with, sealed to this row. */
    sealed: text('sealed').notNull(),
    /** The secret that was replaced: deliveries are signed with it too until `beforeUntil`, so that none is refused meanwhile. */
    sealedBefore: text('sealed_before'),
    beforeUntil: instant('before_until'),
    changedAt: instant('changed_at').notNull().defaultNow(),
  },
  (t) => [check('alert_hook_language', sql`${t.language} in ('es', 'en', 'pt')`)],
)

/** An alert of money on its way to the company's address, written in the statement that found it. Kept for 90 days. */
export const alertDelivery = pgTable(
  'alert_delivery',
  {
    /** Goes along: who gets it twice knows it by this. */
    id: id(),
    accountId: ofAccount(),
    /** What it tells of, `alarm:<id>`, `subscription:<event id>`, `topup:<id>`, `test:<id>`: each once. */
    subject: text('subject').notNull(),
    /** `balance.low`, `topup.stopped` … as contract/alerts.ts has them. */
    kind: text('kind').notNull(),
    /** Sums, names and times as they were then. */
    facts: jsonb('facts').notNull(),
    /** due: not taken yet, and tried again. dead: given up. */
    state: text('state').notNull().default('due'),
    tries: integer('tries').notNull().default(0),
    runAfter: instant('run_after').notNull().defaultNow(),
    /** What the last try met: our code, their status, the beginning of their answer, how long it took. */
    problem: text('problem'),
    status: integer('status'),
    answer: text('answer'),
    tookMs: integer('took_ms'),
    createdAt: createdAt(),
    doneAt: instant('done_at'),
  },
  (t) => [
    uniqueIndex('alert_delivery_once').on(t.accountId, t.subject),
    index('alert_delivery_latest').on(t.accountId, t.createdAt),
    index('alert_delivery_due')
      .on(t.runAfter)
      .where(sql`${t.state} = 'due'`),
    index('alert_delivery_age').on(t.createdAt),
    check('alert_delivery_state', sql`${t.state} in ('due', 'delivered', 'dead')`),
  ],
)
