/// <reference types="@cloudflare/vitest-plugin/types" />
/** Our account at each gateway beside our books: what no webhook told is found, what differs is shown, and twice is once. */
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { aBuyer, control, owner, rowsOf } from './a-buyer.ts'
import { approved, paypalControl, paypalRows } from './a-paypal-buyer.ts'
import type { GatewayName } from './gateway.ts'
import { compare, sweepReconciliation } from './reconcile.ts'
import { gatewayOf } from './registry.ts'

const DAY_MS = 86_400_000

/** Compares what the gateway tells of these, and leaves what other tests do there to them. */
async function run(name: GatewayName, ...refs: string[]): Promise<boolean> {
  const gateway = gatewayOf(env, name)
  if (!gateway) throw new Error(`these tests need the simulated ${name}`)
  const isMine = (ref: string | null) => refs.some((mine) => ref !== null && ref.startsWith(mine))
  const movements: typeof gateway.movements = async (from, to) => {
    const told = await gateway.movements(from, to)
    return told.ok ? { ok: true, value: told.value.filter((one) => isMine(one.paymentRef) || isMine(one.ref)) } : told
  }
  const now = Date.now()
  return compare(env, { ...gateway, movements }, { from: new Date(now - DAY_MS), to: new Date(now + 1000) })
}

const Item = z.object({
  ...{ ref: z.string(), kind: z.string(), verdict: z.string(), subject: z.string() },
  ...{ amount: z.nullable(z.string()), fee: z.string(), theirs: z.string(), ours: z.string() },
})

/** What stands of this payment, or by this name, once it is more than a day old. */
async function itemsOf(ref: string) {
  const rows = await owner.query(
    `select ref, kind, verdict, subject, amount::text, fee::text, their_sum::text as theirs, our_sum::text as ours
     from recon_item where payment_ref = $1 or ref = $1 order by at, ref`,
    [ref],
  )
  return rows.map((row) => Item.parse(row))
}

/** A day passes for what is known of this payment; then it is compared again. */
async function aDayPasses(ref: string) {
  await owner.query("update recon_item set at = at - interval '25 hours' where payment_ref = $1 or ref = $1", [ref])
  await run('stripe', ref)
}

/** What our books have between this account of ours and what a gateway holds, for this cause. */
async function booked(account: string, cause: string): Promise<string> {
  const [row] = await owner.query(
    `select coalesce(sum(case when d.kind = 'clearing' then p.amount else -p.amount end), 0)::text as sum from posting p
     join ledger_account d on d.id = p.debit_id join ledger_account c on c.id = p.credit_id
     where $1 in (d.kind, c.kind) and p.cause_id = $2`,
    [account, cause],
  )
  return String(row?.['sum'])
}

const lineOf = async (source: string) => String((await rowsOf('movements', `?source=${source}`))[0]?.id)
const chargeOf = async (payment: string) => String((await rowsOf('charges', `?payment_intent=${payment}`))[0]?.id)
const postings = async (payment: string) =>
  (await owner.query('select key from posting where cause_id = $1 order by key', [`stripe:${payment}`])).map((row) => row['key'])

test('a payment of which no webhook ever told is found in Stripe’s account and credited; compared again, nothing is new', async () => {
  const ana = await aBuyer()
  const { ref } = await ana.open()
  const payment = await ana.pays(ref)
  expect((await ana.balance()).available).toBe('0')
  await run('stripe', payment)
  expect((await ana.balance()).available).toBe('25000000')
  expect(await itemsOf(payment)).toMatchObject([
    { kind: 'payment', verdict: 'matched', amount: '25000000', fee: '1030000', ours: '25000000' },
  ])
  expect(await booked('provider_fees', `stripe:${payment}`)).toBe('-1030000')
  await aDayPasses(payment)
  const before = await postings(payment)
  await run('stripe', payment)
  expect(await postings(payment)).toEqual(before)
  expect(await itemsOf(payment)).toHaveLength(1)
})

test('a refund made in Stripe’s own console is taken from the balance, and a dispute with its fee, which comes back when it is won', async () => {
  const ana = await aBuyer()
  const [first, second] = [await ana.open(), await ana.open('40')]
  const [refunded, disputed] = [await ana.pays(first.ref), await ana.pays(second.ref)]
  const headers = {
    ...{ authorization: `Bearer ${env.STRIPE_SECRET_KEY}`, 'content-type': 'application/x-www-form-urlencoded' },
    'stripe-version': '2026-10-28.endive',
  }
  const body = `payment_intent=${refunded}&amount=1000`
  await fetch(`${env.STRIPE_API_URL}/v1/refunds`, { method: 'POST', headers, body })
  await control('POST', '/disputes', { payment_intent: disputed })
  await run('stripe', refunded, disputed)
  expect(await ana.balance()).toMatchObject({ balance: '15000000', frozen: true })
  const verdicts = async (ref: string) => (await itemsOf(ref)).map(({ kind, verdict }) => `${kind} ${verdict}`).toSorted()
  expect(await verdicts(refunded)).toEqual(['payment matched', 'refund matched'])
  expect(await verdicts(disputed)).toEqual(['dispute matched', 'payment matched'])
  const [dispute] = await rowsOf('disputes', `?payment_intent=${disputed}`)
  expect(await booked('dispute_fees', `stripe:${disputed}`)).toBe('-15000000')
  await control('POST', `/disputes/${dispute?.id}/win`)
  await run('stripe', disputed)
  expect(await ana.balance()).toMatchObject({ balance: '55000000', frozen: false })
  expect(await booked('dispute_fees', `stripe:${disputed}`)).toBe('0')
  expect(await verdicts(disputed)).toEqual(['dispute matched', 'dispute matched', 'payment matched'])
})

test('what goes to the bank and what Stripe keeps for itself is booked, once; what comes back from the bank too', async () => {
  const payout = z.looseObject({ id: z.string() }).parse(await control('POST', '/movements', { type: 'payout', amount: 700 }))
  const fee = z.looseObject({ id: z.string() }).parse(await control('POST', '/movements', { type: 'stripe_fee', amount: -35 }))
  const line = await lineOf(payout.id)
  for (const _ of [1, 2]) await run('stripe', line, fee.id)
  expect(await itemsOf(line)).toMatchObject([{ kind: 'payout', verdict: 'matched', amount: '-7000000' }])
  expect(await booked('bank', `stripe:${line}`)).toBe('-7000000')
  expect(await booked('provider_fees', `stripe:${fee.id}`)).toBe('-350000')
  await control('POST', '/movements', { type: 'payout_failure', amount: 0, payout: payout.id })
  const [, back] = await rowsOf('movements', `?source=${payout.id}`)
  await run('stripe', back?.id ?? '')
  expect(await booked('bank', `stripe:${back?.id}`)).toBe('7000000')
})

test('a sum that differs, a payment that Stripe’s list forgets and one that it tells twice: shown after a day, never guessed', async () => {
  const ana = await aBuyer()
  const paid = async () => {
    const { id, ref } = await ana.open()
    const payment = await ana.pays(ref)
    await ana.look(id)
    return { payment, line: await lineOf(await chargeOf(payment)) }
  }
  const [other, forgotten, twice] = [await paid(), await paid(), await paid()]
  await control('POST', `/movements/${other.line}`, { amount: 2400 })
  await control('POST', `/movements/${forgotten.line}`, { times: 0 })
  await control('POST', `/movements/${twice.line}`, { times: 2 })
  const all = () => run('stripe', other.payment, forgotten.payment, twice.payment)
  await all()
  expect(await itemsOf(other.payment)).toMatchObject([{ verdict: 'late' }])
  expect(await itemsOf(forgotten.payment)).toMatchObject([{ verdict: 'late', amount: null }])
  expect(await itemsOf(twice.payment)).toMatchObject([{ verdict: 'matched', theirs: '25000000' }])
  await aDayPasses(other.payment)
  await aDayPasses(forgotten.payment)
  expect(await itemsOf(other.payment)).toMatchObject([{ verdict: 'differs', theirs: '24000000', ours: '25000000' }])
  expect(await itemsOf(forgotten.payment)).toMatchObject([{ verdict: 'missing_there', theirs: '0', ours: '25000000' }])
  expect((await ana.balance()).available).toBe('75000000')
  // The list remembers, and the sum was mended.
  await control('POST', `/movements/${other.line}`, { amount: 2500 })
  await control('POST', `/movements/${forgotten.line}`, { times: 1 })
  await all()
  for (const { payment } of [other, forgotten]) expect(await itemsOf(payment)).toMatchObject([{ verdict: 'matched' }])
})

test('money of nobody at Stripe stands apart; what left without a reason waits for a person', async () => {
  const came = z.looseObject({ id: z.string() }).parse(await control('POST', '/movements', { type: 'contribution', amount: 900 }))
  const left = z.looseObject({ id: z.string() }).parse(await control('POST', '/movements', { type: 'transfer', amount: -300 }))
  await run('stripe', came.id, left.id)
  expect(await itemsOf(came.id)).toMatchObject([{ kind: 'other', verdict: 'matched' }])
  expect(await owner.query('select problem from payment where ref = $1', [came.id])).toEqual([{ problem: 'of_nobody' }])
  await aDayPasses(left.id)
  expect(await itemsOf(left.id)).toMatchObject([{ kind: 'other', verdict: 'missing_here', theirs: '-3000000', ours: '0' }])
})

test('PayPal: the report is hours late and tells a line twice; money, fees, refunds, disputes and the bank are found all the same', async () => {
  const ana = await aBuyer()
  const { ref } = await approved(ana, '25.00', 'pays')
  // The money is fetched, and we die before we have written that down.
  await gatewayOf(env, 'paypal')?.lookTopup(ref)
  const [{ id: capture } = { id: '' }] = await paypalRows('captures', ref)
  await run('paypal', capture)
  expect((await ana.balance()).available).toBe('25000000')
  expect(await booked('provider_fees', `paypal:${capture}`)).toBe('-1650000')
  await paypalControl('POST', `/movements/${capture}`, { times: 2 })
  await paypalControl('POST', `/disputes`, { transaction: capture })
  const [dispute] = await paypalRows('disputes', capture)
  await paypalControl('POST', `/disputes/${dispute?.id}/decide`, { buyer: true })
  const app = env.PAYPAL_CLIENT_ID
  const bank = z.looseObject({ transaction: z.string() })
  const { transaction } = bank.parse(await paypalControl('POST', '/movements', { app, code: 'T0400', value: '-5.00' }))
  await run('paypal', capture, transaction)
  expect(await ana.balance()).toMatchObject({ balance: '0' })
  const found = await itemsOf(capture)
  expect(found.map(({ kind, verdict }) => `${kind} ${verdict}`).toSorted()).toEqual([
    'dispute matched',
    'dispute matched',
    'payment matched',
  ])
  expect(await booked('bank', `paypal:${transaction}:T0400`)).toBe('-5000000')
  expect(await booked('dispute_fees', `paypal:${capture}`)).toBe('-20000000')
  // An appeal: the money comes back, and the fee with it.
  await paypalControl('POST', `/disputes/${dispute?.id}/decide`, { buyer: false })
  await run('paypal', capture)
  expect(await ana.balance()).toMatchObject({ balance: '25000000', frozen: false })
  expect(await booked('dispute_fees', `paypal:${capture}`)).toBe('0')
  expect(await owner.query('select * from ledger_audit()', [])).toEqual([])
})

test('a report that cannot be read is said, and asked for again', async () => {
  const today = new Date().toISOString().slice(0, 10)
  const day = async () => (await owner.query("select problem from recon_day where gateway = 'stripe' and day = $1", [today]))[0]
  await control('POST', '/mischief', { where: 'api', what: 'GET /v1/balance_transactions', next: 2, status: 500 })
  expect(await run('stripe')).toBe(false)
  expect(await day()).toMatchObject({ problem: expect.any(String) })
  expect(await run('stripe')).toBe(true)
  expect(await day()).toEqual({ problem: null })
})

test('early each day, and not at another time, the days before are compared by themselves', async () => {
  // A shop of its own, in which nothing happens: what other tests do at theirs is left to them.
  const shop = { clientId: `recon-${crypto.randomUUID()}`, secret: 'secret' }
  await paypalControl('POST', '/apps', shop)
  const here = {
    ...env,
    PAYPAL_CLIENT_ID: shop.clientId,
    PAYPAL_CLIENT_SECRET: shop.secret,
    STRIPE_SECRET_KEY: '',
    STRIPE_WEBHOOK_SECRET: '',
  }
  const today = new Date().toISOString().slice(0, 10)
  const seen = async () =>
    (
      await owner.query("select 1 from recon_day where gateway = 'paypal' and day = $1::date - 1 and looked_at >= $1::date", [
        today,
      ])
    ).length
  await owner.query("delete from recon_day where gateway = 'paypal'", [])
  await sweepReconciliation(here, new Date(`${today}T09:07:00Z`))
  expect(await seen()).toBe(0)
  await sweepReconciliation(here, new Date(`${today}T04:07:00Z`))
  expect(await seen()).toBe(1)
})
