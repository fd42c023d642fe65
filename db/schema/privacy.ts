import { sql } from 'drizzle-orm'
import { bigint, boolean, check, date, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { contact } from './contacts.ts'
import { ofAccount, account, person } from './identity.ts'
import { chat } from './inbox.ts'

/** How a company tells people what it does with their data (Ecuador: LOPDP), and how long it takes to answer them. */
export const privacySetting = pgTable(
  'privacy_setting',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => account.id),
    /** Of the public page's address: says nothing of the company. */
    key: text('key').notNull(),
    /** Each contact that is new since then is sent the notice, once. */
    sendsToNew: boolean('sends_to_new').notNull().default(false),
    /** Who came before this is no new contact. */
    sendsSince: instant('sends_since'),
    /** What the notice is sent with; names `aviso_privacidad`. */
    sentence: text('sentence').notNull(),
    /** Days within which a request is answered: 15 by law in Ecuador (LOPDP, articles 13 to 16). */
    answerDays: integer('answer_days').notNull().default(15),
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
  },
  (t) => [uniqueIndex('privacy_setting_key').on(t.key), check('privacy_setting_days', sql`${t.answerDays} between 1 and 60`)],
)

/** A version of a company's privacy notice: what people could read from that day on. Nobody changes it. */
export const privacyNotice = pgTable(
  'privacy_notice',
  {
    id: id(),
    accountId: ofAccount(),
    version: integer('version').notNull(),
    /** Who is responsible, and how they are reached (contract/privacy-text.ts). */
    fields: jsonb('fields').notNull(),
    /** By language; Spanish is always there. */
    texts: jsonb('texts').notNull(),
    personId: uuid('person_id').references(() => person.id),
    publishedAt: instant('published_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('privacy_notice_version').on(t.accountId, t.version)],
)

/** Who was sent the notice: one row a contact, so nobody gets it twice. */
export const privacyDelivery = pgTable(
  'privacy_delivery',
  {
    contactId: uuid('contact_id')
      .primaryKey()
      .references(() => contact.id),
    accountId: ofAccount(),
    version: integer('version').notNull(),
    chatId: uuid('chat_id')
      .notNull()
      .references(() => chat.id),
    /** The message that carries it, also before it is written. */
    messageId: uuid('message_id').notNull(),
    at: instant('at').notNull().defaultNow(),
    /** It was not sent after all (the number stood still): the contact's next message is another chance. */
    releasedAt: instant('released_at'),
  },
  (t) => [index('privacy_delivery_account').on(t.accountId)],
)

/** Somebody asks what is kept of them, to have it corrected or deleted, or that it is not used. */
export const privacyRequest = pgTable(
  'privacy_request',
  {
    id: id(),
    accountId: ofAccount(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contact.id),
    kind: text('kind').notNull(),
    /** What they asked for, in our people's words. */
    asked: text('asked').notNull(),
    receivedOn: date('received_on').notNull(),
    /** The last day on which the answer is in time. */
    dueOn: date('due_on').notNull(),
    state: text('state').notNull().default('open'),
    /** What was done, or why not. */
    outcome: text('outcome').notNull().default(''),
    personId: uuid('person_id').references(() => person.id),
    settledBy: uuid('settled_by').references(() => person.id),
    settledAt: instant('settled_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('privacy_request_contact').on(t.contactId),
    index('privacy_request_due').on(t.accountId, t.state, t.dueOn, t.id),
    check('privacy_request_kind', sql`${t.kind} in ('access', 'rectification', 'erasure', 'objection', 'portability')`),
    check('privacy_request_state', sql`${t.state} in ('open', 'done', 'refused')`),
  ],
)
