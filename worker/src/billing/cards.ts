/**
 * Another card, for a subscription or for automatic top-ups, kept on the gateway's own page where nothing is paid. Which page counts
 * stands here; what it is for, and which card was kept, is believed of the gateway's own object alone, whoever looks at it.
 */
import type { Env } from '../lib/env.ts'
import { databaseOf } from '../lib/sql.ts'
import * as store from './billing.store.ts'
import { customerAt } from './customers.ts'
import type { Gateway, Result } from './gateway.ts'
import { lookAtSubscription } from './subscriptions.ts'
import { FINAL, told, type Looked } from './topups.ts'
import { wayBack } from './way-back.ts'

type Asks = { id: string; subscriptionId: string | null; currency: string; inFrame: boolean; home: string | null }

/** Opens the page. The one before is closed: two of them would be two answers to one question. */
export async function openCardPage(env: Env, gateway: Gateway, whose: store.CardTold, asks: Asks): Promise<Result<string>> {
  const customer = await customerAt(env, gateway, whose)
  if (!customer.ok) return customer
  if (customer.value === null) return { ok: false, kind: 'cannot', code: 'no_customers', text: gateway.name }
  const { id, subscriptionId, currency } = asks
  const place = subscriptionId === null ? '/settings/balance?' : `/settings/subscriptions?of=${subscriptionId}&`
  const opened = await gateway.openCard({
    ...{ cardId: id, accountId: whose.accountId, customerRef: customer.value, subscriptionId, currency },
    ...wayBack(env, asks, place, { paid: 'card=kept', left: 'card=left' }),
    language: whose.language,
  })
  if (!opened.ok) return opened
  if (whose.page !== null && whose.page !== opened.value.ref) {
    // What was finished there a moment ago counts; a page that is over cannot be closed, and need not be.
    await lookAtCard(env, gateway, whose.page)
    const closed = await gateway.cancelNow(whose.page)
    if (!closed.ok && !FINAL.has(closed.kind)) return closed
  }
  await store.cardOpened(databaseOf(env), whose.accountId, gateway.name, opened.value.ref)
  return { ok: true, value: opened.value.url }
}

/** Looks at a page. A card that was kept there is charged from now on. Again: nothing. */
export async function lookAtCard(env: Env, gateway: Gateway, page: string): Promise<Looked> {
  const db = databaseOf(env)
  const seen = await gateway.lookCard(page)
  if (!seen.ok) return told(gateway.name, 'lookCard', seen)
  const { state, subscriptionId, method } = seen.value
  if (state === 'open') return { done: true }
  const whose = await store.cardTold(db, gateway.name, page, subscriptionId)
  if (!whose) return { done: true }
  const subscriptionRef = whose.subscription
  let kept = method
  if (method && subscriptionRef !== null) {
    const used = await gateway.setMethod({ pageRef: page, subscriptionRef, methodRef: method.ref })
    if (!used.ok) {
      const failed = told(gateway.name, 'setMethod', used)
      if (!FINAL.has(used.kind)) return failed
      // It has ended over there: its own look says so.
      kept = null
    }
    await lookAtSubscription(env, gateway, subscriptionRef)
  }
  await store.cardKept(db, gateway.name, page, subscriptionId, kept)
  return { done: true }
}
