import { index, pgTable, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { ofAccount, person } from './identity.ts'
import { chat, message } from './inbox.ts'

/** Somebody was named in a note and is to hear of it: in the app, and by push when it is closed. */
export const mention = pgTable(
  'mention',
  {
    id: id(),
    accountId: ofAccount(),
    chatId: uuid('chat_id')
      .notNull()
      .references(() => chat.id),
    messageId: uuid('message_id')
      .notNull()
      .references(() => message.id),
    /** Who was named. */
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** Who wrote the note; null for a machine. */
    byId: uuid('by_id').references(() => person.id),
    seenAt: instant('seen_at'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('mention_once').on(t.messageId, t.personId), index('mention_person').on(t.personId, t.id)],
)
