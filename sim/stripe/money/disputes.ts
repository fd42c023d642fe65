/** A cardholder tells his bank that a payment was wrong: money goes, and sometimes comes back. */
import { blank } from '../contract.ts'
import { numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Dispute, Movement } from '../model.ts'
import { DAY, makeId, refuse } from '../service.ts'
import type { Stripe } from '../service.ts'
import { found, getMany, getOne, idOf, metadataOf, same } from '../rest/call.ts'
import type { Operations } from '../rest/call.ts'
import { shown } from '../rest/shown.ts'
import { move } from './movements.ts'

type Wanted = { amount?: number; reason?: string; isInquiry?: boolean }
const DAYS_TO_ANSWER = 7

/** Disputes a payment, by its intent or its charge. A sentence when that cannot be. */
export function disputeBy(s: Stripe, id: string, wanted: Wanted = {}): Dispute | string {
  const charge = s.tables.charges.get(s.tables.intents.get(id)?.latest_charge ?? id)
  if (charge?.status !== 'succeeded') return 'no such payment, or it is not paid'
  if (charge.disputed) return 'it is disputed already'
  const { amount = charge.amount, reason = 'fraudulent', isInquiry = false } = wanted
  const dispute: Dispute = {
    ...blank('dispute'),
    ...{ id: makeId('du'), object: 'dispute', created: s.now(), amount, charge: charge.id, currency: charge.currency, reason },
    ...{ payment_intent: charge.payment_intent, livemode: false, metadata: {}, is_charge_refundable: isInquiry },
    ...{ balance_transactions: [], status: isInquiry ? 'warning_needs_response' : 'needs_response' },
    evidence_details: {
      ...{ due_by: s.now() + DAYS_TO_ANSWER * DAY, enhanced_eligibility: {}, has_evidence: false },
      ...{ past_due: false, submission_count: 0 },
    },
  }
  s.tables.disputes.put(dispute)
  s.tables.charges.change(charge.id, { disputed: true })
  s.tell('charge.dispute.created', dispute)
  return isInquiry ? dispute : withdraw(s, dispute)
}

/** The bank takes the money, and Stripe its fee for the dispute. */
function withdraw(s: Stripe, dispute: Dispute): Dispute {
  const taken = book(s, dispute, -dispute.amount, s.settings().disputeFee, `Chargeback withdrawal for ${dispute.charge}`)
  s.tell('charge.dispute.funds_withdrawn', taken)
  return taken
}

function book(s: Stripe, dispute: Dispute, amount: number, fee: number, description: string): Dispute {
  const back = amount > 0
  const movement = move(s, {
    ...{ amount, fee, currency: dispute.currency, source: dispute.id, type: 'adjustment', description },
    category: back ? 'dispute_reversal' : 'dispute',
  })
  const balance_transactions: Movement[] = [...dispute.balance_transactions, movement]
  return s.tables.disputes.put({ ...dispute, balance_transactions })
}

/** What becomes of a dispute: `withdraw` (an inquiry grows), `win`, `lose`, `reinstate`, `close` (an inquiry ends). */
export function decide(s: Stripe, id: string, verdict: string): Dispute | string {
  const dispute = s.tables.disputes.get(id)
  if (!dispute) return 'no such dispute'
  const isInquiry = dispute.status.startsWith('warning_')
  if (verdict === 'withdraw' && isInquiry)
    return withdraw(s, s.tables.disputes.put({ ...dispute, status: 'needs_response', is_charge_refundable: false }))
  if (verdict === 'close' && isInquiry) return close(s, dispute, 'warning_closed')
  if (verdict === 'lose' && !isInquiry) return close(s, dispute, 'lost')
  if (verdict === 'win' && !isInquiry) return close(s, reinstate(s, dispute), 'won')
  if (verdict === 'reinstate' && !isInquiry) return reinstate(s, dispute)
  return `a dispute that is ${dispute.status} cannot ${verdict}`
}

/** The money comes back; and the fee with it. Once. */
function reinstate(s: Stripe, dispute: Dispute): Dispute {
  if (dispute.balance_transactions.some(({ amount }) => amount > 0)) return dispute
  const given = book(s, dispute, dispute.amount, -s.settings().disputeFee, `Chargeback reversal for ${dispute.charge}`)
  s.tell('charge.dispute.funds_reinstated', given)
  return given
}

function close(s: Stripe, dispute: Dispute, status: string): Dispute {
  const closed = s.tables.disputes.put({ ...dispute, status })
  s.tell('charge.dispute.closed', closed)
  return closed
}

const disputes = (s: Stripe) => s.tables.disputes

export const disputeOperations: Operations = {
  GetDisputes: getMany(disputes, same('charge', 'payment_intent')),
  GetDisputesDispute: getOne(disputes, 'dispute'),
  PostDisputesDispute(call) {
    const { s, body } = call
    const dispute = found(disputes(s), idOf(call), 'dispute')
    const isSent = body.submit !== false && body.evidence !== undefined
    const changed = disputes(s).put({
      ...dispute,
      metadata: metadataOf(body.metadata, metadataOf(dispute.metadata)),
      ...(isSent && { status: dispute.status.replace('needs_response', 'under_review') }),
    })
    s.tell('charge.dispute.updated', changed)
    return shown(s, changed)
  },
  PostDisputesDisputeClose(call) {
    const { s } = call
    const closed = decide(s, found(disputes(s), idOf(call), 'dispute').id, 'lose')
    if (typeof closed === 'string') throw refuse(closed)
    return shown(s, closed)
  },
}

/** The command of a test: `{payment_intent | charge, amount?, reason?, inquiry?}`. */
export function disputeOnCommand(s: Stripe, fields: Fields): Dispute | string {
  const id = textOf(fields.payment_intent) ?? textOf(fields.charge) ?? ''
  return disputeBy(s, id, { amount: numberOf(fields.amount), reason: textOf(fields.reason), isInquiry: fields.inquiry === true })
}
