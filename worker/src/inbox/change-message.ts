/** Changing the words of a message that has left, or taking it back: where the number can, and for as long as WhatsApp lets people. */
import type * as changes from '#contract/changes.ts'
import type { ParsedOf } from '#contract/endpoint.ts'
import { hasLink } from '#contract/policy.ts'
import type { Request } from '../http/app.ts'
import type { RawJson } from '../http/serve.ts'
import { adapterOf, channelByKey, type SendOutcome } from '../channels/index.ts'
import { cleanText } from '../lib/clean-text.ts'
import type { Env } from '../lib/env.ts'
import { Refusal } from '../lib/refusal.ts'
import { wireOf } from '../lib/wire.ts'
import { answerOf, give } from './act.ts'
import { changeRefusal } from './change.rules.ts'
import type { Answer } from './chat-object.ts'
import type { EventEntry, Origin } from './entry.ts'
import { targetOf, type Target } from './target.ts'

const CHANGE_MS = 10_000

export type Change = { op: 'edit'; text: string } | { op: 'revoke' }

/** At the provider first: what the customer still sees is not shown to us as gone. Refuses what cannot be. */
export async function changeAt(
  env: Env,
  target: Target,
  origin: Origin,
  what: Change,
  { traceId, portalId }: { traceId: string; portalId?: string },
): Promise<Answer> {
  const known = await channelByKey(env, target.channelKey)
  // It may have been mended a second ago: nothing is refused for what was.
  const channel = known?.problem ? await channelByKey(env, target.channelKey, 0) : known
  const adapter = channel && adapterOf(channel.kind)
  if (!channel || !adapter?.change || !target.providerId) throw new Refusal('kind_not_supported', { kind: what.op })
  const refusal = changeRefusal(what.op, target, Date.now())
  if (refusal) throw new Refusal(refusal)
  if (channel.archived) throw new Refusal('channel_archived')
  // Taking back is always allowed: what a customer should not have read must not stay for want of a payment.
  if (what.op === 'edit' && target.entitled === false) throw new Refusal('subscription_ended')
  // It would reach the customer at some later time, or never: a change is now or not at all.
  if (channel.problem !== null) throw new Refusal('provider_unreachable', { reason: channel.problem })
  if (what.op === 'edit' && !channel.settings.allowLinks && hasLink(what.text)) throw new Refusal('link_not_allowed')
  const outcome = await adapter.change(
    target.providerId,
    what.op === 'edit' ? what.text : null,
    target.to,
    channel.line,
    wireOf(CHANGE_MS),
  )
  if (outcome.outcome === 'refused' || outcome.outcome === 'try_later')
    throw new Refusal('provider_unreachable', { reason: outcome.error.code })
  const entry = { ...entryOf(what, outcome), ...origin, messageId: target.id, traceId, by: 'us', ...(portalId && { portalId }) }
  return give(env, origin, entry, null)
}

async function change(c: Request, messageId: string, what: Change): Promise<RawJson> {
  const { caller, target, origin } = await targetOf(c, 'messages.send', { messageId })
  const answer = await changeAt(c.env, target, origin, what, { traceId: c.var.traceId })
  return answerOf(caller, answer, () => ({ id: messageId }))
}

function entryOf(
  what: Change,
  outcome: SendOutcome,
): Pick<EventEntry, 'op' | 'at' | 'tell' | 'hops'> & { providerId: string; text?: string } {
  const at = new Date().toISOString()
  return {
    ...what,
    providerId: outcome.outcome === 'accepted' ? outcome.providerId : `${what.op}:${at}`,
    at,
    tell: true,
    hops: [{ at, level: 'info', place: 'provider', what: what.op === 'edit' ? 'edit_sent' : 'revoke_sent' }],
  }
}

export function editMessage(c: Request, { messageId, text }: ParsedOf<typeof changes.editMessage>): Promise<RawJson> {
  const words = cleanText(text, text.length)
  if (words.trim() === '') throw new Refusal('text_missing')
  return change(c, messageId, { op: 'edit', text: words })
}

export function revokeMessage(c: Request, { messageId }: ParsedOf<typeof changes.revokeMessage>): Promise<RawJson> {
  return change(c, messageId, { op: 'revoke' })
}
