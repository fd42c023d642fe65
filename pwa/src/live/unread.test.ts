import { expect, test } from 'vitest'
import { aMessage } from './fakes.ts'
import { unreadIn } from './unread.rules.ts'

const items = [
  aMessage(1),
  aMessage(2, { direction: 'out' }),
  aMessage(3),
  aMessage(4, { direction: 'note' }),
  aMessage(5, { kind: 'system' }),
  aMessage(6),
]

test('what the customer said after the last look is unread; our own words, notes and lines of the system are not', () => {
  expect(unreadIn({ items, older: false }, aMessage(2).at)).toEqual({ first: aMessage(3).id, count: 2 })
  expect(unreadIn({ items, older: true }, aMessage(2).at)).toEqual({ first: aMessage(3).id, count: 2 })
  expect(unreadIn({ items, older: false }, aMessage(6).at)).toBeNull()
})

test('when more is unread than is at hand, the first one has to be asked for', () => {
  expect(unreadIn({ items, older: true }, aMessage(0).at)).toEqual({ first: null, count: 3 })
  expect(unreadIn({ items, older: false }, aMessage(0).at)).toEqual({ first: aMessage(1).id, count: 3 })
})
