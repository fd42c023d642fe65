import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextStep, retryAt, RETRY_AFTER_MS, writeAgainAfter, type Waiting } from './outgoing.rules.ts'

const NOW = 1_000_000
const waiting = (messageId: string, change: Partial<Waiting> = {}): Waiting => ({
  messageId,
  state: 'ready',
  attempts: 0,
  notBefore: 0,
  ...change,
})

test('an empty line rests', () => {
  expect(nextStep([], false, NOW)).toEqual({ do: 'rest' })
})

test('the first message that is ready goes', () => {
  expect(nextStep([waiting('hola'), waiting('chau')], false, NOW)).toEqual({ do: 'send', messageId: 'hola' })
})

test('the second message waits for the first one, even when the first backs off', () => {
  const line = [waiting('hola', { notBefore: NOW + 500 }), waiting('chau')]
  expect(nextStep(line, false, NOW)).toEqual({ do: 'sleep', until: NOW + 500 })
})

test('while one is on its way, nothing else leaves', () => {
  expect(nextStep([waiting('hola'), waiting('chau')], true, NOW)).toEqual({ do: 'rest' })
})

test('what PostgreSQL does not have yet is not sent', () => {
  expect(nextStep([waiting('hola', { state: 'writing' }), waiting('chau')], false, NOW)).toEqual({ do: 'rest' })
})

test('a lease without a flight is a doubt and is never sent again by itself', () => {
  expect(nextStep([waiting('hola', { state: 'leased', attempts: 1 })], false, NOW)).toEqual({ do: 'doubt', messageId: 'hola' })
})

test('each try waits longer than the one before, and after the last one it is enough', () => {
  const waits = RETRY_AFTER_MS.map((_, i) => retryAt(i + 1, 0, 0.5, undefined))
  expect(waits).toEqual([...RETRY_AFTER_MS])
  expect(retryAt(RETRY_AFTER_MS.length + 1, 0, 0.5, undefined)).toBeNull()
})

test('a provider that asks for patience is given it', () => {
  expect(retryAt(1, NOW, 0.5, 90_000)).toBe(NOW + 90_000)
})

test('the jitter stays within a fifth of the wait', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: RETRY_AFTER_MS.length }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (tries, spread) => {
        const wait = RETRY_AFTER_MS[tries - 1] ?? 0
        const at = retryAt(tries, 0, spread, undefined) ?? -1
        expect(at).toBeGreaterThanOrEqual(wait * 0.8)
        expect(at).toBeLessThanOrEqual(wait * 1.2)
      },
    ),
  )
})

test('an outage of the database is asked about at least every 36 seconds, however long it lasts', () => {
  expect(writeAgainAfter(1, 0.5)).toBe(1_000)
  expect(writeAgainAfter(10_000, 0.999)).toBeLessThanOrEqual(36_000)
})
