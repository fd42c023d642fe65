/** Money that goes back to a buyer: by our will (refunds), or by theirs (disputes, reversals). */
import type { Money } from '#contract/money.ts'
import type { Result, TakenBack } from '../gateway.ts'
import { failure, read, type PayPalSettings } from './client.ts'
import { amountOf, minus, moneyOf, nothing, plus } from './money.ts'
import { report } from './reports.ts'
import { Dispute, Disputes, idIn, linkOf, Made, Order, type Capture, type Sale } from './shapes.ts'
import { lookCapture, lookSale } from './topups.ts'

type Request = { refundId: string; paymentRef: string; amount: Money }

/** Gives back part of a payment. Asked again with the same id it is the same refund, for 45 days. */
export async function refund(
  settings: PayPalSettings,
  { refundId, paymentRef, amount }: Request,
): Promise<Result<{ ref: string }>> {
  const sum = amountOf(amount)
  if (!sum) return failure('refused', 'DECIMALS_NOT_SUPPORTED', amount.currency)
  const requestId = `refund:${refundId}`
  const body = { amount: sum, invoice_id: refundId }
  const path = `/v2/payments/captures/${encodeURIComponent(paymentRef)}/refund`
  const done = await read(settings, { method: 'POST', path, body, requestId }, Made)
  if (done.ok || done.kind !== 'gone') return done.ok ? { ok: true, value: { ref: done.value.id } } : done
  const old = { amount: { total: sum.value, currency: sum.currency_code }, invoice_number: refundId }
  const oldPath = `/v1/payments/sale/${encodeURIComponent(paymentRef)}/refund`
  const sale = await read(settings, { method: 'POST', path: oldPath, body: old, requestId }, Made)
  return sale.ok ? { ok: true, value: { ref: sale.value.id } } : sale
}

type Seen = Result<{ seenAt: Date; items: TakenBack[] }>

/** Everything that was taken back of a payment. */
export async function lookTakenBack(settings: PayPalSettings, paymentRef: string): Promise<Seen> {
  const seenAt = new Date(settings.now())
  const captured = await lookCapture(settings, paymentRef)
  if (!captured.ok && captured.kind !== 'gone') return captured
  const disputes = await disputesOf(settings, paymentRef)
  if (!disputes.ok) return disputes
  const refunds = captured.ok ? await refundsOf(settings, captured.value) : await saleBack(settings, paymentRef, disputes.value)
  if (!refunds.ok) return refunds
  const items = [...refunds.value, ...disputes.value]
  return { ok: true, value: { seenAt, items: captured.ok ? withReversal(captured.value, items) : items } }
}

const STATES: Readonly<Record<string, 'pending' | 'succeeded' | 'failed'>> = {
  COMPLETED: 'succeeded',
  PENDING: 'pending',
  FAILED: 'failed',
  CANCELLED: 'failed',
}

/** Refunds are listed with their order alone. */
async function refundsOf(settings: PayPalSettings, captured: Capture): Promise<Result<TakenBack[]>> {
  const orderId = captured.supplementary_data?.related_ids?.order_id ?? idIn(linkOf(captured.links, 'up'))
  if (orderId === null) return failure('busy', 'order_not_shown', captured.id)
  const order = await read(settings, { method: 'GET', path: `/v2/checkout/orders/${encodeURIComponent(orderId)}` }, Order)
  if (!order.ok) return order
  const refunds = (order.value.purchase_units ?? []).flatMap(({ payments }) => payments?.refunds ?? [])
  const items = refunds.flatMap(({ id, status, amount, invoice_id: ours }): TakenBack[] => {
    const sum = moneyOf(amount)
    return sum ? [{ kind: 'refund', ref: id, refundId: ours ?? null, amount: sum, state: STATES[status ?? ''] ?? 'pending' }] : []
  })
  return { ok: true, value: items }
}

/** A bank may take all of it back with no dispute and no refund of ours: then only the capture says so. */
function withReversal(captured: Capture, items: TakenBack[]): TakenBack[] {
  const whole = moneyOf(captured.amount)
  if (captured.status !== 'REFUNDED' || !whole) return items
  const rest = whole.minor - items.reduce((sum, item) => sum + goneWith(item), 0n)
  if (rest <= 0n) return items
  const amount = { ...whole, minor: rest }
  const none = nothing(whole.currency)
  const gone = { amount, taken: amount, givenBack: none, fee: none, respondBy: null, reason: 'REVERSED' }
  return [...items, { kind: 'dispute', ref: `${captured.id}:reversal`, state: 'lost', ...gone }]
}

function goneWith(item: TakenBack): bigint {
  if (item.kind === 'dispute') return item.taken.minor - item.givenBack.minor
  return item.state === 'failed' ? 0n : item.amount.minor
}

async function disputesOf(settings: PayPalSettings, paymentRef: string): Promise<Result<TakenBack[]>> {
  const path = `/v1/customer/disputes?disputed_transaction_id=${encodeURIComponent(paymentRef)}&page_size=50`
  const found = await read(settings, { method: 'GET', path }, Disputes)
  if (!found.ok) return found
  const items: TakenBack[] = []
  for (const { dispute_id: id } of found.value.items ?? []) {
    const one = await read(settings, { method: 'GET', path: `/v1/customer/disputes/${encodeURIComponent(id)}` }, Dispute)
    if (!one.ok) return one
    const item = disputeIn(one.value)
    if (item) items.push(item)
  }
  return { ok: true, value: items }
}

const FEES = new Set(['DISPUTE_FEE', 'CHARGEBACK_FEE', 'DISPUTE_SETTLEMENT_FEE'])
/** The buyer got it, from us: with a payout of PayPal's own we keep what we have. */
const LOST = new Set(['RESOLVED_BUYER_FAVOUR', 'ACCEPTED'])

/** What was really moved is what PayPal lists as moved; only when it lists nothing, what its verdict says. */
function disputeIn(one: Dispute): TakenBack | null {
  const amount = moneyOf(one.dispute_amount)
  if (!amount) return null
  let [taken, givenBack, fee] = [nothing(amount.currency), nothing(amount.currency), nothing(amount.currency)]
  const moves = (one.money_movements ?? []).filter(({ affected_party: party }) => party === 'SELLER')
  for (const { amount: moved, type, reason } of moves) {
    const sum = moneyOf(moved)
    // What was kept comes back with a dispute that is won after all.
    if (FEES.has(reason ?? '')) fee = plus(fee, type === 'DEBIT' ? sum : sum && minus(sum))
    else if (type === 'DEBIT') taken = plus(taken, sum)
    else givenBack = plus(givenBack, sum)
  }
  const outcome = one.dispute_outcome?.outcome_code ?? ''
  const isLost = LOST.has(outcome)
  if (moves.length === 0 && isLost) taken = plus(taken, moneyOf(one.dispute_outcome?.amount_refunded) ?? amount)
  const open = one.dispute_life_cycle_stage === 'INQUIRY' ? ('inquiry' as const) : ('open' as const)
  const state = one.status === 'RESOLVED' ? (isLost ? 'lost' : 'won') : open
  const due = one.seller_response_due_date
  const respondBy = due === undefined ? null : new Date(due)
  return { kind: 'dispute', ref: one.dispute_id, amount, state, reason: one.reason ?? null, taken, givenBack, fee, respondBy }
}

const PERIOD_MS = 31 * 24 * 3_600_000
/** Refunds by the merchant: reference/payments.md §7. */
const REFUND_CODE = 'T1107'

/** Refunds of a recurring payment stand in the reports alone, which are up to three hours late: until then, later. */
async function saleBack(settings: PayPalSettings, ref: string, disputes: TakenBack[]): Promise<Result<TakenBack[]>> {
  const sale = await lookSale(settings, ref)
  if (!sale.ok) return sale
  const { state } = sale.value
  if (state !== 'refunded' && state !== 'partially_refunded' && state !== 'reversed') return { ok: true, value: [] }
  const items: TakenBack[] = []
  const [from, until] = [Date.parse(sale.value.create_time), settings.now()]
  for (let start = from; start < until; start += PERIOD_MS) {
    const found = await refundsBetween(settings, ref, start, Math.min(start + PERIOD_MS - 1000, until))
    if (!found.ok) return found
    items.push(...found.value)
  }
  return isExplained(sale.value, [...items, ...disputes]) ? { ok: true, value: items } : failure('busy', 'reports_late', ref)
}

function isExplained({ state, amount }: Sale, items: TakenBack[]): boolean {
  const gone = items.reduce((sum, item) => sum + goneWith(item), 0n)
  const whole = moneyOf({ value: amount.total, currency_code: amount.currency })
  return state === 'refunded' && whole ? gone >= whole.minor : items.length > 0
}

async function refundsBetween(settings: PayPalSettings, ref: string, from: number, until: number): Promise<Result<TakenBack[]>> {
  const told = await report(settings, from, until)
  if (!told.ok) return told
  const items = told.value.flatMap(({ transaction_info: info }): TakenBack[] => {
    const amount = moneyOf(info.transaction_amount)
    if (info.paypal_reference_id !== ref || info.transaction_event_code !== REFUND_CODE || !amount) return []
    const [id, ours] = [info.transaction_id, info.invoice_id ?? null]
    return [{ kind: 'refund', ref: id, refundId: ours, amount, state: 'succeeded' }]
  })
  return { ok: true, value: items }
}
