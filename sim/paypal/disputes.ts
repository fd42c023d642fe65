/** `/v1/customer/disputes`: the buyer complains, PayPal decides. */
import type { Route } from '../lib/http.ts'
import { cannot } from './answers.ts'
import { giveBack } from './orders/payments.ts'
import { giveBackSale } from './subscriptions/sales.ts'
import type { Dispute } from './model.ts'
import { moneyOut } from './money.ts'
import type { Money } from './money.ts'
import { isoOf, makeId, own } from './ground.ts'
import type { Answer, Call, Handle, Paypal } from './service.ts'

export const disputeRoutes: Route<Handle>[] = [
  { method: 'GET', path: '/v1/customer/disputes', handle: list },
  {
    method: 'GET',
    path: '/v1/customer/disputes/:id',
    handle: ({ pp, app, names }) => ({ status: 200, body: disputeView(pp, own(pp.disputes.get(names.id ?? ''), app)) }),
  },
  { method: 'POST', path: '/v1/customer/disputes/:id/accept-claim', handle: accept },
]

/** What PayPal takes for a chargeback that the merchant loses. */
const FEE_MINOR = 2000
const TO_RESPOND_MS = 10 * 24 * 3600_000

function list({ pp, app, query }: Call): Answer {
  const transaction = query.get('disputed_transaction_id')
  const from = Date.parse(query.get('start_time') ?? query.get('update_time_after') ?? '')
  const found = pp.disputes
    .all()
    .filter((one) => one.app === app.id && (transaction === null || one.transaction === transaction) && !(one.updatedAt < from))
  const items = found.map((one) => brief(pp, one))
  return {
    status: 200,
    body: {
      ...(items.length > 0 && { items }),
      links: [{ href: `${pp.origin()}/v1/customer/disputes`, rel: 'self', method: 'GET' }],
    },
  }
}

function brief(pp: Paypal, one: Dispute): object {
  const state = one.status === 'RESOLVED' ? 'RESOLVED' : one.status === 'UNDER_REVIEW' ? 'UNDER_PAYPAL_REVIEW' : 'REQUIRED_ACTION'
  return {
    ...{ dispute_id: one.id, reason: one.reason, status: one.status, dispute_state: state, dispute_amount: moneyOut(one.amount) },
    ...{ dispute_life_cycle_stage: one.stage, dispute_channel: 'INTERNAL' },
    ...{ create_time: isoOf(one.createdAt), update_time: isoOf(one.updatedAt) },
    ...(one.status !== 'RESOLVED' && { seller_response_due_date: isoOf(one.createdAt + TO_RESPOND_MS) }),
    links: [{ href: `${pp.origin()}/v1/customer/disputes/${one.id}`, rel: 'self', method: 'GET' }],
  }
}

export function disputeView(pp: Paypal, one: Dispute): object {
  const payment = pp.captures.get(one.transaction) ?? pp.sales.get(one.transaction)
  const { customId } = payment ?? { customId: null }
  return {
    ...brief(pp, one),
    disputed_transactions: [
      {
        ...{ seller_transaction_id: one.transaction, transaction_status: 'COMPLETED' },
        ...(payment && { gross_amount: moneyOut(payment.amount) }),
        ...(customId !== null && { custom: customId }),
      },
    ],
    ...(one.moves.length > 0 && {
      money_movements: one.moves.map(({ debit, reason, amount, at }) => ({
        ...{
          affected_party: 'SELLER',
          amount: moneyOut(amount),
          initiated_time: isoOf(at),
          type: debit ? 'DEBIT' : 'CREDIT',
          reason,
        },
      })),
    }),
    ...(one.outcome !== null && { dispute_outcome: { outcome_code: one.outcome } }),
  }
}

function tell(pp: Paypal, what: 'CREATED' | 'UPDATED' | 'RESOLVED', one: Dispute): void {
  const about = { app: one.app, resourceType: 'dispute', version: '1.0' as const, summary: `A dispute was ${what}` }
  pp.teller.tell({ ...about, type: `CUSTOMER.DISPUTE.${what}`, resource: disputeView(pp, one) })
}

/** The buyer complains. A chargeback takes the money at once. */
export function complain(
  pp: Paypal,
  of: { app: string; id: string },
  amount: Money,
  stage: Dispute['stage'],
  reason: string,
): Dispute {
  const now = pp.now(of.app)
  const one = pp.disputes.put({
    ...{ id: `PP-R-${makeId(3)}-${String(now).slice(-8)}`, app: of.app, transaction: of.id, amount, reason, stage },
    ...{ status: 'WAITING_FOR_SELLER_RESPONSE', outcome: null, moves: [], createdAt: now, updatedAt: now },
  })
  const taken = stage === 'CHARGEBACK' ? take(pp, one) : one
  tell(pp, 'CREATED', taken)
  return taken
}

function take(pp: Paypal, one: Dispute): Dispute {
  const [capture, sale] = [pp.captures.get(one.transaction), pp.sales.get(one.transaction)]
  const ids = { invoiceId: null, customId: capture?.customId ?? null, status: 'COMPLETED' as const, isReversal: true }
  if (capture) giveBack(pp, capture, one.amount, ids)
  else if (sale) giveBackSale(pp, sale, one.amount, null, true)
  return pp.disputes.put({ ...one, moves: [...one.moves, moveOf(pp, one, true, 'DISPUTE_SETTLEMENT', one.amount)] })
}

function moveOf(pp: Paypal, one: Dispute, debit: boolean, reason: Dispute['moves'][number]['reason'], amount: Money) {
  return { debit, reason, amount, at: pp.now(one.app) }
}

/** What is with the buyer, or was kept as a fee, of what went and came. */
function netOf({ moves }: Dispute, what: Dispute['moves'][number]['reason']): number {
  return moves.reduce((sum, { debit, reason, amount }) => (reason === what ? sum + (debit ? 1 : -1) * amount.minor : sum), 0)
}

const isTaken = (one: Dispute): boolean => netOf(one, 'DISPUTE_SETTLEMENT') > 0

/** PayPal decides; the loser pays, and for a chargeback a fee too. */
export function decide(pp: Paypal, known: Dispute, isForBuyer: boolean): Dispute {
  let one = known
  if (isForBuyer && !isTaken(one)) one = take(pp, one)
  if (isForBuyer && one.stage === 'CHARGEBACK') one = move(pp, one, true, 'DISPUTE_FEE', { ...one.amount, minor: FEE_MINOR })
  if (!isForBuyer && isTaken(one)) {
    restore(pp, one)
    one = move(pp, one, false, 'DISPUTE_SETTLEMENT', one.amount)
  }
  // Lost first and won on appeal: the fee comes back.
  const kept = netOf(one, 'DISPUTE_FEE')
  if (!isForBuyer && kept > 0) one = move(pp, one, false, 'DISPUTE_FEE', { ...one.amount, minor: kept })
  const outcome = isForBuyer ? 'RESOLVED_BUYER_FAVOUR' : 'RESOLVED_SELLER_FAVOUR'
  const decided = pp.disputes.put({ ...one, status: 'RESOLVED', outcome, updatedAt: pp.now(one.app) })
  tell(pp, 'RESOLVED', decided)
  return decided
}

/** The merchant has won: what was taken is theirs again. */
function restore(pp: Paypal, { transaction, amount }: Dispute): void {
  const [capture, sale] = [pp.captures.get(transaction), pp.sales.get(transaction)]
  const left = Math.max(0, (capture ?? sale)?.takenBack ?? 0) - amount.minor
  if (capture) pp.captures.put({ ...capture, takenBack: left, status: left > 0 ? 'PARTIALLY_REFUNDED' : 'COMPLETED' })
  if (sale) pp.sales.put({ ...sale, takenBack: left, status: left > 0 ? 'partially_refunded' : 'completed' })
}

function move(pp: Paypal, one: Dispute, debit: boolean, reason: Dispute['moves'][number]['reason'], amount: Money): Dispute {
  const at = pp.now(one.app)
  const signed = { ...amount, minor: debit ? -amount.minor : amount.minor }
  const row = {
    app: one.app,
    transaction: makeId(17),
    code: reason === 'DISPUTE_FEE' ? 'T0106' : 'T1110',
    amount: signed,
    fee: { ...amount, minor: 0 },
    at,
  }
  const reference = { type: 'TXN' as const, id: one.transaction }
  pp.movements.put({ id: makeId(17), ...row, reference, invoiceId: null, customId: null })
  return pp.disputes.put({ ...one, moves: [...one.moves, moveOf(pp, one, debit, reason, amount)] })
}

/** The merchant gives in. */
function accept({ pp, app, names }: Call): Answer {
  const one = own(pp.disputes.get(names.id ?? ''), app)
  if (one.status === 'RESOLVED') throw cannot('ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE')
  decide(pp, one, true)
  return { status: 200, body: { links: [{ href: `${pp.origin()}/v1/customer/disputes/${one.id}`, rel: 'self', method: 'GET' }] } }
}
