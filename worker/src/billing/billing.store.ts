/** What gateways told and what was found by looking at them: db/functions/230_billing.sql, one round trip each. */
import * as z from 'zod'
import { toMicro } from '#contract/money.ts'
import type { Database } from '../lib/sql.ts'
import type { Money } from '#contract/money.ts'
import type { About, News, Payment, SavedMethod, TakenBack, TopupSeen } from './gateway.ts'

const SLOW_MS = 15_000

async function one(db: Database, call: string, params: unknown[]): Promise<unknown> {
  const [row] = await db.query(`select ${call} as it`, params, SLOW_MS)
  return row?.['it'] ?? null
}

const micro = (money: Money): string => String(toMicro(money))

const paymentJson = ({ amount, fee, at, ...rest }: Payment) => ({
  ...rest,
  amount: micro(amount),
  currency: amount.currency,
  fee: fee && fee.currency === amount.currency ? micro(fee) : null,
  at: at.toISOString(),
})

const lookJson = (seen: TopupSeen) => ({
  state: seen.state,
  seenAt: seen.seenAt.toISOString(),
  problem: seen.state === 'paid' ? null : seen.problem,
  payment: seen.state === 'paid' ? paymentJson(seen.payment) : null,
  method: seen.savedMethod,
})

const takenJson = (item: TakenBack) =>
  item.kind === 'refund'
    ? { ...item, amount: micro(item.amount) }
    : {
        ...item,
        amount: micro(item.amount),
        taken: micro(item.taken),
        givenBack: micro(item.givenBack),
        fee: micro(item.fee),
        respondBy: item.respondBy?.toISOString() ?? null,
      }

const AboutRow = z.array(z.object({ kind: z.enum(['topup', 'payment', 'subscription', 'card']), ref: z.string() }))
const EventRow = z.object({ gateway: z.string(), kind: z.string(), about: AboutRow, tries: z.number() })

/** Stores an event; its id, or null when it is here already. */
export async function storeEvent(db: Database, gateway: string, news: News, sealed: string | null): Promise<string | null> {
  const { eventId, kind, about } = news
  const params = [gateway, eventId, kind, JSON.stringify(about), sealed]
  return z.nullable(z.string()).parse(await one(db, 'gateway_event_store($1, $2, $3, $4, $5)', params))
}

/** Takes an event for ourselves; null when it is over or somebody is at it. */
export async function takeEvent(
  db: Database,
  eventId: string,
): Promise<{ gateway: string; kind: string; about: About[]; tries: number } | null> {
  const [row] = await db.query('select * from gateway_event_take($1)', [eventId], SLOW_MS)
  return row ? EventRow.parse(row) : null
}

export async function settleEvent(
  db: Database,
  eventId: string,
  state: 'new' | 'done' | 'ignored' | 'dead',
  problem: string | null,
  waitSeconds: number,
): Promise<void> {
  await one(db, 'gateway_event_settle($1, $2, $3, $4)', [eventId, state, problem, waitSeconds])
}

/** Whether an event needs nothing more. */
export async function eventIsOver(db: Database, eventId: string): Promise<boolean> {
  return z.boolean().parse(await one(db, 'gateway_event_is_over($1)', [eventId]))
}

async function ids(db: Database, call: string, limit: number): Promise<string[]> {
  const rows = await db.query(`select x as id from ${call} x`, [limit], SLOW_MS)
  return rows.map((row) => String(row['id']))
}

export const eventsDue = (db: Database, limit: number) => ids(db, 'gateway_events_due($1)', limit)
export const topupsDue = (db: Database, limit: number) => ids(db, 'topups_due($1)', limit)
/** Begins the automatic top-ups that are needed, of one company or (null) of all: their ids. */
export async function automaticBegin(db: Database, accountId: string | null, limit: number): Promise<string[]> {
  const rows = await db.query('select x as id from automatic_begin($1, $2) x', [accountId, limit], SLOW_MS)
  return rows.map((row) => String(row['id']))
}

export const refundsDue = (db: Database, limit: number) => ids(db, 'refunds_due($1)', limit)

const TopupTold = z.object({
  id: z.string(),
  accountId: z.string(),
  gateway: z.string(),
  ref: z.nullable(z.string()),
  amount: z.string().transform(BigInt),
  currency: z.string(),
  state: z.string(),
  kind: z.enum(['manual', 'automatic']),
  keepsMethod: z.boolean(),
  inFrame: z.boolean(),
  home: z.nullable(z.string()),
  company: z.string(),
  email: z.string(),
  language: z.enum(['es', 'en', 'pt']),
  customer: z.nullable(z.string()),
  method: z.nullable(z.string()),
})
export type TopupTold = z.infer<typeof TopupTold>

/** What a gateway must be told of a top-up; null: there is none. */
export async function topupTold(db: Database, topupId: string): Promise<TopupTold | null> {
  return z.nullable(TopupTold).parse(await one(db, 'topup_told($1)', [topupId]))
}

export async function topupOpened(
  db: Database,
  topupId: string,
  ref: string,
  url: string | null,
  expiresAt: Date | null,
): Promise<void> {
  await one(db, 'topup_opened($1, $2, $3, $4)', [topupId, ref, url, expiresAt?.toISOString() ?? null])
}

export async function topupRefused(db: Database, topupId: string, problem: string): Promise<void> {
  await one(db, 'topup_refused($1, $2)', [topupId, problem])
}

/** The top-up behind a gateway's page or charge; by our own id where its ref was lost. */
export async function topupOf(db: Database, gateway: string, ref: string, topupId: string | null): Promise<string | null> {
  const ours = z.uuid().safeParse(topupId).data ?? null
  return z.nullable(z.string()).parse(await one(db, 'topup_of($1, $2, $3)', [gateway, ref, ours]))
}

const Settled = z.nullable(z.object({ state: z.string(), before: z.string(), problem: z.nullable(z.string()) }))

/** Writes down what a look at a top-up has found, and credits it if it was paid. */
export async function topupSeen(
  db: Database,
  topupId: string,
  gateway: string,
  ref: string,
  seen: TopupSeen,
): Promise<z.infer<typeof Settled>> {
  return Settled.parse(await one(db, 'topup_seen($1, $2, $3, $4)', [topupId, gateway, ref, JSON.stringify(lookJson(seen))]))
}

/** Money of nobody: it stands apart until a person decides. */
export async function unallocated(db: Database, gateway: string, payment: Payment, problem: string): Promise<void> {
  await one(db, 'payment_unallocated($1, $2, null, $3)', [gateway, JSON.stringify(paymentJson(payment)), problem])
}

/** Whether a payment is known here, and of which subscription it is. */
export async function paymentOf(db: Database, gateway: string, ref: string): Promise<{ subscriptionId: string | null } | null> {
  const [row] = await db.query('select * from payment_of($1, $2)', [gateway, ref], SLOW_MS)
  return row ? { subscriptionId: z.nullable(z.string()).parse(row['subscription_id']) } : null
}

export async function takenBack(db: Database, gateway: string, ref: string, seenAt: Date, items: TakenBack[]): Promise<void> {
  await one(db, 'payment_taken_back($1, $2, $3, $4)', [gateway, ref, seenAt.toISOString(), JSON.stringify(items.map(takenJson))])
}

/** What a gateway calls a company: the first name stays. */
export async function keepCustomer(db: Database, accountId: string, gateway: string, ref: string): Promise<string> {
  return z.string().parse(await one(db, 'gateway_customer_keep($1, $2, $3)', [accountId, gateway, ref]))
}

const RefundTold = z.object({
  id: z.string(),
  gateway: z.string(),
  payment: z.string(),
  amount: z.string().transform(BigInt),
  currency: z.string(),
  state: z.enum(['asked', 'pending', 'succeeded', 'failed']),
  ours: z.boolean(),
})

export async function refundTold(db: Database, refundId: string): Promise<z.infer<typeof RefundTold> | null> {
  return z.nullable(RefundTold).parse(await one(db, 'refund_told($1)', [refundId]))
}

export async function refundOpened(db: Database, refundId: string, ref: string): Promise<void> {
  await one(db, 'refund_opened($1, $2)', [refundId, ref])
}

export async function refundRefused(db: Database, refundId: string, problem: string): Promise<void> {
  await one(db, 'refund_refused($1, $2)', [refundId, problem])
}

/** Warns whose balance has fallen to a level of theirs: the jobs that do it. */
export async function balancesLook(db: Database): Promise<unknown> {
  return one(db, 'balances_look()', [])
}

/** Tells operators what has come that needs them: the jobs that do it. */
export async function operatorLook(db: Database): Promise<unknown> {
  return one(db, 'operator_look()', [])
}

/** Makes the receipts and credit notes of what was paid and taken back since. */
export async function papersIssue(db: Database, limit: number): Promise<void> {
  await one(db, 'papers_issue($1)', [limit])
}

/** Frees money that was promised and that nobody has spent in time. */
export async function chargesPass(db: Database, limit: number): Promise<void> {
  await one(db, 'charges_pass($1)', [limit])
}

export const CardTold = z.object({
  gateway: z.string(),
  accountId: z.string(),
  company: z.string(),
  email: z.string(),
  language: z.enum(['es', 'en', 'pt']),
  customer: z.nullable(z.string()),
  /** Open until now. */
  page: z.nullable(z.string()),
})
export type CardTold = z.infer<typeof CardTold>

export async function cardOpened(db: Database, accountId: string, gateway: string, page: string): Promise<void> {
  await one(db, 'card_opened($1, $2, $3)', [accountId, gateway, page])
}

const CardOf = z.nullable(z.object({ accountId: z.string(), subscription: z.nullable(z.string()) }))

/** Whose page it is, and the gateway's name of the subscription that it is for; null: it counts no more. */
export async function cardTold(db: Database, gateway: string, page: string, id: string | null): Promise<z.infer<typeof CardOf>> {
  return CardOf.parse(await one(db, 'card_told($1, $2, $3)', [gateway, page, z.uuid().safeParse(id).data ?? null]))
}

/** The page is over; null: without a card. */
export async function cardKept(
  db: Database,
  gateway: string,
  page: string,
  id: string | null,
  method: SavedMethod | null,
): Promise<void> {
  await one(db, 'card_kept($1, $2, $3, $4)', [
    gateway,
    page,
    z.uuid().safeParse(id).data ?? null,
    method && JSON.stringify(method),
  ])
}
