/** What a portal must be told: taken from the database, and what became of it. */
import * as z from 'zod'
import { databaseOf, type Database } from '../../lib/sql.ts'
import type { Env } from '../../lib/env.ts'
import { Delivery, type Outcome } from './delivery.ts'

const Taken = z.object({ rows: z.array(Delivery), unsure: z.array(Delivery), nextAt: z.nullable(z.string()) })
export type Taken = z.infer<typeof Taken>

const QUERY_MS = 15_000

/** What may go now, ours until it is settled. `life`: of the object that asks. */
export async function take(db: Database, portalId: string, life: string, limit: number): Promise<Taken> {
  const [row] = await db.query('select portal_take($1, $2, $3) as taken', [portalId, life, limit], QUERY_MS)
  return Taken.parse(row?.['taken'])
}

/** Gives jobs, [{id, kind}]. */
export async function settle(db: Database, portalId: string, outcomes: readonly Outcome[]): Promise<unknown> {
  const [row] = await db.query('select portal_settle($1, $2) as jobs', [portalId, JSON.stringify(outcomes)], QUERY_MS)
  return row?.['jobs']
}

export type Posting = { messageId: string; chatId: string; userId: string; hash: string }

/** Notes what is about to be posted in employees' names: it may come back as an event before the answer does. */
export async function post(db: Database, portalId: string, postings: readonly Posting[]): Promise<void> {
  await db.query('select portal_post($1, $2)', [portalId, JSON.stringify(postings)], QUERY_MS)
}

/** These wait in the line of calls. */
export async function held(
  db: Database,
  portalId: string,
  ids: readonly string[],
  why: { code: string; method: string | null; until: string },
): Promise<void> {
  const args = [portalId, `{${ids.join(',')}}`, why.code, why.method, why.until]
  await db.query('select portal_held($1, $2, $3, $4, $5)', args, QUERY_MS)
}

const Named = z.nullable(z.object({ memberId: z.string(), appId: z.nullable(z.string()) }))

/** Which object a portal is; null: it was taken out. */
export async function objectOf(env: Env, portalId: string): Promise<z.infer<typeof Named>> {
  const [row] = await databaseOf(env).query('select portal_object($1) as name', [portalId], QUERY_MS)
  return Named.parse(row?.['name'] ?? null)
}

/** Portals that have something to do and nobody at it. */
export async function portalsDue(env: Env): Promise<string[]> {
  const rows = await databaseOf(env).query('select id from portals_due()', [], QUERY_MS)
  return rows.map((row) => String(row['id']))
}
