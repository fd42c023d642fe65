import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toDigits, toWholeNumber } from './phone.rules.ts'

// Country, as people type it at home, as it is kept.
test.each([
  ['EC', '098 765 4321', '593987654321'],
  ['PE', '987 654 321', '51987654321'],
  ['CO', '300 123 4567', '573001234567'],
  ['CL', '9 8765 4321', '56987654321'],
  ['MX', '55 1234 5678', '525512345678'],
  ['AR', '11 2345-6789', '541123456789'],
  ['BR', '(11) 98765-4321', '5511987654321'],
  ['US', '(202) 555-0143', '12025550143'],
])('%s: %s is %s, and so it is with its code', (country, typed, kept) => {
  expect(toDigits(typed, country)).toBe(kept)
  expect(toDigits(`+${kept}`, country)).toBe(kept)
  expect(toDigits(`00${kept}`, country)).toBe(kept)
  expect(toDigits(kept, country)).toBe(kept)
})

test('a number with its code is of its own country, wherever one is', () => {
  expect(toDigits('+51 987 654 321', 'EC')).toBe('51987654321')
})

test.each(['', 'hola', '12', '+1234', '+1234567890123456', '098x7654321', '٠٩٨٧٦٥٤٣٢١'])('%j is no phone', (typed) => {
  expect(toDigits(typed, 'EC')).toBeNull()
})

test('whatever is typed, what is kept is 8 to 15 digits or nothing', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'0123456789+-() .x'), maxLength: 24 }),
      fc.constantFrom('EC', 'US', 'ZZ'),
      (typed, country) => {
        expect(toDigits(typed, country) ?? '00000000').toMatch(/^\d{8,15}$/)
      },
    ),
  )
})

test.each([
  ['AR', '011 15 2345-6789', '5491123456789'],
  ['AR', '0351 15 234-5678', '5493512345678'],
  ['MX', '044 55 1234 5678', '525512345678'],
  ['EC', '+593 (0)98 765-4321', '593987654321'],
])('%s: %s, as it is dialled at home, is %s', (country, typed, kept) => {
  expect(toWholeNumber(typed, country)).toBe(kept)
})

test.each(['12345678', '098 765 43', '+593 98 765', '0987654321098'])('%s is not a whole number', (typed) => {
  expect(toWholeNumber(typed, 'CO')).toBeNull()
})
