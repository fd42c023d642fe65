import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { heldOrder } from './stable-order.rules.ts'

test('a held list keeps its places and says that the order is another one', () => {
  expect(heldOrder(['a', 'b', 'c'], ['c', 'a', 'b'])).toEqual({ ids: ['a', 'b', 'c'], isBehind: true })
  expect(heldOrder(['a', 'b', 'c'], ['a', 'c'])).toEqual({ ids: ['a', 'b', 'c'], isBehind: true })
})

test('the next page is added at the end of a held list', () => {
  expect(heldOrder(['a', 'b'], ['a', 'b', 'c', 'd'])).toEqual({ ids: ['a', 'b', 'c', 'd'], isBehind: false })
})

test('no row that is shown ever moves', () => {
  const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 })
  fc.assert(
    fc.property(ids, ids, (shown, wanted) => {
      expect(heldOrder(shown, wanted).ids.slice(0, shown.length)).toEqual(shown)
    }),
  )
})
