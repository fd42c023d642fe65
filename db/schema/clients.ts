import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from '../columns.ts'
import { account, ofAccount } from './identity.ts'

/** How a company's own client database is reached. One a company. */
export const clientSource = pgTable('client_source', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => account.id),
  /** Address, kind of sign-in and what stands where in their JSON, as contract/clients.ts has it. */
  settings: jsonb('settings').notNull(),
  /** Its secret, sealed to this row; null: none. */
  sealed: text('sealed'),
  rev: bigint('rev', { mode: 'number' }).notNull().default(1),
  changedAt: instant('changed_at').notNull().defaultNow(),
})

/** What was last read of a client: shown while their database is away. Never the truth. */
export const clientRecord = pgTable(
  'client_record',
  {
    accountId: ofAccount(),
    /** Their own id. */
    clientId: text('client_id').notNull(),
    /** Digits as they are compared (phone_canon). */
    phone: text('phone'),
    /** By our names of fields: as they have them, and as they are written for people. */
    data: jsonb('data').notNull(),
    texts: jsonb('texts').notNull(),
    version: text('version'),
    readAt: instant('read_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'client_record_pk', columns: [t.accountId, t.clientId] }),
    index('client_record_phone').on(t.accountId, t.phone),
    index('client_record_read').on(t.accountId, t.readAt),
  ],
)
