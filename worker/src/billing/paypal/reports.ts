/** Our account at PayPal, line by line, and what is in it (reference/payments.md §7). What happens is told up to three hours late. */
import type { Money } from '#contract/money.ts'
import type { Holding, Movement, MovementKind, Result } from '../gateway.ts'
import { failure, read, type PayPalSettings } from './client.ts'
import { minus, nothing, signedOf } from './money.ts'
import { Holdings, Report, type Amount, type Reported } from './shapes.ts'

/** PayPal refuses longer periods; the last second of one is the first of the next. */
const PERIOD_MS = 31 * 24 * 3_600_000 - 1000
const PAGE = 500
const MOST_PAGES = 20

/** Event codes: what of a payment was given back by us, the fees, and our own bank. */
const REFUND = 'T1107'
const FEE_BACK = 'T1108'
const FEE = /^T01/
const DISPUTE = /^T(11|12)|^T0106$/
const PAYMENT = /^T00/
const BANK = /^T0[34]/
/** Money that is held or let go stays ours: it moves between two parts of one balance. */
const HELD = /^T(15|21)/
/** Done, or done and later reversed: what is pending or was denied has moved nothing. */
const MOVED = new Set(['S', 'V'])

function kindOf(code: string, amount: Money, isOf: string | null): MovementKind {
  if (code === REFUND && isOf !== null) return 'refund'
  if (code === FEE_BACK || (FEE.test(code) && !DISPUTE.test(code))) return 'fee'
  if (DISPUTE.test(code)) return isOf === null ? (FEE.test(code) ? 'fee' : 'other') : 'dispute'
  if (PAYMENT.test(code) && amount.minor > 0n) return 'payment'
  return BANK.test(code) ? 'payout' : 'other'
}

/** What it is called by: PayPal gives one id to several movements. */
function movementIn({ transaction_info: info }: Reported): Movement | null {
  const amount = signedOf(info.transaction_amount)
  const code = info.transaction_event_code
  if (!amount || HELD.test(code) || !MOVED.has(info.transaction_status ?? 'S')) return null
  const none = nothing(amount.currency)
  const kept = (info.fee_amount && signedOf(info.fee_amount)) ?? none
  const isOf = info.paypal_reference_id_type === 'TXN' ? (info.paypal_reference_id ?? null) : null
  const kind = kindOf(code, amount, isOf)
  const ref = `${info.transaction_id}:${code}`
  const common = { ref, kind, at: new Date(info.transaction_initiation_date), code }
  // A fee that is a line of its own: nothing moved but what was kept, or given back.
  if (kind === 'fee') return { ...common, paymentRef: null, amount: none, fee: minus(amount) }
  if (kind === 'dispute' && FEE.test(code)) return { ...common, paymentRef: isOf, amount: none, fee: minus(amount) }
  const own = kind === 'other' && amount.minor > 0n ? ref : null
  const paymentRef = kind === 'payment' ? info.transaction_id : kind === 'refund' || kind === 'dispute' ? isOf : own
  return { ...common, paymentRef, amount, fee: kept.currency === amount.currency ? minus(kept) : none }
}

/** The whole report of a period, page by page. Pages shift while more becomes known, so a line may come twice. */
export async function report(settings: PayPalSettings, from: number, until: number): Promise<Result<Reported[]>> {
  const found: Reported[] = []
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const period = { start_date: new Date(from).toISOString(), end_date: new Date(until).toISOString() }
    const query = new URLSearchParams({ ...period, fields: 'transaction_info', page_size: String(PAGE), page: String(page) })
    const read_ = await read(settings, { method: 'GET', path: `/v1/reporting/transactions?${query}` }, Report)
    if (!read_.ok) return read_
    found.push(...(read_.value.transaction_details ?? []))
    if (page >= (read_.value.total_pages ?? 1)) return { ok: true, value: found }
  }
  return failure('busy', 'too_many_movements', `more than ${MOST_PAGES * PAGE}`)
}

/** Everything that moved from an instant until before another. */
export async function movements(settings: PayPalSettings, from: Date, to: Date): Promise<Result<Movement[]>> {
  const found = new Map<string, Movement>()
  for (let start = from.getTime(); start < to.getTime(); start += PERIOD_MS) {
    const part = await report(settings, start, Math.min(start + PERIOD_MS, to.getTime()))
    if (!part.ok) return part
    const moved = part.value.map(movementIn).filter((one) => one !== null && one.at < to)
    for (const one of moved) if (one) found.set(one.ref, one)
  }
  return { ok: true, value: [...found.values()] }
}

const signed = (amount: Amount | undefined, currency: string): Money => signedOf(amount) ?? nothing(currency)

/** What is there, and what PayPal holds back, currency by currency. */
export async function holdings(settings: PayPalSettings): Promise<Result<Holding[]>> {
  const told = await read(settings, { method: 'GET', path: '/v1/reporting/balances?currency_code=ALL' }, Holdings)
  if (!told.ok) return told
  const value = (told.value.balances ?? []).map(({ currency, total_balance: total, withheld_balance: withheld }): Holding => {
    const [all, pending] = [signed(total, currency), signed(withheld, currency)]
    return { available: { currency, minor: all.minor - pending.minor }, pending }
  })
  return { ok: true, value }
}
