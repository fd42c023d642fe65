/**
 * Group commit: what the Chat objects of an account have logged is written in as few round trips as load allows. While
 * one batch is on its way, the next one gathers; nobody waits for a timer. Measured in reference/platform.md §3.
 */
import type { LiveEvent } from '#contract/live.ts'
import * as z from 'zod'
import { DatabaseProblem, type Database } from '../lib/sql.ts'

/** What a Chat object hands over. Its shape is inbox's business (inbox/entry.ts); here only the envelope matters. */
export type CommitEntry = { n: number; op: string; tell?: boolean } & Record<string, unknown>

const Result = z.looseObject({
  n: z.number(),
  chatId: z.optional(z.nullable(z.string())),
  messageId: z.optional(z.nullable(z.string())),
  objectKey: z.optional(z.nullable(z.string())),
  inserted: z.optional(z.boolean()),
  conflict: z.optional(z.boolean()),
  refused: z.optional(z.boolean()),
  dispatch: z.optional(z.nullable(z.looseObject({ messageId: z.string() }))),
})

const Written = z.object({
  results: z.array(Result),
  chats: z.array(z.looseObject({ id: z.string() })),
  messages: z.array(z.looseObject({ id: z.string() })),
  channels: z.array(z.looseObject({ id: z.string() })),
  forgets: z.array(z.object({ chatId: z.string(), into: z.string(), objectKey: z.string(), channelId: z.string() })),
  jobs: z.array(z.object({ id: z.string(), kind: z.string() })),
})
export type Written = z.infer<typeof Written>

/** What became of one entry, told to the Chat object that wrote it. */
export type CommitResult = z.infer<typeof Result> & {
  /** JSON text of the message, or of the chat, as the contract shapes it: only where the entry asked with `tell`. */
  told?: string | undefined
  /** The database refuses this entry for good; it is a dead letter now. */
  dead?: string | undefined
}

/** Writes a batch in one round trip. Throws DatabaseProblem. */
export async function writeBatch(db: Database, accountId: string, entries: CommitEntry[]): Promise<Written> {
  const [row] = await db.query('select ingest($1, $2) as written', [accountId, JSON.stringify(entries)], 15_000)
  return Written.parse(row?.['written'])
}

const NOTHING: Omit<Written, 'results'> = { chats: [], messages: [], channels: [], forgets: [], jobs: [] }

/**
 * Writes a batch; when the database refuses it for good, each entry goes alone, and what is refused then is a dead
 * letter: one bad entry never holds the others. Throws only what may pass (then everybody tries again).
 */
export async function writeOrBury(
  db: Database,
  accountId: string,
  entries: CommitEntry[],
): Promise<Written & { dead: Map<number, string> }> {
  try {
    return { ...(await writeBatch(db, accountId, entries)), dead: new Map() }
  } catch (error) {
    if (!(error instanceof DatabaseProblem) || error.again) throw error
    const [only] = entries
    if (entries.length === 1 && only) {
      await db.query('select entry_dead($1, $2, $3)', [accountId, JSON.stringify(only), `${error.code ?? ''} ${error.message}`])
      return { ...NOTHING, results: [{ n: only.n }], dead: new Map([[only.n, error.message]]) }
    }
    const whole: Written & { dead: Map<number, string> } = { chats: [], messages: [], channels: [], forgets: [], jobs: [], results: [], dead: new Map() }
    for (const entry of entries) {
      const one = await writeOrBury(db, accountId, [entry])
      for (const key of ['results', 'chats', 'messages', 'channels', 'forgets', 'jobs'] as const) whole[key].push(...(one[key] as never[]))
      for (const [n, reason] of one.dead) whole.dead.set(n, reason)
    }
    return whole
  }
}

/** The live events of what was written, chats before the messages that they hold. */
export function eventsOf(written: Written): { type: LiveEvent['type']; json: string }[] {
  const text = (type: LiveEvent['type'], body: object): { type: LiveEvent['type']; json: string } => ({
    type,
    json: JSON.stringify({ type, ...body }),
  })
  return [
    ...written.forgets.map(({ chatId, into }) => text('forget', { chatId, into })),
    ...written.chats.map((chat) => text('chat', { chat })),
    ...written.messages.map((message) => text('message', { message })),
    ...written.channels.map((channel) => text('channel', { channel })),
  ]
}
