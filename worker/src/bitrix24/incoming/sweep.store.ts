/** Conversations that go on, and what we know of them: db/functions/215_portal_sweep.sql. */
import * as z from 'zod'
import type { Database } from '../../lib/sql.ts'
import { ask } from './incoming.store.ts'

export { given } from './incoming.store.ts'

const Active = z.object({
  accountId: z.string(),
  portalChatId: z.string(),
  imChatId: z.string(),
  connector: z.string(),
  line: z.number(),
  external: z.string(),
})
export type ActiveChat = z.infer<typeof Active>

export async function active(db: Database, portalId: string, limit: number): Promise<ActiveChat[]> {
  return z.array(Active).parse(await ask(db, 'portal_active', portalId, limit))
}

/** Of these messages, those that we have never heard of. */
export async function unheard(db: Database, portalId: string, imMessageIds: string[]): Promise<string[]> {
  return z.array(z.string()).parse(await ask(db, 'portal_unheard', portalId, imMessageIds))
}

/** Whoever wrote it is told that it did not arrive; gives the jobs that carry it. */
export async function missed(db: Database, portalId: string, message: object): Promise<unknown> {
  return ask(db, 'portal_missed', portalId, message)
}
