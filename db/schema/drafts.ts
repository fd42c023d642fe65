import { bigint, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from '../columns.ts'
import { ofAccount, person } from './identity.ts'
import { chat, message } from './inbox.ts'

/** What somebody has typed into a chat and not sent, for their other devices. Emptied when it is sent. */
export const draft = pgTable(
  'draft',
  {
    id: id(),
    accountId: ofAccount(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    chatId: uuid('chat_id')
      .notNull()
      .references(() => chat.id),
    text: text('text').notNull().default(''),
    note: text('note').notNull().default(''),
    replyTo: uuid('reply_to').references(() => message.id),
    /** Who is named in the note: [{ id, name }]. */
    mentions: jsonb('mentions').notNull().default([]),
    /** Which writing of which device this is, by the device's own id of it. */
    writing: uuid('writing'),
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('draft_once').on(t.personId, t.chatId)],
)
