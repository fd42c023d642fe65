import { expect, test } from 'vitest'
import { PEAKS, peaksFromText, peaksOf, peaksToText } from './peaks.rules.ts'

test('a wave has 64 heights against its loudest, however long it was', () => {
  for (const length of [1, 10, 64, 1_000]) {
    const heights = peaksOf(Array.from({ length }, (_, i) => (i === length - 1 ? -0.5 : 0.25)))
    expect(heights).toHaveLength(PEAKS)
    expect(Math.max(...heights)).toBe(1)
  }
})

test('silence stays silent', () => {
  expect(peaksOf(new Float32Array(100)).every((height) => height === 0)).toBe(true)
  expect(peaksOf([])).toHaveLength(PEAKS)
})

test('as text it is 64 letters, and comes back nearly as it was', () => {
  const heights = Array.from({ length: PEAKS }, (_, i) => i / (PEAKS - 1))
  const text = peaksToText(heights)
  expect(text).toMatch(/^[A-Za-z0-9_-]{64}$/)
  for (const [i, height] of (peaksFromText(text) ?? []).entries()) expect(height).toBeCloseTo(heights[i] ?? -1, 2)
})

test('a text of somebody else draws nothing', () => {
  expect(peaksFromText('')).toBeNull()
  expect(peaksFromText('!'.repeat(64))).toBeNull()
})
