import * as z from 'zod'
import type { Database } from '../lib/sql.ts'
import { Channel, Chat } from './send-context.ts'

const Context = z.object({
  /** Why it is not sent any more: a step of the log's words. */
  skip: z.nullable(z.string()),
  words: z.nullable(z.string()),
  /** Key of the page of the privacy notice, where one is published. */
  notice: z.nullable(z.string()),
  values: z.record(z.string(), z.nullable(z.string())),
  chat: Chat,
  channel: Channel,
})
export type AutomaticContext = z.infer<typeof Context>

/** What an automatic text needs to be sent; null when its chat is gone. */
export async function automaticContext(db: Database, accountId: string, ref: object): Promise<AutomaticContext | null> {
  const [row] = await db.query('select automatic_context($1, $2) as context', [accountId, JSON.stringify(ref)])
  return row?.['context'] ? Context.parse(row['context']) : null
}

/** Notes in the log why an automatic text was not sent. */
export async function automaticSkipped(db: Database, accountId: string, ref: object, why: string): Promise<void> {
  await db.query('select automatic_skipped($1, $2, $3)', [accountId, JSON.stringify(ref), why])
}
