/** Top-ups at PayPal: an order that a buyer approves on PayPal's page, and that we capture. */
import type { Page, Payment, PaymentSeen, Result, TopupRequest, TopupSeen } from '../gateway.ts'
import { call, failure, read, type PayPalSettings } from './client.ts'
import { amountOf, moneyOf } from './money.ts'
import { Capture, linkOf, Order, Sale } from './shapes.ts'

export const LOCALES = { es: 'es-PE', en: 'en-US', pt: 'pt-BR' } as const
export const BRAND = 'WhatsappB24'
const MOST_WORDS = 127

/** Opens the page of a top-up. Nothing in it depends on the time: the same request is the same order. */
export async function openTopup(settings: PayPalSettings, topup: TopupRequest): Promise<Result<Page>> {
  const amount = amountOf(topup.amount)
  if (!amount) return failure('refused', 'DECIMALS_NOT_SUPPORTED', topup.amount.currency)
  const context = {
    ...{ return_url: topup.returnUrl, cancel_url: topup.cancelUrl, user_action: 'PAY_NOW', shipping_preference: 'NO_SHIPPING' },
    // Money that comes days later, or not at all, is no balance to send messages with.
    ...{ payment_method_preference: 'IMMEDIATE_PAYMENT_REQUIRED', locale: LOCALES[topup.language], brand_name: BRAND },
  }
  const unit = {
    ...{ reference_id: 'default', custom_id: topup.topupId, amount, description: topup.title.slice(0, MOST_WORDS) },
    // Also the lock behind the request's id, which PayPal forgets after six hours: one invoice is paid once.
    invoice_id: topup.topupId,
  }
  const body = { intent: 'CAPTURE', purchase_units: [unit], payment_source: { paypal: { experience_context: context } } }
  const question = { method: 'POST' as const, path: '/v2/checkout/orders', body, requestId: `topup:${topup.topupId}:order` }
  const made = await read(settings, question, Order)
  if (!made.ok) return made
  const url = linkOf(made.value.links, 'payer-action', 'approve')
  // A repeat finds an order that has been approved meanwhile: there is no page any more, and a look fetches the money.
  return { ok: true, value: { ref: made.value.id, url: url ?? topup.returnUrl, expiresAt: null } }
}

/** As it is now; what the buyer has approved is captured on the way, once. The look is as old as its question. */
export async function lookTopup(settings: PayPalSettings, ref: string): Promise<Result<TopupSeen>> {
  const seenAt = new Date(settings.now())
  const found = await look(settings, ref)
  // PayPal forgets what nobody approved.
  if (!found.ok && found.kind === 'gone') return seen(null, seenAt, 'expired', found.code)
  if (!found.ok) return found
  if (found.value.status !== 'APPROVED') return seenIn(found.value, seenAt)
  return capture(settings, found.value, seenAt)
}

function look(settings: PayPalSettings, ref: string): Promise<Result<Order>> {
  return read(settings, { method: 'GET', path: `/v2/checkout/orders/${encodeURIComponent(ref)}` }, Order)
}

/** An approval belongs to a time: what the bank refused and the buyer approved anew is another attempt. */
async function capture(settings: PayPalSettings, order: Order, seenAt: Date): Promise<Result<TopupSeen>> {
  const requestId = `order:${order.id}:capture:${order.update_time ?? ''}`
  const path = `/v2/checkout/orders/${encodeURIComponent(order.id)}/capture`
  const done = await call(settings, { method: 'POST', path, requestId })
  const ours = order.purchase_units?.[0]?.custom_id ?? null
  if (!done.ok) {
    if (done.code === 'INSTRUMENT_DECLINED' || done.code === 'ORDER_NOT_APPROVED') return seen(ours, seenAt, 'open', done.code)
    if (done.code === 'ORDER_EXPIRED' || done.kind === 'gone') return seen(ours, seenAt, 'expired', done.code)
    // Done already, by another look at the same moment.
    if (done.code !== 'ORDER_ALREADY_CAPTURED')
      return done.kind === 'refused' || done.kind === 'declined' ? seen(ours, seenAt, 'failed', done.code) : done
  }
  const after = await look(settings, order.id)
  return after.ok ? seenIn(after.value, seenAt) : after
}

function seen(topupId: string | null, seenAt: Date, state: 'open' | 'pending' | 'failed' | 'expired', problem: string | null) {
  return { ok: true as const, value: { topupId, seenAt, savedMethod: null, state, problem } }
}

function seenIn(order: Order, seenAt: Date): Result<TopupSeen> {
  const unit = order.purchase_units?.[0]
  const ours = unit?.custom_id ?? null
  if (order.status === 'VOIDED') return seen(ours, seenAt, 'expired', null)
  if (order.status !== 'COMPLETED') return seen(ours, seenAt, 'open', null)
  const captured = unit?.payments?.captures?.[0]
  if (!captured) return failure('busy', 'capture_not_shown', order.id)
  const payment = paymentIn(captured)
  if (payment) return { ok: true, value: { topupId: ours, seenAt, savedMethod: null, state: 'paid', payment } }
  const reason = captured.status_details?.reason ?? captured.status
  return seen(ours, seenAt, captured.status === 'PENDING' ? 'pending' : 'failed', reason)
}

/** What was taken back later was money first. */
const MONEY = new Set(['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED'])

function paymentIn(captured: Capture): Payment | null {
  const amount = moneyOf(captured.amount)
  if (!MONEY.has(captured.status) || !amount) return null
  const fee = moneyOf(captured.seller_receivable_breakdown?.paypal_fee)
  return {
    ...{ ref: captured.id, amount, fee: fee?.currency === amount.currency ? fee : null, method: 'PayPal' },
    ...{ at: new Date(captured.create_time ?? captured.update_time ?? 0), receiptUrl: null, invoiceUrl: null },
  }
}

/** Money of a subscription: PayPal's oldest API calls it a sale. */
function paymentInSale(sale: Sale): Payment | null {
  const { total: value, currency: currency_code } = sale.amount
  const amount = moneyOf({ value, currency_code })
  if (!amount || sale.state === 'pending' || sale.state === 'denied') return null
  const given = sale.transaction_fee
  const fee = given ? moneyOf({ value: given.value, currency_code: given.currency }) : null
  return {
    ...{ ref: sale.id, amount, fee: fee?.currency === amount.currency ? fee : null, method: 'PayPal' },
    ...{ at: new Date(sale.create_time), receiptUrl: null, invoiceUrl: null },
  }
}

export function lookCapture(settings: PayPalSettings, ref: string): Promise<Result<Capture>> {
  return read(settings, { method: 'GET', path: `/v2/payments/captures/${encodeURIComponent(ref)}` }, Capture)
}

export function lookSale(settings: PayPalSettings, ref: string): Promise<Result<Sale>> {
  return read(settings, { method: 'GET', path: `/v1/payments/sale/${encodeURIComponent(ref)}` }, Sale)
}

/** A payment by its own name: of an order, or of a subscription. */
export async function lookPayment(settings: PayPalSettings, ref: string): Promise<Result<PaymentSeen>> {
  const seenAt = new Date(settings.now())
  const captured = await lookCapture(settings, ref)
  if (captured.ok) {
    const topupId = captured.value.custom_id ?? null
    return { ok: true, value: { payment: paymentIn(captured.value), seenAt, topupId, subscriptionRef: null } }
  }
  if (captured.kind !== 'gone') return captured
  const sale = await lookSale(settings, ref)
  if (!sale.ok) return sale
  const subscriptionRef = sale.value.billing_agreement_id ?? null
  return { ok: true, value: { payment: paymentInSale(sale.value), seenAt, topupId: null, subscriptionRef } }
}
