import { expect, test } from 'vitest'
import { AWAY_MS } from '#contract/session-node.ts'
import { problemOf } from './problem.rules.ts'

const NOW = 10_000_000

test('a number that blinks troubles nobody; one that stays away does', () => {
  const about = { state: 'reconnecting' as const, upUntil: NOW, hasNode: true }
  expect(problemOf(about, null, NOW + 1)).toEqual({ problem: null, lookAgainAt: NOW + AWAY_MS })
  expect(problemOf(about, null, NOW + AWAY_MS)).toEqual({ problem: 'session_away', lookAgainAt: null })
})

test('without a program that runs it, that is the reason', () => {
  expect(problemOf({ state: 'reconnecting', upUntil: NOW - AWAY_MS, hasNode: false }, null, NOW).problem).toBe('session_no_node')
})

test('what only a person can mend is said at once', () => {
  expect(problemOf({ state: 'logged_out', upUntil: NOW, hasNode: true }, null, NOW).problem).toBe('session_logged_out')
  expect(problemOf({ state: 'linking', upUntil: null, hasNode: true }, null, NOW).problem).toBe('session_unlinked')
})

test('a phone that is another number’s already is what is wrong, and not merely that nothing is linked', () => {
  const about = { state: 'unlinked' as const, upUntil: NOW, hasNode: true }
  expect(problemOf({ ...about, code: 'session_number_taken' }, null, NOW).problem).toBe('session_number_taken')
  expect(problemOf({ ...about, code: 'session_qr_over' }, null, NOW).problem).toBe('session_unlinked')
})

test('back again, nothing is wrong any more', () => {
  expect(problemOf({ state: 'open', upUntil: NOW, hasNode: true }, 'session_away', NOW).problem).toBeNull()
})

test('on its way back it is still away', () => {
  expect(problemOf({ state: 'connecting', upUntil: NOW, hasNode: true }, 'session_away', NOW + 5).problem).toBe('session_away')
})
