/** Subscriptions in PostgreSQL: db/functions/233_subscriptions.sql and 234_subscription_desk.sql, one round trip each. */
import { toMicro } from '#contract/money.ts'
import * as z from 'zod'
import type { Database } from '../lib/sql.ts'
import type { GatewayName, SubscriptionSeen } from './gateway.ts'

const SLOW_MS = 15_000

async function one(db: Database, call: string, params: unknown[]): Promise<unknown> {
  const [row] = await db.query(`select ${call} as it`, params, SLOW_MS)
  return row?.['it'] ?? null
}

const PriceTold = z.object({
  planPriceId: z.string(),
  planCode: z.string(),
  planName: z.string(),
  version: z.number(),
  minor: z.number(),
  currency: z.string(),
  every: z.enum(['month', 'year']),
  trialDays: z.number(),
  ref: z.nullable(z.string()),
})
export type PriceTold = z.infer<typeof PriceTold>

export const Told = z.object({
  id: z.string(),
  accountId: z.string(),
  channelId: z.string(),
  gateway: z.string(),
  ref: z.nullable(z.string()),
  state: z.string(),
  url: z.nullable(z.string()),
  trialDays: z.number(),
  inFrame: z.boolean(),
  home: z.nullable(z.string()),
  channel: z.string(),
  company: z.string(),
  email: z.string(),
  language: z.enum(['es', 'en', 'pt']),
  customer: z.nullable(z.string()),
  price: PriceTold,
})
export type Told = z.infer<typeof Told>

/** What a gateway must be told of a subscription; null: there is none. */
export async function told(db: Database, id: string): Promise<Told | null> {
  return z.nullable(Told).parse(await one(db, 'subscription_told($1)', [id]))
}

export async function priceTold(
  db: Database,
  priceId: string,
  gateway: GatewayName,
  trialDays: number,
): Promise<PriceTold | null> {
  return z.nullable(PriceTold).parse(await one(db, 'price_told($1, $2, $3)', [priceId, gateway, trialDays]))
}

/** Keeps a gateway's name of a version of a plan: the first one stays. */
export async function keepPrice(db: Database, price: PriceTold, gateway: GatewayName, ref: string): Promise<string> {
  return z.string().parse(await one(db, 'price_keep($1, $2, $3, $4)', [price.planPriceId, gateway, price.trialDays, ref]))
}

export async function opened(db: Database, id: string, ref: string, url: string): Promise<void> {
  await one(db, 'subscription_opened($1, $2, $3)', [id, ref, url])
}

export async function left(db: Database, id: string, problem: string | null): Promise<void> {
  await one(db, 'subscription_left($1, $2)', [id, problem])
}

const Of = z.nullable(z.object({ id: z.string(), accountId: z.string(), ref: z.nullable(z.string()), state: z.string() }))

/** Which of ours a gateway means, by its own name of it or by ours. */
export async function by(db: Database, gateway: GatewayName, ref: string | null, id: string | null): Promise<z.infer<typeof Of>> {
  return Of.parse(await one(db, 'subscription_by($1, $2, $3)', [gateway, ref, z.uuid().safeParse(id).data ?? null]))
}

const Jobs = z.array(z.object({ id: z.string(), kind: z.string() }))

const Seen = z.nullable(
  z.object({
    changed: z.boolean(),
    /** The gateway goes on with something that is over here. */
    stray: z.boolean(),
    state: z.string(),
    accountId: z.string(),
    channel: z.nullish(z.looseObject({ id: z.string() })),
    jobs: z.optional(Jobs),
  }),
)

/** Writes what a look has shown; `person`: whose doing it was. */
export async function seen(
  db: Database,
  id: string,
  gateway: GatewayName,
  look: SubscriptionSeen,
  person: string | null,
): Promise<z.infer<typeof Seen>> {
  const price = look.priceRef === null ? null : await one(db, 'price_by($1, $2)', [gateway, look.priceRef])
  const { state, ref, problem, payUrl, seenAt, paidUntil, cancelsAt } = look
  const dates = {
    seenAt: seenAt.toISOString(),
    paidUntil: paidUntil?.toISOString() ?? null,
    cancelsAt: cancelsAt?.toISOString() ?? null,
  }
  const body = JSON.stringify({ ...{ state, ref, problem, payUrl, planPriceId: price }, ...dates })
  return Seen.parse(await one(db, 'subscription_seen($1, $2, $3)', [id, body, person]))
}

/** Notes what was paid for it, once each. */
export async function paid(db: Database, id: string, { payments, paidUntil }: SubscriptionSeen): Promise<void> {
  if (payments.length === 0) return
  const rows = payments.map(({ amount, fee, at, ...rest }) => ({
    ...rest,
    amount: String(toMicro(amount)),
    currency: amount.currency,
    fee: fee && fee.currency === amount.currency ? String(toMicro(fee)) : null,
    at: at.toISOString(),
  }))
  await one(db, 'subscription_paid($1, $2, $3)', [id, JSON.stringify(rows), paidUntil?.toISOString() ?? null])
}

const Due = z.array(z.object({ id: z.string(), gateway: z.string(), ref: z.string(), leaves: z.boolean() }))

/** Whose turn it is to be looked at; `leaves`: its number was put away. */
export async function due(db: Database, limit: number): Promise<z.infer<typeof Due>> {
  return Due.parse(await db.query('select id, gateway, ref, leaves from subscriptions_due($1)', [limit], SLOW_MS))
}

const Passed = z.object({
  told: z.array(z.object({ accountId: z.string(), channel: z.nullish(z.looseObject({ id: z.string() })) })),
  jobs: Jobs,
})

/** What time alone has changed: promotions, grace and gifts that are over; and trials that soon will be. */
export async function pass(db: Database): Promise<z.infer<typeof Passed>> {
  await one(db, 'plans_pass()', [])
  return Passed.parse(await one(db, 'subscriptions_pass()', []))
}
