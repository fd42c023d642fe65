import { expect, test } from 'vitest'
import { holidaysOf } from './holidays.ts'
import { ALWAYS, attentionAt, hoursProblem, instantOf, isDayValid, rangeOf, timeOf, type Hours, type Range } from './hours.ts'

const WORK: Range[] = [
  [8 * 60, 13 * 60],
  [14 * 60, 18 * 60],
]
const office: Hours = { ...ALWAYS, timeZone: 'America/Guayaquil', week: [WORK, WORK, WORK, WORK, WORK, [], []] }
const at = (iso: string) => Date.parse(iso)
const said = (hours: Hours, iso: string) => {
  const { isOpen, since, until } = attentionAt(hours, at(iso))
  return [isOpen, since === null ? null : new Date(since).toISOString(), until === null ? null : new Date(until).toISOString()]
}

test('a number is open in its hours, closed at noon, and says when that changes', () => {
  // Friday 20 November 2026, Guayaquil is five hours behind UTC.
  expect(said(office, '2026-11-20T13:00:00Z')).toEqual([true, '2026-11-20T13:00:00.000Z', '2026-11-20T18:00:00.000Z'])
  expect(said(office, '2026-11-20T12:59:59Z')).toEqual([false, '2026-11-19T23:00:00.000Z', '2026-11-20T13:00:00.000Z'])
  expect(said(office, '2026-11-20T18:00:00Z')).toEqual([false, '2026-11-20T18:00:00.000Z', '2026-11-20T19:00:00.000Z'])
})

test('a weekend is one closed period, from Friday evening to Monday morning', () => {
  const period = [false, '2026-11-20T23:00:00.000Z', '2026-11-23T13:00:00.000Z']
  for (const moment of ['2026-11-20T23:00:00Z', '2026-11-21T17:00:00Z', '2026-11-23T12:59:00Z'])
    expect(said(office, moment)).toEqual(period)
})

test('a night shift runs over midnight, and belongs to the day on which it begins', () => {
  const night: Hours = { ...office, week: [[], [], [], [], [rangeOf(22 * 60, 2 * 60)], [], []] }
  expect(said(night, '2026-11-21T06:30:00Z')).toEqual([true, '2026-11-21T03:00:00.000Z', '2026-11-21T07:00:00.000Z'])
  expect(said(night, '2026-11-21T07:00:00Z')[0]).toBe(false)
  // An exception of Saturday does not cut off Friday's night.
  expect(said({ ...night, exceptions: { '2026-11-21': [] } }, '2026-11-21T06:30:00Z')[0]).toBe(true)
  expect(said({ ...night, exceptions: { '2026-11-20': [] } }, '2026-11-21T06:30:00Z')[0]).toBe(false)
})

test('days that touch at midnight are one opening; always open has no end, and always closed neither', () => {
  const always: Hours = { ...office, ...ALWAYS }
  expect(said(always, '2026-11-21T05:00:00Z')).toEqual([true, null, null])
  expect(said({ ...always, exceptions: { '2026-11-22': [] } }, '2026-11-21T05:00:00Z')).toEqual([
    true,
    null,
    '2026-11-22T05:00:00.000Z',
  ])
  expect(said({ ...office, week: [[], [], [], [], [], [], []] }, '2026-11-21T05:00:00Z')).toEqual([false, null, null])
})

test('a holiday is closed unless it is worked, and an exception is stronger than both', () => {
  const cuenca = '2026-11-03T15:00:00Z'
  const rested: Hours = { ...office, holidays: 'EC' }
  expect(said(rested, cuenca)).toEqual([false, '2026-10-30T23:00:00.000Z', '2026-11-04T13:00:00.000Z'])
  expect(said({ ...rested, worked: ['Independencia de Cuenca'] }, cuenca)[0]).toBe(true)
  expect(said({ ...rested, exceptions: { '2026-11-03': [[9 * 60, 12 * 60]] } }, cuenca)).toEqual([
    true,
    '2026-11-03T14:00:00.000Z',
    '2026-11-03T17:00:00.000Z',
  ])
})

test('the wall decides when summer time begins and ends: Santiago and New York', () => {
  // Chile put its clocks forward in the night of 6 September 2026, and the shift still begins at 09:00.
  const santiago: Hours = {
    ...ALWAYS,
    timeZone: 'America/Santiago',
    week: Array.from({ length: 7 }, () => [[9 * 60, 18 * 60]] satisfies Range[]),
  }
  expect(said(santiago, '2026-09-05T13:30:00Z')).toEqual([true, '2026-09-05T13:00:00.000Z', '2026-09-05T22:00:00.000Z'])
  expect(said(santiago, '2026-09-06T12:30:00Z')).toEqual([true, '2026-09-06T12:00:00.000Z', '2026-09-06T21:00:00.000Z'])
  // 02:30 of 8 March 2026 does not exist in New York: it is the moment of the jump. 01:30 of 1 November comes twice: the first.
  expect(new Date(instantOf('America/New_York', '2026-03-08', 150)).toISOString()).toBe('2026-03-08T07:00:00.000Z')
  expect(new Date(instantOf('America/New_York', '2026-11-01', 90)).toISOString()).toBe('2026-11-01T05:30:00.000Z')
  // A jump at midnight: the day begins at 01:00.
  expect(new Date(instantOf('America/Santiago', '2026-09-06', 0)).toISOString()).toBe('2026-09-06T04:00:00.000Z')
})

test('what is typed is checked: order, overlap, length, dates and zone', () => {
  expect(isDayValid(WORK)).toBe(true)
  expect(isDayValid([[480, 480]])).toBe(false)
  expect(
    isDayValid([
      [480, 800],
      [700, 900],
    ]),
  ).toBe(false)
  expect(isDayValid([[1320, 1560]])).toBe(true)
  expect(isDayValid([[1320, 2900]])).toBe(false)
  expect(hoursProblem(office)).toBe(null)
  expect(hoursProblem({ ...office, timeZone: 'America/Nowhere' })).toBe('time_zone_unknown')
  expect(hoursProblem({ ...office, exceptions: { '2026-02-30': [] } })).toBe('hours_invalid')
  expect(timeOf(1560)).toBe('02:00')
})

test('holidays of each country fall where they were rested on', () => {
  const dates = (country: Parameters<typeof holidaysOf>[0], year: number) =>
    holidaysOf(country, year).map(({ date }) => date.slice(5))
  expect(dates('EC', 2025)).toEqual([
    '01-01',
    '03-03',
    '03-04',
    '04-18',
    '05-02',
    '05-23',
    '08-11',
    '10-10',
    '11-03',
    '11-04',
    '12-25',
  ])
  expect(dates('CO', 2026)).toEqual(
    ['01-01', '01-12', '03-23', '04-02', '04-03', '05-01', '05-18', '06-08', '06-15', '06-29', '07-20', '08-07', '08-17'].concat([
      '10-12',
      '11-02',
      '11-16',
      '12-08',
      '12-25',
    ]),
  )
  expect(dates('AR', 2026)).toContain('11-23')
  expect(dates('CL', 2024)).toEqual(expect.arrayContaining(['06-20', '09-20', '10-31']))
  expect(dates('CL', 2023)).toEqual(expect.arrayContaining(['01-02', '10-27']))
  expect(dates('MX', 2024)).toContain('10-01')
  expect(dates('MX', 2026)).toEqual(['01-01', '02-02', '03-16', '05-01', '09-16', '11-16', '12-25'])
  expect(dates('PE', 2026)).toEqual(expect.arrayContaining(['04-02', '04-03', '07-23', '12-09']))
  expect(dates('BR', 2026)).toEqual(expect.arrayContaining(['02-17', '04-03', '06-04', '11-20']))
  expect(dates('US', 2026)).toEqual(expect.arrayContaining(['05-25', '07-03', '11-26']))
  // New Year's Day of 2028 is a Saturday: rested on in the year before.
  expect(dates('US', 2027)).toContain('12-31')
})
