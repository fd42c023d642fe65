import { expect, test } from 'vitest'
import { dayIn, differenceOf, isEven, stateOf } from './reconciliation.rules.ts'

test('a day is as grave as its gravest part', () => {
  const even = { open: 0, late: 0, problem: null, lookedAt: '2026-11-21T04:07:00Z' }
  expect(stateOf(even)).toBe('even')
  expect(stateOf({ ...even, late: 2 })).toBe('late')
  expect(stateOf({ ...even, lookedAt: null })).toBe('waits')
  expect(stateOf({ ...even, late: 2, problem: 'no_answer' })).toBe('unread')
  expect(stateOf({ ...even, open: 1, late: 2, problem: 'no_answer' })).toBe('open')
})

test('all is even when every day is, and every sum; what is yet to come is not', () => {
  const day = { gateway: 'stripe' as const, day: '2026-11-21', matched: 2, decided: 0, open: 0, late: 0, problem: null }
  const even = { days: [{ ...day, lookedAt: '2026-11-22T04:07:00Z' }], balances: [], books: [] }
  expect(isEven(even)).toBe(true)
  expect(isEven({ ...even, days: [...even.days, { ...day, lookedAt: null }] })).toBe(false)
  const books = { currency: 'USD', debits: '5', credits: '5', prepaid: '3', shown: '2', seenAt: '2026-11-22T04:07:00Z' }
  expect(isEven({ ...even, books: [books] })).toBe(false)
})

test('what a gateway has more than our books is above zero, to the last millionth', () => {
  const seen = { gateway: 'stripe' as const, currency: 'USD', explained: '0', seenAt: '2026-11-21T04:07:00Z', offSince: null }
  expect(differenceOf({ ...seen, available: '9007199254740993', pending: '7', books: '9007199254740999' })).toBe(1n)
})

test('only a day of the calendar is one', () => {
  expect([dayIn('2026-11-21'), dayIn('2026-13-41'), dayIn('today'), dayIn(undefined)]).toEqual(['2026-11-21', null, null, null])
})
