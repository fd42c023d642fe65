/** Alerts on their way: db/functions/248_alerts.sql, one round trip each. */
import * as z from 'zod'
import type { Database } from '../lib/sql.ts'
import { TakenAlert } from './alert-body.ts'

const SLOW_MS = 15_000

/** What a try has met. */
export type Met = {
  isTaken: boolean
  problem: string | null
  status: number | null
  answer: string | null
  tookMs: number
}

/** Takes a delivery for ourselves; null when it is over, or somebody is at it. */
export async function takeAlert(db: Database, deliveryId: string): Promise<TakenAlert | null> {
  const [row] = await db.query('select alert_take($1) as it', [deliveryId], SLOW_MS)
  return z.nullable(TakenAlert).parse(row?.['it'] ?? null)
}

/** `waitSeconds` null: it is not tried again. */
export async function settleAlert(db: Database, alert: TakenAlert, met: Met, waitSeconds: number | null): Promise<void> {
  await db.query('select alert_settle($1, $2, $3, $4)', [alert.id, alert.tries, JSON.stringify(met), waitSeconds], SLOW_MS)
}

export async function alertsDue(db: Database, limit: number): Promise<string[]> {
  const rows = await db.query('select x as id from alerts_due($1) x', [limit], SLOW_MS)
  return rows.map((row) => String(row['id']))
}
