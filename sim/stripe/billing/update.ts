/** A subscription is changed: its plan, its end, its card. */
import { fieldsOf, numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Invoice, Subscription } from '../model.ts'
import { refuse, StripeError } from '../service.ts'
import type { Stripe } from '../service.ts'
import { foresee } from '../money/pay.ts'
import { metadataOf, textAfter } from '../rest/call.ts'
import { shown } from '../rest/shown.ts'
import { finalize, newInvoice, payInvoice } from './invoices.ts'
import { sumOf } from './lines.ts'
import { planChange } from './plan-change.ts'
import type { PlanChange } from './plan-change.ts'
import { change, invoiceFailed, payerOf, renewsAt } from './subscriptions.ts'

const PENDING_LIFE_S = 23 * 3600

export function updateSubscription(s: Stripe, sub: Subscription, body: Fields): Subscription {
  if (sub.ended_at !== null) throw refuse('A canceled subscription can only update its cancellation_details and metadata.')
  const settled = change(s, sub, plainChanges(s, sub, body))
  if (settled.cancel_at !== null && !settled.cancel_at_period_end) s.schedule('cancels-at', sub.id, settled.cancel_at)
  const isPlanned = ['items', 'trial_end', 'billing_cycle_anchor'].some((name) => body[name] !== undefined)
  return isPlanned ? changePlan(s, settled, body) : settled
}

/** What changes with no money in it. */
function plainChanges(s: Stripe, sub: Subscription, body: Fields): Partial<Subscription> {
  const method = textAfter(body.default_payment_method, sub.default_payment_method)
  if (method !== null && method !== sub.default_payment_method && s.tables.methods.get(method)?.customer !== sub.customer)
    throw refuse(`The customer does not have a payment method with the ID ${method}.`, { param: 'default_payment_method' })
  const trial = textOf(fieldsOf(fieldsOf(body.trial_settings).end_behavior).missing_payment_method)
  return {
    metadata: metadataOf(body.metadata, sub.metadata),
    description: textAfter(body.description, sub.description),
    default_payment_method: method,
    ...(trial !== undefined && { trial_settings: { end_behavior: { missing_payment_method: trial } } }),
    ...endChanges(s, sub, body),
  }
}

function endChanges(s: Stripe, sub: Subscription, { cancel_at_period_end, cancel_at }: Fields): Partial<Subscription> {
  const periodEnd = sub.items.data[0]?.current_period_end ?? s.now()
  if (cancel_at_period_end === true)
    return { cancel_at_period_end: true, cancel_at: periodEnd, canceled_at: sub.canceled_at ?? s.now() }
  if (cancel_at_period_end === false || cancel_at === '')
    return { cancel_at_period_end: false, cancel_at: null, canceled_at: null }
  const at = numberOf(cancel_at)
  if (cancel_at === undefined) return {}
  return { cancel_at_period_end: false, cancel_at: at ?? periodEnd, canceled_at: s.now() }
}

function changePlan(s: Stripe, sub: Subscription, body: Fields): Subscription {
  if (sub.status === 'incomplete')
    throw refuse('You cannot update a subscription in `incomplete` status in a way that results in a new invoice.')
  const plan = planChange(s, sub, body)
  const trialEnd = body.trial_end === 'now' ? s.now() : numberOf(body.trial_end)
  if (trialEnd !== undefined && trialEnd > s.now()) return lengthenTrial(s, sub, plan, trialEnd)
  if (!plan.isInvoicedNow) {
    for (const line of plan.lines) s.tables.pendings.put({ id: line.id, subscription: sub.id, line })
    return change(s, sub, { items: { ...sub.items, data: plan.items } })
  }
  const behaviour = textOf(body.payment_behavior) ?? 'allow_incomplete'
  const outcome = foreseen(s, sub, plan, body.off_session === true)
  if (outcome === 'declined' && behaviour === 'error_if_incomplete')
    throw new StripeError(402, {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'generic_decline',
      message: 'Your card was declined.',
    })
  if (outcome !== 'paid' && behaviour === 'pending_if_incomplete') return promise(s, sub, plan, body.off_session === true)
  return apply(s, sub, plan, body.off_session === true)
}

function foreseen(s: Stripe, sub: Subscription, plan: PlanChange, offSession: boolean) {
  const method = payerOf(s, sub)
  if (sumOf(plan.lines) <= 0) return 'paid'
  return method ? foresee(s, method, { offSession }) : 'declined'
}

function invoiceFor(s: Stripe, sub: Subscription, plan: PlanChange): Invoice {
  const draft = newInvoice(s, {
    ...{ customer: sub.customer, currency: sub.currency, reason: 'subscription_update', lines: plan.lines, subscription: sub },
    prorationDate: s.now(),
  })
  return finalize(s, draft)
}

function apply(s: Stripe, sub: Subscription, plan: PlanChange, offSession: boolean): Subscription {
  const isTrialOver = sub.status === 'trialing'
  const changed = change(s, sub, {
    ...{ items: { ...sub.items, data: plan.items }, billing_cycle_anchor: plan.anchor },
    ...(isTrialOver && plan.startsAnew && { status: 'active', trial_end: s.now() }),
  })
  if (plan.startsAnew) {
    s.unschedule('trial-will-end', sub.id)
    renewsAt(s, sub.id, plan.items[0]?.current_period_end ?? s.now())
  }
  const invoice = invoiceFor(s, changed, plan)
  const mine = s.tables.subscriptions.put({ ...changed, latest_invoice: invoice.id })
  const method = payerOf(s, sub)
  if (invoice.status === 'open' && method) payInvoice(s, invoice, method, { offSession })
  else if (invoice.status === 'open') invoiceFailed(s, invoice, mine)
  return s.tables.subscriptions.get(sub.id) ?? mine
}

/** The old plan holds until the new one is paid. */
function promise(s: Stripe, sub: Subscription, plan: PlanChange, offSession: boolean): Subscription {
  const invoice = invoiceFor(s, sub, plan)
  const expires_at = s.now() + PENDING_LIFE_S
  const pending_update = {
    ...{ expires_at, subscription_items: plan.items, billing_cycle_anchor: plan.startsAnew ? plan.anchor : null },
    ...{ trial_end: null, trial_from_plan: null },
  }
  s.tables.promised.put({ id: sub.id, invoice: invoice.id, items: plan.items, anchor: plan.anchor })
  s.schedule('pending-update-expires', sub.id, expires_at)
  change(s, sub, { pending_update, latest_invoice: invoice.id })
  const method = payerOf(s, sub)
  if (invoice.status === 'open' && method) payInvoice(s, invoice, method, { offSession })
  return s.tables.subscriptions.get(sub.id) ?? sub
}

function lengthenTrial(s: Stripe, sub: Subscription, plan: PlanChange, trialEnd: number): Subscription {
  const data = plan.items.map((item) => ({ ...item, current_period_end: trialEnd }))
  renewsAt(s, sub.id, trialEnd)
  const trial = { status: 'trialing', trial_end: trialEnd, billing_cycle_anchor: trialEnd } as const
  return change(s, sub, { ...trial, items: { ...sub.items, data } })
}

export function asShown(s: Stripe, sub: Subscription): Fields {
  return shown(s, s.tables.subscriptions.get(sub.id) ?? sub)
}
