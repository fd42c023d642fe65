/** Invoices: drafted, made final, paid or not, void. */
import { blank } from '../contract.ts'
import type { Invoice, InvoicePayment, Line, Method } from '../model.ts'
import { makeId } from '../service.ts'
import type { Stripe } from '../service.ts'
import { newIntent } from '../money/intents.ts'
import { pay } from '../money/pay.ts'
import type { Tried } from '../money/pay.ts'
import { aList } from '../rest/shown.ts'
import { sumOf } from './lines.ts'

type Wanted = {
  customer: string
  currency: string
  reason: string
  lines: Line[]
  subscription: { id: string; metadata: object } | null
  period?: { start: number; end: number }
  prorationDate?: number
}

/** An invoice that nobody has to pay yet. A preview is one that is never kept. */
export function draftOf(s: Stripe, wanted: Wanted, id = makeId('in')): Invoice {
  const { customer, currency, lines, subscription, reason } = wanted
  const owner = s.tables.customers.get(customer)
  const balance = owner?.balance ?? 0
  const total = sumOf(lines)
  const due = total < 0 ? 0 : Math.max(total + Math.min(balance, 0), 0)
  return {
    ...blank('invoice'),
    ...{ id, object: 'invoice', created: s.now(), customer, currency, livemode: false, billing_reason: reason, status: 'draft' },
    ...{ amount_due: due, amount_paid: 0, amount_remaining: due, amount_overpaid: 0, subtotal: total, total, attempt_count: 0 },
    ...{ collection_method: 'charge_automatically', auto_advance: true, starting_balance: balance, next_payment_attempt: null },
    ...{ customer_email: owner?.email ?? null, customer_name: owner?.name ?? null, metadata: {}, total_taxes: [] },
    period_start: wanted.period?.start ?? s.now(),
    period_end: wanted.period?.end ?? s.now(),
    parent: subscription && {
      ...{ type: 'subscription_details', quote_details: null },
      subscription_details: {
        ...{ subscription: subscription.id, metadata: subscription.metadata },
        ...(wanted.prorationDate !== undefined && { subscription_proration_date: wanted.prorationDate }),
      },
    },
    issuer: { type: 'self' },
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    lines: { ...aList([], `/v1/invoices/${id}/lines`), data: lines.map((line) => ({ ...line, invoice: id })) },
  }
}

export function newInvoice(s: Stripe, wanted: Wanted): Invoice {
  const invoice = s.tables.invoices.put(draftOf(s, wanted))
  s.tell('invoice.created', invoice)
  return invoice
}

/** Makes a draft final: it has a number and a page, and what the customer had in credit is taken off. */
export function finalize(s: Stripe, draft: Invoice): Invoice {
  const owner = s.tables.customers.get(draft.customer)
  const before = owner?.balance ?? 0
  const due = draft.total < 0 ? 0 : Math.max(draft.total + Math.min(before, 0), 0)
  // A credit is kept for the next invoice.
  const after = draft.total < 0 ? before + draft.total : before < 0 ? before + (draft.total - due) : before
  if (owner && after !== before) s.tables.customers.put({ ...owner, balance: after })
  const count = s.tables.invoices.all().filter(({ customer, number }) => customer === draft.customer && number !== null).length
  const open = s.tables.invoices.put({
    ...draft,
    ...{ status: 'open', amount_due: due, amount_remaining: due, starting_balance: before, ending_balance: after },
    ...{ number: `${draft.customer.slice(-8).toUpperCase()}-${String(count + 1).padStart(4, '0')}`, effective_at: s.now() },
    hosted_invoice_url: `${s.sim.origin()}/stripe/invoice/${draft.id}`,
    invoice_pdf: `${s.sim.origin()}/stripe/invoice/${draft.id}/pdf`,
    status_transitions: { ...draft.status_transitions, finalized_at: s.now() },
  })
  s.tell('invoice.finalized', open)
  return due === 0 ? markPaid(s, open) : open
}

/** The payment that belongs to an invoice; made when somebody first tries to pay it. */
function paymentOf(s: Stripe, invoice: Invoice): InvoicePayment {
  const known = s.tables.invoicePayments.all().find((one) => one.invoice === invoice.id && one.status === 'open')
  if (known) return known
  const intent = newIntent(s, {
    ...{ amount: invoice.amount_remaining, currency: invoice.currency, customer: invoice.customer, metadata: {} },
    ...{ description: invoice.billing_reason === 'manual' ? null : 'Subscription payment', setup_future_usage: 'off_session' },
  })
  return addPayment(s, invoice, intent.id)
}

export function addPayment(s: Stripe, invoice: Invoice, intent: string): InvoicePayment {
  return s.tables.invoicePayments.put({
    ...blank('invoice_payment'),
    ...{
      id: makeId('inpay'),
      object: 'invoice_payment',
      created: s.now(),
      livemode: false,
      invoice: invoice.id,
      is_default: true,
    },
    ...{ amount_paid: null, amount_requested: invoice.amount_remaining, currency: invoice.currency, status: 'open' },
    payment: { type: 'payment_intent', payment_intent: intent },
    status_transitions: { canceled_at: null, paid_at: null },
  })
}

/** The intent that pays an invoice. */
export function intentOf(s: Stripe, invoice: Invoice) {
  const payment = s.tables.invoicePayments.all().findLast((one) => one.invoice === invoice.id)
  return payment && s.tables.intents.get(payment.payment.payment_intent)
}

/** Tries to take the money of an open invoice. What follows from it, follows from its payment. */
export function payInvoice(
  s: Stripe,
  invoice: Invoice,
  method: Method,
  how: { offSession: boolean; authenticated?: boolean },
): Tried {
  const payment = paymentOf(s, invoice)
  const intent = s.tables.intents.get(payment.payment.payment_intent)
  if (!intent) return 'declined'
  return pay(s, intent, method, { ...how, returnUrl: null })
}

export function markPaid(s: Stripe, invoice: Invoice): Invoice {
  s.unschedule('invoice-retries', invoice.id)
  const payment = s.tables.invoicePayments.all().find((one) => one.invoice === invoice.id && one.status === 'open')
  const paid = s.tables.invoices.put({
    ...invoice,
    ...{ status: 'paid', amount_paid: invoice.amount_due, amount_remaining: 0, attempted: true, next_payment_attempt: null },
    status_transitions: { ...invoice.status_transitions, paid_at: s.now() },
    ...(payment && { attempt_count: invoice.attempt_count + 1 }),
  })
  s.tell('invoice.paid', paid)
  s.tell('invoice.payment_succeeded', paid)
  if (payment) {
    const done = {
      ...payment,
      status: 'paid',
      amount_paid: invoice.amount_due,
      status_transitions: { canceled_at: null, paid_at: s.now() },
    }
    s.tell('invoice_payment.paid', s.tables.invoicePayments.put(done))
  }
  return paid
}

/** A try did not go; `at`: when the next one is. */
export function markFailed(s: Stripe, invoice: Invoice, at: number | null): Invoice {
  const failed = s.tables.invoices.put({
    ...invoice,
    ...{ attempted: true, attempt_count: invoice.attempt_count + 1, next_payment_attempt: at },
  })
  s.tell('invoice.payment_failed', failed)
  return failed
}

export function voidInvoice(s: Stripe, invoice: Invoice): Invoice {
  s.unschedule('invoice-retries', invoice.id)
  const gone = s.tables.invoices.put({
    ...invoice,
    ...{ status: 'void', next_payment_attempt: null },
    status_transitions: { ...invoice.status_transitions, voided_at: s.now() },
  })
  s.tell('invoice.voided', gone)
  return gone
}
