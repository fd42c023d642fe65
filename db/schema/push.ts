import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, primaryKey, text, time, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { ofAccount, person } from './identity.ts'
import { chat } from './inbox.ts'

/** A browser or installed app of one person that web push reaches. One that was dropped keeps why, and no keys. */
export const pushDevice = pgTable(
  'push_device',
  {
    id: id(),
    accountId: ofAccount(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** The sign-in that it belongs to: it ends with it. */
    sessionId: uuid('session_id').notNull(),
    /** Made by the phone once: the same phone is the same row, however often it subscribes. */
    installId: uuid('install_id').notNull(),
    /** Address at the browser's push service. Empty once dropped. */
    endpoint: text('endpoint').notNull(),
    /** The phone's public key and secret, base64url. Empty once dropped. */
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    userAgent: text('user_agent'),
    createdAt: createdAt(),
    /** When the phone last said that this is its address. */
    postedAt: instant('posted_at').notNull().defaultNow(),
    /** When its push service last took a push. */
    deliveredAt: instant('delivered_at'),
    /** What its push service last said instead of taking one; null since it takes them again. */
    trouble: text('trouble'),
    droppedAt: instant('dropped_at'),
    droppedWhy: text('dropped_why'),
  },
  (t) => [
    uniqueIndex('push_device_install').on(t.personId, t.installId),
    uniqueIndex('push_device_endpoint')
      .on(t.endpoint)
      .where(sql`${t.droppedAt} is null`),
    index('push_device_session').on(t.sessionId),
    index('push_device_live')
      .on(t.accountId, t.personId)
      .where(sql`${t.droppedAt} is null`),
    check(
      'push_device_why',
      sql`${t.droppedWhy} in ('signed_out', 'removed', 'gone', 'replaced', 'too_many') and (${t.droppedWhy} is null) = (${t.droppedAt} is null)`,
    ),
  ],
)

/** What a person wants to hear of by push. No row: what their role begins with. */
export const pushChoice = pgTable(
  'push_choice',
  {
    personId: uuid('person_id')
      .primaryKey()
      .references(() => person.id),
    accountId: ofAccount(),
    /** Kinds that are switched off. */
    muted: text('muted').array().notNull().default([]),
    /** Whether the words of a message are shown. */
    preview: boolean('preview').notNull().default(true),
    sound: boolean('sound').notNull().default(true),
    /** Of chats, only one's own. */
    onlyMine: boolean('only_mine').notNull().default(false),
    /** Quiet from then to then, on these days (1 = Monday, the day on which it begins). Null: never. */
    quietFrom: time('quiet_from'),
    quietTo: time('quiet_to'),
    quietDays: integer('quiet_days').array().notNull().default([]),
    /** Null: the company's. */
    timeZone: text('time_zone'),
  },
  (t) => [check('push_choice_quiet', sql`(${t.quietFrom} is null) = (${t.quietTo} is null)`)],
)

/** A push to one device: what it was about and what became of it. Kept 14 days. */
export const pushDelivery = pgTable(
  'push_delivery',
  {
    id: id(),
    accountId: ofAccount(),
    jobId: uuid('job_id').notNull(),
    deviceId: uuid('device_id')
      .notNull()
      .references(() => pushDevice.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    kind: text('kind').notNull(),
    /** What it stands for on the phone: a later one of the same tag replaces it. */
    tag: text('tag').notNull(),
    /** The chat, transfer, mention, number or dead letter. */
    subjectId: uuid('subject_id'),
    /** The customer's newest word that it tells of. */
    upto: instant('upto'),
    /** `due`, then one of `sent`, `live` (shown by the open app), `withheld` (no longer theirs to hear), `gone`, `failed`. */
    state: text('state').notNull().default('due'),
    /** What the push service answered. */
    code: text('code'),
    createdAt: createdAt(),
    /** When the push service took it, or the open app showed it. */
    settledAt: instant('settled_at'),
    /** The phone was told, or has said itself, that it need not be shown any more. */
    closedAt: instant('closed_at'),
  },
  (t) => [
    uniqueIndex('push_delivery_once').on(t.jobId, t.deviceId),
    index('push_delivery_tag').on(t.personId, t.tag, t.createdAt),
    index('push_delivery_shown')
      .on(t.deviceId)
      .where(sql`${t.state} = 'sent' and ${t.closedAt} is null`),
    index('push_delivery_age').using('brin', t.createdAt),
    check('push_delivery_state', sql`${t.state} in ('due', 'sent', 'live', 'withheld', 'gone', 'failed')`),
  ],
)

/** How far a person has read a chat. */
export const chatRead = pgTable(
  'chat_read',
  {
    accountId: ofAccount(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    chatId: uuid('chat_id')
      .notNull()
      .references(() => chat.id),
    /** The customer's last word that was on their screen. */
    upto: instant('upto').notNull(),
  },
  (t) => [primaryKey({ name: 'chat_read_pk', columns: [t.personId, t.chatId] })],
)
