/** Money that comes in by gateways: whatever looks find, in whatever order and however often, the ledger agrees with the gateway. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { aPayer, at, audit, one, paid, seen, unpaid, type Figures } from './local/a-payer.ts'
import { doors, leave } from './local/an-account.ts'

afterAll(leave)

const taken = (ref: string, when: number, items: object[]) =>
  one<boolean>("payment_taken_back('stripe', $1, $2, $3)", [ref, at(when), JSON.stringify(items)])

const refundRow = (ref: string, amount: number, state: string, refundId: string | null = null) => ({
  ...{ kind: 'refund', ref, refundId, amount: String(amount), state },
})
const disputeRow = (ref: string, amount: number, state: string, went: number, back: number) => ({
  ...{ kind: 'dispute', ref, amount: String(amount), state, reason: 'fraudulent', respondBy: null },
  ...{ taken: String(went), givenBack: String(back), fee: '15' },
})

test('whatever looks find, told up to three times and in any order, a payment is credited once and taken back as its gateway says', async () => {
  /** The life of a payment at its gateway, step by step; each step is what a look would see from then on. */
  const life = fc.record({
    amount: fc.integer({ min: 100, max: 10_000 }),
    spent: fc.nat(10_000),
    refunds: fc.array(fc.record({ part: fc.integer({ min: 1, max: 40 }), fails: fc.boolean() }), { maxLength: 2 }),
    disputed: fc.boolean(),
    won: fc.boolean(),
    order: fc.array(fc.nat(1_000), { minLength: 24, maxLength: 24 }),
  })
  await fc.assert(
    fc.asyncProperty(life, async ({ amount, spent, refunds, disputed, won, order }) => {
      const { id, topup, balance } = await aPayer()
      const topupId = await topup(amount)
      const ref = `pi_${topupId}`
      const parts = refunds.map(({ part, fails }, n) => ({
        ref: `re_${n}_${topupId}`,
        amount: Math.ceil((amount * part) / 100),
        fails,
      }))
      const back = parts.reduce((sum, r) => sum + (r.fails ? 0 : r.amount), 0)
      const left = amount - parts.reduce((sum, r) => sum + r.amount, 0)
      const stages: object[][] = [
        parts.map((r) => refundRow(r.ref, r.amount, 'pending')),
        parts.map((r) => refundRow(r.ref, r.amount, r.fails ? 'failed' : 'succeeded')),
      ]
      if (disputed) {
        const rows = stages[1] ?? []
        const dispute = (state: string, given: number) => [...rows, disputeRow(`dp_${topupId}`, left, state, left, given)]
        stages.push(dispute('open', 0), dispute(won ? 'won' : 'lost', won ? left : 0))
      }
      // A reader may be late: looks are sent in any order, some more than once, and the last one comes at some time too.
      const looks = [
        () => seen(topupId, unpaid('open', 1)),
        () => seen(topupId, unpaid('expired', 2)),
        () => seen(topupId, paid(ref, amount, 3)),
        ...stages.map((rows, n) => () => taken(ref, 10 + n, rows)),
      ]
      await seen(topupId, paid(ref, amount, 3))
      await one(
        "ledger_post($2, $1, 'prepaid', 'revenue_messages', least($3::bigint, $4::bigint), 'USD', 'message', 'message', $2)",
        [...[id, `msg:${topupId}`, spent, amount]],
      )
      for (const n of order) await looks[n % looks.length]?.()
      await taken(ref, 10 + stages.length - 1, stages.at(-1) ?? [])
      expect(await audit()).toEqual([])
      const used = Math.min(spent, amount)
      const gone = back + (disputed && !won ? left : 0)
      const now = await balance()
      expect(Number(now.balance) - Number(now.owed)).toBe(amount - used - gone)
      expect(now.frozen).toBe(false)
    }),
    { numRuns: 40 },
  )
})

test('forty looks at once at a paid top-up credit it once', async () => {
  const { topup, balance } = await aPayer()
  const topupId = await topup(5_000_000)
  await Promise.all(Array.from({ length: 40 }, (_, n) => seen(topupId, paid(`pi_${topupId}`, 5_000_000, n))))
  expect((await balance()).balance).toBe('5000000')
  expect(await audit()).toEqual([])
})

test('money that is not what was asked for is given to nobody', async () => {
  const { topup, says } = await aPayer()
  await says('api_balance', { currency: 'USD' })
  for (const look of [paid(`pi_${randomUUID()}`, 4_990_000), paid(`pi_${randomUUID()}`, 5_000_000, 1, 'MXN')]) {
    const topupId = await topup(5_000_000)
    expect(await seen(topupId, look)).toMatchObject({ state: 'failed', problem: 'amount_differs' })
    expect(await seen(topupId, look)).toMatchObject({ state: 'failed' })
  }
  expect((await says<{ balance: Figures }>('api_balance', { currency: 'USD' })).balance.balance).toBe('0')
  expect(await audit()).toEqual([])
})

test('a second payment of one top-up stands apart, and the first stays', async () => {
  const { topup, balance } = await aPayer()
  const topupId = await topup(5_000_000)
  await seen(topupId, paid(`pi_1${topupId}`, 5_000_000))
  await seen(topupId, paid(`pi_2${topupId}`, 5_000_000, 2))
  expect((await balance()).balance).toBe('5000000')
  const { rows } = await doors().owner.query('select account_id, problem from payment where topup_id = $1 order by ref', [
    topupId,
  ])
  expect(rows).toEqual([
    { account_id: expect.any(String), problem: null },
    { account_id: null, problem: 'paid_twice' },
  ])
  expect(await audit()).toEqual([])
})

test('who asks for unspent money has it held until the gateway has given it back; a refusal frees it, and a refund that fails later comes back', async () => {
  const { topup, balance, says } = await aPayer()
  const topupId = await topup(5_000_000)
  const ref = `pi_${topupId}`
  await seen(topupId, paid(ref, 5_000_000))
  const paymentId = (await doors().app.query("select id from payment_of('stripe', $1)", [ref])).rows[0].id
  const ask = (id: string, micro: string) => says('api_refund_ask', { id, paymentId, micro, currency: 'USD' })
  const first = randomUUID()
  for (let n = 0; n < 3; n++) await ask(first, '2000000')
  expect(await balance()).toMatchObject({ balance: '5000000', available: '3000000' })
  await expect(ask(randomUUID(), '3000001')).rejects.toThrow('balance_too_low')
  await one("refund_refused($1, 'charge_disputed')", [first])
  expect(await balance()).toMatchObject({ available: '5000000' })

  const second = randomUUID()
  await ask(second, '2000000')
  await one('refund_opened($1, $2)', [second, `re_${second}`])
  for (const state of ['pending', 'succeeded', 'pending', 'succeeded'])
    await taken(ref, 20, [refundRow(`re_${second}`, 2_000_000, state, second)])
  expect(await balance()).toMatchObject({ balance: '3000000', held: '0' })
  await expect(ask(randomUUID(), '3000001')).rejects.toThrow('balance_too_low')
  await taken(ref, 21, [refundRow(`re_${second}`, 2_000_000, 'failed', second)])
  await taken(ref, 20, [refundRow(`re_${second}`, 2_000_000, 'succeeded', second)])
  expect(await balance()).toMatchObject({ balance: '5000000', held: '0' })
  expect(await audit()).toEqual([])
})

test('while a payment is disputed nothing is spent or given back; an inquiry stops nothing', async () => {
  const { id, topup, balance } = await aPayer()
  const topupId = await topup(5_000_000)
  const ref = `pi_${topupId}`
  await seen(topupId, paid(ref, 5_000_000))
  await taken(ref, 10, [disputeRow(`dp_${topupId}`, 5_000_000, 'inquiry', 0, 0)])
  expect((await balance()).frozen).toBe(false)
  await one("ledger_post($2, $1, 'prepaid', 'revenue_messages', 4000000, 'USD', 'message', 'message', $2)", [
    id,
    `msg:${topupId}`,
  ])
  await taken(ref, 11, [disputeRow(`dp_${topupId}`, 5_000_000, 'open', 5_000_000, 0)])
  expect(await balance()).toMatchObject({ frozen: true, balance: '0', owed: '4000000' })
  await taken(ref, 12, [disputeRow(`dp_${topupId}`, 5_000_000, 'won', 5_000_000, 5_000_000)])
  expect(await balance()).toMatchObject({ frozen: false, balance: '1000000', owed: '0' })
  expect(await audit()).toEqual([])
})

test('movements add up to the balance, page by page, and nobody reads another company’s', async () => {
  const { id, topup, says, balance } = await aPayer()
  const other = await aPayer()
  for (let n = 0; n < 5; n++) {
    const topupId = await topup(1_000_000)
    await seen(topupId, paid(`pi_${topupId}`, 1_000_000))
    await one("ledger_post($2, $1, 'prepaid', 'revenue_messages', 300000, 'USD', 'message', 'message', $2)", [
      id,
      `msg:${topupId}`,
    ])
  }
  type Page = {
    items: { amount: string; reason: string; receiptUrl: string | null; refundable: string | null }[]
    next: string | null
  }
  const all: Page['items'] = []
  let cursor: string | null = null
  do {
    const page: Page = await says<Page>('api_movements', { currency: 'USD', limit: 3, ...(cursor && { cursor }) })
    all.push(...page.items)
    cursor = page.next
  } while (cursor)
  expect(all).toHaveLength(10)
  expect(String(all.reduce((sum, { amount }) => sum + Number(amount), 0))).toBe((await balance()).balance)
  expect(all.find(({ reason }) => reason === 'topup')).toMatchObject({ receiptUrl: 'https://r', refundable: '1000000' })
  expect((await says<Page>('api_movements', { currency: 'USD', kind: 'spent' })).items).toHaveLength(5)
  expect((await other.says<Page>('api_movements', { currency: 'USD' })).items).toEqual([])
})

test('an event is one row however often it is delivered, is worked on by one, and ends', async () => {
  const eventId = `evt_${randomUUID()}`
  const store = () =>
    one<string | null>('gateway_event_store(\'stripe\', $1, \'charge.refunded\', \'[{"kind":"payment","ref":"pi_1"}]\', \'s\')', [
      eventId,
    ])
  const ids = await Promise.all(Array.from({ length: 10 }, store))
  const [id, ...more] = ids.filter((x) => x !== null)
  expect(more).toEqual([])
  const takes = await Promise.all(
    Array.from({ length: 10 }, async () => (await doors().app.query('select * from gateway_event_take($1)', [id])).rows.length),
  )
  expect(takes.reduce((a, b) => a + b)).toBe(1)
  await one("gateway_event_settle($1, 'dead', 'no_answer', 0)", [id])
  expect((await doors().app.query('select * from gateway_event_take($1)', [id])).rows).toEqual([])
  expect((await one<{ deadGatewayEvents: number }>('billing_figures()', [])).deadGatewayEvents).toBeGreaterThan(0)
  await expect(doors().app.query('select * from gateway_event')).rejects.toThrow(/permission denied/)
})
