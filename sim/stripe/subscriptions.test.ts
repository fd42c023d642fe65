import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { aStripe, aTopup } from './testing.ts'

type World = Awaited<ReturnType<typeof aStripe>>

const PAGES = { success_url: 'http://app.test/plan?session={CHECKOUT_SESSION_ID}', cancel_url: 'http://app.test/plan' }

/** A customer and three plans: by the month, a larger one, by the year. */
async function aShop(world: World) {
  const { stripe } = world
  const customer = await stripe.customers.create({ email: 'rosa@andina.pe' })
  await stripe.products.create({ id: 'canal', name: 'Canal' })
  const price = (unit_amount: number, interval: 'month' | 'year' = 'month') =>
    stripe.prices.create({ product: 'canal', currency: 'usd', unit_amount, recurring: { interval } })
  const [month, large, year] = [await price(1000), await price(3000), await price(10_000, 'year')]
  const subscribe = async (card: string, data: Stripe.Checkout.SessionCreateParams.SubscriptionData = {}, more: object = {}) => {
    const session = await stripe.checkout.sessions.create({
      ...{ mode: 'subscription', customer: customer.id, line_items: [{ price: month.id, quantity: 1 }], ...PAGES, ...more },
      subscription_data: { metadata: { channel_id: 'c1' }, description: 'Lima', ...data },
    })
    return { session, outcome: await world.pay(session, card), after: await stripe.checkout.sessions.retrieve(session.id) }
  }
  return { customer, month, large, year, subscribe }
}

const get = ({ stripe }: World, id: unknown) => stripe.subscriptions.retrieve(String(id))
const statuses = (events: Stripe.Event[]) => events.map(({ data }) => ('status' in data.object ? data.object.status : null))

describe('a subscription of a channel', () => {
  test('is bought on the hosted page, renews each month, and ends at the period’s end when that was asked for', async () => {
    await using world = await aStripe()
    const { stripe, days } = world
    const { subscribe, customer } = await aShop(world)
    const { after } = await subscribe('ok')
    expect(after).toMatchObject({ status: 'complete', payment_status: 'paid', mode: 'subscription' })
    const id = String(after.subscription)
    const sub = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice.payments', 'customer'] })
    expect(sub).toMatchObject({
      ...{ status: 'active', metadata: { channel_id: 'c1' }, description: 'Lima', customer: { email: 'rosa@andina.pe' } },
      latest_invoice: {
        ...{ status: 'paid', amount_paid: 1000, billing_reason: 'subscription_create' },
        parent: { subscription_details: { subscription: id, metadata: { channel_id: 'c1' } } },
        payments: { data: [{ status: 'paid', amount_paid: 1000 }] },
      },
    })
    const period = sub.items.data[0]
    expect(Number(period?.current_period_end) - Number(period?.current_period_start)).toBeGreaterThan(27 * 86_400)

    await days(32)
    const [upcoming] = await world.events('invoice.upcoming')
    expect(upcoming?.data.object).toMatchObject({ object: 'invoice', amount_due: 1000 })
    expect(upcoming?.data.object).not.toHaveProperty('id')
    const invoices = await stripe.invoices.list({ subscription: id })
    expect(invoices.data.map(({ status, billing_reason }) => [status, billing_reason])).toEqual([
      ['paid', 'subscription_cycle'],
      ['paid', 'subscription_create'],
    ])
    const payments = await stripe.invoicePayments.list({ invoice: String(invoices.data[0]?.id) })
    const intent = String(payments.data[0]?.payment.payment_intent)
    const back = await stripe.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: intent } })
    expect(back.data[0]?.invoice).toBe(invoices.data[0]?.id)

    await stripe.subscriptions.update(id, { cancel_at_period_end: true })
    expect(await stripe.subscriptions.update(id, { cancel_at_period_end: false })).toMatchObject({ cancel_at: null })
    await stripe.subscriptions.update(id, { cancel_at_period_end: true })
    await days(31)
    expect(await get(world, id)).toMatchObject({ status: 'canceled', cancellation_details: { reason: 'cancellation_requested' } })
    await expect(stripe.subscriptions.update(id, { cancel_at_period_end: false })).rejects.toMatchObject({ statusCode: 400 })
    expect(await world.events('customer.subscription.deleted')).toHaveLength(1)
    expect((await stripe.subscriptions.list({ customer: customer.id })).data).toEqual([])
    expect((await stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data).toHaveLength(1)
  })

  test('is not made by a card that is refused, and only after the bank’s owner said yes', async () => {
    await using world = await aStripe()
    const { subscribe, customer } = await aShop(world)
    expect(await subscribe('declined')).toMatchObject({
      outcome: { is: 'declined' },
      after: { status: 'open', subscription: null },
    })
    const { session, outcome } = await subscribe('auth')
    expect(outcome).toMatchObject({ is: 'asks' })
    await world.control('POST', `/bank/${session.id}`, { ok: true })
    expect((await world.stripe.subscriptions.list({ customer: customer.id })).data).toMatchObject([{ status: 'active' }])
    await world.days(32)
    // He said yes for later too.
    expect(statuses(await world.events('invoice.paid'))).toEqual(['paid', 'paid'])
  })

  test('with a trial costs nothing until it is over; without a card it ends or stands still', async () => {
    await using world = await aStripe()
    const { subscribe } = await aShop(world)
    const missing = (missing_payment_method: 'cancel' | 'pause') => ({
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method } },
    })
    const none = { payment_method_collection: 'if_required' }
    const withCard = await subscribe('ok', { trial_period_days: 14 })
    const ends = await subscribe('none', missing('cancel'), none)
    const stands = await subscribe('none', missing('pause'), none)
    expect(withCard.after).toMatchObject({ amount_total: 0, payment_status: 'no_payment_required' })
    expect(await get(world, withCard.after.subscription)).toMatchObject({ status: 'trialing' })
    await world.days(11.5)
    expect(await world.events('customer.subscription.trial_will_end')).toHaveLength(3)
    await world.days(3)
    const now = await Promise.all([withCard, ends, stands].map(({ after }) => get(world, after.subscription)))
    expect(now.map(({ status }) => status)).toEqual(['active', 'canceled', 'paused'])
    const [, , paused] = now
    await expect(world.stripe.subscriptions.resume(String(paused?.id))).rejects.toMatchObject({ statusCode: 402 })
  })

  test('whose renewal fails is past due, tried again, saved by another card, or canceled in the end', async () => {
    await using world = await aStripe()
    const { stripe, days } = world
    const { subscribe, customer } = await aShop(world)
    const [saved, lost] = [await subscribe('renewal_fails'), await subscribe('renewal_fails')]
    // The draft of a renewal is made final after an hour.
    const ends = Number((await get(world, saved.after.subscription)).items.data[0]?.current_period_end)
    await world.control('PUT', '/clock', { to: ends + 7200 })
    const due = await stripe.subscriptions.retrieve(String(saved.after.subscription), { expand: ['latest_invoice'] })
    expect(due).toMatchObject({ status: 'past_due', latest_invoice: { status: 'open', attempt_count: 1 } })
    const invoice = due.latest_invoice
    if (typeof invoice !== 'object' || !invoice?.hosted_invoice_url) throw new Error('no page to pay')
    expect(invoice.next_payment_attempt).toBeGreaterThan(0)
    const paid = await fetch(invoice.hosted_invoice_url, { method: 'POST', body: new URLSearchParams({ card: 'ok' }) })
    expect(await paid.text()).toContain('Pagada')
    expect(await get(world, due.id)).toMatchObject({ status: 'active' })
    await days(20)
    expect(await get(world, lost.after.subscription)).toMatchObject({
      ...{ status: 'canceled', cancellation_details: { reason: 'payment_failed' } },
    })
    expect((await world.events('invoice.payment_failed')).length).toBeGreaterThan(5)
    expect((await stripe.subscriptions.list({ customer: customer.id })).data).toHaveLength(1)
  })
})

describe('another plan', () => {
  test('is shown with its price before, and costs exactly that', async () => {
    await using world = await aStripe()
    const { stripe, days } = world
    const { subscribe, large, month } = await aShop(world)
    const { after } = await subscribe('ok')
    const sub = await get(world, after.subscription)
    const item = String(sub.items.data[0]?.id)
    await days(10)
    const always = { proration_behavior: 'always_invoice' } as const
    const wanted = { items: [{ id: item, price: large.id }], ...always }
    const preview = await stripe.invoices.createPreview({ subscription: sub.id, subscription_details: wanted })
    expect(preview.lines.data.map(({ amount }) => Math.sign(amount))).toEqual([-1, 1])
    expect(preview.amount_due).toBeGreaterThan(1200)
    expect(await get(world, sub.id)).toMatchObject({ items: { data: [{ price: { id: month.id } }] } })

    const changed = await stripe.subscriptions.update(sub.id, { ...wanted, expand: ['latest_invoice'] })
    expect(changed).toMatchObject({ status: 'active', items: { data: [{ id: item, price: { id: large.id } }] } })
    expect(changed.latest_invoice).toMatchObject({ status: 'paid', billing_reason: 'subscription_update' })
    const { latest_invoice } = changed
    const due = typeof latest_invoice === 'object' ? (latest_invoice?.amount_paid ?? 0) : 0
    expect(Math.abs(due - preview.amount_due)).toBeLessThanOrEqual(1)

    // Back to the smaller one: what is left over is taken off the next invoice.
    await stripe.subscriptions.update(sub.id, { items: [{ id: item, price: month.id }] })
    await days(22)
    const [next] = (await stripe.invoices.list({ subscription: sub.id })).data
    expect(next).toMatchObject({
      billing_reason: 'subscription_cycle',
      status: 'paid',
      lines: { data: [{}, {}, { amount: 1000 }] },
    })
    expect(next?.total).toBeLessThan(0)
  })

  test('by the year begins at once; one that the card refuses waits, and the old one holds', async () => {
    await using world = await aStripe()
    const { stripe } = world
    const { subscribe, year, large, month } = await aShop(world)
    const { after } = await subscribe('ok')
    const item = String((await get(world, after.subscription)).items.data[0]?.id)
    const yearly = await stripe.subscriptions.update(String(after.subscription), { items: [{ id: item, price: year.id }] })
    const [kept] = yearly.items.data
    expect(Number(kept?.current_period_end) - Number(kept?.current_period_start)).toBeGreaterThan(364 * 86_400)

    const other = await subscribe('renewal_fails')
    const sub = await get(world, other.after.subscription)
    const always = { proration_behavior: 'always_invoice' } as const
    const bigger = { items: [{ id: String(sub.items.data[0]?.id), price: large.id }], ...always }
    await expect(
      stripe.subscriptions.update(sub.id, { ...bigger, payment_behavior: 'error_if_incomplete', off_session: true }),
    ).rejects.toMatchObject({ statusCode: 402 })
    const waiting = await stripe.subscriptions.update(sub.id, {
      ...bigger,
      payment_behavior: 'pending_if_incomplete',
      off_session: true,
    })
    expect(waiting).toMatchObject({ status: 'active', items: { data: [{ price: { id: month.id } }] }, pending_update: {} })
    await stripe.invoices.pay(String(waiting.latest_invoice), { payment_method: 'pm_card_visa' })
    expect(await get(world, sub.id)).toMatchObject({ pending_update: null, items: { data: [{ price: { id: large.id } }] } })
  })
})

describe('pauses and ends', () => {
  test('a pause makes no invoices; resumed it goes on or begins anew; canceled at once it gives back', async () => {
    await using world = await aStripe()
    const { stripe, days } = world
    const { subscribe } = await aShop(world)
    const [a, b] = [await subscribe('ok'), await subscribe('ok')]
    const [first, second] = [String(a.after.subscription), String(b.after.subscription)]
    expect(await stripe.subscriptions.pause(first)).toMatchObject({ status: 'paused' })
    expect(await stripe.subscriptions.pause(second)).toMatchObject({ status: 'paused' })
    await days(5)
    expect(await stripe.subscriptions.resume(first, { billing_cycle_anchor: { type: 'unchanged' } })).toMatchObject({
      status: 'active',
    })
    await days(40)
    expect(await stripe.subscriptions.resume(second)).toMatchObject({ status: 'active' })
    expect((await stripe.invoices.list({ subscription: first })).data).toHaveLength(2)
    expect((await stripe.invoices.list({ subscription: second })).data).toMatchObject([{ status: 'paid', amount_paid: 1000 }, {}])

    await stripe.subscriptions.cancel(second, { prorate: true, invoice_now: true })
    const [credit] = (await stripe.invoices.list({ subscription: second })).data
    expect(credit?.total).toBeLessThan(-900)
    const types = (await world.events()).map(({ type }) => type)
    for (const what of ['paused', 'resumed', 'deleted']) expect(types).toContain(`customer.subscription.${what}`)
  })

  test('by the API with a saved card; a first invoice that nobody pays ends it after 23 hours', async () => {
    await using world = await aStripe()
    const { stripe } = world
    const { customer, month } = await aShop(world)
    const items = [{ price: month.id }]
    const create = (more: object = {}) => stripe.subscriptions.create({ customer: customer.id, items, ...more })
    await expect(create()).rejects.toMatchObject({ code: 'resource_missing' })
    const pending = await create({ payment_behavior: 'default_incomplete' })
    expect(pending.status).toBe('incomplete')
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
    expect(await create({ default_payment_method: card.id })).toMatchObject({ status: 'active' })
    const bad = await stripe.paymentMethods.attach('pm_card_visa_chargeDeclined', { customer: customer.id })
    expect(await create({ default_payment_method: bad.id })).toMatchObject({ status: 'incomplete' })
    await world.days(1)
    expect(await get(world, pending.id)).toMatchObject({ status: 'incomplete_expired' })
  })
})

test('a top-up has an invoice too, when one was asked for', async () => {
  await using world = await aStripe()
  const session = await world.stripe.checkout.sessions.create(aTopup({ invoice_creation: { enabled: true } }))
  await world.pay(session)
  const after = await world.stripe.checkout.sessions.retrieve(session.id, { expand: ['invoice'] })
  expect(after.invoice).toMatchObject({
    status: 'paid',
    amount_paid: 2500,
    parent: null,
    invoice_pdf: expect.stringContaining('/pdf'),
  })
  const pdf = await fetch(typeof after.invoice === 'object' ? (after.invoice?.invoice_pdf ?? '') : '')
  expect([pdf.headers.get('content-type'), (await pdf.text()).slice(0, 5)]).toEqual(['application/pdf', '%PDF-'])
})

test('a customer looks after his subscriptions in the portal, as far as its configuration lets him', async () => {
  await using world = await aStripe()
  const { stripe } = world
  const { subscribe, customer } = await aShop(world)
  const { after } = await subscribe('renewal_fails')
  const visit = { customer: customer.id, return_url: 'http://app.test/plan' }
  await expect(stripe.billingPortal.sessions.create(visit)).rejects.toThrow('No configuration provided')
  const configuration = await stripe.billingPortal.configurations.create({
    features: { subscription_cancel: { enabled: true, mode: 'at_period_end' }, invoice_history: { enabled: true } },
  })
  expect(configuration).toMatchObject({ is_default: true, features: { payment_method_update: { enabled: false } } })
  const { url } = await stripe.billingPortal.sessions.create(visit)
  const does = async (fields: Record<string, string>) => {
    const page = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ subscription: String(after.subscription), ...fields }),
    })
    return page.text()
  }
  expect(await (await fetch(url)).text()).toContain('Lima')
  expect(await does({ do: 'cancel' })).toContain('Termina el')
  expect(await get(world, after.subscription)).toMatchObject({ cancel_at_period_end: true })
  expect(await does({ do: 'keep' })).toContain('Activa')
  const method = () => stripe.subscriptions.retrieve(String(after.subscription)).then((sub) => sub.default_payment_method)
  const before = await method()
  await does({ do: 'card', card: 'ok' })
  expect(await method()).toBe(before)
  await stripe.billingPortal.configurations.update(configuration.id, { features: { payment_method_update: { enabled: true } } })
  await does({ do: 'card', card: 'ok' })
  expect(await method()).not.toBe(before)
})
