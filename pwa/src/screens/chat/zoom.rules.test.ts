import { expect, test } from 'vitest'
import { FIT, held, swept, tapped, zoomedAt } from './zoom.rules.ts'

const frame = { width: 400, height: 800 }

test('two taps come close where the finger is, two more show it whole', () => {
  const close = tapped(FIT, { x: 100, y: -200 }, frame)
  expect(close.scale).toBe(2.5)
  // What was under the finger still is.
  expect(100 - (100 - close.x)).toBeCloseTo(close.x)
  expect(close).toEqual({ scale: 2.5, x: -150, y: 300 })
  expect(tapped(close, { x: 0, y: 0 }, frame)).toEqual(FIT)
})

test('a picture never leaves its frame, and is never smaller than it', () => {
  expect(held({ scale: 0.2, x: 50, y: 50 }, frame)).toEqual(FIT)
  expect(held({ scale: 2, x: 9_999, y: -9_999 }, frame)).toEqual({ scale: 2, x: 200, y: -400 })
  expect(zoomedAt({ scale: 5, x: 0, y: 0 }, 10, { x: 0, y: 0 }, frame).scale).toBe(6)
})

test('a sweep to the side goes on, one up or down and a short one do not', () => {
  expect(swept(-90, 10)).toBe(1)
  expect(swept(90, 10)).toBe(-1)
  expect(swept(-90, 80)).toBe(0)
  expect(swept(30, 0)).toBe(0)
})
