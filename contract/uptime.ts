/** How steadily a number was there: its states over a day, a week or a month, and each time that it was not. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, Instant } from './ids.ts'

/**
 * `reconnecting`: it came back by itself within moments. `away`: it did not. `off`: nobody had linked it, or it was put
 * away. `paused`: somebody wished it so. The last two count neither for nor against it.
 */
export const UPTIME_STATES = ['up', 'reconnecting', 'away', 'logged_out', 'blocked', 'paused', 'off'] as const
export type UptimeState = (typeof UPTIME_STATES)[number]

export const UPTIME_RANGES = ['day', 'week', 'month'] as const
export type UptimeRange = (typeof UPTIME_RANGES)[number]

export const Uptime = z.object({
  from: Instant,
  to: Instant,
  /** Per ten thousand of the time in which it should have been there; null: there was no such time. */
  up: z.nullable(z.number()),
  /** Seconds in each state; what is left of the whole is not known. */
  seconds: z.record(z.enum(UPTIME_STATES), z.number()),
  /** From left to right, in slots of equal length; `state` null: not known. Of a slot, what was worst. */
  strip: z.array(z.object({ state: z.nullable(z.enum(UPTIME_STATES)), slots: z.number() })),
  /** When it was not there for longer than a moment, latest first; `until` null: it goes on. `code`: our failure code. */
  outages: z.array(
    z.object({ since: Instant, until: z.nullable(Instant), state: z.enum(UPTIME_STATES), code: z.nullable(z.string()) }),
  ),
  /** How many more there were than are listed. */
  moreOutages: z.number(),
  /** How often it came back by itself within moments. */
  blinks: z.number(),
  /** When it last gave a sign of life; of an official number, when its provider was last asked. null: never. */
  beatAt: z.nullable(Instant),
})
export type Uptime = z.infer<typeof Uptime>

export const getUptime = endpoint({
  method: 'GET',
  path: '/channels/:channelId/uptime',
  summary: 'How steadily a number was connected in the last day, week or month, and when it was not',
  may: 'channels.read',
  input: z.object({ channelId: ChannelId, range: z.enum(UPTIME_RANGES) }),
  returns: Uptime,
})
