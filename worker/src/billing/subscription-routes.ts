/** Subscriptions of a company's numbers: contract/subscriptions.ts. */
import type { Endpoint, ParsedOf } from '#contract/endpoint.ts'
import * as subscriptions from '#contract/subscriptions.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callFor, rawFor } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'
import { databaseOf } from '../lib/sql.ts'
import type { Gateway } from './gateway.ts'
import { gatewayOf, gatewaysHere } from './registry.ts'
import { backOf, lookAtSubscription, openPage, priceAt } from './subscriptions.ts'
import * as store from './subscriptions.store.ts'
import { refused } from './topups.ts'
import { homeOf } from './way-back.ts'

function gatewayFor(c: Request, name: string): Gateway {
  const gateway = gatewayOf(c.env, name)
  if (!gateway) throw new Refusal('gateway_not_here')
  return gateway
}

async function shown(c: Request, subscriptionId: string): Promise<subscriptions.Subscription> {
  const { result } = await callFor(c, subscriptions.getSubscription, 'api_subscription', { subscriptionId })
  return subscriptions.getSubscription.returns.parse(JSON.parse(result)).subscription
}

const Begun = z.union([z.object({ id: z.string() }), z.object({ before: z.string() })])

/** Another choice was begun: its page is closed at its gateway, so that nobody pays twice. */
async function close(c: Request, id: string): Promise<void> {
  const before = await store.told(databaseOf(c.env), id)
  const gateway = before && gatewayOf(c.env, before.gateway)
  if (!gateway || before.ref === null) return
  await lookAtSubscription(c.env, gateway, before.ref)
  const now = await store.told(databaseOf(c.env), id)
  if (now?.state === 'pending') await gateway.cancelNow(before.ref)
}

async function open(c: Request, input: ParsedOf<typeof subscriptions.openSubscription>) {
  const gateway = gatewayFor(c, input.gateway)
  const begin = async (closed?: string) =>
    Begun.parse(
      JSON.parse(
        (await callFor(c, subscriptions.openSubscription, 'api_subscription_begin', { ...input, home: homeOf(c), closed }))
          .result,
      ),
    )
  let begun = await begin()
  if ('before' in begun) {
    await close(c, begun.before)
    begun = await begin(begun.before)
  }
  if ('before' in begun) throw new Refusal('changed_meanwhile')
  const asks = await store.told(databaseOf(c.env), begun.id)
  if (!asks) throw new Refusal('not_found')
  const page = await openPage(c.env, gateway, asks)
  if (!page.ok) throw refused(page)
  return { subscriptionId: subscriptions.SubscriptionId.parse(begun.id), url: page.value }
}

async function act(c: Request, row: Endpoint, args: { subscriptionId: string; act: string; planPriceId?: string }) {
  const { caller, result } = await callFor(c, row, 'api_subscription_act', args)
  const asks = store.Told.parse(JSON.parse(result))
  return { caller, asks, gateway: gatewayFor(c, asks.gateway) }
}

const refOf = ({ ref }: store.Told): string => {
  if (ref === null) throw new Refusal('gateway_away', {}, 5)
  return ref
}

async function priceFor(c: Request, gateway: Gateway, planPriceId: string): Promise<string> {
  // Who is subscribed has had the trial.
  const price = await store.priceTold(databaseOf(c.env), planPriceId, gateway.name, 0)
  const ref = price && (await priceAt(c.env, gateway, price))
  if (!ref) throw new Refusal('not_found')
  if (!ref.ok) throw refused(ref)
  return ref.value
}

async function preview(c: Request, input: ParsedOf<typeof subscriptions.previewPlan>) {
  const { asks, gateway } = await act(c, subscriptions.previewPlan, { ...input, act: 'preview' })
  const priceRef = await priceFor(c, gateway, input.planPriceId)
  const seen = await gateway.previewChange({ ref: refOf(asks), priceRef })
  if (!seen.ok) throw refused(seen)
  const money = (amount: { minor: bigint; currency: string } | null) => amount && { ...amount, minor: Number(amount.minor) }
  return { now: money(seen.value.now), next: money(seen.value.next), from: seen.value.from?.toISOString() ?? null }
}

async function changePlan(c: Request, input: ParsedOf<typeof subscriptions.changePlan>) {
  const { subscriptionId, planPriceId, attempt } = input
  const { caller, asks, gateway } = await act(c, subscriptions.changePlan, { subscriptionId, planPriceId, act: 'plan' })
  const ref = refOf(asks)
  const priceRef = await priceFor(c, gateway, planPriceId)
  const back = backOf(c.env, { id: asks.id, inFrame: input.inFrame === true, home: homeOf(c) })
  const changed = await gateway.changePlan({ ...back, subscriptionId, ref, priceRef, attempt })
  if (!changed.ok) throw refused(changed)
  await lookAtSubscription(c.env, gateway, ref, caller.person.id)
  return { url: changed.value.done ? null : changed.value.url, subscription: await shown(c, subscriptionId) }
}

const ACTS = {
  pause: (gateway: Gateway, ref: string) => gateway.pause(ref),
  resume: (gateway: Gateway, ref: string) => gateway.resume(ref),
  cancel: (gateway: Gateway, ref: string) => gateway.cancelAtEnd(ref),
  keep: (gateway: Gateway, ref: string) => gateway.takeBackCancel(ref),
  drop: (gateway: Gateway, ref: string) => gateway.cancelNow(ref),
}

async function change(c: Request, input: ParsedOf<typeof subscriptions.actSubscription>) {
  const { caller, asks, gateway } = await act(c, subscriptions.actSubscription, input)
  if (input.act === 'drop' && asks.state !== 'pending') throw new Refusal('subscription_live')
  if (asks.ref !== null) {
    // It may have been paid a moment ago: nothing that is paid is dropped.
    if (input.act === 'drop') await lookAtSubscription(c.env, gateway, asks.ref)
    const now = input.act === 'drop' ? await store.told(databaseOf(c.env), asks.id) : asks
    if (input.act === 'drop' && now?.state !== 'pending') return shown(c, asks.id)
    const done = await ACTS[input.act](gateway, asks.ref)
    // A page of PayPal cannot be closed: it closes by itself, and who pays it all the same is found as a stray one.
    if (!done.ok && input.act !== 'drop') throw refused(done)
    if (input.act !== 'drop') await lookAtSubscription(c.env, gateway, asks.ref, caller.person.id)
  }
  if (input.act === 'drop') await store.left(databaseOf(c.env), asks.id, null)
  return shown(c, asks.id)
}

async function look(c: Request, { subscriptionId }: ParsedOf<typeof subscriptions.lookSubscription>) {
  const { id, gateway: name } = await shown(c, subscriptionId)
  const asks = await store.told(databaseOf(c.env), id)
  const gateway = gatewayOf(c.env, name)
  const looked = gateway && asks?.ref ? await lookAtSubscription(c.env, gateway, asks.ref) : null
  // Who has paid and is shown nothing new would pay again.
  if (looked?.done === false) throw new Refusal('gateway_away', {}, 5)
  return shown(c, subscriptionId)
}

const Listed = z.looseObject({})

/** Everything of contract/subscriptions.ts. */
export function subscriptionRoutes(app: App): void {
  serve(app, subscriptions.whomToAsk, (c) => rawFor(c, subscriptions.whomToAsk, 'api_payers', {}))
  serve(app, subscriptions.listSubscriptions, async (c) => {
    const { result } = await callFor(c, subscriptions.listSubscriptions, 'api_subscriptions', {})
    return new RawJson(JSON.stringify({ ...Listed.parse(JSON.parse(result)), gateways: gatewaysHere(c.env) }))
  })
  serve(app, subscriptions.getSubscription, (c, input) => rawFor(c, subscriptions.getSubscription, 'api_subscription', input))
  serve(app, subscriptions.openSubscription, open)
  serve(app, subscriptions.lookSubscription, look)
  serve(app, subscriptions.previewPlan, preview)
  serve(app, subscriptions.changePlan, changePlan)
  serve(app, subscriptions.actSubscription, change)
}
