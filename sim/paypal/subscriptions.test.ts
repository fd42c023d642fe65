/** Subscriptions through time: trial, payments, refusals, changes, disputes. */
import { expect, test } from 'vitest'
import { fieldsOf, listOf } from '../lib/fields.ts'
import { approvalOf, aPaypal } from './testing.ts'

const DAY = 24 * 3600_000
const money = (value: string) => ({ currency_code: 'USD', value })
const monthly = (value: string, sequence = 1) => ({
  ...{ tenure_type: 'REGULAR', sequence, total_cycles: 0, frequency: { interval_unit: 'MONTH', interval_count: 1 } },
  pricing_scheme: { fixed_price: money(value) },
})
const trial = { tenure_type: 'TRIAL', sequence: 1, total_cycles: 1, frequency: { interval_unit: 'DAY', interval_count: 14 } }

async function aShelf(cycles: object[]) {
  const paypal = await aPaypal()
  await paypal.ask('POST', '/v1/catalogs/products', { id: 'CHANNEL', name: 'Canal', type: 'SERVICE', category: 'SOFTWARE' })
  const planOf = async (billing_cycles: object[]) => {
    const payment_preferences = { auto_bill_outstanding: true, payment_failure_threshold: 2 }
    return paypal.ask('POST', '/v1/billing/plans', {
      product_id: 'CHANNEL',
      name: 'Profesional',
      billing_cycles,
      payment_preferences,
    })
  }
  const plan = String((await planOf(cycles)).body.id)
  const subscribe = async (fields: object = {}) => {
    const application_context = {
      return_url: 'https://shop.test/back',
      cancel_url: 'https://shop.test/left',
      user_action: 'SUBSCRIBE_NOW',
    }
    return paypal.ask('POST', '/v1/billing/subscriptions', { plan_id: plan, custom_id: 'S1', application_context, ...fields })
  }
  const look = async (id: string) => (await paypal.ask('GET', `/v1/billing/subscriptions/${id}`)).body
  const clock = (days: number) => paypal.clock(days * DAY)
  return { ...paypal, paypal, planOf, subscribe, look, clock, [Symbol.asyncDispose]: () => paypal[Symbol.asyncDispose]() }
}

test('a trial, then the first payment; a refused one is tried again, joins the next, and suspends', async () => {
  await using shelf = await aShelf([trial, monthly('29.00', 2)])
  const made = await shelf.subscribe()
  expect(made).toMatchObject({ status: 201, body: { status: 'APPROVAL_PENDING' } })
  const id = String(made.body.id)
  expect((await shelf.presses(approvalOf(made.body), { does: 'pay' })).href).toContain(`subscription_id=${id}`)
  const begun = await shelf.look(id)
  expect(begun).toMatchObject({ status: 'ACTIVE', billing_info: { failed_payments_count: 0 } })
  expect(await shelf.rows('sales')).toHaveLength(0)
  await shelf.clock(15)
  expect((await shelf.look(id)).billing_info).toMatchObject({ last_payment: { amount: money('29.00') } })
  const period = `start_time=${encodeURIComponent(new Date(Date.now() - DAY).toISOString())}&end_time=${encodeURIComponent(new Date(Date.now() + 99 * DAY).toISOString())}`
  const { body } = await shelf.ask('GET', `/v1/billing/subscriptions/${id}/transactions?${period}`)
  expect(body.transactions).toMatchObject([{ status: 'COMPLETED', amount_with_breakdown: { gross_amount: money('29.00') } }])

  await shelf.control('POST', `/subscriptions/${id}/refuse`, { times: 6 })
  await shelf.clock(50)
  const late = fieldsOf((await shelf.look(id)).billing_info)
  expect(late).toMatchObject({ outstanding_balance: money('29.00'), last_failed_payment: { reason_code: 'PAYMENT_DENIED' } })
  await shelf.clock(99)
  expect(await shelf.look(id)).toMatchObject({
    status: 'SUSPENDED',
    billing_info: { outstanding_balance: money('58.00'), failed_payments_count: 2 },
  })
  expect(await shelf.told()).toContain('BILLING.SUBSCRIPTION.SUSPENDED')
})

test('paused, resumed, changed with the buyer’s consent, and ended for good', async () => {
  await using shelf = await aShelf([monthly('10.00')])
  const id = String((await shelf.subscribe()).body.id)
  await shelf.control('POST', `/subscriptions/${id}/approve`, {})
  const path = `/v1/billing/subscriptions/${id}`
  expect((await shelf.ask('POST', `${path}/suspend`, { reason: 'pausa' })).status).toBe(204)
  expect((await shelf.ask('POST', `${path}/suspend`, { reason: 'pausa' })).issue).toBe('SUBSCRIPTION_STATUS_INVALID')
  expect((await shelf.ask('POST', `${path}/activate`, { reason: 'sigue' })).status).toBe(204)
  const dearer = String((await shelf.planOf([monthly('20.00')])).body.id)
  const asked = await shelf.ask('POST', `${path}/revise`, { plan_id: dearer })
  expect(asked.status).toBe(200)
  expect(await shelf.look(id)).not.toMatchObject({ plan_id: dearer })
  await shelf.presses(approvalOf(asked.body), { does: 'pay' })
  expect(await shelf.look(id)).toMatchObject({ plan_id: dearer })
  await shelf.clock(32)
  expect((await shelf.rows('sales')).map((one) => fieldsOf(one.amount).minor)).toEqual([1000, 2000])
  expect((await shelf.ask('POST', `${path}/cancel`, { reason: 'adiós' })).status).toBe(204)
  expect((await shelf.ask('POST', `${path}/activate`, { reason: 'vuelve' })).issue).toBe('SUBSCRIPTION_STATUS_INVALID')
})

test('a sale is given back in parts; a chargeback takes at once, and comes back when it is won', async () => {
  await using shelf = await aShelf([monthly('10.00')])
  const id = String((await shelf.subscribe()).body.id)
  await shelf.control('POST', `/subscriptions/${id}/approve`, {})
  const [sale] = await shelf.rows('sales')
  const path = `/v1/payments/sale/${String(sale?.id)}`
  expect((await shelf.ask('POST', `${path}/refund`, { amount: { total: '4.00', currency: 'USD' } })).status).toBe(201)
  expect((await shelf.ask('GET', path)).body).toMatchObject({ state: 'partially_refunded', billing_agreement_id: id })
  const dispute = await shelf.control('POST', '/disputes', { transaction: sale?.id, value: '6.00' })
  const look = async () => (await shelf.ask('GET', `/v1/customer/disputes/${String(dispute.id)}`)).body
  expect(await look()).toMatchObject({ money_movements: [{ type: 'DEBIT', amount: money('6.00') }] })
  await shelf.control('POST', `/disputes/${String(dispute.id)}/decide`, { buyer: false })
  expect(listOf((await look()).money_movements).map((one) => fieldsOf(one).type)).toEqual(['DEBIT', 'CREDIT'])
  const { body } = await shelf.ask('GET', `/v1/customer/disputes?disputed_transaction_id=${String(sale?.id)}`)
  expect(body.items).toMatchObject([{ dispute_state: 'RESOLVED' }])
  expect(await shelf.told()).toEqual(expect.arrayContaining(['PAYMENT.SALE.REFUNDED', 'CUSTOMER.DISPUTE.RESOLVED']))
})
