/** What a gateway's report told and what our books say to it: db/functions/245_recon.sql, one round trip each. */
import * as z from 'zod'
import { toMicro } from '#contract/money.ts'
import type { Database } from '../lib/sql.ts'
import type { Holding, Movement } from './gateway.ts'

/** A day of many movements is worked through in one statement. */
const SLOW_MS = 60_000

export type Period = { from: Date; to: Date }

async function one(db: Database, call: string, params: unknown[]): Promise<unknown> {
  const [row] = await db.query(`select ${call} as it`, params, SLOW_MS)
  return row?.['it'] ?? null
}

const Payments = z.array(z.string())
const bounds = (gateway: string, { from, to }: Period) => [gateway, from.toISOString(), to.toISOString()]

/** Writes down what was told; the payments that a look may settle. */
export async function take(db: Database, gateway: string, period: Period, movements: readonly Movement[]): Promise<string[]> {
  const told = movements.map(({ amount, fee, at, ...rest }) => ({
    ...rest,
    amount: String(toMicro(amount)),
    fee: String(toMicro(fee)),
    currency: amount.currency,
    at: at.toISOString(),
  }))
  return Payments.parse(await one(db, 'recon_take($1, $2, $3, $4)', [...bounds(gateway, period), JSON.stringify(told)]))
}

/** Compares again, after the looks. */
export async function judge(db: Database, gateway: string, period: Period): Promise<void> {
  await one(db, 'recon_judge($1, $2, $3)', bounds(gateway, period))
}

export async function failed(db: Database, gateway: string, period: Period, problem: string): Promise<void> {
  await one(db, 'recon_failed($1, $2, $3, $4)', [...bounds(gateway, period), problem])
}

export async function weigh(db: Database, gateway: string, holdings: readonly Holding[]): Promise<void> {
  const told = holdings.map(({ available, pending }) => ({
    currency: available.currency,
    available: String(toMicro(available)),
    pending: String(toMicro(pending)),
  }))
  await one(db, 'recon_weigh($1, $2)', [gateway, JSON.stringify(told)])
}

export async function books(db: Database): Promise<void> {
  await one(db, 'recon_books()', [])
}

/** Gateways that nobody has compared today; whoever asks does it. */
export async function due(db: Database, gateways: readonly string[]): Promise<string[]> {
  const rows = await db.query('select x as gateway from recon_due($1) x', [gateways], SLOW_MS)
  return rows.map((row) => String(row['gateway']))
}

const Figures = z.object({ reconDifferences: z.number() })

/** How many things a person must look at. */
export async function differences(db: Database): Promise<number> {
  return Figures.parse(await one(db, 'recon_figures()', [])).reconDifferences
}
