/** Money that goes back to its owner: at once, after a while, or not after all. */
import { blank } from '../contract.ts'
import { numberOf, textOf } from '../../lib/fields.ts'
import type { Charge, Refund } from '../model.ts'
import { DAY, makeId, refuse } from '../service.ts'
import type { Stripe } from '../service.ts'
import { found, getMany, getOne, idOf, metadataOf, same } from '../rest/call.ts'
import type { Call, Operations } from '../rest/call.ts'
import { shown } from '../rest/shown.ts'
import { cardOf } from './cards.ts'
import { move } from './movements.ts'

const refunds = (s: Stripe) => s.tables.refunds
/** Days after which a refund that takes its time is done, or a failing one is given back. */
const DAYS = 3
/** What is undefined leaves no trace in JSON. */
const NOT_PENDING = { pending_reason: undefined }

function create({ s, body }: Call) {
  const charge = chargeOf(s, textOf(body.payment_intent), textOf(body.charge))
  const left = charge.amount - charge.amount_refunded
  if (left === 0) throw refuse(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  const amount = numberOf(body.amount) ?? left
  if (amount < 1) throw refuse('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount' })
  if (amount > left)
    throw refuse(`Refund amount (${money(amount)}) is greater than unrefunded amount on charge (${money(left)})`, {
      param: 'amount',
    })
  if (charge.disputed) {
    const isInquiry = s.tables.disputes.all().some((one) => one.charge === charge.id && one.is_charge_refundable === true)
    if (!isInquiry) throw refuse(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' })
  }
  const how = cardOf(s, charge.payment_method ?? '').refund
  const refund: Refund = {
    ...blank('refund'),
    ...{ id: makeId(charge.id.startsWith('py') ? 'pyr' : 're'), object: 'refund', created: s.now(), amount },
    ...{
      charge: charge.id,
      currency: charge.currency,
      payment_intent: charge.payment_intent,
      metadata: metadataOf(body.metadata),
    },
    ...{ reason: textOf(body.reason) ?? null, status: how === 'pending' ? 'pending' : 'succeeded' },
    ...(how === 'pending' && { pending_reason: 'processing' }),
    balance_transaction: move(s, {
      ...{ amount: -amount, currency: charge.currency, fee: 0, source: '', description: `REFUND FOR CHARGE (${charge.id})` },
      type: charge.id.startsWith('py') ? 'payment_refund' : 'refund',
    }).id,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
  }
  s.tables.movements.change(String(refund.balance_transaction), { source: refund.id })
  const made = refunds(s).put(refund)
  s.tell('refund.created', made)
  countBack(s, charge, amount)
  if (how) s.schedule(how === 'fails' ? 'refund-fails' : 'refund-done', made.id, s.now() + DAYS * DAY)
  return shown(s, made)
}

function money(minor: number): string {
  return `$${(minor / 100).toFixed(2)}`
}

function chargeOf(s: Stripe, intent: string | undefined, id: string | undefined): Charge {
  if (intent === undefined && id === undefined)
    throw refuse('One of the following params should be provided for this request: payment_intent or charge.')
  const latest = intent === undefined ? id : found(s.tables.intents, intent, 'payment_intent', 'payment_intent').latest_charge
  const charge = s.tables.charges.get(latest ?? '')
  if (charge?.status === 'succeeded') return charge
  if (intent === undefined) return found(s.tables.charges, id, 'charge', 'charge')
  throw refuse(`This PaymentIntent (${intent}) does not have a successful charge to refund.`)
}

/** What of a payment has gone back; a refund that failed counts against. */
function countBack(s: Stripe, charge: Charge, amount: number): void {
  const amount_refunded = charge.amount_refunded + amount
  const changed = s.tables.charges.put({ ...charge, amount_refunded, refunded: amount_refunded === charge.amount })
  s.tell(amount > 0 ? 'charge.refunded' : 'charge.updated', changed, { amount_refunded: charge.amount_refunded })
}

/** A refund that was given, or was on its way, comes back. */
export function failRefund(s: Stripe, id: string): Refund | string {
  const refund = refunds(s).get(id)
  if (!refund || refund.status === 'failed' || refund.status === 'canceled') return 'no such refund, or it is over'
  s.unschedule('refund-fails', id)
  s.unschedule('refund-done', id)
  return comeBack(s, refund, 'failed')
}

function comeBack(s: Stripe, refund: Refund, status: 'failed' | 'canceled'): Refund {
  const { amount, currency, id } = refund
  const back = move(s, { amount, currency, fee: 0, source: id, type: 'refund_failure', description: `REFUND FAILURE (${id})` })
  const failed = refunds(s).put({
    ...{ ...refund, ...NOT_PENDING, status, failure_balance_transaction: back.id },
    ...(status === 'failed' && { failure_reason: 'expired_or_canceled_card' }),
  })
  const charge = s.tables.charges.get(refund.charge)
  if (charge) countBack(s, charge, -amount)
  s.tell(status === 'failed' ? 'refund.failed' : 'refund.updated', failed)
  return failed
}

/** A refund that took its time has arrived. */
export function finishRefund(s: Stripe, id: string): Refund | string {
  const refund = refunds(s).get(id)
  if (refund?.status !== 'pending') return 'no such refund, or it does not wait'
  s.unschedule('refund-done', id)
  const done = refunds(s).put({ ...refund, ...NOT_PENDING, status: 'succeeded' })
  s.tell('refund.updated', done)
  return done
}

export const refundOperations: Operations = {
  PostRefunds: create,
  GetRefunds: getMany(refunds, same('charge', 'payment_intent')),
  GetRefundsRefund: getOne(refunds, 'refund'),
  PostRefundsRefund(call) {
    const { s, body } = call
    const refund = found(refunds(s), idOf(call), 'refund')
    const changed = refunds(s).put({ ...refund, metadata: metadataOf(body.metadata, refund.metadata) })
    s.tell('refund.updated', changed)
    return shown(s, changed)
  },
  PostRefundsRefundCancel(call) {
    const { s } = call
    const refund = found(refunds(s), idOf(call), 'refund')
    if (refund.status !== 'pending') throw refuse(`You cannot cancel a refund that is ${refund.status}.`)
    s.unschedule('refund-done', refund.id)
    return shown(s, comeBack(s, refund, 'canceled'))
  },
}
