/** Each minute: what webhooks did not tell is found by looking, so that no crash and no lost event keeps money from its balance. */
import { wakeJobs } from '../lib/jobs.ts'
import type { Env } from '../lib/env.ts'
import { databaseOf } from '../lib/sql.ts'
import { alertsDue } from './alert.store.ts'
import { chargeTopup, fillBalances } from './automatic.ts'
import * as store from './billing.store.ts'
import { each, tried } from './each.ts'
import { sendRefund } from './payments.ts'
import { sweepReconciliation } from './reconcile.ts'
import { gatewayOf, gatewaysHere } from './registry.ts'
import { sweepSubscriptions } from './subscriptions.ts'
import { lookAtTopup, openTopup, told } from './topups.ts'

const AT_ONCE = 50
/** Promises of money that are over: a campaign of which nothing is heard is freed in a few minutes. */
const CHARGES = 500
/** Papers of one minute. */
const PAPERS = 500
const HOUR_MS = 3_600_000

async function lookAgain(env: Env, topupId: string): Promise<void> {
  const topup = await store.topupTold(databaseOf(env), topupId)
  const gateway = topup && gatewayOf(env, topup.gateway)
  if (!topup || !gateway) return
  if (topup.ref !== null) await lookAtTopup(env, gateway, topup.ref)
  else await (topup.kind === 'automatic' ? chargeTopup(env, topupId) : openTopup(env, topupId))
}

/** Events that a gateway has and we have not: stored as if they had been delivered. */
async function fetchEvents(env: Env, since: Date): Promise<void> {
  for (const name of gatewaysHere(env)) {
    const gateway = gatewayOf(env, name)
    const events = await gateway?.eventsSince(since)
    if (!events) continue
    if (!events.ok) told(name, 'eventsSince', events)
    else for (const news of events.value) await store.storeEvent(databaseOf(env), name, news, null)
  }
}

/** How far back a gateway's own list of events is read at this minute: an hour each quarter, three days once a day. Null: not now. */
function readBack(now: Date): Date | null {
  if (now.getUTCMinutes() % 15 !== 5) return null
  return new Date(now.getTime() - (now.getUTCHours() === 6 && now.getUTCMinutes() === 5 ? 72 : 1) * HOUR_MS)
}

/** Looks at everything that is due; gives the events and alerts that the queue shall wake. */
export async function sweepBilling(env: Env, now: Date): Promise<{ id: string; kind: string }[]> {
  const db = databaseOf(env)
  await tried(() => store.chargesPass(db, CHARGES))
  await tried(() => sweepSubscriptions(env))
  const alerts = async () => (await alertsDue(db, AT_ONCE)).map((id) => ({ id, kind: 'alert_delivery' }))
  if (gatewaysHere(env).length === 0) return alerts()
  await each(await store.topupsDue(db, AT_ONCE), (id) => lookAgain(env, id))
  await each(await store.refundsDue(db, AT_ONCE), (id) => sendRefund(env, id))
  await tried(() => store.papersIssue(db, PAPERS))
  const since = readBack(now)
  if (since) await fetchEvents(env, since)
  // After the looks: what is paid already needs no filling. Before the warnings, which it makes needless.
  await fillBalances(env, null)
  await wakeJobs(env, await store.balancesLook(db))
  await wakeJobs(env, await store.operatorLook(db))
  // Last, as it may take a while; it keeps nobody from their turn.
  await tried(() => sweepReconciliation(env, now))
  const events = (await store.eventsDue(db, AT_ONCE)).map((id) => ({ id, kind: 'gateway_event' }))
  return [...events, ...(await alerts())]
}
