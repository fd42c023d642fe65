import type * as inbox from '#contract/inbox.ts'
import type { ParsedOf } from '#contract/endpoint.ts'
import { conversationKey } from '#contract/channel-event.ts'
import * as z from 'zod'
import { toDigits } from '../contacts/index.ts'
import type { Request } from '../http/app.ts'
import { RawJson } from '../http/serve.ts'
import { call, callKnown, type Caller } from '../identity/index.ts'
import { cleanName } from '../lib/clean-text.ts'
import { newId } from '../lib/ids.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Env } from '../lib/env.ts'
import { answerOf, give } from './act.ts'
import type { Answer } from './chat-object.ts'
import type { HopNote, Origin } from './entry.ts'

const ChannelRow = z.object({ key: z.string(), archived: z.boolean() })
const ChatRow = z.object({ id: z.string() })

type Opening = { name?: string | undefined; by?: string | undefined; traceId: string; hop: Omit<HopNote, 'at'> }

function opened(env: Env, origin: Origin, phone: string, { name, by, traceId, hop }: Opening): Promise<Answer> {
  const at = new Date().toISOString()
  const { channelId, objectKey } = origin
  const ids = { contactId: newId(), chatId: newId(), channelId, objectKey, traceId }
  return give(env, origin, { op: 'open', customer: { phone }, name, by, ...ids, at, tell: true, hops: [{ ...hop, at }] }, null)
}

/** The chat of a phone (digits) on a number, found or opened for nobody in particular. Null: the database is away. */
export async function openChatOf(env: Env, origin: Origin, phone: string, opening: Opening): Promise<string | null> {
  const answer = await opened(env, origin, phone, opening)
  if (answer.state !== 'written' || answer.told === null) return null
  return ChatRow.parse(JSON.parse(answer.told)).id
}

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
  const origin = {
    accountId: caller.account.id,
    channelId: channel.id,
    channelKey: channel.key,
    objectKey: conversationKey({ phone }),
  }
  const answer = await opened(c.env, origin, phone, {
    ...{ name, by: caller.kind === 'person' ? caller.person.id : undefined, traceId: c.var.traceId },
    hop: { level: 'info', place: 'person', what: 'chat_opened', data: { person: caller.person.name } },
  })
  // Without its row a chat has no id yet that a phone could use.
  if (answer.state === 'pending') throw new Refusal('database_unavailable', undefined, 2)
  const chat = answerOf(caller, answer, () => ({}))
  const { result } = await call(c, 'chats.read', 'api_chat', { chatId: ChatRow.parse(JSON.parse(chat.text)).id })
  if (result === null) throw new Refusal('chat_with_somebody')
  return new RawJson(result)
}

/** Finds or opens the chat with a phone on a channel. Nothing is sent. Refuses phone_invalid. */
export async function openChat(c: Request, input: ParsedOf<typeof inbox.openChat>): Promise<RawJson> {
  const { caller, result } = await callKnown(c, 'chats.open', 'api_channel_inner', { channelId: input.channelId })
  const channel = ChannelRow.parse(JSON.parse(result))
  if (channel.archived) throw new Refusal('channel_archived')
  const phone = toDigits(input.phone, caller.account.country)
  if (!phone) throw new Refusal('phone_invalid', { country: caller.account.country })
  return chatWith(c, caller, { id: input.channelId, key: channel.key }, phone, cleanName(input.name ?? '', 120) || undefined)
}
