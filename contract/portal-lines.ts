/** Channels bound to open lines of Bitrix24: bind, create, pause, re-route, test. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, Instant, PortalId, PortalLineId } from './ids.ts'

export const PortalLine = z.object({
  id: PortalLineId,
  portalId: PortalId,
  channelId: ChannelId,
  /** Our connector's id in the portal. */
  connector: z.string(),
  line: z.number(),
  lineName: z.string(),
  /** `paused`: what customers write waits here. `broken`: the portal does not take it. */
  state: z.enum(['active', 'paused', 'broken']),
  problem: z.nullable(z.string()),
  problemAt: z.nullable(Instant),
  closesWithSession: z.boolean(),
  finishesWithChat: z.boolean(),
  signs: z.boolean(),
  /** Sessions and missed calls stand in the timeline of the client's card. */
  timeline: z.boolean(),
  createdAt: Instant,
  /** When the portal last took it as it is; null: it has yet to. */
  setAt: z.nullable(Instant),
})
export type PortalLine = z.infer<typeof PortalLine>

/** A line as the portal has it now. */
export const OpenLine = z.object({
  line: z.number(),
  name: z.string(),
  isActive: z.boolean(),
  /** Employees in its queue; null: the portal does not say. */
  queue: z.nullable(z.number()),
})
export type OpenLine = z.infer<typeof OpenLine>

const LineNumber = z.number().check(z.int(), z.gte(1), z.lte(1_000_000_000))
const Name = z.string().check(z.trim(), z.minLength(1), z.maxLength(100))
const Clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type WeekDay = (typeof DAYS)[number]

/** Who answers on a new line. */
const Entry = z.object({ kind: z.enum(['user', 'department']), id: z.string().check(z.regex(/^\d{1,12}$/)) })

export const NewLine = z.object({
  name: Name,
  queue: z.array(Entry).check(z.minLength(1), z.maxLength(200)),
  /** When people answer; null: always. */
  hours: z.nullable(
    z.object({ from: Clock, to: Clock, timeZone: z.string().check(z.minLength(3), z.maxLength(60)), off: z.array(z.enum(DAYS)) }),
  ),
})
export type NewLine = z.infer<typeof NewLine>

export const CHECKS = [
  'access',
  'application',
  'scopes',
  'events',
  'line',
  'queue',
  'crm',
  'connector',
  'configured',
  'number',
  'wallet',
  'hook',
] as const
export type CheckName = (typeof CHECKS)[number]

export const Check = z.object({
  name: z.enum(CHECKS),
  /** `skipped`: nothing could be asked, because of one before. */
  state: z.enum(['pass', 'warn', 'fail', 'skipped']),
  /** What is wrong: Bitrix24's code, the provider's or ours. */
  code: z.nullable(z.string()),
  detail: z.nullable(z.string()),
  /** Whether "repair" can do something about it. */
  canRepair: z.boolean(),
  ms: z.number(),
})
export type Check = z.infer<typeof Check>

export const LineTest = z.object({
  checks: z.array(Check),
  /** How long the portal took to answer one call. */
  roundTripMs: z.nullable(z.number()),
  at: Instant,
  shown: PortalLine,
})
export type LineTest = z.infer<typeof LineTest>

export const listPortalLines = endpoint({
  method: 'GET',
  path: '/portal-lines',
  summary: 'Which channel is bound to which open line',
  may: 'account.manage',
  input: z.object({}),
  returns: z.object({ items: z.array(PortalLine) }),
})

export const readOpenLines = endpoint({
  method: 'GET',
  path: '/portals/:portalId/open-lines',
  summary: 'The open lines of a portal, asked of it now. Refuses portal_away, portal_reconnect, portal_refused',
  may: 'account.manage',
  input: z.object({ portalId: PortalId }),
  returns: z.object({ items: z.array(OpenLine) }),
})

export const readColleagues = endpoint({
  method: 'GET',
  path: '/portals/:portalId/colleagues',
  summary: 'Who may answer on a new line: departments, and the first employees by name. Refuses as readOpenLines does',
  may: 'account.manage',
  input: z.object({ portalId: PortalId, q: z.optional(z.string().check(z.maxLength(60))) }),
  returns: z.object({ items: z.array(z.object({ kind: z.enum(['user', 'department']), id: z.string(), name: z.string() })) }),
})

export const addOpenLine = endpoint({
  method: 'POST',
  path: '/portals/:portalId/open-lines',
  summary: 'Makes an open line in the portal: name, queue, hours. Refuses as readOpenLines does, and portal_unsure',
  may: 'account.manage',
  input: z.extend(NewLine, { portalId: PortalId }),
  returns: OpenLine,
})

export const bindPortalLine = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/portal-line',
  summary: 'Binds a channel to an open line, or moves it there. Refuses line_taken, channel_archived, portal_not_there, portal_…',
  may: 'account.manage',
  input: z.object({ channelId: ChannelId, portalId: PortalId, line: LineNumber }),
  returns: PortalLine,
})

export const changePortalLine = endpoint({
  method: 'PATCH',
  path: '/portal-lines/:portalLineId',
  summary: 'Pauses or resumes what goes to the portal, and how the two ends keep in step',
  may: 'account.manage',
  input: z.object({
    portalLineId: PortalLineId,
    paused: z.optional(z.boolean()),
    closesWithSession: z.optional(z.boolean()),
    finishesWithChat: z.optional(z.boolean()),
    signs: z.optional(z.boolean()),
    timeline: z.optional(z.boolean()),
  }),
  returns: PortalLine,
})

/** To whom a new client goes: in equal parts, to the first of the queue who is there, or to all at once, and whoever answers first has them. */
export const TURNS = ['evenly', 'strictly', 'all'] as const

/** What an open line makes in the CRM for a client whom it does not find there, and who of its queue gets them. */
export const ClientRule = z.object({
  creates: z.enum(['none', 'lead', 'deal']),
  /** The pipeline of a deal; 0: the general one. */
  pipeline: z.number().check(z.int(), z.gte(0), z.lte(1_000_000_000)),
  turns: z.enum(TURNS),
})
export type ClientRule = z.infer<typeof ClientRule>

const ClientRuleNow = z.object({
  rule: ClientRule,
  /** False: this CRM works without leads. */
  hasLeads: z.boolean(),
  pipelines: z.array(z.object({ id: z.number(), name: z.string() })),
})
export type ClientRuleNow = z.infer<typeof ClientRuleNow>

export const readClientRule = endpoint({
  method: 'GET',
  path: '/portal-lines/:portalLineId/client-rule',
  summary:
    'What the open line makes in the CRM for an unknown client, who of its queue gets them, and the pipelines of the CRM, asked of the portal now. Refuses as readOpenLines does',
  may: 'account.manage',
  input: z.object({ portalLineId: PortalLineId }),
  returns: ClientRuleNow,
})

export const setClientRule = endpoint({
  method: 'PUT',
  path: '/portal-lines/:portalLineId/client-rule',
  summary: 'Sets it in the portal, and says what the portal has then. Refuses as readOpenLines does',
  may: 'account.manage',
  input: z.extend(ClientRule, { portalLineId: PortalLineId }),
  returns: ClientRuleNow,
})

export const unbindPortalLine = endpoint({
  method: 'DELETE',
  path: '/portal-lines/:portalLineId',
  summary: 'Takes a channel off its open line',
  may: 'account.manage',
  input: z.object({ portalLineId: PortalLineId }),
  returns: z.object({ done: z.literal(true) }),
})

export const testPortalLine = endpoint({
  method: 'POST',
  path: '/portal-lines/:portalLineId/test',
  summary: 'Tests the whole way of a bound channel, check by check; `repair` does first what can be done',
  may: 'account.manage',
  input: z.object({ portalLineId: PortalLineId, repair: z.optional(z.boolean()) }),
  returns: LineTest,
})
