import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { ofAccount } from './identity.ts'

/** Every hop of every message, and everything else that a person may have to explain. Kept 90 days. */
export const trace = pgTable(
  'trace',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    accountId: ofAccount(),
    at: instant('at').notNull(),
    level: text('level').notNull(),
    place: text('place').notNull(),
    what: text('what').notNull(),
    code: text('code'),
    traceId: text('trace_id'),
    channelId: uuid('channel_id'),
    chatId: uuid('chat_id'),
    messageId: uuid('message_id'),
    /** Numbers and words for the sentence; never message text, never a secret. */
    data: jsonb('data'),
  },
  (t) => [
    index('trace_message')
      .on(t.messageId, t.id)
      .where(sql`${t.messageId} is not null`),
    index('trace_time').on(t.accountId, t.id),
    index('trace_trouble')
      .on(t.accountId, t.id)
      .where(sql`${t.level} <> 'info'`),
    index('trace_trace').on(t.traceId),
    index('trace_age').using('brin', t.at),
  ],
)

/** Something still to do. The queue only carries its id; this row is the truth. */
export const job = pgTable(
  'job',
  {
    id: id(),
    accountId: ofAccount(),
    kind: text('kind').notNull(),
    ref: jsonb('ref').notNull(),
    traceId: text('trace_id'),
    attempts: integer('attempts').notNull().default(0),
    runAfter: instant('run_after').notNull().defaultNow(),
    startedAt: instant('started_at'),
    doneAt: instant('done_at'),
    lastError: text('last_error'),
    createdAt: createdAt(),
  },
  (t) => [
    index('job_open')
      .on(t.runAfter)
      .where(sql`${t.doneAt} is null`),
  ],
)

/** Something so wrong that the administrators of a company are woken, from when it was seen until it is over. */
export const alarm = pgTable(
  'alarm',
  {
    id: id(),
    accountId: ofAccount(),
    /** `audit_broken`, `backlog_old`, `dead_letters_growing`, `portal_disconnected`, `portal_queue_old`, `balance_low`, `balance_very_low`, `balance_empty`, `balance_fill_stopped`, `balance_fill_ceiling`, `operator_work`. */
    kind: text('kind').notNull(),
    /** The entry at which the chain is broken, minutes that the oldest job or something for a portal waits, open dead letters, portals without a connection, whole units of money left, charges that failed in a row, or the month's ceiling in whole units: when it was seen. */
    figure: integer('figure').notNull(),
    since: instant('since').notNull().defaultNow(),
    overAt: instant('over_at'),
  },
  (t) => [
    uniqueIndex('alarm_open')
      .on(t.accountId, t.kind)
      .where(sql`${t.overAt} is null`),
  ],
)

/** What could not be done after every try. A person retries or discards it. */
export const deadLetter = pgTable(
  'dead_letter',
  {
    id: id(),
    accountId: ofAccount(),
    /** `send`, `media`, `event` … */
    kind: text('kind').notNull(),
    /** One open dead letter for each thing that failed. */
    subject: text('subject').notNull(),
    chatId: uuid('chat_id'),
    messageId: uuid('message_id'),
    reason: text('reason').notNull(),
    payload: jsonb('payload'),
    attempts: integer('attempts').notNull().default(0),
    traceId: text('trace_id'),
    createdAt: createdAt(),
    settled: text('settled'),
    settledAt: instant('settled_at'),
    settledBy: uuid('settled_by'),
  },
  (t) => [
    index('dead_letter_open')
      .on(t.accountId, t.id)
      .where(sql`${t.settledAt} is null`),
    index('dead_letter_list').on(t.accountId, t.id),
  ],
)
