/** How the work went over days: volume, first answers and resolutions, by day, agent, number and department. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, DepartmentId, PersonId } from './ids.ts'

const Day = z.iso.date()

/** Longest period that is counted at once, in days. */
export const PERIOD_MAX_DAYS = 92

/** Waits in seconds: the median, and what nine of ten stay below. Null where there was none. */
export const Figures = z.object({
  /** Messages of customers. */
  received: z.number(),
  sent: z.number(),
  /** How often a customer who waited got the first word of a person. */
  answers: z.number(),
  closed: z.number(),
  firstAnswer: z.nullable(z.number()),
  firstAnswer90: z.nullable(z.number()),
  /** From the first word of a case to its closing. */
  resolution: z.nullable(z.number()),
})
export type Figures = z.infer<typeof Figures>

export const Metrics = z.object({
  from: Day,
  to: Day,
  totals: Figures,
  /** Every day of the period, also those without anything. */
  days: z.array(z.extend(Figures, { day: Day })),
  /** Null: nobody's own, such as automatic texts and the business's phone. */
  agents: z.array(z.extend(Figures, { id: z.nullable(PersonId), name: z.nullable(z.string()) })),
  channels: z.array(z.extend(Figures, { id: ChannelId, name: z.string() })),
  departments: z.array(z.extend(Figures, { id: z.nullable(DepartmentId), name: z.nullable(z.string()) })),
})
export type Metrics = z.infer<typeof Metrics>

export const getMetrics = endpoint({
  method: 'GET',
  path: '/metrics',
  summary: `Volume, first answers and resolutions of up to ${PERIOD_MAX_DAYS} days, both included, by the company's clock. Counts what the caller sees`,
  may: 'dashboard.read',
  input: z.object({ from: Day, to: Day }),
  returns: Metrics,
})
