/** Subscriptions of a company's numbers: contract/subscriptions.ts. */
import * as subscriptions from '#contract/subscriptions.ts'
import type { App } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'

export function subscriptionRoutes(app: App): void {
  serve(app, subscriptions.whomToAsk, async (c) => {
    const { result } = await call(c, 'signed-in', 'api_payers', {})
    if (result === null) throw new Refusal('not_found')
    return new RawJson(result)
  })
}
