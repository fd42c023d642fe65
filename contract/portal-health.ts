/** How a portal does: its connection, its lines, and everything that stands between it and WhatsApp, with what can be done about it. */
import * as z from 'zod/mini'
import { Portal } from './bitrix24.ts'
import { endpoint } from './endpoint.ts'
import { ChatId, Instant, MessageId, PortalId, PortalLineId } from './ids.ts'
import { Cursor, page } from './pages.ts'
import { PortalLine } from './portal-lines.ts'

export const QUEUE_STATES = ['waiting', 'sending', 'failed', 'unconfirmed'] as const
export type QueueState = (typeof QUEUE_STATES)[number]
/** `to_portal`: from customers to the portal. `to_customer`: what operators write there. */
export const QUEUE_DIRECTIONS = ['to_portal', 'to_customer'] as const

const Figures = z.object({
  waiting: z.number(),
  sending: z.number(),
  failed: z.number(),
  unconfirmed: z.number(),
  /** Since when the oldest of those stands that are still to arrive. */
  oldestAt: z.nullable(Instant),
})
export type Figures = z.infer<typeof Figures>
const Both = { toPortal: Figures, toCustomer: Figures }

export const LineHealth = z.object({
  portalLine: PortalLine,
  channelName: z.string(),
  /** Our failure code, when the number itself does not work. */
  channelProblem: z.nullable(z.string()),
  sendingPaused: z.boolean(),
  receivingPaused: z.boolean(),
  ...Both,
})
export type LineHealth = z.infer<typeof LineHealth>

/** The connection as the portal's object has it this moment. */
export const PortalNow = z.object({
  /** Administrators whose tokens open the portal, and when one was last renewed. */
  administrators: z.number(),
  renewedAt: z.nullable(Instant),
  /** The last call that worked. */
  lastOkAt: z.nullable(Instant),
  /** Nothing is asked until then: the portal is blocked by Bitrix24 (`overload`), or nobody answers (`unreachable`). */
  circuit: z.nullable(z.object({ why: z.enum(['overload', 'unreachable']), until: Instant })),
  /** Requests: how many the portal takes in one go and each second, how many of these are used, and how many calls wait their turn. */
  rate: z.object({ limit: z.number(), perSecond: z.number(), used: z.number(), waiting: z.number() }),
  /** Methods that have used up their working time. */
  resting: z.array(z.object({ method: z.string(), until: Instant })),
  /** What the portal has not taken of our registration. */
  missing: z.array(z.object({ what: z.string(), code: z.string() })),
  /** What its plan, or the rights of the application there, has no room for; everything else works without it. */
  lacking: z.array(z.object({ what: z.enum(['robots', 'sms']), code: z.string() })),
  license: z.nullable(z.string()),
  /** The paid term is over; days that are left, of grace too. */
  payment: z.nullable(z.object({ isOver: z.boolean(), days: z.nullable(z.number()) })),
})
export type PortalNow = z.infer<typeof PortalNow>

export const getPortalHealth = endpoint({
  method: 'GET',
  path: '/portals/:portalId/health',
  summary:
    'How a portal does: its connection now, and how many messages of each line wait, are under way, failed or are unconfirmed',
  may: 'account.manage',
  input: z.object({ portalId: PortalId }),
  returns: z.object({
    portal: Portal,
    now: PortalNow,
    lines: z.array(LineHealth),
    /** For no line that stands: its number was taken off. */
    loose: z.object(Both),
  }),
})

/** Which part of the queue; `none`: of no line that stands. */
const Part = {
  portalLineId: z.optional(z.union([PortalLineId, z.literal('none')])),
  direction: z.optional(z.enum(QUEUE_DIRECTIONS)),
  state: z.optional(z.enum(QUEUE_STATES)),
}

/**
 * What an entry waits for before anybody asks the portal again: Bitrix24's block (`overload`), a portal that does not answer, the working
 * time of its `method`, the portal's `pace`, or calls before its own (`turn`).
 */
export const WAITS_FOR = ['overload', 'unreachable', 'method', 'pace', 'turn'] as const
const Wait = z.object({ why: z.enum(WAITS_FOR), method: z.nullable(z.string()), until: z.nullable(Instant) })
export type Wait = z.infer<typeof Wait>

const EntryId = z.uuid()
export const QueueEntry = z.object({
  id: EntryId,
  direction: z.enum(QUEUE_DIRECTIONS),
  state: z.enum(QUEUE_STATES),
  /** `message`, what a `robot` or an `sms` asked for, or what is to be done on the portal: `send`, `file`, `update`, `delete`, `delivery_status`, `say`, `responsible`, `session_finish`. */
  kind: z.string(),
  portalLineId: z.nullable(PortalLineId),
  /** Since when it stands so. */
  at: Instant,
  /** Our code, with its cause and next step in the reader's words; null: it only waits its turn. */
  code: z.nullable(z.string()),
  cause: z.nullable(z.string()),
  nextStep: z.nullable(z.string()),
  /** What the portal, or the provider, said. */
  said: z.nullable(z.string()),
  tries: z.number(),
  nextAt: z.nullable(Instant),
  /** As the portal's object has it this moment; null: nothing holds it, or its code says what does. */
  waitsFor: z.nullable(Wait),
  /** Null where the reader does not see the chat. */
  chatId: z.nullable(ChatId),
  messageId: z.nullable(MessageId),
  name: z.nullable(z.string()),
  /** The card of the CRM that a robot or an SMS was about. */
  card: z.nullable(z.object({ entity: z.enum(['contact', 'lead', 'deal', 'company']), id: z.number() })),
  text: z.nullable(z.string()),
  media: z.nullable(z.string()),
  /** It is a message of a chat here, and no longer only a wish. */
  isMessage: z.boolean(),
})
export type QueueEntry = z.infer<typeof QueueEntry>

export const listPortalQueue = endpoint({
  method: 'GET',
  path: '/portals/:portalId/queue',
  summary: 'What stands between a portal and WhatsApp, both ways, newest problem first, each with its cause and next step',
  may: 'account.manage',
  input: z.object({ portalId: PortalId, ...Part, cursor: z.optional(Cursor) }),
  returns: page(QueueEntry),
})

export const exportPortalQueue = endpoint({
  method: 'GET',
  path: '/portals/:portalId/queue/export',
  summary: 'The same as CSV, at most 10,000 rows; `traces`: every hop of their messages instead',
  may: 'account.manage',
  input: z.object({ portalId: PortalId, ...Part, traces: z.optional(z.literal('true')) }),
  returns: z.string(),
})

export const QUEUE_DECISIONS = ['retry', 'discard', 'arrived', 'again', 'reroute'] as const
export type QueueDecision = (typeof QUEUE_DECISIONS)[number]
/** How many entries one request may name. */
export const ENTRIES_AT_ONCE = 100

export const decidePortalQueue = endpoint({
  method: 'POST',
  path: '/portals/:portalId/queue/decisions',
  summary:
    'Decides about entries of the queue, or about a part of it: tries again, gives up, says that it arrived, sends it again, or moves conversations to another line. `left`: operators’ messages that a further request has to do',
  may: 'account.manage',
  input: z.object({
    portalId: PortalId,
    decision: z.enum(QUEUE_DECISIONS),
    /** Absent: the whole part. */
    ids: z.optional(z.array(EntryId).check(z.minLength(1), z.maxLength(ENTRIES_AT_ONCE))),
    ...Part,
    /** Why it is given up. */
    reason: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(300))),
    /** `reroute`: the line that takes it. */
    toLineId: z.optional(PortalLineId),
  }),
  /** `kept`: operators' messages that could not be done, because a rule refuses them or they have moved meanwhile. */
  returns: z.object({ done: z.number(), kept: z.number(), left: z.number() }),
})
