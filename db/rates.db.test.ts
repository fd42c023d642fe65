/** What messages cost: which rate is valid when and where, and that none changes behind anybody's back. */
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { Rate } from '#contract/rates.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const DAY = 86_400_000
const day = (n: number) => new Date(Date.now() + n * DAY).toISOString()

/** A currency that nothing else prices in: rates belong to the whole installation. */
let currencies = 0
const aCurrency = () => {
  currencies += 1
  return 'Q' + String.fromCodePoint(65 + Math.floor(currencies / 26), 65 + (currencies % 26))
}

type Terms = { currency: string; market?: string; category?: string; price: number; from: string }
async function aRate({ currency, market = '*', category = 'marketing', price, from }: Terms): Promise<string> {
  const { rows } = await doors().owner.query(
    `insert into rate (provider, market, category, currency, price, cost, valid_from) values ('meta', $1, $2, $3, $4, 0, $5) returning id`,
    [market, category, currency, price, from],
  )
  return String(rows[0].id)
}
async function priceAt(market: string, currency: string, at: string, category = 'marketing'): Promise<string | null> {
  const { rows } = await doors().app.query(`select (rate_at('meta', $1, $2, $3, $4)).price`, [market, category, currency, at])
  return rows[0].price
}

test('a market has its own rate, or the one for all others; what nobody has priced has none', async () => {
  const currency = aCurrency()
  await aRate({ currency, price: 60, from: day(-9) })
  await aRate({ currency, market: 'PE', price: 70, from: day(-9) })
  expect(await priceAt('PE', currency, day(0))).toBe('70')
  expect(await priceAt('EC', currency, day(0))).toBe('60')
  expect(await priceAt('PE', currency, day(0), 'utility')).toBeNull()
})

test('a rate is valid from its day until the next one; a later one for all others takes no market of its own away', async () => {
  const currency = aCurrency()
  await aRate({ currency, market: 'PE', price: 70, from: day(-9) })
  await aRate({ currency, market: 'PE', price: 80, from: day(3) })
  await aRate({ currency, price: 60, from: day(-1) })
  expect(await priceAt('PE', currency, day(-10))).toBeNull()
  expect(await priceAt('PE', currency, day(2))).toBe('70')
  expect(await priceAt('PE', currency, day(4))).toBe('80')
})

test('what was valid once never changes; what lies ahead may be taken back, once', async () => {
  const { owner, app } = doors()
  const currency = aCurrency()
  const old = await aRate({ currency, price: 60, from: day(-9) })
  const next = await aRate({ currency, price: 70, from: day(9) })
  const never = { code: 'LG001' }
  await expect(owner.query('update rate set price = 1 where id = $1', [old])).rejects.toMatchObject(never)
  await expect(owner.query('update rate set price = 1 where id = $1', [next])).rejects.toMatchObject(never)
  await expect(owner.query('update rate set retired_at = now() where id = $1', [old])).rejects.toMatchObject(never)
  await expect(owner.query('delete from rate where id = $1', [next])).rejects.toMatchObject(never)
  await owner.query('update rate set retired_at = now() where id = $1', [next])
  expect(await priceAt('PE', currency, day(10))).toBe('60')
  await expect(owner.query('update rate set retired_at = null where id = $1', [next])).rejects.toMatchObject(never)
  // And the day is free again.
  await aRate({ currency, price: 75, from: day(9) })

  const denied = { code: '42501' }
  await expect(app.query('select 1 from rate')).rejects.toMatchObject(denied)
  await expect(app.query("update rate set price = 0 where provider = 'meta'")).rejects.toMatchObject(denied)
})

test.each([
  ['51987654321', 'PE'],
  ['593987654321', 'EC'],
  ['5491123456789', 'AR'],
  ['14155550123', 'US'],
  ['14165550123', 'CA'],
  ['18095550123', 'DO'],
  ['17875550123', 'PR'],
  ['79161234567', 'RU'],
  ['77012345678', 'KZ'],
  ['34612345678', 'ES'],
  ['PE.1A2b', 'PE'],
  ['999123', '*'],
  [null, '*'],
])('a message to %s is priced as one to %s', async (receiver, market) => {
  const { rows } = await doors().app.query('select market_of($1) as it', [receiver])
  expect(rows[0].it).toBe(market)
})

test('while the window is open a utility template costs what a service message does, and marketing what it always does', async () => {
  const price = async (category: string, inWindow: boolean) => {
    const { rows } = await doors().app.query(`select (message_price('meta', '51987654321', $1, $2, 'USD', now())).price`, [
      category,
      inWindow,
    ])
    return rows[0].price
  }
  expect(await price('utility', false)).toBe('25000')
  expect(await price('utility', true)).toBe('0')
  expect(await price('marketing', true)).toBe('87900')
})

test('a number on WhatsApp Web has no rate', async () => {
  const { rows } = await doors().app.query(
    `select (message_price('session', '51987654321', 'marketing', false, 'USD', now())).id`,
  )
  expect(rows[0].id).toBeNull()
})

/** Somebody who runs the service. */
async function anOperator(): Promise<AnAccount> {
  const account = await anAccount()
  await doors().owner.query('insert into platform_admin (person_id) values ($1)', [account.personId])
  return account
}
const row = (currency: string, changes: object = {}) => ({
  ...{ provider: 'meta', market: 'PE', category: 'marketing', currency, price: '80', cost: '60', validFrom: null },
  ...changes,
})
const outcomes = (result: unknown) =>
  z.object({ isKept: z.boolean(), items: z.array(z.looseObject({ outcome: z.string() })) }).parse(result)

test('an operator sets rates: what costs that already stays, what costs something else begins anew', async () => {
  const operator = await anOperator()
  const currency = aCurrency()
  const rows = [row(currency), row(currency, { market: '*', price: '50' })]
  const tried = outcomes(await operator.api('api_operator_rates_set', { rows, dryRun: true }))
  expect(tried).toEqual({
    isKept: false,
    items: [
      { outcome: 'new', before: null },
      { outcome: 'new', before: null },
    ],
  })
  expect(await priceAt('PE', currency, day(0))).toBeNull()

  expect(outcomes(await operator.api('api_operator_rates_set', { rows, dryRun: false })).isKept).toBe(true)
  expect(await priceAt('PE', currency, day(0))).toBe('80')
  const again = [row(currency), row(currency, { market: '*', price: '55', validFrom: day(5) })]
  expect(outcomes(await operator.api('api_operator_rates_set', { rows: again, dryRun: false }))).toEqual({
    isKept: true,
    items: [
      { outcome: 'same', before: { price: '80', cost: '60' } },
      { outcome: 'changed', before: { price: '50', cost: '60' } },
    ],
  })
  expect([await priceAt('EC', currency, day(4)), await priceAt('EC', currency, day(6))]).toEqual(['50', '55'])
})

test('what came with the installation is to be confirmed, and is by whoever saves it, changed or not', async () => {
  const operator = await anOperator()
  const currency = aCurrency()
  await aRate({ currency, market: 'PE', price: 80, from: day(-9) })
  const set = async (dryRun: boolean) => {
    const rows = [row(currency, { cost: '0' })]
    return outcomes(await operator.api('api_operator_rates_set', { rows, dryRun })).items.map(({ outcome }) => outcome)
  }
  const by = async () => {
    const { items } = z.object({ items: z.array(Rate) }).parse(await operator.api('api_operator_rates', { provider: 'meta' }))
    return items.filter((rate) => rate.currency === currency).map((rate) => rate.by)
  }
  expect([await set(true), await by()]).toEqual([['confirmed'], [null]])
  expect([await set(false), await by()]).toEqual([['confirmed'], ['Ana']])
  expect(await set(false)).toEqual(['same'])
  expect(await priceAt('PE', currency, day(0))).toBe('80')
})

test('one row that cannot be set keeps the whole list out', async () => {
  const operator = await anOperator()
  const currency = aCurrency()
  const validFrom = day(2)
  const rows = [
    row(currency),
    row(currency, { market: 'EC', validFrom: day(-1) }),
    row(currency, { market: 'CO', validFrom }),
    row(currency, { market: 'CO', validFrom, price: '1' }),
  ]
  const { isKept, items } = outcomes(await operator.api('api_operator_rates_set', { rows, dryRun: false }))
  expect([isKept, items.map(({ outcome }) => outcome)]).toEqual([false, ['new', 'past', 'new', 'twice']])
  expect(await priceAt('PE', currency, day(3))).toBeNull()
})

test('another price for a day that was planned takes its place; what is planned can be withdrawn, what is valid cannot', async () => {
  const operator = await anOperator()
  const currency = aCurrency()
  const from = day(7)
  await operator.api('api_operator_rates_set', {
    rows: [row(currency), row(currency, { price: '90', validFrom: from })],
    dryRun: false,
  })
  await operator.api('api_operator_rates_set', { rows: [row(currency, { price: '95', validFrom: from })], dryRun: false })
  expect(await priceAt('PE', currency, day(8))).toBe('95')

  const key = { provider: 'meta', market: 'PE', category: 'marketing', currency }
  const told = await operator.api('api_operator_rate_history', key)
  const { items } = z.object({ items: z.array(Rate) }).parse(told)
  expect(items.map(({ price, retiredAt, by }) => [price, retiredAt !== null, by])).toEqual([
    ['95', false, 'Ana'],
    ['90', true, 'Ana'],
    ['80', false, 'Ana'],
  ])
  expect(await operator.api('api_operator_rate_withdraw', { rateId: items[0]?.id })).toMatchObject({ price: '95' })
  expect(await priceAt('PE', currency, day(8))).toBe('80')
  await expect(operator.api('api_operator_rate_withdraw', { rateId: items[2]?.id })).rejects.toThrow('changed_meanwhile')
})

test('the list holds what is valid and what will be, and nothing that is over', async () => {
  const operator = await anOperator()
  const currency = aCurrency()
  await aRate({ currency, market: 'PE', price: 60, from: day(-9) })
  await aRate({ currency, market: 'PE', price: 70, from: day(-2) })
  await aRate({ currency, market: 'PE', price: 80, from: day(2) })
  const { items } = z.object({ items: z.array(Rate) }).parse(await operator.api('api_operator_rates', { provider: 'meta' }))
  expect(items.filter((rate) => rate.currency === currency).map(({ price }) => price)).toEqual(['70', '80'])
})

test('to whoever does not run the service there are no rates', async () => {
  const account = await anAccount()
  const currency = aCurrency()
  const asked = { ...row(currency), rows: [row(currency)], dryRun: false, rateId: account.id }
  for (const fn of ['api_operator_rates', 'api_operator_rate_history', 'api_operator_rates_set', 'api_operator_rate_withdraw'])
    expect(await account.api(fn, asked), fn).toBeNull()
  expect(await priceAt('PE', currency, day(1))).toBeNull()
})
