import { expect, test } from 'vitest'
import { AWAY_MS } from '#contract/session-node.ts'
import { uptimeOf, type Point } from './uptime.rules.ts'

const HOUR = 3_600_000
const NOW = Date.parse('2026-11-20T12:00:00Z')
const DAY_AGO = NOW - 24 * HOUR
const point = (hoursAgo: number, state: Point['state'], code: string | null = null): Point => ({
  at: NOW - hoursAgo * HOUR,
  state,
  code,
})
const day = (points: Point[], rests: Parameters<typeof uptimeOf>[1] = []) => uptimeOf(points, rests, DAY_AGO, NOW)

test('a number that was there all the time has a hundred per cent and one stretch', () => {
  const report = day([point(100, 'up')])
  expect(report.up).toBe(10_000)
  expect(report.strip).toEqual([{ state: 'up', slots: 240 }])
  expect(report.outages).toEqual([])
})

test('an outage of six hours is a quarter of the day, with its cause', () => {
  const report = day([point(100, 'up'), point(12, 'reconnecting', 'session_no_node'), point(6, 'up')])
  expect(report.up).toBe(7_500)
  expect(report.outages).toEqual([
    {
      since: new Date(NOW - 12 * HOUR).toISOString(),
      until: new Date(NOW - 6 * HOUR).toISOString(),
      state: 'away',
      code: 'session_no_node',
    },
  ])
  expect(report.strip.map(({ state, slots }) => `${state} ${slots}`)).toEqual(['up 120', 'away 60', 'up 60'])
})

test('a blink counts against the share, is seen on the strip, and is no outage', () => {
  const blink: Point[] = [
    point(100, 'up'),
    { at: NOW - HOUR, state: 'reconnecting', code: 'session_away' },
    { at: NOW - HOUR + AWAY_MS - 1, state: 'up', code: null },
  ]
  const report = day(blink)
  expect(report.up).toBe(9_994)
  expect(report.outages).toEqual([])
  expect(report.blinks).toBe(1)
  expect(report.strip.some(({ state }) => state === 'reconnecting')).toBe(true)
})

test('what began as a drop and ended as a logout is one outage: logged out, and it goes on', () => {
  const report = day([point(100, 'up'), point(3, 'reconnecting', 'session_away'), point(2, 'logged_out', 'session_logged_out')])
  expect(report.outages).toEqual([
    { since: new Date(NOW - 3 * HOUR).toISOString(), until: null, state: 'logged_out', code: 'session_logged_out' },
  ])
})

test('an outage that began before the day is told with its real beginning and counts only as far as the day reaches', () => {
  const report = day([point(100, 'up'), point(30, 'away', 'session_no_node'), point(18, 'up')])
  expect(report.up).toBe(7_500)
  expect(report.outages[0]?.since).toBe(new Date(NOW - 30 * HOUR).toISOString())
})

test('a pause is nobody’s fault: it counts neither way, and the outage within it is still told', () => {
  const rest = { state: 'paused' as const, from: NOW - 10 * HOUR, to: NOW - 4 * HOUR }
  const report = day([point(100, 'up'), point(9, 'away', 'session_away'), point(5, 'up')], [rest])
  expect(report.up).toBe(10_000)
  expect(report.seconds.paused).toBe(6 * 3600)
  expect(report.outages).toHaveLength(1)
})

test('before the first word nothing is known, and it counts neither way', () => {
  const report = day([point(6, 'off'), point(4, 'up')])
  expect(report.up).toBe(10_000)
  expect(report.strip.map(({ state, slots }) => `${state} ${slots}`)).toEqual(['null 180', 'off 20', 'up 40'])
})

test('a number that was never meant to be there has no share', () => {
  expect(day([point(6, 'off')]).up).toBeNull()
  expect(day([]).up).toBeNull()
})

test('thirty outages are listed, latest first, and the others counted', () => {
  const points = Array.from({ length: 40 }, (_, n) => [point(23 - n * 0.5, 'away'), point(22.75 - n * 0.5, 'up')]).flat()
  const report = day([point(100, 'up'), ...points])
  expect(report.outages).toHaveLength(30)
  expect(report.moreOutages).toBe(10)
  expect(report.outages[0]?.since).toBe(new Date(NOW - 3.5 * HOUR).toISOString())
})
