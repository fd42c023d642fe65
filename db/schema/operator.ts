import { sql } from 'drizzle-orm'
import { bigint, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from '../columns.ts'
import { account, person } from './identity.ts'

/**
 * What who runs the service has done, for ever: written and read by functions alone. No column is called account_id, since no
 * company reads it; what was done to a company stands in its own log too.
 */
export const operatorAct = pgTable(
  'operator_act',
  {
    /** Made by the app where money moves: asked twice, it is done once. */
    id: id(),
    seq: bigint('seq', { mode: 'bigint' }).generatedAlwaysAsIdentity().notNull().unique(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    personName: text('person_name').notNull(),
    action: text('action').notNull(),
    /** The company that it was about. */
    customerId: uuid('customer_id').references(() => account.id),
    /** What it was done to: a payment, a dispute, an event, a plan. */
    subject: text('subject'),
    reason: text('reason'),
    data: jsonb('data').notNull().default({}),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [
    index('operator_act_customer')
      .on(t.customerId, t.seq)
      .where(sql`${t.customerId} is not null`),
  ],
)
