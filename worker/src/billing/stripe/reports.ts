/** Our account at Stripe, line by line, and what is in it. */
import type Stripe from 'stripe'
import type { Holding, Movement, MovementKind, Result } from '../gateway.ts'
import { asked, dateOf, idOf, type Client } from './client.ts'
import { moneyOf } from './payments.ts'

const PAGE = 100
/** More than a few days of ours ever have: what is beyond is not left out in silence. */
const MOST = 10_000

const KINDS: Readonly<Record<string, MovementKind>> = {
  charge: 'payment',
  payment: 'payment',
  refund: 'refund',
  payment_refund: 'refund',
  refund_failure: 'refund',
  payment_failure_refund: 'refund',
  payout: 'payout',
  payout_cancel: 'payout',
  payout_failure: 'payout',
  stripe_fee: 'fee',
  stripe_fx_fee: 'fee',
  tax_fee: 'fee',
}

/** The payment that a movement is of. A charge that has none was not made by us. */
function paymentOf(source: Stripe.BalanceTransaction['source']): string | null {
  if (typeof source !== 'object' || source === null || !('payment_intent' in source)) return null
  return idOf(source.payment_intent)
}

function movementIn(line: Stripe.BalanceTransaction): Movement {
  const source = line.source
  const isDispute = typeof source === 'object' && source?.object === 'dispute'
  const kind = isDispute ? 'dispute' : (KINDS[line.type] ?? 'other')
  const paymentRef = paymentOf(source)
  const isOfPayment = kind === 'payment' || kind === 'refund' || kind === 'dispute'
  const known = isOfPayment && paymentRef === null ? 'other' : kind
  const common = { ref: line.id, at: dateOf(line.created), code: line.reporting_category }
  const money = (minor: number) => moneyOf(minor, line.currency)
  if (known === 'fee') return { ...common, kind: known, paymentRef: null, amount: money(0), fee: money(-line.net) }
  // Money that came and is of no payment that we know of is named by its own line.
  const named = known === 'other' ? (line.amount > 0 ? line.id : null) : isOfPayment ? paymentRef : null
  return { ...common, kind: known, paymentRef: named, amount: money(line.amount), fee: money(line.fee) }
}

/** Stripe's times are whole seconds: until this moment is with all of its second, or the latest payment would be in its balance and not in its list. */
const seconds = (at: Date): number => Math.ceil(at.getTime() / 1000)

/** Everything that moved, with what caused it shown whole: that knows its payment. */
export async function movements({ stripe }: Client, from: Date, to: Date): Promise<Result<Movement[]>> {
  const query = { created: { gte: seconds(from), lt: seconds(to) }, limit: PAGE, expand: ['data.source'] }
  const listed = await asked(() => stripe.balanceTransactions.list(query).autoPagingToArray({ limit: MOST }))
  if (!listed.ok) return listed
  if (listed.value.length === MOST)
    return { ok: false, kind: 'busy', code: 'too_many_movements', text: `${MOST} or more since ${from.toISOString()}` }
  return { ok: true, value: listed.value.map(movementIn) }
}

/** What is there, and what is still on its way, currency by currency. */
export function holdings({ stripe }: Client): Promise<Result<Holding[]>> {
  return asked(async () => {
    const balance = await stripe.balance.retrieve()
    const currencies = new Set([...balance.available, ...balance.pending].map(({ currency }) => currency))
    const sum = (parts: Stripe.Balance.Available[] | Stripe.Balance.Pending[], currency: string) =>
      parts.filter((part) => part.currency === currency).reduce((total, { amount }) => total + amount, 0)
    return [...currencies].map((currency) => ({
      available: moneyOf(sum(balance.available, currency), currency),
      pending: moneyOf(sum(balance.pending, currency), currency),
    }))
  })
}
