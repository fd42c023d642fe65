import { expect, test } from 'vitest'
import { levelText, typedAmount } from './amounts.rules.ts'

test('an amount may be typed with a comma or a point', () => {
  expect([' 25 ', '25,5', '25.50', '0.5'].map(typedAmount)).toEqual(['25', '25.5', '25.50', '0.5'])
  expect(['', '0', '-5', '1.234', '1,000.00', 'diez', '1e3'].map(typedAmount)).toEqual(Array.from({ length: 7 }, () => null))
})

test('a level stands in its field as it was typed', () => {
  expect([levelText('10000000'), levelText('2500000'), levelText(null)]).toEqual(['10', '2.5', ''])
})
