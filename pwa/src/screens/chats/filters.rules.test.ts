import { expect, test } from 'vitest'
import { aChat } from '../../live/fakes.ts'
import { filtersOf, passes, queryOf } from './filters.rules.ts'

const ANA = '0193bbbb-0000-7000-8000-000000000001'

test('an address is read into filters and written back the same', () => {
  const query = `assignee=${ANA}&state=new,pending&waiting=yes`
  expect(queryOf(filtersOf(`?${query}`))).toBe(query)
  expect(queryOf(filtersOf(`?waiting=yes&state=new%2Cpending&assignee=${ANA}`))).toBe(query)
})

test('what makes no sense in an address is left out', () => {
  expect(filtersOf('?assignee=ana&state=open&label=1&waiting=no&other=x')).toEqual({})
  expect(queryOf({})).toBe('')
})

test('the phone shows at once which of its chats pass', () => {
  const mine = aChat(1, { state: 'pending', waitingSince: '2026-11-20T15:00:00.000Z' })
  const closed = aChat(2, { state: 'closed' })
  expect(passes(mine, { assignee: 'none', state: 'new,pending', waiting: 'yes' })).toBe(true)
  expect(passes(mine, { assignee: ANA })).toBe(false)
  expect(passes(mine, { channel: mine.channelId })).toBe(true)
  expect(passes(closed, {})).toBe(false)
  expect(passes(closed, { state: 'closed' })).toBe(true)
  expect(passes(closed, { state: 'closed', label: ANA })).toBe(false)
})

test('a search within filters finds closed chats too, unless a state was asked for', () => {
  const closed = aChat(2, { state: 'closed' })
  expect(passes(closed, {}, true)).toBe(true)
  expect(passes(closed, { channel: closed.channelId }, true)).toBe(true)
  expect(passes(closed, { state: 'new' }, true)).toBe(false)
  expect(passes(aChat(3, { state: 'pending' }), { closed: 'today' }, true)).toBe(false)
})
