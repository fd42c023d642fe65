import { expect, test } from 'vitest'
import { waitOf } from './wait.rules.ts'

const at = (minutes: number) => waitOf(0, false, minutes * 60_000)

test('the thread grows with the wait and changes its dye at 5 and at 30 minutes', () => {
  expect([0, 4.9, 5, 29.9, 30, 900].map((minutes) => at(minutes).stage)).toEqual([
    'first',
    'first',
    'second',
    'second',
    'late',
    'late',
  ])
  expect(at(0).length).toBeCloseTo(0.25)
  expect(at(5).length).toBeCloseTo(0.45)
  expect(at(30).length).toBe(1)
})

test('answered is a knot, closed is nothing, and a clock that is behind is no wait', () => {
  expect(waitOf(null, false, 5).stage).toBe('answered')
  expect(waitOf(3, true, 5).stage).toBe('none')
  expect(waitOf(10_000, false, 0).minutes).toBe(0)
})
