/// <reference types="@cloudflare/vitest-plugin/types" />
/** A number's subscription from the choice of a plan to its end, at the simulated PayPal. */
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { settingsOf, type Env } from '../lib/env.ts'
import { owner } from './a-buyer.ts'
import { aPlan, aSeller, Begun, doorOf, type Shop } from './a-seller.ts'
import { aPaypal } from './paypal/a-paypal.ts'
import { gatewayOf } from './registry.ts'
import { lookAtSubscription, sweepSubscriptions } from './subscriptions.ts'

async function paypal(method: string, path: string, body: object = {}): Promise<void> {
  const simulators = new URL(settingsOf(env).bitrix24.oauth).origin
  const response = await fetch(`${simulators}/control/paypal${path}`, { method, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
}

/** The simulated PayPal, where a buyer agrees. */
const SHOP: Shop = { gateway: 'paypal', pays: (ref) => paypal('POST', `/subscriptions/${ref}/approve`) }

/** An application of its own at PayPal, whose clock may be moved. */
async function anApplication() {
  const own = await aPaypal()
  const { clientId, secret, hookId } = own.place
  const there: Env = { ...env, PAYPAL_CLIENT_ID: clientId, PAYPAL_CLIENT_SECRET: secret, PAYPAL_WEBHOOK_ID: hookId }
  return { own, there }
}

test('each number has its own subscription: one is cancelled and lapses, the other goes on', async () => {
  const plan = await aPlan('Básico', 1500)
  const ana = await aSeller(SHOP, 'Loja', 'Lima')
  expect((await ana.of('Loja')).live).toBeNull()
  const [loja, lima] = [await ana.subscribed('Loja', plan), await ana.subscribed('Lima', plan)]
  expect([(await ana.of('Loja')).live?.state, (await ana.of('Lima')).live?.state]).toEqual(['active', 'active'])

  expect((await ana.act(loja, 'cancel')).json).toMatchObject({ state: 'active', cancelsAt: expect.any(String) })
  expect((await ana.of('Lima')).live?.cancelsAt).toBeNull()
  await owner.query("update subscription set sends_until = now() - interval '1 minute' where id = $1", [loja])
  await sweepSubscriptions(env)
  expect((await ana.of('Loja')).live?.sendsUntil ?? null).toBeNull()
  expect((await ana.of('Lima')).live).toMatchObject({ state: 'active', sendsUntil: expect.any(String) })
  expect(await ana.history(lima)).toEqual(['begun', 'active'])
  const { json } = await ana.ask('GET', `/subscriptions/${lima}`)
  expect(json).toMatchObject({ payments: [{ amount: '15000000', currency: 'USD' }] })
  const posted = await owner.query("select p.amount from posting p where p.account_id = $1 and p.reason = 'subscription'", [
    ana.accountId,
  ])
  expect(posted.map(({ amount }) => String(amount))).toEqual(['15000000', '15000000'])
})

test('a number that is put away is charged no more: its subscription ends with what was paid, and no other', async () => {
  const plan = await aPlan('Básico', 1500)
  const ana = await aSeller(SHOP, 'Loja', 'Lima')
  const [loja, lima] = [await ana.subscribed('Loja', plan), await ana.subscribed('Lima', plan)]
  const { channel } = await ana.of('Loja')
  await owner.query('update channel set archived_at = now() where id = $1', [channel.id])
  await owner.query("update subscription set look_at = look_at - interval '1 second' where id = $1", [loja])
  await sweepSubscriptions(env)
  expect(await ana.row('subscription', loja)).toMatchObject({ state: 'active', cancels_at: expect.anything() })
  expect(await ana.row('subscription', lima)).toMatchObject({ state: 'active', cancels_at: null })
})

test('nobody told us that it was paid: the sweep finds it; told many times, it is one', async () => {
  const ana = await aSeller(SHOP, 'Loja')
  const { subscriptionId: id } = Begun.parse((await ana.open('Loja', await aPlan('Con prueba', 2900, 14))).json)
  await sweepSubscriptions(env)
  expect((await ana.of('Loja')).pending?.state).toBe('pending')
  await paypal('POST', `/subscriptions/${await ana.ref(id)}/approve`)
  await owner.query("update subscription set look_at = now() - interval '1 day' where id = $1", [id])
  await sweepSubscriptions(env)
  expect((await ana.of('Loja')).live).toMatchObject({ id, state: 'trial' })
  const gateway = gatewayOf(env, 'paypal')
  const ref = await ana.ref(id)
  if (gateway) await Promise.all(Array.from({ length: 4 }, () => lookAtSubscription(env, gateway, ref)))
  expect(await ana.history(id)).toEqual(['begun', 'trial'])
})

test('a renewal of which no webhook tells is found when its period is over, and earned once', async () => {
  const { own, there } = await anApplication()
  const ana = await aSeller({ ...SHOP, door: doorOf(there) }, 'Loja')
  const id = await ana.subscribed('Loja', await aPlan('Básico', 1500))
  await own.days(32)
  for (const _ of [1, 2]) {
    await owner.query("update subscription set look_at = now() - interval '1 day' where id = $1", [id])
    await sweepSubscriptions(there)
  }
  expect(await ana.history(id)).toEqual(['begun', 'active', 'renewed'])
  // What is paid by that clock, a look with that clock sees.
  for (const _ of [1, 2]) await lookAtSubscription(there, own.gateway, await ana.ref(id))
  expect((await ana.paid(id)).map(({ amount }) => amount)).toEqual(['15000000', '15000000'])
  expect(await owner.query('select * from ledger_audit()', [])).toEqual([])
})

test('a gateway that does not answer is said so to who asks whether it was paid; asked again, it is there', async () => {
  const { own, there } = await anApplication()
  const ana = await aSeller({ ...SHOP, door: doorOf(there) }, 'Loja')
  const { subscriptionId: id } = Begun.parse((await ana.open('Loja', await aPlan('Básico', 1500))).json)
  await paypal('POST', `/subscriptions/${await ana.ref(id)}/approve`)
  await own.mischief({ where: 'api', what: 'GET /v1/billing/subscriptions', status: 503 })
  expect(await ana.ask('POST', `/subscriptions/${id}/look`, {})).toMatchObject({ status: 503, json: { code: 'gateway_away' } })
  expect(await ana.look(id)).toMatchObject({ state: 'active' })
})

test('the same choice again is the same page; another choice closes it, and a plan that is not sold is refused', async () => {
  const [basic, plus] = [await aPlan('Básico', 1500), await aPlan('Plus', 3900)]
  const ana = await aSeller(SHOP, 'Loja')
  const first = Begun.parse((await ana.open('Loja', basic)).json)
  expect(Begun.parse((await ana.open('Loja', basic)).json)).toEqual(first)
  const second = Begun.parse((await ana.open('Loja', plus)).json)
  expect(second.subscriptionId).not.toBe(first.subscriptionId)
  expect(await ana.row('subscription', first.subscriptionId)).toMatchObject({ state: 'ended' })
  await owner.query('update plan set retired_at = now() where id = (select plan_id from plan_price where id = $1)', [basic])
  expect(await ana.open('Loja', basic)).toMatchObject({ status: 409, json: { code: 'plan_not_sold' } })
  expect((await ana.act(second.subscriptionId, 'drop')).json).toMatchObject({ state: 'ended' })
  expect((await ana.of('Loja')).pending).toBeNull()
})

test('paused, it sends nothing; resumed, it does; and a second one for the same number is not begun', async () => {
  const plan = await aPlan('Básico', 1500)
  const ana = await aSeller(SHOP, 'Loja')
  const id = await ana.subscribed('Loja', plan)
  expect((await ana.act(id, 'pause')).json).toMatchObject({ state: 'paused', sendsUntil: null })
  expect((await ana.act(id, 'resume')).json).toMatchObject({ state: 'active', sendsUntil: expect.any(String) })
  expect(await ana.open('Loja', plan)).toMatchObject({ status: 409, json: { code: 'subscription_live' } })
  const bob = await aSeller(SHOP, 'Quito')
  for (const [method, path, body] of [
    ['GET', `/subscriptions/${id}`],
    ['PUT', `/subscriptions/${id}/state`, { act: 'cancel' }],
    ['POST', `/subscriptions/${id}/look`, {}],
  ] as const) {
    expect(await bob.ask(method, path, body), `${method} ${path}`).toMatchObject({ status: 404 })
  }
  expect((await ana.of('Loja')).live?.cancelsAt).toBeNull()
})

test('another plan at PayPal: its price is said before, the buyer agrees on PayPal’s page, and it holds from the next period', async () => {
  const [basic, plus] = [await aPlan('Básico', 1500), await aPlan('Plus', 3900)]
  const ana = await aSeller(SHOP, 'Loja')
  const id = await ana.subscribed('Loja', basic)
  const paidUntil = (await ana.of('Loja')).live?.paidUntil ?? ''
  const nothing = { minor: 0, currency: 'USD' }
  expect(await ana.preview(id, plus)).toEqual({ now: nothing, next: { minor: 3900, currency: 'USD' }, from: paidUntil })

  const asked = await ana.changes(id, plus)
  expect(asked.url).toContain('/webapps/billing/subscriptions')
  expect(asked.subscription.plan.name, 'nobody has agreed yet').toBe('Básico')
  expect((await ana.changes(id, plus, 2)).url, 'asked again, it is the same wish').toBe(asked.url)
  await paypal('POST', `/subscriptions/${await ana.ref(id)}/approve`)
  expect(await ana.look(id)).toMatchObject({ state: 'active', plan: { name: 'Plus' } })
  expect((await ana.changes(id, plus, 3)).url, 'it is done').toBeNull()
  expect((await ana.paid(id)).map(({ amount }) => amount)).toEqual(['15000000'])
  expect(await ana.history(id)).toEqual(['begun', 'active', 'plan_changed'])
})

test('PayPal gives up after its tries: nothing is sent; paid by hand over there, it goes on by itself', async () => {
  const { own, there } = await anApplication()
  const ana = await aSeller({ ...SHOP, door: doorOf(there) }, 'Loja')
  const id = await ana.subscribed('Loja', await aPlan('Básico', 1500))
  await paypal('POST', `/subscriptions/${await ana.ref(id)}/refuse`, { times: 6 })
  await own.days(95)
  const over = await ana.look(id)
  expect(over).toMatchObject({
    state: 'suspended',
    sendsUntil: null,
    payUrl: expect.stringContaining('/myaccount/autopay/connect/'),
  })
  await fetch(over.payUrl ?? '', { method: 'POST', body: new URLSearchParams({ does: 'pay' }) })
  expect(await ana.look(id)).toMatchObject({ state: 'active', sendsUntil: expect.any(String) })
  expect(await ana.history(id)).toEqual(['begun', 'active', 'suspended', 'active'])
})
