/** A PaymentIntent of Stripe as money of ours. */
import type Stripe from 'stripe'
import type { Money } from '#contract/money.ts'
import type { Payment, SavedMethod } from '../gateway.ts'
import { dateOf, whole } from './client.ts'

/** What must be shown whole for {@link paymentIn}. */
export const PAYMENT_PARTS = ['latest_charge.balance_transaction', 'payment_method'] as const

export const moneyOf = (amount: number, currency: string): Money => ({ minor: BigInt(amount), currency: currency.toUpperCase() })

export function labelOf(method: Stripe.PaymentMethod | null): string | null {
  if (!method) return null
  return method.card ? `${method.card.brand} ····${method.card.last4}` : method.type
}

/** The money of a PaymentIntent that has succeeded; null while it has not. `sold`: what was agreed, where that is told apart. */
export function paymentIn(intent: Stripe.PaymentIntent, sold?: Money): Payment | null {
  if (intent.status !== 'succeeded') return null
  const charge = whole(intent.latest_charge)
  const kept = whole(charge?.balance_transaction)
  return {
    ref: intent.id,
    amount: sold ?? moneyOf(intent.amount_received, intent.currency),
    // Where our account is kept in another currency, the fee is too: it is booked when that money is reconciled.
    fee: kept && kept.currency === intent.currency ? moneyOf(kept.fee, kept.currency) : null,
    at: dateOf(charge?.created ?? intent.created),
    method: labelOf(whole(intent.payment_method)),
    receiptUrl: charge?.receipt_url ?? null,
    invoiceUrl: null,
  }
}

/** The card that its owner lets us charge again. */
export function savedIn(intent: Stripe.PaymentIntent): SavedMethod | null {
  const method = whole(intent.payment_method)
  if (intent.status !== 'succeeded' || intent.setup_future_usage !== 'off_session' || !method) return null
  return { ref: method.id, label: labelOf(method) ?? method.type }
}
