/** What who runs the service decides about money: contract/operator-money.ts. Who may is asked by each function of the database itself. */
import type { ParsedOf } from '#contract/endpoint.ts'
import * as money from '#contract/operator-money.ts'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { settingsOf } from '../lib/env.ts'
import { databaseOf } from '../lib/sql.ts'
import { eventIsOver, refundTold } from './billing.store.ts'
import { workOnEvent } from './events.ts'
import { microOf } from './micro-of.ts'
import { asking, askAsOperator } from './operator-routes.ts'
import { sendRefund } from './payments.ts'

const LEAST = '0.01'
/** More than that at once is a slip of the hand. */
const MOST = '1000.00'
const MOST_BACK = '100000.00'

async function listCustomerMovements(c: Request, input: ParsedOf<typeof money.listCustomerMovements>): Promise<RawJson> {
  const { billingCurrency: currency } = settingsOf(c.env)
  return new RawJson(await askAsOperator(c, 'api_operator_movements', { ...input, currency }))
}

async function decideBalance(c: Request, { amount, ...input }: ParsedOf<typeof money.decideBalance>): Promise<RawJson> {
  const { billingCurrency: currency } = settingsOf(c.env)
  return new RawJson(
    await askAsOperator(c, 'api_operator_credit', { ...input, currency, micro: microOf(c, amount, LEAST, MOST) }),
  )
}

async function refundPayment(c: Request, { amount, ...input }: ParsedOf<typeof money.refundPayment>) {
  const { billingCurrency: currency } = settingsOf(c.env)
  const micro = amount === undefined ? null : microOf(c, amount, LEAST, MOST_BACK)
  await askAsOperator(c, 'api_operator_refund', { ...input, currency, micro })
  await sendRefund(c.env, input.id)
  const now = await refundTold(databaseOf(c.env), input.id)
  return { id: input.id, state: now?.state ?? 'asked' }
}

/** At once, for whoever waits for it; if that fails, it goes on as with a new event. */
async function retryEvent(c: Request, input: ParsedOf<typeof money.retryEvent>): Promise<{ isOver: boolean }> {
  await askAsOperator(c, 'api_operator_event_retry', input)
  await workOnEvent(c.env, input.eventId)
  return { isOver: await eventIsOver(databaseOf(c.env), input.eventId) }
}

/** Everything of contract/operator-money.ts. */
export function operatorMoneyRoutes(app: App): void {
  asking(app, money.getOperatorDesk, 'api_operator_desk')
  asking(app, money.getCustomer, 'api_operator_customer')
  serve(app, money.listCustomerMovements, listCustomerMovements)
  serve(app, money.decideBalance, decideBalance)
  serve(app, money.refundPayment, refundPayment)
  asking(app, money.listLoosePayments, 'api_operator_loose')
  asking(app, money.allocatePayment, 'api_operator_allocate')
  asking(app, money.listDisputes, 'api_operator_disputes')
  asking(app, money.releaseDispute, 'api_operator_dispute_release')
  asking(app, money.listDeadEvents, 'api_operator_events')
  serve(app, money.retryEvent, retryEvent)
  asking(app, money.dropEvent, 'api_operator_event_drop')
  asking(app, money.listActs, 'api_operator_acts')
}
