/**
 * A number's subscription from its row to its state. What stands in our database is written only from a look at the gateway's
 * own object, by one function, whoever asks: an event, the page that a buyer returns to, somebody's change, or the sweep.
 */
import { tellNumber } from '../channels/index.ts'
import type { Env } from '../lib/env.ts'
import { wakeJobs } from '../lib/jobs.ts'
import { log } from '../lib/log.ts'
import { databaseOf } from '../lib/sql.ts'
import { customerAt } from './customers.ts'
import type { Gateway, Result, SubscriptionSeen } from './gateway.ts'
import { gatewayOf } from './registry.ts'
import * as store from './subscriptions.store.ts'
import { FINAL, told, type Looked } from './topups.ts'
import { wayBack } from './way-back.ts'

const DONE: Looked = { done: true }

/** The gateway's name of a version of a plan, made there if it is not. */
export async function priceAt(env: Env, gateway: Gateway, price: store.PriceTold): Promise<Result<string>> {
  if (price.ref !== null) return { ok: true, value: price.ref }
  const { minor, currency, ref: _ref, version: _version, ...rest } = price
  const made = await gateway.ensurePrice({ ...rest, amount: { minor: BigInt(minor), currency } })
  return made.ok ? { ok: true, value: await store.keepPrice(databaseOf(env), price, gateway.name, made.value) } : made
}

/** Back to the company's numbers, where the app asks how this one went. */
export const backOf = (env: Env, asks: { id: string; inFrame: boolean; home: string | null }) =>
  wayBack(env, asks, `/settings/subscriptions?of=${asks.id}`, { paid: '&back=paid', left: '&back=left' })

/** Opens the page of a subscription that is noted, and gives its address. Again: the same page. */
export async function openPage(env: Env, gateway: Gateway, asks: store.Told): Promise<Result<string>> {
  if (asks.url !== null) return { ok: true, value: asks.url }
  const db = databaseOf(env)
  const price = await priceAt(env, gateway, asks.price)
  if (!price.ok) return price
  const customer = await customerAt(env, gateway, asks)
  if (!customer.ok) return customer
  const page = await gateway.openSubscription({
    ...{ subscriptionId: asks.id, attempt: 0, accountId: asks.accountId, customerRef: customer.value, email: asks.email },
    ...{ priceRef: price.value, title: `${asks.price.planName} · ${asks.channel}`, trialDays: asks.trialDays },
    ...{ ...backOf(env, asks), language: asks.language },
  })
  if (!page.ok) {
    if (FINAL.has(page.kind)) await store.left(db, asks.id, page.code)
    return page
  }
  await store.opened(db, asks.id, page.value.ref, page.value.url)
  return { ok: true, value: page.value.url }
}

/** It is over here, or the number has another one: it ends there too. Whether something was paid for it is for a person to see. */
async function endStray(gateway: Gateway, look: SubscriptionSeen): Promise<Looked> {
  log('error', { event: 'subscription_stray', gateway: gateway.name, error: look.ref ?? '' })
  const ended = look.ref === null ? null : await gateway.cancelNow(look.ref)
  return ended && !ended.ok && ended.kind !== 'gone' ? told(gateway.name, 'cancelNow', ended) : DONE
}

/** Looks at a subscription, by the gateway's name of it or of its page, and writes down what it says. */
export async function lookAtSubscription(env: Env, gateway: Gateway, ref: string, person: string | null = null): Promise<Looked> {
  const db = databaseOf(env)
  const looked = await gateway.lookSubscription(ref)
  if (!looked.ok) return told(gateway.name, 'lookSubscription', looked)
  const look = looked.value
  const ours =
    (await store.by(db, gateway.name, look.ref ?? ref, look.subscriptionId)) ?? (await store.by(db, gateway.name, ref, null))
  if (!ours) return DONE
  if (look.state === 'pending' && look.ref === null) return DONE
  await store.paid(db, ours.id, look)
  const now = await store.seen(db, ours.id, gateway.name, look, person)
  if (now?.changed && now.channel) await tellNumber(env, now.accountId, now.channel)
  if (now?.jobs) await wakeJobs(env, now.jobs)
  return now?.stray ? endStray(gateway, look) : DONE
}

const AT_ONCE = 50

/** Each minute: subscriptions that nobody has told us of, and what time alone has changed. */
export async function sweepSubscriptions(env: Env): Promise<void> {
  const db = databaseOf(env)
  for (const { gateway: name, ref, leaves } of await store.due(db, AT_ONCE)) {
    const gateway = gatewayOf(env, name)
    if (!gateway) continue
    const ended = leaves ? await gateway.cancelAtEnd(ref) : null
    if (ended && !ended.ok) told(gateway.name, 'cancelAtEnd', ended)
    await lookAtSubscription(env, gateway, ref)
  }
  const { told: numbers, jobs } = await store.pass(db)
  await wakeJobs(env, jobs)
  for (const { accountId, channel } of numbers) if (channel) await tellNumber(env, accountId, channel)
}
