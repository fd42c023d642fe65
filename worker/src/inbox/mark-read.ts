import type * as inbox from '#contract/inbox.ts'
import type { ParsedOf } from '#contract/endpoint.ts'
import type { Request } from '../http/app.ts'
import { adapterOf, channelByKey } from '../channels/index.ts'
import { changeEvents, deskOf } from '../live/index.ts'
import { wireOf } from '../lib/wire.ts'
import { targetOf } from './target.ts'

const READ_MS = 8_000

/** Notes how far the caller has read, for their other devices, and tells the customer that their words were read. `done` false: the provider did not take it, which harms nobody. */
export async function markRead(c: Request, input: ParsedOf<typeof inbox.markRead>): Promise<{ done: boolean }> {
  const { caller, target } = await targetOf(c, 'chats.read', input, 'api_message_read')
  const { chatId, read: upto } = target
  if (upto) {
    const read = { personId: caller.person.id, chatId, upto }
    await deskOf(c.env, caller.account.id).tell(changeEvents({ read }))
  }
  const channel = await channelByKey(c.env, target.channelKey)
  const adapter = channel && adapterOf(channel.kind)
  if (!channel || !adapter || channel.archived || channel.sendingPaused) return { done: false }
  if (!target.providerId || target.direction !== 'in' || !adapter.capabilities.includes('read')) return { done: false }
  // The number keeps to itself what was read.
  if (channel.settings.tellsReading === false) return { done: false }
  const outcome = await adapter.markRead(target.providerId, input.typing === true, channel.line, wireOf(READ_MS))
  return { done: outcome.outcome === 'accepted' }
}
