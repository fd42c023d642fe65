import { expect, test } from 'vitest'
import { dayBegin, dayEnd } from './company-day.rules.ts'

test('a day is whole where the company is, and half a day is none', () => {
  expect(dayBegin('2026-11-22', 'America/Guayaquil')).toBe('2026-11-22T05:00:00.000Z')
  expect(dayEnd('2026-11-22', 'America/Guayaquil')).toBe('2026-11-23T04:59:59.999Z')
  expect(dayBegin('2026-11-22', 'Asia/Kolkata')).toBe('2026-11-21T18:30:00.000Z')
  expect(dayBegin('2026-11-22', 'UTC')).toBe('2026-11-22T00:00:00.000Z')
  // The clocks of Madrid go forward that night: the day has 23 hours.
  expect([dayBegin('2026-03-29', 'Europe/Madrid'), dayEnd('2026-03-29', 'Europe/Madrid')]).toEqual([
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T21:59:59.999Z',
  ])
  expect(dayBegin('', 'UTC')).toBeNull()
})
