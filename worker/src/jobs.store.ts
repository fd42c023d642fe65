import * as z from 'zod'
import type { Database } from './lib/sql.ts'

const Taken = z.object({
  account_id: z.string(),
  kind: z.string(),
  ref: z.record(z.string(), z.unknown()),
  trace_id: z.nullable(z.string()),
  attempts: z.number(),
})
export type TakenJob = z.infer<typeof Taken>

/** Takes a job for ourselves, or null when it is done or somebody is at it. */
export async function takeJob(db: Database, jobId: string): Promise<TakenJob | null> {
  const [row] = await db.query('select * from job_take($1)', [jobId], 15_000)
  return row ? Taken.parse(row) : null
}

export async function settleJob(
  db: Database,
  accountId: string,
  jobId: string,
  outcome: 'done' | 'again' | 'dead',
  error: string | null,
  waitSeconds: number,
): Promise<void> {
  await db.query('select job_settle($1, $2, $3, $4, $5)', [accountId, jobId, outcome, error, waitSeconds], 15_000)
}

/** Jobs whose time has come and whose queue message is lost; they are ours for two minutes. */
export async function jobsDue(db: Database, limit: number): Promise<{ id: string; kind: string }[]> {
  return z
    .array(z.object({ id: z.string(), kind: z.string() }))
    .parse(await db.query('select * from jobs_due($1)', [limit], 15_000))
}

/** New jobs for numbers whose provider nobody has asked for an hour. */
export async function watchDue(db: Database): Promise<{ id: string; kind: string }[]> {
  return z.array(z.object({ id: z.string(), kind: z.string() })).parse(await db.query('select * from watch_due()', [], 15_000))
}

/** Deletes what has outlived its retention; how many rows of each table. */
export async function retention(db: Database): Promise<unknown> {
  const [row] = await db.query('select retention() as gone', [], 60_000)
  return row?.['gone']
}

/** Uploads that began more than a day ago: what is left of their parts is needed no more. */
export async function uploadsPast(db: Database, limit: number): Promise<{ accountId: string; mediaId: string }[]> {
  const rows = await db.query('select * from uploads_past($1)', [limit], 15_000)
  return rows.map((row) => ({ accountId: String(row['account_id']), mediaId: String(row['media_id']) }))
}

export async function uploadsForget(db: Database, mediaIds: readonly string[]): Promise<void> {
  await db.query('select uploads_forget($1)', [mediaIds], 15_000)
}

/** What waits in the database. Throws when it is away. */
export async function healthFigures(db: Database): Promise<Record<string, number>> {
  const [row] = await db.query('select health_figures() || billing_figures() || recon_figures() as figures', [], 3_000)
  return z.record(z.string(), z.number()).parse(row?.['figures'])
}

const Head = z.object({
  account_id: z.string(),
  entries: z.coerce.number(),
  broken_at: z.nullable(z.coerce.number()),
  head: z.string(),
})

/** The head of each company's audit chain, and where it is broken. */
export async function auditHeads(
  db: Database,
): Promise<{ accountId: string; entries: number; brokenAt: number | null; head: string }[]> {
  const rows = await db.query('select * from audit_heads()', [], 60_000)
  return z
    .array(Head)
    .parse(rows)
    .map(({ account_id, entries, broken_at, head }) => ({ accountId: account_id, entries, brokenAt: broken_at, head }))
}

/** Ends the requests for a transfer that nobody has decided in time; what each company's phones must hear of it. */
export async function transfersExpire(db: Database): Promise<{ accountId: string; told: unknown }[]> {
  const rows = await db.query('select account_id, told from transfers_expire()', [], 30_000)
  return rows.map((row) => ({ accountId: String(row['account_id']), told: row['told'] }))
}

/** What has begun to be so wrong that administrators are woken: the jobs that tell them. */
export async function alarmsLook(db: Database): Promise<unknown> {
  const [row] = await db.query('select alarms_look() as begun', [], 30_000)
  return row?.['begun']
}

/** The same for one kind that is looked at elsewhere: companies for which it holds now. */
export async function alarmsKeep(
  db: Database,
  kind: 'audit_broken',
  now: readonly { accountId: string; figure: number }[],
): Promise<unknown> {
  const [row] = await db.query('select alarms_keep($1, $2) as begun', [kind, JSON.stringify(now)], 30_000)
  return row?.['begun']
}

export async function accountsWithRules(db: Database): Promise<string[]> {
  const rows = await db.query('select a as id from accounts_with_rules() a', [], 30_000)
  return rows.map((row) => String(row['id']))
}

/** Gives away by rule what waits in a company; what its phones must hear, null when nothing has changed. */
export async function runRules(db: Database, accountId: string, sessionsHere: readonly string[]): Promise<unknown> {
  const [row] = await db.query('select rules_run($1, $2) as told', [accountId, sessionsHere], 30_000)
  return row?.['told'] ?? null
}
