/** Work on stored events: ids only, then a look. One that cannot be worked on is tried for a day, and is dead then. */
import type { Env } from '../lib/env.ts'
import { errorText, log } from '../lib/log.ts'
import { databaseOf } from '../lib/sql.ts'
import * as store from './billing.store.ts'
import { lookAtCard } from './cards.ts'
import type { About, Gateway } from './gateway.ts'
import { lookAtPayment } from './payments.ts'
import { gatewayOf } from './registry.ts'
import { lookAtSubscription } from './subscriptions.ts'
import { lookAtTopup, type Looked } from './topups.ts'

/** Seconds before tries 2, 3 …; after the last the event is dead. */
const AGAIN_AFTER_S = [5, 30, 120, 600, 3_600, 3_600 * 4, 3_600 * 12] as const

const look = (env: Env, gateway: Gateway, { kind, ref }: About): Promise<Looked> => {
  if (kind === 'topup') return lookAtTopup(env, gateway, ref)
  if (kind === 'card') return lookAtCard(env, gateway, ref)
  return kind === 'payment' ? lookAtPayment(env, gateway, ref) : lookAtSubscription(env, gateway, ref)
}

async function workOn(env: Env, gateway: Gateway, about: About[]): Promise<Looked> {
  for (const thing of about) {
    const looked = await look(env, gateway, thing)
    if (!looked.done) return looked
  }
  return { done: true }
}

/** Works on one event, whoever wakes it; nobody works on one twice at a time. */
export async function workOnEvent(env: Env, eventId: string): Promise<void> {
  const db = databaseOf(env)
  const event = await store.takeEvent(db, eventId)
  if (!event) return
  const gateway = gatewayOf(env, event.gateway)
  const outcome: Looked = gateway
    ? await workOn(env, gateway, event.about).catch((error: unknown): Looked => ({ done: false, code: errorText(error) }))
    : { done: false, code: 'gateway_not_here' }
  if (outcome.done) return store.settleEvent(db, eventId, 'done', null, 0)
  const wait = AGAIN_AFTER_S[event.tries - 1]
  if (wait === undefined)
    log('error', { event: 'gateway_event_dead', gateway: event.gateway, code: event.kind, error: outcome.code })
  await store.settleEvent(db, eventId, wait === undefined ? 'dead' : 'new', outcome.code, wait ?? 0)
}
