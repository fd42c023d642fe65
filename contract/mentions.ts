/** Naming colleagues in notes: whoever is named hears of it. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChatId, Instant, MentionId, MessageId, PersonId } from './ids.ts'
import { Cursor } from './pages.ts'

export const Mention = z.object({
  id: MentionId,
  /** Who was named. */
  personId: PersonId,
  chatId: ChatId,
  /** The note. */
  messageId: MessageId,
  contact: z.nullable(z.string()),
  by: z.nullable(z.string()),
  text: z.string(),
  at: Instant,
  seenAt: z.nullable(Instant),
})
export type Mention = z.infer<typeof Mention>

export const listMentionable = endpoint({
  method: 'GET',
  path: '/chats/:chatId/mentionable',
  summary: 'Whom a note in this chat can name: everybody else who sees it',
  may: 'notes.write',
  input: z.object({ chatId: ChatId }),
  returns: z.object({ items: z.array(z.object({ id: PersonId, name: z.string() })) }),
})

export const listMentions = endpoint({
  method: 'GET',
  path: '/mentions',
  summary: 'Notes that name the caller, latest first, of chats that they still see; and how many are new',
  may: 'signed-in',
  input: z.object({ cursor: z.optional(Cursor) }),
  returns: z.object({ items: z.array(Mention), next: z.nullable(z.string()), unseen: z.number() }),
})

export const seeMentions = endpoint({
  method: 'PUT',
  path: '/mentions/seen',
  summary: 'They were looked at: these, or all of the caller’s own',
  may: 'signed-in',
  input: z.object({ mentionIds: z.optional(z.array(MentionId).check(z.maxLength(200))) }),
  returns: z.object({ unseen: z.number() }),
})
