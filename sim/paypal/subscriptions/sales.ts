/** `/v1/payments/sale`: recurring money in PayPal's oldest API, which its descriptions do not hold any more. */
import { fieldsOf, textOf } from '../../lib/fields.ts'
import type { Route } from '../../lib/http.ts'
import { cannot, PayPalError } from '../answers.ts'
import type { Refund, Sale } from '../model.ts'
import { moneyIn } from '../money.ts'
import type { Money } from '../money.ts'
import { makeId, own } from '../ground.ts'
import type { Answer, Call, Handle, Paypal } from '../service.ts'
import { tellSale } from './cycles.ts'
import { saleRefundView, saleView } from './views.ts'

export const saleRoutes: Route<Handle>[] = [
  {
    method: 'GET',
    path: '/v1/payments/sale/:id',
    handle: ({ pp, app, names }) => ({ status: 200, body: saleView(pp, own(pp.sales.get(names.id ?? ''), app)) }),
  },
  { method: 'POST', path: '/v1/payments/sale/:id/refund', handle: refund },
  {
    method: 'GET',
    path: '/v1/payments/refund/:id',
    handle: ({ pp, app, names }) => ({ status: 200, body: saleRefundView(pp, own(pp.refunds.get(names.id ?? ''), app)) }),
  },
]

function refund({ pp, app, names, body }: Call): Answer {
  const sale = own(pp.sales.get(names.id ?? ''), app)
  if (sale.status === 'refunded' || sale.status === 'reversed') throw new PayPalError(400, 'TRANSACTION_ALREADY_REFUNDED')
  const { total: value, currency } = fieldsOf(body.amount)
  const rest = sale.amount.minor - sale.takenBack
  const amount =
    body.amount === undefined ? { ...sale.amount, minor: rest } : moneyIn({ value, currency_code: currency }, '/amount')
  if (amount.currency !== sale.amount.currency) throw cannot('CURRENCY_MISMATCH', '/amount')
  if (amount.minor > rest) throw new PayPalError(400, 'REFUND_EXCEEDED_TRANSACTION_AMOUNT')
  const made = giveBackSale(pp, sale, amount, textOf(body.invoice_number) ?? null, false)
  return { status: 201, body: saleRefundView(pp, made), made: { kind: 'saleRefund', ref: made.id } }
}

/** Money of a recurring payment leaves for the buyer: by the merchant's will, or not. */
export function giveBackSale(pp: Paypal, sale: Sale, amount: Money, invoiceId: string | null, isReversal: boolean): Refund {
  const now = pp.now(sale.app)
  const row = { id: makeId(17), app: sale.app, of: { kind: 'sale' as const, id: sale.id }, status: 'COMPLETED' as const, amount }
  const made = pp.refunds.put({ ...row, invoiceId, customId: sale.customId, isReversal, createdAt: now, updatedAt: now })
  const takenBack = sale.takenBack + amount.minor
  const status = isReversal ? 'reversed' : takenBack >= sale.amount.minor ? 'refunded' : 'partially_refunded'
  const changed = pp.sales.put({ ...sale, takenBack, status })
  const out = { ...amount, minor: -amount.minor }
  const about = { reference: { type: 'TXN' as const, id: sale.id }, invoiceId, customId: sale.customId }
  const code = isReversal ? 'T1106' : 'T1107'
  pp.movements.put({
    id: makeId(17),
    app: sale.app,
    transaction: made.id,
    code,
    amount: out,
    fee: { ...out, minor: 0 },
    at: now,
    ...about,
  })
  if (isReversal) tellSale(pp, changed, 'REVERSED')
  else tellSale(pp, changed, 'REFUNDED', saleRefundView(pp, made))
  return made
}
