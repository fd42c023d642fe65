/**
 * A top-up from its row to the balance. The row is written before the gateway hears of it, and money is credited by one
 * function, whoever asks: the webhook's event, the page that the buyer returns to, or the minute's sweep.
 */
import { fromMicro } from '#contract/money.ts'
import type { Env } from '../lib/env.ts'
import { log } from '../lib/log.ts'
import { Refusal } from '../lib/refusal.ts'
import { databaseOf } from '../lib/sql.ts'
import * as store from './billing.store.ts'
import { customerAt } from './customers.ts'
import type { Failure, TopupGateway } from './gateway.ts'
import { gatewayOf } from './registry.ts'
import { wayBack } from './way-back.ts'

/** `again`: nothing is decided, and a later look finds out. */
export type Looked = { done: true } | { done: false; code: string }
const DONE: Looked = { done: true }

/** Failures that will be the same tomorrow. */
export const FINAL: ReadonlySet<Failure['kind']> = new Set(['declined', 'refused', 'gone', 'cannot'])

/** What a person is told of a gateway's no. Where it did not answer nothing is decided: the same again finds out. */
export function refused({ kind, code }: Failure): Refusal {
  return FINAL.has(kind) ? new Refusal('gateway_refused', { reason: code }) : new Refusal('gateway_away', {}, 5)
}

const TITLES = { es: 'Saldo de WhatsappB24', en: 'WhatsappB24 balance', pt: 'Saldo do WhatsappB24' } as const

/** What our own side logs of a gateway's no. */
export function told(gateway: string, what: string, failure: Failure): Looked {
  log(failure.kind === 'auth' ? 'error' : 'warn', {
    event: 'gateway_failed',
    gateway,
    method: what,
    code: failure.code,
    error: failure.text,
  })
  return { done: false, code: failure.code }
}

async function ask(env: Env, gateway: TopupGateway, topup: store.TopupTold) {
  const amount = fromMicro(topup.amount, topup.currency)
  if (!amount) throw new Error('a top-up is whole minor units')
  const customer = await customerAt(env, gateway, topup)
  if (!customer.ok) return customer
  const page = await gateway.openTopup({
    topupId: topup.id,
    accountId: topup.accountId,
    customerRef: customer.value,
    amount,
    title: TITLES[topup.language],
    ...wayBack(env, topup, `/settings/balance?topup=${topup.id}`, { paid: '', left: '&cancelled=1' }),
    language: topup.language,
    keepsMethod: topup.keepsMethod,
  })
  return page
}

/** Asks the gateway for the page of a top-up that has none. Again: the same page. */
export async function openTopup(env: Env, topupId: string): Promise<Looked> {
  const db = databaseOf(env)
  const topup = await store.topupTold(db, topupId)
  const gateway = topup && gatewayOf(env, topup.gateway)
  if (topup?.state !== 'created' || !gateway) return DONE
  const opened = await ask(env, gateway, topup)
  if (opened.ok) await store.topupOpened(db, topupId, opened.value.ref, opened.value.url, opened.value.expiresAt)
  else if (FINAL.has(opened.kind)) {
    await store.topupRefused(db, topupId, opened.code)
    return told(gateway.name, 'openTopup', opened)
  } else return told(gateway.name, 'openTopup', opened)
  return DONE
}

/** Looks at a gateway's page or charge and writes down what it says. Whoever paid is credited, once. */
export async function lookAtTopup(env: Env, gateway: TopupGateway, ref: string): Promise<Looked> {
  const db = databaseOf(env)
  const seen = await gateway.lookTopup(ref)
  if (!seen.ok) return told(gateway.name, 'lookTopup', seen)
  const topupId = await store.topupOf(db, gateway.name, ref, seen.value.topupId)
  if (topupId === null) {
    if (seen.value.state === 'paid') await ofNobody(env, gateway, seen.value.payment)
    return DONE
  }
  const now = await store.topupSeen(db, topupId, gateway.name, ref, seen.value)
  if (now?.problem === 'amount_differs' || now?.problem === 'payment_of_another')
    log('error', { event: 'payment_unallocated', gateway: gateway.name, code: now.problem, error: ref })
  return DONE
}

/** Money that we cannot explain is never guessed to be somebody's. */
export async function ofNobody(env: Env, gateway: TopupGateway, payment: Parameters<typeof store.unallocated>[2]): Promise<void> {
  await store.unallocated(databaseOf(env), gateway.name, payment, 'of_nobody')
  log('error', { event: 'payment_unallocated', gateway: gateway.name, code: 'of_nobody', error: payment.ref })
}
