/** Which sessions still live, and what their people may do and see: for sockets, which outlast a request. */
import * as z from 'zod'
import type { Database } from '../lib/sql.ts'
import { MeRow, Sight } from './caller.ts'

const SessionNow = z.union([MeRow, z.object({ sight: Sight })])
export type SessionNow = z.infer<typeof SessionNow>

/** By session id; one that has ended is not there. Keys for machines count as sessions. */
export async function sessionsNow(db: Database, sessionIds: string[]): Promise<Map<string, SessionNow>> {
  const rows = await db.query('select session_id, me from sessions_now($1)', [sessionIds])
  return new Map(rows.map((row) => [String(row['session_id']), SessionNow.parse(row['me'])]))
}
