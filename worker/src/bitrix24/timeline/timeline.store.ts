/** Entries of the timeline in the database. */
import * as z from 'zod'
import type { Database } from '../../lib/sql.ts'
import { Entry, type EntryOutcome } from './entry.ts'

const Due = z.object({ rows: z.array(Entry), nextAt: z.nullable(z.string()) })
const QUERY_MS = 15_000

export async function takeEntries(db: Database, portalId: string, limit: number): Promise<z.infer<typeof Due>> {
  const [row] = await db.query('select portal_timeline_take($1, $2) as due', [portalId, limit], QUERY_MS)
  return Due.parse(row?.['due'])
}

export async function settleEntries(db: Database, portalId: string, outcomes: readonly EntryOutcome[]): Promise<void> {
  await db.query('select portal_timeline_settle($1, $2)', [portalId, JSON.stringify(outcomes)], QUERY_MS)
}
