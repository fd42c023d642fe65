import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { portal } from './bitrix24.ts'
import { channel } from './channels.ts'
import { ofAccount } from './identity.ts'
import { chat, message } from './inbox.ts'

/** A message that a robot of a portal, or somebody by its SMS, asked us to send. Its id is also the message's: asked twice, it is one. */
export const portalDeed = pgTable(
  'portal_deed',
  {
    id: id(),
    accountId: ofAccount(),
    portalId: uuid('portal_id')
      .notNull()
      .references(() => portal.id),
    /** `robot` or `sms`. */
    kind: text('kind').notNull(),
    /** What the portal calls it: the workflow's event token, or the number of its message. Answers go by this name. */
    key: text('key').notNull(),
    /** The robot or sender in the portal's words. */
    code: text('code').notNull(),
    channelId: uuid('channel_id').references(() => channel.id),
    /** What was asked for: template, params, text, phone, card, userId, waits. */
    body: jsonb('body').notNull(),
    /** `waiting`, then `sent` (it is a message of ours), or `refused` with the reason. */
    state: text('state').notNull().default('waiting'),
    problem: text('problem'),
    /** What the portal was told last of it; null: nothing yet. */
    told: text('told'),
    /** In the portal's queue: `queued`, `failed`, `unconfirmed`; null: it went, or was put away. */
    stands: text('stands'),
    createdAt: createdAt(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    uniqueIndex('portal_deed_once').on(t.portalId, t.kind, t.key),
    index('portal_deed_account').on(t.accountId, t.createdAt),
    index('portal_deed_stands')
      .on(t.portalId)
      .where(sql`${t.stands} is not null`),
    check('portal_deed_kind', sql`${t.kind} in ('robot', 'sms')`),
    check('portal_deed_state', sql`${t.state} in ('waiting', 'sent', 'refused')`),
  ],
)

/**
 * What stands of ours in the timeline of a client's card: one row for each session of a chat, from the first word until it is
 * closed, and one for each missed call. The row is what shall stand there; what it says is counted when it is told.
 */
export const portalActivity = pgTable(
  'portal_activity',
  {
    id: id(),
    accountId: ofAccount(),
    portalId: uuid('portal_id')
      .notNull()
      .references(() => portal.id),
    chatId: uuid('chat_id')
      .notNull()
      .references(() => chat.id),
    /** `session` or `call`. */
    kind: text('kind').notNull(),
    /** The line of the chat that tells of a call. */
    messageId: uuid('message_id').references(() => message.id),
    beganAt: instant('began_at').notNull(),
    /** Null: the session goes on. */
    endedAt: instant('ended_at'),
    /** Counts what changed, so that what changed while it was told is told again. */
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
    /** When the portal is to be told; null: it knows. */
    dueAt: instant('due_at'),
    /** It was asked to make it, and perhaps did: before it is asked again, it is looked for under our id. */
    asked: boolean('asked').notNull().default(false),
    /** Its number in the portal, and the card it hangs on, in the portal's numbers. */
    activityId: text('activity_id'),
    ownerTypeId: integer('owner_type_id'),
    ownerId: integer('owner_id'),
    tries: integer('tries').notNull().default(0),
    /** Why the portal does not have it as it is: our word or the portal's. */
    code: text('code'),
    explanation: text('explanation'),
    toldAt: instant('told_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('portal_activity_session')
      .on(t.portalId, t.chatId)
      .where(sql`${t.kind} = 'session' and ${t.endedAt} is null`),
    uniqueIndex('portal_activity_call')
      .on(t.portalId, t.messageId)
      .where(sql`${t.kind} = 'call'`),
    index('portal_activity_due')
      .on(t.portalId, t.dueAt)
      .where(sql`${t.dueAt} is not null`),
    index('portal_activity_chat').on(t.chatId),
    index('portal_activity_message').on(t.messageId),
    index('portal_activity_account').on(t.accountId, t.id),
    check('portal_activity_kind', sql`${t.kind} in ('session', 'call')`),
  ],
)
