/** How a number does at its provider: what is told there, where its hooks go, its business profile. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Channel } from './channels.ts'
import { ChannelId, Instant, MediaId } from './ids.ts'

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
  /** The WhatsApp business account that it belongs to, as the provider names it. */
  account: z.nullable(z.object({ id: z.string(), name: z.nullable(z.string()) })),
  /** Where it runs: CLOUD_API … */
  hosting: z.nullable(z.string()),
  /** Whether Meta has verified number or company: VERIFIED … */
  verification: z.nullable(z.string()),
  /** AVAILABLE, LIMITED or BLOCKED. */
  canSend: z.nullable(z.string()),
  /** A number to try with, not the company's own. */
  sandbox: z.boolean(),
  /** The provider's own app, where numbers have one. */
  app: z.nullable(z.object({ id: z.string(), name: z.nullable(z.string()), partner: z.boolean() })),
  /** Credit at the provider. `overdraft`: how far below zero it may go. */
  wallet: z.nullable(z.object({ currency: z.string(), balance: z.number(), overdraft: z.number() })),
})
export type NumberTold = z.infer<typeof NumberTold>

export const Profile = z.object({
  about: z.string().check(z.maxLength(139)),
  description: z.string().check(z.maxLength(512)),
  address: z.string().check(z.maxLength(256)),
  email: z.string().check(z.maxLength(128)),
  websites: z.array(z.string().check(z.maxLength(256))).check(z.maxLength(2)),
  /** The provider's own word for what the company does; empty: none. */
  vertical: z.string().check(z.maxLength(60)),
})
export type Profile = z.infer<typeof Profile>
/** As it is now: with its picture, as a data address. */
export const ProfileTold = z.extend(Profile, { photo: z.nullable(z.string()) })
export type ProfileTold = z.infer<typeof ProfileTold>

export const ProviderReport = z.object({
  ok: z.boolean(),
  /** Our failure code when the provider refused. */
  code: z.nullable(z.string()),
  askedAt: Instant,
  /** As it was last told, at `toldAt`: that is `askedAt` unless the provider is away. */
  number: z.nullable(NumberTold),
  toldAt: z.nullable(Instant),
  /** Customers with whom a conversation was begun in the last 24 hours, and how many there may be; null: no limit is known. */
  begun: z.object({ used: z.number(), max: z.nullable(z.number()) }),
  alerts: z.array(z.string()),
  /** Below this an alert is raised, in the wallet's own currency. */
  lowCredit: z.number(),
  /** null where the provider does not give it to us. */
  profile: z.nullable(ProfileTold),
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

export const changePhoto = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/photo',
  summary: 'Changes the picture that customers see. The file is an upload of the caller: JPEG or PNG, 5 MB at most',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId, mediaId: MediaId }),
  returns: z.object({ photo: z.nullable(z.string()) }),
})

export const setLowCredit = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/low-credit',
  summary: 'Below which credit at the provider an alert is raised',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId, amount: z.number().check(z.gte(0), z.lte(1_000_000)) }),
  returns: z.object({ amount: z.number() }),
})

export const changeKey = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/key',
  summary: 'Replaces the key by which we speak for a number. The provider is asked first: until it says yes the old one stays',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId, key: z.string().check(z.trim(), z.minLength(8), z.maxLength(1000)) }),
  returns: Channel,
})
