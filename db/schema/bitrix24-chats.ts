import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { portal } from './bitrix24.ts'
import { ofAccount } from './identity.ts'
import { chat, message } from './inbox.ts'

/** A chat of ours as a portal's open line knows it. */
export const portalChat = pgTable(
  'portal_chat',
  {
    id: id(),
    accountId: ofAccount(),
    portalId: uuid('portal_id')
      .notNull()
      .references(() => portal.id),
    chatId: uuid('chat_id')
      .notNull()
      .references(() => chat.id),
    /** The connector (`portal_line`) on whose line it stands, in small letters: its channel's, unless somebody moved it to another one. */
    connector: text('connector').notNull(),
    /** When it was moved there: what the portal was told before stands on another line and is not changed any more. */
    movedAt: instant('moved_at'),
    /** What the portal calls customer and chat: `wa-<digits>`. Chosen once: another one would be another client, chat and lead there. */
    externalId: text('external_id').notNull(),
    /** The open line on which the ids below are good; on another one the same chat is another dialog. */
    line: integer('line'),
    /** The dialog's number in the portal, and its running or last session; null until the portal has taken a message. */
    imChatId: text('im_chat_id'),
    sessionId: text('session_id'),
    /** The customer's number among the portal's users. */
    guestId: text('guest_id'),
    /** The portal's employee who answers there, as far as we know. */
    responsible: text('responsible'),
    /** When its session was finished, there or by us; null while it runs. */
    finishedAt: instant('finished_at'),
    /** When the portal is to be told that its client has another name; null: it knows. */
    nameDueAt: instant('name_due_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('portal_chat_once').on(t.portalId, t.chatId),
    uniqueIndex('portal_chat_external').on(t.portalId, t.connector, t.externalId),
    index('portal_chat_im').on(t.portalId, t.imChatId),
    index('portal_chat_account').on(t.accountId),
    index('portal_chat_chat').on(t.chatId),
    index('portal_chat_name')
      .on(t.portalId, t.nameDueAt)
      .where(sql`${t.nameDueAt} is not null`),
  ],
)

/** One thing that a portal must be told about a chat. Written in the transaction of what it tells of; done in order, chat by chat. */
export const portalDelivery = pgTable(
  'portal_delivery',
  {
    id: id(),
    accountId: ofAccount(),
    portalId: uuid('portal_id')
      .notNull()
      .references(() => portal.id),
    portalChatId: uuid('portal_chat_id')
      .notNull()
      .references(() => portalChat.id),
    /** Its place in the chat's order. */
    n: bigint('n', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    /** `send`, `file` (what a message was sent without), `update`, `delete`, `delivery_status`, `say` (a line of ours), `responsible`, `session_finish`. */
    kind: text('kind').notNull(),
    messageId: uuid('message_id').references(() => message.id),
    /** What the row of the message does not say: the words of a `say`. */
    body: jsonb('body'),
    /** `waiting`, `leased` (a request may be under way), then one of `done`, `failed`, `discarded`, `unconfirmed` (nobody knows whether the portal took it). */
    state: text('state').notNull().default('waiting'),
    /** Tries that were answered by a refusal or by nothing. */
    tries: integer('tries').notNull().default(0),
    nextAt: instant('next_at').notNull().defaultNow(),
    /** The life of the Portal object that asks: what another life left behind is looked at again. */
    lease: uuid('lease'),
    leasedAt: instant('leased_at'),
    /** Since when it cannot go, why, and what the portal said to it. */
    since: instant('since'),
    code: text('code'),
    explanation: text('explanation'),
    traceId: text('trace_id'),
    createdAt: createdAt(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    uniqueIndex('portal_delivery_order').on(t.portalChatId, t.n),
    uniqueIndex('portal_delivery_once')
      .on(t.portalChatId, t.messageId, t.kind)
      .where(sql`${t.kind} in ('send', 'file', 'delivery_status')`),
    index('portal_delivery_open')
      .on(t.portalId, t.portalChatId, t.n)
      .where(sql`${t.state} in ('waiting', 'leased')`),
    index('portal_delivery_stands')
      .on(t.portalId)
      .where(sql`${t.state} in ('failed', 'unconfirmed')`),
    index('portal_delivery_message').on(t.messageId),
    index('portal_delivery_account').on(t.accountId, t.id),
    check(
      'portal_delivery_kind',
      sql`${t.kind} in ('send', 'file', 'update', 'delete', 'delivery_status', 'say', 'responsible', 'session_finish')`,
    ),
    check('portal_delivery_state', sql`${t.state} in ('waiting', 'leased', 'done', 'failed', 'discarded', 'unconfirmed')`),
  ],
)

/**
 * A message of ours and the portal's message of the same words. Of what an operator wrote (`from`) the row is there before the
 * message, in the same transaction or an earlier one: so nothing is sent back to where it came from.
 */
export const portalMessage = pgTable(
  'portal_message',
  {
    accountId: ofAccount(),
    portalId: uuid('portal_id')
      .notNull()
      .references(() => portal.id),
    /** Ours; also what the portal is told as the message's id outside. No reference: of `from` it comes first. */
    messageId: uuid('message_id').notNull(),
    portalChatId: uuid('portal_chat_id')
      .notNull()
      .references(() => portalChat.id),
    /** `to` the portal, or `from` an operator there. */
    direction: text('direction').notNull(),
    /** The portal's numbers. Of `to` they are known only when it came back as an event. */
    imChatId: text('im_chat_id'),
    imMessageId: text('im_message_id'),
    /** Text and files of one portal's message are messages of ours, from 0. */
    part: integer('part').notNull().default(0),
    /** The employee who wrote it there, or in whose name we did. */
    userId: text('user_id'),
    /** What is posted in an employee's name may come back as an event: SHA-256 of its text, until `echoUntil`. Swallowed once. */
    echoHash: text('echo_hash'),
    echoUntil: instant('echo_until'),
    echoed: boolean('echoed').notNull().default(false),
    /** Of `from`: `queued`, `failed` or `unconfirmed` while our message stands still so (db/functions/225_portal_queue.sql); else null. */
    stands: text('stands'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'portal_message_pk', columns: [t.portalId, t.messageId] }),
    index('portal_message_im').on(t.portalId, t.imMessageId, t.part),
    index('portal_message_stands')
      .on(t.portalId, t.createdAt)
      .where(sql`${t.stands} is not null`),
    index('portal_message_message').on(t.messageId),
    index('portal_message_account').on(t.accountId),
    index('portal_message_echo')
      .on(t.portalChatId, t.echoUntil)
      .where(sql`${t.echoHash} is not null and not ${t.echoed}`),
    check('portal_message_direction', sql`${t.direction} in ('to', 'from')`),
  ],
)
