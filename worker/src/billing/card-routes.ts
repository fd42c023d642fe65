/** Another card for what is charged by itself: contract/cards.ts. */
import * as cards from '#contract/cards.ts'
import type { ParsedOf } from '#contract/endpoint.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { serve } from '../http/serve.ts'
import { call, callKnown } from '../identity/index.ts'
import { settingsOf } from '../lib/env.ts'
import { Refusal } from '../lib/refusal.ts'
import { CardTold } from './billing.store.ts'
import { lookAtCard, openCardPage } from './cards.ts'
import { gatewayOf, keepersHere } from './registry.ts'
import { refused } from './topups.ts'
import { homeOf } from './way-back.ts'

async function open(c: Request, { id, subscriptionId, inFrame }: ParsedOf<typeof cards.openCard>) {
  const [keeper] = keepersHere(c.env)
  if (!keeper) throw new Refusal('gateway_not_here')
  const asks = { ...(subscriptionId && { subscriptionId }), gateway: keeper }
  const { result } = await callKnown(c, 'billing.manage', 'api_card_begin', asks)
  const whose = CardTold.parse(JSON.parse(result))
  const gateway = gatewayOf(c.env, whose.gateway)
  if (!gateway) throw new Refusal('gateway_not_here')
  const { billingCurrency: currency } = settingsOf(c.env)
  const page = { id, subscriptionId: subscriptionId ?? null, currency, inFrame, home: homeOf(c) }
  const opened = await openCardPage(c.env, gateway, whose, page)
  if (!opened.ok) throw refused(opened)
  return { url: opened.value }
}

const Page = z.object({ gateway: z.nullable(z.string()), page: z.nullable(z.string()) })

async function pageOf(c: Request): Promise<z.infer<typeof Page>> {
  const { result } = await call(c, 'billing.manage', 'api_card_page', {})
  return Page.parse(JSON.parse(result ?? '{}'))
}

async function look(c: Request) {
  const { gateway: name, page } = await pageOf(c)
  const gateway = name === null ? null : gatewayOf(c.env, name)
  if (gateway && page !== null) await lookAtCard(c.env, gateway, page)
  return { isOpen: (await pageOf(c)).page !== null }
}

/** Everything of contract/cards.ts. */
export function cardRoutes(app: App): void {
  serve(app, cards.openCard, open)
  serve(app, cards.lookCard, look)
}
