import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, DepartmentId, Instant } from './ids.ts'

export const CHANNEL_KINDS = ['meta', 'gupshup', 'session'] as const

/** What a channel can do; the app hides what is missing instead of failing. */
export const CAPABILITIES = ['template', 'reaction', 'quote', 'read', 'typing', 'voice', 'video', 'edit', 'delete'] as const
export type Capability = (typeof CAPABILITIES)[number]

export const ChannelSettings = z.object({
  /** Content policy of outgoing messages: refused unless switched on. */
  allowVideo: z.boolean(),
  allowLinks: z.boolean(),
  /** Whether customers are told that their words were read and that somebody writes. Absent: they are. */
  tellsReading: z.optional(z.boolean()),
  /** Where the provider fetches outgoing files from us, how long the address lives, in seconds. */
})
export type ChannelSettings = z.infer<typeof ChannelSettings>

export const Channel = z.object({
  id: ChannelId,
  name: z.string(),
  kind: z.enum(CHANNEL_KINDS),
  phone: z.nullable(z.string()),
  /** `attention`: the provider refused our credentials or the number is blocked: see `problem`. */
  state: z.enum(['active', 'attention', 'archived']),
  problem: z.nullable(z.string()),
  sendingPaused: z.boolean(),
  receivingPaused: z.boolean(),
  settings: ChannelSettings,
  capabilities: z.array(z.enum(CAPABILITIES)),
  /** The address to paste at the provider: a secret, for whoever manages numbers; null for everybody else. */
  hookUrl: z.nullable(z.string()),
  lastHookAt: z.nullable(Instant),
  /** Since when it works, is paused, has its problem or is archived. */
  stateAt: Instant,
  /** Where its new chats go. */
  department: z.nullable(z.object({ id: DepartmentId, name: z.string() })),
  /** A number to try with, not the company's own. Absent in what older versions kept, as are those below. */
  sandbox: z.optional(z.boolean()),
  /** Grows with each change: what is told late replaces nothing newer. */
  rev: z.optional(z.number()),
  /** Only where the company needs subscriptions: `none` there is none; `sendsUntil` null: it sends nothing. */
  subscription: z.optional(
    z.nullable(z.object({ state: z.string(), sendsUntil: z.nullable(Instant), cancelsAt: z.nullable(Instant) })),
  ),
  /** What is wrong with it at its provider, by our failure codes. */
  alerts: z.optional(z.array(z.string())),
  /** The key by which we speak for it: its last characters and since when; for whoever manages numbers. */
  secret: z.optional(z.nullable(z.object({ ending: z.nullable(z.string()), since: z.nullable(Instant) }))),
})
export type Channel = z.infer<typeof Channel>

const Name = z.string().check(z.minLength(1), z.maxLength(60))
const Secret = z.string().check(z.minLength(8), z.maxLength(1000))
const Phone = z.string().check(z.minLength(6), z.maxLength(30))

export const MetaCredentials = z.object({
  kind: z.literal('meta'),
  phoneNumberId: z.string().check(z.regex(/^\d{5,30}$/)),
  wabaId: z.optional(z.string().check(z.regex(/^\d{5,30}$/))),
  accessToken: Secret,
  /** Both fall back on META_APP_SECRET and META_VERIFY_TOKEN. */
  appSecret: z.optional(Secret),
  verifyToken: z.optional(Secret),
})
export const GupshupCredentials = z.object({
  kind: z.literal('gupshup'),
  appName: z.string().check(z.minLength(1), z.maxLength(100)),
  appId: z.string().check(z.minLength(1), z.maxLength(64)),
  /** `self-serve`: the key of the customer's own account; `partner`: the app's `sk_…` token. */
  access: z.enum(['self-serve', 'partner']),
  apiKey: Secret,
})

export const listChannels = endpoint({
  method: 'GET',
  path: '/channels',
  summary: 'The numbers of the account that the caller may see',
  may: 'channels.read',
  input: z.object({ archived: z.optional(z.literal('true')) }),
  returns: z.object({ items: z.array(Channel) }),
})

export const addChannel = endpoint({
  method: 'POST',
  path: '/channels',
  summary: 'Adds a number of Meta Cloud API or Gupshup, after the provider has accepted its credentials',
  may: 'channels.manage',
  input: z.object({ name: Name, phone: Phone, credentials: z.discriminatedUnion('kind', [MetaCredentials, GupshupCredentials]) }),
  returns: Channel,
})

export const changeChannel = endpoint({
  method: 'PATCH',
  path: '/channels/:channelId',
  summary: 'Renames a number, changes its settings or replaces its credentials',
  may: 'channels.manage',
  input: z.object({
    channelId: ChannelId,
    name: z.optional(Name),
    settings: z.optional(ChannelSettings),
    credentials: z.optional(z.discriminatedUnion('kind', [MetaCredentials, GupshupCredentials])),
    archived: z.optional(z.boolean()),
  }),
  returns: Channel,
})

export const pauseChannel = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/pause',
  summary: 'Pauses or resumes what a number sends and receives. Nothing is lost meanwhile: it waits',
  may: 'channels.pause',
  input: z.object({ channelId: ChannelId, sending: z.boolean(), receiving: z.boolean() }),
  returns: Channel,
})

export const checkChannel = endpoint({
  method: 'POST',
  path: '/channels/:channelId/check',
  summary: 'Asks the provider whether the credentials and the number work',
  may: 'channels.read',
  input: z.object({ channelId: ChannelId }),
  returns: z.object({
    ok: z.boolean(),
    /** Our failure code when it does not. */
    code: z.nullable(z.string()),
    detail: z.nullable(z.string()),
  }),
})
