import * as z from 'zod'
import type { Database } from '../lib/sql.ts'

const Context = z.object({
  /** Why it is not sent any more: a step of the log's words. */
  skip: z.nullable(z.string()),
  words: z.nullable(z.string()),
  /** Key of the page of the privacy notice, where one is published. */
  notice: z.nullable(z.string()),
  values: z.record(z.string(), z.nullable(z.string())),
  chat: z.object({
    id: z.string(),
    objectKey: z.string(),
    lastInboundAt: z.nullable(z.string()),
    consent: z.nullable(z.object({ out: z.enum(['all', 'marketing']) })),
  }),
  channel: z.object({
    id: z.string(),
    key: z.string(),
    kind: z.string(),
    settings: z.object({ allowVideo: z.boolean(), allowLinks: z.boolean() }),
    archived: z.boolean(),
  }),
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
