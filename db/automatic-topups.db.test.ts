/** Balances that fill themselves: never above the ceiling, never two at once, and never a charge that nobody wants any more. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { aPayer, audit, one, paid, seen, unpaid } from './local/a-payer.ts'
import { doors, leave } from './local/an-account.ts'

afterAll(leave)

const UNIT = 1_000_000
const RULE = { isOn: true, threshold: 20 * UNIT, target: 50 * UNIT, ceiling: 200 * UNIT, currency: 'USD' }
type Shown = { automatic: Record<'isOn' | 'failures' | 'stoppedFor' | 'isAtCeiling' | 'spent' | 'method', unknown> }

/** A company whose card is kept, with a rule and this much on its balance. */
async function aFiller(rule: Partial<typeof RULE> = {}, has = 0) {
  const payer = await aPayer()
  const { owner } = doors()
  await owner.query(
    "insert into gateway_customer (account_id, gateway, ref, method_ref, method_label) values ($1::uuid, 'stripe', $1::text, 'pm_1', 'visa ····4242')",
    [payer.id],
  )
  const choose = (changes: Partial<typeof RULE> = {}) => payer.says('api_automatic_choose', { ...RULE, ...rule, ...changes })
  await choose()
  const gets = (micro: number) =>
    one("ledger_post($2, $1, 'promo', 'prepaid', $3, 'USD', 'promo', 'person', 'x')", [payer.id, `promo:${randomUUID()}`, micro])
  if (has > 0) await gets(has)
  const spends = (micro: number) =>
    one("ledger_post($2, $1, 'prepaid', 'revenue_messages', $3, 'USD', 'message', 'message', $2)", [
      ...[payer.id, `msg:${randomUUID()}`, micro],
    ])
  const fills = async (): Promise<string[]> =>
    (await doors().app.query('select x as id from automatic_begin($1, 50) x', [payer.id])).rows.map(({ id }) => id)
  const amountOf = async (topupId: string | undefined): Promise<number> =>
    Number((await owner.query('select amount from topup where id = $1', [topupId])).rows[0].amount)
  const pays = async (topupId: string) => seen(topupId, paid(`pi_${topupId}`, await amountOf(topupId)))
  const fails = (topupId: string, problem: string) => one('topup_refused($1, $2)', [topupId, problem])
  /** Its past is so much older: what failed may be tried again, or the month is over. */
  const later = (interval: string) =>
    owner.query(
      'update topup set created_at = created_at - $2::interval, settled_at = settled_at - $2::interval where account_id = $1',
      [payer.id, interval],
    )
  const shown = async () => (await payer.says<Shown>('api_balance', { currency: 'USD' })).automatic
  return { ...payer, choose, gets, spends, fills, amountOf, pays, fails, later, shown }
}

test('whatever is spent, paid, refused or lost, one top-up is open at most, and a month never sees more than its ceiling', async () => {
  const step = fc.oneof(
    fc.record({ does: fc.constant('spend'), part: fc.integer({ min: 1, max: 100 }) }),
    fc.record({ does: fc.constantFrom('pay', 'decline', 'fill', 'fill', 'hours', 'month', 'resume'), part: fc.constant(0) }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 40, max: 150 }),
      fc.array(step, { minLength: 8, maxLength: 20 }),
      async (ceiling, steps) => {
        const them = await aFiller({ ceiling: ceiling * UNIT, target: 40 * UNIT }, 45 * UNIT)
        const model = { free: 45 * UNIT, spent: 0, open: null as string | null, failures: 0, resting: false }
        const expected = () => {
          if (model.open || model.failures >= 3 || model.resting || model.free >= RULE.threshold) return 0
          const left = Math.floor((ceiling * UNIT - model.spent) / UNIT) * UNIT
          const amount = Math.min(Math.ceil((40 * UNIT - model.free) / UNIT) * UNIT, left)
          return amount >= 5 * UNIT ? amount : 0
        }
        for (const { does, part } of steps) {
          if (does === 'spend') {
            const micro = Math.floor((model.free * part) / 100)
            if (micro > 0) await them.spends(micro)
            model.free -= micro
          } else if (does === 'fill') {
            const wanted = expected()
            const begun = (await Promise.all([them.fills(), them.fills()])).flat()
            expect(await Promise.all(begun.map(them.amountOf))).toEqual(wanted > 0 ? [wanted] : [])
            model.open ??= begun[0] ?? null
            model.spent += wanted
          } else if (does === 'pay' && model.open) {
            model.free += await them.amountOf(model.open)
            for (let n = 0; n < 2; n++) await them.pays(model.open)
            Object.assign(model, { open: null, failures: 0, resting: false })
          } else if (does === 'decline' && model.open) {
            model.spent -= await them.amountOf(model.open)
            for (let n = 0; n < 2; n++) await them.fails(model.open, 'card_declined')
            Object.assign(model, { open: null, failures: model.failures + 1, resting: true })
          } else if (does === 'hours') {
            await them.later('7 hours')
            model.resting = false
          } else if (does === 'month' && !model.open) {
            await them.later('40 days')
            Object.assign(model, { spent: 0, resting: false })
          } else if (does === 'resume') {
            await them.choose({ ceiling: ceiling * UNIT, target: 40 * UNIT })
            Object.assign(model, { failures: 0, resting: false })
          }
          const { rows } = await doors().owner.query(
            "select count(*) filter (where state = 'created')::int as open from topup where account_id = $1",
            [them.id],
          )
          expect(rows[0].open).toBe(model.open ? 1 : 0)
          const now = await them.shown()
          expect(now).toMatchObject({ spent: String(model.spent), failures: model.failures })
          expect(Number(now.spent)).toBeLessThanOrEqual(ceiling * UNIT)
          expect(now.stoppedFor).toBe(model.failures >= 3 ? 'declined' : null)
          expect((await them.balance()).available).toBe(String(model.free))
        }
        expect(await audit()).toEqual([])
      },
    ),
    { numRuns: 25 },
  )
})

test('twenty who ask at once begin one top-up, up to the target in whole units', async () => {
  const them = await aFiller({}, 30 * UNIT)
  expect(await them.fills()).toEqual([])
  await them.spends(10 * UNIT + 1)
  const begun = (await Promise.all(Array.from({ length: 20 }, them.fills))).flat()
  expect(begun).toHaveLength(1)
  expect(await them.amountOf(begun[0])).toBe(31 * UNIT)
})

test('what is owed is filled up too', async () => {
  const them = await aFiller()
  const topupId = await them.topup(30 * UNIT)
  await seen(topupId, paid(`pi_${topupId}`, 30 * UNIT))
  await them.spends(30 * UNIT)
  await one("ledger_claw_back($2, $1, 'stripe', $3, 10000000, 'USD', 'refund')", [them.id, `refund:${topupId}`, `pi_${topupId}`])
  expect(await them.balance()).toMatchObject({ available: '0', owed: '10000000' })
  const [begun] = await them.fills()
  expect(await them.amountOf(begun)).toBe(60 * UNIT)
})

test('after a charge that failed it waits an hour, then six; the third in a row stops it until somebody goes on', async () => {
  const them = await aFiller()
  for (const [soon, late] of [
    ['59 minutes', '1 hour'],
    ['5 hours 59 minutes', '6 hours'],
  ] as const) {
    const [begun = ''] = await them.fills()
    await them.fails(begun, 'insufficient_funds')
    await them.later(soon)
    expect(await them.fills()).toEqual([])
    await them.later(late)
  }
  const [third = ''] = await them.fills()
  await them.fails(third, 'insufficient_funds')
  await them.later('2 days')
  expect(await them.fills()).toEqual([])
  expect(await them.shown()).toMatchObject({ isOn: true, failures: 3, stoppedFor: 'declined' })
  await them.choose()
  expect(await them.fills()).toHaveLength(1)
})

test('a bank that asks for its owner stops it at once; a card that is kept afterwards goes on by itself', async () => {
  const them = await aFiller()
  const [begun = ''] = await them.fills()
  await seen(begun, { ...unpaid('failed', 5), problem: 'authentication_required' })
  await them.later('2 days')
  expect(await them.fills()).toEqual([])
  expect(await them.shown()).toMatchObject({ failures: 1, stoppedFor: 'authentication_required' })
  const topupId = await them.topup(5 * UNIT)
  await doors().owner.query('update topup set keeps_method = true where id = $1', [topupId])
  const look = { ...paid(`pi_${topupId}`, 5 * UNIT), method: { ref: 'pm_2', label: 'visa ····3155' } }
  await seen(topupId, look)
  expect(await them.shown()).toMatchObject({
    failures: 0,
    stoppedFor: null,
    method: { gateway: 'stripe', label: 'visa ····3155' },
  })
  expect(await them.fills()).toHaveLength(1)

  expect(await them.says('api_method_forget', { currency: 'USD' })).toEqual({ gateway: 'stripe', ref: 'pm_2' })
  // A late look at the payment does not bring back what was forgotten.
  await seen(topupId, look)
  expect(await them.shown()).toMatchObject({ isOn: false, method: null })
  await expect(them.choose()).rejects.toThrow('method_missing')
})

test('nothing is charged while a payment is disputed, nor after it was lost, until somebody goes on', async () => {
  const them = await aFiller({}, 25 * UNIT)
  const topupId = await them.topup(5 * UNIT)
  await seen(topupId, paid(`pi_${topupId}`, 5 * UNIT))
  const dispute = (when: number, state: string) =>
    one("payment_taken_back('stripe', $1, $2, $3)", [
      ...[`pi_${topupId}`, new Date(Date.now() + when).toISOString()],
      JSON.stringify([
        {
          ...{ kind: 'dispute', ref: `dp_${topupId}`, amount: '5000000', state, reason: 'fraudulent', respondBy: null },
          ...{ taken: '5000000', givenBack: '0', fee: '0' },
        },
      ]),
    ])
  await them.spends(10 * UNIT)
  await dispute(1, 'open')
  expect(await them.fills()).toEqual([])
  await expect(them.choose()).rejects.toThrow('balance_frozen')
  await dispute(2, 'lost')
  expect(await them.fills()).toEqual([])
  expect(await them.shown()).toMatchObject({ stoppedFor: 'disputed' })
  await them.choose()
  expect(await them.fills()).toHaveLength(1)
})

test('who fills itself is not told that it runs low; who cannot any more is, and that it stands still', async () => {
  const alarms = async (id: string) => {
    await doors().app.query('select balances_look()')
    const { rows } = await doors().owner.query(
      'select kind, figure from alarm where account_id = $1 and over_at is null order by kind',
      [id],
    )
    return rows
  }
  const low = { threshold: 5 * UNIT, target: 40 * UNIT, ceiling: 40 * UNIT }
  const them = await aFiller(low, 8 * UNIT)
  expect(await alarms(them.id)).toEqual([])
  await them.spends(6 * UNIT)
  const [begun = ''] = await them.fills()
  expect(await alarms(them.id)).toEqual([])
  await them.pays(begun)
  await them.spends(38 * UNIT)
  expect(await them.fills()).toEqual([])
  expect(await them.shown()).toMatchObject({ isAtCeiling: true })
  expect(await alarms(them.id)).toEqual([
    { kind: 'balance_fill_ceiling', figure: 40 },
    { kind: 'balance_very_low', figure: 2 },
  ])
  await them.later('40 days')
  const [next = ''] = await them.fills()
  await them.fails(next, 'authentication_required')
  expect(await alarms(them.id)).toEqual([
    { kind: 'balance_fill_stopped', figure: 1 },
    { kind: 'balance_very_low', figure: 2 },
  ])
  await them.choose(low)
  await them.pays((await them.fills())[0] ?? '')
  expect(await alarms(them.id)).toEqual([])
})

test('only somebody of the company chooses, within what the database takes', async () => {
  const them = await aFiller()
  const other = await aPayer()
  await expect(other.says('api_automatic_choose', RULE)).rejects.toThrow('method_missing')
  await expect(them.choose({ target: 10 * UNIT })).rejects.toThrow(/balance_choice_automatic/)
  await expect(doors().app.query('update balance_choice set ceiling = 1')).rejects.toThrow(/permission denied/)
})
