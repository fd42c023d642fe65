/** What happens to subscriptions by itself, when its time has come. */
import type { Subscription } from '../model.ts'
import type { Stripe } from '../service.ts'
import { draftOf, finalize, newInvoice, voidInvoice } from './invoices.ts'
import { periodLine } from './lines.ts'
import { later, periodEnd } from './periods.ts'
import { change, collect, endIt, expireIncomplete, invoiceFailed, payerOf, renewsAt } from './subscriptions.ts'

/** A draft of a renewal is made final after an hour. */
const DRAFT_S = 3600

/** The period is over: it ends, stands still, or goes on with a new invoice. */
function periodEnds(s: Stripe, sub: Subscription): void {
  if (!['trialing', 'active', 'past_due', 'unpaid'].includes(sub.status)) return
  if (sub.cancel_at_period_end || (sub.cancel_at !== null && sub.cancel_at <= s.now()))
    return void endIt(s, sub, 'cancellation_requested')
  const isTrialOver = sub.status === 'trialing'
  if (isTrialOver && !payerOf(s, sub)) {
    const instead = sub.trial_settings.end_behavior.missing_payment_method
    if (instead === 'cancel') return void endIt(s, sub, 'payment_failed')
    if (instead === 'pause') return void change(s, sub, { status: 'paused' }, 'customer.subscription.paused')
  }
  renew(s, sub, isTrialOver)
}

/** A new period begins now. */
export function renew(s: Stripe, sub: Subscription, isTrialOver: boolean): Subscription {
  const now = s.now()
  const every = sub.items.data[0]?.price.recurring
  if (!every) return sub
  const period = { start: now, end: periodEnd(sub.billing_cycle_anchor, every, now) }
  const data = sub.items.data.map((item) => ({ ...item, current_period_start: period.start, current_period_end: period.end }))
  const going = change(s, sub, { items: { ...sub.items, data }, ...(isTrialOver && { status: 'active' }) })
  const waiting = s.tables.pendings.all().filter(({ subscription }) => subscription === sub.id)
  for (const { id } of waiting) s.tables.pendings.drop(id)
  const lines = [
    ...waiting.map(({ line }) => line),
    ...data.map((item) => periodLine(s, { sub, item, price: item.price }, period)),
  ]
  const draft = newInvoice(s, {
    customer: sub.customer,
    currency: sub.currency,
    reason: 'subscription_cycle',
    lines,
    subscription: sub,
    period,
  })
  const renewed = s.tables.subscriptions.put({ ...going, latest_invoice: draft.id })
  s.schedule('invoice-finalizes', draft.id, now + DRAFT_S)
  renewsAt(s, sub.id, period.end)
  return renewed
}

/** What the next invoice will be: it has no id yet. */
function upcoming(s: Stripe, sub: Subscription): void {
  if (sub.cancel_at_period_end || !['trialing', 'active', 'past_due'].includes(sub.status)) return
  const lines = sub.items.data.map((item) => {
    const start = item.current_period_end
    const { recurring } = item.price
    return periodLine(s, { sub, item, price: item.price }, { start, end: recurring ? later(start, recurring, 1) : start })
  })
  const wanted = { customer: sub.customer, currency: sub.currency, reason: 'upcoming', lines, subscription: sub }
  s.tell('invoice.upcoming', draftOf(s, wanted, ''))
}

function subOf(s: Stripe, invoiceId: string): Subscription | undefined {
  const invoice = s.tables.invoices.get(invoiceId)
  return s.tables.subscriptions.get(invoice?.parent?.subscription_details?.subscription ?? '')
}

function finalizes(s: Stripe, id: string): void {
  const draft = s.tables.invoices.get(id)
  const sub = subOf(s, id)
  // Who has not paid for long gets drafts only; who left gets nothing.
  if (draft?.status !== 'draft' || !sub || sub.status === 'unpaid') return
  if (sub.status === 'canceled') return void voidInvoice(s, draft)
  const open = finalize(s, draft)
  if (open.status === 'open') collect(s, sub, open)
}

function retries(s: Stripe, id: string): void {
  const invoice = s.tables.invoices.get(id)
  const sub = subOf(s, id)
  if (invoice?.status === 'open' && sub) collect(s, sub, invoice)
  else if (invoice?.status === 'open') invoiceFailed(s, invoice, undefined)
}

function pendingExpires(s: Stripe, sub: Subscription): void {
  const promised = s.tables.promised.get(sub.id)
  s.tables.promised.drop(sub.id)
  const invoice = s.tables.invoices.get(promised?.invoice ?? '')
  if (invoice?.status === 'open') voidInvoice(s, invoice)
  if (sub.pending_update) change(s, sub, { pending_update: null }, 'customer.subscription.pending_update_expired')
}

type Does = (s: Stripe, ref: string) => void
const about =
  (does: (s: Stripe, sub: Subscription) => void): Does =>
  (s, ref) => {
    const sub = s.tables.subscriptions.get(ref)
    if (sub) does(s, sub)
  }

export const billingTasks: Readonly<Record<string, Does>> = {
  'period-ends': about(periodEnds),
  upcoming: about(upcoming),
  'incomplete-expires': about(expireIncomplete),
  'trial-will-end': about((s, sub) => {
    if (sub.status === 'trialing') s.tell('customer.subscription.trial_will_end', sub)
  }),
  'pending-update-expires': about(pendingExpires),
  'cancels-at': about((s, sub) => {
    if (sub.cancel_at !== null && sub.cancel_at <= s.now() && sub.ended_at === null) endIt(s, sub, 'cancellation_requested')
  }),
  'invoice-finalizes': finalizes,
  'invoice-retries': retries,
}
