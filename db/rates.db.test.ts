/** What messages cost: which rate is valid when and where, and that none changes behind anybody's back. */
import { randomInt } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { doors, leave } from './local/an-account.ts'

afterAll(leave)

const DAY = 86_400_000
const day = (n: number) => new Date(Date.now() + n * DAY).toISOString()

/** A currency that nothing else prices in: rates belong to the whole installation. */
const aCurrency = () => 'X' + String.fromCodePoint(65 + randomInt(26), 65 + randomInt(26))

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
