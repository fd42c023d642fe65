import type { Gateway } from '../gateway.ts'
import { failure, type PayPalSettings } from './client.ts'
import { eventsSince } from './news.ts'
import { ensurePrice } from './prices.ts'
import { holdings, movements } from './reports.ts'
import * as subscriptions from './subscriptions.ts'
import { lookTakenBack, refund } from './taken-back.ts'
import { lookPayment, lookTopup, openTopup } from './topups.ts'
import { verify } from './verify.ts'

const NO_SAVED_METHODS = failure('cannot', 'no_saved_methods', 'PayPal charges nobody without them')

/** PayPal as our port wants it. Decisions: docs/billing.md. */
export function paypalGateway(settings: PayPalSettings): Gateway {
  return {
    name: 'paypal',
    keepsMethods: false,
    // PayPal knows no customers of a merchant: the buyer signs in each time.
    ensureCustomer: () => Promise.resolve({ ok: true, value: null }),
    openTopup: (topup) => openTopup(settings, topup),
    lookTopup: (ref) => lookTopup(settings, ref),
    chargeSaved: () => Promise.resolve(NO_SAVED_METHODS),
    forgetMethod: () => Promise.resolve(NO_SAVED_METHODS),
    openCard: () => Promise.resolve(NO_SAVED_METHODS),
    lookCard: () => Promise.resolve(NO_SAVED_METHODS),
    setMethod: () => Promise.resolve(NO_SAVED_METHODS),
    lookPayment: (ref) => lookPayment(settings, ref),
    refund: (request) => refund(settings, request),
    lookTakenBack: (ref) => lookTakenBack(settings, ref),
    verify: (raw, headers) => verify(settings, raw, headers),
    eventsSince: (at) => eventsSince(settings, at),
    movements: (from, to) => movements(settings, from, to),
    holdings: () => holdings(settings),
    ensurePrice: (price) => ensurePrice(settings, price),
    openSubscription: (request) => subscriptions.openSubscription(settings, request),
    lookSubscription: (ref) => subscriptions.lookSubscription(settings, ref),
    previewChange: (change) => subscriptions.previewChange(settings, change),
    changePlan: (change) => subscriptions.changePlan(settings, change),
    pause: (ref) => subscriptions.pause(settings, ref),
    resume: (ref) => subscriptions.resume(settings, ref),
    cancelAtEnd: (ref) => subscriptions.cancelAtEnd(settings, ref),
    takeBackCancel: () => Promise.resolve(failure('cannot', 'ended_for_good', 'PayPal ends at once and for good')),
    cancelNow: (ref) => subscriptions.cancelNow(settings, ref),
  }
}
