/** What one number has for itself: hours, what it says by itself, how it does at its provider. */
import * as z from 'zod/mini'
import { AUTOMATIC_TEXT_MAX } from './automatic.ts'
import { endpoint } from './endpoint.ts'
import { COUNTRIES } from './holidays.ts'
import { ChannelId, DepartmentId } from './ids.ts'

const Range = z.tuple([z.number().check(z.int(), z.minimum(0)), z.number().check(z.int(), z.minimum(1))])
const Day = z.array(Range).check(z.maxLength(8))

export const ChannelHours = z.object({
  timeZone: z.string().check(z.minLength(1), z.maxLength(60)),
  /** Seven days, Monday first: ranges in minutes of the day; a `to` beyond 1440 is on the next day. */
  week: z.array(Day).check(z.length(7)),
  holidays: z.nullable(z.enum(COUNTRIES)),
  /** Names of holidays on which the number is open all the same. */
  worked: z.array(z.string().check(z.maxLength(80))).check(z.maxLength(60)),
  exceptions: z.record(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)), Day),
})
export type ChannelHours = z.infer<typeof ChannelHours>

const Rule = z.object({ on: z.boolean(), text: z.string().check(z.maxLength(AUTOMATIC_TEXT_MAX)) })
/** A text that is off keeps its words. */
export const AutomaticTexts = z.object({ greeting: Rule, out_of_hours: Rule, farewell: Rule })
export type AutomaticTexts = z.infer<typeof AutomaticTexts>

export const DepartmentTexts = z.object({ id: DepartmentId, name: z.string(), rev: z.number(), texts: AutomaticTexts })
export type DepartmentTexts = z.infer<typeof DepartmentTexts>

export const ChannelOwn = z.object({
  /** 0: nobody has given it any yet; it is always open and says nothing by itself. */
  rev: z.number(),
  /** Whose account at the provider pays for its messages: the company's own, or `us`, which charges the balance. */
  whoPays: z.enum(['client', 'us']),
  hours: ChannelHours,
  texts: AutomaticTexts,
  /** What departments say instead, in chats of theirs: a rule that is on there wins over the number's. */
  departments: z.array(DepartmentTexts),
})
export type ChannelOwn = z.infer<typeof ChannelOwn>

export const getChannelOwn = endpoint({
  method: 'GET',
  path: '/channels/:channelId/settings',
  summary: 'Hours of a number and what it says by itself',
  may: 'channels.read',
  input: z.object({ channelId: ChannelId }),
  returns: ChannelOwn,
})

export const changeChannelHours = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/hours',
  summary: 'Sets the hours of one number; no other number changes. `hours_invalid` for ranges that overlap',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId, rev: z.number(), hours: ChannelHours }),
  returns: ChannelOwn,
})

export const changeChannelTexts = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/texts',
  summary:
    'Sets greeting, out-of-hours text and farewell of one number. `variable_unknown` names a variable that it may not have',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId, rev: z.number(), texts: AutomaticTexts }),
  returns: ChannelOwn,
})

export const changeDepartmentTexts = endpoint({
  method: 'PUT',
  path: '/departments/:departmentId/texts',
  summary: 'Sets what a department says by itself in its chats, instead of the number',
  may: 'channels.manage',
  input: z.object({ departmentId: DepartmentId, rev: z.number(), texts: AutomaticTexts }),
  returns: DepartmentTexts,
})
