import { expect, test } from 'vitest'
import { FAILURES } from '#contract/failures.ts'
import { failureOfGupshupCode } from './errors.ts'

/** Every code of reference/gupshup.md §8. */
const OWN = [
  500, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 4001, 4002, 4003, 4004, 4005, 470, 471, 472,
]
const PASSED_THROUGH = [
  131026, 131047, 131049, 131050, 131048, 131056, 130429, 131053, 132000, 132001, 132012, 132015, 132016, 133010, 131031, 131042,
]

test.each([...OWN, ...PASSED_THROUGH])('code %i has a meaning of ours, as a number and as text', (code) => {
  expect(failureOfGupshupCode(code)).not.toBe('unknown_provider_error')
  expect(failureOfGupshupCode(String(code))).toBe(failureOfGupshupCode(code))
})

test('a lost answer of WhatsApp is never sent again by itself', () => {
  expect(FAILURES[failureOfGupshupCode(4002)].retry).toBe('unknown')
})

test('an empty wallet stops the number and waits, it does not fail one message after another', () => {
  expect(FAILURES[failureOfGupshupCode(1003)]).toEqual({ retry: 'later', stops: 'channel' })
})

test('what stops a campaign says so', () => {
  for (const code of [4003, 4005, 132000, 132001, 132012, 132015, 132016, 131042, 131048])
    expect(FAILURES[failureOfGupshupCode(code)].stops).toBe('campaign')
})

test('a code that nobody has seen yet is unknown', () => {
  for (const code of [9999, '', null, undefined, {}, 'x']) expect(failureOfGupshupCode(code)).toBe('unknown_provider_error')
})
