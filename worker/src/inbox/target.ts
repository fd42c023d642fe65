import type { Permission } from '#contract/permissions.ts'
import * as z from 'zod'
import type { Request } from '../http/app.ts'
import { callKnown, type Caller } from '../identity/index.ts'
import type { Origin } from './entry.ts'

/** As api_message_target and portal_targets give it. */
export const Target = z.object({
  id: z.string(),
  chatId: z.string(),
  objectKey: z.string(),
  channelId: z.string(),
  channelKey: z.string(),
  direction: z.enum(['in', 'out', 'note']),
  status: z.nullable(z.string()),
  kind: z.string(),
  at: z.string(),
  isDeleted: z.boolean(),
  /** Written by one of us, not by the number itself. */
  isOurs: z.boolean(),
  /** Our own rules kept it from going, so they are asked again before it goes. */
  byRules: z.optional(z.boolean()),
  text: z.nullish(z.string()),
  mediaId: z.nullish(z.string()),
  providerId: z.nullable(z.string()),
  /** Its number may send; absent where nothing is sent to the customer. */
  entitled: z.optional(z.boolean()),
  /** How far the caller has read the chat now, where that is news. */
  read: z.optional(z.string()),
  to: z.object({ phone: z.optional(z.string()), bsuid: z.optional(z.string()), lid: z.optional(z.string()) }),
})
export type Target = z.infer<typeof Target>

/** The message that somebody points at, if they may see it; and where its chat is written. `fn` may note that it was read. */
export async function targetOf(
  c: Request,
  may: Permission,
  input: { messageId: string; chatId?: string },
  fn: 'api_message_target' | 'api_message_read' = 'api_message_target',
): Promise<{ caller: Caller; target: Target; origin: Origin }> {
  const { caller, result } = await callKnown(c, may, fn, input)
  const target = Target.parse(JSON.parse(result))
  const { channelId, channelKey, objectKey } = target
  return { caller, target, origin: { accountId: caller.account.id, channelId, channelKey, objectKey } }
}
