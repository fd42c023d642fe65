/**
 * Balances that fill themselves. The database begins a top-up, with the amount and the means of payment in its row; it is charged
 * here, and credited like every other one, by a look. However often it is charged, the key of its row makes it one.
 */
import { fromMicro } from '#contract/money.ts'
import type { Env } from '../lib/env.ts'
import { databaseOf } from '../lib/sql.ts'
import * as store from './billing.store.ts'
import { each } from './each.ts'
import { gatewayOf } from './registry.ts'
import { FINAL, lookAtTopup, told, type Looked } from './topups.ts'

const AT_ONCE = 50

/** Charges an automatic top-up that has no charge yet. Again: the same charge. */
export async function chargeTopup(env: Env, topupId: string): Promise<Looked> {
  const db = databaseOf(env)
  const topup = await store.topupTold(db, topupId)
  const gateway = topup && gatewayOf(env, topup.gateway)
  if (topup?.state !== 'created' || !gateway) return { done: true }
  const { accountId, customer: customerRef, method: methodRef } = topup
  const amount = fromMicro(topup.amount, topup.currency)
  if (!amount || customerRef === null || methodRef === null) throw new Error('an automatic top-up has an amount and a card')
  const charged = await gateway.chargeSaved({ topupId, accountId, customerRef, methodRef, amount })
  if (charged.ok) {
    await store.topupOpened(db, topupId, charged.value.ref, null, null)
    return lookAtTopup(env, gateway, charged.value.ref)
  }
  // Where it may have been done nothing is decided: the sweep asks again with the same key, and a webhook may be faster.
  if (FINAL.has(charged.kind)) await store.topupRefused(db, topupId, charged.code)
  return told(gateway.name, 'chargeSaved', charged)
}

/** Fills balances that have fallen below their thresholds: of one company, or (null) of all. */
export async function fillBalances(env: Env, accountId: string | null): Promise<void> {
  await each(await store.automaticBegin(databaseOf(env), accountId, AT_ONCE), (id) => chargeTopup(env, id))
}
