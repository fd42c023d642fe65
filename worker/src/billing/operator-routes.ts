/** The doors of who runs the service: contract/operator.ts and contract/rates.ts. Who may is asked by each function of the database itself. */
import type { Endpoint } from '#contract/endpoint.ts'
import * as operator from '#contract/operator.ts'
import * as rates from '#contract/rates.ts'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callKnown } from '../identity/index.ts'
import { settingsOf } from '../lib/env.ts'

/** What a function of the database says to an operator. To everybody else it says nothing: not_found. */
export async function askAsOperator(c: Request, fn: string, input: unknown): Promise<string> {
  const { result } = await callKnown(c, 'signed-in', fn, input)
  return result
}

/** A door behind which a function of the database does all of it. */
export function asking(app: App, row: Endpoint, fn: string): void {
  serve(app, row, async (c: Request, input: unknown) => new RawJson(await askAsOperator(c, fn, input)))
}

/** Everything of contract/operator.ts, and rates. */
export function operatorRoutes(app: App): void {
  asking(app, operator.isOperator, 'api_operator')
  asking(app, operator.listPlans, 'api_operator_plans')
  asking(app, operator.savePlan, 'api_operator_plan_save')
  asking(app, operator.retirePlan, 'api_operator_plan_retire')
  asking(app, operator.setSetting, 'api_operator_setting_set')
  asking(app, operator.listCustomers, 'api_operator_customers')
  asking(app, operator.setCustomer, 'api_operator_customer_set')
  serve(app, operator.setNumberPayer, async (c, input) => {
    const { billingCurrency: currency } = settingsOf(c.env)
    const { result } = await callKnown(c, 'signed-in', 'api_operator_payer_set', { ...input, currency })
    return new RawJson(result)
  })
  asking(app, rates.listRates, 'api_operator_rates')
  asking(app, rates.rateHistory, 'api_operator_rate_history')
  asking(app, rates.setRates, 'api_operator_rates_set')
  asking(app, rates.withdrawRate, 'api_operator_rate_withdraw')
}
