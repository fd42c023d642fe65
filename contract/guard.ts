/** What keeps an unofficial number from being banned: it answers, it writes first to few, it takes its time. */
import * as z from 'zod/mini'
import { RiskReason, RISKS } from './channel-care.ts'
import { endpoint } from './endpoint.ts'
import { ChannelId, Instant } from './ids.ts'

export const GuardSettings = z.object({
  /** May write to people who have never written to it. */
  firstContact: z.boolean(),
  /** To so many of them in 24 hours. */
  firstPerDay: z.number().check(z.int(), z.minimum(1), z.maximum(100)),
  /** A number that was linked lately begins with ten a day, and ten more each week. */
  warmUp: z.boolean(),
  /** The same words go to so many people an hour who have not written for a day. */
  samePerHour: z.number().check(z.int(), z.minimum(1), z.maximum(500)),
  /** `natural`: five at once, then one every one to three seconds. `fast`: as fast as WhatsApp takes them. */
  pace: z.enum(['natural', 'fast']),
})
export type GuardSettings = z.infer<typeof GuardSettings>

export const Guard = z.object({
  rev: z.number(),
  settings: GuardSettings,
  /** People written to first in the last 24 hours, and how many there may be today. */
  first: z.object({ used: z.number(), max: z.number() }),
  /** WhatsApp does not let it write first until then. */
  frozenUntil: z.nullable(Instant),
  linkedAt: z.nullable(Instant),
  risk: z.enum(RISKS),
  reasons: z.array(RiskReason),
})
export type Guard = z.infer<typeof Guard>

export const getGuard = endpoint({
  method: 'GET',
  path: '/channels/:channelId/guard',
  summary: 'What keeps an unofficial number from being banned, and how it stands',
  may: 'channels.read',
  input: z.object({ channelId: ChannelId }),
  returns: Guard,
})

export const changeGuard = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/guard',
  summary: 'Sets the limits of an unofficial number',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId, rev: z.number(), settings: GuardSettings }),
  returns: Guard,
})
