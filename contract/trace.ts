import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, ChatId, DeadLetterId, Instant, MessageId } from './ids.ts'
import { Cursor, page } from './pages.ts'

export const LEVELS = ['info', 'warn', 'error'] as const

export const Hop = z.object({
  at: Instant,
  level: z.enum(LEVELS),
  /** The room in which it happened: hook, chat, database, provider, desk, job, media, person. */
  where: z.string(),
  /** The step, a stable word: `received`, `stored`, `sent_to_provider` … */
  what: z.string(),
  /** The provider's own code, or ours. */
  code: z.nullable(z.string()),
  /** In the reader's language: what happened, and what to do about it. */
  explanation: z.string(),
  nextStep: z.nullable(z.string()),
})
export type Hop = z.infer<typeof Hop>

export const getTrace = endpoint({
  method: 'GET',
  path: '/messages/:messageId/trace',
  summary: "Every hop of a message, explained in the reader's language",
  may: 'trace.read',
  input: z.object({ messageId: MessageId }),
  returns: z.object({
    messageId: MessageId,
    traceId: z.nullable(z.string()),
    hops: z.array(Hop),
    /** What it costs and why, in the reader's language, for who sees what is paid; null: nothing that we charge. */
    cost: z.nullable(z.string()),
  }),
})

export const LogEntry = z.object({
  id: z.string(),
  at: Instant,
  level: z.enum(LEVELS),
  what: z.string(),
  channelId: z.nullable(ChannelId),
  chatId: z.nullable(ChatId),
  messageId: z.nullable(z.string()),
  traceId: z.nullable(z.string()),
  code: z.nullable(z.string()),
  explanation: z.string(),
  nextStep: z.nullable(z.string()),
})

export const listLog = endpoint({
  method: 'GET',
  path: '/log',
  summary: 'What happened, newest first, by channel, level, time or trace',
  may: 'logs.read',
  input: z.object({
    channel: z.optional(ChannelId),
    level: z.optional(z.enum(LEVELS)),
    from: z.optional(Instant),
    to: z.optional(Instant),
    trace: z.optional(z.string().check(z.maxLength(64))),
    cursor: z.optional(Cursor),
  }),
  returns: page(LogEntry),
})

export const DeadLetter = z.object({
  id: DeadLetterId,
  at: Instant,
  kind: z.string(),
  messageId: z.nullable(MessageId),
  chatId: z.nullable(ChatId),
  reason: z.string(),
  explanation: z.string(),
  nextStep: z.nullable(z.string()),
  attempts: z.number(),
  settled: z.nullable(z.enum(['retried', 'discarded'])),
})

export const listDeadLetters = endpoint({
  method: 'GET',
  path: '/dead-letters',
  summary: 'What could not be done after every try, for a person to retry or discard',
  may: 'dead_letters.manage',
  input: z.object({ cursor: z.optional(Cursor) }),
  returns: page(DeadLetter),
})

export const settleDeadLetter = endpoint({
  method: 'POST',
  path: '/dead-letters/:deadLetterId/settle',
  summary: 'Retries or discards a dead letter',
  may: 'dead_letters.manage',
  input: z.object({ deadLetterId: DeadLetterId, decision: z.enum(['retry', 'discard']) }),
  returns: DeadLetter,
})
