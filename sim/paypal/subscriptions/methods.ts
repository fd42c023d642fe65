/** `/v1/billing/subscriptions`: what a merchant may do with one. */
import { fieldsOf, textOf } from '../../lib/fields.ts'
import type { Route } from '../../lib/http.ts'
import { cannot, notFound } from '../answers.ts'
import type { Plan, Subscription } from '../model.ts'
import { moneyIn } from '../money.ts'
import { makeId, own } from '../ground.ts'
import type { Answer, Call, Handle, Paypal } from '../service.ts'
import { begin, catchUp, pay, tell } from './cycles.ts'
import { currencyOf } from './plans.ts'
import { approvalUrl, subscriptionView, transactionView } from './views.ts'

export const subscriptionRoutes: Route<Handle>[] = [
  { method: 'POST', path: '/v1/billing/subscriptions', handle: create },
  {
    method: 'GET',
    path: '/v1/billing/subscriptions/:id',
    handle: (call) => ({ status: 200, body: subscriptionView(call.pp, find(call)) }),
  },
  { method: 'POST', path: '/v1/billing/subscriptions/:id/activate', handle: activate },
  { method: 'POST', path: '/v1/billing/subscriptions/:id/suspend', handle: suspend },
  { method: 'POST', path: '/v1/billing/subscriptions/:id/cancel', handle: cancel },
  { method: 'POST', path: '/v1/billing/subscriptions/:id/revise', handle: revise },
  { method: 'POST', path: '/v1/billing/subscriptions/:id/capture', handle: captureOutstanding },
  { method: 'GET', path: '/v1/billing/subscriptions/:id/transactions', handle: transactions },
]

function find({ pp, app, names }: Call): Subscription {
  own(pp.subscriptions.get(names.id ?? ''), app)
  const found = catchUp(pp, names.id ?? '')
  if (!found) throw notFound()
  return found
}

/** A plan that may be subscribed to. */
function planFor({ pp, app }: Call, id: string): Plan {
  const plan = pp.plans.get(id)
  if (plan?.app !== app.id) throw notFound()
  if (plan.status !== 'ACTIVE') throw cannot('PLAN_STATUS_INVALID', '/plan_id')
  return plan
}

function create(call: Call): Answer {
  const { pp, app, body } = call
  const plan = planFor(call, textOf(body.plan_id) ?? '')
  const context = fieldsOf(body.application_context)
  const now = pp.now(app.id)
  const one = pp.subscriptions.put({
    ...{ id: `I-${makeId(12)}`, app: app.id, planId: plan.id, status: 'APPROVAL_PENDING', note: null },
    ...{ customId: textOf(body.custom_id) ?? null, continues: context.user_action === 'CONTINUE' },
    ...{ brand: textOf(context.brand_name) ?? null, returnUrl: textOf(context.return_url) ?? '' },
    ...{ cancelUrl: textOf(context.cancel_url) ?? '', createdAt: now, updatedAt: now, startAt: now },
    ...{ done: {}, nextAt: null, retryAt: null, triesLeft: 0, outstanding: { currency: currencyOf(plan), minor: 0 } },
    ...{ failedCount: 0, last: null, lastFailed: null, refuses: 0, change: null },
  })
  tell(pp, 'CREATED', one)
  return { status: 201, body: subscriptionView(pp, one), made: { kind: 'subscription', ref: one.id } }
}

/** The buyer agrees on PayPal's page; false: there is nothing to agree to any more. */
export function agree(pp: Paypal, one: Subscription): boolean {
  if (one.status !== 'APPROVAL_PENDING') return false
  if (one.continues) pp.subscriptions.put({ ...one, status: 'APPROVED', updatedAt: pp.now(one.app) })
  else begin(pp, one)
  return true
}

/** The buyer agrees to another plan: its price holds from the next cycle on, nothing is settled for this one. */
export function agreeToChange(pp: Paypal, one: Subscription): boolean {
  const plan = pp.plans.get(one.change?.planId ?? '')
  if (!plan) return false
  // A trial is not had twice.
  const tried = plan.cycles.filter(({ tenure }) => tenure === 'TRIAL').map(({ sequence, total }) => [String(sequence), total])
  const done = Object.fromEntries(tried)
  const updatedAt = pp.now(one.app)
  tell(pp, 'UPDATED', pp.subscriptions.put({ ...one, planId: plan.id, done, change: null, updatedAt }))
  return true
}

function activate(call: Call): Answer {
  const [{ pp, body }, one] = [call, find(call)]
  const note = textOf(body.reason) ?? null
  if (one.status === 'APPROVED') begin(pp, { ...one, note })
  else if (one.status === 'SUSPENDED') {
    const now = pp.now(one.app)
    const nextAt = Math.max(one.nextAt ?? now, now)
    tell(pp, 'ACTIVATED', pp.subscriptions.put({ ...one, status: 'ACTIVE', note, nextAt, failedCount: 0, updatedAt: now }))
    catchUp(pp, one.id)
  } else throw cannot('SUBSCRIPTION_STATUS_INVALID')
  return { status: 204 }
}

function suspend(call: Call): Answer {
  const [{ pp, body }, one] = [call, find(call)]
  if (one.status !== 'ACTIVE') throw cannot('SUBSCRIPTION_STATUS_INVALID')
  const changed = { ...one, status: 'SUSPENDED' as const, note: textOf(body.reason) ?? null, updatedAt: pp.now(one.app) }
  tell(pp, 'SUSPENDED', pp.subscriptions.put(changed))
  return { status: 204 }
}

function cancel(call: Call): Answer {
  const one = find(call)
  if (!end(call.pp, one, textOf(call.body.reason) ?? null)) throw cannot('SUBSCRIPTION_STATUS_INVALID')
  return { status: 204 }
}

/** At once and for good, by the merchant or by the buyer; false: it had ended. */
export function end(pp: Paypal, one: Subscription, note: string | null): boolean {
  if (one.status !== 'ACTIVE' && one.status !== 'SUSPENDED' && one.status !== 'APPROVED') return false
  const ended = { ...one, status: 'CANCELLED' as const, note, retryAt: null, change: null, updatedAt: pp.now(one.app) }
  tell(pp, 'CANCELLED', pp.subscriptions.put(ended))
  return true
}

function revise(call: Call): Answer {
  const [{ pp, body }, one] = [call, find(call)]
  if (one.status !== 'ACTIVE' && one.status !== 'SUSPENDED') throw cannot('SUBSCRIPTION_STATUS_INVALID')
  const plan = planFor(call, textOf(body.plan_id) ?? one.planId)
  if (plan.productId !== pp.plans.get(one.planId)?.productId) throw cannot('PLAN_PRODUCT_NOT_COMPATIBLE', '/plan_id')
  if (currencyOf(plan) !== one.outstanding.currency) throw cannot('CURRENCY_MISMATCH', '/plan_id')
  const context = fieldsOf(body.application_context)
  const pages = { returnUrl: textOf(context.return_url) ?? one.returnUrl, cancelUrl: textOf(context.cancel_url) ?? one.cancelUrl }
  pp.subscriptions.put({ ...one, change: { planId: plan.id, ...pages } })
  const links = [
    { href: approvalUrl(pp, one.id), rel: 'approve', method: 'GET' },
    { href: `${pp.origin()}/v1/billing/subscriptions/${one.id}`, rel: 'self', method: 'GET' },
  ]
  return { status: 200, body: { plan_id: plan.id, plan_overridden: false, links } }
}

function captureOutstanding(call: Call): Answer {
  const [{ pp, body }, one] = [call, find(call)]
  const plan = pp.plans.get(one.planId)
  const amount = moneyIn(body.amount, '/amount')
  if (!plan || one.outstanding.minor === 0) throw cannot('ZERO_OUTSTANDING_BALANCE')
  if (amount.currency !== one.outstanding.currency) throw cannot('CURRENCY_MISMATCH', '/amount')
  if (amount.minor > one.outstanding.minor) throw cannot('AMOUNT_GREATER_THAN_OUTSTANDING_BALANCE', '/amount')
  const sale = pay(pp, one, amount, plan, pp.now(one.app))
  if (!sale) throw cannot('PAYER_CANNOT_PAY')
  return { status: 200, body: transactionView(sale), made: { kind: 'sale', ref: sale.id } }
}

function transactions(call: Call): Answer {
  const [{ pp, query }, one] = [call, find(call)]
  const [from, until] = [Date.parse(query.get('start_time') ?? ''), Date.parse(query.get('end_time') ?? '')]
  const found = pp.sales.all().filter((sale) => sale.subscriptionId === one.id && sale.at >= from && sale.at <= until)
  return { status: 200, body: { transactions: found.map(transactionView), total_items: found.length, total_pages: 1 } }
}
