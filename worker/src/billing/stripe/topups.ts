/** Top-ups at Stripe: a Checkout Session where somebody pays, or a card that is charged without anybody. */
import type Stripe from 'stripe'
import type { ChargeRequest, Page, PaymentSeen, Result, TopupRequest, TopupSeen } from '../gateway.ts'
import { asked, dateOf, idOf, keyFor, whole, type Client } from './client.ts'
import { moneyOf, PAYMENT_PARTS, paymentIn, savedIn } from './payments.ts'

export const LOCALES = { es: 'es-419', en: 'en', pt: 'pt-BR' } as const

/** The customer of a company. Two people at once may make two: whichever is stored first stays. */
export async function ensureCustomer(
  { stripe }: Client,
  { accountId, name, email }: { accountId: string; name: string; email: string },
): Promise<Result<string>> {
  const words = { name, ...(email === '' ? {} : { email }), metadata: { account_id: accountId } }
  const idempotencyKey = await keyFor(`account:${accountId}:customer`, words)
  return asked(async () => (await stripe.customers.create(words, { idempotencyKey })).id)
}

/** Opens the page of a top-up. No time is sent along: the same request must be the same tomorrow. */
export function openTopup({ stripe }: Client, topup: TopupRequest): Promise<Result<Page>> {
  const metadata = { topup_id: topup.topupId, account_id: topup.accountId }
  return asked(async () => {
    const session = await stripe.checkout.sessions.create(
      {
        mode: 'payment',
        client_reference_id: topup.topupId,
        ...(topup.customerRef === null ? {} : { customer: topup.customerRef }),
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: topup.amount.currency.toLowerCase(),
              unit_amount: Number(topup.amount.minor),
              product_data: { name: topup.title },
            },
          },
        ],
        success_url: topup.returnUrl,
        cancel_url: topup.cancelUrl,
        locale: LOCALES[topup.language],
        // What is paid is what is credited: never an amount in another currency.
        adaptive_pricing: { enabled: false },
        metadata,
        payment_intent_data: { metadata, ...(topup.keepsMethod ? { setup_future_usage: 'off_session' } : {}) },
      },
      { idempotencyKey: `topup:${topup.topupId}:session` },
    )
    return { ref: session.id, url: session.url ?? '', expiresAt: dateOf(session.expires_at) }
  })
}

/** Charges a kept card. Its outcome is looked at afterwards like everybody's. */
export function chargeSaved({ stripe }: Client, charge: ChargeRequest): Promise<Result<{ ref: string }>> {
  return asked(async () => {
    const intent = await stripe.paymentIntents.create(
      {
        amount: Number(charge.amount.minor),
        currency: charge.amount.currency.toLowerCase(),
        customer: charge.customerRef,
        payment_method: charge.methodRef,
        off_session: true,
        confirm: true,
        metadata: { topup_id: charge.topupId, account_id: charge.accountId },
      },
      { idempotencyKey: `topup:${charge.topupId}:charge` },
    )
    return { ref: intent.id }
  })
}

export function forgetMethod({ stripe }: Client, methodRef: string): Promise<Result<null>> {
  return asked(async () => {
    await stripe.paymentMethods.detach(methodRef)
    return null
  })
}

const WAITING = new Set(['processing', 'requires_capture', 'requires_action', 'requires_confirmation'])

function seenIn(intent: Stripe.PaymentIntent, seenAt: Date): TopupSeen {
  const common = { topupId: intent.metadata['topup_id'] ?? null, seenAt, savedMethod: savedIn(intent) }
  const payment = paymentIn(intent)
  if (payment) return { ...common, state: 'paid', payment }
  const problem = intent.last_payment_error?.decline_code ?? intent.last_payment_error?.code ?? intent.status
  return WAITING.has(intent.status) ? { ...common, state: 'pending', problem: null } : { ...common, state: 'failed', problem }
}

function seenInSession(session: Stripe.Checkout.Session, seenAt: Date): TopupSeen {
  const intent = whole(session.payment_intent)
  const common = { topupId: session.client_reference_id, seenAt, savedMethod: intent && savedIn(intent) }
  if (session.status === 'open') return { ...common, state: 'open', problem: null }
  if (session.status === 'expired') return { ...common, state: 'expired', problem: null }
  // Complete and unpaid: a slow means of payment, which may still fail.
  const sold =
    session.amount_total === null || session.currency === null ? undefined : moneyOf(session.amount_total, session.currency)
  const payment = session.payment_status === 'paid' && intent ? paymentIn(intent, sold) : null
  if (payment) return { ...common, state: 'paid', payment }
  return intent ? { ...seenIn(intent, seenAt), ...common } : { ...common, state: 'pending', problem: null }
}

/** A top-up by its session, or by its PaymentIntent where nobody was asked. The look is as old as its question. */
export function lookTopup({ stripe, settings }: Client, ref: string): Promise<Result<TopupSeen>> {
  const seenAt = new Date(settings.now())
  return asked(async () => {
    if (ref.startsWith('pi_')) return seenIn(await stripe.paymentIntents.retrieve(ref, { expand: [...PAYMENT_PARTS] }), seenAt)
    const parts = PAYMENT_PARTS.map((part) => `payment_intent.${part}`)
    return seenInSession(await stripe.checkout.sessions.retrieve(ref, { expand: parts }), seenAt)
  })
}

/** The subscription that a payment was for: only its invoice knows. */
async function subscriptionOf({ stripe }: Client, intentId: string): Promise<string | null> {
  const { data } = await stripe.invoicePayments.list({
    payment: { type: 'payment_intent', payment_intent: intentId },
    limit: 1,
    expand: ['data.invoice'],
  })
  const invoice = data[0]?.invoice
  const parent = typeof invoice === 'object' && 'parent' in invoice ? invoice.parent : null
  return idOf(parent?.subscription_details?.subscription)
}

/** A payment by its own name, and whose it is. */
export function lookPayment(client: Client, paymentRef: string): Promise<Result<PaymentSeen>> {
  const seenAt = new Date(client.settings.now())
  return asked(async () => {
    const intent = await client.stripe.paymentIntents.retrieve(paymentRef, { expand: [...PAYMENT_PARTS] })
    const topupId = intent.metadata['topup_id'] ?? null
    const subscriptionRef = topupId === null ? await subscriptionOf(client, paymentRef) : null
    return { payment: paymentIn(intent), seenAt, topupId, subscriptionRef }
  })
}
