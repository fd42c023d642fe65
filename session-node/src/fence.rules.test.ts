import { expect, test } from 'vitest'
import { FENCE_MS } from '#contract/session-node.ts'
import { dialAgainAfter, isOver } from './fence.rules.ts'

test('a right ends a fixed time after the last ping that was answered was sent', () => {
  expect(isOver({ since: 1_000 }, 1_000 + FENCE_MS - 1)).toBe(false)
  expect(isOver({ since: 1_000 }, 1_000 + FENCE_MS)).toBe(true)
})

test('it dials again soon at first, then less often, and never all at once', () => {
  expect(dialAgainAfter(0, 0.5)).toBe(250)
  expect(dialAgainAfter(9, 0.5)).toBe(5_000)
  expect(dialAgainAfter(0, 0)).not.toBe(dialAgainAfter(0, 0.9))
})
