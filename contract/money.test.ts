import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromMicro, readDecimal, readMicro, toMicro, writeDecimal, writeMicro } from './money.ts'

const money = fc.record({ minor: fc.bigInt({ min: 0n, max: 10n ** 12n - 1n }), currency: fc.constantFrom('USD', 'MXN', 'CLP') })

test('money comes back as it went, as decimals and in the ledger', () => {
  fc.assert(
    fc.property(money, (m) => {
      expect(readDecimal(writeDecimal(m), m.currency)).toEqual(m)
      expect(fromMicro(toMicro(m), m.currency)).toEqual(m)
    }),
  )
})

test('25, 25.0 and 25.00 are the same money', () => {
  for (const text of ['25', '25.0', '25.00', '25.000'])
    expect(readDecimal(text, 'USD')).toEqual({ minor: 2500n, currency: 'USD' })
  expect(readDecimal('25.00', 'CLP')).toEqual({ minor: 25n, currency: 'CLP' })
})

test('what could be read in two ways is no money', () => {
  for (const text of ['', '-1', '1e3', '25,00', '25.001', ' 25', '25.', '.5', '1 000'])
    expect(readDecimal(text, 'USD')).toBeNull()
  expect(readDecimal('25.50', 'CLP')).toBeNull()
  expect(fromMicro(5_000n, 'USD')).toBeNull()
})

test('what a message costs comes back as it went', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n - 1n }), (micro) => readMicro(writeMicro(micro)) === micro))
  expect([87_900n, 12_500_000n, 3_000_000n, 0n].map(writeMicro)).toEqual(['0.0879', '12.5', '3', '0'])
  for (const text of ['', '-1', '0,0879', '0.0000001', '1e-3', '.5', '1234567']) expect(readMicro(text), text).toBeNull()
})
