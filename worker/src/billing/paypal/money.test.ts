import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountOf, moneyOf } from './money.ts'

test('money comes back as it went to PayPal, to the last cent', () => {
  const money = fc.record({ minor: fc.bigInt({ min: 0n, max: 10n ** 12n - 1n }), currency: fc.constantFrom('USD', 'BRL', 'JPY') })
  fc.assert(
    fc.property(money, (m) => {
      expect(moneyOf(amountOf(m) ?? undefined)).toEqual(m)
    }),
  )
})

test('PayPal has no fillér: whole forints go, parts do not', () => {
  expect(amountOf({ minor: 250_000n, currency: 'HUF' })).toEqual({ currency_code: 'HUF', value: '2500' })
  expect(amountOf({ minor: 250_050n, currency: 'HUF' })).toBeNull()
  expect(moneyOf({ currency_code: 'HUF', value: '2500' })).toEqual({ minor: 250_000n, currency: 'HUF' })
})

test('what somebody else might read differently is no money', () => {
  const parts = fc.constantFrom('1e3', '25,00', '25.001', ' 25', '25.', '.5', '1 000', '--1', 'NaN', '0x10', '')
  fc.assert(
    fc.property(parts, (value) => {
      expect(moneyOf({ currency_code: 'USD', value })).toBeNull()
    }),
  )
  expect(moneyOf({ currency_code: 'usd', value: '25' })).toBeNull()
  expect(moneyOf(undefined)).toBeNull()
})
