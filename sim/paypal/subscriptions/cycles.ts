/**
 * A subscription through time: cycles that fall due, payments that the bank refuses, the tries after them, and the end
 * (reference/payments.md §3.4: again every 5 days, at most twice a cycle; what stays open joins the next cycle).
 */
import type { Cycle, Plan, Sale, Subscription } from '../model.ts'
import { feeOf } from '../money.ts'
import type { Money } from '../money.ts'
import { makeId } from '../ground.ts'
import type { Paypal } from '../service.ts'
import { saleView, subscriptionView } from './views.ts'

const RETRY_MS = 5 * 24 * 3600_000
const TRIES_MORE = 2

export function tell(pp: Paypal, what: string, subscription: Subscription): void {
  const resource = subscriptionView(pp, subscription)
  const about = { app: subscription.app, resourceType: 'subscription', version: '2.0' as const, summary: `Subscription ${what}` }
  pp.teller.tell({ ...about, type: `BILLING.SUBSCRIPTION.${what}`, resource })
}

/** The buyer has agreed, or the merchant turned it on: it begins, and the first cycle is due now. */
export function begin(pp: Paypal, subscription: Subscription): void {
  const now = pp.now(subscription.app)
  const begun = pp.subscriptions.put({ ...subscription, status: 'ACTIVE', startAt: now, updatedAt: now, nextAt: now })
  tell(pp, 'ACTIVATED', begun)
  catchUp(pp, begun.id)
}

/** Everything that has fallen due by now happens, in its order. */
export function catchUp(pp: Paypal, id: string): Subscription | undefined {
  for (;;) {
    const one = pp.subscriptions.get(id)
    const plan = pp.plans.get(one?.planId ?? '')
    if (!one || !plan || one.status !== 'ACTIVE') return one
    const now = pp.now(one.app)
    const [retry, next] = [one.retryAt ?? Infinity, one.nextAt ?? Infinity]
    if (Math.min(retry, next) > now) return one
    if (retry <= next) tryAgain(pp, one, plan, retry)
    else runCycle(pp, one, plan, next)
  }
}

/** After a clock was moved: all of an application's subscriptions. */
export function catchUpAll(pp: Paypal, app: string): void {
  for (const one of pp.subscriptions.all()) if (one.app === app) catchUp(pp, one.id)
}

/** The cycle that comes next; undefined: all are done. */
function cycleOf(plan: Plan, { done }: Subscription): Cycle | undefined {
  return plan.cycles.find(({ sequence, total }) => total === 0 || (done[sequence] ?? 0) < total)
}

function runCycle(pp: Paypal, one: Subscription, plan: Plan, at: number): void {
  const cycle = cycleOf(plan, one)
  if (!cycle) {
    tell(pp, 'EXPIRED', pp.subscriptions.put({ ...one, status: 'EXPIRED', nextAt: null, retryAt: null, updatedAt: at }))
    return
  }
  const done = { ...one.done, [cycle.sequence]: (one.done[cycle.sequence] ?? 0) + 1 }
  const ahead = { ...one, done, nextAt: after(at, cycle), retryAt: null, triesLeft: TRIES_MORE, updatedAt: at }
  const price = cycle.price?.minor ?? 0
  const due = { ...one.outstanding, minor: price + (plan.billsOutstanding ? one.outstanding.minor : 0) }
  const isFree = due.minor === 0
  // What an earlier cycle left unpaid is counted when its tries are over.
  const counted = one.retryAt === null ? ahead : { ...ahead, failedCount: one.failedCount + 1 }
  if (isFree) pp.subscriptions.put(counted)
  else pay(pp, { ...counted, outstanding: { ...one.outstanding, minor: one.outstanding.minor + price } }, due, plan, at)
}

function tryAgain(pp: Paypal, one: Subscription, plan: Plan, at: number): void {
  pay(pp, { ...one, triesLeft: one.triesLeft - 1, retryAt: null }, one.outstanding, plan, at)
}

/** `one.outstanding` holds what is owed; what is paid leaves it. */
export function pay(pp: Paypal, one: Subscription, amount: Money, plan: Plan, at: number): Sale | null {
  if (one.refuses > 0) {
    fail(pp, { ...one, refuses: one.refuses - 1, lastFailed: { amount, at } }, plan, at)
    return null
  }
  const sale = pp.sales.put({
    ...{ id: makeId(17), app: one.app, subscriptionId: one.id, status: 'completed', amount, fee: feeOf(amount) },
    ...{ customId: one.customId, at, takenBack: 0 },
  })
  const outstanding = { ...amount, minor: Math.max(0, one.outstanding.minor - amount.minor) }
  pp.subscriptions.put({ ...one, outstanding, failedCount: 0, retryAt: null, last: { amount, at }, updatedAt: at })
  const reference = { type: 'SUB' as const, id: one.id }
  const row = { app: one.app, transaction: sale.id, code: 'T0002', amount, fee: sale.fee, at, reference }
  pp.movements.put({ id: makeId(17), ...row, invoiceId: null, customId: one.customId })
  tellSale(pp, sale, 'COMPLETED')
  return sale
}

function fail(pp: Paypal, one: Subscription, plan: Plan, at: number): void {
  const isTriedAgain = one.triesLeft > 0
  const failedCount = one.failedCount + (isTriedAgain ? 0 : 1)
  const kept = pp.subscriptions.put({ ...one, failedCount, retryAt: isTriedAgain ? at + RETRY_MS : null, updatedAt: at })
  tell(pp, 'PAYMENT.FAILED', kept)
  if (plan.threshold === 0 || failedCount < plan.threshold) return
  tell(pp, 'SUSPENDED', pp.subscriptions.put({ ...kept, status: 'SUSPENDED', retryAt: null }))
}

export function tellSale(
  pp: Paypal,
  sale: Sale,
  word: 'COMPLETED' | 'REFUNDED' | 'REVERSED',
  resource = saleView(pp, sale),
): void {
  const about = { app: sale.app, resourceType: word === 'REFUNDED' ? 'refund' : 'sale', version: '1.0' as const }
  pp.teller.tell({ ...about, type: `PAYMENT.SALE.${word}`, summary: `Payment ${word}`, resource })
}

/** One period later: a month after 31 January is the last day of February. */
function after(at: number, { unit, count }: Cycle): number {
  if (unit === 'DAY' || unit === 'WEEK') return at + count * (unit === 'DAY' ? 1 : 7) * 24 * 3600_000
  const date = new Date(at)
  const months = date.getUTCMonth() + count * (unit === 'YEAR' ? 12 : 1)
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), months + 1, 0)).getUTCDate()
  const day = Math.min(date.getUTCDate(), lastDay)
  return Date.UTC(date.getUTCFullYear(), months, day, date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds())
}
