/**
 * What a session-node may report: checked here, since a node may run anywhere, on a customer's own computer too. Whatever
 * does not fit is kept as `unknown`, for the eyes of the number's administrator: nothing that was told is dropped.
 */
import type { ChannelEvent, PastMessage } from '#contract/channel-event.ts'
import { Sound } from '#contract/media.ts'
import * as z from 'zod'

const Short = z.string().max(500)
const Long = z.string().max(100_000)
const Identities = z
  .object({
    phone: z
      .string()
      .regex(/^\d{5,20}$/)
      .optional(),
    lid: z
      .string()
      .regex(/^\d{3,30}$/)
      .optional(),
  })
  .refine(({ phone, lid }) => phone !== undefined || lid !== undefined)
const Common = { at: z.number(), atIsExact: z.literal(true).optional() }
const ProviderError = z.object({ providerCode: Short, code: Short, detail: Short.optional() })
const Contact = z.object({ name: Short, phones: z.array(Short).max(20), emails: z.array(Short).max(20), org: Short.optional() })
const KINDS = [
  ...(['text', 'image', 'document', 'audio', 'voice', 'video', 'sticker', 'location', 'contacts'] as const),
  ...(['button_reply', 'list_reply', 'order', 'interactive', 'system', 'unsupported'] as const),
]
const Extra = z.object({
  location: z
    .object({ latitude: z.number(), longitude: z.number(), name: Short.optional(), address: Short.optional() })
    .optional(),
  contacts: z.array(Contact).max(50).optional(),
  reply: z.object({ id: Short, description: Short.optional() }).optional(),
  referral: z
    .object({
      sourceType: Short,
      sourceId: Short.optional(),
      sourceUrl: Long.optional(),
      headline: Long.optional(),
      body: Long.optional(),
      clickId: Short.optional(),
    })
    .optional(),
  forwarded: z.boolean().optional(),
  forwardedOften: z.literal(true).optional(),
  card: z.object({ lines: z.array(Short).max(30), at: z.number().optional() }).optional(),
  live: z.literal(true).optional(),
  gif: z.literal(true).optional(),
  ephemeral: z.number().min(0).max(31_536_000).optional(),
  preview: z.object({ title: Short, description: Short.optional() }).optional(),
  quoted: z.object({ kind: z.enum(KINDS), text: Short.optional() }).optional(),
  unsupported: Short.optional(),
  system: Short.optional(),
})

const Message = z.object({
  ...Common,
  type: z.literal('message'),
  origin: z.enum(['customer', 'echo']),
  providerId: Short,
  customer: Identities,
  profileName: Short.optional(),
  username: Short.optional(),
  kind: z.enum(KINDS),
  text: Long.optional(),
  media: z
    .object({
      id: Short,
      mime: Short,
      sha256: Short.optional(),
      name: Short.optional(),
      size: z.number().optional(),
      animated: z.boolean().optional(),
      sound: z.optional(Sound),
    })
    .optional(),
  extra: Extra.optional(),
  quoted: Short.optional(),
  error: ProviderError.optional(),
})

const Reported = z.discriminatedUnion('type', [
  Message,
  z.object({
    ...Common,
    type: z.literal('reaction'),
    origin: z.enum(['customer', 'echo']),
    providerId: Short,
    customer: Identities,
    target: Short,
    emoji: z.string().max(64).nullable(),
  }),
  z.object({
    ...Common,
    type: z.literal('edit'),
    origin: z.enum(['customer', 'echo']),
    providerId: Short,
    customer: Identities,
    target: Short,
    text: Long,
  }),
  z.object({
    ...Common,
    type: z.literal('revoke'),
    origin: z.enum(['customer', 'echo']),
    providerId: Short,
    customer: Identities,
    target: Short,
  }),
  z.object({ ...Common, type: z.literal('seen'), customer: Identities, targets: z.array(Short).min(1).max(200) }),
  z.object({
    ...Common,
    type: z.literal('identity'),
    providerId: Short,
    before: Identities,
    after: Identities,
    text: Long.optional(),
  }),
  z.object({
    ...Common,
    type: z.literal('status'),
    providerId: Short,
    customer: Identities.optional(),
    status: z.enum(['accepted', 'sent', 'delivered', 'read', 'played', 'failed']),
    error: ProviderError.optional(),
  }),
  z.object({ ...Common, type: z.literal('account'), field: Short, level: z.enum(['info', 'warn', 'error']), raw: z.unknown() }),
  z.object({ ...Common, type: z.literal('unknown'), field: Short, raw: z.unknown() }),
])

/** An event as a node told it, JSON text. Total. */
export function reportedEvent(text: string, now: number): ChannelEvent {
  const raw: unknown = JSON.parse(text)
  const { data } = Reported.safeParse(raw)
  return data ? strip(data) : { type: 'unknown', at: now, field: 'session_report', raw }
}

const Past = Message.omit({ type: true, username: true, error: true, atIsExact: true }).extend({
  status: z.enum(['sent', 'delivered', 'read', 'played']).optional(),
  reactions: z
    .array(z.object({ by: z.enum(['contact', 'phone']), emoji: z.string().max(64) }))
    .max(2)
    .optional(),
})

/** A message of the past as a node told it; null when it is none. */
export function reportedPast(raw: unknown): PastMessage | null {
  const { data } = Past.safeParse(raw)
  return data ? JSON.parse(JSON.stringify(data)) : null
}

/** Optional fields that zod gives as undefined are left out: exact optional types ask for it. */
function strip(event: z.infer<typeof Reported>): ChannelEvent {
  return JSON.parse(JSON.stringify(event))
}
