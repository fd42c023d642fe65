import { expect, test } from 'vitest'
import { FAILURES } from '#contract/failures.ts'
import { failureOfMetaCode } from './errors.ts'

/** Every code of reference/meta-cloud-api.md §4, §9, §10 and §12; of a family its first, one between and its last. */
const CODES = [
  0, 190, 3, 10, 200, 230, 299, 368, 130497, 131031, 1, 2, 131000, 131016, 133004, 4, 17, 32, 613, 80007, 80008, 130429, 131048,
  131056, 131057, 33, 100, 131008, 131009, 131005, 131021, 131026, 131030, 131037, 131042, 131045, 133000, 133005, 133006, 133010,
  133015, 133016, 131047, 131049, 131050, 130472, 131051, 131052, 131053, 131062, 132000, 132001, 132005, 132007, 132012, 132015,
  132016, 132068, 132069, 134011, 135000, 137000, 138000, 138003, 138006, 139100, 147001, 147004, 2593107, 2593108, 2593109,
]

test.each(CODES)('code %i of Meta has a meaning of ours', (code) => {
  expect(failureOfMetaCode(code)).not.toBe('unknown_provider_error')
  expect(failureOfMetaCode(String(code))).toBe(failureOfMetaCode(code))
})

test('a code that nobody has seen yet is unknown, and no shape of it throws', () => {
  for (const code of [999999, 199, 300, -1, 1.5, '', 'x', null, undefined, {}, [], Number.NaN, 1e308])
    expect(failureOfMetaCode(code)).toBe('unknown_provider_error')
})

test('what must never be tried again by itself is not', () => {
  for (const code of [131047, 131049, 131050, 368, 130497, 131031]) expect(FAILURES[failureOfMetaCode(code)].retry).toBe('never')
})

test('a token, a permission or a blocked account stops the number; a template stops its campaign', () => {
  for (const code of [0, 190, 10, 131005, 131031]) expect(FAILURES[failureOfMetaCode(code)].stops).toBe('channel')
  for (const code of [132000, 132001, 132012, 132015, 132016, 131042, 131048])
    expect(FAILURES[failureOfMetaCode(code)].stops).toBe('campaign')
})
