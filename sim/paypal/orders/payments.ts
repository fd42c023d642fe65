/** `/v2/payments`: captures as they are, and giving back. */
import { fieldsOf, textOf } from '../../lib/fields.ts'
import type { Route } from '../../lib/http.ts'
import { cannot } from '../answers.ts'
import type { Capture, Refund } from '../model.ts'
import { moneyIn } from '../money.ts'
import type { Money } from '../money.ts'
import { makeId, own } from '../ground.ts'
import type { Answer, Call, Handle, Paypal } from '../service.ts'
import { captureView, refundView } from './views.ts'

export const paymentRoutes: Route<Handle>[] = [
  {
    method: 'GET',
    path: '/v2/payments/captures/:id',
    handle: ({ pp, app, names }) => ({ status: 200, body: captureView(pp, own(pp.captures.get(names.id ?? ''), app)) }),
  },
  { method: 'POST', path: '/v2/payments/captures/:id/refund', handle: refundNow },
  {
    method: 'GET',
    path: '/v2/payments/refunds/:id',
    handle: ({ pp, app, names }) => ({ status: 200, body: refundView(pp, own(pp.refunds.get(names.id ?? ''), app)) }),
  },
]

const REFUNDABLE_MS = 180 * 24 * 3600_000

function refundNow(call: Call): Answer {
  const { pp, app, names, body } = call
  const capture = own(pp.captures.get(names.id ?? ''), app)
  if (capture.status === 'PENDING') throw cannot('PENDING_CAPTURE')
  if (capture.status === 'REFUNDED') throw cannot('CAPTURE_FULLY_REFUNDED')
  if (capture.status !== 'COMPLETED' && capture.status !== 'PARTIALLY_REFUNDED') throw cannot('REFUND_NOT_ALLOWED')
  if (pp.now(app.id) - capture.createdAt > REFUNDABLE_MS) throw cannot('REFUND_TIME_LIMIT_EXCEEDED')
  const rest = capture.amount.minor - capture.takenBack
  const amount = body.amount === undefined ? { ...capture.amount, minor: rest } : moneyIn(body.amount, '/amount')
  if (amount.currency !== capture.amount.currency) throw cannot('REFUND_CAPTURE_CURRENCY_MISMATCH', '/amount/currency_code')
  if (amount.minor === 0) throw cannot('CANNOT_BE_ZERO_OR_NEGATIVE', '/amount/value')
  if (amount.minor > rest) throw cannot('REFUND_AMOUNT_EXCEEDED', '/amount/value')
  const ids = { invoiceId: textOf(body.invoice_id) ?? null, customId: textOf(body.custom_id) ?? null }
  const made = giveBack(pp, capture, amount, { ...ids, status: app.settings.refundAs })
  return {
    status: 201,
    body: call.isWhole ? refundView(pp, made) : { id: made.id, status: made.status, links: fieldsOf(refundView(pp, made)).links },
    made: { kind: 'refund', ref: made.id },
  }
}

type More = Pick<Refund, 'invoiceId' | 'customId' | 'status'> & { isReversal?: boolean }

/** Money leaves for the buyer: by the merchant's will, or not. */
export function giveBack(pp: Paypal, capture: Capture, amount: Money, { isReversal = false, ...more }: More): Refund {
  const now = pp.now(capture.app)
  const of = { kind: 'capture' as const, id: capture.id }
  const made = pp.refunds.put({
    id: makeId(17),
    app: capture.app,
    of,
    amount,
    ...more,
    isReversal,
    createdAt: now,
    updatedAt: now,
  })
  if (made.status === 'COMPLETED') take(pp, made)
  return made
}

/** A refund that was still under way has arrived, or has failed. */
export function settleRefund(pp: Paypal, refund: Refund, status: 'COMPLETED' | 'FAILED' | 'CANCELLED'): Refund {
  const settled = pp.refunds.put({ ...refund, status, updatedAt: pp.now(refund.app) })
  if (status === 'COMPLETED') take(pp, settled)
  return settled
}

function take(pp: Paypal, refund: Refund): void {
  const capture = pp.captures.get(refund.of.id)
  if (!capture) return
  const takenBack = capture.takenBack + refund.amount.minor
  const status = takenBack >= capture.amount.minor ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
  pp.captures.put({ ...capture, takenBack, status, updatedAt: refund.updatedAt })
  const amount = { ...refund.amount, minor: -refund.amount.minor }
  const about = { reference: { type: 'TXN' as const, id: capture.id }, invoiceId: refund.invoiceId, customId: refund.customId }
  const code = refund.isReversal ? 'T1106' : 'T1107'
  const at = pp.now(refund.app)
  pp.movements.put({
    id: makeId(17),
    app: refund.app,
    transaction: refund.id,
    code,
    amount,
    fee: { ...amount, minor: 0 },
    at,
    ...about,
  })
  const type = refund.isReversal ? 'PAYMENT.CAPTURE.REVERSED' : 'PAYMENT.CAPTURE.REFUNDED'
  const news = { app: refund.app, type, resourceType: 'refund', version: '2.0' as const, summary: 'Money was given back' }
  pp.teller.tell({ ...news, resource: refundView(pp, refund) })
}
