/// <reference types="@cloudflare/vitest-plugin/types" />
/** Money from PayPal's page to the balance: each window of reference/payments.md §6, from the webhook at our door to the ledger. */
import { SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import * as z from 'zod'
import { newId } from '../lib/ids.ts'
import { aBuyer, owner, readLists } from './a-buyer.ts'
import { approved, paypalControl as control, paypalRows as rows } from './a-paypal-buyer.ts'
import { sweepBilling } from './sweep.ts'

const HOOK = 'PRUEBAS1'
const QUIET_MINUTE = new Date('2026-11-22T10:01:00Z')
const Made = z.looseObject({ id: z.string() })
const Headed = z.object({ headers: z.record(z.string(), z.string()) })

/** Brings PayPal's events about this order to our door, signed as PayPal signs them; each is worked on before the next one. */
async function bring(holds: string, times = 1): Promise<string[]> {
  const happenings = await rows('happenings', holds)
  for (const { id, ['text']: text } of happenings.flatMap((one) => Array.from({ length: times }, () => one))) {
    const { headers } = Headed.parse(await control('POST', '/hooks/sign', { webhookId: HOOK, text }))
    const response = await SELF.fetch('https://app.test/hooks/paypal', { method: 'POST', headers, body: String(text) })
    expect(response.status).toBe(200)
    const settled = () => owner.query("select 1 from gateway_event where event_id = $1 and state <> 'new'", [id])
    await vi.waitUntil(async () => (await settled()).length > 0, { timeout: 15_000, interval: 20 })
  }
  return happenings.map((one) => String(one['type']))
}

async function aPayPalBuyer() {
  const ana = await aBuyer()
  const topUp = (id: string, amount = '25.00') => ana.ask('POST', '/billing/topups', { id, gateway: 'paypal', amount })
  return {
    ...ana,
    topUp,
    approved: (amount = '25.00', how = 'pays') => approved(ana, amount, how),
    available: async () => (await ana.balance()).available,
  }
}

test('who approves at PayPal is credited once, however often the webhooks come', async () => {
  const ana = await aPayPalBuyer()
  const { id, ref } = await ana.approved()
  // The approval’s event fetches the money; the money’s own event finds it there.
  expect(await bring(ref, 2)).toEqual(['CHECKOUT.ORDER.APPROVED'])
  expect(await bring(ref, 2)).toEqual(['CHECKOUT.ORDER.APPROVED', 'PAYMENT.CAPTURE.COMPLETED'])
  expect(await ana.row('topup', id)).toMatchObject({ state: 'paid' })
  expect(await ana.available()).toBe('25000000')
  expect(await rows('captures', ref)).toHaveLength(1)
})

test('every webhook lost: the return to the app, or the minute, fetches the money; a lost answer of PayPal’s costs nothing', async () => {
  const ana = await aPayPalBuyer()
  const [first, second] = [await ana.approved(), await ana.approved('10')]
  await control('POST', '/mischief', { what: 'POST /v2/checkout/orders/', holds: first.ref, next: 1, done: true, drop: true })
  await ana.ask('POST', `/billing/topups/${first.id}/look`, {})
  expect(await ana.available()).toBe('0')
  expect(await ana.look(first.id)).toMatchObject({ state: 'paid' })
  await control('POST', '/mischief', { what: 'POST /v2/checkout/orders/', holds: second.ref, next: 1, done: true, status: 500 })
  for (const _ of [1, 2]) {
    await ana.due('topup', second.id)
    await sweepBilling(env, QUIET_MINUTE)
  }
  expect(await ana.available()).toBe('35000000')
  expect([...(await rows('captures', first.ref)), ...(await rows('captures', second.ref))]).toHaveLength(2)
})

test('PayPal’s webhooks come long after the minute has found the money: it is credited once', async () => {
  const ana = await aPayPalBuyer()
  const { id, ref } = await ana.approved()
  await ana.due('topup', id)
  await sweepBilling(env, QUIET_MINUTE)
  expect(await ana.available()).toBe('25000000')
  expect(await bring(ref, 2)).toEqual(['CHECKOUT.ORDER.APPROVED', 'PAYMENT.CAPTURE.COMPLETED'])
  expect(await ana.available()).toBe('25000000')
  expect(await ana.movements()).toMatchObject([{ reason: 'topup' }])
  expect(await rows('captures', ref)).toHaveLength(1)
})

test('what PayPal never told is in its own list of events: an approval, and a dispute', async () => {
  const ana = await aPayPalBuyer()
  const { ref } = await ana.approved()
  await readLists()
  // Another file's sweep may have taken it just now.
  await expect.poll(ana.available, { timeout: 15_000 }).toBe('25000000')
  const [capture] = await rows('captures', ref)
  await control('POST', '/disputes', { transaction: capture?.id })
  await readLists()
  await expect.poll(ana.balance, { timeout: 15_000 }).toMatchObject({ balance: '0', frozen: true })
})

test('we died before PayPal was asked for the order: the minute asks for it, and its buyer pays', async () => {
  const ana = await aPayPalBuyer()
  const id = newId()
  await control('POST', '/mischief', { what: 'POST /v2/checkout/orders', holds: id, next: 1, status: 503 })
  expect(await ana.topUp(id)).toMatchObject({ status: 503, json: { code: 'gateway_away' } })
  expect(await ana.row('topup', id)).toMatchObject({ state: 'created', ref: null })
  expect(await rows('orders', id)).toEqual([])
  await ana.due('topup', id)
  await sweepBilling(env, QUIET_MINUTE)
  const { state, ref } = await ana.row('topup', id)
  expect(state).toBe('open')
  await control('POST', `/orders/${String(ref)}/approve`, { how: 'pays' })
  expect(await ana.look(id)).toMatchObject({ state: 'paid' })
})

test('an order whose name was lost is the same order when it is asked for again', async () => {
  const ana = await aPayPalBuyer()
  const id = newId()
  await control('POST', '/mischief', { what: 'POST /v2/checkout/orders', holds: id, next: 1, done: true, drop: true })
  expect(await ana.topUp(id)).toMatchObject({ status: 503, json: { code: 'gateway_away' } })
  expect(await ana.topUp(id)).toMatchObject({ status: 200, json: { state: 'open' } })
  expect(await rows('orders', id)).toHaveLength(1)
})

test('money under review credits nothing until PayPal lets it go; what is taken back leaves the balance', async () => {
  const ana = await aPayPalBuyer()
  const { id, ref } = await ana.approved('25.00', 'review')
  expect(await ana.look(id)).toMatchObject({ state: 'pending' })
  const [capture] = await rows('captures', ref)
  await control('POST', `/captures/${capture?.id}/settle`, { to: 'COMPLETED' })
  await bring(ref)
  expect(await ana.available()).toBe('25000000')
  const dispute = Made.parse(await control('POST', '/disputes', { transaction: capture?.id }))
  await bring(capture?.id ?? '')
  expect(await ana.balance()).toMatchObject({ balance: '0', frozen: true })
  await control('POST', `/disputes/${dispute.id}/decide`, { buyer: false })
  await bring(dispute.id)
  expect(await ana.balance()).toMatchObject({ balance: '25000000', frozen: false })
})

test('unspent money goes back once, though PayPal’s answer is lost', async () => {
  const ana = await aPayPalBuyer()
  const { id, ref } = await ana.approved()
  await ana.look(id)
  const [{ paymentId } = { paymentId: '' }] = await ana.movements()
  const [capture] = await rows('captures', ref)
  const refundId = newId()
  await control('POST', '/mischief', { what: 'POST /v2/payments', holds: refundId, next: 1, done: true, drop: true })
  await ana.ask('POST', `/billing/payments/${paymentId}/refunds`, { id: refundId, amount: '10' })
  expect(await ana.balance()).toMatchObject({ balance: '25000000', available: '15000000' })
  await ana.due('refund', refundId)
  await sweepBilling(env, QUIET_MINUTE)
  expect(await ana.balance()).toMatchObject({ balance: '15000000', held: '0' })
  expect(await rows('refunds', capture?.id ?? '')).toHaveLength(1)
})

test('what PayPal has not signed for our webhook leaves nothing; afterwards the ledger holds', async () => {
  const text = JSON.stringify({ id: `WH-${newId()}`, event_type: 'CHECKOUT.ORDER.APPROVED', resource: { id: 'X' } })
  for (const more of [{ signer: 'stranger' }, { webhookId: 'OTHERSHOP' }, { time: '2026-01-01T00:00:00Z' }]) {
    const { headers } = Headed.parse(await control('POST', '/hooks/sign', { webhookId: HOOK, text, ...more }))
    const response = await SELF.fetch('https://app.test/hooks/paypal', { method: 'POST', headers, body: text })
    expect(response.status).toBe(401)
  }
  expect(await owner.query('select 1 from gateway_event where event_id = $1', [JSON.parse(text).id])).toEqual([])
  expect(await owner.query('select * from ledger_audit()', [])).toEqual([])
})
