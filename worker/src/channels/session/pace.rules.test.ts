import { expect, test } from 'vitest'
import { breathe, fresh, type Breath } from './pace.rules.ts'

/** Sends as soon as it may, and notes when. */
function times(count: number, spread: () => number): number[] {
  let now = 0
  let breath: Breath = fresh(now)
  const sent: number[] = []
  while (sent.length < count) {
    const step = breathe('natural', breath, now, spread())
    breath = step.breath
    if (step.waitMs === 0) sent.push(now)
    else now += step.waitMs
  }
  return sent
}

test('five go at once, then one every one to three seconds', () => {
  expect(times(5, () => 0.5)).toEqual([0, 0, 0, 0, 0])
  expect(times(7, () => 0.5).slice(5)).toEqual([2_000, 4_000])
  const gaps = times(60, Math.random).slice(4)
  for (const [i, at] of gaps.entries()) {
    const before = gaps[i - 1]
    if (before === undefined) continue
    expect(at - before).toBeGreaterThanOrEqual(1_000)
    expect(at - before).toBeLessThanOrEqual(3_000)
  }
})

test('after a rest five may go at once again', () => {
  let breath: Breath = { left: 0, nextAt: 0 }
  for (let i = 0; i < 5; i += 1) {
    const step = breathe('natural', breath, 60_000, 0.5)
    expect(step.waitMs).toBe(0)
    breath = step.breath
  }
  expect(breathe('natural', breath, 60_000, 0.5).waitMs).toBeGreaterThan(0)
})

test('who wants it fast waits for nothing', () => {
  expect(breathe('fast', { left: 0, nextAt: 9_000 }, 0, 0.5).waitMs).toBe(0)
})
