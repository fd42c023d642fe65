import { expect, test } from 'vitest'
import { aChat, aMe, aMessage } from './fakes.ts'
import { byRank, countsAfter, isIn } from './order.rules.ts'

const me = aMe().person.id
const last = (n: number) => ({ ...aMessage(n), text: null })

test('those who wait longest come first, then those who were last heard of', () => {
  const chats = [
    aChat(1, { lastMessage: last(5) }),
    aChat(2, { waitingSince: aMessage(9).at, lastMessage: last(9) }),
    aChat(3, { lastMessage: last(8) }),
    aChat(4, { waitingSince: aMessage(2).at, lastMessage: last(20) }),
  ]
  expect(chats.toSorted(byRank).map((chat) => chat.contact.name)).toEqual(['Cliente 4', 'Cliente 2', 'Cliente 3', 'Cliente 1'])
})

test('a chat lies in the trays that say what it is', () => {
  const mine = aChat(1, { assignee: { id: me, name: 'Jorge' }, state: 'pending' })
  expect((['mine', 'unassigned', 'new', 'open', 'closed'] as const).filter((tray) => isIn(tray, mine, me))).toEqual([
    'mine',
    'open',
  ])
  const fresh = aChat(2, { state: 'new' })
  expect((['mine', 'unassigned', 'new', 'open', 'closed'] as const).filter((tray) => isIn(tray, fresh, me))).toEqual([
    'unassigned',
    'new',
    'open',
  ])
})

test('the figures follow a chat without being asked for again', () => {
  const counts = { trays: { mine: 1, unassigned: 4, new: 2, open: 9, closed: 3 }, unanswered: 5 }
  const before = aChat(1, { state: 'new', waitingSince: aMessage(1).at })
  const after = { ...before, state: 'waiting' as const, waitingSince: null, assignee: { id: aMe().person.id, name: 'Jorge' } }
  expect(countsAfter(counts, before, after, me)).toEqual({
    trays: { mine: 2, unassigned: 3, new: 1, open: 9, closed: 3 },
    unanswered: 4,
  })
})
