import { jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from '../columns.ts'
import { ofAccount, person } from './identity.ts'

/**
 * Requests that carried an id of their own (`Idempotency-Key`) and were carried out: the same again gives what came of them.
 * Kept for 7 days, like the phone's own patience.
 */
export const deed = pgTable(
  'deed',
  {
    /** Made by whoever asked: a UUIDv7. */
    id: uuid('id').notNull(),
    accountId: ofAccount(),
    /** Null: a machine's key asked. */
    personId: uuid('person_id').references(() => person.id),
    /** What was asked for, and with which words. */
    fn: text('fn').notNull(),
    asked: text('asked').notNull(),
    /** What came of it; of chats, messages and contacts only which they were, since they are shown as they are. */
    result: jsonb('result').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.id, t.fn] })],
)
