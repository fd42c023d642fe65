/** Subscriptions at Stripe: one for each number, each with one price. */
import type Stripe from 'stripe'
import type {
  ChangePreview,
  Changed,
  Page,
  Payment,
  Result,
  SubscriptionGateway,
  SubscriptionRequest,
  SubscriptionSeen,
  SubscriptionState,
} from '../gateway.ts'
import { asked, dateOf, idOf, whole, type Client } from './client.ts'
import { moneyOf, PAYMENT_PARTS, paymentIn } from './payments.ts'
import { LOCALES } from './topups.ts'

/** Payments that a look brings along: what is older was seen by earlier looks. */
const LATEST = 3

/** Opens the page where somebody subscribes a number. A card is asked for also where the first days cost nothing. */
export function openSubscription({ stripe }: Client, asks: SubscriptionRequest): Promise<Result<Page>> {
  const metadata = { subscription_id: asks.subscriptionId, account_id: asks.accountId }
  return asked(async () => {
    const session = await stripe.checkout.sessions.create(
      {
        mode: 'subscription',
        client_reference_id: asks.subscriptionId,
        ...(asks.customerRef === null ? {} : { customer: asks.customerRef }),
        line_items: [{ price: asks.priceRef, quantity: 1 }],
        success_url: asks.returnUrl,
        cancel_url: asks.cancelUrl,
        locale: LOCALES[asks.language],
        metadata,
        // One portal shows all subscriptions of a company: each says of which number it is.
        subscription_data: {
          metadata,
          description: asks.title,
          ...(asks.trialDays > 0 ? { trial_period_days: asks.trialDays } : {}),
        },
      },
      { idempotencyKey: `subscription:${asks.subscriptionId}:session:${asks.attempt}` },
    )
    if (!session.url) throw new Error('a session without a page')
    return { ref: session.id, url: session.url, expiresAt: dateOf(session.expires_at) }
  })
}

const STATES: Readonly<Record<string, SubscriptionState>> = {
  incomplete: 'pending',
  incomplete_expired: 'ended',
  trialing: 'trial',
  active: 'active',
  past_due: 'late',
  unpaid: 'suspended',
  paused: 'paused',
  canceled: 'ended',
}

/** What Stripe's object says, in our words. A period that is not paid counts from its beginning. Pure. */
export function stands(sub: Stripe.Subscription): Omit<SubscriptionSeen, 'payments' | 'seenAt'> {
  const item = sub.items.data[0]
  // A status of tomorrow stops nobody at once.
  const state = STATES[sub.status] ?? 'late'
  const isUnpaid = state === 'late' || state === 'suspended' || state === 'pending'
  const paid = isUnpaid ? item?.current_period_start : item?.current_period_end
  const invoice = whole(sub.latest_invoice)
  const ends = sub.cancel_at ?? (sub.cancel_at_period_end ? item?.current_period_end : null)
  return {
    ref: sub.id,
    subscriptionId: sub.metadata['subscription_id'] ?? null,
    state,
    paidUntil: paid === undefined ? null : dateOf(paid),
    priceRef: item?.price.id ?? null,
    cancelsAt: ends && state !== 'ended' ? dateOf(ends) : null,
    problem: isUnpaid && state !== 'pending' ? 'payment_failed' : null,
    payUrl: isUnpaid ? (invoice?.hosted_invoice_url ?? null) : null,
  }
}

async function paymentsOf({ stripe }: Client, subscription: string): Promise<Payment[]> {
  const invoices = await stripe.invoices.list({ subscription, status: 'paid', limit: LATEST })
  const found: Payment[] = []
  for (const invoice of invoices.data.filter(({ amount_paid }) => amount_paid > 0)) {
    const { data } = await stripe.invoicePayments.list({ invoice: invoice.id ?? '', status: 'paid', limit: 10 })
    for (const { payment } of data) {
      const intent = idOf(payment.payment_intent)
      const paid = intent && paymentIn(await stripe.paymentIntents.retrieve(intent, { expand: [...PAYMENT_PARTS] }))
      if (paid) found.push({ ...paid, invoiceUrl: invoice.invoice_pdf ?? invoice.hosted_invoice_url ?? null })
    }
  }
  return found
}

/** A subscription by its own name, or by the page where it begins. */
export function lookSubscription(client: Client, ref: string): Promise<Result<SubscriptionSeen>> {
  const { stripe, settings } = client
  const seenAt = new Date(settings.now())
  return asked(async () => {
    let id = ref
    if (ref.startsWith('cs_')) {
      const session = await stripe.checkout.sessions.retrieve(ref)
      const found = idOf(session.subscription)
      if (found === null) {
        const state = session.status === 'expired' ? 'ended' : 'pending'
        const nothing = { paidUntil: null, priceRef: null, cancelsAt: null, payments: [], problem: null, payUrl: null }
        return { ...nothing, ref: null, subscriptionId: session.client_reference_id, state, seenAt }
      }
      id = found
    }
    const sub = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
    return { ...stands(sub), payments: await paymentsOf(client, id), seenAt }
  })
}

/** The price of ours that Stripe knows by this key; made where it is not there. What it costs never changes. */
export const ensurePrice =
  ({ stripe }: Client): SubscriptionGateway['ensurePrice'] =>
  ({ planPriceId, planCode, planName, amount, every }) =>
    asked(async () => {
      const lookup_key = `${planCode}_${amount.currency.toLowerCase()}_${every}_${planPriceId}`
      const { data } = await stripe.prices.list({ lookup_keys: [lookup_key], limit: 1 })
      const [there] = data
      if (there) return there.id
      const product = `wab24_${planCode}`
      await stripe.products
        .create({ id: product, name: planName }, { idempotencyKey: `product:${planCode}:${planPriceId}` })
        .catch((error) => {
          // It is there since an earlier version.
          if (!(error instanceof Error && 'code' in error && error.code === 'resource_already_exists')) throw error
        })
      const price = await stripe.prices.create(
        {
          product,
          lookup_key,
          currency: amount.currency.toLowerCase(),
          unit_amount: Number(amount.minor),
          recurring: { interval: every },
          metadata: { plan_price_id: planPriceId },
        },
        { idempotencyKey: `price:${planPriceId}` },
      )
      return price.id
    })

async function itemOf({ stripe }: Client, ref: string): Promise<Stripe.SubscriptionItem> {
  const sub = await stripe.subscriptions.retrieve(ref)
  const item = sub.items.data[0]
  if (!item) throw new Error('a subscription of nothing')
  return item
}

/** What changing to another price costs now, and what from the next period on. */
export function previewChange(
  client: Client,
  { ref, priceRef }: { ref: string; priceRef: string },
): Promise<Result<ChangePreview>> {
  return asked(async () => {
    const item = await itemOf(client, ref)
    const items = [{ id: item.id, price: priceRef }]
    const [preview, price] = await Promise.all([
      client.stripe.invoices.createPreview({
        subscription: ref,
        subscription_details: { items, proration_behavior: 'always_invoice' },
      }),
      client.stripe.prices.retrieve(priceRef),
    ])
    return {
      now: moneyOf(preview.amount_due, preview.currency),
      next: price.unit_amount === null ? null : moneyOf(price.unit_amount, price.currency),
      from: dateOf(item.current_period_end),
    }
  })
}

/** Changes the price: what it costs more is paid at once; until it is paid the old one holds. */
export function changePlan(
  client: Client,
  { subscriptionId, ref, priceRef, attempt }: { subscriptionId: string; ref: string; priceRef: string; attempt: number },
): Promise<Result<Changed>> {
  return asked(async () => {
    const item = await itemOf(client, ref)
    const sub = await client.stripe.subscriptions.update(
      ref,
      {
        // With the item's id: without it a second one would be added.
        items: [{ id: item.id, price: priceRef }],
        proration_behavior: 'always_invoice',
        payment_behavior: 'pending_if_incomplete',
        expand: ['latest_invoice'],
      },
      { idempotencyKey: `subscription:${subscriptionId}:plan:${priceRef}:${attempt}` },
    )
    const url = whole(sub.latest_invoice)?.hosted_invoice_url
    return sub.pending_update && url ? { done: false, url } : { done: true }
  })
}

const nothing = (work: () => Promise<unknown>): Promise<Result<null>> =>
  asked(async () => {
    await work()
    return null
  })

/** Pausing gives the days that are left as credit; going on begins a period anew. */
export const pause = ({ stripe }: Client, ref: string) => nothing(() => stripe.subscriptions.pause(ref))
export const resume = ({ stripe }: Client, ref: string) => nothing(() => stripe.subscriptions.resume(ref))
export const cancelsAtEnd = ({ stripe }: Client, ref: string, does: boolean) =>
  nothing(() => stripe.subscriptions.update(ref, { cancel_at_period_end: does }))

/** Ends it, or closes the page where it would have begun. */
export const cancelNow = ({ stripe }: Client, ref: string) =>
  nothing(() => (ref.startsWith('cs_') ? stripe.checkout.sessions.expire(ref) : stripe.subscriptions.cancel(ref)))
