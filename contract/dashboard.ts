/** The company's day in one answer. Every figure counts what the caller sees, and is the length of a list of chats. */
import * as z from 'zod/mini'
import { CHANNEL_KINDS } from './channels.ts'
import { endpoint } from './endpoint.ts'
import { ChannelId, ChatId, Instant, PersonId } from './ids.ts'
import { LEVELS } from './trace.ts'

/** Open chats, how many of their customers wait, and since when the first of them. */
const Load = { openChats: z.number(), waiting: z.number(), since: z.nullable(Instant) }

export const Dashboard = z.object({
  at: Instant,
  /** In process: we wait for the customer. Pending: new, or the customer waits. Resolved: closed today. */
  trays: z.object({ inProcess: z.number(), pending: z.number(), resolved: z.number() }),
  waiting: z.object({ chats: z.number(), since: z.nullable(Instant) }),
  /** Messages written today where the company lives. Undelivered: queued, on their way, or not yet on the customer's phone. */
  messages: z.object({
    sent: z.number(),
    undelivered: z.number(),
    failed: z.number(),
    unconfirmed: z.number(),
    received: z.number(),
    /** The 24 hours of today. */
    hours: z.array(z.object({ in: z.number(), out: z.number() })),
  }),
  agents: z.array(z.object({ id: PersonId, name: z.string(), ...Load })),
  unassigned: z.object(Load),
  /** Chats whose customer waits, longest first, 200 at most. */
  loom: z.array(z.object({ chatId: ChatId, name: z.nullable(z.string()), since: Instant, assigneeId: z.nullable(PersonId) })),
  channels: z.array(
    z.object({
      id: ChannelId,
      name: z.string(),
      kind: z.enum(CHANNEL_KINDS),
      state: z.enum(['active', 'paused', 'attention']),
      problem: z.nullable(z.string()),
      /** A number to try with. */
      sandbox: z.boolean(),
      /** What is wrong with it at its provider. */
      alerts: z.array(z.string()),
      /** Since when it stands so. */
      since: Instant,
      lastHookAt: z.nullable(Instant),
      openChats: z.number(),
      waiting: z.number(),
    }),
  ),
  /** What befell numbers in the last seven days, newest first, 30 at most. */
  troubles: z.array(
    z.object({
      id: z.string(),
      at: Instant,
      level: z.enum(LEVELS),
      what: z.string(),
      code: z.nullable(z.string()),
      channelId: ChannelId,
    }),
  ),
})
export type Dashboard = z.infer<typeof Dashboard>

export const getDashboard = endpoint({
  method: 'GET',
  path: '/dashboard',
  summary: 'Chats by tray, messages of today, who waits and for whom, numbers and what befell them',
  may: 'dashboard.read',
  input: z.object({}),
  returns: Dashboard,
})
