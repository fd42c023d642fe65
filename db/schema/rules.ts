import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { channel } from './channels.ts'
import { department, ofAccount } from './identity.ts'

/** Who is given a chat that is nobody's, without anybody deciding it. Of the rules that fit a chat the narrowest holds. */
export const assignmentRule = pgTable(
  'assignment_rule',
  {
    id: id(),
    accountId: ofAccount(),
    /** Null: any number. */
    channelId: uuid('channel_id').references(() => channel.id),
    /** Null: any department, and none. */
    departmentId: uuid('department_id').references(() => department.id),
    way: text('way').notNull(),
    /** Roles that are given chats; empty: agents. */
    roles: uuid('roles').array().notNull().default([]),
    /** A chat that was given by rule and has no answer after so many minutes goes on to somebody else; null: it stays. */
    moveOnMinutes: integer('move_on_minutes'),
    isActive: boolean('is_active').notNull().default(true),
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
    createdAt: createdAt(),
    archivedAt: instant('archived_at'),
  },
  (t) => [
    // One living rule for each place; an archived one makes room.
    unique('assignment_rule_place').on(t.accountId, t.channelId, t.departmentId, t.archivedAt).nullsNotDistinct(),
    index('assignment_rule_active')
      .on(t.accountId)
      .where(sql`${t.isActive} and ${t.archivedAt} is null`),
    check('assignment_rule_way', sql`${t.way} in ('round_robin', 'least_loaded', 'last_agent')`),
    check('assignment_rule_minutes', sql`${t.moveOnMinutes} between 1 and 1440`),
  ],
)
