/// <reference types="@cloudflare/vitest-plugin/types" />
/** Subscriptions at the simulated PayPal, through time. */
import { expect, test } from 'vitest'
import { aPaypal, usd } from './a-paypal.ts'

const price = (planPriceId: string, minor: bigint, trialDays = 0) => ({
  ...{ planPriceId, planCode: 'pro', planName: 'Profesional', amount: usd(minor), every: 'month' as const, trialDays },
})

async function shop(trialDays = 0) {
  const paypal = await aPaypal()
  const planPriceId = crypto.randomUUID()
  const priced = await paypal.gateway.ensurePrice(price(planPriceId, 2900n, trialDays))
  const priceRef = priced.ok ? priced.value : ''
  const subscriptionId = crypto.randomUUID()
  const request = {
    ...{ subscriptionId, attempt: 1, accountId: 'account', customerRef: null, email: 'a@b.example', priceRef, trialDays },
    ...{
      title: 'Profesional · Ventas',
      returnUrl: 'http://app.test/back',
      cancelUrl: 'http://app.test/left',
      language: 'es' as const,
    },
  }
  const begin = async (attempt = 1) => {
    const page = await paypal.gateway.openSubscription({ ...request, attempt })
    if (!page.ok) throw new Error(page.code)
    await paypal.control('POST', `/subscriptions/${page.value.ref}/approve`, {})
    return page.value.ref
  }
  const look = async (ref: string) => {
    const seen = await paypal.gateway.lookSubscription(ref)
    if (!seen.ok) throw new Error(seen.code)
    return seen.value
  }
  return { ...paypal, planPriceId, priceRef, request, begin, look, subscriptionId }
}

const daysFromNow = (date: Date | null) => Math.round(((date?.getTime() ?? 0) - Date.now()) / 86_400_000)

test('a price is one plan, however often it is asked for, and also when its answer was lost', async () => {
  const { gateway, planPriceId, priceRef, mischief, rows } = await shop()
  expect(await gateway.ensurePrice(price(planPriceId, 2900n))).toEqual({ ok: true, value: priceRef })
  const other = price(crypto.randomUUID(), 4900n, 14)
  await mischief({ what: 'POST /v1/billing/plans', done: true, drop: true })
  expect(await gateway.ensurePrice(other)).toMatchObject({ ok: false, kind: 'unknown' })
  expect(await gateway.ensurePrice(other)).toMatchObject({ ok: true })
  // Who has had a trial gets the same price without one.
  const again = await gateway.ensurePrice({ ...other, trialDays: 0 })
  expect(again).not.toEqual(await gateway.ensurePrice(other))
  expect(await rows('plans')).toHaveLength(3)
})

test('a trial, then a payment a month; one that fails is late, suspended at last', async () => {
  const { begin, look, days, control, subscriptionId, gateway, request } = await shop(14)
  expect(await gateway.openSubscription({ ...request, trialDays: 0 })).toMatchObject({ ok: false, kind: 'cannot' })
  const page = await gateway.openSubscription(request)
  expect(await look(page.ok ? page.value.ref : '')).toMatchObject({
    state: 'pending',
    subscriptionId,
    payUrl: page.ok && page.value.url,
  })
  const ref = await begin()
  const trial = await look(ref)
  expect(trial).toMatchObject({ state: 'trial', subscriptionId, payments: [], cancelsAt: null, problem: null })
  expect(daysFromNow(trial.paidUntil)).toBe(14)
  await days(15)
  const active = await look(ref)
  expect(active).toMatchObject({ state: 'active', payments: [{ amount: usd(2900n), fee: usd(187n) }] })
  expect(daysFromNow(active.paidUntil)).toBeGreaterThan(40)
  await control('POST', `/subscriptions/${ref}/refuse`, { times: 9 })
  await days(50)
  const late = await look(ref)
  expect(late).toMatchObject({ state: 'late', problem: 'PAYMENT_DENIED', payUrl: expect.stringContaining(ref) })
  // Paid until the renewal that failed, not until the next one.
  expect(late.paidUntil).toEqual(active.paidUntil)
  await days(120)
  expect(await look(ref)).toMatchObject({ state: 'suspended' })
})

test('paused and resumed, also when the answers were lost', async () => {
  const { begin, look, gateway, mischief } = await shop()
  const ref = await begin()
  await mischief({ what: 'POST /v1/billing/subscriptions', done: true, drop: true })
  expect(await gateway.pause(ref)).toMatchObject({ ok: false, kind: 'unknown' })
  expect(await gateway.pause(ref)).toEqual({ ok: true, value: null })
  expect(await look(ref)).toMatchObject({ state: 'paused' })
  await mischief({ what: 'POST /v1/billing/subscriptions', done: true, status: 500 })
  expect(await gateway.resume(ref)).toMatchObject({ ok: false, kind: 'unknown' })
  expect(await gateway.resume(ref)).toEqual({ ok: true, value: null })
  expect(await look(ref)).toMatchObject({ state: 'active' })
})

test('ended at PayPal at once, and used to its end; or ended now', async () => {
  const { begin, look, gateway, days } = await shop()
  const [ref, gone] = [await begin(), await begin(2)]
  expect(await gateway.cancelAtEnd(ref)).toEqual({ ok: true, value: null })
  expect(await gateway.cancelAtEnd(ref)).toEqual({ ok: true, value: null })
  const ending = await look(ref)
  expect(ending.state).toBe('active')
  expect(ending.cancelsAt).toEqual(ending.paidUntil)
  expect(await gateway.takeBackCancel(ref)).toMatchObject({ ok: false, kind: 'cannot' })
  await gateway.cancelNow(gone)
  expect(await look(gone)).toMatchObject({ state: 'ended' })
  await days(32)
  expect(await look(ref)).toMatchObject({ state: 'ended', payments: [{ amount: usd(2900n) }] })
})

test('another plan: the price is shown before, the buyer agrees at PayPal, and it holds from the next payment', async () => {
  const { begin, look, gateway, control, days } = await shop()
  const ref = await begin()
  const priced = await gateway.ensurePrice(price(crypto.randomUUID(), 4900n))
  const priceRef = priced.ok ? priced.value : ''
  expect(await gateway.previewChange({ ref, priceRef })).toMatchObject({
    value: { now: usd(0n), next: usd(4900n), from: expect.any(Date) },
  })
  const change = {
    subscriptionId: 'ours',
    ref,
    priceRef,
    attempt: 1,
    returnUrl: 'http://app.test/back',
    cancelUrl: 'http://app.test/left',
  }
  expect(await gateway.changePlan(change)).toMatchObject({
    ok: true,
    value: { done: false, url: expect.stringContaining('ba_token=') },
  })
  expect((await look(ref)).priceRef).not.toBe(priceRef)
  await control('POST', `/subscriptions/${ref}/approve`, {})
  expect(await gateway.changePlan(change)).toEqual({ ok: true, value: { done: true } })
  await days(32)
  expect(await look(ref)).toMatchObject({ state: 'active', payments: [{ amount: usd(4900n) }, { amount: usd(2900n) }] })
})

test('a recurring payment by its own name, given back in part, and taken back by the bank', async () => {
  const { begin, look, gateway, control, event } = await shop()
  const ref = await begin()
  const paymentRef = (await look(ref)).payments[0]?.ref ?? ''
  expect(await gateway.lookPayment(paymentRef)).toMatchObject({
    value: { subscriptionRef: ref, payment: { amount: usd(2900n) } },
  })
  const refundId = crypto.randomUUID()
  expect(await gateway.refund({ refundId, paymentRef, amount: usd(900n) })).toMatchObject({ ok: true })
  const told = await event('PAYMENT.SALE.REFUNDED')
  expect(await gateway.verify(told.raw, told.headers)).toMatchObject({ news: { about: [{ kind: 'payment', ref: paymentRef }] } })
  // The reports are up to three hours late: until then it is asked again.
  const items = [{ kind: 'refund', refundId, amount: usd(900n), state: 'succeeded' }]
  expect(await gateway.lookTakenBack(paymentRef)).toMatchObject({ value: { items } })
  await control('POST', '/disputes', { transaction: paymentRef, value: '20.00' })
  expect(await gateway.lookTakenBack(paymentRef)).toMatchObject({
    value: { items: [...items, { kind: 'dispute', state: 'open', taken: usd(2000n) }] },
  })
})
