/// <reference types="@cloudflare/vitest-plugin/types" />
/** What operators decide about money, through to the simulated gateways. */
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { API } from '#contract/api.ts'
import { newId } from '../lib/ids.ts'
import { aBuyer, control, dropAnswers, owner, rowsOf } from './a-buyer.ts'
import { sweepBilling } from './sweep.ts'

const QUIET_MINUTE = new Date('2026-11-22T10:01:00Z')
const reason = 'Lo pidió por correo'
type Buyer = Awaited<ReturnType<typeof aBuyer>>

async function anOperator(): Promise<Buyer> {
  const who = await aBuyer()
  await owner.query('insert into platform_admin (person_id) select id from person where account_id = $1', [who.accountId])
  return who
}

const Loose = z.object({ items: z.array(z.looseObject({ id: z.string(), ref: z.string(), underWay: z.boolean() })) })
const looseOf = async (operator: Buyer, ref: string) =>
  Loose.parse((await operator.ask('GET', '/operator/loose-payments')).json).items.find((one) => one.ref === ref)

const back = (operator: Buyer, paymentId: string, id: string, amount?: string) =>
  operator.ask('POST', `/operator/payments/${paymentId}/refunds`, { id, reason, ...(amount === undefined ? {} : { amount }) })

/** Money that is not what was asked for; the gateway's name of it. */
async function strange(ana: Buyer): Promise<{ topupId: string; ref: string }> {
  const { id, ref } = await ana.open()
  await owner.query('update topup set amount = 20000000 where id = $1', [id])
  const payment = await ana.pays(ref)
  expect(await ana.look(id)).toMatchObject({ state: 'failed', problem: 'amount_differs' })
  return { topupId: id, ref: payment }
}

test('strange money goes back through Stripe once, though the answer is lost and the operator asks again', async () => {
  const [operator, ana] = [await anOperator(), await aBuyer()]
  const { ref } = await strange(ana)
  const found = await looseOf(operator, ref)
  expect(found).toMatchObject({
    ...{ problem: 'amount_differs', left: '25000000', customer: null, underWay: false },
    meant: { customer: { id: ana.accountId }, amount: '20000000' },
  })
  const id = newId()
  await dropAnswers('POST /v1/refunds')
  expect(await back(operator, found?.id ?? '', id)).toMatchObject({ status: 200, json: { state: 'asked' } })
  expect(await looseOf(operator, ref), 'nobody needs to decide any more').toMatchObject({ underWay: true })
  expect(await back(operator, found?.id ?? '', id)).toMatchObject({ status: 200, json: { state: 'succeeded' } })
  await ana.due('refund', id)
  await sweepBilling(env, QUIET_MINUTE)
  expect(await rowsOf('refunds', `?payment_intent=${ref}`)).toHaveLength(1)
  expect(await looseOf(operator, ref)).toBeUndefined()
  expect((await ana.balance()).balance).toBe('0')
})

test('strange money that is given to its company can be given back by the company itself', async () => {
  const [operator, ana] = [await anOperator(), await aBuyer()]
  const { ref } = await strange(ana)
  const paymentId = (await looseOf(operator, ref))?.id ?? ''
  const body = { id: newId(), customerId: ana.accountId, reason }
  const give = () => operator.ask('PUT', `/operator/payments/${paymentId}/owner`, body)
  expect(await give()).toMatchObject({ status: 200 })
  expect(await give(), 'told again').toMatchObject({ status: 200 })
  expect((await ana.balance()).available).toBe('25000000')
  const own = await ana.ask('POST', `/billing/payments/${paymentId}/refunds`, { id: newId(), amount: '10' })
  expect(own).toMatchObject({ status: 200, json: { state: 'succeeded' } })
  expect((await ana.balance()).available).toBe('15000000')
  expect((await ana.movements()).map(({ reason: why, amount }) => [why, amount])).toEqual([
    ['refund', '-10000000'],
    ['allocated', '25000000'],
  ])
})

async function paypal(method: string, path: string, body?: object): Promise<void> {
  const at = `${new URL(env.PAYPAL_API_URL ?? '').origin}/control/paypal${path}`
  const response = await fetch(at, { method, ...(body && { body: JSON.stringify(body) }) })
  const said = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${said}`)
}

test('money at PayPal goes back from the balance of a company that has left', async () => {
  const [operator, ana] = [await anOperator(), await aBuyer()]
  const id = newId()
  await ana.ask('POST', '/billing/topups', { id, gateway: 'paypal', amount: '25.00' })
  await paypal('POST', `/orders/${String((await ana.row('topup', id))['ref'])}/approve`, { how: 'pays' })
  expect(await ana.look(id)).toMatchObject({ state: 'paid' })
  const [{ paymentId } = { paymentId: '' }] = await ana.movements()
  await owner.query('update account set archived_at = now() where id = $1', [ana.accountId])
  expect(await back(operator, paymentId, newId(), '25.01')).toMatchObject({ status: 422, json: { code: 'balance_too_low' } })
  expect(await back(operator, paymentId, newId(), '25')).toMatchObject({ status: 200, json: { state: 'succeeded' } })
  expect((await operator.ask('GET', `/operator/customers/${ana.accountId}`)).json).toMatchObject({
    ...{ customer: { balances: [{ balance: '0', held: '0' }] }, payments: [{ left: '0', returnable: '0' }] },
    refunds: [{ state: 'succeeded', reason }],
  })
})

const Page = z.object({ subscriptionId: z.string() })

test('part of what was paid for a subscription goes back through Stripe, and we have earned less', async () => {
  const [operator, ana] = [await anOperator(), await aBuyer()]
  await owner.query('insert into selling (account_id, is_on) values ($1, true)', [ana.accountId])
  const code = `p${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`
  const [price] = await owner.query(
    `with p as (insert into plan (code, name) values ($1, 'Básico') returning id)
     insert into plan_price (plan_id, version, minor, currency, every) select id, 1, 1500, 'USD', 'month' from p returning id`,
    [code],
  )
  const [channel] = await owner.query(
    "insert into channel (account_id, kind, name, key, phone, line, sealed) values ($1, 'meta', 'Ventas', new_id()::text, '5199', new_id()::text, '') returning id",
    [ana.accountId],
  )
  const wanted = { channelId: channel?.['id'], planPriceId: price?.['id'], gateway: 'stripe' }
  const { subscriptionId } = Page.parse((await ana.ask('POST', '/subscriptions', wanted)).json)
  await control('POST', `/sessions/${String((await ana.row('subscription', subscriptionId))['ref'])}/pay`, { card: 'ok' })
  expect((await ana.ask('POST', `/subscriptions/${subscriptionId}/look`, {})).json).toMatchObject({ state: 'active' })
  const [payment] = await owner.query('select id from payment where subscription_id = $1', [subscriptionId])
  const paymentId = String(payment?.['id'])
  expect(await back(operator, paymentId, newId(), '5')).toMatchObject({ status: 200, json: { state: 'succeeded' } })
  expect(await back(operator, paymentId, newId(), '10.01')).toMatchObject({ status: 422, json: { code: 'refund_too_much' } })
  expect((await operator.ask('GET', `/operator/customers/${ana.accountId}`)).json).toMatchObject({
    ...{ payments: [{ stands: 'revenue_subscriptions', number: 'Ventas', left: '10000000' }], refunds: [{ amount: '5000000' }] },
    subscriptions: [{ number: 'Ventas', subscription: { state: 'active' } }],
  })
  expect(await ana.balance()).toMatchObject({ balance: '0', held: '0' })
})

test('a dead event is worked on at once when an operator asks', async () => {
  const [operator, ana] = [await anOperator(), await aBuyer()]
  const { id, ref } = await ana.open()
  await ana.pays(ref)
  const [event] = await owner.query(
    `insert into gateway_event (gateway, event_id, kind, about, state, tries, problem, done_at)
     values ('stripe', $1, 'checkout.session.completed', $2, 'dead', 8, 'no_answer', now()) returning id`,
    [`evt_${newId()}`, JSON.stringify([{ kind: 'topup', ref }])],
  )
  const retry = await operator.ask('POST', `/operator/events/${String(event?.['id'])}/retry`, {})
  expect(retry).toMatchObject({ status: 200, json: { isOver: true } })
  expect(await ana.row('topup', id)).toMatchObject({ state: 'paid' })
})

test('for everybody else none of these doors is there', async () => {
  const ana = await aBuyer()
  const doors = Object.values(API).filter(({ path }) => path.startsWith('/operator/'))
  expect(doors.length).toBeGreaterThan(15)
  const known: Record<string, unknown> = { id: newId(), amount: '5', kind: 'gift', reason, isReleased: true, state: 'open' }
  const more = { customerId: ana.accountId, buys: true, isRetired: true, whoPays: 'us', isBooked: true }
  const query = '?state=open&provider=meta&market=EC&category=utility&currency=USD'
  for (const { method, path } of doors.filter((door) => door.method === 'GET' || door.path.includes('/:'))) {
    const at = path.replaceAll(/:(\w+)/g, () => ana.accountId)
    const asked = method === 'GET' ? ana.ask(method, at + query) : ana.ask(method, at, { ...known, ...more })
    expect(await asked, `${method} ${path}`).toMatchObject({ status: 404 })
  }
})

test('after all of it the ledger holds', async () => {
  expect(await owner.query('select * from ledger_audit()', [])).toEqual([])
})
