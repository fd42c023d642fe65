import { expect, test } from 'vitest'
import { pulledOf, SYNC_PX } from './pull.rules.ts'

test('a thumb that goes sideways or up pulls nothing, one that trembles neither', () => {
  expect(pulledOf(0, 5)).toBe(0)
  expect(pulledOf(0, -80)).toBe(0)
  expect(pulledOf(90, 80)).toBe(0)
})

test('the sign comes down with the thumb, ever more slowly, and a clear pull is enough', () => {
  expect(pulledOf(0, 40)).toBeGreaterThan(10)
  expect(pulledOf(0, 90)).toBeLessThan(SYNC_PX)
  expect(pulledOf(10, 180)).toBeGreaterThan(SYNC_PX)
  expect(pulledOf(0, 5_000)).toBeLessThanOrEqual(110)
})
