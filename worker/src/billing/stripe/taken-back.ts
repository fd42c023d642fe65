/** Refunds and disputes at Stripe. */
import type Stripe from 'stripe'
import type { Money } from '#contract/money.ts'
import type { Result, TakenBack } from '../gateway.ts'
import { asked, dateOf, type Client } from './client.ts'
import { moneyOf } from './payments.ts'

/** More than anybody takes back of one payment. */
const AT_MOST = 100

/** Gives back part of a payment. */
export function refund(
  { stripe }: Client,
  { refundId, paymentRef, amount }: { refundId: string; paymentRef: string; amount: Money },
): Promise<Result<{ ref: string }>> {
  return asked(async () => {
    const made = await stripe.refunds.create(
      { payment_intent: paymentRef, amount: Number(amount.minor), metadata: { refund_id: refundId } },
      { idempotencyKey: `refund:${refundId}` },
    )
    return { ref: made.id }
  })
}

function refundSeen(one: Stripe.Refund): TakenBack {
  const state =
    one.status === 'succeeded' ? 'succeeded' : one.status === 'failed' || one.status === 'canceled' ? 'failed' : 'pending'
  const amount = moneyOf(one.amount, one.currency)
  return { kind: 'refund', ref: one.id, refundId: one.metadata?.['refund_id'] ?? null, amount, state }
}

/** `warning_…`: a bank asks, and no money has moved. */
function stateOf(status: Stripe.Dispute['status']): 'inquiry' | 'open' | 'won' | 'lost' {
  if (status === 'won' || status === 'prevented' || status === 'warning_closed') return 'won'
  if (status === 'lost') return 'lost'
  return status.startsWith('warning_') ? 'inquiry' : 'open'
}

function disputeSeen(one: Stripe.Dispute): TakenBack {
  const amount = moneyOf(one.amount, one.currency)
  const none = { ...amount, minor: 0n }
  const fees = one.balance_transactions.filter((t) => t.currency === one.currency).reduce((sum, { fee }) => sum + fee, 0)
  const due = one.evidence_details.due_by
  return {
    kind: 'dispute',
    ref: one.id,
    amount,
    state: stateOf(one.status),
    reason: one.reason,
    // Whether money has moved is said by its movements alone; how much, by the dispute, since theirs may be in another currency.
    taken: one.balance_transactions.some((t) => t.amount < 0) ? amount : none,
    givenBack: one.balance_transactions.some((t) => t.amount > 0) ? amount : none,
    fee: fees > 0 ? moneyOf(fees, one.currency) : none,
    respondBy: due === null ? null : dateOf(due),
  }
}

/** All that was taken back of a payment so far. */
export function lookTakenBack(
  { stripe, settings }: Client,
  paymentRef: string,
): Promise<Result<{ seenAt: Date; items: TakenBack[] }>> {
  const seenAt = new Date(settings.now())
  return asked(async () => {
    const of = { payment_intent: paymentRef, limit: AT_MOST }
    const [refunds, disputes] = await Promise.all([stripe.refunds.list(of), stripe.disputes.list(of)])
    return { seenAt, items: [...refunds.data.map(refundSeen), ...disputes.data.map(disputeSeen)] }
  })
}
