import { expect, test } from 'vitest'
import { CODE_BYTES, recoveryCode, recoveryHash, recoveryTyped } from './recovery.rules.ts'

test('a code has ten characters in two groups, and none that are mistaken for others', () => {
  for (let n = 0; n < 200; n += 1) {
    expect(recoveryCode(crypto.getRandomValues(new Uint8Array(CODE_BYTES)))).toMatch(
      /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/,
    )
  }
})

test('however it is typed, it is the same code', () => {
  expect(recoveryTyped(' 7k2qd m9xpa ')).toBe('7K2QD-M9XPA')
  expect(recoveryTyped('7K2QDM9XPA')).toBe('7K2QD-M9XPA')
  expect(recoveryTyped('oooooiIlL1')).toBe('00000-11111')
})

test('what cannot be a code is none', () => {
  expect(recoveryTyped('123456')).toBeNull()
  expect(recoveryTyped('7K2QD-M9XPAA')).toBeNull()
  expect(recoveryTyped('7K2QD-M9XP_')).toBeNull()
})

test('equal codes of two people are stored differently', async () => {
  const [ana, eva] = await Promise.all([recoveryHash('ana', '7K2QD-M9XPA'), recoveryHash('eva', '7K2QD-M9XPA')])
  expect(ana).toMatch(/^[0-9a-f]{64}$/)
  expect(ana).not.toBe(eva)
})
