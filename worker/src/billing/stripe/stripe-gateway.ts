import type { Gateway } from '../gateway.ts'
import { lookCard, openCard, setMethod } from './cards.ts'
import { clientOf, type StripeSettings } from './client.ts'
import { eventsSince, verify } from './events.ts'
import { holdings, movements } from './reports.ts'
import * as subscriptions from './subscriptions.ts'
import { lookTakenBack, refund } from './taken-back.ts'
import { chargeSaved, ensureCustomer, forgetMethod, lookPayment, lookTopup, openTopup } from './topups.ts'

/** Stripe as our port wants it. Decisions: docs/billing.md. */
export function stripeGateway(settings: StripeSettings): Gateway {
  const client = clientOf(settings)
  return {
    name: 'stripe',
    keepsMethods: true,
    ensureCustomer: (who) => ensureCustomer(client, who),
    openTopup: (topup) => openTopup(client, topup),
    lookTopup: (ref) => lookTopup(client, ref),
    chargeSaved: (charge) => chargeSaved(client, charge),
    forgetMethod: (ref) => forgetMethod(client, ref),
    openCard: (asks) => openCard(client, asks),
    lookCard: (ref) => lookCard(client, ref),
    setMethod: (change) => setMethod(client, change),
    lookPayment: (ref) => lookPayment(client, ref),
    refund: (request) => refund(client, request),
    lookTakenBack: (ref) => lookTakenBack(client, ref),
    verify: (raw, headers) => verify(client, raw, headers),
    eventsSince: (at) => eventsSince(client, at),
    movements: (from, to) => movements(client, from, to),
    holdings: () => holdings(client),
    ensurePrice: subscriptions.ensurePrice(client),
    openSubscription: (asks) => subscriptions.openSubscription(client, asks),
    lookSubscription: (ref) => subscriptions.lookSubscription(client, ref),
    previewChange: (change) => subscriptions.previewChange(client, change),
    changePlan: (change) => subscriptions.changePlan(client, change),
    pause: (ref) => subscriptions.pause(client, ref),
    resume: (ref) => subscriptions.resume(client, ref),
    cancelAtEnd: (ref) => subscriptions.cancelsAtEnd(client, ref, true),
    takeBackCancel: (ref) => subscriptions.cancelsAtEnd(client, ref, false),
    cancelNow: (ref) => subscriptions.cancelNow(client, ref),
  }
}
