/** Money in Stripe's balance: every movement, with its fee. */
import { blank } from '../contract.ts'
import type { Movement } from '../model.ts'
import { DAY, makeId } from '../service.ts'
import type { Stripe } from '../service.ts'

const CATEGORIES: Readonly<Record<string, string>> = {
  charge: 'charge',
  payment: 'charge',
  refund: 'refund',
  payment_refund: 'refund',
  refund_failure: 'refund_failure',
  adjustment: 'dispute',
}
/** Days until money that came in is available. */
const AVAILABLE_AFTER = 2

type Moved = Pick<Movement, 'amount' | 'currency' | 'source' | 'type'> & {
  fee: number
  description: string | null
  category?: string
}

/** Books a movement. */
export function move(s: Stripe, moved: Moved): Movement {
  const { amount, currency, fee, source, type, description } = moved
  // What a buyer pays is on its way for days; what goes out, or comes back to us, is there.
  const isOnItsWay = type === 'charge' || type === 'payment'
  const movement: Movement = {
    ...blank('balance_transaction'),
    ...{ id: makeId('txn'), object: 'balance_transaction', created: s.now(), amount, currency, fee, source, type, description },
    ...{ net: amount - fee, balance_type: 'payments', reporting_category: moved.category ?? CATEGORIES[type] ?? type },
    fee_details: fee === 0 ? [] : [{ amount: fee, application: null, currency, description: feeName(type), type: 'stripe_fee' }],
    available_on: isOnItsWay ? s.now() + AVAILABLE_AFTER * DAY : s.now(),
    status: isOnItsWay ? 'pending' : 'available',
  }
  return s.tables.movements.put(movement)
}

function feeName(type: string): string {
  return type === 'adjustment' ? 'Dispute fee' : 'Stripe processing fees'
}

/** What Stripe keeps of a payment. */
export function feeOf(s: Stripe, amount: number): number {
  const { feePerMille, feeFixed } = s.settings()
  return Math.round((amount * feePerMille) / 1000) + feeFixed
}

/** What lies in Stripe's balance, and what is still on its way. */
export function balanceOf(s: Stripe) {
  const sums = new Map<string, { available: number; pending: number }>()
  for (const { currency, net, available_on } of s.tables.movements.all()) {
    const sum = sums.get(currency) ?? { available: 0, pending: 0 }
    if (available_on <= s.now()) sum.available += net
    else sum.pending += net
    sums.set(currency, sum)
  }
  const part = (name: 'available' | 'pending') =>
    (sums.size > 0 ? [...sums] : [['usd', { available: 0, pending: 0 }] as const]).map(([currency, sum]) => ({
      ...{ amount: sum[name], currency },
      source_types: { card: sum[name] },
    }))
  return { ...blank('balance'), object: 'balance', livemode: false, available: part('available'), pending: part('pending') }
}
