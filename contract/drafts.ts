/** What somebody has typed into a chat and not sent: the same on each of their devices. Files stay on the device that has them. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChatId, Instant, MessageId, PersonId } from './ids.ts'

/** Longer than any message: what is too long to send is still not lost. */
export const DRAFT_MAX = 20_000

const words = z.string().check(z.maxLength(DRAFT_MAX))
const mentions = z.array(z.object({ id: PersonId, name: z.string().check(z.maxLength(200)) })).check(z.maxLength(50))

export const Draft = z.object({
  chatId: ChatId,
  /** Whose it is: nobody else hears of it. */
  personId: PersonId,
  text: z.string(),
  note: z.string(),
  replyTo: z.nullable(MessageId),
  mentions: z.array(z.object({ id: PersonId, name: z.string() })),
  /** The id that the device gave to this writing: by it each device knows its own. */
  writing: z.nullable(z.uuid()),
  /** Grows with each writing. */
  rev: z.number(),
  at: Instant,
})
export type Draft = z.infer<typeof Draft>

export const listDrafts = endpoint({
  method: 'GET',
  path: '/drafts',
  summary: 'The caller’s own drafts of the last 30 days, emptied ones too, latest first, of chats that they still see',
  may: 'chats.read',
  input: z.object({}),
  returns: z.object({ items: z.array(Draft) }),
})

export const saveDraft = endpoint({
  method: 'PUT',
  path: '/chats/:chatId/draft',
  summary:
    'Keeps what is typed. `rev` is that of the draft it was typed over; when another device wrote meanwhile, nothing is kept and that one is given',
  may: 'chats.read',
  input: z.object({
    chatId: ChatId,
    rev: z.number().check(z.nonnegative()),
    writing: z.optional(z.uuid()),
    text: words,
    note: words,
    replyTo: z.nullable(MessageId),
    mentions,
  }),
  returns: z.object({ saved: z.boolean(), draft: Draft }),
})
