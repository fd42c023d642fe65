/// <reference types="@cloudflare/vitest-plugin/types" />
/** A number's subscription over the months, at a simulated Stripe whose clock is moved. Ours is not: what is paid lies ahead. */
import { env } from 'cloudflare:workers'
import { expect, inject, test } from 'vitest'
import type { TestWorld } from '#db/local/test-world.ts'
import * as z from 'zod'
import type { Env } from '../lib/env.ts'
import { owner } from './a-buyer.ts'
import { aPlan, aSeller, Begun, doorOf, type Shop } from './a-seller.ts'
import { gatewayOf } from './registry.ts'
import { lookAtSubscription } from './subscriptions.ts'

const DAY_S = 86_400
const { stripeAhead: api }: TestWorld = inject('world')
const ahead: Env = { ...env, STRIPE_API_URL: api }

async function stripe(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${api}/control/stripe${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
  return response.json()
}
const days = (count: number) => stripe('PUT', '/clock', { by: count * DAY_S })

const SHOP: Shop = {
  gateway: 'stripe',
  // A bank that asks is told yes.
  pays: (ref, card = 'ok') => stripe('POST', `/sessions/${ref}/pay`, { card, bank: 'yes' }),
  door: doorOf(ahead),
}

/** The buyer opens the bill that is shown to them, and pays it with another card. */
async function settles(payUrl: string | null): Promise<void> {
  const answer = await fetch(payUrl ?? '', { method: 'POST', body: new URLSearchParams({ card: 'ok' }) })
  expect(await answer.text()).toContain('Pagada')
}

const Rows = z.object({ items: z.array(z.looseObject({ id: z.string(), status: z.string() })) })
const rowOf = async (ref: string) => Rows.parse(await stripe('GET', `/rows/subscriptions?id=${ref}`)).items[0]

test('a renewal fails: grace, then nothing is sent, then it is paid and sends again; the other number never notices', async () => {
  await stripe('PUT', '/settings', { retryDays: [1, 3], afterRetries: 'unpaid' })
  const plan = await aPlan('Básico', 1500)
  const ana = await aSeller(SHOP, 'Loja', 'Lima')
  const [loja, lima] = [await ana.subscribed('Loja', plan, 'renewal_fails'), await ana.subscribed('Lima', plan)]
  expect([(await ana.of('Loja')).live?.state, (await ana.of('Lima')).live?.state]).toEqual(['active', 'active'])

  await days(31.5)
  expect(await ana.look(loja)).toMatchObject({ state: 'grace', problem: 'payment_failed', graceUntil: expect.any(String) })
  await days(5)
  const over = await ana.look(loja)
  expect(over).toMatchObject({ state: 'suspended', sendsUntil: null, payUrl: expect.stringContaining('/stripe/invoice/') })
  expect(await ana.look(lima)).toMatchObject({ state: 'active', sendsUntil: expect.any(String) })

  await settles(over.payUrl)
  expect(await ana.look(loja)).toMatchObject({ state: 'active', problem: null, payUrl: null, sendsUntil: expect.any(String) })
  expect(await ana.history(loja)).toEqual(['begun', 'active', 'grace', 'suspended', 'active'])
  expect(await ana.history(lima)).toEqual(['begun', 'active', 'renewed'])
  for (const id of [loja, lima]) {
    const papers = await ana.paid(id)
    expect(papers.map(({ amount }) => amount)).toEqual(['15000000', '15000000'])
    for (const { receiptUrl, invoiceUrl } of papers) {
      for (const url of [receiptUrl, invoiceUrl]) expect((await fetch(url ?? '')).status, String(url)).toBe(200)
    }
  }
  expect(await owner.query('select * from ledger_audit()', [])).toEqual([])
})

test('another plan: what it costs is said before, and is what is charged; back again nothing is charged', async () => {
  const [basic, plus] = [await aPlan('Básico', 1500), await aPlan('Plus', 4500)]
  const ana = await aSeller(SHOP, 'Loja')
  const id = await ana.subscribed('Loja', basic)
  await days(15)
  const seen = await ana.preview(id, plus)
  expect(seen).toMatchObject({ next: { minor: 4500, currency: 'USD' }, from: expect.any(String) })
  const now = seen.now?.minor ?? 0
  // About half of the difference: half of the month is left.
  expect(now).toBeGreaterThan(1200)
  expect(now).toBeLessThan(1800)
  expect((await ana.of('Loja')).live?.plan.name, 'a look changes nothing').toBe('Básico')

  expect(await ana.changes(id, plus)).toMatchObject({ url: null, subscription: { plan: { name: 'Plus' }, state: 'active' } })
  const [paid] = await ana.paid(id)
  expect(Math.abs(Number(paid?.amount) / 10_000 - now)).toBeLessThanOrEqual(1)
  expect((await ana.changes(id, plus)).subscription.plan.name, 'told twice, it is one').toBe('Plus')
  expect((await ana.paid(id)).length).toBe(2)
  expect(Rows.parse(await stripe('GET', `/rows/subscriptions?id=${await ana.ref(id)}`)).items).toMatchObject([
    { items: { data: [{ price: { unit_amount: 4500 } }] } },
  ])
  expect((await ana.preview(id, basic)).now?.minor).toBe(0)
  expect((await ana.changes(id, basic, 2)).subscription.plan.name).toBe('Básico')
  expect((await ana.paid(id)).length).toBe(2)
  expect(await ana.history(id)).toEqual(['begun', 'active', 'plan_changed', 'plan_changed'])
})

test('a change that the bank wants to ask its owner about waits on Stripe’s page, and the old plan holds until it is paid', async () => {
  const [basic, plus] = [await aPlan('Básico', 1500), await aPlan('Plus', 4500)]
  const ana = await aSeller(SHOP, 'Loja')
  const id = await ana.subscribed('Loja', basic, 'auth_always')
  await days(3)
  const { url, subscription } = await ana.changes(id, plus)
  expect(url).toContain('/stripe/invoice/')
  expect(subscription).toMatchObject({ plan: { name: 'Básico' }, state: 'active', sendsUntil: expect.any(String) })
  await settles(url)
  expect(await ana.look(id)).toMatchObject({ plan: { name: 'Plus' }, state: 'active' })
})

test('cancelled at the end and taken back; cancelled once more, it ends with its period and the number may begin anew', async () => {
  const plan = await aPlan('Básico', 1500)
  const ana = await aSeller(SHOP, 'Loja')
  const id = await ana.subscribed('Loja', plan)
  expect((await ana.act(id, 'cancel')).json).toMatchObject({ state: 'active', cancelsAt: expect.any(String) })
  expect((await ana.act(id, 'keep')).json).toMatchObject({ state: 'active', cancelsAt: null })
  await days(31.5)
  expect(await ana.look(id), 'it was renewed').toMatchObject({ state: 'active', cancelsAt: null })
  await ana.act(id, 'cancel')
  await days(32)
  expect(await ana.look(id)).toMatchObject({ state: 'ended' })
  expect(await ana.history(id)).toEqual([
    ...['begun', 'active', 'cancel_planned', 'cancel_taken_back', 'renewed', 'cancel_planned', 'ended'],
  ])
  expect((await ana.paid(id)).length, 'nothing more was charged').toBe(2)
  const again = await ana.subscribed('Loja', plan)
  expect((await ana.of('Loja')).live).toMatchObject({ id: again, state: 'active' })
})

test('paused it sends nothing and is charged nothing; resumed it goes on', async () => {
  const ana = await aSeller(SHOP, 'Loja')
  const id = await ana.subscribed('Loja', await aPlan('Básico', 1500))
  expect((await ana.act(id, 'pause')).json).toMatchObject({ state: 'paused', sendsUntil: null })
  await days(40)
  expect((await ana.paid(id)).length).toBe(1)
  expect((await ana.act(id, 'resume')).json).toMatchObject({ state: 'active', sendsUntil: expect.any(String) })
  expect(await ana.history(id)).toEqual(['begun', 'active', 'paused', 'active'])
})

test('a trial is tried once, and becomes a subscription that is paid; whose card is refused at its end has days of grace', async () => {
  const plan = await aPlan('Con prueba', 2900, 14)
  const ana = await aSeller(SHOP, 'Loja', 'Lima')
  const [loja, lima] = [await ana.subscribed('Loja', plan), await ana.subscribed('Lima', plan, 'renewal_fails')]
  expect(await ana.paid(loja), 'the first days cost nothing').toEqual([])
  await days(14.5)
  expect(await ana.look(loja)).toMatchObject({ state: 'active' })
  expect((await ana.paid(loja)).map(({ amount }) => amount)).toEqual(['29000000'])
  expect(await ana.look(lima)).toMatchObject({ state: 'grace', payUrl: expect.any(String) })
  expect(await ana.history(loja)).toEqual(['begun', 'trial', 'active'])
  await ana.act(loja, 'cancel')
  await days(32)
  expect(await ana.look(loja)).toMatchObject({ state: 'ended' })
  const second = await ana.subscribed('Loja', plan)
  expect((await ana.of('Loja')).live, 'no second trial').toMatchObject({ id: second, state: 'active' })
})

test('two pages paid for one number: the second subscription is ended at Stripe, and the first goes on', async () => {
  const [basic, plus] = [await aPlan('Básico', 1500), await aPlan('Plus', 4500)]
  const ana = await aSeller(SHOP, 'Loja')
  const { subscriptionId: left } = Begun.parse((await ana.open('Loja', basic)).json)
  const page = await ana.ref(left)
  // Both pages stand open in two windows: closing the first one at Stripe was lost on its way.
  await stripe('POST', '/mischief', { where: 'api', what: 'POST /v1/checkout/sessions/:session/expire', next: 4, status: 500 })
  const { subscriptionId: kept } = Begun.parse((await ana.open('Loja', plus)).json)
  await SHOP.pays(await ana.ref(kept))
  expect(await ana.look(kept)).toMatchObject({ state: 'active' })
  await SHOP.pays(page)
  const gateway = gatewayOf(ahead, 'stripe')
  if (gateway) await lookAtSubscription(ahead, gateway, page)
  const [stray] = Rows.parse(await stripe('GET', '/rows/subscriptions')).items.slice(-1)
  expect(stray).toMatchObject({ status: 'canceled', metadata: { subscription_id: left } })
  expect((await ana.of('Loja')).live).toMatchObject({ id: kept, state: 'active' })
  expect(await rowOf(await ana.ref(kept))).toMatchObject({ status: 'active' })
})
