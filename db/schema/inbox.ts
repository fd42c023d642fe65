import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { channel } from './channels.ts'
import { contact } from './contacts.ts'
import { department, ofAccount, person } from './identity.ts'

/** One contact on one channel. */
export const chat = pgTable(
  'chat',
  {
    id: id(),
    accountId: ofAccount(),
    channelId: uuid('channel_id')
      .notNull()
      .references(() => channel.id),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contact.id),
    /** The name of the Chat object that writes this chat: the first identity it was known by. */
    objectKey: text('object_key').notNull(),
    state: text('state').notNull().default('new'),
    assigneeId: uuid('assignee_id').references(() => person.id),
    departmentId: uuid('department_id').references(() => department.id),
    /** Where it stood before it was last given to somebody else: who lost sight of it is told to forget it. */
    wasAssigneeId: uuid('was_assignee_id'),
    wasDepartmentId: uuid('was_department_id'),
    movedAt: instant('moved_at'),
    /** Who last closed, reopened or settled it by hand, and when. */
    stateBy: uuid('state_by').references(() => person.id),
    stateAt: instant('state_at'),
    /** Customer's messages since our last answer. */
    unanswered: integer('unanswered').notNull().default(0),
    waitingSince: instant('waiting_since'),
    /** The customer's last word: opens the 24-hour window. */
    lastInboundAt: instant('last_inbound_at'),
    lastAt: instant('last_at').notNull().defaultNow(),
    /** The last message as the list shows it: id, direction, kind, text (200 characters), status, at. */
    last: jsonb('last'),
    /** Order of the list: who waits longest first, then the latest. */
    rank: bigint('rank', { mode: 'number' }).notNull().default(0),
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
    mergedInto: uuid('merged_into').references((): AnyPgColumn => chat.id),
    mergedAt: instant('merged_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('chat_merged')
      .on(t.mergedInto)
      .where(sql`${t.mergedInto} is not null`),
    uniqueIndex('chat_once')
      .on(t.channelId, t.contactId)
      .where(sql`${t.mergedInto} is null`),
    index('chat_open')
      .on(t.accountId, t.rank, t.id)
      .where(sql`${t.mergedInto} is null and ${t.state} <> 'closed'`),
    index('chat_mine')
      .on(t.accountId, t.assigneeId, t.rank, t.id)
      .where(sql`${t.mergedInto} is null and ${t.state} <> 'closed'`),
    index('chat_closed')
      .on(t.accountId, t.rank, t.id)
      .where(sql`${t.mergedInto} is null and ${t.state} = 'closed'`),
    index('chat_contact').on(t.contactId),
    index('chat_assignee').on(t.assigneeId),
    index('chat_department').on(t.departmentId),
    check('chat_state', sql`${t.state} in ('new', 'pending', 'waiting', 'closed')`),
  ],
)

/** A file of a message. Its bytes are in R2. */
export const media = pgTable(
  'media',
  {
    id: id(),
    accountId: ofAccount(),
    /** Where the provider keeps it: id, url. */
    ref: jsonb('ref'),
    /** Its place in R2: `m/<account>/<yyyy>/<mm>/<id>`; null until it is there. */
    r2Key: text('r2_key'),
    mime: text('mime').notNull(),
    kind: text('kind').notNull(),
    size: bigint('size', { mode: 'number' }),
    sha256: text('sha256'),
    /** The name the sender gave: data, never part of a path. */
    name: text('name'),
    state: text('state').notNull().default('pending'),
    reason: text('reason'),
    /** What is known of its inside: `sound` of a recording (seconds, peaks), `pages` of a PDF. */
    details: jsonb('details'),
    /** Who uploaded it; null for what came from outside. */
    personId: uuid('person_id').references(() => person.id),
    createdAt: createdAt(),
  },
  (t) => [
    index('media_account').on(t.accountId, t.id),
    // Few: a number that comes back asks for those that it can fetch after all.
    index('media_lost')
      .on(t.accountId)
      .where(sql`${t.state} = 'lost'`),
    check('media_state', sql`${t.state} in ('pending', 'ready', 'lost')`),
  ],
)

/** A file that comes in parts, which lie in R2 beside each other until it is whole: `u/<account>/<media>/<part>`. */
export const upload = pgTable(
  'upload',
  {
    /** Made by the sender: the same id goes on where it was. */
    id: uuid('id').notNull(),
    accountId: ofAccount(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** The id of the file that it will be. */
    mediaId: uuid('media_id')
      .notNull()
      .default(sql`new_id()`),
    name: text('name'),
    mime: text('mime').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    details: jsonb('details'),
    /** The parts that are here, from 0. */
    have: integer('have').array().notNull().default([]),
    /** When it became a file, or was given up. */
    endedAt: instant('ended_at'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'upload_pk', columns: [t.personId, t.id] }),
    index('upload_account').on(t.accountId),
    index('upload_age').on(t.createdAt),
  ],
)

/** Everything said in a chat: by the customer, by us, or among ourselves (notes). */
export const message = pgTable(
  'message',
  {
    id: id(),
    accountId: ofAccount(),
    chatId: uuid('chat_id')
      .notNull()
      .references(() => chat.id),
    channelId: uuid('channel_id')
      .notNull()
      .references(() => channel.id),
    direction: text('direction').notNull(),
    kind: text('kind').notNull(),
    text: text('text'),
    mediaId: uuid('media_id').references(() => media.id),
    extra: jsonb('extra'),
    status: text('status'),
    errorCode: text('error_code'),
    providerCode: text('provider_code'),
    authorKind: text('author_kind').notNull(),
    authorId: uuid('author_id'),
    authorName: text('author_name'),
    /** When it was written. With the id, the order of the chat. */
    at: instant('at').notNull(),
    providerId: text('provider_id'),
    /** Another id by which the provider's statuses may call it. */
    providerAlias: text('provider_alias'),
    replyTo: uuid('reply_to').references((): AnyPgColumn => message.id),
    /** The quoted message's provider id, kept when we do not have that message (yet). */
    quoted: text('quoted'),
    reactions: jsonb('reactions').notNull().default([]),
    editedAt: instant('edited_at'),
    deletedAt: instant('deleted_at'),
    /** One writing of an outgoing message: a repeat with another token is another person's try. */
    token: uuid('token'),
    /** SHA-256 of what was asked for: the same id with another body is refused. */
    bodyHash: text('body_hash'),
    /** It has a price: message_charge says what became of it. */
    charged: boolean('charged').notNull().default(false),
    traceId: text('trace_id'),
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    index('message_page').on(t.chatId, t.at, t.id),
    // What was said, word by word without accents (db/functions/111_message_search.sql), and the newest of a company first.
    index('message_words').using(
      'gin',
      sql`to_tsvector('words'::regconfig, regexp_replace(${t.text}, '[[:punct:][:space:]]+', ' ', 'g'))`,
    ),
    // Partial, so that only a reader of what still stands can choose it: a plan made while the table was empty read the
    // whole of a company by it where the key would do, and writing a message cost the database twice as much.
    index('message_latest')
      .on(t.accountId, t.at, t.id)
      .where(sql`${t.deletedAt} is null`),
    uniqueIndex('message_provider')
      .on(t.channelId, t.providerId)
      .where(sql`${t.providerId} is not null`),
    index('message_alias')
      .on(t.channelId, t.providerAlias)
      .where(sql`${t.providerAlias} is not null`),
    // Templates of a number in the last day: how many conversations it has begun.
    index('message_begun')
      .on(t.channelId, t.at)
      .where(sql`${t.direction} = 'out' and ${t.kind} = 'template'`),
    index('message_media')
      .on(t.mediaId)
      .where(sql`${t.mediaId} is not null`),
    check('message_direction', sql`${t.direction} in ('in', 'out', 'note')`),
    check(
      'message_status',
      sql`${t.status} in ('queued', 'sending', 'unconfirmed', 'sent', 'delivered', 'read', 'played', 'failed', 'discarded')`,
    ),
  ],
)

/** What a message said before it was edited. */
export const messageRevision = pgTable(
  'message_revision',
  {
    messageId: uuid('message_id')
      .notNull()
      .references(() => message.id),
    accountId: ofAccount(),
    providerId: text('provider_id').notNull(),
    text: text('text'),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ name: 'message_revision_pk', columns: [t.messageId, t.providerId] })],
)

/** When a message reached each status, with what the provider said. */
export const deliveryEvent = pgTable(
  'delivery_event',
  {
    accountId: ofAccount(),
    messageId: uuid('message_id')
      .notNull()
      .references(() => message.id),
    status: text('status').notNull(),
    at: instant('at').notNull(),
    code: text('code'),
    providerCode: text('provider_code'),
    pricing: jsonb('pricing'),
  },
  (t) => [primaryKey({ name: 'delivery_event_pk', columns: [t.messageId, t.status] })],
)

/** Statuses which overtook the answer that names their message; applied when it comes. */
export const parkedStatus = pgTable(
  'parked_status',
  {
    accountId: ofAccount(),
    channelId: uuid('channel_id')
      .notNull()
      .references(() => channel.id),
    providerId: text('provider_id').notNull(),
    status: text('status').notNull(),
    body: jsonb('body').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ name: 'parked_status_pk', columns: [t.channelId, t.providerId, t.status] })],
)
