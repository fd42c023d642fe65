/** A payment by its own name: whose it is, and what was taken back of it. */
import { databaseOf } from '../lib/sql.ts'
import type { Env } from '../lib/env.ts'
import { fromMicro } from '#contract/money.ts'
import * as store from './billing.store.ts'
import type { TopupGateway } from './gateway.ts'
import { gatewayOf } from './registry.ts'
import { lookAtTopup, ofNobody, told, type Looked } from './topups.ts'

const DONE: Looked = { done: true }

/** Finds out whose a payment is that nobody has told us of yet, and settles it. */
async function meet(env: Env, gateway: TopupGateway, ref: string): Promise<Looked> {
  const seen = await gateway.lookPayment(ref)
  if (!seen.ok) return told(gateway.name, 'lookPayment', seen)
  const { topupId, subscriptionRef, payment } = seen.value
  const topup = topupId === null ? null : await store.topupTold(databaseOf(env), topupId)
  // A page on which somebody may still pay is not over because one try of theirs was refused: only its own ref says that.
  if (topup?.gateway === gateway.name) return payment || topup.ref !== null ? lookAtTopup(env, gateway, topup.ref ?? ref) : DONE
  // What is paid for a subscription is looked at by its own events.
  if (subscriptionRef === null && payment) await ofNobody(env, gateway, payment)
  return DONE
}

/** Looks at a payment: first that it is ours, then what was taken back of it. In whatever order that was told. */
export async function lookAtPayment(env: Env, gateway: TopupGateway, ref: string): Promise<Looked> {
  const db = databaseOf(env)
  if (!(await store.paymentOf(db, gateway.name, ref))) {
    const met = await meet(env, gateway, ref)
    if (!met.done || !(await store.paymentOf(db, gateway.name, ref))) return met
  }
  return lookAtTakenBack(env, gateway, ref)
}

async function lookAtTakenBack(env: Env, gateway: TopupGateway, ref: string): Promise<Looked> {
  const taken = await gateway.lookTakenBack(ref)
  if (!taken.ok) return told(gateway.name, 'lookTakenBack', taken)
  const { seenAt, items } = taken.value
  if (items.length > 0) await store.takenBack(databaseOf(env), gateway.name, ref, seenAt, items)
  return DONE
}

/** Asks the gateway for a refund that is held here, and looks at what came of it. Again: the same refund. */
export async function sendRefund(env: Env, refundId: string): Promise<Looked> {
  const db = databaseOf(env)
  const refund = await store.refundTold(db, refundId)
  const gateway = refund && gatewayOf(env, refund.gateway)
  if (!refund || !gateway) return DONE
  if (refund.state === 'asked' && refund.ours) {
    const amount = fromMicro(refund.amount, refund.currency)
    if (!amount) throw new Error('a refund is whole minor units')
    const sent = await gateway.refund({ refundId, paymentRef: refund.payment, amount })
    if (sent.ok) await store.refundOpened(db, refundId, sent.value.ref)
    else {
      if (['declined', 'refused', 'gone', 'cannot'].includes(sent.kind)) await store.refundRefused(db, refundId, sent.code)
      return told(gateway.name, 'refund', sent)
    }
  }
  return lookAtTakenBack(env, gateway, refund.payment)
}
