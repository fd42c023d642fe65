import type * as inbox from '#contract/inbox.ts'
import type { ParsedOf } from '#contract/endpoint.ts'
import { conversationKey } from '#contract/channel-event.ts'
import * as z from 'zod'
import { toDigits } from '../contacts/index.ts'
import type { Request } from '../http/app.ts'
import { RawJson } from '../http/serve.ts'
import { call, type Caller } from '../identity/index.ts'
import { cleanName } from '../lib/clean-text.ts'
import { newId } from '../lib/ids.ts'
import { Refusal } from '../lib/refusal.ts'
import { answerOf, give } from './act.ts'

const ChannelRow = z.object({ key: z.string(), archived: z.boolean() })
const ChatRow = z.object({ id: z.string() })

/**
 * The chat of a phone (digits) on a number, found or opened by its own object. Refuses database_unavailable, and
 * chat_with_somebody where the caller may not see the chat that is there.
 */
export async function chatWith(
  c: Request,
  caller: Caller,
  channel: { id: string; key: string },
  phone: string,
  name: string | undefined,
): Promise<RawJson> {
  const at = new Date().toISOString()
  const origin = {
    accountId: caller.account.id,
    channelId: channel.id,
    channelKey: channel.key,
    objectKey: conversationKey({ phone }),
  }
  const answer = await give(
    c.env,
    origin,
    {
      op: 'open',
      customer: { phone },
      name,
      by: caller.kind === 'person' ? caller.person.id : undefined,
      contactId: newId(),
      chatId: newId(),
      channelId: origin.channelId,
      objectKey: origin.objectKey,
      traceId: c.var.traceId,
      at,
      tell: true,
      hops: [{ at, level: 'info', place: 'person', what: 'chat_opened', data: { person: caller.person.name } }],
    },
    null,
  )
  // Without its row a chat has no id yet that a phone could use.
  if (answer.state === 'pending') throw new Refusal('database_unavailable', undefined, 2)
  const chat = answerOf(caller, answer, () => ({}))
  const { result } = await call(c, 'chats.read', 'api_chat', { chatId: ChatRow.parse(JSON.parse(chat.text)).id })
  if (result === null) throw new Refusal('chat_with_somebody')
  return new RawJson(result)
}

/** Finds or opens the chat with a phone on a channel. Nothing is sent. Refuses phone_invalid. */
export async function openChat(c: Request, input: ParsedOf<typeof inbox.openChat>): Promise<RawJson> {
  const { caller, result } = await call(c, 'chats.open', 'api_channel_inner', { channelId: input.channelId })
  if (result === null) throw new Refusal('not_found')
  const channel = ChannelRow.parse(JSON.parse(result))
  if (channel.archived) throw new Refusal('channel_archived')
  const phone = toDigits(input.phone, caller.account.country)
  if (!phone) throw new Refusal('phone_invalid', { country: caller.account.country })
  return chatWith(c, caller, { id: input.channelId, key: channel.key }, phone, cleanName(input.name ?? '', 120) || undefined)
}
