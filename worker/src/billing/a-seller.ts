/** For tests in workerd: a company that buys a subscription for each of its numbers. */
import { createExecutionContext } from 'cloudflare:test'
import * as z from 'zod'
import { app } from '../app.ts'
import type { Env } from '../lib/env.ts'
import { aBuyer, owner, type Door } from './a-buyer.ts'

const Sub = z.looseObject({
  id: z.string(),
  plan: z.object({ name: z.string() }),
  payUrl: z.nullable(z.string()),
  graceUntil: z.nullable(z.string()),
  paidUntil: z.nullable(z.string()),
  state: z.string(),
  sendsUntil: z.nullable(z.string()),
  cancelsAt: z.nullable(z.string()),
})
const Listed = z.object({
  sells: z.boolean(),
  items: z.array(
    z.object({ channel: z.object({ id: z.string(), name: z.string() }), live: z.nullable(Sub), pending: z.nullable(Sub) }),
  ),
  plans: z.array(z.looseObject({ id: z.string(), price: z.object({ id: z.string(), minor: z.number() }) })),
})
export const Begun = z.object({ subscriptionId: z.string(), url: z.string() })

const Money = z.object({ minor: z.number(), currency: z.string() })
const Preview = z.object({ now: z.nullable(Money), next: z.nullable(Money), from: z.nullable(z.string()) })
const Changed = z.object({ url: z.nullable(z.string()), subscription: Sub })
const Papers = z.object({
  payments: z.array(z.object({ amount: z.string(), receiptUrl: z.nullable(z.string()), invoiceUrl: z.nullable(z.string()) })),
})

/** Where a company pays: what a buyer does on the gateway's page, and our door to it. */
export type Shop = {
  gateway: 'stripe' | 'paypal'
  pays(ref: string, card?: string): Promise<unknown>
  door?: Door
}

/** Our door where settings are others, as those of a gateway whose clock a test may move. */
export const doorOf = (there: Env): Door => ({
  fetch: (url, init) => app.fetch(new Request(url, init), there, createExecutionContext()),
})

/** A plan that is sold; its present version. */
export async function aPlan(name: string, minor: number, trialDays = 0): Promise<string> {
  const code = `p${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`
  const [row] = await owner.query(
    `with p as (insert into plan (code, name) values ($1, $2) returning id)
     insert into plan_price (plan_id, version, minor, currency, every, trial_days) select id, 1, $3, 'USD', 'month', $4 from p returning id`,
    [code, name, minor, trialDays],
  )
  return String(row?.['id'])
}

/** A company that needs a subscription for each of its numbers, which have these names, and pays at this gateway. */
export async function aSeller(at: Shop, ...names: string[]) {
  const ana = await aBuyer(at.door)
  await owner.query('insert into selling (account_id, is_on) values ($1, true)', [ana.accountId])
  for (const name of names) {
    await owner.query(
      "insert into channel (account_id, kind, name, key, phone, line, sealed) values ($1, 'meta', $2, new_id()::text, '5199', new_id()::text, '')",
      [ana.accountId, name],
    )
  }
  const listed = async () => Listed.parse((await ana.ask('GET', '/subscriptions')).json)
  const of = async (name: string) => {
    const found = (await listed()).items.find(({ channel }) => channel.name === name)
    if (!found) throw new Error(`no number ${name}`)
    return found
  }
  const open = async (name: string, planPriceId: string) => {
    const channelId = (await of(name)).channel.id
    return ana.ask('POST', '/subscriptions', { channelId, planPriceId, gateway: at.gateway })
  }
  const ref = async (id: string) => String((await ana.row('subscription', id))['ref'])
  const look = async (id: string) => Sub.parse((await ana.ask('POST', `/subscriptions/${id}/look`, {})).json)
  return {
    ...{ ...ana, listed, of, open, ref, look },
    /** Begins, and pays on the gateway's page. */
    async subscribed(name: string, planPriceId: string, card?: string) {
      const { subscriptionId: id } = Begun.parse((await open(name, planPriceId)).json)
      await at.pays(await ref(id), card)
      await look(id)
      return id
    },
    act: (id: string, act: string) => ana.ask('PUT', `/subscriptions/${id}/state`, { act }),
    preview: async (id: string, planPriceId: string) =>
      Preview.parse((await ana.ask('POST', `/subscriptions/${id}/preview`, { planPriceId })).json),
    changes: async (id: string, planPriceId: string, attempt = 1) =>
      Changed.parse((await ana.ask('PUT', `/subscriptions/${id}/plan`, { planPriceId, attempt })).json),
    /** What was paid for it, the newest first, in micro-units. */
    paid: async (id: string) => {
      const { json } = await ana.ask('GET', `/subscriptions/${id}`)
      return Papers.parse(json).payments
    },
    history: async (id: string) =>
      (await owner.query('select kind from subscription_event where subscription_id = $1 order by at, id', [id])).map(
        ({ kind }) => kind,
      ),
  }
}
