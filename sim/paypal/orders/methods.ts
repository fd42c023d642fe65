/** `/v2/checkout/orders`: made, approved by the buyer, captured once. */
import { fieldsOf, listOf, textOf } from '../../lib/fields.ts'
import type { Route } from '../../lib/http.ts'
import { cannot, notFound, PayPalError } from '../answers.ts'
import type { App, Capture, Order } from '../model.ts'
import { feeOf, moneyIn } from '../money.ts'
import { makeId, own } from '../ground.ts'
import type { Answer, Call, Handle, Paypal } from '../service.ts'
import { captureView, orderView } from './views.ts'

export const orderRoutes: Route<Handle>[] = [
  { method: 'POST', path: '/v2/checkout/orders', handle: create },
  { method: 'GET', path: '/v2/checkout/orders/:id', handle: (call) => ({ status: 200, body: orderView(call.pp, find(call)) }) },
  { method: 'POST', path: '/v2/checkout/orders/:id/capture', handle: fetchMoneyOf },
]

const HOUR_MS = 3600_000
/** reference/payments.md §3.3: so long to approve, and so long to capture what was approved. */
const TO_APPROVE_MS = 3 * HOUR_MS
const TO_CAPTURE_MS = 72 * HOUR_MS

function create(call: Call): Answer {
  const { pp, app, body } = call
  const [unit, more] = listOf(body.purchase_units).map(fieldsOf)
  if (!unit || more) throw new PayPalError(501, 'NOT_SIMULATED', [{ issue: 'ONE_PURCHASE_UNIT_ONLY' }])
  if (body.intent !== 'CAPTURE') throw cannot('UNSUPPORTED_INTENT', '/intent')
  const amount = moneyIn(unit.amount, '/purchase_units/@reference_id=="default"/amount')
  if (amount.minor === 0) throw cannot('CANNOT_BE_ZERO_OR_NEGATIVE', '/purchase_units/0/amount/value')
  const wallet = fieldsOf(fieldsOf(body.payment_source).paypal)
  const withSource = body.payment_source !== undefined
  const context = fieldsOf(withSource ? wallet.experience_context : body.application_context)
  const now = pp.now(app.id)
  const order = pp.orders.put({
    ...{ id: makeId(17), app: app.id, status: withSource ? 'PAYER_ACTION_REQUIRED' : 'CREATED', withSource },
    ...{
      createdAt: now,
      updatedAt: now,
      until: now + TO_APPROVE_MS,
      amount,
      referenceId: textOf(unit.reference_id) ?? 'default',
    },
    ...{ customId: textOf(unit.custom_id) ?? null, invoiceId: textOf(unit.invoice_id) ?? null },
    ...{ description: textOf(unit.description) ?? null, brand: textOf(context.brand_name) ?? null },
    ...{ returnUrl: textOf(context.return_url) ?? '', cancelUrl: textOf(context.cancel_url) ?? '', how: 'pays', captureId: null },
  })
  return { status: 201, body: orderView(pp, order, call.isWhole), made: { kind: 'order', ref: order.id } }
}

/** An order that is still there: those that nobody approved in time are not. */
function find({ pp, app, names }: Call): Order {
  const order = aged(pp, own(pp.orders.get(names.id ?? ''), app))
  if (order.status === 'VOIDED' && app.settings.deadOrders === 'gone') throw notFound()
  return order
}

/** Lets the time that has passed have its effect. */
export function aged(pp: Paypal, order: Order): Order {
  const isDone = order.status === 'COMPLETED' || order.status === 'VOIDED'
  if (isDone || pp.now(order.app) < order.until) return order
  const dead = pp.orders.put({ ...order, status: 'VOIDED', updatedAt: order.until })
  if (order.status === 'APPROVED') tell(pp, 'CHECKOUT.PAYMENT-APPROVAL.REVERSED', dead)
  return dead
}

function tell(pp: Paypal, type: string, order: Order): void {
  const resource = orderView(pp, order)
  pp.teller.tell({
    app: order.app,
    type,
    resourceType: 'checkout-order',
    version: '2.0',
    summary: 'An order has changed',
    resource,
  })
}

/** The buyer agrees on PayPal's page; false: they cannot any more. */
export function approve(pp: Paypal, known: Order, how: Order['how']): boolean {
  const order = aged(pp, known)
  if (order.status !== 'CREATED' && order.status !== 'PAYER_ACTION_REQUIRED') return false
  const now = pp.now(order.app)
  tell(
    pp,
    'CHECKOUT.ORDER.APPROVED',
    pp.orders.put({ ...order, status: 'APPROVED', how, updatedAt: now, until: now + TO_CAPTURE_MS }),
  )
  return true
}

function fetchMoneyOf(call: Call): Answer {
  const { pp, app } = call
  const order = find(call)
  if (order.status === 'VOIDED') throw cannot('ORDER_EXPIRED')
  if (order.status === 'COMPLETED') throw cannot('ORDER_ALREADY_CAPTURED')
  if (order.status !== 'APPROVED') throw cannot('ORDER_NOT_APPROVED')
  if (order.how === 'declined') {
    // The buyer is sent back to choose another card.
    pp.orders.put({ ...order, status: order.withSource ? 'PAYER_ACTION_REQUIRED' : 'CREATED', how: 'pays' })
    throw cannot('INSTRUMENT_DECLINED')
  }
  if (app.settings.blocksDuplicates && isPaidBefore(pp, app, order)) throw cannot('DUPLICATE_INVOICE_ID', 'invoice_id')
  const made = fetchMoney(pp, order)
  return { status: 201, body: orderView(pp, made, call.isWhole, true), made: { kind: 'order', ref: order.id } }
}

function isPaidBefore(pp: Paypal, app: App, { invoiceId }: Order): boolean {
  const isSame = (one: Capture) => one.app === app.id && one.invoiceId === invoiceId && one.status !== 'DECLINED'
  return invoiceId !== null && pp.captures.all().some(isSame)
}

function fetchMoney(pp: Paypal, order: Order): Order {
  const now = pp.now(order.app)
  const status = order.how === 'review' ? 'PENDING' : order.how === 'denied' ? 'DECLINED' : 'COMPLETED'
  const made = pp.captures.put({
    ...{ id: makeId(17), app: order.app, orderId: order.id, status, reason: status === 'PENDING' ? 'PENDING_REVIEW' : null },
    ...{ amount: order.amount, fee: feeOf(order.amount), customId: order.customId, invoiceId: order.invoiceId },
    ...{ createdAt: now, updatedAt: now, takenBack: 0 },
  })
  const done = pp.orders.put({ ...order, status: 'COMPLETED', captureId: made.id, updatedAt: now })
  tellCapture(pp, made)
  if (status === 'COMPLETED') book(pp, made)
  return done
}

export function tellCapture(pp: Paypal, capture: Capture, type?: string): void {
  const last = { COMPLETED: 'COMPLETED', PENDING: 'PENDING', DECLINED: 'DENIED', FAILED: 'DENIED' }
  const word = capture.status === 'REFUNDED' || capture.status === 'PARTIALLY_REFUNDED' ? 'REFUNDED' : last[capture.status]
  const resource = captureView(pp, capture)
  const about = { app: capture.app, resourceType: 'capture', version: '2.0' as const, summary: `Payment ${word}` }
  pp.teller.tell({ ...about, type: type ?? `PAYMENT.CAPTURE.${word}`, resource })
}

/** The money is in the merchant's account. */
function book(pp: Paypal, { app, id, amount, fee, orderId, invoiceId, customId }: Capture): void {
  const reference = { type: 'ODR' as const, id: orderId }
  pp.movements.put({
    id: makeId(17),
    app,
    transaction: id,
    code: 'T0006',
    amount,
    fee,
    at: pp.now(app),
    reference,
    invoiceId,
    customId,
  })
}

/** PayPal has looked at a payment: it is money, or it is not. */
export function settle(pp: Paypal, capture: Capture, status: 'COMPLETED' | 'DECLINED'): Capture {
  const settled = pp.captures.put({ ...capture, status, reason: null, updatedAt: pp.now(capture.app) })
  if (status === 'COMPLETED') book(pp, settled)
  tellCapture(pp, settled)
  return settled
}
