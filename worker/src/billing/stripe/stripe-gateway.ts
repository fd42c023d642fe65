import type { TopupGateway } from '../gateway.ts'
import { clientOf, type StripeSettings } from './client.ts'
import { eventsSince, verify } from './events.ts'
import { lookTakenBack, refund } from './taken-back.ts'
import { chargeSaved, ensureCustomer, lookPayment, lookTopup, openTopup } from './topups.ts'

/** Stripe as our port wants it. Decisions: docs/billing.md. */
export function stripeGateway(settings: StripeSettings): TopupGateway {
  const client = clientOf(settings)
  return {
    name: 'stripe',
    ensureCustomer: (who) => ensureCustomer(client, who),
    openTopup: (topup) => openTopup(client, topup),
    lookTopup: (ref) => lookTopup(client, ref),
    chargeSaved: (charge) => chargeSaved(client, charge),
    lookPayment: (ref) => lookPayment(client, ref),
    refund: (request) => refund(client, request),
    lookTakenBack: (ref) => lookTakenBack(client, ref),
    verify: (raw, headers) => verify(client, raw, headers),
    eventsSince: (at) => eventsSince(client, at),
  }
}
