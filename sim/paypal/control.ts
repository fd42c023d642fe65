/** Commands over HTTP: what tests and scripts do with the simulated PayPal. The list is `GET /control/paypal`. */
import { randomUUID } from 'node:crypto'
import { fieldsOf, jsonIn, listOf, numberOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { findRoute, json } from '../lib/http.ts'
import type { Asked, Reply, Route } from '../lib/http.ts'
import { misreport, moveOnCommand } from './account.ts'
import { PayPalError } from './answers.ts'
import { complain, decide } from './disputes.ts'
import { COMMANDS } from './help.ts'
import { mischiefIn } from './mischief.ts'
import type { App, Settings } from './model.ts'
import { moneyIn } from './money.ts'
import type { Money } from './money.ts'
import { approve, settle } from './orders/methods.ts'
import { giveBack, settleRefund } from './orders/payments.ts'
import { howIn } from './pages.ts'
import { isoOf } from './ground.ts'
import type { Paypal } from './service.ts'
import { catchUpAll } from './subscriptions/cycles.ts'
import { agree, agreeToChange, end } from './subscriptions/methods.ts'
import { giveBackSale } from './subscriptions/sales.ts'
import { headersOf, SIGNERS } from './webhooks/sign.ts'

type Command = { pp: Paypal; names: Record<string, string>; fields: Fields; query: URLSearchParams }
/** A sentence: why it cannot be done. */
type Handle = (command: Command) => Promise<object | string> | object | string

const routes: Route<Handle>[] = [
  { method: 'GET', path: '', handle: () => ({ commands: COMMANDS }) },
  { method: 'POST', path: '/apps', handle: addApp },
  { method: 'PUT', path: '/clock', handle: moveClock },
  { method: 'GET', path: '/rows/:table', handle: rows },
  { method: 'GET', path: '/mischief', handle: ({ pp }) => ({ items: pp.mischief.all() }) },
  { method: 'POST', path: '/mischief', handle: addMischief },
  {
    method: 'DELETE',
    path: '/mischief',
    handle: ({ pp, query }) => (pp.mischief.clear(query.get('app')), { items: pp.mischief.all() }),
  },
  { method: 'POST', path: '/reset', handle: ({ pp }) => (pp.mischief.clear(null), {}) },
  {
    method: 'POST',
    path: '/hooks/flush',
    handle: async ({ pp, fields }) => (await pp.teller.flush(textOf(fields.app) ?? null), {}),
  },
  { method: 'POST', path: '/hooks/sign', handle: sign },
  { method: 'POST', path: '/orders/:id/approve', handle: approveOrder },
  { method: 'POST', path: '/captures/:id/settle', handle: settleCapture },
  { method: 'POST', path: '/captures/:id/reverse', handle: reverse },
  { method: 'POST', path: '/refunds/:id/settle', handle: settleOneRefund },
  { method: 'POST', path: '/subscriptions/:id/approve', handle: approveSubscription },
  { method: 'POST', path: '/subscriptions/:id/end', handle: endSubscription },
  { method: 'POST', path: '/subscriptions/:id/refuse', handle: refuse },
  { method: 'POST', path: '/movements', handle: ({ pp, fields }) => moveOnCommand(pp, fields) },
  { method: 'POST', path: '/movements/:id', handle: ({ pp, names, fields }) => misreport(pp, names.id ?? '', fields) },
  { method: 'POST', path: '/disputes', handle: dispute },
  { method: 'POST', path: '/disputes/:id/decide', handle: decideDispute },
]

/** Answers a command; the path comes without `/control/paypal`. */
export function commandsFor(pp: Paypal): (asked: Asked, path: string) => Promise<Reply> {
  return async (asked, path) => {
    const found = findRoute(routes, asked.method, path.replace(/\/+$/, ''))
    if (!found) return json(404, { error: `no command ${asked.method} /control/paypal${path}; GET /control/paypal lists them` })
    const fields = fieldsOf(jsonIn(asked.body.toString('utf8')))
    try {
      const done = await found.route.handle({ pp, names: found.names, fields, query: asked.query })
      return typeof done === 'string' ? json(400, { error: done }) : json(200, done)
    } catch (error) {
      if (error instanceof PayPalError) return json(400, { error: error.message, details: error.details })
      throw error
    }
  }
}

function settingsIn(value: unknown, before: Settings): Settings {
  const { blocksDuplicates, refundAs, reportsLateMs, deadOrders } = fieldsOf(value)
  const states = (['COMPLETED', 'PENDING', 'FAILED'] as const).find((one) => one === refundAs)
  return {
    blocksDuplicates: typeof blocksDuplicates === 'boolean' ? blocksDuplicates : before.blocksDuplicates,
    refundAs: states ?? before.refundAs,
    reportsLateMs: numberOf(reportsLateMs) ?? before.reportsLateMs,
    deadOrders: deadOrders === 'gone' || deadOrders === 'voided' ? deadOrders : before.deadOrders,
  }
}

function addApp({ pp, fields }: Command): App | string {
  const [id, secret] = [textOf(fields.clientId), textOf(fields.secret)]
  if (id === undefined || secret === undefined) return 'clientId and secret are needed'
  const made = pp.addApp(id, secret)
  const app = pp.apps.put({ ...made, settings: settingsIn(fields.settings, made.settings) })
  const webhook = fieldsOf(fields.webhook)
  const [hookId, url] = [textOf(webhook.id), textOf(webhook.url)]
  const types = listOf(webhook.types).map(String)
  if (hookId !== undefined && url !== undefined)
    pp.webhooks.put({ id: hookId, app: id, url, types: types.length > 0 ? types : ['*'] })
  return app
}

function moveClock({ pp, fields }: Command): object | string {
  const [app, aheadMs] = [pp.apps.get(textOf(fields.app) ?? ''), numberOf(fields.aheadMs)]
  if (!app || aheadMs === undefined) return 'app and aheadMs are needed'
  if (aheadMs < app.aheadMs) return 'a clock goes forward only'
  pp.apps.put({ ...app, aheadMs })
  catchUpAll(pp, app.id)
  return { now: isoOf(pp.now(app.id)) }
}

function rows({ pp, names, query }: Command): object | string {
  const tables = { orders: pp.orders, captures: pp.captures, refunds: pp.refunds, plans: pp.plans }
  const more = {
    subscriptions: pp.subscriptions,
    sales: pp.sales,
    disputes: pp.disputes,
    webhooks: pp.webhooks,
    tokens: pp.tokens,
  }
  const last = { happenings: pp.happenings, deliveries: pp.deliveries, movements: pp.movements, askings: pp.askings }
  const table = Object.entries({ ...tables, ...more, ...last }).find(([name]) => name === names.table)?.[1]
  if (!table) return 'no such table'
  const [app, holds] = [query.get('app'), query.get('holds') ?? '']
  const items: object[] = table.all()
  return { items: items.filter((one) => (app === null || fieldsOf(one).app === app) && JSON.stringify(one).includes(holds)) }
}

function addMischief({ pp, fields }: Command): object | string {
  const read = mischiefIn(fields)
  return typeof read === 'string' ? read : pp.mischief.add(read)
}

function sign({ pp, fields }: Command): object {
  const text = textOf(fields.text) ?? ''
  const time = textOf(fields.time) ?? isoOf(pp.sim.now())
  const letter = { transmissionId: randomUUID(), time, webhookId: textOf(fields.webhookId) ?? '', text }
  return { headers: headersOf(pp, letter, SIGNERS.find((one) => one === fields.signer) ?? 'own') }
}

function approveOrder({ pp, names, fields }: Command): object | string {
  const order = pp.orders.get(names.id ?? '')
  return order && approve(pp, order, howIn(fields.how)) ? { approved: order.id } : 'no such order, or not open'
}

function settleCapture({ pp, names, fields }: Command): object | string {
  const capture = pp.captures.get(names.id ?? '')
  if (capture?.status !== 'PENDING') return 'no such capture that is pending'
  return settle(pp, capture, fields.to === 'DECLINED' ? 'DECLINED' : 'COMPLETED')
}

function amountIn(fields: Fields, whole: Money): Money {
  return fields.value === undefined ? whole : moneyIn({ value: fields.value, currency_code: whole.currency }, 'value')
}

function reverse({ pp, names, fields }: Command): object | string {
  const [capture, sale] = [pp.captures.get(names.id ?? ''), pp.sales.get(names.id ?? '')]
  const ids = { invoiceId: null, customId: null, status: 'COMPLETED' as const, isReversal: true }
  if (capture) return giveBack(pp, capture, amountIn(fields, capture.amount), ids)
  return sale ? giveBackSale(pp, sale, amountIn(fields, sale.amount), null, true) : 'no such payment'
}

function settleOneRefund({ pp, names, fields }: Command): object | string {
  const refund = pp.refunds.get(names.id ?? '')
  const to = (['COMPLETED', 'FAILED', 'CANCELLED'] as const).find((one) => one === fields.to)
  return refund?.status === 'PENDING' && to ? settleRefund(pp, refund, to) : 'no such refund that is pending, or no such state'
}

function approveSubscription({ pp, names }: Command): object | string {
  const one = pp.subscriptions.get(names.id ?? '')
  if (!one) return 'no such subscription'
  return (one.change ? agreeToChange(pp, one) : agree(pp, one)) ? { approved: one.id } : 'nothing waits for the buyer'
}

function endSubscription({ pp, names }: Command): object | string {
  const one = pp.subscriptions.get(names.id ?? '')
  return one && end(pp, one, 'by the buyer') ? { ended: one.id } : 'no such subscription, or it has ended'
}

function refuse({ pp, names, fields }: Command): object | string {
  return pp.subscriptions.change(names.id ?? '', { refuses: numberOf(fields.times) ?? 1 }) ?? 'no such subscription'
}

function dispute({ pp, fields }: Command): object | string {
  const id = textOf(fields.transaction) ?? ''
  const payment = pp.captures.get(id) ?? pp.sales.get(id)
  if (!payment) return 'no such payment'
  const stage = fields.stage === 'INQUIRY' ? 'INQUIRY' : 'CHARGEBACK'
  return complain(pp, payment, amountIn(fields, payment.amount), stage, textOf(fields.reason) ?? 'UNAUTHORISED')
}

function decideDispute({ pp, names, fields }: Command): object | string {
  const one = pp.disputes.get(names.id ?? '')
  const isForBuyer = fields.buyer === true
  const isAppeal = one?.outcome === 'RESOLVED_BUYER_FAVOUR' && !isForBuyer
  return one && (one.status !== 'RESOLVED' || isAppeal) ? decide(pp, one, isForBuyer) : 'no such open dispute'
}
