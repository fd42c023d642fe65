/// <reference types="@cloudflare/vitest-plugin/types" />
/** Top-ups at the simulated PayPal: each window of payments.md §6, in which money could be lost or counted twice. */
import { expect, test } from 'vitest'
import { aPaypal, usd } from './a-paypal.ts'

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
  await paypal.mischief({ where: 'hooks', lose: true, next: null })
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
  const { paypalGateway } = await import('./paypal-gateway.ts')
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
