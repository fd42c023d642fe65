/** What is changed of a message that has left: its words, or that it is there at all. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { MessageId } from './ids.ts'
import { Message, TEXT_MAX } from './inbox.ts'

export const editMessage = endpoint({
  method: 'PUT',
  path: '/messages/:messageId/text',
  summary: 'Changes the words of a message of ours at the customer, where the number can; for a quarter of an hour',
  may: 'messages.send',
  input: z.object({ messageId: MessageId, text: z.string().check(z.minLength(1), z.maxLength(TEXT_MAX)) }),
  returns: Message,
})

export const revokeMessage = endpoint({
  method: 'DELETE',
  path: '/messages/:messageId',
  summary: 'Takes a message of ours back from the customer, where the number can; for two days. Here it stays, marked',
  may: 'messages.send',
  input: z.object({ messageId: MessageId }),
  returns: Message,
})
