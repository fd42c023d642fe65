/** Subscriptions and their payments as PayPal shows them. */
import type { Plan, Refund, Sale, Subscription } from '../model.ts'
import { moneyOut, totalOut } from '../money.ts'
import { isoOf } from '../ground.ts'
import type { Ground } from '../ground.ts'

const SUBSCRIBER = {
  name: { given_name: 'Rosa', surname: 'Huamán' },
  email_address: 'rosa@buyer.example',
  payer_id: 'QYR5Z8XDVJNXQ',
}

export function subscriptionView(pp: Ground, one: Subscription): object {
  const plan = pp.plans.get(one.planId)
  const isBegun = one.status !== 'APPROVAL_PENDING' && one.status !== 'APPROVED'
  return {
    ...{ id: one.id, plan_id: one.planId, status: one.status, quantity: '1', plan_overridden: false },
    ...{ start_time: isoOf(one.startAt), create_time: isoOf(one.createdAt), update_time: isoOf(one.updatedAt) },
    ...{ status_update_time: isoOf(one.updatedAt), ...(one.note !== null && { status_change_note: one.note }) },
    ...(one.customId !== null && { custom_id: one.customId }),
    ...(one.status !== 'APPROVAL_PENDING' && { subscriber: SUBSCRIBER }),
    ...(isBegun && plan && { billing_info: billingOf(one, plan) }),
    links: linksOf(pp, one),
  }
}

function billingOf(one: Subscription, plan: Plan): object {
  const { last, lastFailed, retryAt } = one
  return {
    outstanding_balance: moneyOut(one.outstanding),
    cycle_executions: plan.cycles.map(({ tenure, sequence, total }) => {
      const done = one.done[sequence] ?? 0
      const remaining = total === 0 ? 0 : Math.max(0, total - done)
      return { tenure_type: tenure, sequence, cycles_completed: done, cycles_remaining: remaining, total_cycles: total }
    }),
    ...(last && { last_payment: { amount: moneyOut(last.amount), time: isoOf(last.at) } }),
    ...(one.nextAt !== null && one.status === 'ACTIVE' && { next_billing_time: isoOf(one.nextAt) }),
    failed_payments_count: one.failedCount,
    ...(lastFailed && {
      last_failed_payment: {
        ...{ amount: moneyOut(lastFailed.amount), time: isoOf(lastFailed.at), reason_code: 'PAYMENT_DENIED' },
        ...(retryAt !== null && { next_payment_retry_time: isoOf(retryAt) }),
      },
    }),
  }
}

function linksOf(pp: Ground, { id, status }: Subscription): object[] {
  const self = `${pp.origin()}/v1/billing/subscriptions/${id}`
  const links = [{ href: self, rel: 'self', method: 'GET' }]
  if (status === 'APPROVAL_PENDING') links.unshift({ href: approvalUrl(pp, id), rel: 'approve', method: 'GET' })
  if (status === 'ACTIVE') links.push({ href: `${self}/suspend`, rel: 'suspend', method: 'POST' })
  return links
}

export function approvalUrl(pp: Ground, id: string): string {
  return `${pp.origin()}/webapps/billing/subscriptions?ba_token=BA-${id.slice(2)}`
}

/** As `GET …/transactions` lists it. */
export function transactionView({ id, status, amount, fee, at }: Sale): object {
  const words = { completed: 'COMPLETED', partially_refunded: 'PARTIALLY_REFUNDED', refunded: 'REFUNDED', reversed: 'REFUNDED' }
  const net = { ...amount, minor: amount.minor - fee.minor }
  return {
    ...{ id, status: words[status], time: isoOf(at), payer_email: SUBSCRIBER.email_address, payer_name: SUBSCRIBER.name },
    amount_with_breakdown: { gross_amount: moneyOut(amount), fee_amount: moneyOut(fee), net_amount: moneyOut(net) },
  }
}

/** As the oldest API shows it. */
export function saleView(pp: Ground, { id, status, amount, fee, at, subscriptionId, customId }: Sale): object {
  const self = `${pp.origin()}/v1/payments/sale/${id}`
  return {
    ...{ id, state: status, amount: totalOut(amount), payment_mode: 'INSTANT_TRANSFER', transaction_fee: feeOut(fee) },
    ...{ billing_agreement_id: subscriptionId, ...(customId !== null && { custom: customId }) },
    ...{ create_time: isoOf(at), update_time: isoOf(at), protection_eligibility: 'ELIGIBLE' },
    links: [
      { href: self, rel: 'self', method: 'GET' },
      { href: `${self}/refund`, rel: 'refund', method: 'POST' },
    ],
  }
}

function feeOut(fee: Sale['fee']): object {
  const { total: value, currency } = totalOut(fee)
  return { value, currency }
}

export function saleRefundView(pp: Ground, refund: Refund): object {
  return {
    ...{ id: refund.id, sale_id: refund.of.id, state: refund.status.toLowerCase(), amount: totalOut(refund.amount) },
    ...{ create_time: isoOf(refund.createdAt), update_time: isoOf(refund.updatedAt) },
    ...(refund.invoiceId !== null && { invoice_number: refund.invoiceId }),
    ...(refund.customId !== null && { custom: refund.customId }),
    links: [
      { href: `${pp.origin()}/v1/payments/refund/${refund.id}`, rel: 'self', method: 'GET' },
      { href: `${pp.origin()}/v1/payments/sale/${refund.of.id}`, rel: 'sale', method: 'GET' },
    ],
  }
}
