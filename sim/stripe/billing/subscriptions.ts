/** A subscription's life: it begins, is paid or not, and ends. */
import { blank } from '../contract.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Invoice, Item, Metadata, Method, Price, Subscription } from '../model.ts'
import { DAY, makeId } from '../service.ts'
import type { Stripe } from '../service.ts'
import { aList } from '../rest/shown.ts'
import { finalize, markFailed, newInvoice, payInvoice, voidInvoice } from './invoices.ts'
import { periodLine } from './lines.ts'
import { periodEnd } from './periods.ts'

const HOUR = 3600
const INCOMPLETE_LIFE_S = 23 * HOUR
const TRIAL_WARNING_S = 3 * DAY
const UPCOMING_S = 7 * DAY

export type Start = {
  customer: string
  prices: { price: Price; quantity: number }[]
  method: string | null
  metadata: Metadata
  description: string | null
  trialEnd: number | null
  missingMethod: string
  cancelAtPeriodEnd: boolean
}

/** A price as older versions showed it: items still carry it. */
function planOf({ id, active, unit_amount, currency, recurring, product, metadata, created }: Price): Fields {
  const every = { interval: recurring?.interval, interval_count: recurring?.interval_count, usage_type: 'licensed' }
  return { id, object: 'plan', active, amount: unit_amount, currency, product, metadata, created, livemode: false, ...every }
}

export function newItem(
  s: Stripe,
  subscription: string,
  price: Price,
  quantity: number,
  period: { start: number; end: number },
): Item {
  return {
    ...blank('subscription_item'),
    ...{ id: makeId('si'), object: 'subscription_item', created: s.now(), price, plan: planOf(price), quantity, subscription },
    ...{ current_period_start: period.start, current_period_end: period.end, metadata: {}, discounts: [] },
  }
}

export function withPrice(item: Item, price: Price, quantity: number): Item {
  return { ...item, price, plan: planOf(price), quantity }
}

/** Makes a subscription with its first invoice, which nobody has paid yet unless it is of nothing. */
export function begin(s: Stripe, start: Start): { sub: Subscription; invoice: Invoice } {
  const id = makeId('sub')
  const [now, isTrial] = [s.now(), start.trialEnd !== null && start.trialEnd > s.now()]
  const every = start.prices[0]?.price.recurring
  const end = isTrial ? (start.trialEnd ?? now) : every ? periodEnd(now, every, now) : now
  const items = start.prices.map(({ price, quantity }) => newItem(s, id, price, quantity, { start: now, end }))
  const sub: Subscription = {
    ...blank('subscription'),
    ...{ id, object: 'subscription', created: now, start_date: now, livemode: false, customer: start.customer },
    ...{
      status: isTrial ? 'trialing' : 'incomplete',
      billing_cycle_anchor: isTrial ? end : now,
      currency: items[0]?.price.currency ?? 'usd',
    },
    ...{
      default_payment_method: start.method,
      metadata: start.metadata,
      description: start.description,
      collection_method: 'charge_automatically',
    },
    ...{ cancel_at_period_end: start.cancelAtPeriodEnd, cancel_at: start.cancelAtPeriodEnd ? end : null, canceled_at: null },
    ...{
      ended_at: null,
      latest_invoice: null,
      pending_update: null,
      trial_start: isTrial ? now : null,
      trial_end: isTrial ? end : null,
    },
    billing_mode: { type: 'flexible', flexible: null },
    trial_settings: { end_behavior: { missing_payment_method: start.missingMethod } },
    items: { ...aList([], `/v1/subscription_items?subscription=${id}`), data: items },
  }
  const lines = items.map((item) => periodLine(s, { sub, item, price: item.price }, { start: now, end }, isTrial))
  s.tables.subscriptions.put(sub)
  s.tell('customer.subscription.created', sub)
  const draft = newInvoice(s, {
    customer: start.customer,
    currency: sub.currency,
    reason: 'subscription_create',
    lines,
    subscription: sub,
  })
  const mine = s.tables.subscriptions.put({ ...sub, latest_invoice: draft.id })
  const invoice = finalize(s, draft)
  if (isTrial) {
    s.schedule('trial-will-end', id, Math.max(now, end - TRIAL_WARNING_S))
    renewsAt(s, id, end)
  } else if (invoice.status === 'paid') activate(s, mine)
  else s.schedule('incomplete-expires', id, now + INCOMPLETE_LIFE_S)
  return { sub: s.tables.subscriptions.get(id) ?? mine, invoice }
}

/** Changes it and tells what it was; what stays as it is, is no news. */
export function change(
  s: Stripe,
  sub: Subscription,
  patch: Partial<Subscription>,
  type = 'customer.subscription.updated',
): Subscription {
  const names = Object.keys(patch).filter((name) => JSON.stringify(sub[name]) !== JSON.stringify(patch[name]))
  if (names.length === 0 && type === 'customer.subscription.updated') return sub
  const changed = s.tables.subscriptions.put({ ...sub, ...patch })
  s.tell(type, changed, Object.fromEntries(names.map((name) => [name, sub[name] ?? null])))
  return changed
}

/** When its period ends; and days before, what is to come is told. */
export function renewsAt(s: Stripe, id: string, at: number): void {
  s.schedule('period-ends', id, at)
  s.unschedule('upcoming', id)
  if (at - UPCOMING_S > s.now()) s.schedule('upcoming', id, at - UPCOMING_S)
}

/** Its money came: what waited for it goes on. */
export function activate(s: Stripe, sub: Subscription): void {
  if (sub.status === 'incomplete') {
    s.unschedule('incomplete-expires', sub.id)
    renewsAt(s, sub.id, sub.items.data[0]?.current_period_end ?? s.now())
  }
  if (sub.status === 'incomplete' || sub.status === 'past_due' || sub.status === 'unpaid') change(s, sub, { status: 'active' })
}

/** The card that pays it: its own, or its customer's. */
export function payerOf(s: Stripe, sub: Subscription): Method | undefined {
  const ofCustomer = s.tables.customers.get(sub.customer)?.invoice_settings.default_payment_method
  return s.tables.methods.get(sub.default_payment_method ?? ofCustomer ?? '')
}

/** Tries to pay an invoice of a subscription without its owner. */
export function collect(s: Stripe, sub: Subscription, invoice: Invoice): void {
  const method = payerOf(s, sub)
  if (method) payInvoice(s, invoice, method, { offSession: true })
  else invoiceFailed(s, invoice, sub)
}

/** A payment of an invoice failed: it is tried again, until the tries are used up. */
export function invoiceFailed(s: Stripe, invoice: Invoice, sub: Subscription | undefined): void {
  const { retryDays, afterRetries } = s.settings()
  // Nobody else pays the first invoice, or the one of a plan that waits for its money.
  const isFirstOne =
    invoice.billing_reason === 'subscription_create' || s.tables.promised.get(sub?.id ?? '')?.invoice === invoice.id
  const first = Number(invoice.status_transitions.finalized_at ?? s.now())
  const day = isFirstOne ? undefined : retryDays[invoice.attempt_count]
  const at = day === undefined ? null : first + day * DAY
  const failed = markFailed(s, invoice, at)
  if (!sub || isFirstOne || failed.billing_reason === 'manual') return
  if (at !== null) {
    s.schedule('invoice-retries', invoice.id, Math.max(at, s.now() + 1))
    if (sub.status === 'active' || sub.status === 'trialing') change(s, sub, { status: 'past_due' })
  } else if (afterRetries === 'cancel') endIt(s, sub, 'payment_failed')
  else change(s, sub, { status: afterRetries })
}

/** It is over, for good. */
export function endIt(s: Stripe, sub: Subscription, reason: string): Subscription {
  for (const kind of ['period-ends', 'upcoming', 'trial-will-end', 'incomplete-expires', 'pending-update-expires'])
    s.unschedule(kind, sub.id)
  for (const invoice of openInvoices(s, sub)) s.unschedule('invoice-retries', invoice.id)
  const ended = s.tables.subscriptions.put({
    ...sub,
    ...{ status: 'canceled', canceled_at: sub.canceled_at ?? s.now(), ended_at: s.now(), pending_update: null },
    cancellation_details: { ...blank('Subscription.CancellationDetails'), reason },
  })
  s.tell('customer.subscription.deleted', ended)
  return ended
}

export function openInvoices(s: Stripe, sub: Subscription): Invoice[] {
  return s.tables.invoices
    .all()
    .filter(({ status, parent }) => status === 'open' && parent?.subscription_details?.subscription === sub.id)
}

/** Nobody paid the first invoice in time. */
export function expireIncomplete(s: Stripe, sub: Subscription): void {
  if (sub.status !== 'incomplete') return
  for (const invoice of openInvoices(s, sub)) voidInvoice(s, invoice)
  change(s, sub, { status: 'incomplete_expired', ended_at: s.now() })
}
