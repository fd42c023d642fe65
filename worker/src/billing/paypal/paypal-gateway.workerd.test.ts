/// <reference types="@cloudflare/vitest-plugin/types" />
/** The adapter against the simulated PayPal, which takes only what PayPal's own descriptions allow. One file: each costs a start of workerd. */
import { expect, test } from 'vitest'
import { aPaypal, usd } from './a-paypal.ts'
import { paypalGateway } from './paypal-gateway.ts'
import { verify } from './verify.ts'

// Top-ups: each window of payments.md §6, in which money could be lost or counted twice.

const id = () => crypto.randomUUID()

/** An order that its buyer has approved. */
async function approved(paypal: Awaited<ReturnType<typeof aPaypal>>, topupId: string, how = 'pays'): Promise<string> {
  const page = await paypal.gateway.openTopup(paypal.topup(topupId))
  if (!page.ok) throw new Error(page.code)
  await paypal.approve(page.value.ref, how)
  return page.value.ref
}

test('a buyer approves, a look fetches the money once, and every later look says the same', async () => {
  const [paypal, topupId] = [await aPaypal(), id()]
  const page = await paypal.gateway.openTopup(paypal.topup(topupId))
  expect(page).toMatchObject({ ok: true, value: { url: expect.stringContaining('/checkoutnow?token=') } })
  const ref = page.ok ? page.value.ref : ''
  expect(await paypal.gateway.lookTopup(ref)).toMatchObject({ ok: true, value: { state: 'open', topupId } })
  await paypal.approve(ref)
  const seen = await paypal.gateway.lookTopup(ref)
  expect(seen).toMatchObject({ ok: true, value: { state: 'paid', topupId, payment: { amount: usd(2500n), fee: usd(165n) } } })
  // Many at once: whoever comes second is told that it was done.
  const looks = await Promise.all(Array.from({ length: 8 }, () => paypal.gateway.lookTopup(ref)))
  const payments = new Set(looks.map((look) => (look.ok && look.value.state === 'paid' ? look.value.payment.ref : look)))
  expect(payments.size).toBe(1)
  expect(await paypal.rows('captures')).toHaveLength(1)
})

test('eight looks at one approved order capture it once', async () => {
  const paypal = await aPaypal()
  const ref = await approved(paypal, id())
  const looks = await Promise.all(Array.from({ length: 8 }, () => paypal.gateway.lookTopup(ref)))
  expect(looks.every((look) => look.ok && look.value.state === 'paid')).toBe(true)
  expect(await paypal.rows('captures')).toHaveLength(1)
})

test('the order was made and its answer lost: the same request finds the same order', async () => {
  const [paypal, topupId] = [await aPaypal(), id()]
  const topup = paypal.topup(topupId)
  await paypal.mischief({ what: 'POST /v2/checkout/orders', done: true, drop: true })
  expect(await paypal.gateway.openTopup(topup)).toMatchObject({ ok: false, kind: 'unknown' })
  await paypal.mischief({ what: 'POST /v2/checkout/orders', done: true, status: 500 })
  expect(await paypal.gateway.openTopup(topup)).toMatchObject({ ok: false, kind: 'unknown' })
  expect(await paypal.gateway.openTopup(topup)).toMatchObject({ ok: true })
  expect(await paypal.rows('orders')).toHaveLength(1)
})

test.each([{ drop: true }, { status: 500 }])(
  'the money was fetched and the answer lost (%o): the next look finds it',
  async (how) => {
    const paypal = await aPaypal()
    const ref = await approved(paypal, id())
    await paypal.mischief({ what: 'POST /v2/checkout/orders/', done: true, ...how })
    expect(await paypal.gateway.lookTopup(ref)).toMatchObject({ ok: false, kind: 'unknown' })
    expect(await paypal.gateway.lookTopup(ref)).toMatchObject({ ok: true, value: { state: 'paid' } })
    expect(await paypal.rows('captures')).toHaveLength(1)
  },
)

test('a webhook that never came is found in the list, and leads to the order', async () => {
  const paypal = await aPaypal()
  const since = new Date(Date.now() - 60_000)
  const ref = await approved(paypal, id())
  await paypal.gateway.lookTopup(ref)
  const news = await paypal.gateway.eventsSince(since)
  expect(news.ok && news.value.map(({ kind, about }) => [kind, about])).toEqual([
    ['CHECKOUT.ORDER.APPROVED', [{ kind: 'topup', ref }]],
    ['PAYMENT.CAPTURE.COMPLETED', [{ kind: 'topup', ref }]],
  ])
})

test('a refused card may be replaced; money under review is not money; what is denied has failed', async () => {
  const paypal = await aPaypal()
  const declined = await approved(paypal, id(), 'declined')
  expect(await paypal.gateway.lookTopup(declined)).toMatchObject({ value: { state: 'open', problem: 'INSTRUMENT_DECLINED' } })
  await paypal.approve(declined)
  expect(await paypal.gateway.lookTopup(declined)).toMatchObject({ value: { state: 'paid' } })

  const review = await approved(paypal, id(), 'review')
  expect(await paypal.gateway.lookTopup(review)).toMatchObject({ value: { state: 'pending', problem: 'PENDING_REVIEW' } })
  const [capture] = await paypal.rows('captures', 'PENDING')
  await paypal.control('POST', `/captures/${String(capture?.id)}/settle`, { to: 'COMPLETED' })
  expect(await paypal.gateway.lookTopup(review)).toMatchObject({ value: { state: 'paid' } })

  expect(await paypal.gateway.lookTopup(await approved(paypal, id(), 'denied'))).toMatchObject({ value: { state: 'failed' } })
})

test.each(['gone', 'voided'])('what nobody approves in time has expired (%s)', async (deadOrders) => {
  const paypal = await aPaypal({ deadOrders })
  const page = await paypal.gateway.openTopup(paypal.topup(id()))
  await paypal.days(1)
  expect(await paypal.gateway.lookTopup(page.ok ? page.value.ref : '')).toMatchObject({ ok: true, value: { state: 'expired' } })
})

test('one token serves many calls, and is renewed when PayPal does not take it any more', async () => {
  const paypal = await aPaypal()
  for (const _ of [1, 2, 3]) await paypal.gateway.openTopup(paypal.topup(id()))
  const signIns = async () => (await paypal.rows('tokens')).length
  expect(await signIns()).toBe(1)
  // PayPal's clock alone: we believe that ours is still good.
  await paypal.control('PUT', '/clock', { app: paypal.place.clientId, aheadMs: 10 * 3600_000 })
  expect(await paypal.gateway.openTopup(paypal.topup(id()))).toMatchObject({ ok: true })
  expect(await signIns()).toBe(1)
  await paypal.mischief({ status: 429 })
  expect(await paypal.gateway.openTopup(paypal.topup(id()))).toMatchObject({ ok: false, kind: 'busy' })
})

test('wrong keys are our own matter; what PayPal would never take is refused before anybody pays', async () => {
  const paypal = await aPaypal()
  const stranger = paypalGateway({ ...paypal.place, clientId: 'nobody' })
  expect(await stranger.openTopup(paypal.topup(id()))).toMatchObject({ ok: false, kind: 'auth' })
  const forints = { ...paypal.topup(id()), amount: { minor: 2501n, currency: 'HUF' } }
  expect(await paypal.gateway.openTopup(forints)).toMatchObject({ ok: false, kind: 'refused' })
  const soles = { ...paypal.topup(id()), amount: { minor: 2500n, currency: 'PEN' } }
  expect(await paypal.gateway.openTopup(soles)).toMatchObject({ ok: false, kind: 'refused', code: 'INVALID_CURRENCY_CODE' })
})

async function paid(paypal: Awaited<ReturnType<typeof aPaypal>>): Promise<string> {
  const look = await paypal.gateway.lookTopup(await approved(paypal, id()))
  if (!look.ok || look.value.state !== 'paid') throw new Error('not paid')
  return look.value.payment.ref
}

test('a refund whose answer was lost is asked for again, and is one refund', async () => {
  const paypal = await aPaypal({ refundAs: 'PENDING' })
  const paymentRef = await paid(paypal)
  const refund = { refundId: id(), paymentRef, amount: usd(1000n) }
  await paypal.mischief({ what: 'POST /v2/payments', done: true, drop: true })
  expect(await paypal.gateway.refund(refund)).toMatchObject({ ok: false, kind: 'unknown' })
  expect(await paypal.gateway.refund(refund)).toMatchObject({ ok: true })
  const look = () => paypal.gateway.lookTakenBack(paymentRef)
  const item = { kind: 'refund', refundId: refund.refundId, amount: usd(1000n) }
  expect(await look()).toMatchObject({ value: { items: [{ ...item, state: 'pending' }] } })
  const [row] = await paypal.rows('refunds')
  await paypal.control('POST', `/refunds/${String(row?.id)}/settle`, { to: 'COMPLETED' })
  expect(await look()).toMatchObject({ value: { items: [{ ...item, state: 'succeeded' }] } })
  expect(await paypal.gateway.refund({ ...refund, refundId: id(), amount: usd(1501n) })).toMatchObject({
    ...{ ok: false, kind: 'refused', code: 'REFUND_AMOUNT_EXCEEDED' },
  })
})

test('an inquiry takes nothing, a chargeback takes and may come back, and a reversal without words is seen too', async () => {
  const paypal = await aPaypal()
  const [first, second] = [await paid(paypal), await paid(paypal)]
  const inquiry = await paypal.control('POST', '/disputes', { transaction: first, stage: 'INQUIRY' })
  const look = async (ref: string) => {
    const seen = await paypal.gateway.lookTakenBack(ref)
    return seen.ok ? seen.value.items : seen
  }
  const none = usd(0n)
  expect(await look(first)).toMatchObject([{ kind: 'dispute', state: 'inquiry', taken: none, givenBack: none, fee: none }])
  await paypal.control('POST', `/disputes/${String(inquiry.id)}/decide`, { buyer: false })
  expect(await look(first)).toMatchObject([{ state: 'won', taken: none }])

  const chargeback = await paypal.control('POST', '/disputes', { transaction: first })
  expect(await look(first)).toContainEqual(expect.objectContaining({ state: 'open', taken: usd(2500n), givenBack: none }))
  await paypal.control('POST', `/disputes/${String(chargeback.id)}/decide`, { buyer: false })
  expect(await look(first)).toContainEqual(expect.objectContaining({ state: 'won', taken: usd(2500n), givenBack: usd(2500n) }))

  await paypal.control('POST', `/captures/${second}/reverse`, {})
  expect(await look(second)).toMatchObject([{ kind: 'dispute', state: 'lost', taken: usd(2500n) }])
  expect(await paypal.gateway.lookPayment(second)).toMatchObject({ ok: true, value: { payment: { ref: second } } })
  expect(await paypal.gateway.lookPayment('NOBODY')).toMatchObject({ ok: false, kind: 'gone' })
})

// Webhooks: PayPal’s own signature over exactly these bytes for exactly our webhook is believed, and nobody else’s.

async function approvedOrder(settings: object = {}) {
  const paypal = await aPaypal(settings)
  const page = await paypal.gateway.openTopup(paypal.topup(crypto.randomUUID()))
  const ref = page.ok ? page.value.ref : ''
  await paypal.approve(ref)
  const asked: string[] = []
  const place = { ...paypal.place, fetch: (url: string, init: RequestInit) => (asked.push(url), fetch(url, init)) }
  const check = (raw: Uint8Array, headers: Headers) => verify(place, raw, headers)
  return { ...paypal, ref, asked, place, check }
}

const changed = (headers: Headers, name: string, value: string): Headers => {
  const copy = new Headers(headers)
  copy.set(name, value)
  return copy
}

test('an event of PayPal’s says what it is about; its certificate is fetched once', async () => {
  const { event, check, ref, asked } = await approvedOrder()
  const { raw, headers } = await event('CHECKOUT.ORDER.APPROVED')
  const good = { ok: true, news: { kind: 'CHECKOUT.ORDER.APPROVED', about: [{ kind: 'topup', ref }] } }
  expect(await check(raw, headers)).toMatchObject(good)
  expect(await check(raw, headers)).toMatchObject(good)
  expect(asked.filter((url) => url.includes('/certs/')).length).toBeLessThanOrEqual(1)
})

test('a changed byte, another webhook, a signature of a stranger: refused, and PayPal is not bothered', async () => {
  const { event, check, asked } = await approvedOrder()
  const { text, raw, headers } = await event('CHECKOUT.ORDER.APPROVED')
  const wrong = { ok: false, reason: 'wrong_signature' }
  expect(await check(new TextEncoder().encode(text.replace('"', ' "')), headers)).toEqual(wrong)
  const other = await event('CHECKOUT.ORDER.APPROVED', { webhookId: 'ANOTHERSHOP' })
  expect(await check(raw, other.headers)).toEqual(wrong)
  for (const signer of ['stranger', 'old']) {
    const forged = await event('CHECKOUT.ORDER.APPROVED', { signer })
    expect(await check(raw, forged.headers)).toEqual(wrong)
  }
  expect(await check(raw, changed(headers, 'paypal-transmission-sig', 'AAAA'))).toEqual(wrong)
  expect(await check(raw, changed(headers, 'paypal-transmission-id', crypto.randomUUID()))).toEqual(wrong)
  expect(await check(raw, changed(headers, 'paypal-auth-algo', 'SHA1withRSA'))).toEqual(wrong)
  expect(asked.some((url) => url.includes('verify-webhook-signature'))).toBe(false)
})

test.each([
  'https://paypal.com.evil.example/cert',
  'https://evil.example/api.paypal.com',
  'http://api.paypal.com/v1/notifications/certs/CERT-1',
  'https://api.paypal.com@evil.example/cert',
  'ftp://api.paypal.com/cert',
  'nonsense',
])('a certificate at %s is never asked for', async (url) => {
  const { event, place, asked } = await approvedOrder()
  const { raw, headers } = await event('CHECKOUT.ORDER.APPROVED')
  const forged = changed(headers, 'paypal-cert-url', url)
  for (const api of [place.api, 'https://api-m.paypal.com', 'https://api-m.sandbox.paypal.com'])
    expect(await verify({ ...place, api }, raw, forged)).toEqual({ ok: false, reason: 'wrong_signature' })
  // Nor is the simulator's where the real PayPal is meant.
  expect(await verify({ ...place, api: 'https://api-m.paypal.com' }, raw, headers)).toEqual({
    ok: false,
    reason: 'wrong_signature',
  })
  expect(asked).toEqual([])
})

test('what is old, what comes from tomorrow and what nobody signed is refused', async () => {
  const { event, check } = await approvedOrder()
  for (const ms of [-5 * 86_400_000, 3600_000]) {
    const { raw, headers } = await event('CHECKOUT.ORDER.APPROVED', { time: new Date(Date.now() + ms).toISOString() })
    expect(await check(raw, headers)).toEqual({ ok: false, reason: 'too_old' })
  }
  const { raw } = await event('CHECKOUT.ORDER.APPROVED')
  expect(await check(raw, new Headers())).toEqual({ ok: false, reason: 'unsigned' })
})

test('where the certificate cannot be had PayPal is asked itself, with the very bytes; without PayPal it comes again', async () => {
  const { event, place, mischief } = await approvedOrder()
  const { text, raw, headers } = await event('CHECKOUT.ORDER.APPROVED')
  // An address of its own, so that it is not known yet; it answers nothing that could be read.
  const blind = {
    ...place,
    fetch: (url: string, init: RequestInit) =>
      url.includes('/certs/') ? Promise.resolve(new Response('?', { status: 404 })) : fetch(url, init),
  }
  const elsewhere = { ...blind, api: place.api.replace('127.0.0.1', 'localhost') }
  const there = changed(headers, 'paypal-cert-url', (headers.get('paypal-cert-url') ?? '').replace('127.0.0.1', 'localhost'))
  // The simulator knows its certificate by its own name only: another name is not its own.
  expect(await verify(elsewhere, raw, there)).toEqual({ ok: false, reason: 'wrong_signature' })
  const unread = changed(headers, 'paypal-cert-url', `${headers.get('paypal-cert-url')}`)
  expect(await verify(blind, raw, unread)).toMatchObject({ ok: true })
  expect(await verify(blind, new TextEncoder().encode(`${text} `), unread)).toMatchObject({ ok: false })
  await mischief({ what: 'POST /v1/notifications/verify', status: 503 })
  expect(await verify(elsewhere, raw, there)).toEqual({ ok: false, reason: 'away' })
})

// Subscriptions through time.

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
  // The buyer pays on PayPal’s own page, with another card.
  const paidPage = await fetch(late.payUrl ?? '', { method: 'POST', body: new URLSearchParams({ does: 'pay' }) })
  expect(await paidPage.text()).toContain('Pago recibido')
  expect(await look(ref)).toMatchObject({ state: 'active', problem: null, payments: [{}, {}] })
  await control('POST', `/subscriptions/${ref}/refuse`, { times: 9 })
  await days(170)
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
  const { begin, look, gateway, days, request } = await shop()
  const pending = await gateway.openSubscription({ ...request, attempt: 9 })
  expect(await gateway.cancelNow(pending.ok ? pending.value.ref : '')).toEqual({ ok: true, value: null })
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
