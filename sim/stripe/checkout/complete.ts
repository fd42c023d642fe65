/** Somebody on the hosted page pays, or his bank answers later. */
import { blank } from '../contract.ts'
import { fieldsOf, textOf } from '../../lib/fields.ts'
import type { Method, Session } from '../model.ts'
import { makeId } from '../service.ts'
import type { Stripe } from '../service.ts'
import { finalizePaid } from '../billing/sale.ts'
import { begin } from '../billing/subscriptions.ts'
import { payInvoice } from '../billing/invoices.ts'
import { startOf } from '../billing/subscription-operations.ts'
import { cardOf, newMethod, rememberAuthenticated } from '../money/cards.ts'
import type { CardName } from '../money/cards.ts'
import { newCustomer } from '../money/customers.ts'
import { newIntent } from '../money/intents.ts'
import { attach, foresee, pay, refuseAtBank, settle } from '../money/pay.ts'
import { metadataOf } from '../rest/call.ts'

export type Outcome =
  | { is: 'done'; session: Session }
  /** The bank asks its owner, on this page. */
  | { is: 'asks'; session: Session; url: string }
  | { is: 'declined'; session: Session; problem: string }
  /** It was paid before, or is over. */
  | { is: 'over'; session: Session }

/** A customer is made where none was given and one is needed. */
function withCustomer(s: Stripe, session: Session, email: string | null): Session {
  const isInvoiced = fieldsOf(session.invoice_creation).enabled === true
  const isNeeded = session.mode !== 'payment' || session.customer_creation === 'always' || isInvoiced
  if (session.customer !== null || !isNeeded) return session
  return { ...session, customer: newCustomer(s, { email: email ?? session.customer_email }).id }
}

/** Pays a session with a card that somebody types in; null: with none, where none is required. */
export function payOnPage(s: Stripe, session: Session, card: CardName | null, email: string | null = null): Outcome {
  if (session.status !== 'open') return { is: 'over', session }
  const mine = s.tables.sessions.put(withCustomer(s, session, email))
  const method = card === null ? null : newMethod(s, card, null, email)
  return go(s, mine, method, email, false)
}

/** How each mode is paid. */
type Ways = { [mode in Session['mode']]: (s: Stripe, session: Session, method: Method | null, authenticated: boolean) => Outcome }

function go(s: Stripe, session: Session, method: Method | null, email: string | null, authenticated: boolean): Outcome {
  const outcome = WAYS[session.mode](s, session, method, authenticated)
  if (outcome.is !== 'done') return outcome
  return { is: 'done', session: complete(s, outcome.session, email) }
}

const WAYS: Ways = {
  payment: payOnce,
  setup: saveCard,
  subscription: subscribe,
}

function payOnce(s: Stripe, session: Session, method: Method | null, authenticated: boolean): Outcome {
  if (!method) return { is: 'declined', session, problem: 'Falta la tarjeta.' }
  const data = fieldsOf(s.tables.wanted.get(session.id)?.wanted.payment_intent_data)
  const intent =
    s.tables.intents.get(session.payment_intent ?? '') ??
    newIntent(s, {
      ...{ amount: session.amount_total ?? 0, currency: session.currency ?? 'usd', customer: session.customer },
      ...{ description: textOf(data.description) ?? null, metadata: metadataOf(data.metadata) },
      setup_future_usage: textOf(data.setup_future_usage) ?? null,
    })
  const mine = s.tables.sessions.put({ ...session, payment_intent: intent.id })
  const tried = pay(s, intent, method, { offSession: false, authenticated, returnUrl: successUrl(session) })
  if (tried === 'asks') return { is: 'asks', session: mine, url: `${s.sim.origin()}/stripe/bank/${intent.id}` }
  if (tried === 'declined') return { is: 'declined', session: mine, problem: problemOf(s, intent.id) }
  const invoice =
    tried === 'paid' && fieldsOf(session.invoice_creation).enabled === true ? finalizePaid(s, mine, intent.id).id : null
  return { is: 'done', session: { ...mine, invoice, payment_status: tried === 'paid' ? 'paid' : 'unpaid' } }
}

/** What keeps a card from being taken: nothing is made of one that is refused, and the buyer stays on the page. Null: nothing does. */
function hindrance(s: Stripe, session: Session, method: Method | null, authenticated: boolean): Outcome | null {
  const outcome = method ? foresee(s, method, { offSession: false, authenticated }) : 'paid'
  if (outcome === 'declined' && method) return { is: 'declined', session, problem: problemText(cardOf(s, method.id).declineCode) }
  if (outcome !== 'asks' || !method) return null
  s.tables.asked.put({ id: session.id, method: method.id })
  return { is: 'asks', session, url: `${s.sim.origin()}/stripe/bank/${session.id}` }
}

function subscribe(s: Stripe, session: Session, method: Method | null, authenticated: boolean): Outcome {
  const hindered = hindrance(s, session, method, authenticated)
  if (hindered) return hindered
  const customer = session.customer ?? ''
  if (method) attach(s, method, customer)
  const prices = session.line_items.data
    .filter(({ price }) => price.recurring)
    .map(({ price, quantity }) => ({ price, quantity }))
  const data = fieldsOf(s.tables.wanted.get(session.id)?.wanted.subscription_data)
  const { sub, invoice } = begin(s, { ...startOf(s, customer, prices, data), method: method?.id ?? null })
  const tried =
    invoice.status === 'open' && method ? payInvoice(s, invoice, method, { offSession: false, authenticated }) : 'paid'
  const payment_status = session.amount_total === 0 ? 'no_payment_required' : tried === 'paid' ? 'paid' : 'unpaid'
  return { is: 'done', session: { ...session, subscription: sub.id, invoice: invoice.id, payment_status } }
}

function saveCard(s: Stripe, session: Session, method: Method | null, authenticated: boolean): Outcome {
  if (!method) return { is: 'declined', session, problem: 'Falta la tarjeta.' }
  const hindered = hindrance(s, session, method, authenticated)
  if (hindered) return hindered
  if (authenticated) rememberAuthenticated(s, method.id)
  const data = fieldsOf(s.tables.wanted.get(session.id)?.wanted.setup_intent_data)
  if (session.customer !== null) attach(s, method, session.customer)
  const id = makeId('seti')
  const setup = s.tables.setups.put({
    ...blank('setup_intent'),
    ...{ id, object: 'setup_intent', created: s.now(), livemode: false, customer: session.customer, payment_method: method.id },
    ...{ status: 'succeeded', usage: 'off_session', payment_method_types: ['card'], metadata: metadataOf(data.metadata) },
    client_secret: `${id}_secret_${makeId('s').slice(2, 18)}`,
  })
  s.tell('setup_intent.succeeded', setup)
  return { is: 'done', session: { ...session, setup_intent: setup.id } }
}

function complete(s: Stripe, session: Session, email: string | null): Session {
  s.unschedule('session-expires', session.id)
  const customer = s.tables.customers.get(session.customer ?? '')
  const details = { email: email ?? customer?.email ?? session.customer_email, name: customer?.name ?? null, tax_exempt: 'none' }
  const done = s.tables.sessions.put({
    ...session,
    ...{ status: 'complete', url: null },
    customer_details: { ...blank('Checkout.Session.CustomerDetails'), ...details },
  })
  s.tell('checkout.session.completed', done)
  return done
}

/** Where the buyer goes after paying. */
export function successUrl(session: Session): string {
  return (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id)
}

/** Why the last try did not go, for a person. */
function problemOf(s: Stripe, intentId: string): string {
  const error = fieldsOf(s.tables.intents.get(intentId)?.last_payment_error)
  return problemText(textOf(error.decline_code) ?? textOf(error.code))
}

export function problemText(code: string | undefined): string {
  const words: Readonly<Record<string, string>> = {
    insufficient_funds: 'La tarjeta no tiene fondos suficientes.',
    expired_card: 'La tarjeta está vencida.',
    authentication_required: 'El banco exige autenticación.',
    payment_intent_authentication_failure: 'Su banco no autorizó el pago.',
  }
  return words[code ?? ''] ?? 'El banco rechazó la tarjeta.'
}

/** The owner answers his bank about a payment, or about the session of a subscription or of a card to keep. Null when no session waits for it. */
export function bankAnswers(s: Stripe, intentId: string, yes: boolean): Outcome | null {
  const asking = s.tables.sessions.get(intentId)
  if (asking) return bankOfSession(s, asking, yes)
  const intent = s.tables.intents.get(intentId)
  const session = s.tables.sessions.all().find(({ payment_intent }) => payment_intent === intentId)
  if (intent?.status !== 'requires_action') return session ? { is: 'over', session } : null
  const method = s.tables.methods.get(intent.payment_method ?? '') ?? null
  if (!session) {
    if (!yes) refuseAtBank(s, intent)
    else if (method) pay(s, intent, method, { offSession: false, authenticated: true })
    return null
  }
  if (session.status !== 'open') return { is: 'over', session }
  if (yes) return go(s, session, method, null, true)
  refuseAtBank(s, intent)
  return { is: 'declined', session, problem: problemOf(s, intentId) }
}

function bankOfSession(s: Stripe, session: Session, yes: boolean): Outcome {
  const method = s.tables.methods.get(s.tables.asked.get(session.id)?.method ?? '')
  if (session.status !== 'open' || !method) return { is: 'over', session }
  s.tables.asked.drop(session.id)
  if (yes) return go(s, session, method, null, true)
  return { is: 'declined', session, problem: problemText('payment_intent_authentication_failure') }
}

/** A payment that took its time is decided: its session is told too. */
export function settlePayment(s: Stripe, intentId: string, isPaid: boolean): Session | string {
  if (!settle(s, intentId, isPaid)) return 'no payment of this session waits'
  const invoice = s.tables.invoicePayments.all().find(({ payment }) => payment.payment_intent === intentId)?.invoice
  const session = s.tables.sessions
    .all()
    .find((one) => one.payment_intent === intentId || (invoice !== undefined && one.invoice === invoice))
  if (!session) return 'the payment had no session'
  const after = isPaid ? s.tables.sessions.put({ ...session, payment_status: 'paid' }) : session
  s.tell(isPaid ? 'checkout.session.async_payment_succeeded' : 'checkout.session.async_payment_failed', after)
  return after
}
