import type * as inbox from '#contract/inbox.ts'
import type { ParsedOf } from '#contract/endpoint.ts'
import type { Request } from '../http/app.ts'
import type { RawJson } from '../http/serve.ts'
import { adapterOf, channelByKey } from '../channels/index.ts'
import { Refusal } from '../lib/refusal.ts'
import { wireOf } from '../lib/wire.ts'
import { answerOf, give } from './act.ts'
import { targetOf } from './target.ts'

const REACT_MS = 10_000

/** Reacts to a message, at the provider first: what the customer does not see is not shown to us either. */
export async function react(c: Request, input: ParsedOf<typeof inbox.reactToMessage>): Promise<RawJson> {
  const { caller, target, origin } = await targetOf(c, 'messages.send', input)
  const channel = await channelByKey(c.env, target.channelKey)
  const adapter = channel && adapterOf(channel.kind)
  if (!channel || !adapter || !target.providerId || target.direction === 'note') throw new Refusal('reaction_target_unknown')
  if (channel.archived) throw new Refusal('channel_archived')
  if (target.entitled === false) throw new Refusal('subscription_ended')
  const outcome = await adapter.react(target.providerId, input.emoji, target.to, channel.line, wireOf(REACT_MS))
  // In doubt it is shown: a reaction is a state, and setting it again is harmless.
  if (outcome.outcome === 'refused' || outcome.outcome === 'try_later')
    throw new Refusal('reaction_target_unknown', { reason: outcome.error.code })
  const at = new Date().toISOString()
  const answer = await give(
    c.env,
    origin,
    {
      op: 'reaction',
      messageId: target.id,
      // The number has one voice on WhatsApp: whoever of us reacts replaces what another one of us had set.
      by: 'us',
      emoji: input.emoji,
      providerId: outcome.outcome === 'accepted' ? outcome.providerId : '',
      channelId: origin.channelId,
      objectKey: origin.objectKey,
      traceId: c.var.traceId,
      at,
      tell: true,
      hops: [{ at, level: 'info', place: 'provider', what: 'reaction_sent' }],
    },
    null,
  )
  return answerOf(caller, answer, () => ({ id: input.messageId }))
}
