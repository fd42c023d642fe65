import { expect, test } from 'vitest'
import { CANCEL_PX, lifted, LOCK_PX, moved, TAP_MS } from './gesture.rules.ts'

test('a tap records by itself; letting go after speaking sends', () => {
  expect(lifted(80).way).toBe('locked')
  expect(lifted(TAP_MS - 1).way).toBe('locked')
  expect(lifted(TAP_MS).way).toBe('released')
})

test('sliding away cancels, and shows how far it is', () => {
  expect(moved(-CANCEL_PX / 2, 0)).toEqual({ way: 'held', slide: CANCEL_PX / 2 })
  expect(moved(-CANCEL_PX, 5).way).toBe('cancelled')
  expect(moved(200, 0)).toEqual({ way: 'held', slide: 0 })
})

test('sliding up locks it', () => {
  expect(moved(-20, -LOCK_PX).way).toBe('locked')
  expect(moved(-LOCK_PX - 20, -LOCK_PX).way).toBe('held')
})
