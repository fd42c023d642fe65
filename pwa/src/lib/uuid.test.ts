import { expect, test } from 'vitest'
import { timeOfUuid } from './uuid.rules.ts'
import { uuidv7 } from './uuid.ts'

test('ids sort in the order in which they were made, in one millisecond and when the clock steps back', () => {
  const now = Date.now()
  const ids = Array.from({ length: 10_000 }, (_, i) => uuidv7(i % 7 === 0 ? now - 50 : now))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

test('an id has the shape and the time of version 7', () => {
  const at = Date.now() + 60_000
  const id = uuidv7(at)
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(timeOfUuid(id)).toBe(at)
})
