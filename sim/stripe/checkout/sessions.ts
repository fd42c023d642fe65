/** Checkout sessions as the API makes, shows and ends them. */
import { blank } from '../contract.ts'
import { fieldsOf, listOf, numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { LineItem, Session } from '../model.ts'
import { DAY, makeId, refuse } from '../service.ts'
import type { Stripe } from '../service.ts'
import { newPrice } from '../money/catalogue.ts'
import { customerOf } from '../money/customers.ts'
import { found, getMany, getOne, idOf, metadataOf, pageOf, same } from '../rest/call.ts'
import type { Call, Operations } from '../rest/call.ts'
import { aList, shown } from '../rest/shown.ts'

const sessions = (s: Stripe) => s.tables.sessions
const SOONEST_S = 30 * 60
const SMALLEST = 50
const MODES = ['payment', 'subscription', 'setup'] as const

function lineItems(s: Stripe, mode: Session['mode'], given: readonly unknown[]): LineItem[] {
  return given.map((item, at) => {
    const { price: id, price_data, quantity } = fieldsOf(item)
    const param = `line_items[${at}]`
    const price =
      price_data === undefined ? found(s.tables.prices, id, 'price', `${param}[price]`) : newPrice(s, fieldsOf(price_data), false)
    if (price_data === undefined && !price.active)
      throw refuse(`The price specified is inactive. This field only accepts active prices.`, { param: `${param}[price]` })
    if (mode === 'payment' && price.recurring)
      throw refuse(
        'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      )
    const count = numberOf(quantity) ?? 1
    const total = price.unit_amount * count
    return {
      ...blank('item'),
      ...{ id: makeId('li'), object: 'item', amount_total: total, amount_subtotal: total, amount_discount: 0, amount_tax: 0 },
      ...{ currency: price.currency, description: s.tables.products.get(price.product)?.name ?? null, price, quantity: count },
    }
  })
}

function checkedItems(s: Stripe, mode: Session['mode'], body: Fields): LineItem[] {
  const items = lineItems(s, mode, listOf(body.line_items))
  if (mode === 'setup') return items
  if (items.length === 0) throw refuse(`Missing required param: line_items.`, { param: 'line_items' })
  if (mode === 'subscription' && !items.some(({ price }) => price.recurring))
    throw refuse('You must provide at least one recurring price in `subscription` mode when using prices.')
  if (new Set(items.map(({ currency }) => currency)).size > 1) throw refuse('All prices of a session must use the same currency.')
  const total = items.reduce((sum, item) => sum + item.amount_total, 0)
  if (mode === 'payment' && total < SMALLEST)
    throw refuse('The Checkout Session’s total amount due must add up to at least $0.50 usd', { code: 'amount_too_small' })
  return items
}

function expiryOf(s: Stripe, given: unknown): number {
  const at = numberOf(given) ?? s.now() + DAY
  if (at < s.now() + SOONEST_S - 60 || at > s.now() + DAY + 60)
    throw refuse('The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.', {
      param: 'expires_at',
    })
  return at
}

function create({ s, body }: Call): Fields {
  const mode = MODES.find((one) => one === (body.mode ?? 'payment')) ?? 'payment'
  if (body.success_url === undefined) throw refuse('Missing required param: success_url.', { param: 'success_url' })
  if (mode !== 'payment' && body.payment_intent_data !== undefined)
    throw refuse('You can not pass `payment_intent_data` in `subscription` or `setup` mode.', { param: 'payment_intent_data' })
  if (mode !== 'subscription' && body.subscription_data !== undefined)
    throw refuse('You can only pass `subscription_data` in `subscription` mode.', { param: 'subscription_data' })
  if (body.customer !== undefined && body.customer_email !== undefined)
    throw refuse('You may only specify one of these parameters: customer, customer_email.')
  const customer = body.customer === undefined ? null : customerOf(s, body.customer)
  const items = checkedItems(s, mode, body)
  // The first invoice of a trial is of nothing.
  const isTrial =
    fieldsOf(body.subscription_data).trial_period_days !== undefined || fieldsOf(body.subscription_data).trial_end !== undefined
  const due = items.reduce((sum, { amount_total, price }) => sum + (isTrial && price.recurring ? 0 : amount_total), 0)
  const id = makeId('cs_test')
  const session: Session = {
    ...blank('checkout.session'),
    ...{
      id,
      object: 'checkout.session',
      created: s.now(),
      livemode: false,
      mode,
      status: 'open',
      currency: items[0]?.currency ?? null,
    },
    ...{ payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid', expires_at: expiryOf(s, body.expires_at) },
    ...{ amount_total: mode === 'setup' ? null : due, amount_subtotal: mode === 'setup' ? null : due },
    ...{
      customer: customer?.id ?? null,
      customer_email: textOf(body.customer_email) ?? null,
      metadata: metadataOf(body.metadata),
    },
    ...{ client_reference_id: textOf(body.client_reference_id) ?? null, locale: textOf(body.locale) ?? null },
    ...{ success_url: textOf(body.success_url) ?? null, cancel_url: textOf(body.cancel_url) ?? null, ui_mode: 'hosted_page' },
    ...{ payment_intent: null, subscription: null, setup_intent: null, invoice: null, payment_method_types: ['card'] },
    payment_method_collection: body.payment_method_collection === 'if_required' ? 'if_required' : 'always',
    customer_creation: mode === 'payment' ? (textOf(body.customer_creation) ?? 'if_required') : null,
    customer_details: customer && {
      ...blank('Checkout.Session.CustomerDetails'),
      email: customer.email,
      name: customer.name,
      tax_exempt: 'none',
    },
    invoice_creation:
      mode === 'payment'
        ? { ...blank('Checkout.Session.InvoiceCreation'), enabled: fieldsOf(body.invoice_creation).enabled === true }
        : null,
    total_details: mode === 'setup' ? null : { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    url: `${s.sim.origin()}/stripe/pay/${id}`,
    line_items: { ...aList(items, `/v1/checkout/sessions/${id}/line_items`), data: items },
  }
  // What is only needed when somebody pays.
  const { payment_intent_data, subscription_data, setup_intent_data, invoice_creation } = body
  s.tables.wanted.put({ id, wanted: { payment_intent_data, subscription_data, setup_intent_data, invoice_creation } })
  s.schedule('session-expires', id, session.expires_at)
  return shown(s, sessions(s).put(session))
}

/** Nobody may pay it any more. */
export function expireSession(s: Stripe, session: Session): Session {
  s.unschedule('session-expires', session.id)
  const expired = sessions(s).put({ ...session, status: 'expired', url: null })
  s.tell('checkout.session.expired', expired)
  return expired
}

export const sessionOperations: Operations = {
  PostCheckoutSessions: create,
  GetCheckoutSessions: getMany(sessions, same('customer', 'payment_intent', 'status', 'subscription')),
  GetCheckoutSessionsSession: getOne(sessions, 'checkout.session'),
  PostCheckoutSessionsId(call) {
    const { s, body } = call
    const session = found(sessions(s), idOf(call), 'checkout.session')
    return shown(s, sessions(s).put({ ...session, metadata: metadataOf(body.metadata, metadataOf(session.metadata)) }))
  },
  PostCheckoutSessionsSessionExpire(call) {
    const { s } = call
    const session = found(sessions(s), idOf(call), 'checkout.session')
    if (session.status !== 'open')
      throw refuse(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
      )
    return shown(s, expireSession(s, session))
  },
  GetCheckoutSessionsSessionLineItems(call) {
    const { s, query, path } = call
    const items = found(sessions(s), idOf(call), 'checkout.session').line_items.data
    return pageOf(items, query, path)
  },
}
