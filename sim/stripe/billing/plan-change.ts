/** What a change of a subscription would mean: its items afterwards, and the lines that it costs. The preview and the change itself ask here. */
import { fieldsOf, listOf, numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Item, Line, Price, Subscription } from '../model.ts'
import { refuse } from '../service.ts'
import type { Stripe } from '../service.ts'
import { found } from '../rest/call.ts'
import { creditLine, periodLine, restLine } from './lines.ts'
import { periodEnd } from './periods.ts'
import { newItem, withPrice } from './subscriptions.ts'

export type PlanChange = {
  items: Item[]
  /** What is charged and given back for it. */
  lines: Line[]
  /** A new period begins with it. */
  startsAnew: boolean
  /** It has an invoice of its own. */
  isInvoicedNow: boolean
  anchor: number
}

/** `wanted`: the fields of an update, or of `subscription_details` of a preview. */
export function planChange(s: Stripe, sub: Subscription, wanted: Fields): PlanChange {
  const at = numberOf(wanted.proration_date) ?? s.now()
  const behaviour = textOf(wanted.proration_behavior) ?? 'create_prorations'
  const chosen = wanted.items === undefined ? sub.items.data : itemsAfter(s, sub, listOf(wanted.items))
  const every = chosen[0]?.price.recurring
  if (!every) throw refuse('A subscription must have at least one active plan.')
  if (chosen.some(({ price }) => price.currency !== sub.currency))
    throw refuse(`The price specified only supports another currency; this subscription uses \`${sub.currency}\`.`, {
      param: 'items',
    })
  const endsTrial = sub.status === 'trialing' && wanted.trial_end === 'now'
  const isOtherRhythm = chosen.some(({ price }) => !sub.items.data.some((old) => sameRhythm(old.price, price)))
  const isTrial = sub.status === 'trialing' && !endsTrial
  const startsAnew = !isTrial && (endsTrial || isOtherRhythm || fieldsOf(wanted.billing_cycle_anchor).type === 'now')
  const anchor = startsAnew ? at : sub.billing_cycle_anchor
  const period = { start: at, end: periodEnd(at, every, at) }
  const items = startsAnew
    ? chosen.map((item) => ({ ...item, current_period_start: period.start, current_period_end: period.end }))
    : chosen
  const fresh = startsAnew ? items.map((item) => periodLine(s, { sub, item, price: item.price }, period)) : []
  const rest = isTrial || endsTrial || behaviour === 'none' ? [] : prorations(s, sub, chosen, at, startsAnew)
  return {
    items,
    lines: [...rest, ...fresh],
    startsAnew,
    anchor,
    isInvoicedNow: startsAnew || (behaviour === 'always_invoice' && rest.length > 0),
  }
}

function sameRhythm({ recurring: a }: Price, { recurring: b }: Price): boolean {
  return a?.interval === b?.interval && a?.interval_count === b?.interval_count
}

function itemsAfter(s: Stripe, sub: Subscription, given: readonly unknown[]): Item[] {
  const first = sub.items.data[0]
  const period = { start: first?.current_period_start ?? s.now(), end: first?.current_period_end ?? s.now() }
  let items = sub.items.data
  for (const each of given) items = withItem(s, sub, items, fieldsOf(each), period)
  return items
}

type Span = { start: number; end: number }

function withItem(
  s: Stripe,
  sub: Subscription,
  items: Item[],
  { id, price: wanted, quantity, deleted }: Fields,
  period: Span,
): Item[] {
  const known = items.find((item) => item.id === id)
  if (id !== undefined && !known)
    throw refuse(`No such subscription item: '${String(id)}'`, { code: 'resource_missing', param: 'items' })
  if (known && deleted === true) return items.filter((item) => item !== known)
  const price = wanted === undefined ? known?.price : found(s.tables.prices, wanted, 'price', 'items[0][price]')
  if (!price?.recurring)
    throw refuse('The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.')
  if (!price.active && price.id !== known?.price.id)
    throw refuse('The price specified is inactive. This field only accepts active prices.')
  const count = numberOf(quantity) ?? known?.quantity ?? 1
  // Without an item's id it is one more, beside the old one.
  if (!known) return [...items, newItem(s, sub.id, price, count, period)]
  return items.map((item) => (item === known ? withPrice(item, price, count) : item))
}

/** The unused part of what changes goes back, the rest of what comes is charged. */
function prorations(s: Stripe, sub: Subscription, items: readonly Item[], at: number, startsAnew: boolean): Line[] {
  const gone = sub.items.data.filter((old) => {
    const now = items.find(({ id }) => id === old.id)
    return startsAnew || !now || now.price.id !== old.price.id || now.quantity !== old.quantity
  })
  const come = startsAnew
    ? []
    : items.filter((item) => {
        const old = sub.items.data.find(({ id }) => id === item.id)
        return !old || old.price.id !== item.price.id || old.quantity !== item.quantity
      })
  const spanOf = ({ current_period_start, current_period_end }: Item) => ({
    start: current_period_start,
    end: current_period_end,
  })
  return [
    ...gone.map((item) => creditLine(s, { sub, item, price: item.price }, spanOf(item), at)),
    ...come.map((item) => restLine(s, { sub, item, price: item.price }, spanOf(item), at)),
  ]
}
