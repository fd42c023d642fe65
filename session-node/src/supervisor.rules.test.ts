import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterEnd, backOff, FRESH, lookAt, nowUp, turnFor } from './supervisor.rules.ts'
import type { Course, Ended, Signs } from './supervisor.rules.ts'

const NOW = 1_000_000
const closed = (code: number): Ended => ({ how: 'closed', code })
const linked = (code: number, course: Course = FRESH, dice = 0.5) => afterEnd(closed(code), true, course, NOW, dice)

test.each([
  [515, { do: 'connect', inMs: 0, standing: { state: 'connecting' } }],
  [428, { do: 'connect', inMs: 2_000, standing: { state: 'reconnecting', code: 'session_away', providerCode: '428' } }],
  [408, { do: 'connect', inMs: 2_000, standing: { state: 'reconnecting' } }],
  [500, { do: 'connect', inMs: 2_000, standing: { state: 'reconnecting' } }],
  [503, { do: 'connect', inMs: 30_000, standing: { state: 'reconnecting' } }],
  [440, { do: 'connect', inMs: 45_000, standing: { state: 'reconnecting', code: 'session_replaced' } }],
  [405, { do: 'connect', inMs: 0, newVersion: true }],
  [401, { do: 'rest', forget: true, standing: { state: 'logged_out', code: 'session_logged_out', providerCode: '401' } }],
  [403, { do: 'rest', forget: false, standing: { state: 'blocked', code: 'session_blocked' } }],
  [402, { do: 'rest', standing: { state: 'blocked' } }],
  [406, { do: 'rest', standing: { state: 'blocked' } }],
  [411, { do: 'rest', standing: { state: 'blocked' } }],
  [599, { do: 'connect', standing: { state: 'reconnecting', providerCode: '599' } }],
])('a linked number whose line ends with %s', (code, next) => {
  expect(linked(code)).toMatchObject(next)
})

test('pauses double up to half a minute, after many failures to five minutes, and ten good minutes make it forget', () => {
  expect([1, 2, 3, 8, 30].map((failures) => backOff(failures, 0.999_999))).toEqual([4_000, 8_000, 16_000, 30_000, 300_000])
  const tired = { ...FRESH, failures: 9 }
  expect(linked(428, tired)).toMatchObject({ inMs: 15_000, course: { failures: 10 } })
  expect(linked(428, nowUp(tired, NOW - 599_000))).toMatchObject({ course: { failures: 10 } })
  expect(linked(428, nowUp(tired, NOW - 600_000))).toMatchObject({ inMs: 2_000, course: { failures: 1 } })
})

test('a restart that WhatsApp asks for is no failure', () => {
  expect(linked(515, { ...FRESH, failures: 3 }).course.failures).toBe(3)
})

test('another line takes its place three times; then it gives way for good', () => {
  let course = FRESH
  for (const _turn of [1, 2, 3]) {
    const next = linked(440, course)
    expect(next.do).toBe('connect')
    course = next.course
  }
  expect(linked(440, course)).toMatchObject({
    do: 'rest',
    forget: false,
    standing: { state: 'replaced', code: 'session_replaced' },
  })
})

test('a version that WhatsApp refuses is renewed once; refused again, the number waits', () => {
  const { course } = linked(405)
  expect(linked(405, course)).toMatchObject({ do: 'rest', standing: { state: 'refused', code: 'session_refused' } })
  expect(linked(405, nowUp(course, NOW))).toMatchObject({ do: 'connect', newVersion: true })
})

test('a code that nobody scanned is over: nothing is asked for again, and nothing is kept', () => {
  expect(afterEnd(closed(408), false, FRESH, NOW, 0.5)).toMatchObject({
    ...{ do: 'rest', forget: true, standing: { state: 'unlinked', code: 'session_qr_over' } },
  })
})

test('a link that WhatsApp refuses, or that breaks again and again, ends with a reason', () => {
  const newcomer = (ended: Ended, course = FRESH) => afterEnd(ended, false, course, NOW, 0.5)
  expect(newcomer(closed(401))).toMatchObject({ do: 'rest', standing: { code: 'session_link_refused' } })
  const first = newcomer(closed(428))
  const second = newcomer({ how: 'refused', status: 503 }, first.course)
  expect([first, second]).toMatchObject([{ do: 'connect', standing: { state: 'linking' } }, { do: 'connect' }])
  expect(newcomer({ how: 'stuck' }, second.course)).toMatchObject({
    do: 'rest',
    standing: { state: 'unlinked', providerCode: 'stuck' },
  })
})

test('whatever the code, there is a next step: at once, later, or a reason to rest', () => {
  const ends = fc.oneof(
    fc.integer().map(closed),
    fc.integer().map((status): Ended => ({ how: 'refused', status })),
    fc.constant<Ended>({ how: 'stuck' }),
  )
  fc.assert(
    fc.property(
      ends,
      fc.boolean(),
      fc.nat(50),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (ended, isLinked, failures, dice) => {
        const next = afterEnd(ended, isLinked, { ...FRESH, failures }, NOW, dice)
        if (next.do === 'rest') expect(next.standing.code).toMatch(/^session_/)
        else expect(next.inMs).toBeGreaterThanOrEqual(0)
        if (next.do === 'connect') expect(next.inMs).toBeLessThanOrEqual(300_000)
      },
    ),
  )
})

const SIGNS: Signs = { startedAt: NOW, shownAt: null, openAt: null, readyAt: null, stuckSince: null, flushedAt: null }

test('a line that shows nothing for 45 seconds, or never becomes ready, is ended', () => {
  expect(lookAt(SIGNS, NOW + 44_999)).toBe('fine')
  expect(lookAt(SIGNS, NOW + 45_000)).toBe('end')
  expect(lookAt({ ...SIGNS, shownAt: NOW + 1 }, NOW + 300_000)).toBe('fine')
  expect(lookAt({ ...SIGNS, openAt: NOW }, NOW + 90_000)).toBe('end')
  expect(lookAt({ ...SIGNS, openAt: NOW, readyAt: NOW + 5 }, NOW + 900_000)).toBe('fine')
})

test('a line that is open and deaf is shaken after a minute, and ended after another', () => {
  const deaf = { ...SIGNS, openAt: NOW, readyAt: NOW, stuckSince: NOW + 10 }
  expect(lookAt(deaf, NOW + 60_000)).toBe('fine')
  expect(lookAt(deaf, NOW + 60_010)).toBe('flush')
  expect(lookAt({ ...deaf, flushedAt: NOW + 60_010 }, NOW + 120_000)).toBe('fine')
  expect(lookAt({ ...deaf, flushedAt: NOW + 60_010 }, NOW + 120_010)).toBe('end')
})

test('fifty numbers that start at once connect five a second', () => {
  const turns: number[] = []
  for (let at = 0; at < 50; at += 1) turns.push(turnFor(turns, NOW))
  expect(turns.filter((turn) => turn < NOW + 1_000)).toHaveLength(5)
  expect(turns.at(-1)).toBe(NOW + 9_000)
})
