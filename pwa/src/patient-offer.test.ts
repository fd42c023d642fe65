import { beforeEach, expect, test } from 'vitest'
import { patientOffer } from './patient-offer.ts'

const DAY_MS = 24 * 3_600_000
beforeEach(() => localStorage.clear())

test('an offer comes on the second visit, once a chat was answered, and never first thing', () => {
  const offer = patientOffer('offer', 28 * DAY_MS)
  offer.countVisit()
  expect(offer.isTime(0, true)).toBe(false)
  offer.countVisit()
  expect(offer.isTime(0, false)).toBe(false)
  expect(offer.isTime(0, true)).toBe(true)
})

test('"not now" holds for weeks, over restarts', () => {
  const offer = patientOffer('offer', 28 * DAY_MS)
  offer.postpone(0)
  expect(patientOffer('offer', 28 * DAY_MS).isTime(27 * DAY_MS, true)).toBe(false)
  expect(patientOffer('offer', 28 * DAY_MS).isTime(28 * DAY_MS, true)).toBe(true)
})
