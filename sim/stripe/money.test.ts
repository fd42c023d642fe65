import StripeClient from 'stripe'
import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { aStripe, aTopup } from './testing.ts'

type World = Awaited<ReturnType<typeof aStripe>>

/** A top-up that was paid with this card: its payment, and its charge's id. */
async function aPayment(world: World, card = 'ok', more: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  const session = await world.stripe.checkout.sessions.create(aTopup(more))
  await world.pay(session, card)
  const { payment_intent } = await world.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
  if (typeof payment_intent !== 'object' || payment_intent === null) throw new Error('not paid')
  return { id: payment_intent.id, charge: String(payment_intent.latest_charge), method: String(payment_intent.payment_method) }
}

const nets = async ({ stripe }: World) => (await stripe.balanceTransactions.list()).data.map(({ type, net }) => [type, net])

describe('money goes back', () => {
  test('in parts, and never more than came; what fails later comes back', async () => {
    await using world = await aStripe()
    const { stripe } = world
    const { id, charge } = await aPayment(world)
    const refund = (amount?: number) =>
      stripe.refunds.create({ payment_intent: id, ...(amount && { amount }), metadata: { refund: 'r1' } })
    const first = await refund(1000)
    expect(first).toMatchObject({ status: 'succeeded', charge, metadata: { refund: 'r1' } })
    await expect(refund(2000)).rejects.toThrow('greater than unrefunded amount')
    expect((await refund()).amount).toBe(1500)
    await expect(refund()).rejects.toMatchObject({ code: 'charge_already_refunded' })
    expect(await nets(world)).toEqual([
      ['refund', -1500],
      ['refund', -1000],
      ['charge', 2397],
    ])
    await world.control('POST', `/refunds/${first.id}/fail`)
    expect(await stripe.refunds.retrieve(first.id)).toMatchObject({
      status: 'failed',
      failure_balance_transaction: expect.any(String),
    })
    const now = await stripe.charges.retrieve(charge, { expand: ['refunds'] })
    expect(now).toMatchObject({ amount_refunded: 1500, refunded: false, refunds: { data: [{ amount: 1000 }, { amount: 1500 }] } })
    expect((await world.events('refund.failed')).length).toBe(1)
  })

  test('later, or not after all, where the card says so', async () => {
    await using world = await aStripe()
    const { stripe } = world
    const [late, lost] = [await aPayment(world, 'refund_pending'), await aPayment(world, 'refund_fails')]
    const waits = await stripe.refunds.create({ payment_intent: late.id })
    const fails = await stripe.refunds.create({ payment_intent: lost.id })
    expect([waits.status, waits.pending_reason, fails.status]).toEqual(['pending', 'processing', 'succeeded'])
    await world.days(4)
    expect(await stripe.refunds.retrieve(waits.id)).toMatchObject({ status: 'succeeded' })
    expect(await stripe.refunds.retrieve(fails.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
    })
    const balance = await stripe.balance.retrieve()
    expect(balance.available).toMatchObject([{ amount: 2397 - 2500 + 2397, currency: 'usd' }])
  })
})

describe('a dispute', () => {
  test('takes the money and a fee at once; won, both come back; lost, they do not', async () => {
    await using world = await aStripe()
    const { stripe } = world
    const [won, lost] = [await aPayment(world), await aPayment(world, 'dispute')]
    const opened = await world.control('POST', '/disputes', { payment_intent: won.id, reason: 'product_not_received' })
    await expect(stripe.refunds.create({ payment_intent: won.id })).rejects.toMatchObject({ code: 'charge_disputed' })
    await world.control('POST', `/disputes/${String(opened.id)}/win`)
    const [second] = (await stripe.disputes.list({ payment_intent: lost.id })).data
    await stripe.disputes.close(String(second?.id))
    expect(await stripe.disputes.retrieve(String(opened.id))).toMatchObject({
      ...{ status: 'won', reason: 'product_not_received', amount: 2500, charge: won.charge },
      balance_transactions: [
        { net: -4000, fee: 1500 },
        { net: 4000, fee: -1500 },
      ],
    })
    expect(await stripe.disputes.retrieve(String(second?.id))).toMatchObject({
      status: 'lost',
      balance_transactions: [{ net: -4000 }],
    })
    const told = (await world.events()).map(({ type }) => type).filter((type) => type.startsWith('charge.dispute.'))
    expect(told.map((type) => type.split('.')[2])).toEqual([
      ...['created', 'funds_withdrawn', 'created', 'funds_withdrawn', 'funds_reinstated', 'closed', 'closed'],
    ])
  })

  test('that is only a question moves no money, until it grows', async () => {
    await using world = await aStripe()
    const { stripe } = world
    const paid = await aPayment(world, 'inquiry')
    const [inquiry] = (await stripe.disputes.list()).data
    expect(inquiry).toMatchObject({ status: 'warning_needs_response', balance_transactions: [], is_charge_refundable: true })
    expect(await stripe.refunds.create({ payment_intent: paid.id, amount: 100 })).toMatchObject({ status: 'succeeded' })
    await world.control('POST', `/disputes/${inquiry?.id}/withdraw`)
    expect(await stripe.disputes.retrieve(String(inquiry?.id))).toMatchObject({ status: 'needs_response' })
  })
})

describe('a card that was kept', () => {
  test('pays without its owner, once for a key; refused, it says why', async () => {
    await using world = await aStripe()
    const { stripe } = world
    const customer = await stripe.customers.create({ name: 'Rosa' })
    const save = { customer: customer.id, payment_intent_data: { setup_future_usage: 'off_session' as const } }
    const cards = { ok: await aPayment(world, 'ok', save), bad: await aPayment(world, 'renewal_fails', save) }
    const charge = (payment_method: string, key: string) =>
      stripe.paymentIntents.create(
        { amount: 5000, currency: 'usd', customer: customer.id, payment_method, off_session: true, confirm: true },
        { idempotencyKey: key },
      )
    const [one, two] = [await charge(cards.ok.method, 'auto:1'), await charge(cards.ok.method, 'auto:1')]
    expect([one.status, two.id]).toEqual(['succeeded', one.id])
    const refused: unknown = await charge(cards.bad.method, 'auto:2').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(StripeClient.errors.StripeCardError)
    expect(refused).toMatchObject({
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      payment_intent: { status: 'requires_payment_method' },
    })
    const asks = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer: customer.id })
    await expect(charge(asks.id, 'auto:3')).rejects.toMatchObject({ code: 'authentication_required' })
    await expect(charge('pm_none', 'auto:4')).rejects.toMatchObject({ code: 'resource_missing' })

    const kept = await stripe.customers.listPaymentMethods(customer.id, { type: 'card' })
    expect(kept.data.map(({ card }) => card?.last4)).toEqual(['3184', '0341', '4242'])
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: cards.ok.method } })
    await stripe.paymentMethods.detach(cards.ok.method)
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ invoice_settings: { default_payment_method: null } })
  })

  test('can be saved by itself, on the hosted page', async () => {
    await using world = await aStripe()
    const { stripe } = world
    const customer = await stripe.customers.create({ name: 'Rosa' })
    const session = await stripe.checkout.sessions.create({
      ...{ mode: 'setup', currency: 'usd', customer: customer.id, success_url: 'http://app.test/ok' },
    })
    await world.pay(session)
    const after = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] })
    expect(after).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      setup_intent: { status: 'succeeded' },
    })
    expect((await stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1)
    const gone = await stripe.customers.del(customer.id)
    expect(gone).toMatchObject({ deleted: true })
    await expect(stripe.checkout.sessions.create({ ...aTopup(), customer: customer.id })).rejects.toMatchObject({
      statusCode: 400,
    })
  })
})
