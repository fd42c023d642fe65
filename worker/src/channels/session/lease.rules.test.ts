import { expect, test } from 'vitest'
import { FENCE_MS, LEASE_MS, PING_MS } from '#contract/session-node.ts'
import { mayOwn, type Lease } from './lease.rules.ts'

const NOW = 1_000_000
const lease = (more: Partial<Lease> = {}): Lease => ({ node: 'a', epoch: 3, heardAt: NOW - 1_000, left: false, ...more })
const fresh = (node: string) => ({ node, epoch: null })

test('only the node that the Fleet chose may have a number', () => {
  expect(mayOwn(fresh('b'), 'a', null, 0, NOW)).toEqual({ do: 'deny' })
})

test('the first owner gets the first epoch', () => {
  expect(mayOwn(fresh('a'), 'a', null, 0, NOW)).toEqual({ do: 'grant', epoch: 1 })
})

test('another node waits until the owner’s right has run out', () => {
  expect(mayOwn(fresh('b'), 'b', lease(), 3, NOW)).toEqual({ do: 'wait', ms: LEASE_MS - 1_000 })
  expect(mayOwn(fresh('b'), 'b', lease(), 3, NOW - 1_000 + LEASE_MS)).toEqual({ do: 'grant', epoch: 4 })
})

test('a number that was given back is free at once', () => {
  expect(mayOwn(fresh('b'), 'b', lease({ left: true }), 3, NOW)).toEqual({ do: 'grant', epoch: 4 })
})

test('the owner that comes back in time goes on; too late, it begins anew', () => {
  expect(mayOwn({ node: 'a', epoch: 3 }, 'a', lease(), 3, NOW)).toEqual({ do: 'resume', epoch: 3 })
  expect(mayOwn({ node: 'a', epoch: 3 }, 'a', lease(), 3, NOW + LEASE_MS)).toEqual({ do: 'grant', epoch: 4 })
})

test('what an earlier life of the owner holds is worth nothing', () => {
  expect(mayOwn(fresh('a'), 'a', lease(), 3, NOW)).toEqual({ do: 'grant', epoch: 4 })
  expect(mayOwn({ node: 'a', epoch: 2 }, 'a', lease(), 3, NOW)).toEqual({ do: 'grant', epoch: 4 })
})

test('a node falls silent before its number can be somebody else’s, though one ping went unheard', () => {
  expect(FENCE_MS + PING_MS).toBeLessThanOrEqual(LEASE_MS)
})
