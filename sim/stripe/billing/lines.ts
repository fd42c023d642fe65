/** Lines of invoices: a period of a plan, what of an old one is given back, what of a new one is left. */
import { blank } from '../contract.ts'
import type { Item, Line, Price, Subscription } from '../model.ts'
import { makeId } from '../service.ts'
import type { Stripe } from '../service.ts'
import { partLeft } from './periods.ts'

type Span = { start: number; end: number }
type About = { sub: Pick<Subscription, 'id' | 'currency'>; item: Pick<Item, 'id' | 'quantity'>; price: Price }

function newLine({ sub, item, price }: About, amount: number, period: Span, description: string, proration: boolean): Line {
  return {
    ...blank('line_item'),
    ...{
      id: makeId('il'),
      object: 'line_item',
      amount,
      subtotal: amount,
      currency: sub.currency,
      description,
      period,
    },
    ...{ livemode: false, metadata: {}, discountable: !proration, quantity: item.quantity, subscription: sub.id },
    parent: {
      type: 'subscription_item_details',
      invoice_item_details: null,
      subscription_item_details: {
        ...{ invoice_item: proration ? makeId('ii') : null, proration, proration_details: null },
        ...{ subscription: sub.id, subscription_item: item.id },
      },
    },
    pricing: pricingOf(price),
    taxes: [],
  }
}

export function pricingOf(price: Price) {
  return {
    type: 'price_details',
    price_details: { price: price.id, product: price.product },
    unit_amount_decimal: String(price.unit_amount),
  }
}

function nameOf(s: Stripe, price: Price): string {
  return s.tables.products.get(price.product)?.name ?? price.id
}

/** A whole period of an item; `free`: a trial. */
export function periodLine(s: Stripe, about: About, period: Span, isFree = false): Line {
  const { price, item } = about
  const name = nameOf(s, price)
  const text = isFree ? `Trial period for ${name}` : `${item.quantity} × ${name} (at $${(price.unit_amount / 100).toFixed(2)})`
  return newLine(about, isFree ? 0 : price.unit_amount * item.quantity, period, text, false)
}

/** What of a period that was paid is given back from an instant on. */
export function creditLine(s: Stripe, about: About, period: Span, at: number): Line {
  const amount = -partLeft(about.price.unit_amount * about.item.quantity, period, at)
  return newLine(about, amount, { start: at, end: period.end }, `Unused time on ${nameOf(s, about.price)}`, true)
}

/** What the rest of a period costs with a new price. */
export function restLine(s: Stripe, about: About, period: Span, at: number): Line {
  const amount = partLeft(about.price.unit_amount * about.item.quantity, period, at)
  return newLine(about, amount, { start: at, end: period.end }, `Remaining time on ${nameOf(s, about.price)}`, true)
}

export function sumOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { amount }) => sum + amount, 0)
}
