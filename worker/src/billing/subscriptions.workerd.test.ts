/// <reference types="@cloudflare/vitest-plugin/types" />
/** A number's subscription from the choice of a plan to its end, at the simulated PayPal. */
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { settingsOf } from '../lib/env.ts'
import { aBuyer, owner } from './a-buyer.ts'
import { gatewayOf } from './registry.ts'
import { lookAtSubscription, sweepSubscriptions } from './subscriptions.ts'

const Sub = z.looseObject({
  id: z.string(),
  state: z.string(),
  sendsUntil: z.nullable(z.string()),
  cancelsAt: z.nullable(z.string()),
})
const Listed = z.object({
  sells: z.boolean(),
  items: z.array(
    z.object({ channel: z.object({ id: z.string(), name: z.string() }), live: z.nullable(Sub), pending: z.nullable(Sub) }),
  ),
  plans: z.array(z.looseObject({ id: z.string(), price: z.object({ id: z.string(), minor: z.number() }) })),
})
const Begun = z.object({ subscriptionId: z.string(), url: z.string() })

async function paypal(method: string, path: string, body: object = {}): Promise<void> {
  const simulators = new URL(settingsOf(env).bitrix24.oauth).origin
  const response = await fetch(`${simulators}/control/paypal${path}`, { method, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
}

async function aPlan(name: string, minor: number, trialDays = 0): Promise<string> {
  const code = `p${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`
  const [row] = await owner.query(
    `with p as (insert into plan (code, name) values ($1, $2) returning id)
     insert into plan_price (plan_id, version, minor, currency, every, trial_days) select id, 1, $3, 'USD', 'month', $4 from p returning id`,
    [code, name, minor, trialDays],
  )
  return String(row?.['id'])
}

/** A company that buys, with numbers of these names. */
async function aSeller(...names: string[]) {
  const ana = await aBuyer()
  await owner.query('insert into selling (account_id, is_on) values ($1, true)', [ana.accountId])
  for (const name of names) {
    await owner.query(
      "insert into channel (account_id, kind, name, key, phone, line, sealed) values ($1, 'meta', $2, new_id()::text, '5199', new_id()::text, '')",
      [ana.accountId, name],
    )
  }
  const listed = async () => Listed.parse((await ana.ask('GET', '/subscriptions')).json)
  const of = async (name: string) => {
    const found = (await listed()).items.find(({ channel }) => channel.name === name)
    if (!found) throw new Error(`no number ${name}`)
    return found
  }
  const open = async (name: string, planPriceId: string) => {
    const channelId = (await of(name)).channel.id
    return ana.ask('POST', '/subscriptions', { channelId, planPriceId, gateway: 'paypal' })
  }
  const ref = async (id: string) => String((await ana.row('subscription', id))['ref'])
  const look = async (id: string) => Sub.parse((await ana.ask('POST', `/subscriptions/${id}/look`, {})).json)
  return {
    ...{ ...ana, listed, of, open, ref, look },
    /** Begins, and pays on PayPal's page. */
    async subscribed(name: string, planPriceId: string) {
      const { subscriptionId: id } = Begun.parse((await open(name, planPriceId)).json)
      await paypal('POST', `/subscriptions/${await ref(id)}/approve`)
      await look(id)
      return id
    },
    act: (id: string, act: string) => ana.ask('PUT', `/subscriptions/${id}/state`, { act }),
    history: async (id: string) =>
      (await owner.query('select kind from subscription_event where subscription_id = $1 order by at, id', [id])).map(
        ({ kind }) => kind,
      ),
  }
}

test('each number has its own subscription: one is cancelled and lapses, the other goes on', async () => {
  const plan = await aPlan('Básico', 1500)
  const ana = await aSeller('Loja', 'Lima')
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
  const ana = await aSeller('Loja', 'Lima')
  const [loja, lima] = [await ana.subscribed('Loja', plan), await ana.subscribed('Lima', plan)]
  const { channel } = await ana.of('Loja')
  await owner.query('update channel set archived_at = now() where id = $1', [channel.id])
  await owner.query("update subscription set look_at = look_at - interval '1 second' where id = $1", [loja])
  await sweepSubscriptions(env)
  expect(await ana.row('subscription', loja)).toMatchObject({ state: 'active', cancels_at: expect.anything() })
  expect(await ana.row('subscription', lima)).toMatchObject({ state: 'active', cancels_at: null })
})

test('nobody told us that it was paid: the sweep finds it; told many times, it is one', async () => {
  const ana = await aSeller('Loja')
  const { subscriptionId: id } = Begun.parse((await ana.open('Loja', await aPlan('Con prueba', 2900, 14))).json)
  await sweepSubscriptions(env)
  expect((await ana.of('Loja')).pending?.state).toBe('pending')
  await paypal('POST', `/subscriptions/${await ana.ref(id)}/approve`)
  await owner.query("update subscription set look_at = now() - interval '1 minute' where id = $1", [id])
  await sweepSubscriptions(env)
  expect((await ana.of('Loja')).live).toMatchObject({ id, state: 'trial' })
  const gateway = gatewayOf(env, 'paypal')
  const ref = await ana.ref(id)
  if (gateway) await Promise.all(Array.from({ length: 4 }, () => lookAtSubscription(env, gateway, ref)))
  expect(await ana.history(id)).toEqual(['begun', 'trial'])
})

test('the same choice again is the same page; another choice closes it, and a plan that is not sold is refused', async () => {
  const [basic, plus] = [await aPlan('Básico', 1500), await aPlan('Plus', 3900)]
  const ana = await aSeller('Loja')
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
  const ana = await aSeller('Loja')
  const id = await ana.subscribed('Loja', plan)
  expect((await ana.act(id, 'pause')).json).toMatchObject({ state: 'paused', sendsUntil: null })
  expect((await ana.act(id, 'resume')).json).toMatchObject({ state: 'active', sendsUntil: expect.any(String) })
  expect(await ana.open('Loja', plan)).toMatchObject({ status: 409, json: { code: 'subscription_live' } })
  const bob = await aSeller('Quito')
  for (const [method, path, body] of [
    ['GET', `/subscriptions/${id}`],
    ['PUT', `/subscriptions/${id}/state`, { act: 'cancel' }],
    ['POST', `/subscriptions/${id}/look`, {}],
  ] as const) {
    expect(await bob.ask(method, path, body), `${method} ${path}`).toMatchObject({ status: 404 })
  }
  expect((await ana.of('Loja')).live?.cancelsAt).toBeNull()
})
