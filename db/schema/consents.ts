import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { channel } from './channels.ts'
import { contact } from './contacts.ts'
import { ofAccount, person } from './identity.ts'
import { message } from './inbox.ts'

/**
 * Who wants to hear from us, and who does not: each word of theirs is a row that nobody changes. What holds is the
 * latest of each kind; those before it are history.
 */
export const consent = pgTable(
  'consent',
  {
    id: id(),
    accountId: ofAccount(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contact.id),
    /** For one number; null: for all of the company's. */
    channelId: uuid('channel_id').references(() => channel.id),
    /** `marketing`: only templates of that category. */
    purpose: text('purpose').notNull().default('all'),
    state: text('state').notNull(),
    source: text('source').notNull(),
    /** The word that was written, the provider's code, or how a person came to know. */
    how: text('how').notNull().default(''),
    personId: uuid('person_id').references(() => person.id),
    messageId: uuid('message_id').references(() => message.id),
    /** What it came from, so that a repeated delivery is the same row. */
    ref: text('ref'),
    at: instant('at').notNull(),
    /** Something later holds since then. */
    supersededAt: instant('superseded_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('consent_contact').on(t.contactId),
    index('consent_holds')
      .on(t.accountId, t.id)
      .where(sql`${t.supersededAt} is null`),
    uniqueIndex('consent_once')
      .on(t.accountId, t.ref)
      .where(sql`${t.ref} is not null`),
    check('consent_purpose', sql`${t.purpose} in ('all', 'marketing')`),
    check('consent_state', sql`${t.state} in ('in', 'out')`),
    check('consent_source', sql`${t.source} in ('customer', 'person', 'import', 'api', 'provider')`),
  ],
)

/** The words by which customers say yes and no to a number, and what it answers. */
export const channelConsent = pgTable(
  'channel_consent',
  {
    channelId: uuid('channel_id')
      .primaryKey()
      .references(() => channel.id),
    accountId: ofAccount(),
    outWords: text('out_words').array().notNull(),
    inWords: text('in_words').array().notNull(),
    /** What a word holds for: this number (`channel`) or all of the company's (`all`). */
    covers: text('covers').notNull().default('all'),
    /** Empty: nothing is answered. */
    outReply: text('out_reply').notNull().default(''),
    inReply: text('in_reply').notNull().default(''),
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
  },
  (t) => [check('channel_consent_covers', sql`${t.covers} in ('channel', 'all')`)],
)
