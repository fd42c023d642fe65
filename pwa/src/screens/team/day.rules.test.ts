import { expect, test } from 'vitest'
import { dayEnd, dayStart } from './day.rules.ts'

test('a day begins and ends at midnight of the account', () => {
  expect(dayStart('2026-11-21', 'America/Guayaquil')).toBe('2026-11-21T05:00:00.000Z')
  expect(dayEnd('2026-11-21', 'America/Guayaquil')).toBe('2026-11-22T04:59:59.999Z')
})

test('a day on which the clock changes has its own length', () => {
  expect(dayStart('2026-03-29', 'Europe/Madrid')).toBe('2026-03-28T23:00:00.000Z')
  expect(dayEnd('2026-03-29', 'Europe/Madrid')).toBe('2026-03-29T21:59:59.999Z')
})

test('what is no day is no filter', () => {
  expect(dayStart('ayer', 'America/Lima')).toBeNull()
  expect(dayEnd('2026-13-41', 'America/Lima')).toBeNull()
})
