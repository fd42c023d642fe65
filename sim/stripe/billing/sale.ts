/** The invoice of a single sale on the hosted page: a document for what was paid. */
import { blank } from '../contract.ts'
import type { Invoice, Line, Session } from '../model.ts'
import { makeId } from '../service.ts'
import type { Stripe } from '../service.ts'
import { addPayment, finalize, markPaid, newInvoice } from './invoices.ts'
import { pricingOf } from './lines.ts'

export function finalizePaid(s: Stripe, session: Session, intent: string): Invoice {
  const lines = session.line_items.data.map((item): Line => ({
    ...blank('line_item'),
    ...{ id: makeId('il'), object: 'line_item', amount: item.amount_total, subtotal: item.amount_total },
    ...{ currency: item.currency, description: item.description, quantity: item.quantity, subscription: null, livemode: false },
    ...{ metadata: {}, discountable: true, period: { start: s.now(), end: s.now() }, pricing: pricingOf(item.price), taxes: [] },
    parent: null,
  }))
  const wanted = {
    customer: session.customer ?? '',
    currency: session.currency ?? 'usd',
    reason: 'manual',
    lines,
    subscription: null,
  }
  const draft = newInvoice(s, wanted)
  const open = finalize(s, draft)
  if (open.status === 'open') addPayment(s, open, intent)
  return open.status === 'open' ? markPaid(s, open) : open
}
