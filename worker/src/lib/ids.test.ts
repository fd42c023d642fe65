import { expect, test } from 'vitest'
import { newId, newTraceId } from './ids.ts'

test('ids are UUIDv7 and tell their time', () => {
  const now = Date.parse('2100-01-01T00:00:00Z')
  const id = newId(now)
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(now)
})

test('ids grow, more than 4,096 in a millisecond and a clock set back included', () => {
  const now = Date.parse('2100-01-02T00:00:00Z')
  const ids = Array.from({ length: 10_000 }, (_, i) => newId(i < 9_000 ? now : now - 5_000))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

test('a trace id is 16 hexadecimal digits', () => {
  expect(newTraceId()).toMatch(/^[0-9a-f]{16}$/)
})
