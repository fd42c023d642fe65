/** `PayPal-Request-Id`: the same request again does nothing again, and answers what became of the first (§3.2). */
import { productView, planView } from './subscriptions/plans.ts'
import { saleRefundView, subscriptionView, transactionView } from './subscriptions/views.ts'
import { orderView, refundView } from './orders/views.ts'
import type { Answer, Call } from './service.ts'

const HOUR_MS = 3600_000
/** How long PayPal remembers, by the beginning of the path. */
const LIVES: readonly [prefix: string, ms: number][] = [
  ['/v2/checkout/', 6 * HOUR_MS],
  ['/v1/billing/', 72 * HOUR_MS],
  ['/v1/catalogs/', 72 * HOUR_MS],
  ['/v2/payments/', 45 * 24 * HOUR_MS],
  ['/v1/payments/', 45 * 24 * HOUR_MS],
]

function keyOf({ app, requestId }: Call, method: string, path: string): string {
  return `${app.id} ${method} ${path} ${requestId}`
}

/** What an earlier request with this id led to, as it is now. */
export function recall(call: Call, method: string, path: string): Answer | undefined {
  const { pp, app, requestId } = call
  if (requestId === null || method !== 'POST') return undefined
  const found = pp.remembered.get(keyOf(call, method, path))
  if (!found || found.until <= pp.now(app.id)) return undefined
  const body = viewOf(call, found.kind, found.ref)
  return body && { status: path.endsWith('/refund') ? 201 : 200, body }
}

export function remember(call: Call, method: string, path: string, { kind, ref }: { kind: string; ref: string }): void {
  const { pp, app, requestId } = call
  const life = LIVES.find(([prefix]) => path.startsWith(prefix))?.[1]
  if (requestId === null || life === undefined) return
  pp.remembered.put({ id: keyOf(call, method, path), app: app.id, kind, ref, until: pp.now(app.id) + life })
}

function viewOf({ pp }: Call, kind: string, ref: string): object | undefined {
  const [order, refund, plan] = [pp.orders.get(ref), pp.refunds.get(ref), pp.plans.get(ref)]
  const [subscription, sale] = [pp.subscriptions.get(ref), pp.sales.get(ref)]
  if (kind === 'order') return order && orderView(pp, order, true, order.captureId !== null)
  if (kind === 'refund') return refund && refundView(pp, refund)
  if (kind === 'saleRefund') return refund && saleRefundView(pp, refund)
  if (kind === 'plan') return plan && planView(pp, plan)
  if (kind === 'subscription') return subscription && subscriptionView(pp, subscription)
  if (kind === 'sale') return sale && transactionView(sale)
  return productView(pp, ref)
}
