import { expect, test } from 'vitest'
import { ANSWER_PX, beginsAt, followOf, wayOf } from './swipe.rules.ts'

test('a thumb that goes up or down scrolls, one that goes right answers, one that goes left does nothing', () => {
  expect(wayOf(3, 4)).toBe('wait')
  expect(wayOf(2, 30)).toBe('away')
  expect(wayOf(14, 12)).toBe('away')
  expect(wayOf(-40, 0)).toBe('away')
  expect(wayOf(20, 4)).toBe('swipe')
})

test('a message follows the thumb to where it answers, and hardly further', () => {
  expect(followOf(-10)).toBe(0)
  expect(followOf(40)).toBe(40)
  expect(followOf(ANSWER_PX)).toBe(ANSWER_PX)
  expect(followOf(200)).toBeGreaterThan(ANSWER_PX)
  expect(followOf(2_000)).toBeLessThanOrEqual(92)
  expect(followOf(120)).toBeGreaterThan(followOf(100))
})

test('the edge of the screen belongs to the system, which goes back from there', () => {
  expect(beginsAt(4)).toBe(false)
  expect(beginsAt(30)).toBe(true)
})
