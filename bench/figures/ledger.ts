/** The ledger under load (reference/payments.md §9): mixed work at a steady pace, one busy company, a campaign, and what a price adds to storing. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Figure } from '../figure.ts'
import { spreadOf } from '../spread.ts'
import { aCompany, ingest, promoOf, startWorld, type Company, type World } from './ledger-world.ts'

const COMPANIES = 200
const SECONDS = 60
const HOT_SECONDS = 10
const CAMPAIGN = 10_000
/** As many messages as the Desk writes at once. */
const BATCH = 50
const STORED = 400

const HOLD = "select ledger_hold($2, $1, 'revenue_messages', 10000, 'USD', 'message', 'message', $2, now() + interval '2 days')"
const END = "select ledger_end_hold($1 || ':paid', $1, 10000)"
const TOPUP = "select ledger_settle_topup($1, 'stripe', $2, 5000000, 'USD')"
const BALANCE = "select ledger_balance($1, 'USD')"

/** What a company does, most often first: a message is promised and paid, a balance is looked at, money comes. */
async function act({ app }: World, { id }: Company, dice: number): Promise<void> {
  const key = `bench:${randomUUID()}`
  if (dice < 0.2) await app.query(BALANCE, [id])
  else if (dice < 0.25) await app.query(TOPUP, [id, key])
  else {
    await app.query(HOLD, [id, key])
    await app.query(END, [key])
  }
}

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms))

/** So many acts a second, each begun when its turn is, whether the ones before are done or not. */
async function mixed(world: World, companies: readonly Company[], perSecond: number): Promise<Figure> {
  const times: number[] = []
  const under: Promise<void>[] = []
  const began = performance.now()
  for (let n = 0; n < perSecond * SECONDS; n += 1) {
    const due = began + (n * 1_000) / perSecond
    if (due > performance.now()) await pause(due - performance.now())
    const company = companies[n % companies.length]
    if (company) under.push(act(world, company, Math.random()).then(() => void times.push(performance.now() - due)))
  }
  await Promise.all(under)
  const { p50, p95, p99, max } = spreadOf(times)
  const limit = perSecond >= 500 ? 250 : 50
  return {
    ...{ name: `ledger, mixed, ${perSecond}/s for ${SECONDS} s`, value: p95, unit: 'ms p95' },
    goal: { text: `p95 under ${limit} ms`, met: p95 < limit },
    more: { p50, p99, max, acts: times.length },
  }
}

/** Everybody wants the same balance: each waits for the one before. */
async function hot(world: World, company: Company): Promise<Figure> {
  const times: number[] = []
  const end = performance.now() + HOT_SECONDS * 1_000
  const work = async (): Promise<void> => {
    while (performance.now() < end) {
      const began = performance.now()
      await world.app.query(HOLD, [company.id, `bench:${randomUUID()}`])
      times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: 16 }, work))
  const { p50, p95, p99 } = spreadOf(times)
  return { name: 'ledger, one company, 16 at once', value: times.length / HOT_SECONDS, unit: 'holds/s', more: { p50, p95, p99 } }
}

async function bytesOf(owner: pg.Pool): Promise<number> {
  const { rows } = await owner.query(
    "select pg_total_relation_size('posting') + pg_total_relation_size('message_charge') as bytes",
  )
  return Number(rows[0].bytes)
}

/** A campaign as the Desk stores it, each message with its promise. */
async function campaign(world: World): Promise<Figure> {
  const company = await aCompany(world, 'us')
  const before = await bytesOf(world.owner)
  const times: number[] = []
  const began = performance.now()
  for (let n = 0; n < CAMPAIGN; n += BATCH) {
    const at = performance.now()
    const results = await ingest(
      world.app,
      company.id,
      Array.from({ length: BATCH }, () => promoOf(company)),
    )
    if (results.some(({ inserted }) => inserted !== true)) throw new Error('a message of the campaign was refused')
    times.push(performance.now() - at)
  }
  const seconds = (performance.now() - began) / 1_000
  const bytes = (await bytesOf(world.owner)) - before
  return {
    ...{ name: `campaign of ${CAMPAIGN} promises, ${BATCH} at a time`, value: CAMPAIGN / seconds, unit: 'messages/s' },
    more: { seconds, 'p95 ms a batch': spreadOf(times).p95, 'bytes a promise': bytes / CAMPAIGN },
  }
}

/** One message a round trip, taking turns, so that what else the machine does slows all of them. */
async function stored(world: World): Promise<Figure[]> {
  const kinds = [
    { name: 'that the company pays itself', company: await aCompany(world, 'client'), times: [] as number[] },
    { name: '… and a subscription is asked', company: await aCompany(world, 'client', true), times: [] as number[] },
    { name: '… and the balance promises its price', company: await aCompany(world, 'us', true), times: [] as number[] },
  ]
  for (let n = 0; n < STORED; n += 1) {
    for (const { company, times } of kinds) {
      const began = performance.now()
      await ingest(world.app, company.id, [promoOf(company)])
      times.push(performance.now() - began)
    }
  }
  const [plain] = kinds
  const base = spreadOf(plain?.times ?? []).p50
  return kinds.map(({ name, times }) => {
    const { p50, p95 } = spreadOf(times)
    return {
      name: `storing a message ${name}`,
      value: p50,
      unit: 'ms',
      more: { p95, 'more than plain': p50 - base, 'round trips': 1 },
    }
  })
}

/** Everything, then the audit: a figure of a ledger that is wrong says nothing. */
export async function ledger(): Promise<Figure[]> {
  const world = await startWorld()
  try {
    const companies: Company[] = []
    for (let n = 0; n < COMPANIES; n += 1) companies.push(await aCompany(world, 'us'))
    const figures = await stored(world)
    for (const perSecond of [50, 500]) figures.push(await mixed(world, companies, perSecond))
    const [busy] = companies
    if (busy) figures.push(await hot(world, busy))
    figures.push(await campaign(world))
    const began = performance.now()
    const { rows } = await world.owner.query('select * from ledger_audit()')
    const text = 'nothing is wrong'
    figures.push({
      name: 'audit of all of it',
      value: performance.now() - began,
      unit: 'ms',
      goal: { text, met: rows.length === 0 },
    })
    return figures
  } finally {
    await world.stop()
  }
}
