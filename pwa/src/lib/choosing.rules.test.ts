import { expect, test } from 'vitest'
import { CHATS_AT_ONCE } from '#contract/bulk.ts'
import { added, MOST, reached, toggled } from './choosing.rules.ts'

const order = ['a', 'b', 'c', 'd', 'e']

test('a second touch takes a chat out again', () => {
  expect([...toggled(toggled(new Set(), 'a'), 'b')]).toEqual(['a', 'b'])
  expect([...toggled(new Set(['a', 'b']), 'a')]).toEqual(['b'])
})

test('a shift-click reaches from the last touched row, upwards as well, and keeps what was chosen', () => {
  expect([...reached(new Set(['a']), order, 'b', 'd')]).toEqual(['a', 'b', 'c', 'd'])
  expect([...reached(new Set(['d']), order, 'd', 'b')].toSorted()).toEqual(['b', 'c', 'd'])
})

test('a shift-click after the last touched row has left the list chooses one row', () => {
  expect([...reached(new Set(), order, 'gone', 'c')]).toEqual(['c'])
  expect([...reached(new Set(), order, null, 'c')]).toEqual(['c'])
})

test('nobody chooses more than one request may name', () => {
  const many = Array.from({ length: MOST + 20 }, (_, n) => String(n))
  expect(added(new Set(), many).size).toBe(CHATS_AT_ONCE)
  expect(toggled(added(new Set(), many), 'x').has('x')).toBe(false)
})
