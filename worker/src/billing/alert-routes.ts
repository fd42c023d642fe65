/** The address that a company has given for its alerts of money. */
import * as alerts from '#contract/alerts.ts'
import type { ParsedOf } from '#contract/endpoint.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callKnown, type Caller } from '../identity/index.ts'
import { reachOf } from '../lib/env.ts'
import { mayPost } from '../lib/public-address.ts'
import { Refusal } from '../lib/refusal.ts'
import { newSecret, sendAlert } from './alerts.ts'

async function ask(c: Request, fn: string, args: object): Promise<{ caller: Caller; text: string }> {
  const { caller, result } = await callKnown(c, 'billing.manage', fn, args)
  return { caller, text: result }
}

const Kept = z.object({ isNew: z.boolean() })

async function change(c: Request, input: ParsedOf<typeof alerts.changeAlertHook>): Promise<{ secret: string | null }> {
  const { caller } = await ask(c, 'api_alert_hook', {})
  if (!mayPost(input.url, reachOf(c.env))) throw new Refusal('hook_address_refused')
  const { secret, sealed } = await newSecret(c.env, caller.account.id)
  const { isNew } = Kept.parse(JSON.parse((await ask(c, 'api_alert_hook_set', { ...input, sealed })).text))
  return { secret: isNew ? secret : null }
}

async function changeSecret(c: Request): Promise<{ secret: string }> {
  const { caller } = await ask(c, 'api_alert_hook', {})
  const { secret, sealed } = await newSecret(c.env, caller.account.id)
  await ask(c, 'api_alert_secret_set', { sealed })
  return { secret }
}

const Begun = z.object({ id: z.string() })

/** Posts it now, and says how it stands: whoever asked sees what came of it. */
async function postNow(c: Request, fn: string, args: object): Promise<RawJson> {
  const { id } = Begun.parse(JSON.parse((await ask(c, fn, args)).text))
  await sendAlert(c.env, id)
  return new RawJson((await ask(c, 'api_alert_delivery', { deliveryId: id })).text)
}

/** Everything of contract/alerts.ts. */
export function alertRoutes(app: App): void {
  serve(app, alerts.getAlertHook, async (c) => new RawJson((await ask(c, 'api_alert_hook', {})).text))
  serve(app, alerts.changeAlertHook, change)
  serve(app, alerts.changeAlertSecret, changeSecret)
  serve(app, alerts.testAlertHook, (c) => postNow(c, 'api_alert_test', {}))
  serve(app, alerts.resendAlert, (c, input) => postNow(c, 'api_alert_resend', input))
}
