/** Another card at Stripe: a Checkout Session that keeps one and takes no money. */
import type Stripe from 'stripe'
import type { CardRequest, CardSeen, Page, Result } from '../gateway.ts'
import { asked, dateOf, whole, type Client } from './client.ts'
import { labelOf } from './payments.ts'
import { LOCALES } from './topups.ts'

export function openCard({ stripe }: Client, asks: CardRequest): Promise<Result<Page>> {
  const metadata = {
    account_id: asks.accountId,
    ...(asks.subscriptionId === null ? {} : { subscription_id: asks.subscriptionId }),
  }
  return asked(async () => {
    const session = await stripe.checkout.sessions.create(
      {
        mode: 'setup',
        customer: asks.customerRef,
        client_reference_id: asks.cardId,
        // By it Stripe chooses what may be kept.
        currency: asks.currency.toLowerCase(),
        success_url: asks.returnUrl,
        cancel_url: asks.cancelUrl,
        locale: LOCALES[asks.language],
        metadata,
        setup_intent_data: { metadata },
      },
      { idempotencyKey: `card:${asks.cardId}:session` },
    )
    return { ref: session.id, url: session.url ?? '', expiresAt: dateOf(session.expires_at) }
  })
}

function keptIn(session: Stripe.Checkout.Session): CardSeen['method'] {
  const setup = whole(session.setup_intent)
  const method = setup?.status === 'succeeded' ? whole(setup.payment_method) : null
  return method && { ref: method.id, label: labelOf(method) ?? method.type }
}

export function lookCard({ stripe }: Client, ref: string): Promise<Result<CardSeen>> {
  return asked(async () => {
    const session = await stripe.checkout.sessions.retrieve(ref, { expand: ['setup_intent.payment_method'] })
    const subscriptionId = session.metadata?.['subscription_id'] ?? null
    const method = keptIn(session)
    // Complete, and its bank has not answered yet: a later event tells.
    const isOpen = session.status === 'open' || (session.status === 'complete' && !method)
    return { state: isOpen ? 'open' : 'over', subscriptionId, method }
  })
}

/** Stripe tries the subscription's own card first: it is the one that must change. */
export function setMethod(
  { stripe }: Client,
  { pageRef, subscriptionRef, methodRef }: { pageRef: string; subscriptionRef: string; methodRef: string },
): Promise<Result<null>> {
  return asked(async () => {
    const change = { default_payment_method: methodRef }
    await stripe.subscriptions.update(subscriptionRef, change, { idempotencyKey: `card:${pageRef}:use` })
    return null
  })
}
