/** How a number does at its provider: what is told there, where its hooks go, its business profile. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, Instant } from './ids.ts'

export const QUALITIES = ['high', 'medium', 'low', 'unknown'] as const

/** What the provider tells of a number. null: it does not tell. */
export const NumberTold = z.object({
  /** Digits with country code. */
  phone: z.nullable(z.string()),
  name: z.nullable(z.string()),
  /** The provider's own word: CONNECTED, ACTIVE … */
  state: z.nullable(z.string()),
  quality: z.nullable(z.enum(QUALITIES)),
  /** The provider's own word: TIER_2K … */
  limit: z.nullable(z.string()),
  throughput: z.nullable(z.string()),
})
export type NumberTold = z.infer<typeof NumberTold>

export const Profile = z.object({
  about: z.string().check(z.maxLength(139)),
  description: z.string().check(z.maxLength(512)),
  address: z.string().check(z.maxLength(256)),
  email: z.string().check(z.maxLength(128)),
  websites: z.array(z.string().check(z.maxLength(256))).check(z.maxLength(2)),
})
export type Profile = z.infer<typeof Profile>

export const ProviderReport = z.object({
  ok: z.boolean(),
  /** Our failure code when the provider refused. */
  code: z.nullable(z.string()),
  askedAt: Instant,
  number: z.nullable(NumberTold),
  /** null where the provider does not give it to us. */
  profile: z.nullable(Profile),
  hook: z.object({
    /** What must be known at the provider. The token is for its first call, when it asks whether the address is ours. */
    url: z.string(),
    verifyToken: z.nullable(z.string()),
    /** Where the provider sends: `unknown` when it does not tell. */
    points: z.enum(['here', 'elsewhere', 'nowhere', 'unknown']),
    others: z.array(z.string()),
  }),
})
export type ProviderReport = z.infer<typeof ProviderReport>

export const askProvider = endpoint({
  method: 'GET',
  path: '/channels/:channelId/provider',
  summary: 'Asks the provider how a number does: quality, limit, profile, and where its hooks go',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId }),
  returns: ProviderReport,
})

export const connectHook = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/hook',
  summary: 'Lets the provider call our address and register it: proves the whole way, from there to here and back',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId }),
  returns: z.object({ ok: z.boolean(), code: z.nullable(z.string()), detail: z.nullable(z.string()), ms: z.number() }),
})

export const changeProfile = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/profile',
  summary: 'Changes what customers see of the company in WhatsApp. `kind_not_supported` where the provider has no way to do it',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId, profile: Profile }),
  returns: z.object({ profile: Profile }),
})
