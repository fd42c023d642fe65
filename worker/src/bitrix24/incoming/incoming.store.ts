/** What an event of a portal asks of the database: db/functions/214_portal_events.sql. */
import * as z from 'zod'
import { PortalContext, Target } from '../../inbox/index.ts'
import type { Database } from '../../lib/sql.ts'

const Known = PortalContext.extend({
  tries: z.number(),
  portalChatId: z.string(),
  responsible: z.nullable(z.string()),
  signs: z.boolean(),
  domain: z.string(),
  author: z.object({
    kind: z.enum(['person', 'api', 'system']),
    id: z.nullable(z.string()),
    name: z.nullable(z.string()),
    may: z.boolean(),
  }),
})
const Hears = z.union([z.object({ settled: z.string() }), z.object({ ignored: z.string() }), Known])
export type KnownChat = z.infer<typeof Known>
export type PortalTarget = z.infer<typeof PortalTarget>
const PortalTarget = Target.extend({ accountId: z.string(), part: z.number(), text: z.nullable(z.string()) })

/** Asks one function of the database; lists and objects go as JSON. */
export async function ask(db: Database, fn: string, ...args: unknown[]): Promise<unknown> {
  const places = args.map((_, n) => `$${n + 1}`).join(', ')
  const values = args.map((arg) => (typeof arg === 'object' && arg !== null ? JSON.stringify(arg) : arg))
  const [row] = await db.query(`select ${fn}(${places}) as got`, values)
  return row?.['got'] ?? null
}

/** Notes an event, and gives what is needed to act on it; null: there is nothing to do. */
export async function hears(db: Database, portalId: string, event: object): Promise<KnownChat | null> {
  const got = Hears.parse(await ask(db, 'portal_hears', portalId, event))
  return 'settled' in got || 'ignored' in got ? null : got
}

export async function parts(db: Database, portalId: string, message: object): Promise<void> {
  await ask(db, 'portal_parts', portalId, message)
}

export async function heardOut(
  db: Database,
  portalId: string,
  key: string,
  state: 'done' | 'ignored' | 'refused' | 'waiting',
  problem: string | null,
): Promise<void> {
  await ask(db, 'portal_heard_out', portalId, key, state, problem)
}

export async function targets(db: Database, portalId: string, imMessageId: string): Promise<PortalTarget[]> {
  return z.array(PortalTarget).parse(await ask(db, 'portal_targets', portalId, imMessageId))
}

/** Puts a line of ours on its way to the operators; gives the jobs that carry it. */
export async function says(
  db: Database,
  portalId: string,
  portalChatId: string,
  messageId: string | null,
  body: object,
  traceId: string,
): Promise<unknown> {
  return ask(db, 'portal_says', portalId, portalChatId, messageId, body, traceId)
}

/** A session began or ended; gives what has changed with us, null: nothing. */
export async function session(db: Database, portalId: string, event: object): Promise<unknown> {
  return ask(db, 'portal_session', portalId, event)
}

/** Who answers in the portal now; gives what has changed with us, null: nothing. */
export async function given(db: Database, portalId: string, portalChatId: string, userId: string): Promise<unknown> {
  return ask(db, 'portal_given', portalId, portalChatId, userId)
}
