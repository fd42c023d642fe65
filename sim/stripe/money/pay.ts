/** A payment is tried: what the card says, and all that follows from it. */
import { blank } from '../contract.ts'
import { fieldsOf } from '../../lib/fields.ts'
import type { Charge, Intent, Method } from '../model.ts'
import { DAY, makeId, StripeError } from '../service.ts'
import type { Stripe } from '../service.ts'
import { shown } from '../rest/shown.ts'
import { cardOf, methodDetails, rememberAuthenticated } from './cards.ts'
import { disputeBy } from './disputes.ts'
import { feeOf, move } from './movements.ts'

export type Tried = 'paid' | 'processing' | 'asks' | 'declined'

type How = {
  /** Nobody is there to answer his bank. */
  offSession: boolean
  /** The owner has just said yes to his bank. */
  authenticated?: boolean
  returnUrl?: string | null
}

/** What would become of a payment with this method. */
export function foresee(s: Stripe, method: Method, how: How): Tried {
  const card = cardOf(s, method.id)
  if (card.declines === 'always' || (card.declines === 'off_session' && how.offSession)) return 'declined'
  const asks = card.asks === 'always' || (card.asks === 'once' && !(how.offSession && card.isAuthenticated))
  if (asks && !how.authenticated) return how.offSession ? 'declined' : 'asks'
  return card.isDelayed ? 'processing' : 'paid'
}

/** Tries to take the money of an intent with this method. */
export function pay(s: Stripe, intent: Intent, method: Method, how: How): Tried {
  const card = cardOf(s, method.id)
  if (how.authenticated && card.asks === 'once') rememberAuthenticated(s, method.id)
  const outcome = foresee(s, method, how)
  if (outcome === 'asks') return ask(s, intent, method, how.returnUrl ?? null)
  if (outcome === 'processing') return wait(s, intent, method)
  if (outcome === 'declined')
    return card.declines
      ? decline(s, intent, method, card.code ?? 'card_declined', card.declineCode ?? 'generic_decline')
      : decline(s, intent, method, 'authentication_required', 'authentication_required')
  succeed(s, intent, method, takeMoney(s, newCharge(s, intent, method, 'succeeded')))
  if (card.follows) disputeBy(s, intent.id, card.follows === 'inquiry' ? { isInquiry: true } : {})
  return 'paid'
}

function newCharge(s: Stripe, intent: Intent, method: Method, status: Charge['status']): Charge {
  const id = makeId(method.type === 'card' ? 'ch' : 'py')
  return {
    ...blank('charge'),
    ...{ id, object: 'charge', created: s.now(), amount: intent.amount, currency: intent.currency, status },
    ...{ amount_refunded: 0, balance_transaction: null, disputed: false, refunded: false, livemode: false },
    ...{
      amount_captured: status === 'succeeded' ? intent.amount : 0,
      captured: status !== 'failed',
      paid: status === 'succeeded',
    },
    ...{ customer: intent.customer, description: intent.description, metadata: intent.metadata, payment_intent: intent.id },
    ...{ payment_method: method.id, payment_method_details: methodDetails(method), billing_details: method.billing_details },
    receipt_url: status === 'failed' ? null : `${s.sim.origin()}/stripe/receipt/${id}`,
    outcome:
      status === 'failed'
        ? null
        : {
            ...{
              advice_code: null,
              network_advice_code: null,
              network_decline_code: null,
              network_status: 'approved_by_network',
            },
            ...{ reason: null, risk_level: 'normal', seller_message: 'Payment complete.', type: 'authorized' },
          },
  }
}

/** The money is Stripe's, less its fee. */
function takeMoney(s: Stripe, charge: Charge): Charge {
  const movement = move(s, {
    ...{ amount: charge.amount, currency: charge.currency, source: charge.id, description: charge.description },
    ...{ fee: feeOf(s, charge.amount), type: charge.id.startsWith('py') ? 'payment' : 'charge' },
  })
  return s.tables.charges.put({
    ...charge,
    ...{ balance_transaction: movement.id, paid: true, status: 'succeeded', amount_captured: charge.amount },
  })
}

function succeed(s: Stripe, intent: Intent, method: Method, charge: Charge): void {
  s.tell('charge.succeeded', charge)
  const done = s.tables.intents.put({
    ...intent,
    ...{ status: 'succeeded', amount_received: charge.amount, latest_charge: charge.id, payment_method: method.id },
    ...{ last_payment_error: null, next_action: null, processing: null },
  })
  if (intent.setup_future_usage !== null && intent.customer !== null) attach(s, method, intent.customer)
  s.tell('payment_intent.succeeded', done)
  s.follow(done)
}

/** The method is the customer's from now on. */
export function attach(s: Stripe, method: Method, customer: string): Method {
  if (method.customer === customer && s.tables.methods.get(method.id)?.customer === customer) return method
  const attached = s.tables.methods.put({ ...method, customer })
  s.tell('payment_method.attached', attached)
  return attached
}

function ask(s: Stripe, intent: Intent, method: Method, returnUrl: string | null): Tried {
  const url = `${s.sim.origin()}/stripe/bank/${intent.id}`
  const asking = s.tables.intents.put({
    ...intent,
    ...{ status: 'requires_action', payment_method: method.id },
    next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } },
  })
  s.tell('payment_intent.requires_action', asking)
  s.follow(asking)
  return 'asks'
}

const WORDS: Readonly<Record<string, string>> = {
  card_declined: 'Your card was declined.',
  expired_card: 'Your card has expired.',
  authentication_required: 'Your card was declined. This transaction requires authentication.',
}

function decline(s: Stripe, intent: Intent, method: Method, code: string, declineCode: string): Tried {
  const message =
    declineCode === 'insufficient_funds' ? 'Your card has insufficient funds.' : (WORDS[code] ?? 'Your card was declined.')
  const charge = s.tables.charges.put({
    ...newCharge(s, intent, method, 'failed'),
    ...{ failure_code: code, failure_message: message },
    outcome: {
      ...{ advice_code: 'try_again_later', network_advice_code: null, network_decline_code: '01' },
      ...{ network_status: 'declined_by_network', reason: declineCode, risk_level: 'normal' },
      ...{ seller_message: 'The bank did not return any further details with this decline.', type: 'issuer_declined' },
    },
  })
  s.tell('charge.failed', charge)
  const failed = s.tables.intents.put({
    ...intent,
    ...{ status: 'requires_payment_method', payment_method: null, latest_charge: charge.id, next_action: null },
    last_payment_error: {
      ...{ type: 'card_error', code, decline_code: declineCode, message, charge: charge.id },
      ...{ doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`, payment_method: shown(s, method) },
    },
  })
  s.tell('payment_intent.payment_failed', failed)
  s.follow(failed)
  return 'declined'
}

/** The owner told his bank no. */
export function refuseAtBank(s: Stripe, intent: Intent): Intent {
  const refused = s.tables.intents.put({
    ...intent,
    ...{ status: 'requires_payment_method', payment_method: null, next_action: null },
    last_payment_error: {
      ...{ type: 'invalid_request_error', code: 'payment_intent_authentication_failure' },
      message: 'The provided PaymentMethod has failed authentication.',
    },
  })
  s.tell('payment_intent.payment_failed', refused)
  s.follow(refused)
  return refused
}

function wait(s: Stripe, intent: Intent, method: Method): Tried {
  const charge = s.tables.charges.put(newCharge(s, intent, method, 'pending'))
  const waiting = s.tables.intents.put({
    ...intent,
    ...{ status: 'processing', payment_method: method.id, latest_charge: charge.id, next_action: null },
  })
  s.tell('charge.pending', charge)
  s.tell('payment_intent.processing', waiting)
  s.schedule('settle', intent.id, s.now() + s.settings().delayedDays * DAY)
  return 'processing'
}

/** Money that took its time came, or did not. False when none is awaited. */
export function settle(s: Stripe, intentId: string, isPaid: boolean): boolean {
  const intent = s.tables.intents.get(intentId)
  const charge = s.tables.charges.get(intent?.latest_charge ?? '')
  const method = s.tables.methods.get(intent?.payment_method ?? '')
  if (intent?.status !== 'processing' || !charge || !method) return false
  s.unschedule('settle', intentId)
  if (isPaid) {
    succeed(s, intent, method, takeMoney(s, charge))
    return true
  }
  const message = 'The payment was returned by the bank.'
  const failed = s.tables.charges.put({
    ...charge,
    status: 'failed',
    failure_code: 'payment_method_provider_decline',
    failure_message: message,
  })
  s.tell('charge.failed', failed)
  const error = { type: 'card_error', code: 'payment_method_provider_decline', message, charge: charge.id }
  const refused = s.tables.intents.put({
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    last_payment_error: error,
  })
  s.tell('payment_intent.payment_failed', refused)
  s.follow(refused)
  return true
}

/** The refusal of an intent's last try, as the API throws it. */
export function cardError(s: Stripe, intent: Intent): StripeError {
  const error = fieldsOf(intent.last_payment_error)
  const { type: _type, ...rest } = error
  return new StripeError(402, {
    ...{ type: 'card_error', message: String(error.message) },
    ...rest,
    payment_intent: shown(s, intent),
  })
}
