/** Payment intents: made by the product for a saved card, or by the hosted page. */
import { blank } from '../contract.ts'
import { numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Intent } from '../model.ts'
import { makeId, refuse } from '../service.ts'
import type { Stripe } from '../service.ts'
import { found, getMany, getOne, idOf, metadataOf, same, textAfter } from '../rest/call.ts'
import type { Call, Operations } from '../rest/call.ts'
import { shown } from '../rest/shown.ts'
import { methodOf } from './cards.ts'
import { customerOf } from './customers.ts'
import { cardError, pay } from './pay.ts'

const intents = (s: Stripe) => s.tables.intents

type Wanted = Pick<Intent, 'amount' | 'currency' | 'customer' | 'description' | 'metadata' | 'setup_future_usage'>

export function newIntent(s: Stripe, wanted: Wanted): Intent {
  const id = makeId('pi')
  const intent = intents(s).put({
    ...blank('payment_intent'),
    ...{ id, object: 'payment_intent', created: s.now(), livemode: false, ...wanted, status: 'requires_payment_method' },
    ...{ amount_capturable: 0, amount_received: 0, capture_method: 'automatic_async', confirmation_method: 'automatic' },
    ...{ client_secret: `${id}_secret_${makeId('s').slice(2, 18)}`, latest_charge: null, payment_method: null },
    ...{ payment_method_types: ['card'], automatic_payment_methods: { allow_redirects: 'always', enabled: true } },
  })
  s.tell('payment_intent.created', intent)
  return intent
}

function create({ s, body }: Call): Fields {
  const amount = numberOf(body.amount) ?? 0
  if (amount < 50) throw refuse('Amount must be at least $0.50 usd', { code: 'amount_too_small', param: 'amount' })
  const customer = body.customer === undefined ? null : customerOf(s, body.customer).id
  if (body.off_session !== undefined && body.confirm !== true)
    throw refuse('You cannot set `off_session` without `confirm=true`.', { param: 'off_session' })
  // A method that does not exist is no payment: it is refused before anything is made.
  const method = textOf(body.payment_method)
  if (method !== undefined) usable(s, method, customer)
  const intent = newIntent(s, {
    ...{ amount, customer, currency: String(body.currency).toLowerCase(), metadata: metadataOf(body.metadata) },
    ...{ description: textOf(body.description) ?? null, setup_future_usage: textOf(body.setup_future_usage) ?? null },
  })
  if (body.confirm !== true)
    return method === undefined
      ? shown(s, intent)
      : shown(s, intents(s).put({ ...intent, status: 'requires_confirmation', payment_method: method }))
  return confirm(s, intent, body)
}

function usable(s: Stripe, id: string, customer: string | null) {
  const method = methodOf(s, id, null)
  if (method.customer !== null && method.customer !== customer)
    throw refuse(`The provided PaymentMethod cannot be used. It belongs to a different Customer.`, { param: 'payment_method' })
  return method
}

function confirm(s: Stripe, intent: Intent, body: Fields): Fields {
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status))
    throw unexpected(intent, 'confirm')
  const id = textOf(body.payment_method) ?? intent.payment_method
  if (id === null)
    throw refuse('You cannot confirm this PaymentIntent because it’s missing a payment method.', {
      code: 'payment_intent_unexpected_state',
    })
  const offSession = body.off_session === true || typeof body.off_session === 'string'
  const tried = pay(s, intent, usable(s, id, intent.customer), { offSession, returnUrl: textOf(body.return_url) ?? null })
  const after = intents(s).get(intent.id) ?? intent
  if (tried === 'declined') throw cardError(s, after)
  return shown(s, after)
}

function unexpected(intent: Intent, verb: string) {
  return refuse(`You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`, {
    code: 'payment_intent_unexpected_state',
  })
}

export function cancelIntent(s: Stripe, intent: Intent, reason: string | null): Intent {
  const canceled = intents(s).put({
    ...intent,
    status: 'canceled',
    canceled_at: s.now(),
    cancellation_reason: reason,
    next_action: null,
  })
  s.unschedule('settle', intent.id)
  s.tell('payment_intent.canceled', canceled)
  return canceled
}

const charges = (s: Stripe) => s.tables.charges

export const paymentOperations: Operations = {
  PostPaymentIntents: create,
  GetPaymentIntents: getMany(intents, same('customer')),
  GetPaymentIntentsIntent: getOne(intents, 'payment_intent'),
  PostPaymentIntentsIntent(call) {
    const { s, body } = call
    const intent = found(intents(s), idOf(call), 'payment_intent')
    const changed = {
      ...intent,
      description: textAfter(body.description, intent.description),
      metadata: metadataOf(body.metadata, intent.metadata),
      setup_future_usage: textAfter(body.setup_future_usage, intent.setup_future_usage),
    }
    return shown(s, intents(s).put(changed))
  },
  PostPaymentIntentsIntentConfirm: (call) => confirm(call.s, found(intents(call.s), idOf(call), 'payment_intent'), call.body),
  PostPaymentIntentsIntentCancel(call) {
    const { s, body } = call
    const intent = found(intents(s), idOf(call), 'payment_intent')
    if (['succeeded', 'canceled', 'processing'].includes(intent.status)) throw unexpected(intent, 'cancel')
    return shown(s, cancelIntent(s, intent, textOf(body.cancellation_reason) ?? null))
  },
  GetSetupIntentsIntent: getOne((s) => s.tables.setups, 'setup_intent'),
  GetCharges: getMany(charges, same('customer', 'payment_intent')),
  GetChargesCharge: getOne(charges, 'charge'),
}
