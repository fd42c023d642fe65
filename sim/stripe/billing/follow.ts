/** A payment was decided: its invoice and its subscription follow. */
import type { Intent, Invoice } from '../model.ts'
import type { Stripe } from '../service.ts'
import { markPaid } from './invoices.ts'
import { activate, change, invoiceFailed, renewsAt } from './subscriptions.ts'

export function follow(s: Stripe, intent: Intent): void {
  const payment = s.tables.invoicePayments.all().findLast((one) => one.payment.payment_intent === intent.id)
  const invoice = s.tables.invoices.get(payment?.invoice ?? '')
  if (invoice?.status !== 'open') return
  const sub = s.tables.subscriptions.get(invoice.parent?.subscription_details?.subscription ?? '')
  if (intent.status === 'succeeded') paidBy(s, invoice)
  else if (intent.status === 'requires_action') s.tell('invoice.payment_action_required', invoice)
  else if (intent.status === 'requires_payment_method') invoiceFailed(s, invoice, sub)
}

/** An invoice is paid, and its subscription goes on. */
export function paidBy(s: Stripe, invoice: Invoice): Invoice {
  const paid = markPaid(s, invoice)
  const sub = s.tables.subscriptions.get(invoice.parent?.subscription_details?.subscription ?? '')
  if (!sub) return paid
  const promised = s.tables.promised.get(sub.id)
  if (promised?.invoice === invoice.id) {
    s.tables.promised.drop(sub.id)
    s.unschedule('pending-update-expires', sub.id)
    const kept = { items: { ...sub.items, data: promised.items }, billing_cycle_anchor: promised.anchor, pending_update: null }
    change(s, sub, kept, 'customer.subscription.pending_update_applied')
    renewsAt(s, sub.id, promised.items[0]?.current_period_end ?? s.now())
  }
  const now = s.tables.subscriptions.get(sub.id) ?? sub
  if (now.latest_invoice === invoice.id) activate(s, now)
  return paid
}
