/** Our account at a gateway beside our books: both ways, told as often as you like; what is booked, what is shown, what a person decides. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { anAccount, doors, leave } from './local/an-account.ts'

afterAll(leave)

const app = async (text: string, values: unknown[]): Promise<unknown> =>
  (await doors().app.query(`select ${text} as it`, values)).rows[0].it

/** Long enough ago that nothing of it is late; each test has a gateway's day of its own. */
const START = Date.UTC(2026, 5, 1)
let nextDay = 0

type Line = { ref: string; kind: string; paymentRef: string | null; amount: number; fee?: number; at?: string; currency?: string }

/** A day of its own, with its own payments: what others do is not seen in it. */
function aDay() {
  nextDay += 1
  const from = new Date(START + nextDay * 86_400_000)
  const to = new Date(from.getTime() + 86_400_000)
  const at = new Date(from.getTime() + 3_600_000).toISOString()
  const period = ['stripe', from.toISOString(), to.toISOString()]
  const told = (lines: Line[]) => JSON.stringify(lines.map((line) => ({ at, fee: 0, currency: 'USD', code: line.kind, ...line })))
  return {
    at,
    take: async (...lines: Line[]) => app('recon_take($1, $2, $3, $4)', [...period, told(lines)]),
    judge: async () => app('recon_judge($1, $2, $3)', period),
  }
}

const Row = z.object({ id: z.string(), ref: z.string(), verdict: z.string(), theirs: z.string(), ours: z.string() })
async function items(payment: string) {
  const { rows } = await doors().owner.query(
    `select id, ref, verdict, their_sum::text as theirs, our_sum::text as ours from recon_item
     where payment_ref = $1 or ref = $1 order by amount is null, ref`,
    [payment],
  )
  return rows.map((row) => Row.parse(row))
}
const verdicts = async (payment: string) => (await items(payment)).map(({ verdict }) => verdict)

/** What stands between our account at the gateway and another account of ours, for this cause. */
async function booked(account: string, cause: string): Promise<number> {
  const { rows } = await doors().owner.query(
    `select coalesce(sum(case when d.kind = 'clearing' then p.amount else -p.amount end), 0)::int as sum from posting p
     join ledger_account d on d.id = p.debit_id join ledger_account c on c.id = p.credit_id where $1 in (d.kind, c.kind) and p.cause_id = $2`,
    [account, `stripe:${cause}`],
  )
  return rows[0].sum
}

const ana = await anAccount()

/** A payment that was credited as its own object said. */
async function aPayment(amount: number, at: string, fee: number | null = 30): Promise<string> {
  const [topup, ref] = [randomUUID(), `pi_${randomUUID()}`]
  await doors().owner.query(
    "insert into topup (id, account_id, gateway, amount, currency, person_id, state, ref) values ($1::uuid, $2, 'stripe', $3, 'USD', $4, 'open', 'cs_' || $1::text)",
    [topup, ana.id, amount, ana.personId],
  )
  const payment = {
    ...{ ref, amount: String(amount), currency: 'USD', fee: fee === null ? null : String(fee), at },
    ...{ method: null, receiptUrl: null, invoiceUrl: null },
  }
  const look = { state: 'paid', seenAt: at, problem: null, payment, method: null }
  await app("topup_seen($1, 'stripe', $2, $3)", [topup, `cs_${topup}`, JSON.stringify(look)])
  return ref
}

const takenBack = (ref: string, list: object[]) => app("payment_taken_back('stripe', $1, now(), $2)", [ref, JSON.stringify(list)])
const refundOf = (ref: string, amount: number) => ({
  kind: 'refund',
  ref,
  refundId: null,
  amount: String(amount),
  state: 'succeeded',
})

test('whatever a report tells, cut into parts, in any order and more than once, ends the same: what is equal matches, what is not is shown', async () => {
  const life = fc.record({
    amount: fc.integer({ min: 100, max: 10_000 }),
    off: fc.constantFrom(0, 0, 0, -7, 5),
    fee: fc.nat(50),
    refunds: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 2 }),
    isForgotten: fc.boolean(),
    order: fc.array(fc.nat(10), { minLength: 1, maxLength: 6 }),
  })
  await fc.assert(
    fc.asyncProperty(life, async ({ amount, off, fee, refunds, isForgotten, order }) => {
      const day = aDay()
      const payment = await aPayment(amount, day.at, null)
      const refs = refunds.map(() => `re_${randomUUID()}`)
      await takenBack(
        payment,
        refunds.map((part, n) => refundOf(refs[n] ?? '', part)),
      )
      const lines: Line[] = [
        { ref: `txn_${payment}`, kind: 'payment', paymentRef: payment, amount: amount + off, fee },
        ...refunds.map((part, n) => ({ ref: `txn_${refs[n]}`, kind: 'refund', paymentRef: payment, amount: -part })),
      ]
      const known = isForgotten ? lines.slice(1) : lines
      for (const n of order) await day.take(...known.slice(0, n % (known.length + 1)))
      await day.take(...known, ...known)
      const main = isForgotten ? 'missing_there' : off === 0 ? 'matched' : 'differs'
      const found = await items(payment)
      expect(found.filter(({ ref }) => ref === `txn_${payment}` || ref.startsWith('ours:in:'))).toMatchObject([{ verdict: main }])
      const back = refunds.length === 0 ? [] : Array.from({ length: refunds.length }, () => ({ verdict: 'matched' }))
      expect(found.filter(({ ref }) => ref.startsWith('txn_re_'))).toMatchObject(back)
      expect(await booked('provider_fees', payment)).toBe(isForgotten ? 0 : 0 - fee)
    }),
    { numRuns: 25 },
  )
  expect((await doors().app.query('select * from ledger_audit()')).rows).toEqual([])
})

test('what the gateway has and we have not is named, so that somebody looks at it; found meanwhile, it matches', async () => {
  const day = aDay()
  const payment = `pi_${randomUUID()}`
  expect(await day.take({ ref: `txn_${payment}`, kind: 'payment', paymentRef: payment, amount: 500, fee: 9 })).toContain(payment)
  expect(await verdicts(payment)).toEqual(['missing_here'])
  expect(await booked('provider_fees', payment), 'whose it is is not known').toBe(0)
  const paid = {
    ref: payment,
    amount: '500',
    currency: 'USD',
    fee: null,
    at: day.at,
    method: null,
    receiptUrl: null,
    invoiceUrl: null,
  }
  await app("payment_unallocated('stripe', $1, null, 'of_nobody')", [JSON.stringify(paid)])
  await day.judge()
  expect(await verdicts(payment)).toEqual(['matched'])
  expect(await booked('provider_fees', payment)).toBe(-9)
})

test('a fee that grows, comes back or was booked before is followed to the last unit, whoever told it first', async () => {
  const day = aDay()
  const payment = await aPayment(1000, day.at, 30)
  const line = (fee: number): Line => ({ ref: `txn_${payment}`, kind: 'payment', paymentRef: payment, amount: 1000, fee })
  for (const fee of [30, 30, 44, 12]) {
    await Promise.all([day.take(line(fee)), day.take(line(fee))])
    expect(await booked('provider_fees', payment)).toBe(-fee)
  }
  await takenBack(payment, [disputed(payment, 15, 'won')])
  const dispute = (n: number, amount: number, fee: number): Line => ({
    ref: `txn_${n}_${payment}`,
    kind: 'dispute',
    paymentRef: payment,
    amount,
    fee,
  })
  await day.take(dispute(1, -1000, 15), dispute(2, 1000, -15))
  expect(await booked('dispute_fees', payment), 'won, and the fee came back').toBe(0)
  expect(await verdicts(payment)).toEqual(['matched', 'matched', 'matched'])
})

const disputed = (ref: string, fee: number, way: 'lost' | 'won' = 'lost') => ({
  ...{ kind: 'dispute', ref: `du_${ref}`, amount: '1000', state: way, reason: null, taken: '1000', respondBy: null },
  ...{ givenBack: way === 'won' ? '1000' : '0', fee: String(fee) },
})

test('the fee of a dispute is what the gateway said last: it comes back, and is taken again, to the last unit', async () => {
  const payment = await aPayment(1000, aDay().at)
  for (const fee of [15, 15, 0, 20, 15, 0, 15]) {
    await takenBack(payment, [disputed(payment, fee, fee === 0 ? 'won' : 'lost')])
    expect(await booked('dispute_fees', payment)).toBe(0 - fee)
  }
  const { rows } = await doors().owner.query('select fee::int from dispute where ref = $1', [`du_${payment}`])
  expect(rows).toEqual([{ fee: 15 }])
  expect((await doors().app.query('select * from ledger_audit()')).rows).toEqual([])
})

test('a fee of a dispute that the gateway’s report does not tell is named; told, or taken upon ourselves and then told, it is even', async () => {
  const [day, boss] = [aDay(), await anAccount()]
  await doors().owner.query('insert into platform_admin (person_id) values ($1)', [boss.personId])
  const back = (payment: string, fee: number): Line => ({
    ref: `txn_${payment}`,
    kind: 'dispute',
    paymentRef: payment,
    amount: -1000,
    fee,
  })
  const came = (payment: string): Line => ({ ref: `in_${payment}`, kind: 'payment', paymentRef: payment, amount: 1000, fee: 30 })
  const [told, assumed] = [await aPayment(1000, day.at), await aPayment(1000, day.at)]
  const lines: Line[] = [came(told), came(assumed)]
  for (const payment of [told, assumed]) {
    await takenBack(payment, [disputed(payment, 15)])
    await doors().owner.query('update dispute set seen_at = $2 where ref = $1', [`du_${payment}`, day.at])
  }
  await day.take(...lines)
  const feeOf = async (payment: string) => (await items(payment)).filter(({ ref }) => ref.startsWith('ours:fee:'))
  const named = { verdict: 'missing_there', theirs: '0', ours: '-15' }
  expect([...(await feeOf(told)), ...(await feeOf(assumed))]).toMatchObject([named, named])
  const [item] = await feeOf(assumed)
  const decision = { itemId: item?.id, isBooked: true, reason: 'Lo perdona la pasarela' }
  expect(await boss.api('api_operator_recon_decide', decision)).toMatchObject({ verdict: 'decided', ours: '0' })
  await day.take(...lines, back(told, 15), back(assumed, 15))
  expect(await verdicts(told)).toEqual(['matched', 'matched'])
  expect(await feeOf(assumed), 'it was told after all').toMatchObject([{ verdict: 'missing_here', theirs: '-15', ours: '0' }])
  await takenBack(told, [disputed(told, 40)])
  expect(await booked('dispute_fees', told), 'once reported, the report alone says').toBe(-15)
})

test('payouts and fees of their own are booked once; money of nobody stands apart; what left without a reason waits for a person', async () => {
  const day = aDay()
  const name = (what: string) => `${what}_${randomUUID()}`
  const [out, own, came, went] = [name('po'), name('fee'), name('in'), name('out')]
  const lines: Line[] = [
    { ref: out, kind: 'payout', paymentRef: null, amount: -700, fee: 10 },
    { ref: own, kind: 'fee', paymentRef: null, amount: 0, fee: 35 },
    { ref: came, kind: 'other', paymentRef: came, amount: 90, fee: 4 },
    { ref: went, kind: 'other', paymentRef: null, amount: -40 },
  ]
  for (const _ of [1, 2]) await day.take(...lines)
  expect([await booked('bank', out), await booked('provider_fees', out), await booked('provider_fees', own)]).toEqual([
    -700, -10, -35,
  ])
  expect([await booked('unallocated', came), await booked('provider_fees', came)]).toEqual([90, -4])
  expect([...(await verdicts(out)), ...(await verdicts(own)), ...(await verdicts(came)), ...(await verdicts(went))]).toEqual([
    ...['matched', 'matched', 'matched', 'missing_here'],
  ])
})

test('what is younger than a day may still come: it is late, and no difference', async () => {
  const at = new Date(Date.now() - 3_600_000).toISOString()
  const payment = await aPayment(1000, at)
  const period = ['stripe', new Date(Date.now() - 7_200_000).toISOString(), new Date().toISOString()]
  await app('recon_take($1, $2, $3, $4)', [...period, '[]'])
  expect(await verdicts(payment)).toEqual(['late'])
  const line = {
    ref: `txn_${payment}`,
    kind: 'payment',
    paymentRef: payment,
    amount: 1000,
    fee: 30,
    at,
    currency: 'USD',
    code: 'charge',
  }
  await app('recon_take($1, $2, $3, $4)', [...period, JSON.stringify([line])])
  expect(await verdicts(payment), 'it came').toEqual(['matched'])
})

test('another currency than ours is no match on either side', async () => {
  const day = aDay()
  const payment = await aPayment(1000, day.at)
  await day.take({ ref: `txn_${payment}`, kind: 'payment', paymentRef: payment, amount: 930, fee: 20, currency: 'EUR' })
  expect(await verdicts(payment)).toEqual(['missing_here', 'missing_there'])
})

test('an operator decides with a reason: noted, or taken upon us; another difference than that is open again. For nobody else', async () => {
  const day = aDay()
  const [noted, taken] = [await aPayment(1000, day.at), await aPayment(1000, day.at)]
  const line = (payment: string, amount: number): Line => ({
    ref: `txn_${payment}`,
    kind: 'payment',
    paymentRef: payment,
    amount,
    fee: 30,
  })
  const tell = () => day.take(line(noted, 990), line(taken, 990))
  await tell()
  const [first] = await items(noted)
  const [second] = await items(taken)
  const decide = (item: string | undefined, isBooked: boolean) =>
    ana.api('api_operator_recon_decide', { itemId: item, isBooked, reason: 'Lo confirmó la pasarela' })
  expect(await decide(first?.id, false), 'not an operator').toBeNull()
  await doors().owner.query('insert into platform_admin (person_id) values ($1)', [ana.personId])
  expect(await decide(first?.id, false)).toMatchObject({ verdict: 'decided', decision: { isBooked: false, difference: '-10' } })
  expect(await decide(second?.id, true)).toMatchObject({ verdict: 'decided', ours: '990', decision: { isBooked: true } })
  await expect(decide(second?.id, true), 'twice').rejects.toThrow('changed_meanwhile')
  expect([await booked('rounding', `in:${noted}`), await booked('rounding', `in:${taken}`)]).toEqual([0, -10])
  await tell()
  expect([...(await verdicts(noted)), ...(await verdicts(taken))]).toEqual(['decided', 'decided'])
  // The gateway mends what it told: what was taken upon us is a difference now, and is given back by the next decision.
  await day.take(line(noted, 995), line(taken, 1000))
  expect([...(await verdicts(noted)), ...(await verdicts(taken))]).toEqual(['differs', 'differs'])
  expect(await decide(second?.id, true)).toMatchObject({ verdict: 'decided', ours: '1000' })
  expect(await booked('rounding', `in:${taken}`)).toBe(0)
  const audited = await doors().owner.query("select 1 from audit where account_id = $1 and action = 'recon.decided'", [ana.id])
  expect(audited.rows).toHaveLength(3)
  const open = z.object({ items: z.array(z.looseObject({ paymentRef: z.nullable(z.string()) })) })
  const shown = open.parse(await ana.api('api_operator_recon_items', { show: 'open' })).items
  expect(shown.some(({ paymentRef }) => paymentRef === noted)).toBe(true)
  await doors().owner.query('delete from platform_admin where person_id = $1', [ana.personId])
})

test('what a gateway says that it has is our books and what single movements explain; the rest is said, with since when', async () => {
  const [balance] = (
    await doors().owner.query(
      "select count(*)::int as n from posting p join ledger_account a on a.id in (p.debit_id, p.credit_id) where a.kind = 'clearing' and a.currency = 'XTS'",
    )
  ).rows
  expect(balance.n).toBe(0)
  const paid = {
    ref: `pi_${randomUUID()}`,
    amount: '1000',
    currency: 'XTS',
    fee: '30',
    at: aDay().at,
    method: null,
    receiptUrl: null,
    invoiceUrl: null,
  }
  await app("payment_unallocated('stripe', $1, null, 'of_nobody')", [JSON.stringify(paid)])
  const weigh = async (available: number, pending: number) => {
    await app("recon_weigh('stripe', $1)", [
      JSON.stringify([{ currency: 'XTS', available: String(available), pending: String(pending) }]),
    ])
    const { rows } = await doors().owner.query(
      "select books::int, explained::int, off_since is not null as off, off_since from recon_balance where gateway = 'stripe' and currency = 'XTS'",
    )
    return rows[0]
  }
  expect(await weigh(900, 70)).toMatchObject({ books: 970, explained: 0, off: false })
  const off = await weigh(900, 60)
  expect(off).toMatchObject({ off: true })
  expect((await weigh(900, 50)).off_since).toEqual(off.off_since)
  const day = aDay()
  await day.take({ ref: `out_${randomUUID()}`, kind: 'other', paymentRef: null, amount: -20, currency: 'XTS' })
  expect(await weigh(900, 50)).toMatchObject({ books: 970, explained: -20, off: false })
})

test('our own books: both sides are the same, and screens show what postings say', async () => {
  await app('recon_books()', [])
  const { rows } = await doors().owner.query('select currency from recon_books where debits <> credits')
  expect(rows).toEqual([])
  await expect(doors().app.query('select * from recon_item')).rejects.toThrow('permission denied')
  await expect(doors().app.query('select recon_fees($1, $2)', ['stripe', 'x'])).rejects.toThrow('permission denied')
})

test('each gateway is due once a day, for one who asks; what could not be read is due again after ten minutes', async () => {
  const gateway = `gateway-${randomUUID()}`
  const due = async () => (await doors().app.query('select x from recon_due(array[$1]) x', [gateway])).rows.length
  const pass = () =>
    doors().owner.query("update recon_day set tried_at = now() - interval '10 minutes' where gateway = $1", [gateway])
  const midnight = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000)
  const yesterday = [gateway, new Date(midnight.getTime() - 86_400_000).toISOString(), midnight.toISOString()]
  const all = await Promise.all([due(), due(), due()])
  expect(all.reduce((sum, n) => sum + n, 0)).toBe(1)
  await app('recon_failed($1, $2, $3, $4)', [...yesterday, 'no_answer'])
  expect(await due()).toBe(0)
  await pass()
  expect(await due()).toBe(1)
  await app('recon_take($1, $2, $3, $4)', [...yesterday, '[]'])
  await pass()
  expect(await due()).toBe(0)
})
