/** Invoices as the API shows, pays and voids them; and the preview of what a change would cost. */
import { fieldsOf, listOf, numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Invoice, Line, Subscription } from '../model.ts'
import { makeId, refuse } from '../service.ts'
import type { Stripe } from '../service.ts'
import { methodOf } from '../money/cards.ts'
import { customerOf } from '../money/customers.ts'
import { cardError } from '../money/pay.ts'
import { found, getMany, getOne, idOf, isWithin, pageOf, same } from '../rest/call.ts'
import type { Call, Operations } from '../rest/call.ts'
import { shown } from '../rest/shown.ts'
import { paidBy } from './follow.ts'
import { draftOf, finalize, intentOf, payInvoice, voidInvoice } from './invoices.ts'
import { periodLine } from './lines.ts'
import { later, periodEnd } from './periods.ts'
import { planChange } from './plan-change.ts'
import { newItem, payerOf } from './subscriptions.ts'

const invoices = (s: Stripe) => s.tables.invoices

function pay(call: Call): Fields {
  const { s, body } = call
  const invoice = found(invoices(s), idOf(call), 'invoice')
  const open = invoice.status === 'draft' ? finalize(s, invoice) : invoice
  if (open.status === 'paid' && invoice.status === 'draft') return shown(s, open)
  if (open.status === 'paid') throw refuse('Invoice is already paid', { code: 'invoice_already_paid' })
  if (open.status !== 'open') throw refuse(`Invoice is ${open.status}.`)
  if (body.paid_out_of_band === true) return shown(s, paidBy(s, open))
  const sub = s.tables.subscriptions.get(open.parent?.subscription_details?.subscription ?? '')
  const chosen = textOf(body.payment_method)
  const method = chosen === undefined ? sub && payerOf(s, sub) : methodOf(s, chosen, open.customer)
  if (!method) throw refuse('There is no `default_payment_method` set on this Customer or Invoice.', { code: 'missing' })
  const tried = payInvoice(s, open, method, { offSession: body.off_session === true })
  const intent = intentOf(s, open)
  if (tried === 'declined' && intent) throw cardError(s, intent)
  return shown(s, found(invoices(s), open.id, 'invoice'))
}

/** What the next invoice would be, with or without a change. Nothing of it is kept. */
function preview({ s, body }: Call): Fields {
  const details = fieldsOf(body.subscription_details)
  const sub =
    body.subscription === undefined ? null : found(s.tables.subscriptions, body.subscription, 'subscription', 'subscription')
  if (!sub) return previewOfNew(s, body, details)
  if (details.cancel_now === true || details.cancel_at_period_end === true)
    return previewOf(s, sub, waitingLines(s, sub), numberOf(details.proration_date))
  const plan = planChange(s, sub, details)
  // What is invoiced at once stands alone; otherwise it comes with the next period.
  if (plan.isInvoicedNow) return previewOf(s, sub, plan.lines, numberOf(details.proration_date) ?? s.now())
  const next = plan.items.map((item) => {
    const every = item.price.recurring
    const start = item.current_period_end
    return periodLine(s, { sub, item, price: item.price }, { start, end: every ? later(start, every, 1) : start })
  })
  const goesOn = sub.cancel_at_period_end ? [] : next
  return previewOf(s, sub, [...waitingLines(s, sub), ...plan.lines, ...goesOn], numberOf(details.proration_date))
}

function waitingLines(s: Stripe, sub: Subscription): Line[] {
  return s.tables.pendings
    .all()
    .filter(({ subscription }) => subscription === sub.id)
    .map(({ line }) => line)
}

function previewOf(s: Stripe, sub: Subscription, lines: Line[], prorationDate: number | undefined): Fields {
  const wanted = { customer: sub.customer, currency: sub.currency, reason: 'upcoming', lines, subscription: sub }
  return shown(s, draftOf(s, { ...wanted, ...(prorationDate !== undefined && { prorationDate }) }, makeId('upcoming_in')))
}

function previewOfNew(s: Stripe, body: Fields, details: Fields): Fields {
  const customer = customerOf(s, body.customer)
  const trialEnd = numberOf(details.trial_end) ?? null
  const lines = listOf(details.items)
    .map(fieldsOf)
    .map(({ price: id, quantity }) => {
      const price = found(s.tables.prices, id, 'price', 'subscription_details[items][0][price]')
      const end = trialEnd ?? (price.recurring ? periodEnd(s.now(), price.recurring, s.now()) : s.now())
      const item = newItem(s, 'sub_preview', price, numberOf(quantity) ?? 1, { start: s.now(), end })
      const sub = { id: 'sub_preview', currency: price.currency }
      return {
        line: { ...periodLine(s, { sub, item, price }, { start: s.now(), end }, trialEnd !== null), subscription: null },
        price,
      }
    })
  const currency = lines[0]?.price.currency ?? 'usd'
  const wanted = { customer: customer.id, currency, reason: 'upcoming', lines: lines.map(({ line }) => line), subscription: null }
  return shown(s, draftOf(s, wanted, makeId('upcoming_in')))
}

function ofSubscription(invoice: Invoice, wanted: unknown): boolean {
  return wanted === undefined || invoice.parent?.subscription_details?.subscription === wanted
}

export const invoiceOperations: Operations = {
  GetInvoices: getMany(
    invoices,
    (row, query) =>
      same<Invoice>('customer', 'status', 'collection_method')(row, query) &&
      ofSubscription(row, query.subscription) &&
      isWithin(row.created, query.created),
  ),
  GetInvoicesInvoice: getOne(invoices, 'invoice'),
  GetInvoicesInvoiceLines: (call) => pageOf(found(invoices(call.s), idOf(call), 'invoice').lines.data, call.query, call.path),
  PostInvoicesInvoicePay: pay,
  PostInvoicesInvoiceFinalize(call) {
    const draft = found(invoices(call.s), idOf(call), 'invoice')
    if (draft.status !== 'draft') throw refuse('This invoice is already finalized, you can’t re-finalize a non-draft invoice.')
    call.s.unschedule('invoice-finalizes', draft.id)
    return shown(call.s, finalize(call.s, draft))
  },
  PostInvoicesInvoiceVoid(call) {
    const invoice = found(invoices(call.s), idOf(call), 'invoice')
    if (invoice.status !== 'open') throw refuse(`You can only void an open invoice. This invoice is ${invoice.status}.`)
    return shown(call.s, voidInvoice(call.s, invoice))
  },
  PostInvoicesCreatePreview: preview,
  GetInvoicePayments: getMany(
    (s) => s.tables.invoicePayments,
    (row, query) => {
      const { type, payment_intent } = fieldsOf(query.payment)
      return (
        same('invoice', 'status')(row, query) &&
        (type === undefined || row.payment.type === type) &&
        (payment_intent === undefined || row.payment.payment_intent === payment_intent)
      )
    },
  ),
  GetInvoicePaymentsId: getOne((s) => s.tables.invoicePayments, 'invoice_payment'),
}
