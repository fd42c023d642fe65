/** Orders, captures and refunds as PayPal shows them. */
import type { Capture, Order, Refund } from '../model.ts'
import { moneyOut } from '../money.ts'
import { isoOf } from '../ground.ts'
import type { Paypal } from '../service.ts'

const PAYER = { name: { given_name: 'Rosa', surname: 'Huamán' }, email_address: 'rosa@buyer.example', payer_id: 'QYR5Z8XDVJNXQ' }

/** `isWhole` false: the minimal answer; `isFresh`: what a capture answers. */
export function orderView(pp: Paypal, order: Order, isWhole = true, isFresh = false): object {
  const { status } = order
  const known = isFresh || status === 'APPROVED' || status === 'COMPLETED'
  const base = {
    ...{ id: order.id, status, links: linksOf(pp, order) },
    ...(known && {
      payer: PAYER,
      payment_source: { paypal: { ...PAYER, account_id: PAYER.payer_id, account_status: 'VERIFIED' } },
    }),
  }
  if (!isWhole && !isFresh) return { id: order.id, status, links: linksOf(pp, order) }
  if (!known) Object.assign(base, order.withSource && { payment_source: { paypal: {} } })
  const times = { create_time: isoOf(order.createdAt), update_time: isoOf(order.updatedAt) }
  return { ...base, intent: 'CAPTURE', purchase_units: [unitOf(pp, order)], ...times }
}

function unitOf(pp: Paypal, order: Order): object {
  const capture = pp.captures.get(order.captureId ?? '')
  const refunds = capture ? pp.refunds.all().filter(({ of, isReversal }) => of.id === capture.id && !isReversal) : []
  return {
    ...{ reference_id: order.referenceId, amount: moneyOut(order.amount), ...idsOf(order) },
    ...(order.description !== null && { description: order.description }),
    ...(capture && {
      payments: {
        captures: [captureView(pp, capture)],
        ...(refunds.length > 0 && { refunds: refunds.map((one) => refundView(pp, one)) }),
      },
    }),
  }
}

function idsOf({ customId, invoiceId }: Pick<Order, 'customId' | 'invoiceId'>): object {
  return { ...(customId !== null && { custom_id: customId }), ...(invoiceId !== null && { invoice_id: invoiceId }) }
}

function linksOf(pp: Paypal, { id, status, withSource }: Order): object[] {
  const self = `${pp.origin()}/v2/checkout/orders/${id}`
  const links = [{ href: self, rel: 'self', method: 'GET' }]
  if (status === 'CREATED' || status === 'PAYER_ACTION_REQUIRED')
    links.push({ href: `${pp.origin()}/checkoutnow?token=${id}`, rel: withSource ? 'payer-action' : 'approve', method: 'GET' })
  if (status === 'APPROVED') links.push({ href: `${self}/capture`, rel: 'capture', method: 'POST' })
  return links
}

export function captureView(pp: Paypal, capture: Capture): object {
  const { id, status, reason, amount, fee, orderId } = capture
  const self = `${pp.origin()}/v2/payments/captures/${id}`
  const net = { currency: amount.currency, minor: amount.minor - fee.minor }
  const breakdown = { gross_amount: moneyOut(amount), paypal_fee: moneyOut(fee), net_amount: moneyOut(net) }
  return {
    ...{ id, status, amount: moneyOut(amount), final_capture: true, ...idsOf(capture) },
    ...(reason !== null && { status_details: { reason } }),
    // Not known before it is money.
    ...(status !== 'PENDING' && status !== 'DECLINED' && { seller_receivable_breakdown: breakdown }),
    seller_protection: { status: 'ELIGIBLE', dispute_categories: ['ITEM_NOT_RECEIVED', 'UNAUTHORIZED_TRANSACTION'] },
    supplementary_data: { related_ids: { order_id: orderId } },
    links: [
      { href: self, rel: 'self', method: 'GET' },
      { href: `${self}/refund`, rel: 'refund', method: 'POST' },
      { href: `${pp.origin()}/v2/checkout/orders/${orderId}`, rel: 'up', method: 'GET' },
    ],
    ...{ create_time: isoOf(capture.createdAt), update_time: isoOf(capture.updatedAt) },
  }
}

export function refundView(pp: Paypal, refund: Refund): object {
  const { id, status, amount } = refund
  const of = `${pp.origin()}/v2/payments/captures/${refund.of.id}`
  return {
    ...{ id, status, amount: moneyOut(amount), ...idsOf(refund) },
    seller_payable_breakdown: {
      ...{ gross_amount: moneyOut(amount), paypal_fee: moneyOut({ ...amount, minor: 0 }) },
      ...{ net_amount: moneyOut(amount), total_refunded_amount: moneyOut(amount) },
    },
    links: [
      { href: `${pp.origin()}/v2/payments/refunds/${id}`, rel: 'self', method: 'GET' },
      { href: of, rel: 'up', method: 'GET' },
    ],
    ...{ create_time: isoOf(refund.createdAt), update_time: isoOf(refund.updatedAt) },
  }
}
