import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { aStripe, aTopup } from './testing.ts'

describe('a top-up on the hosted page', () => {
  test('is paid: the session, its payment and its fee say so, and webhooks come signed', async () => {
    await using world = await aStripe()
    const { stripe } = world
    const customer = await stripe.customers.create({ email: 'rosa@andina.pe', metadata: { account: '7' } })
    const session = await stripe.checkout.sessions.create(aTopup({ customer: customer.id, locale: 'es-419' }))
    expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 2500, payment_intent: null })

    const page = await fetch(session.url ?? '')
    expect(await page.text()).toContain('USD 25.00')
    const form = new URLSearchParams({ do: 'pay', card: 'ok' })
    const paid = await fetch(session.url ?? '', { method: 'POST', body: form, redirect: 'manual' })
    expect(paid.headers.get('location')).toBe(`http://app.test/saldo?session=${session.id}`)

    const after = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent.latest_charge.balance_transaction', 'line_items'],
    })
    expect(after).toMatchObject({
      ...{ status: 'complete', payment_status: 'paid', url: null, client_reference_id: 'topup-1' },
      line_items: { data: [{ description: 'Recarga de saldo', amount_total: 2500 }] },
      payment_intent: {
        ...{ status: 'succeeded', amount_received: 2500, metadata: { topup_id: 'topup-1' } },
        latest_charge: {
          paid: true,
          payment_method_details: { type: 'card' },
          balance_transaction: { amount: 2500, fee: 103, net: 2397 },
        },
      },
    })
    const events = await world.events()
    expect(events.map(({ type }) => type)).toEqual([
      'customer.created',
      'product.created',
      'price.created',
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ])
    // The list of events says the same as the webhooks, the newest first.
    const listed = await stripe.events.list({ types: ['checkout.session.completed', 'charge.succeeded'] })
    expect(listed.data.map(({ id }) => id)).toEqual([events[6]?.id, events[4]?.id])
  })

  test('is refused by a bank, and paid with another card; another buyer has to answer his bank', async () => {
    await using world = await aStripe()
    const { stripe, pay } = world
    const session = await stripe.checkout.sessions.create(aTopup())
    expect(await pay(session, 'insufficient')).toMatchObject({
      is: 'declined',
      problem: 'La tarjeta no tiene fondos suficientes.',
    })
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'open', payment_status: 'unpaid' })
    expect(await pay(session)).toMatchObject({ is: 'done', session: { payment_status: 'paid' } })
    expect(await pay(session)).toMatchObject({ is: 'over' })
    expect(await world.events('payment_intent.payment_failed', 'payment_intent.succeeded')).toHaveLength(2)

    const other = await stripe.checkout.sessions.create(aTopup())
    expect(await pay(other, 'auth')).toMatchObject({ is: 'asks' })
    const asked = await stripe.checkout.sessions.retrieve(other.id, { expand: ['payment_intent'] })
    expect(asked.payment_intent).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } })
    expect(await pay(other, 'auth_always', { bank: 'no' })).toMatchObject({ is: 'declined' })
    expect(await pay(other, 'auth_always', { bank: 'yes' })).toMatchObject({ is: 'done', session: { payment_status: 'paid' } })
  })

  test('takes days: complete and unpaid, and then the money comes or does not', async () => {
    await using world = await aStripe()
    const { stripe, pay } = world
    const [first, second] = [await stripe.checkout.sessions.create(aTopup()), await stripe.checkout.sessions.create(aTopup())]
    expect(await pay(first, 'delayed')).toMatchObject({ session: { status: 'complete', payment_status: 'unpaid' } })
    expect(await pay(second, 'delayed')).toMatchObject({ is: 'done' })
    await world.control('POST', `/sessions/${second.id}/settle`, { ok: false })
    await world.days(4)
    expect(await stripe.checkout.sessions.retrieve(first.id)).toMatchObject({ payment_status: 'paid' })
    expect(await stripe.checkout.sessions.retrieve(second.id)).toMatchObject({ payment_status: 'unpaid' })
    const told = await world.events('checkout.session.async_payment_succeeded', 'checkout.session.async_payment_failed')
    expect(told.map(({ type }) => type.split('_').at(-1))).toEqual(['failed', 'succeeded'])
  })

  test('expires when nobody pays: at its time, or when it is told to', async () => {
    await using world = await aStripe()
    const { stripe } = world
    const session = await stripe.checkout.sessions.create(aTopup())
    const other = await stripe.checkout.sessions.create(aTopup())
    expect(await stripe.checkout.sessions.expire(other.id)).toMatchObject({ status: 'expired', url: null })
    await world.days(1.1)
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'expired' })
    expect(await world.events('checkout.session.expired')).toHaveLength(2)
    const page = await fetch(session.url ?? '')
    expect([page.status, await page.text()]).toEqual([410, expect.stringContaining('venció')])
  })
})

describe('what the API refuses', () => {
  test('who has no key, what the contract does not know, and what the state forbids', async () => {
    await using world = await aStripe()
    const { stripe } = world
    await expect(world.clientFor('sk_wrong').balance.retrieve()).rejects.toBeInstanceOf(Stripe.errors.StripeAuthenticationError)
    await expect(stripe.checkout.sessions.retrieve('cs_test_none')).rejects.toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    })
    const removed = { ...aTopup(), payment_method_types: ['card'] }
    await expect(stripe.checkout.sessions.create(removed)).rejects.toMatchObject({
      ...{ type: 'StripeInvalidRequestError', code: 'parameter_unknown', param: 'payment_method_types' },
    })
    await expect(stripe.refunds.create({ payment_intent: 'pi_1', amount: 2.5 })).rejects.toMatchObject({ param: 'amount' })
    await expect(stripe.checkout.sessions.create(aTopup({ line_items: [] }))).rejects.toMatchObject({ statusCode: 400 })
    await expect(stripe.checkout.sessions.list({ expand: ['data.nothing'] })).resolves.toMatchObject({ data: [] })
    const session = await stripe.checkout.sessions.create(aTopup())
    await expect(stripe.checkout.sessions.retrieve(session.id, { expand: ['nothing'] })).rejects.toThrow('cannot be expanded')
  })

  test('a price’s amount never changes; a lookup key goes over to the new price', async () => {
    await using world = await aStripe()
    const { stripe } = world
    await stripe.products.create({ id: 'plan_basic', name: 'Canal básico' })
    const recurring = { interval: 'month' } as const
    const create = (unit_amount: number, more: object = {}) =>
      stripe.prices.create({
        product: 'plan_basic',
        currency: 'usd',
        unit_amount,
        recurring,
        lookup_key: 'basic_usd_month',
        ...more,
      })
    const old = await create(1900)
    await expect(create(2500)).rejects.toMatchObject({ code: 'resource_already_exists' })
    const { id } = await create(2500, { transfer_lookup_key: true })
    const found = await stripe.prices.list({ lookup_keys: ['basic_usd_month'], active: true })
    expect(found.data.map((price) => price.id)).toEqual([id])
    expect(await stripe.prices.update(old.id, { active: false })).toMatchObject({
      active: false,
      lookup_key: null,
      unit_amount: 1900,
    })
    await expect(stripe.products.create({ id: 'plan_basic', name: 'Otra vez' })).rejects.toMatchObject({ statusCode: 400 })
  })
})

describe('the same key', () => {
  test('with the same request gets the first answer again, also a 500; with another one it is refused', async () => {
    await using world = await aStripe()
    const { stripe } = world
    const key = { idempotencyKey: 'topup:1:session' }
    const first = await stripe.checkout.sessions.create(aTopup(), key)
    await world.pay(first)
    const again = await stripe.checkout.sessions.create(aTopup(), key)
    expect(again).toMatchObject({ id: first.id, status: 'open' })
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true')
    await expect(stripe.checkout.sessions.create(aTopup({ locale: 'pt-BR' }), key)).rejects.toBeInstanceOf(
      Stripe.errors.StripeIdempotencyError,
    )

    await world.mischief({ where: 'api', what: 'POST /v1/refunds', next: 1, status: 500, processed: true })
    const refund = () =>
      stripe.refunds.create({ payment_intent: String(paid.payment_intent), amount: 500 }, { idempotencyKey: 'refund:1' })
    const paid = await stripe.checkout.sessions.retrieve(first.id)
    await expect(refund()).rejects.toBeInstanceOf(Stripe.errors.StripeAPIError)
    await expect(refund()).rejects.toMatchObject({ statusCode: 500 })
    const done = await stripe.refunds.list({ payment_intent: String(paid.payment_intent) })
    expect(done.data).toMatchObject([{ amount: 500, status: 'succeeded' }])
    // After a day the key is forgotten.
    await world.days(1.1)
    expect((await stripe.checkout.sessions.create(aTopup(), key)).id).not.toBe(first.id)
  })

  test('after a lost answer finds what was done; refused at the door, nothing was', async () => {
    await using world = await aStripe()
    const { stripe } = world
    const key = { idempotencyKey: 'topup:2:session' }
    // The client asks once more by itself when a connection is cut.
    await world.mischief({ where: 'api', what: 'POST /v1/checkout/sessions', next: 2, dropAnswer: true })
    await expect(stripe.checkout.sessions.create(aTopup(), key)).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError)
    const { id } = await stripe.checkout.sessions.create(aTopup(), key)
    expect((await stripe.checkout.sessions.list()).data.map((session) => session.id)).toEqual([id])
    await world.mischief({ where: 'api', what: 'GET /v1/checkout/sessions/:id', next: 1, status: 429 })
    await expect(stripe.checkout.sessions.retrieve(id)).rejects.toBeInstanceOf(Stripe.errors.StripeRateLimitError)
    // The client itself asks again where it may.
    await world.mischief({ where: 'api', next: 1, status: 503 })
    const patient = world.clientFor('sk_test_simulador', { maxNetworkRetries: 1 })
    expect((await patient.checkout.sessions.retrieve(id)).id).toBe(id)
    expect(await world.control('GET', '/received?method=POST')).toMatchObject({
      items: [false, false, true].map((answered) => ({ key: 'topup:2:session', answered })),
    })
  })
})

describe('webhooks', () => {
  test('come again until they are taken, twice, late, after the next one, before the answer, or never', async () => {
    await using world = await aStripe()
    const { stripe, mischief, hook } = world
    hook.answers.push(500, 500)
    await stripe.customers.create({ name: 'A' })
    const [first, second, third] = await world.events('customer.created')
    expect([second?.id, third?.id]).toEqual([first?.id, first?.id])

    await mischief({ where: 'hooks', what: 'customer.created', next: 1, duplicate: 1 })
    await mischief({ where: 'hooks', what: 'customer.created', next: 1, lose: true })
    await mischief({ where: 'hooks', what: 'customer.created', next: 1, reorder: true })
    await mischief({ where: 'hooks', what: 'customer.created', next: 1, twin: true })
    hook.got.length = 0
    for (const name of ['B', 'C', 'D', 'E']) await stripe.customers.create({ name })
    const names = (await world.events()).map(({ data }) => ('name' in data.object ? data.object.name : ''))
    expect(names.toSorted()).toEqual(['B', 'B', 'D', 'E', 'E'])
    expect(names.indexOf('D')).toBeGreaterThan(names.indexOf('E'))
    expect((await stripe.events.list({ type: 'customer.created' })).data).toHaveLength(6)

    await mischief({ where: 'hooks', next: 1, before: true })
    hook.got.length = 0
    await stripe.customers.create({ name: 'F' })
    expect(hook.got).toHaveLength(1)
  })

  test('that nobody took, and all the rest, are there after a restart', async ({ onTestFinished }) => {
    const { mkdtemp, rm } = await import('node:fs/promises')
    const dataDir = await mkdtemp('/tmp/sim-stripe-')
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
    const ids = { session: '' }
    {
      await using world = await aStripe({ dataDir })
      const session = await world.stripe.checkout.sessions.create(aTopup(), { idempotencyKey: 'k' })
      await world.hook.close()
      await world.pay(session)
      ids.session = session.id
    }
    await using world = await aStripe({ dataDir })
    expect(await world.stripe.checkout.sessions.retrieve(ids.session)).toMatchObject({ payment_status: 'paid' })
    expect((await world.stripe.checkout.sessions.create(aTopup(), { idempotencyKey: 'k' })).id).toBe(ids.session)
    const { items } = await world.control('GET', '/hooks?state=waiting')
    expect(items).not.toHaveLength(0)
  })
})
