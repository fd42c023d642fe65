/// <reference types="@cloudflare/vitest-plugin/types" />
/** Money from a hosted page to the balance against the simulated Stripe: every window of reference/payments.md §6. */
import { SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { newId } from '../lib/ids.ts'
import { aBuyer, bring, control, dropAnswers, eventsAbout, knock, owner, readLists, rowsOf } from './a-buyer.ts'
import { sweepBilling } from './sweep.ts'

const QUIET_MINUTE = new Date('2026-11-22T10:01:00Z')
const sweep = () => sweepBilling(env, QUIET_MINUTE)

test('who pays on the page is credited once, however often and in whatever order the webhooks come', async () => {
  const ana = await aBuyer()
  const { id, ref } = await ana.open()
  expect((await ana.balance()).available).toBe('0')
  const payment = await ana.pays(ref)
  const events = await eventsAbout(ref, payment)
  expect(events.length).toBeGreaterThan(1)
  await bring([...events.toReversed(), ...events])
  expect(await ana.look(id)).toMatchObject({ state: 'paid', url: null })
  expect((await ana.balance()).available).toBe('25000000')
  const movements = await ana.movements()
  expect(movements).toMatchObject([{ reason: 'topup', amount: '25000000', receiptUrl: expect.stringMatching(/^http/) }])
  const csv = await ana.ask('GET', '/billing/movements/export')
  expect(String(csv.json).split('\r\n')[1]).toMatch(/,topup,25\.00,,25\.00,,USD,,,,,stripe,visa ····4242,http/)
})

test('with every webhook lost, the return to the app or the minute’s sweep finds the money', async () => {
  const ana = await aBuyer()
  const [first, second] = [await ana.open(), await ana.open('10')]
  await ana.pays(first.ref)
  await ana.pays(second.ref)
  expect(await ana.look(first.id)).toMatchObject({ state: 'paid' })
  await sweep()
  expect((await ana.balance()).available).toBe('25000000')
  await ana.due('topup', second.id)
  await sweep()
  expect((await ana.balance()).available).toBe('35000000')
})

test('events that no webhook told are fetched from Stripe’s own list', async () => {
  const ana = await aBuyer()
  const { ref } = await ana.open()
  await ana.pays(ref)
  await readLists()
  const rows = await owner.query(
    "select state, sealed from gateway_event where about @> jsonb_build_array(jsonb_build_object('ref', $1::text))",
    [ref],
  )
  expect(rows.length).toBeGreaterThan(0)
  expect(rows[0]).toMatchObject({ sealed: null })
  // Another file's sweep may have taken it just now.
  await expect.poll(async () => (await ana.balance()).available, { timeout: 15_000 }).toBe('25000000')
})

test('we died before Stripe was asked for the page: the minute asks for it', async () => {
  const ana = await aBuyer()
  const id = newId()
  await control('POST', '/mischief', { where: 'api', what: 'POST /v1/checkout/sessions', next: 2, status: 503 })
  expect(await ana.topUp(id)).toMatchObject({ status: 503, json: { code: 'gateway_away' } })
  expect(await rowsOf('sessions', `?client_reference_id=${id}`)).toEqual([])
  await ana.due('topup', id)
  await sweep()
  const { state, ref } = await ana.row('topup', id)
  expect(state).toBe('open')
  await ana.pays(String(ref))
  expect(await ana.look(id)).toMatchObject({ state: 'paid' })
})

test('a page whose name was lost on its way is the same page when it is asked for again', async () => {
  const ana = await aBuyer()
  const id = newId()
  await dropAnswers('POST /v1/checkout/sessions')
  expect(await ana.topUp(id)).toMatchObject({ status: 503, json: { code: 'gateway_away' } })
  expect(await ana.row('topup', id)).toMatchObject({ state: 'created', ref: null })
  await ana.due('topup', id)
  await sweep()
  const [session, ...more] = await rowsOf('sessions', `?client_reference_id=${id}`)
  expect(more).toEqual([])
  expect(await ana.row('topup', id)).toMatchObject({ state: 'open', ref: session?.id })
  expect(await ana.topUp(id)).toMatchObject({ status: 200, json: { id, state: 'open', url: session?.['url'] } })
})

test('money that arrives before we know the page’s name is credited by its webhook', async () => {
  const ana = await aBuyer()
  const id = newId()
  await dropAnswers('POST /v1/checkout/sessions')
  await ana.topUp(id)
  const [session] = await rowsOf('sessions', `?client_reference_id=${id}`)
  const payment = await ana.pays(session?.id ?? '')
  // The money itself is told first, and the page never.
  await bring((await eventsAbout(payment)).filter((text) => text.includes('payment_intent.succeeded')))
  expect(await ana.row('topup', id)).toMatchObject({ state: 'paid' })
  await bring(await eventsAbout(session?.id ?? '', payment))
  expect((await ana.balance()).available).toBe('25000000')
})

test('a declined card credits nothing, and the page stays open; a page that is over says so', async () => {
  const ana = await aBuyer()
  const { id, ref } = await ana.open()
  await ana.pays(ref, 'declined')
  await bring(await eventsAbout(ref))
  expect(await ana.look(id)).toMatchObject({ state: 'open', url: expect.stringContaining(ref) })
  await control('POST', `/sessions/${ref}/expire`)
  expect(await ana.look(id)).toMatchObject({ state: 'expired', url: null })
  expect((await ana.balance()).balance).toBe('0')
})

test('slow money is no money until it is there', async () => {
  const ana = await aBuyer()
  const { id, ref } = await ana.open()
  await ana.pays(ref, 'delayed')
  expect(await ana.look(id)).toMatchObject({ state: 'pending' })
  expect((await ana.balance()).balance).toBe('0')
  await control('POST', `/sessions/${ref}/settle`, { ok: true })
  expect(await ana.look(id)).toMatchObject({ state: 'paid' })
  expect((await ana.balance()).available).toBe('25000000')
})

test('unspent money is held, goes back once though the answer is lost, and only then leaves the balance', async () => {
  const ana = await aBuyer()
  const { id, ref } = await ana.open()
  const payment = await ana.pays(ref)
  await ana.look(id)
  const [{ paymentId } = { paymentId: '' }] = await ana.movements()
  const refundId = newId()
  await dropAnswers('POST /v1/refunds')
  const asked = await ana.ask('POST', `/billing/payments/${paymentId}/refunds`, { id: refundId, amount: '10' })
  expect(asked).toMatchObject({ status: 200, json: { state: 'asked' } })
  expect(await ana.balance()).toMatchObject({ balance: '25000000', available: '15000000' })
  await ana.due('refund', refundId)
  await sweep()
  expect(await rowsOf('refunds', `?payment_intent=${payment}`)).toHaveLength(1)
  expect(await ana.balance()).toMatchObject({ balance: '15000000', held: '0' })
  const more = await ana.ask('POST', `/billing/payments/${paymentId}/refunds`, { id: newId(), amount: '15.01' })
  expect(more).toMatchObject({ status: 422, json: { code: 'balance_too_low' } })
})

test('a refund made at Stripe is taken from the balance, also when it is told before the payment', async () => {
  const ana = await aBuyer()
  const { ref } = await ana.open()
  const payment = await ana.pays(ref)
  await fetch(`${env.STRIPE_API_URL}/v1/refunds`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${env.STRIPE_SECRET_KEY}`,
      'content-type': 'application/x-www-form-urlencoded',
      'stripe-version': '2026-10-28.endive',
    },
    body: `payment_intent=${payment}&amount=1000`,
  })
  const events = await eventsAbout(ref, payment)
  await bring(events.toReversed())
  expect((await ana.balance()).available).toBe('15000000')
})

test('a dispute freezes the balance and takes the money; won, both come back', async () => {
  const ana = await aBuyer()
  const { id, ref } = await ana.open()
  const payment = await ana.pays(ref)
  await ana.look(id)
  await control('POST', '/disputes', { payment_intent: payment })
  await bring(await eventsAbout(payment))
  expect(await ana.balance()).toMatchObject({ frozen: true, balance: '0' })
  const [dispute] = await rowsOf('disputes', `?payment_intent=${payment}`)
  await control('POST', `/disputes/${dispute?.id}/win`)
  await bring(await eventsAbout(payment, dispute?.id ?? ''))
  expect(await ana.balance()).toMatchObject({ frozen: false, available: '25000000' })
})

test('what Stripe has not signed, or signed too long ago or for tomorrow, is not let in and leaves nothing', async () => {
  const text = JSON.stringify({
    id: `evt_${newId()}`,
    object: 'event',
    type: 'charge.refunded',
    data: { object: { object: 'charge' } },
  })
  expect(await knock(text, -3_600)).toBe(401)
  expect(await knock(text, 3_600)).toBe(401)
  expect(await knock(text, 0, 'whsec_of_somebody_else')).toBe(401)
  const unsigned = await SELF.fetch('https://app.test/hooks/stripe', { method: 'POST', body: text })
  expect(unsigned.status).toBe(401)
  expect(await knock('{"id": 1}')).toBe(400)
  expect(await owner.query('select 1 from gateway_event where event_id = $1', [JSON.parse(text).id])).toEqual([])
})

test('after all of it the ledger holds', async () => {
  expect(await owner.query('select * from ledger_audit()', [])).toEqual([])
})
