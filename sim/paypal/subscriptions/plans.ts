/** `/v1/catalogs/products` and `/v1/billing/plans`. */
import { fieldsOf, listOf, numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Route } from '../../lib/http.ts'
import { cannot, PayPalError } from '../answers.ts'
import type { App, Cycle, Plan } from '../model.ts'
import { moneyIn, moneyOut } from '../money.ts'
import { isoOf, makeId, own } from '../ground.ts'
import type { Answer, Call, Handle, Paypal } from '../service.ts'

export const planRoutes: Route<Handle>[] = [
  { method: 'POST', path: '/v1/catalogs/products', handle: addProduct },
  { method: 'GET', path: '/v1/catalogs/products', handle: products },
  { method: 'GET', path: '/v1/catalogs/products/:id', handle: product },
  { method: 'POST', path: '/v1/billing/plans', handle: addPlan },
  { method: 'GET', path: '/v1/billing/plans', handle: plans },
  { method: 'GET', path: '/v1/billing/plans/:id', handle: (call) => ({ status: 200, body: planView(call.pp, find(call)) }) },
  { method: 'POST', path: '/v1/billing/plans/:id/activate', handle: (call) => turn(call, 'ACTIVE') },
  { method: 'POST', path: '/v1/billing/plans/:id/deactivate', handle: (call) => turn(call, 'INACTIVE') },
]

function addProduct({ pp, app, body }: Call): Answer {
  const id = textOf(body.id) ?? `PROD-${makeId(17)}`
  // A name is a merchant's own: another one may have the same.
  const key = keyOf(app, id)
  if (pp.products.get(key)) throw cannot('DUPLICATE_RESOURCE_IDENTIFIER', '/id')
  pp.products.put({ id: key, app: app.id, fields: { ...body, id }, createdAt: pp.now(app.id) })
  return { status: 201, body: productView(pp, key), made: { kind: 'product', ref: key } }
}

const keyOf = (app: App, id: string): string => `${app.id} ${id}`

export function productView(pp: Paypal, key: string): object {
  const row = pp.products.get(key)
  if (!row) return {}
  const { id } = fieldsOf(row.fields)
  const links = [{ href: `${pp.origin()}/v1/catalogs/products/${textOf(id)}`, rel: 'self', method: 'GET' }]
  return { ...row.fields, create_time: isoOf(row.createdAt), update_time: isoOf(row.createdAt), links }
}

function product({ pp, app, names }: Call): Answer {
  return { status: 200, body: productView(pp, own(pp.products.get(keyOf(app, names.id ?? '')), app).id) }
}

function products({ pp, app, query }: Call): Answer {
  const mine = pp.products.all().filter((one) => one.app === app.id)
  return { status: 200, body: { products: page(mine, query).map(({ id }) => productView(pp, id)) } }
}

function page<T>(rows: readonly T[], query: URLSearchParams): T[] {
  const size = Math.min(20, Number(query.get('page_size') ?? 10))
  const from = (Number(query.get('page') ?? 1) - 1) * size
  return rows.slice(from, from + size)
}

function cycleIn(value: unknown, index: number): Cycle {
  const fields = fieldsOf(value)
  const frequency = fieldsOf(fields.frequency)
  const price = fieldsOf(fields.pricing_scheme).fixed_price
  const units = { DAY: 'DAY', WEEK: 'WEEK', MONTH: 'MONTH', YEAR: 'YEAR' } as const
  const unit = Object.values(units).find((one) => one === frequency.interval_unit) ?? 'MONTH'
  const tenure = fields.tenure_type === 'TRIAL' ? 'TRIAL' : 'REGULAR'
  const [sequence, total] = [numberOf(fields.sequence) ?? index + 1, numberOf(fields.total_cycles) ?? 1]
  if (tenure === 'TRIAL' && total === 0) throw cannot('INVALID_TRIAL_BILLING_TOTAL_CYCLES', '/billing_cycles')
  if (tenure === 'REGULAR' && price === undefined) throw cannot('INVALID_PRICING_SCHEME', '/billing_cycles')
  const money = price === undefined ? null : moneyIn(price, '/billing_cycles/pricing_scheme/fixed_price')
  return { tenure, sequence, total, unit, count: numberOf(frequency.interval_count) ?? 1, price: money }
}

function addPlan(call: Call): Answer {
  const { pp, app, body } = call
  const productId = textOf(body.product_id) ?? ''
  if (!pp.products.get(keyOf(app, productId)))
    throw new PayPalError(404, 'RESOURCE_NOT_FOUND', [{ issue: 'INVALID_RESOURCE_ID', field: '/product_id' }])
  const cycles = listOf(body.billing_cycles)
    .map(cycleIn)
    .toSorted((a, b) => a.sequence - b.sequence)
  if (cycles.some(({ sequence }, index) => sequence !== index + 1)) throw cannot('INVALID_BILLING_CYCLE_SEQUENCE')
  if (!cycles.some(({ tenure }) => tenure === 'REGULAR')) throw cannot('MISSING_REGULAR_BILLING_CYCLE')
  if (new Set(cycles.flatMap(({ price }) => price?.currency ?? [])).size > 1) throw cannot('CURRENCY_MISMATCH')
  const preferences = fieldsOf(body.payment_preferences)
  const plan = pp.plans.put({
    ...{
      id: `P-${makeId(24)}`,
      app: app.id,
      productId,
      name: textOf(body.name) ?? '',
      description: textOf(body.description) ?? null,
    },
    ...{ status: body.status === 'CREATED' || body.status === 'INACTIVE' ? body.status : 'ACTIVE', cycles },
    ...{ billsOutstanding: preferences.auto_bill_outstanding !== false },
    ...{ threshold: numberOf(preferences.payment_failure_threshold) ?? 0, createdAt: pp.now(app.id) },
  })
  return { status: 201, body: call.isWhole ? planView(pp, plan) : brief(pp, plan), made: { kind: 'plan', ref: plan.id } }
}

function find({ pp, app, names }: Call): Plan {
  return own(pp.plans.get(names.id ?? ''), app)
}

function turn(call: Call, status: Plan['status']): Answer {
  call.pp.plans.put({ ...find(call), status })
  return { status: 204 }
}

function plans({ pp, app, query }: Call): Answer {
  const [productId, ids] = [query.get('product_id'), query.get('plan_ids')?.split(',')]
  const found = pp.plans
    .all()
    .filter((one) => one.app === app.id && (productId === null || one.productId === productId) && (!ids || ids.includes(one.id)))
  return { status: 200, body: { plans: page(found, query).map((one) => brief(pp, one)) } }
}

function brief(pp: Paypal, { id, name, description, status, createdAt }: Plan): Fields {
  const links = [{ href: `${pp.origin()}/v1/billing/plans/${id}`, rel: 'self', method: 'GET' }]
  return { id, name, status, ...(description !== null && { description }), create_time: isoOf(createdAt), links }
}

export function planView(pp: Paypal, plan: Plan): object {
  return {
    ...brief(pp, plan),
    ...{ product_id: plan.productId, quantity_supported: false, update_time: isoOf(plan.createdAt) },
    payment_preferences: { auto_bill_outstanding: plan.billsOutstanding, payment_failure_threshold: plan.threshold },
    billing_cycles: plan.cycles.map((cycle) => ({
      ...{ tenure_type: cycle.tenure, sequence: cycle.sequence, total_cycles: cycle.total },
      frequency: { interval_unit: cycle.unit, interval_count: cycle.count },
      ...(cycle.price && { pricing_scheme: { fixed_price: moneyOut(cycle.price), version: 1 } }),
    })),
  }
}

/** What a plan's regular price is in, for balances of nothing. */
export function currencyOf(plan: Plan): string {
  return plan.cycles.find(({ price }) => price !== null)?.price?.currency ?? 'USD'
}
