/** Orders: approved by the buyer, captured once, given back, and everything PayPal would not take. */
import { expect, test } from 'vitest'
import { fieldsOf, listOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { approvalOf, aPaypal, orderOf } from './testing.ts'

const whole = { prefer: 'return=representation' }

function paymentsOf(order: Fields, what: 'captures' | 'refunds'): Fields[] {
  return listOf(fieldsOf(fieldsOf(listOf(order.purchase_units)[0]).payments)[what]).map(fieldsOf)
}

test('a buyer approves on the page, the shop captures, and asking again changes nothing', async () => {
  await using paypal = await aPaypal()
  const made = await paypal.ask('POST', '/v2/checkout/orders', orderOf('25.00', 'T1'), { 'paypal-request-id': 'one', ...whole })
  expect(made).toMatchObject({ status: 201, body: { status: 'PAYER_ACTION_REQUIRED' } })
  const again = await paypal.ask('POST', '/v2/checkout/orders', orderOf('25.00', 'T1'), { 'paypal-request-id': 'one' })
  expect(again).toMatchObject({ status: 200, body: { id: made.body.id } })
  const id = String(made.body.id)
  const path = `/v2/checkout/orders/${id}/capture`
  expect((await paypal.ask('POST', path, {})).issue).toBe('ORDER_NOT_APPROVED')

  const page = approvalOf(made.body)
  expect(await (await fetch(page)).text()).toContain('Aceptar y pagar')
  const back = await paypal.presses(page, { does: 'pay', how: 'pays' })
  expect(back.href).toContain(`https://shop.test/back?token=${id}&PayerID=`)
  const captured = await paypal.ask('POST', path, {}, { 'paypal-request-id': 'two' })
  expect(captured).toMatchObject({ status: 201, body: { status: 'COMPLETED' } })
  const [capture] = paymentsOf(captured.body, 'captures')
  expect(capture).toMatchObject({ status: 'COMPLETED', custom_id: 'T1', amount: { currency_code: 'USD', value: '25.00' } })
  expect(capture?.seller_receivable_breakdown).toMatchObject({ paypal_fee: { value: '1.65' }, net_amount: { value: '23.35' } })
  // The same request is answered again; another one is told that it was done.
  expect((await paypal.ask('POST', path, {}, { 'paypal-request-id': 'two' })).status).toBe(200)
  expect((await paypal.ask('POST', path, {}, { 'paypal-request-id': 'three' })).issue).toBe('ORDER_ALREADY_CAPTURED')
  expect(await paypal.told()).toEqual(['CHECKOUT.ORDER.APPROVED', 'PAYMENT.CAPTURE.COMPLETED'])
})

test('parts are given back, never more than came', async () => {
  await using paypal = await aPaypal()
  const { body } = await paypal.ask('POST', '/v2/checkout/orders', orderOf('10.00', 'T2'), whole)
  await paypal.control('POST', `/orders/${String(body.id)}/approve`, {})
  const { body: done } = await paypal.ask('POST', `/v2/checkout/orders/${String(body.id)}/capture`, {})
  const path = `/v2/payments/captures/${String(paymentsOf(done, 'captures')[0]?.id)}/refund`
  const part = { amount: { currency_code: 'USD', value: '4.00' }, invoice_id: 'R1' }
  const first = await paypal.ask('POST', path, part, { 'paypal-request-id': 'r1', ...whole })
  expect(first).toMatchObject({ status: 201, body: { status: 'COMPLETED', invoice_id: 'R1' } })
  expect((await paypal.ask('POST', path, part, { 'paypal-request-id': 'r1' })).body.id).toBe(first.body.id)
  expect((await paypal.ask('POST', path, { amount: { currency_code: 'USD', value: '6.01' } })).issue).toBe(
    'REFUND_AMOUNT_EXCEEDED',
  )
  expect((await paypal.ask('POST', path, {})).status).toBe(201)
  expect((await paypal.ask('POST', path, {})).issue).toBe('CAPTURE_FULLY_REFUNDED')
  const { body: order } = await paypal.ask('GET', `/v2/checkout/orders/${String(body.id)}`)
  expect(paymentsOf(order, 'refunds').map((one) => fieldsOf(one.amount).value)).toEqual(['4.00', '6.00'])
  const now = new Date(Date.now() + 1000).toISOString()
  const report = await paypal.ask('GET', `/v1/reporting/balances?as_of_time=${encodeURIComponent(now)}`)
  // Everything went back; the fee did not.
  expect(report.body.balances).toMatchObject([{ currency: 'USD', total_balance: { value: '-0.84' } }])
})

test('a refused card leads back, a payment under review is no money yet, and an invoice is paid once', async () => {
  await using paypal = await aPaypal()
  const open = async (invoice: string, how: string) => {
    const { body } = await paypal.ask('POST', '/v2/checkout/orders', orderOf('5.00', invoice), whole)
    await paypal.control('POST', `/orders/${String(body.id)}/approve`, { how })
    return String(body.id)
  }
  const capture = (id: string) => paypal.ask('POST', `/v2/checkout/orders/${id}/capture`, {})
  const declined = await open('A', 'declined')
  const refusal = await capture(declined)
  expect(refusal).toMatchObject({ status: 422, issue: 'INSTRUMENT_DECLINED' })
  expect(listOf(refusal.body.links)).toMatchObject([{ rel: 'redirect' }])
  expect((await capture(declined)).issue).toBe('ORDER_NOT_APPROVED')
  const pending = paymentsOf((await capture(await open('B', 'review'))).body, 'captures')[0]
  expect(pending).toMatchObject({ status: 'PENDING', status_details: { reason: 'PENDING_REVIEW' } })
  await paypal.control('POST', `/captures/${String(pending?.id)}/settle`, { to: 'COMPLETED' })
  expect(await paypal.told()).toContain('PAYMENT.CAPTURE.COMPLETED')
  expect((await capture(await open('B', 'pays'))).issue).toBe('DUPLICATE_INVOICE_ID')
})

test('an order that nobody approves in time is gone', async () => {
  await using paypal = await aPaypal()
  const { body } = await paypal.ask('POST', '/v2/checkout/orders', orderOf('5.00', 'late'))
  await paypal.clock(4 * 3600_000)
  expect((await paypal.ask('GET', `/v2/checkout/orders/${String(body.id)}`)).status).toBe(404)
  expect((await paypal.presses(approvalOf(body), { does: 'pay' })).pathname).toBe('/410')
})

test.each([
  ['no amount', { intent: 'CAPTURE', purchase_units: [{}] }, 400],
  ['an intent that does not exist', { ...orderOf('1.00', 'x'), intent: 'STEAL' }, 400],
  ['three decimals', orderOf('1.005', 'x'), 422],
  ['a currency PayPal has not', orderOf('1.00', 'x', 'PEN'), 422],
  ['cents of yen', orderOf('1.50', 'x', 'JPY'), 422],
  ['a number instead of text', { intent: 'CAPTURE', purchase_units: [{ amount: { currency_code: 'USD', value: 5 } }] }, 400],
  ['no JSON', '{"intent":', 400],
])('%s is refused', async (_what, body, status) => {
  await using paypal = await aPaypal()
  expect((await paypal.ask('POST', '/v2/checkout/orders', body)).status).toBe(status)
})

test('nobody gets in without a token, and one token serves for nine hours', async () => {
  await using paypal = await aPaypal()
  expect((await paypal.ask('GET', '/v2/checkout/orders/X1', undefined, { authorization: 'Bearer nobody' })).status).toBe(401)
  await paypal.control('PUT', '/clock', { app: 'shop', aheadMs: 9 * 3600_000 })
  expect((await paypal.ask('GET', '/v2/checkout/orders/X1')).status).toBe(401)
})

test('the work is done and the answer lost, or the other way round', async () => {
  await using paypal = await aPaypal()
  const ask = () => paypal.ask('POST', '/v2/checkout/orders', orderOf('5.00', 'lost'), { 'paypal-request-id': 'k' })
  await paypal.control('POST', '/mischief', { what: 'POST /v2/checkout/orders', done: true, drop: true, next: 1 })
  await expect(ask()).rejects.toThrow('fetch failed')
  await paypal.control('POST', '/mischief', { what: 'POST /v2/checkout/orders', done: true, status: 500, next: 1 })
  expect((await ask()).status).toBe(500)
  expect((await ask()).status).toBe(200)
  expect(await paypal.rows('orders')).toHaveLength(1)
  await paypal.control('POST', '/mischief', { status: 429, next: 1 })
  expect(await ask()).toMatchObject({ status: 429, body: { name: 'RATE_LIMIT_REACHED' } })
})
