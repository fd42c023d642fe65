import { expect, test } from 'vitest'
import { csvLine } from '#contract/csv.ts'
import { Rate } from '#contract/rates.ts'
import { byMarket, fileOf, marginPart, ratesOf } from './rates.rules.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')

let made = 0
function aRate(changes: Partial<Rate> = {}): Rate {
  made += 1
  const id = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`
  return Rate.parse({
    ...{ id, provider: 'meta', market: 'PE', category: 'marketing', currency: 'USD', price: '87900', cost: '70300' },
    ...{ validFrom: '2026-01-01T00:00:00.000Z', createdAt: '2026-01-01T00:00:00.000Z', by: null, retiredAt: null },
    ...changes,
  })
}

test('what is valid and what is planned stand together, the rate for all others first', () => {
  const planned = aRate({ validFrom: '2026-12-01T00:00:00.000Z', price: '90000' })
  const rates = [aRate({ category: 'utility' }), aRate(), planned, aRate({ market: '*' }), aRate({ market: 'DE' })]
  const names: Record<string, string> = { '*': 'Otros', DE: 'Alemania', PE: 'Perú' }
  const markets = byMarket(rates, NOW, (market) => names[market] ?? market)
  expect(markets.map(({ market }) => market)).toEqual(['*', 'DE', 'PE'])
  expect(markets[2]?.lines.map(({ any, now, next }) => [any.category, now?.price, next.map(({ price }) => price)])).toEqual([
    ['marketing', '87900', ['90000']],
    ['utility', '87900', []],
  ])
})

test('the margin is a part of the price; what costs nothing has none', () => {
  expect(marginPart(aRate({ price: '100', cost: '80' }))).toBeCloseTo(0.2)
  expect(marginPart(aRate({ price: '0', cost: '1000' }))).toBeNull()
})

test('a list that goes out as a file comes back as it was', () => {
  const rates = [aRate(), aRate({ market: '*', validFrom: '2026-12-01T05:00:00.000Z' })]
  const text = fileOf(rates, NOW)
    .map((row) => csvLine(row.map(String)))
    .join('')
  const { rows, wrong } = ratesOf(text, null, 'America/Guayaquil')
  expect(wrong).toEqual([])
  expect(rows.map(({ line, row }) => [line, row.market, row.price, row.cost, row.validFrom])).toEqual([
    [2, 'PE', '87900', '70300', null],
    [3, '*', '87900', '70300', '2026-12-01T05:00:00.000Z'],
  ])
})

test('a line that is wrong says where, and the others are read', () => {
  const text = [
    'Provider;Market;Category;Currency;Price;Cost',
    'meta;pe;marketing;USD;0,0879;0,0703',
    'meta;Perú;marketing;USD;1;1',
    '',
    'meta;PE;marketing;USD;gratis;1',
    'waba;PE;marketing;USD;1;1',
  ].join('\n')
  const { rows, wrong } = ratesOf(text, '2026-12-01T00:00:00.000Z', 'America/Guayaquil')
  expect(rows.map(({ row }) => [row.market, row.price, row.validFrom])).toEqual([['PE', '87900', '2026-12-01T00:00:00.000Z']])
  expect(wrong).toEqual([
    { line: 3, column: 'market' },
    { line: 5, column: 'price' },
    { line: 6, column: 'provider' },
  ])
  expect(ratesOf('market,price\nPE,1', null, 'America/Guayaquil').missing).toEqual(['provider', 'category', 'currency', 'cost'])
})

test('a day in a file begins where the operator’s company is', () => {
  const text = 'provider,market,category,currency,price,cost,valid_from\nmeta,PE,marketing,USD,0.09,0.07,2027-01-15'
  const [read] = ratesOf(text, null, 'America/Guayaquil').rows
  expect(read?.row.validFrom).toBe('2027-01-15T05:00:00.000Z')
})
