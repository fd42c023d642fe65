/** Looking after several numbers: how each does, when it did not work and who was told, and the same done to many at once. */
import * as z from 'zod/mini'
import { QUALITIES } from './channel-provider.ts'
import { Channel } from './channels.ts'
import { endpoint } from './endpoint.ts'
import { ChannelId, DepartmentId, Instant, OutageId, PersonId } from './ids.ts'
import { Cursor, page } from './pages.ts'

export const RISKS = ['none', 'watch', 'high'] as const

/** Of unofficial numbers: `first_unanswered` and `first_many` count people in `failed` of `sent`. */
const GUARD_REASONS = ['restricted', 'first_unanswered', 'first_many', 'young'] as const

/** Why a number is at risk: `code` says it, the rest is what it is made of. */
export const RiskReason = z.object({
  level: z.enum(['watch', 'high']),
  code: z.enum(['problem', 'quality_low', 'quality_medium', 'failing', 'hook_silent', 'never_heard', 'silent', ...GUARD_REASONS]),
  /** `problem`: our failure code. */
  problem: z.optional(z.string()),
  /** `failing`: messages of the last 24 hours. */
  failed: z.optional(z.number()),
  sent: z.optional(z.number()),
  /** `hook_silent`: the provider's last word. */
  since: z.optional(Instant),
  /** `silent`: messages that came in these two hours, yesterday or a week ago, whichever were fewer. */
  usual: z.optional(z.number()),
})
export type RiskReason = z.infer<typeof RiskReason>

export const ChannelHealth = z.object({
  channelId: ChannelId,
  /** Of the last 24 hours; null: none. */
  lastInAt: z.nullable(Instant),
  lastOutAt: z.nullable(Instant),
  sent: z.number(),
  failed: z.number(),
  quality: z.nullable(z.enum(QUALITIES)),
  qualityAt: z.nullable(Instant),
  risk: z.enum(RISKS),
  reasons: z.array(RiskReason),
})
export type ChannelHealth = z.infer<typeof ChannelHealth>

export const getChannelHealth = endpoint({
  method: 'GET',
  path: '/channel-health',
  summary: 'How the numbers that the caller sees do: last messages, failed ones, and a risk level with its reasons',
  may: 'dashboard.read',
  input: z.object({}),
  returns: z.object({ items: z.array(ChannelHealth) }),
})

const OutageFields = {
  id: OutageId,
  channelId: ChannelId,
  channelName: z.string(),
  /** Our failure code. */
  problem: z.string(),
  beganAt: Instant,
  /** null: it goes on. */
  endedAt: z.nullable(Instant),
}

export const Outage = z.object({
  ...OutageFields,
  /** Who was told when it began, and when their app has shown it to them. */
  told: z.array(z.object({ name: z.string(), at: Instant, seenAt: z.nullable(Instant) })),
})
export type Outage = z.infer<typeof Outage>

export const listOutages = endpoint({
  method: 'GET',
  path: '/outages',
  summary: 'When numbers did not work: cause, begin, end and who was told; latest first',
  may: 'dashboard.read',
  input: z.object({ channel: z.optional(ChannelId), cursor: z.optional(Cursor) }),
  returns: page(Outage),
})

export const listUnseenOutages = endpoint({
  method: 'GET',
  path: '/outages/unseen',
  summary: 'Outages that go on and that the caller was told of without having seen it',
  may: 'dashboard.read',
  input: z.object({}),
  returns: z.object({ items: z.array(z.object(OutageFields)) }),
})

export const seeOutages = endpoint({
  method: 'PUT',
  path: '/outages/seen',
  summary: 'The caller has seen that these numbers do not work',
  may: 'dashboard.read',
  input: z.object({ outageIds: z.array(OutageId).check(z.minLength(1), z.maxLength(100)) }),
  returns: z.object({ done: z.boolean() }),
})

/** How many numbers one request may name. */
export const NUMBERS_AT_ONCE = 100
const channelIds = z.array(ChannelId).check(z.minLength(1), z.maxLength(NUMBERS_AT_ONCE))

export const NumberOutcome = z.object({
  channelId: ChannelId,
  /** `same`: it stood so already. `taken`: it cannot be restored, since its number was added anew. */
  outcome: z.enum(['done', 'same', 'forbidden', 'taken', 'not_found']),
})
export type NumberOutcome = z.infer<typeof NumberOutcome>

const EachNumber = z.object({
  /** One for each number that was named, in that order. */
  items: z.array(NumberOutcome),
  /** Those that have changed, as they are now. */
  channels: z.array(Channel),
})
export type EachNumber = z.infer<typeof EachNumber>

export const pauseChannels = endpoint({
  method: 'POST',
  path: '/channels/pauses',
  summary: 'Pauses or resumes what several numbers send and receive. Nothing is lost meanwhile: it waits',
  may: 'channels.pause',
  input: z.object({ channelIds, sending: z.boolean(), receiving: z.boolean() }),
  returns: EachNumber,
})

export const archiveChannels = endpoint({
  method: 'POST',
  path: '/channels/archives',
  summary: 'Puts several numbers away, or takes them back. Their chats stay',
  may: 'channels.manage',
  input: z.object({ channelIds, archived: z.boolean() }),
  returns: EachNumber,
})

export const moveChannels = endpoint({
  method: 'POST',
  path: '/channels/departments',
  summary: 'Moves several numbers to a department, or to none (null). Chats that stood in the one before come along',
  may: 'people.manage',
  input: z.object({ channelIds, departmentId: z.nullable(DepartmentId) }),
  returns: EachNumber,
})

export const staffChannels = endpoint({
  method: 'POST',
  path: '/channels/people',
  summary: 'Assigns people to several numbers, in addition to who is there',
  may: 'people.manage',
  input: z.object({ channelIds, people: z.array(PersonId).check(z.minLength(1), z.maxLength(500)) }),
  returns: EachNumber,
})
