import { expect, test } from 'vitest'
import { DatabaseProblem, type Database } from '../lib/sql.ts'
import { changeEvents, eventsOf, resultsOf, writeOrBury, type Written } from './commit.ts'

const nothing: Written = {
  results: [],
  chats: [],
  messages: [],
  channels: [],
  forgets: [],
  facts: [],
  templates: [],
  reads: [],
  mentions: [],
  jobs: [],
}

/** Writes everything but what holds `poison`; notes what was buried. */
function database(poison: string, again = false): { db: Database; batches: number[]; dead: unknown[] } {
  const batches: number[] = []
  const dead: unknown[] = []
  const db: Database = {
    async query(text, [, entries, reason]) {
      if (text.includes('entry_dead')) {
        dead.push([entries, reason])
        return []
      }
      const list: { id: string }[] = JSON.parse(String(entries))
      batches.push(list.length)
      if (String(entries).includes(poison)) throw new DatabaseProblem('invalid input', again, again ? '08006' : '22P02')
      return [{ written: { ...nothing, results: list.map(({ id }) => ({ messageId: id })) } }]
    },
  }
  return { db, batches, dead }
}
const entries = (...ids: string[]): string[] => ids.map((id) => JSON.stringify({ id }))

test('what can be written goes in one round trip', async () => {
  const { db, batches } = database('poison')
  const written = await writeOrBury(db, 'a', entries('1', '2', '3'))
  expect(batches).toEqual([3])
  expect(resultsOf(written).map(({ messageId }) => messageId)).toEqual(['1', '2', '3'])
})

test('one bad entry is buried whole, and holds none of the others', async () => {
  const { db, dead } = database('poison')
  const written = await writeOrBury(db, 'a', entries('1', 'poison', '3'))
  expect(resultsOf(written).map(({ messageId, dead: why }) => messageId ?? why)).toEqual(['1', 'invalid input', '3'])
  expect(dead).toEqual([['{"id":"poison"}', '22P02 invalid input']])
})

test('a database that is away buries nothing: everybody comes again', async () => {
  const { db, dead, batches } = database('1', true)
  await expect(writeOrBury(db, 'a', entries('1', '2'))).rejects.toThrow('invalid input')
  expect({ dead, batches }).toEqual({ dead: [], batches: [2] })
})

test('the one who asked to be told gets the row, the others only what became of theirs', () => {
  const message = { id: 'm', text: 'Hola' }
  const written: Written = {
    ...nothing,
    results: [
      { messageId: 'm', tell: 'm', inserted: true },
      { messageId: 'n', conflict: true },
    ],
    messages: [message],
  }
  expect(resultsOf(written)).toMatchObject([
    { messageId: 'm', inserted: true, told: JSON.stringify(message) },
    { messageId: 'n', conflict: true, told: undefined },
  ])
})

test('phones hear of a chat before its messages, and of what vanished before both', () => {
  const events = eventsOf({
    forgets: [{ chatId: 'old', into: 'new', objectKey: 'p:1', channelId: 'c' }],
    chats: [{ id: 'new' }],
    messages: [{ id: 'm' }],
    channels: [{ id: 'c' }],
    facts: [],
    templates: [{ channelId: 'c' }],
    reads: [],
    mentions: [],
  })
  expect(events.map(({ type }) => type)).toEqual(['forget', 'chat', 'message', 'channel', 'templates'])
  expect(JSON.parse(events[0]?.json ?? '')).toEqual({ type: 'forget', chatId: 'old', into: 'new' })
})

test('a change that was written elsewhere becomes the same kind of event', () => {
  expect(JSON.parse(changeEvents({ channels: [{ id: 'c' }] }))).toEqual([
    { type: 'channel', about: { channelId: 'c' }, json: '{"type":"channel","channel":{"id":"c"}}' },
  ])
})

test('chat and message carry where their chat stands, so that the Desk tells the right people', () => {
  const place = { channelId: 'c', assigneeId: 'p', departmentId: null }
  const events = eventsOf({
    forgets: [],
    channels: [],
    chats: [{ id: 'k' }],
    messages: [
      { id: 'm', chatId: 'k' },
      { id: 'n', chatId: 'unknown' },
    ],
    facts: [{ chatId: 'k', ...place, was: null }],
    templates: [],
    reads: [],
    mentions: [],
  })
  const about = { chatId: 'k', now: place, was: null }
  expect(events.map((event) => event.about)).toEqual([about, about, null])
})
