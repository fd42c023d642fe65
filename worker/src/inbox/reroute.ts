import { ContactsToSend, LocationToSend } from '#contract/extra.ts'
import { SENT_KINDS, TemplateToSend, type rerouteMessage } from '#contract/inbox.ts'
import type { ParsedOf } from '#contract/endpoint.ts'
import { MediaId } from '#contract/ids.ts'
import * as z from 'zod'
import type { Request } from '../http/app.ts'
import type { RawJson } from '../http/serve.ts'
import { callKnown } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'
import { decide } from './decide.ts'
import { chatWith } from './open-chat.ts'
import { sendMessage } from './send-message.ts'

const Source = z.object({
  kind: z.enum(SENT_KINDS),
  text: z.nullable(z.string()),
  mediaId: z.nullable(z.string()),
  template: z.nullable(z.unknown()),
  location: z.nullable(LocationToSend),
  contacts: z.nullable(ContactsToSend),
  status: z.nullable(z.string()),
  direction: z.string(),
  phone: z.nullable(z.string()),
  channel: z.nullable(z.object({ id: z.string(), key: z.string(), archived: z.boolean() })),
})
const STANDS_STILL = new Set(['queued', 'failed', 'unconfirmed', 'discarded'])

/**
 * Sends what stands still through another number. The rules of that number decide whether it may; only what was taken
 * there is given up here. Refuses not_retryable, phone_invalid (the customer hides it) and all that sending refuses.
 */
export async function reroute(c: Request, input: ParsedOf<typeof rerouteMessage>): Promise<RawJson> {
  const { caller, result } = await callKnown(c, 'messages.resend', 'api_reroute_source', input)
  const source = Source.safeParse(JSON.parse(result))
  if (!source.success || source.data.direction !== 'out' || !STANDS_STILL.has(source.data.status ?? ''))
    throw new Refusal('not_retryable')
  const { channel, phone, kind, text, mediaId, template, location, contacts } = source.data
  if (!channel) throw new Refusal('not_found')
  if (channel.archived) throw new Refusal('channel_archived')
  if (!phone) throw new Refusal('phone_invalid')
  const chat = z.object({ id: z.string() }).parse(JSON.parse((await chatWith(c, caller, channel, phone, undefined)).text))
  const sent = await sendMessage(c, {
    chatId: chat.id,
    id: input.id,
    kind,
    text: text ?? undefined,
    mediaId: mediaId === null ? undefined : MediaId.parse(mediaId),
    location: location ?? undefined,
    contacts: contacts ?? undefined,
    template: template ? TemplateToSend.parse(template) : undefined,
  })
  // Already discarded by an earlier try of this very request: nothing more to give up.
  if (source.data.status !== 'discarded') await decide(c, input.messageId, 'discard')
  return sent
}
