import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { channel } from './channels.ts'
import { department, ofAccount, person } from './identity.ts'
import { chat, media, message } from './inbox.ts'

/** What chats and messages are marked with. Inactive ones stay where they are and leave the pickers. */
export const label = pgTable(
  'label',
  {
    id: id(),
    accountId: ofAccount(),
    name: text('name').notNull(),
    /** One of the eight pairs of reference/look.md §2: no free colour can promise contrast. */
    color: text('color').notNull(),
    description: text('description').notNull().default(''),
    /** Roles that see it; empty: all. For the others it does not exist. */
    roles: uuid('roles').array().notNull().default([]),
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
    createdAt: createdAt(),
    archivedAt: instant('archived_at'),
  },
  (t) => [
    // Names are kept apart by api_label_add among what the caller sees: an index would tell of a label of other roles.
    index('label_account').on(t.accountId),
    check('label_color', sql`${t.color} in ('anil', 'cochinilla', 'maiz', 'eucalipto', 'mora', 'rio', 'teja', 'piedra')`),
  ],
)

/** A label on a chat. Taken off is an end, not a deletion. */
export const chatLabel = pgTable(
  'chat_label',
  {
    accountId: ofAccount(),
    chatId: uuid('chat_id')
      .notNull()
      .references(() => chat.id),
    labelId: uuid('label_id')
      .notNull()
      .references(() => label.id),
    by: uuid('by').references(() => person.id),
    at: instant('at').notNull().defaultNow(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ name: 'chat_label_pk', columns: [t.chatId, t.labelId] }),
    index('chat_label_label')
      .on(t.labelId, t.chatId)
      .where(sql`${t.endedAt} is null`),
  ],
)

/** A label on a single message. */
export const messageLabel = pgTable(
  'message_label',
  {
    accountId: ofAccount(),
    messageId: uuid('message_id')
      .notNull()
      .references(() => message.id),
    labelId: uuid('label_id')
      .notNull()
      .references(() => label.id),
    by: uuid('by').references(() => person.id),
    at: instant('at').notNull().defaultNow(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ name: 'message_label_pk', columns: [t.messageId, t.labelId] }),
    index('message_label_label')
      .on(t.labelId, t.messageId)
      .where(sql`${t.endedAt} is null`),
  ],
)

/** A text to be inserted, with variables that are filled when it is. */
export const quickReply = pgTable(
  'quick_reply',
  {
    id: id(),
    accountId: ofAccount(),
    /** What one types behind `/`. */
    shortcut: text('shortcut').notNull(),
    name: text('name').notNull(),
    folder: text('folder').notNull().default(''),
    text: text('text').notNull(),
    mediaId: uuid('media_id').references(() => media.id),
    /** Who sees it; empty: everybody. */
    roles: uuid('roles').array().notNull().default([]),
    departments: uuid('departments').array().notNull().default([]),
    channels: uuid('channels').array().notNull().default([]),
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
    createdAt: createdAt(),
    archivedAt: instant('archived_at'),
  },
  (t) => [
    uniqueIndex('quick_reply_shortcut')
      .on(t.accountId, sql`lower(${t.shortcut})`)
      .where(sql`${t.archivedAt} is null`),
  ],
)

/** A request to give a chat to somebody else. Its history is never changed: a decision is written once. */
export const transfer = pgTable(
  'transfer',
  {
    id: id(),
    accountId: ofAccount(),
    chatId: uuid('chat_id')
      .notNull()
      .references(() => chat.id),
    askedBy: uuid('asked_by')
      .notNull()
      .references(() => person.id),
    /** Who had the chat when it was asked for. */
    fromId: uuid('from_id').references(() => person.id),
    toPersonId: uuid('to_person_id').references(() => person.id),
    toDepartmentId: uuid('to_department_id').references(() => department.id),
    reason: text('reason').notNull(),
    /** What whoever gets the chat must know. */
    summary: text('summary').notNull().default(''),
    state: text('state').notNull().default('requested'),
    /** `person`, or `rule` when a rule decided by itself. */
    decidedHow: text('decided_how'),
    decidedBy: uuid('decided_by').references(() => person.id),
    decidedAt: instant('decided_at'),
    decidedReason: text('decided_reason'),
    expiresAt: instant('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    // Two taps at once are one request.
    uniqueIndex('transfer_open')
      .on(t.chatId)
      .where(sql`${t.state} = 'requested'`),
    index('transfer_account').on(t.accountId, t.id),
    check('transfer_state', sql`${t.state} in ('requested', 'approved', 'denied', 'cancelled', 'expired')`),
    check('transfer_target', sql`(${t.toPersonId} is null) <> (${t.toDepartmentId} is null)`),
  ],
)

/** What is said by itself: a rule is on when `automatic` names it, and its text stays when it is switched off. */
const texts = () => ({
  automatic: text('automatic')
    .array()
    .notNull()
    .default(sql`'{}'::text[]`),
  greeting: text('greeting').notNull().default(''),
  farewell: text('farewell').notNull().default(''),
  outOfHours: text('out_of_hours').notNull().default(''),
  rev: bigint('rev', { mode: 'number' }).notNull().default(1),
})

/** When a number is attended, and what it says by itself. One row a number; a number without one is always open and silent. */
export const channelHours = pgTable(
  'channel_hours',
  {
    channelId: uuid('channel_id')
      .primaryKey()
      .references(() => channel.id),
    accountId: ofAccount(),
    timeZone: text('time_zone').notNull(),
    /** Seven days from Monday, each a list of `[from, to]` in minutes of the day; beyond 1440 is the next day. */
    week: jsonb('week').notNull(),
    /** ISO country whose holidays are closed; null: none. */
    holidays: text('holidays'),
    /** Names of its holidays on which the number is open all the same. */
    worked: text('worked')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    /** `{ "2026-12-24": [[540, 780]] }`: what a date has instead of its week day; `[]` is closed. */
    exceptions: jsonb('exceptions').notNull().default({}),
    ...texts(),
  },
  (t) => [check('channel_hours_automatic', sql`${t.automatic} <@ array['greeting', 'farewell', 'out_of_hours']`)],
)

/** What chats of a department are told by themselves, instead of what the number says: rule by rule. */
export const departmentTexts = pgTable(
  'department_texts',
  {
    departmentId: uuid('department_id')
      .primaryKey()
      .references(() => department.id),
    accountId: ofAccount(),
    ...texts(),
  },
  (t) => [check('department_texts_automatic', sql`${t.automatic} <@ array['greeting', 'farewell', 'out_of_hours']`)],
)

/** A set of filters of the list that somebody has named. */
export const savedView = pgTable(
  'saved_view',
  {
    id: id(),
    accountId: ofAccount(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    name: text('name').notNull(),
    /** The query of the list's address. */
    query: text('query').notNull(),
    position: integer('position').notNull().default(0),
    isShared: boolean('is_shared').notNull().default(false),
    createdAt: createdAt(),
    archivedAt: instant('archived_at'),
  },
  (t) => [
    index('saved_view_person').on(t.personId),
    index('saved_view_shared')
      .on(t.accountId)
      .where(sql`${t.isShared}`),
  ],
)
