import type { Permission } from '#contract/permissions.ts'
import * as z from 'zod'
import type { Request } from '../http/app.ts'
import { call, type Caller } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Origin } from './entry.ts'

const Target = z.object({
  id: z.string(),
  chatId: z.string(),
  objectKey: z.string(),
  channelId: z.string(),
  channelKey: z.string(),
  direction: z.enum(['in', 'out', 'note']),
  status: z.nullable(z.string()),
  providerId: z.nullable(z.string()),
  to: z.object({ phone: z.optional(z.string()), bsuid: z.optional(z.string()), lid: z.optional(z.string()) }),
})
export type Target = z.infer<typeof Target>

/** The message that somebody points at, if they may see it; and where its chat is written. */
export async function targetOf(
  c: Request,
  may: Permission,
  input: { messageId: string; chatId?: string },
): Promise<{ caller: Caller; target: Target; origin: Origin }> {
  const { caller, result } = await call(c, may, 'api_message_target', input)
  if (result === null) throw new Refusal('not_found')
  const target = Target.parse(JSON.parse(result))
  const { channelId, channelKey, objectKey } = target
  return { caller, target, origin: { accountId: caller.account.id, channelId, channelKey, objectKey } }
}
