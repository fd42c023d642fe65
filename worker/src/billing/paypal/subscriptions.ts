/** Subscriptions at PayPal: one a channel, agreed to on PayPal's page (reference/payments.md §3.4). */
import type {
  ChangePreview,
  Changed,
  Page,
  Payment,
  Result,
  SubscriptionRequest,
  SubscriptionSeen,
  SubscriptionState,
} from '../gateway.ts'
import { call, failure, read, type PayPalSettings } from './client.ts'
import { moneyOf, nothing } from './money.ts'
import { lookPlan, periodAfter, trialDaysOf } from './prices.ts'
import { Linked, linkOf, Subscription, Transactions, type Plan } from './shapes.ts'
import { BRAND, LOCALES } from './topups.ts'

/** PayPal keeps our reason with the state: so a pause of ours is told from payments that failed, and an end now from one at the end. */
const PAUSED = 'Paused by the customer'
const ENDED_NOW = 'Ended now'
const ENDED = 'Not renewed by the customer'

const at = (ref: string, what = '') => `/v1/billing/subscriptions/${encodeURIComponent(ref)}${what}`

export async function openSubscription(settings: PayPalSettings, request: SubscriptionRequest): Promise<Result<Page>> {
  const plan = await lookPlan(settings, request.priceRef)
  if (!plan.ok) return plan
  if (trialDaysOf(plan.value) !== request.trialDays) return failure('cannot', 'trial_of_the_plan', String(request.trialDays))
  const context = {
    ...{ return_url: request.returnUrl, cancel_url: request.cancelUrl, user_action: 'SUBSCRIBE_NOW', brand_name: BRAND },
    ...{ shipping_preference: 'NO_SHIPPING', locale: LOCALES[request.language] },
  }
  const body = { plan_id: request.priceRef, custom_id: request.subscriptionId, application_context: context }
  const requestId = `sub:${request.subscriptionId}:${request.attempt}`
  const made = await read(settings, { method: 'POST', path: '/v1/billing/subscriptions', body, requestId }, Subscription)
  if (!made.ok) return made
  const url = linkOf(made.value.links, 'approve')
  return { ok: true, value: { ref: made.value.id, url: url ?? request.returnUrl, expiresAt: null } }
}

export function lookAlone(settings: PayPalSettings, ref: string): Promise<Result<Subscription>> {
  return read(settings, { method: 'GET', path: at(ref) }, Subscription)
}

/** As it is now, with what was paid. The look is as old as its question. */
export async function lookSubscription(settings: PayPalSettings, ref: string): Promise<Result<SubscriptionSeen>> {
  const seenAt = new Date(settings.now())
  const found = await lookAlone(settings, ref)
  if (!found.ok) return found
  const one = await turnedOn(settings, found.value)
  const isBegun = one.billing_info !== undefined
  const plan = isBegun ? await lookPlan(settings, one.plan_id) : null
  if (plan && !plan.ok) return plan
  const payments = isBegun ? await paymentsOf(settings, one) : { ok: true as const, value: [] }
  if (!payments.ok) return payments
  const paidUntil = plan ? paidUntilOf(one, plan.value) : null
  const state = stateOf(one, paidUntil, seenAt)
  const unpaid = state === 'late' || state === 'suspended'
  return {
    ok: true,
    value: {
      ...{ ref: one.id, subscriptionId: one.custom_id ?? null, state, paidUntil, priceRef: one.plan_id, seenAt },
      ...{ cancelsAt: one.status === 'CANCELLED' ? paidUntil : null, payments: payments.value },
      problem: unpaid ? (one.billing_info?.last_failed_payment?.reason_code ?? 'PAYMENT_DENIED') : null,
      payUrl: state === 'pending' ? linkOf(one.links, 'approve') : unpaid ? payPage(settings, one.id) : null,
    },
  }
}

/** Where a buyer mends their means of payment: PayPal's own list of automatic payments. */
function payPage({ api }: PayPalSettings, id: string): string {
  return `${api.replace('://api-m.', '://www.')}/myaccount/autopay/connect/${encodeURIComponent(id)}`
}

/** A payment failed and nothing has made up for it since. */
function isOwing({ billing_info: info }: Subscription): boolean {
  if (!info) return false
  const failedAt = Date.parse(info.last_failed_payment?.time ?? '')
  const isNewer = failedAt > Date.parse(info.last_payment?.time ?? '1970-01-01T00:00:00Z')
  return (info.failed_payments_count ?? 0) > 0 || (moneyOf(info.outstanding_balance)?.minor ?? 0n) > 0n || isNewer
}

/** It was suspended because payments failed, and what was open has been paid since. */
function isPaidSince(one: Subscription): boolean {
  const paidAt = Date.parse(one.billing_info?.last_payment?.time ?? '')
  const isOurs = one.status_change_note === PAUSED || one.billing_info?.last_failed_payment === undefined
  return one.status === 'SUSPENDED' && !isOurs && !isOwing(one) && Date.parse(one.status_update_time ?? '') <= paidAt
}

/** PayPal leaves off what it has suspended, also when its buyer has paid: to turn it on again is for us. Where it will not, it stays as it is. */
async function turnedOn(settings: PayPalSettings, one: Subscription): Promise<Subscription> {
  if (!isPaidSince(one)) return one
  const done = await call(settings, { method: 'POST', path: at(one.id, '/activate'), body: { reason: 'What was open is paid' } })
  const now = done.ok ? await lookAlone(settings, one.id) : null
  return now?.ok ? now.value : one
}

function isTrying({ billing_info: info }: Subscription): boolean {
  const done = (tenure: string) =>
    (info?.cycle_executions ?? []).reduce((sum, one) => sum + (one.tenure_type === tenure ? one.cycles_completed : 0), 0)
  return info?.last_payment === undefined && done('TRIAL') > 0 && done('REGULAR') === 0
}

function stateOf(one: Subscription, paidUntil: Date | null, now: Date): SubscriptionState {
  if (one.status === 'APPROVAL_PENDING' || one.status === 'APPROVED') return 'pending'
  if (one.status === 'SUSPENDED') return one.status_change_note === PAUSED ? 'paused' : 'suspended'
  if (one.status === 'CANCELLED') {
    // PayPal ends at once and charges no more; what is paid is used up.
    const isUsable = one.status_change_note !== ENDED_NOW && paidUntil !== null && paidUntil > now
    return isUsable ? (isTrying(one) ? 'trial' : 'active') : 'ended'
  }
  if (one.status !== 'ACTIVE') return 'ended'
  if (isOwing(one)) return 'late'
  return isTrying(one) ? 'trial' : 'active'
}

/** The next payment's time, if the last one was made; else the end of what was paid, or of the trial. */
function paidUntilOf(one: Subscription, plan: Plan): Date | null {
  const info = one.billing_info
  if (one.status === 'ACTIVE' && !isOwing(one) && info?.next_billing_time !== undefined) return new Date(info.next_billing_time)
  if (info?.last_payment) return periodAfter(plan, new Date(info.last_payment.time))
  const days = trialDaysOf(plan)
  const start = one.start_time === undefined ? null : Date.parse(one.start_time)
  return days === 0 || start === null ? null : new Date(start + days * 86_400_000)
}

const YEARS_MS = 3 * 366 * 86_400_000
const MOST_PAYMENTS = 10

async function paymentsOf(settings: PayPalSettings, one: Subscription): Promise<Result<Payment[]>> {
  const now = settings.now()
  const start = Math.max(Date.parse(one.start_time ?? '') || 0, now - YEARS_MS)
  // A day more: PayPal's clock is not ours.
  const period = { start_time: new Date(start - 86_400_000).toISOString(), end_time: new Date(now + 86_400_000).toISOString() }
  const path = at(one.id, `/transactions?${new URLSearchParams(period)}`)
  const listed = await read(settings, { method: 'GET', path }, Transactions)
  if (!listed.ok) return listed
  const payments = (listed.value.transactions ?? []).flatMap((each): Payment[] => {
    const amount = moneyOf(each.amount_with_breakdown.gross_amount)
    if (!amount || each.status === 'DECLINED' || each.status === 'PENDING') return []
    const [fee, when] = [moneyOf(each.amount_with_breakdown.fee_amount), new Date(each.time)]
    return [{ ref: each.id, amount, fee, at: when, method: 'PayPal', receiptUrl: null, invoiceUrl: null }]
  })
  const newest = payments.toSorted((earlier, later) => later.at.getTime() - earlier.at.getTime())
  return { ok: true, value: newest.slice(0, MOST_PAYMENTS) }
}

/** PayPal settles nothing for the time that is left: the new price holds from the next payment on. */
export async function previewChange(
  settings: PayPalSettings,
  { ref, priceRef }: { ref: string; priceRef: string },
): Promise<Result<ChangePreview>> {
  const [one, plan] = [await lookAlone(settings, ref), await lookPlan(settings, priceRef)]
  if (!one.ok) return one
  if (!plan.ok) return plan
  const next = moneyOf(
    plan.value.billing_cycles.find(({ tenure_type: tenure }) => tenure === 'REGULAR')?.pricing_scheme?.fixed_price,
  )
  const from = one.value.billing_info?.next_billing_time
  return { ok: true, value: { now: next && nothing(next.currency), next, from: from === undefined ? null : new Date(from) } }
}

type Change = { ref: string; priceRef: string; returnUrl: string; cancelUrl: string }

/** Another plan needs the buyer's consent. PayPal knows no request id here: asked again it is the same wish, to be agreed to once. */
export async function changePlan(settings: PayPalSettings, change: Change): Promise<Result<Changed>> {
  const one = await lookAlone(settings, change.ref)
  if (!one.ok) return one
  if (one.value.plan_id === change.priceRef) return { ok: true, value: { done: true } }
  const pages = {
    return_url: change.returnUrl,
    cancel_url: change.cancelUrl,
    brand_name: BRAND,
    shipping_preference: 'NO_SHIPPING',
  }
  const body = { plan_id: change.priceRef, application_context: pages }
  const asked = await read(settings, { method: 'POST', path: at(change.ref, '/revise'), body }, Linked)
  if (!asked.ok) return asked
  const url = linkOf(asked.value.links, 'approve')
  return url === null ? failure('unknown', 'no_page_for_consent', change.ref) : { ok: true, value: { done: false, url } }
}

type Step = { what: string; reason: string; isDone: (status: string) => boolean }

/** A step that was taken already is no failure: a lost answer is found out by asking again. */
async function step(settings: PayPalSettings, ref: string, { what, reason, isDone }: Step): Promise<Result<null>> {
  const done = await call(settings, { method: 'POST', path: at(ref, what), body: { reason } })
  if (done.ok) return { ok: true, value: null }
  if (done.code !== 'SUBSCRIPTION_STATUS_INVALID') return done
  const one = await lookAlone(settings, ref)
  if (!one.ok) return one
  return isDone(one.value.status) ? { ok: true, value: null } : done
}

export const pause = (settings: PayPalSettings, ref: string): Promise<Result<null>> =>
  step(settings, ref, { what: '/suspend', reason: PAUSED, isDone: (status) => status === 'SUSPENDED' })

export const resume = (settings: PayPalSettings, ref: string): Promise<Result<null>> =>
  step(settings, ref, { what: '/activate', reason: 'Resumed by the customer', isDone: (status) => status === 'ACTIVE' })

/** What nobody has agreed to charges nobody: PayPal cannot end it, and it dies by itself. */
const isOver = (status: string): boolean => status === 'CANCELLED' || status === 'EXPIRED' || status === 'APPROVAL_PENDING'

/** PayPal knows no end of a period: it is ended there now, so that nothing can be charged again, and here it is used to its end. */
export const cancelAtEnd = (settings: PayPalSettings, ref: string): Promise<Result<null>> =>
  step(settings, ref, { what: '/cancel', reason: ENDED, isDone: isOver })

export const cancelNow = (settings: PayPalSettings, ref: string): Promise<Result<null>> =>
  step(settings, ref, { what: '/cancel', reason: ENDED_NOW, isDone: isOver })
