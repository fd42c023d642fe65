/** Our prices as plans of PayPal. A plan's price touches those who have it: a new price is a new plan (B24-97). */
import type { PlanPrice, Result } from '../gateway.ts'
import { call, failure, read, type PayPalSettings } from './client.ts'
import { amountOf } from './money.ts'
import { Made, Plan, Plans } from './shapes.ts'

/** One for all: a subscription may change between plans of one product only. Its name is ours to choose. */
const PRODUCT = 'WB24-CHANNEL'
const MOST_PAGES = 50
const PAGE = 20

/** What a plan is found by again: PayPal lets us choose no name for it. Who has had a trial gets the plan without one. */
const markOf = ({ planPriceId, trialDays }: PlanPrice) => `WhatsappB24 · ${planPriceId} · ${trialDays}`

async function find(settings: PayPalSettings, price: PlanPrice): Promise<Result<string | null>> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const query = new URLSearchParams({ product_id: PRODUCT, page_size: String(PAGE), page: String(page) })
    const listed = await read(settings, { method: 'GET', path: `/v1/billing/plans?${query}` }, Plans)
    if (!listed.ok) return listed.kind === 'gone' ? { ok: true, value: null } : listed
    const plans = listed.value.plans ?? []
    const found = plans.find(({ description, status }) => description === markOf(price) && status !== 'INACTIVE')
    if (found) return { ok: true, value: found.id }
    if (plans.length < PAGE) break
  }
  return { ok: true, value: null }
}

async function ensureProduct(settings: PayPalSettings): Promise<Result<null>> {
  const body = { id: PRODUCT, name: 'WhatsappB24', type: 'SERVICE', category: 'SOFTWARE' }
  const made = await call(settings, { method: 'POST', path: '/v1/catalogs/products', body, requestId: `product:${PRODUCT}` })
  return made.ok || made.code === 'DUPLICATE_RESOURCE_IDENTIFIER' ? { ok: true, value: null } : made
}

/** The plan of a price, made if there is none. */
export async function ensurePrice(settings: PayPalSettings, price: PlanPrice): Promise<Result<string>> {
  const known = await find(settings, price)
  if (!known.ok || known.value !== null) return known.ok ? { ok: true, value: known.value ?? '' } : known
  const amount = amountOf(price.amount)
  if (!amount) return failure('refused', 'DECIMALS_NOT_SUPPORTED', price.amount.currency)
  const product = await ensureProduct(settings)
  if (!product.ok) return product
  const trial = {
    ...{ tenure_type: 'TRIAL', sequence: 1, total_cycles: 1 },
    frequency: { interval_unit: 'DAY', interval_count: price.trialDays },
  }
  const regular = {
    ...{ tenure_type: 'REGULAR', sequence: price.trialDays > 0 ? 2 : 1, total_cycles: 0 },
    frequency: { interval_unit: price.every === 'year' ? 'YEAR' : 'MONTH', interval_count: 1 },
    pricing_scheme: { fixed_price: amount },
  }
  const body = {
    ...{ product_id: PRODUCT, name: price.planName.slice(0, 127), description: markOf(price), status: 'ACTIVE' },
    billing_cycles: price.trialDays > 0 ? [trial, regular] : [regular],
    // Without a threshold a subscription that nobody pays goes on for ever.
    payment_preferences: { auto_bill_outstanding: true, payment_failure_threshold: 2 },
  }
  const question = {
    method: 'POST' as const,
    path: '/v1/billing/plans',
    body,
    requestId: `price:${price.planPriceId}:${price.trialDays}`,
  }
  const made = await read(settings, question, Made)
  return made.ok ? { ok: true, value: made.value.id } : made
}

export function lookPlan(settings: PayPalSettings, ref: string): Promise<Result<Plan>> {
  return read(settings, { method: 'GET', path: `/v1/billing/plans/${encodeURIComponent(ref)}` }, Plan)
}

/** Days for nothing at its beginning. */
export function trialDaysOf({ billing_cycles: cycles }: Plan): number {
  const trial = cycles.find(({ tenure_type: tenure }) => tenure === 'TRIAL')
  if (!trial) return 0
  return (trial.frequency.interval_count ?? 1) * (trial.total_cycles ?? 1)
}

/** When a period that begins then ends. A month after 31 January is the last day of February. */
export function periodAfter({ billing_cycles: cycles }: Plan, at: Date): Date {
  const unit = cycles.find(({ tenure_type: tenure }) => tenure === 'REGULAR')?.frequency.interval_unit
  const months = at.getUTCMonth() + (unit === 'YEAR' ? 12 : 1)
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), months + 1, 0)).getUTCDate()
  const end = new Date(at)
  end.setUTCFullYear(at.getUTCFullYear(), months, Math.min(at.getUTCDate(), lastDay))
  return end
}
