/**
 * Reconciliation: each day our account at a gateway, line by line, is put beside our books, both ways, and what it has beside what we
 * think that it has (reference/payments.md §7). What is missing here is settled by the looks that settle everything; what differs is
 * shown to a person.
 */
import type { Env } from '../lib/env.ts'
import { log } from '../lib/log.ts'
import { databaseOf } from '../lib/sql.ts'
import { each } from './each.ts'
import type { Gateway, GatewayName } from './gateway.ts'
import { lookAtPayment } from './payments.ts'
import * as store from './reconcile.store.ts'
import { gatewayOf, gatewaysHere } from './registry.ts'
import { lookAtSubscription } from './subscriptions.ts'
import { told } from './topups.ts'

const DAY_MS = 24 * 3_600_000
/** Reports are hours late, and what failed yesterday is asked for again: so many days before today. */
const DAYS_BACK = 3

const midnight = (at: Date): Date => new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS)

/** A payment that the gateway has and our books have not, or not so: its own object decides, as ever. */
async function settle(env: Env, gateway: Gateway, paymentRef: string): Promise<void> {
  const seen = await gateway.lookPayment(paymentRef)
  if (!seen.ok) return void told(gateway.name, 'lookPayment', seen)
  const { subscriptionRef } = seen.value
  if (subscriptionRef !== null) await lookAtSubscription(env, gateway, subscriptionRef)
  await lookAtPayment(env, gateway, paymentRef)
}

/** Puts what the gateway tells of this period beside our books; false: it could not be read. */
export async function compare(env: Env, gateway: Gateway, period: store.Period): Promise<boolean> {
  const db = databaseOf(env)
  const report = await gateway.movements(period.from, period.to)
  if (!report.ok) {
    told(gateway.name, 'movements', report)
    await store.failed(db, gateway.name, period, report.code)
    return false
  }
  const payments = await store.take(db, gateway.name, period, report.value)
  await each(payments, (ref) => settle(env, gateway, ref))
  if (payments.length > 0) await store.judge(db, gateway.name, period)
  return true
}

async function weigh(env: Env, gateway: Gateway): Promise<void> {
  const held = await gateway.holdings()
  if (held.ok) await store.weigh(databaseOf(env), gateway.name, held.value)
  else told(gateway.name, 'holdings', held)
}

/** Compares the last days with these gateways, and one more if somebody names it. Again: nothing new. */
export async function reconcile(env: Env, names: readonly GatewayName[], now: Date, day: Date | null = null): Promise<void> {
  const db = databaseOf(env)
  const lately = { from: new Date(midnight(now).getTime() - DAYS_BACK * DAY_MS), to: now }
  const isOlder = day !== null && day < lately.from
  for (const name of names) {
    const gateway = gatewayOf(env, name)
    if (!gateway) continue
    if (isOlder) await compare(env, gateway, { from: midnight(day), to: new Date(midnight(day).getTime() + DAY_MS) })
    // Up to this moment: sums can be put beside each other only when the same has been told to both.
    if (await compare(env, gateway, lately)) await weigh(env, gateway)
  }
  await store.books(db)
  const count = await store.differences(db)
  if (count > 0) log('error', { event: 'recon_differs', count })
}

/** Once a day, early in the morning of Greenwich; what could not be read is asked for again ten minutes later. */
export async function sweepReconciliation(env: Env, now: Date): Promise<void> {
  if (now.getUTCHours() !== 4 || now.getUTCMinutes() % 10 !== 7) return
  const here = gatewaysHere(env)
  const due = await store.due(databaseOf(env), here)
  const names = here.filter((name) => due.includes(name))
  if (names.length > 0) await reconcile(env, names, now)
}
