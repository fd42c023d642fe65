/** Push in the database: db/functions/180_push.sql. One round trip each. */
import { LANGUAGES } from '#contract/ids.ts'
import { PUSH_KINDS } from '#contract/push-kinds.ts'
import * as z from 'zod'
import type { Database } from '../../lib/sql.ts'

const Text = z.nullish(z.string())
const Facts = z
  .object({
    contact: Text,
    text: Text,
    media: Text,
    count: z.nullish(z.number()),
    by: Text,
    to: Text,
    state: z.nullish(z.string()),
    problem: Text,
    messageId: Text,
    channelId: Text,
    actions: z.nullish(z.object({ reply: z.boolean(), settle: z.boolean() })),
  })
  .transform((facts) => ({
    ...{ contact: facts.contact ?? null, text: facts.text ?? null, media: facts.media ?? null, count: facts.count ?? 1 },
    ...{ by: facts.by ?? null, to: facts.to ?? null, problem: facts.problem ?? null, messageId: facts.messageId ?? null },
    channelId: facts.channelId ?? null,
    state: (['approved', 'denied', 'expired'] as const).find((state) => state === facts.state) ?? null,
    actions: facts.actions ?? null,
  }))
/** What somebody may be shown, by their own sight. */
export type Facts = z.infer<typeof Facts>

const Item = z.object({
  id: z.string(),
  personId: z.string(),
  sessionId: z.string(),
  endpoint: z.string(),
  p256dh: z.string(),
  auth: z.string(),
  language: z.enum(LANGUAGES),
  preview: z.boolean(),
  sound: z.boolean(),
  badge: z.number(),
  close: z.array(z.string()),
  facts: Facts,
})
/** A push for one device. */
export type PushItem = z.infer<typeof Item>

const Due = z.object({
  kind: z.nullable(z.enum(PUSH_KINDS)),
  tag: z.nullable(z.string()),
  chatId: z.nullable(z.uuid().brand<'Chat'>()),
  transferId: z.nullable(z.string()),
  /** Seconds since it happened. */
  age: z.nullable(z.number()),
  /** Seconds after which it is worth looking again; null: never. */
  again: z.nullable(z.number()),
  items: z.array(Item),
})
export type PushDue = z.infer<typeof Due>

/** Who hears of it now, and what they are shown. They are claimed: another run of the job sends nothing twice. */
export async function pushDue(db: Database, accountId: string, ref: object): Promise<PushDue> {
  const [row] = await db.query('select push_due($1, $2) as due', [accountId, JSON.stringify(ref)], 15_000)
  return Due.parse(row?.['due'])
}

export type Settled = {
  id: string
  endpoint: string
  state: 'sent' | 'live' | 'withheld' | 'gone' | 'failed' | 'due'
  code: string
}

/** What became of pushes. `due`: it is tried again. */
export async function pushSettle(db: Database, accountId: string, results: readonly Settled[]): Promise<void> {
  await db.query('select push_settle($1, $2)', [accountId, JSON.stringify(results)], 15_000)
}

/** What became of a test. */
export async function pushTested(db: Database, accountId: string, { id, endpoint, state, code }: Settled): Promise<void> {
  await db.query('select push_tested($1, $2, $3, $4, $5)', [accountId, id, endpoint, state, code])
}
