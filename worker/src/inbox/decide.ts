import type { Request } from '../http/app.ts'
import type { RawJson } from '../http/serve.ts'
import { Refusal } from '../lib/refusal.ts'
import { answerOf, give } from './act.ts'
import { judgeAgain } from './send-message.ts'
import { targetOf } from './target.ts'

/** A person has seen that an unconfirmed message arrived. Refuses not_retryable. */
export async function confirm(c: Request, messageId: string): Promise<RawJson> {
  const { caller, target, origin } = await targetOf(c, 'messages.resend', { messageId })
  if (target.status !== 'unconfirmed') throw new Refusal('not_retryable')
  const at = new Date().toISOString()
  const { channelId, objectKey } = origin
  const hop = { at, level: 'info' as const, place: 'person' as const, what: 'arrived', data: { person: caller.person.name } }
  const end = { messageId: target.id, status: 'sent' as const, attempts: 0, dead: false, stopsChannel: false }
  const entry = { op: 'outcome' as const, channelId, objectKey, traceId: c.var.traceId, at, tell: true, hops: [hop], ...end }
  return answerOf(caller, await give(c.env, origin, entry, null), () => ({ id: messageId }))
}

/** A person decides about a message that stands still: send it again, or give it up. Refuses not_retryable. */
export async function decide(c: Request, messageId: string, op: 'requeue' | 'discard'): Promise<RawJson> {
  const { caller, target, origin } = await targetOf(c, 'messages.resend', { messageId })
  if (op === 'requeue' && target.byRules === true) await judgeAgain(c, target)
  const at = new Date().toISOString()
  const token = crypto.randomUUID()
  const answer = await give(
    c.env,
    origin,
    {
      op,
      messageId: target.id,
      token,
      by: caller.person.id,
      channelId: origin.channelId,
      objectKey: origin.objectKey,
      traceId: c.var.traceId,
      at,
      tell: true,
      hops: [
        {
          at,
          level: 'info',
          place: 'person',
          what: op === 'requeue' ? 'retried' : 'discarded',
          data: { person: caller.person.name },
        },
      ],
    },
    op === 'requeue' ? token : null,
  )
  return answerOf(caller, answer, () => ({ id: messageId }))
}
