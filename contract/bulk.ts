/** The same done to several chats in one request: one transaction, and an answer for each chat. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChatId, LabelId, PersonId } from './ids.ts'
import { Chat } from './inbox.ts'

/** How many chats one request may name. */
export const CHATS_AT_ONCE = 200

const chatIds = z.array(ChatId).check(z.minLength(1), z.maxLength(CHATS_AT_ONCE))

export const ChatOutcome = z.object({
  chatId: ChatId,
  /** `same`: it stood so already. `forbidden`: the caller sees it and may not do this to it. `not_found`: the caller sees none. */
  outcome: z.enum(['done', 'same', 'forbidden', 'not_found']),
})
export type ChatOutcome = z.infer<typeof ChatOutcome>

const Each = z.object({
  /** One for each chat that was named, in that order. */
  items: z.array(ChatOutcome),
  /** Those that have changed, as the caller sees them now; what the caller sees no more is not among them. */
  chats: z.array(Chat),
})
export type Each = z.infer<typeof Each>

export const assignChats = endpoint({
  method: 'POST',
  path: '/chats/assignments',
  summary: 'Gives several chats to somebody, or back to the queue (null). Their departments stay',
  may: 'chats.assign',
  input: z.object({ chatIds, personId: z.nullable(PersonId) }),
  returns: Each,
})

export const labelChats = endpoint({
  method: 'POST',
  path: '/chats/labels',
  summary: 'Puts a label on several chats, or takes it off. `label_inactive`: it may only be taken off',
  may: 'labels.use',
  input: z.object({ chatIds, labelId: LabelId, on: z.boolean() }),
  returns: Each,
})

export const closeChats = endpoint({
  method: 'POST',
  path: '/chats/states',
  summary: 'Closes several chats, or opens them again',
  may: 'chats.close',
  input: z.object({ chatIds, state: z.enum(['closed', 'open']) }),
  returns: Each,
})

export const settleChats = endpoint({
  method: 'POST',
  path: '/chats/settlements',
  summary: 'The last words of these customers need no answer: nobody waits any more',
  may: 'chats.close',
  input: z.object({ chatIds }),
  returns: Each,
})
