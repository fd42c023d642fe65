/** Subscriptions as the API makes, changes, pauses and ends them. */
import { blank } from '../contract.ts'
import { fieldsOf, listOf, numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Item, Subscription } from '../model.ts'
import { DAY, refuse, StripeError } from '../service.ts'
import type { Stripe } from '../service.ts'
import { customerOf } from '../money/customers.ts'
import { foresee } from '../money/pay.ts'
import { found, getMany, getOne, idOf, metadataOf, pageOf } from '../rest/call.ts'
import type { Call, Operations } from '../rest/call.ts'
import { finalize, newInvoice, payInvoice } from './invoices.ts'
import { creditLine } from './lines.ts'
import { renew } from './renewals.ts'
import { begin, change, endIt, expireIncomplete, invoiceFailed, payerOf, renewsAt } from './subscriptions.ts'
import type { Start } from './subscriptions.ts'
import { asShown, updateSubscription } from './update.ts'

const subs = (s: Stripe) => s.tables.subscriptions

/** What begins a subscription, from the fields of the API or of a checkout session. */
export function startOf(s: Stripe, customer: string, prices: Start['prices'], given: Fields): Start {
  const days = numberOf(given.trial_period_days)
  return {
    ...{ customer, prices, method: textOf(given.default_payment_method) ?? null, metadata: metadataOf(given.metadata) },
    description: textOf(given.description) ?? null,
    trialEnd: days === undefined ? (numberOf(given.trial_end) ?? null) : s.now() + days * DAY,
    missingMethod: textOf(fieldsOf(fieldsOf(given.trial_settings).end_behavior).missing_payment_method) ?? 'create_invoice',
    cancelAtPeriodEnd: given.cancel_at_period_end === true,
  }
}

function create({ s, body }: Call): Fields {
  const customer = customerOf(s, body.customer)
  const prices = listOf(body.items)
    .map(fieldsOf)
    .map((item) => ({
      price: found(s.tables.prices, item.price, 'price', 'items[0][price]'),
      quantity: numberOf(item.quantity) ?? 1,
    }))
  if (prices.length === 0) throw refuse('Missing required param: items.', { param: 'items' })
  if (prices.some(({ price }) => !price.recurring || !price.active))
    throw refuse('The price specified is inactive, or not a recurring one.', { param: 'items[0][price]' })
  const start = startOf(s, customer.id, prices, body)
  if (start.method !== null && s.tables.methods.get(start.method)?.customer !== customer.id)
    throw refuse(`The customer does not have a payment method with the ID ${start.method}.`, { param: 'default_payment_method' })
  const method = s.tables.methods.get(start.method ?? customer.invoice_settings.default_payment_method ?? '')
  const isTrial = start.trialEnd !== null && start.trialEnd > s.now()
  const behaviour = textOf(body.payment_behavior) ?? 'allow_incomplete'
  const offSession = body.off_session === true
  if (!method && !isTrial && behaviour !== 'default_incomplete')
    throw refuse('This customer has no attached payment source or default payment method.', { code: 'resource_missing' })
  if (behaviour === 'error_if_incomplete' && method && !isTrial && foresee(s, method, { offSession }) !== 'paid')
    throw new StripeError(402, {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'generic_decline',
      message: 'Your card was declined.',
    })
  const { sub, invoice } = begin(s, start)
  if (invoice.status === 'open' && method && behaviour !== 'default_incomplete') payInvoice(s, invoice, method, { offSession })
  return asShown(s, sub)
}

function cancel(call: Call): Fields {
  const { s, query } = call
  const sub = found(subs(s), idOf(call), 'subscription')
  if (sub.ended_at !== null) throw refuse(`No such subscription: '${sub.id}'`, { code: 'resource_missing', param: 'id' })
  if (sub.status === 'incomplete') {
    expireIncomplete(s, sub)
    return asShown(s, sub)
  }
  const ended = endIt(s, sub, 'cancellation_requested')
  if (query.prorate === true && sub.status !== 'trialing') giveBack(s, ended, query.invoice_now === true)
  return asShown(s, ended)
}

/** The unused rest of what was paid: on an invoice at once, or kept for the next one. */
function giveBack(s: Stripe, sub: Subscription, isNow: boolean): void {
  const lines = sub.items.data.map((item) => creditLine(s, { sub, item, price: item.price }, spanOf(item), s.now()))
  if (!isNow) for (const line of lines) s.tables.pendings.put({ id: line.id, subscription: sub.id, line })
  else
    finalize(
      s,
      newInvoice(s, { customer: sub.customer, currency: sub.currency, reason: 'subscription_update', lines, subscription: sub }),
    )
}

function spanOf({ current_period_start, current_period_end }: Item) {
  return { start: current_period_start, end: current_period_end }
}

function pause(call: Call): Fields {
  const { s, body } = call
  const sub = found(subs(s), idOf(call), 'subscription')
  if (sub.status !== 'active' && sub.status !== 'trialing') throw refuse(`You cannot pause a subscription that is ${sub.status}.`)
  for (const kind of ['period-ends', 'upcoming', 'trial-will-end']) s.unschedule(kind, sub.id)
  const from = textOf(fieldsOf(fieldsOf(body.bill_for).unused_time_from).type) ?? 'none'
  const paused = change(
    s,
    sub,
    { status: 'paused', status_details: { paused: { ...blank('Subscription.StatusDetails.Paused') } } },
    'customer.subscription.paused',
  )
  if (from !== 'none' && sub.status === 'active') giveBack(s, paused, body.invoicing_behavior === 'invoice')
  return asShown(s, paused)
}

function resume(call: Call): Fields {
  const { s, body } = call
  const sub = found(subs(s), idOf(call), 'subscription')
  if (sub.status !== 'paused') throw refuse(`You cannot resume a subscription that is ${sub.status}.`)
  const periodEnd = sub.items.data[0]?.current_period_end ?? s.now()
  const isAnew = fieldsOf(body.billing_cycle_anchor).type !== 'unchanged' || periodEnd <= s.now()
  if (!isAnew) {
    const isTrial = sub.trial_end !== null && sub.trial_end > s.now()
    renewsAt(s, sub.id, periodEnd)
    return asShown(
      s,
      change(s, sub, { status: isTrial ? 'trialing' : 'active', status_details: undefined }, 'customer.subscription.resumed'),
    )
  }
  const method = payerOf(s, sub)
  const waitsForMoney = body.payment_behavior !== 'resume_on_payment_attempt'
  if (waitsForMoney && (!method || foresee(s, method, { offSession: true }) !== 'paid'))
    throw new StripeError(402, { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' })
  const going = change(
    s,
    sub,
    { status: 'active', billing_cycle_anchor: s.now(), status_details: undefined },
    'customer.subscription.resumed',
  )
  const renewed = renew(s, going, false)
  s.unschedule('invoice-finalizes', renewed.latest_invoice ?? '')
  const draft = s.tables.invoices.get(renewed.latest_invoice ?? '')
  const open = draft && finalize(s, draft)
  if (open?.status === 'open' && method) payInvoice(s, open, method, { offSession: true })
  else if (open?.status === 'open') invoiceFailed(s, open, renewed)
  return asShown(s, renewed)
}

function isWanted(sub: Subscription, query: Fields): boolean {
  const isStatus =
    query.status === 'all' ||
    (query.status === undefined
      ? sub.ended_at === null
      : query.status === 'ended'
        ? sub.ended_at !== null
        : sub.status === query.status)
  return (
    isStatus &&
    (query.customer === undefined || sub.customer === query.customer) &&
    (query.price === undefined || sub.items.data.some(({ price }) => price.id === query.price))
  )
}

export const subscriptionOperations: Operations = {
  PostSubscriptions: create,
  GetSubscriptions: getMany(subs, isWanted),
  GetSubscriptionsSubscriptionExposedId: getOne(subs, 'subscription'),
  PostSubscriptionsSubscriptionExposedId: (call) =>
    asShown(call.s, updateSubscription(call.s, found(subs(call.s), idOf(call), 'subscription'), call.body)),
  DeleteSubscriptionsSubscriptionExposedId: cancel,
  PostSubscriptionsIdPause: pause,
  PostSubscriptionsSubscriptionResume: resume,
  GetSubscriptionItems: ({ s, query, path }) =>
    pageOf(found(subs(s), query.subscription, 'subscription').items.data, query, path),
  GetSubscriptionItemsItem: (call) => {
    const item = subs(call.s)
      .all()
      .flatMap(({ items }) => items.data)
      .find(({ id }) => id === idOf(call))
    if (!item) throw refuse(`No such subscription_item: '${idOf(call)}'`, { code: 'resource_missing' })
    return item
  },
}
