import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LiveItem } from '#contract/live.ts'
import { newConnection, step, type Connection, type Doing, type Happening } from './connection.rules.ts'
import { aChat } from './fakes.ts'

const item = (seq: number, prev = seq - 1): LiveItem => ({ seq, prev, event: { type: 'chat', chat: aChat(seq) } })

/** Runs happenings one after another; time stands still unless told. */
function run(start: Connection, happenings: (Happening | { at: number; what: Happening })[], random = 0.5) {
  let connection = start
  let at = 0
  const done: Doing[] = []
  for (const next of happenings) {
    if ('at' in next) at = next.at
    const result = step(connection, 'at' in next ? next.what : next, at, random)
    connection = result.next
    done.push(...result.doings)
  }
  return { connection, done, kinds: done.map((doing) => doing.do) }
}

const hello = (seq: number): Happening => ({ type: 'frame', frame: { t: 'hello', seq } })
const ev = (...items: LiveItem[]): Happening => ({ type: 'frame', frame: { t: 'ev', items } })
const opened = (lastSeen: number) =>
  run(newConnection(lastSeen), [{ type: 'start' }, { type: 'opened' }, hello(lastSeen)]).connection

test('a phone that comes back asks from where it stood', () => {
  expect(run(newConnection(41), [{ type: 'start' }]).done).toEqual([{ do: 'dial', since: 41 }])
})

test('the first visit reads everything and goes on from the number of hello', () => {
  const { connection, done } = run(newConnection(-1), [{ type: 'start' }, { type: 'opened' }, hello(7), ev(item(8))])
  expect(done).toContainEqual({ do: 'pull', seq: 7 })
  expect(connection.lastSeen).toBe(8)
})

test('holes in the numbers are other people and no gap', () => {
  const { connection, kinds } = run(opened(10), [ev(item(13, 10), item(20, 13))])
  expect(kinds).toEqual(['apply'])
  expect(connection.lastSeen).toBe(20)
})

test('an event for us that went missing makes the phone ask again from before it', () => {
  const { connection, done } = run(opened(10), [ev(item(11), item(14, 12))])
  expect(done).toEqual([{ do: 'apply', items: [item(11)] }, { do: 'hang-up' }])
  expect(connection).toMatchObject({ phase: 'waiting', lastSeen: 11 })
})

test('events that were seen already are not applied again', () => {
  expect(run(opened(10), [ev(item(9), item(10), item(11))]).done).toEqual([{ do: 'apply', items: [item(11)] }])
})

test('a log that no longer reaches back makes the phone read everything again', () => {
  const { connection, done } = run(opened(10), [{ type: 'frame', frame: { t: 'resync', seq: 9_000 } }])
  expect(done).toEqual([{ do: 'pull', seq: 9_000 }])
  expect(connection.lastSeen).toBe(9_000)
})

test('a server that counts from the beginning again is read again', () => {
  const { done } = run(newConnection(500), [{ type: 'start' }, { type: 'opened' }, hello(3)])
  expect(done).toContainEqual({ do: 'pull', seq: 3 })
})

test('without a pong within 5 s the line is dead', () => {
  const { connection, kinds } = run(opened(1), [
    { at: 20_000, what: { type: 'tick' } },
    { at: 24_999, what: { type: 'tick' } },
    { at: 25_000, what: { type: 'tick' } },
  ])
  expect(kinds).toEqual(['say', 'hang-up'])
  expect(connection.phase).toBe('waiting')
})

test('a pong keeps the line for another 20 s', () => {
  const { connection } = run(opened(1), [
    { at: 20_000, what: { type: 'tick' } },
    { at: 20_100, what: { type: 'pong' } },
    { at: 39_000, what: { type: 'tick' } },
  ])
  expect(connection.phase).toBe('open')
})

test('coming back to the app asks at once and dials at once', () => {
  expect(
    run(opened(1), [
      { at: 3_000, what: { type: 'wake' } },
      { at: 6_000, what: { type: 'tick' } },
    ]).kinds,
  ).toEqual(['say', 'hang-up'])
  const waiting = run(opened(1), [{ type: 'closed' }]).connection
  expect(run(waiting, [{ type: 'wake' }]).kinds).toEqual(['dial'])
})

function pausesOf(first: Connection): number[] {
  let connection = first
  return Array.from({ length: 9 }, (_, tries) => {
    connection = run(connection, [{ type: tries === 0 ? 'start' : 'wake' }]).connection
    connection = step({ ...connection, tries }, { type: 'closed' }, 0, 0.999999).next
    return Math.round((connection.deadline ?? 0) / 100) / 10
  })
}

test('the pause grows with each try, up to 30 s, or 5 s under somebody’s eyes; jitter may make it any part of that', () => {
  expect(pausesOf(newConnection(5))).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30, 30])
  const seen = { ...newConnection(5), sees: { isVisible: true, chatId: null } }
  expect(pausesOf(seen)).toEqual([0.5, 1, 2, 4, 5, 5, 5, 5, 5])
  expect(step(opened(1), { type: 'closed' }, 0, 0).next.deadline).toBe(0)
})

test('a session that ended stops the stream and asks to sign in', () => {
  const { connection, kinds } = run(opened(1), [
    { type: 'frame', frame: { t: 'bye', code: 'signed_out' } },
    { at: 1e6, what: { type: 'tick' } },
  ])
  expect(kinds).toEqual(['hang-up', 'sign-out'])
  expect(connection.phase).toBe('off')
})

test('every hundred events, or 5 s after the last, the server hears how far we are', () => {
  const many = Array.from({ length: 100 }, (_, i) => item(i + 2))
  expect(run(opened(1), [ev(...many)]).done.at(-1)).toEqual({ do: 'say', text: '{"t":"ack","seq":101}' })
  const few = run(opened(1), [ev(item(2)), { at: 4_999, what: { type: 'tick' } }, { at: 5_000, what: { type: 'tick' } }])
  expect(few.done.at(-1)).toEqual({ do: 'say', text: '{"t":"ack","seq":2}' })
})

test('whatever is lost, repeated or cut, each event is applied once and in order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(12), fc.nat(12), fc.boolean()), { maxLength: 40 }), (frames) => {
      let connection = opened(0)
      const applied: number[] = []
      for (const [from, length, drops] of frames) {
        const happening: Happening = drops ? { type: 'closed' } : ev(...Array.from({ length }, (_, i) => item(from + i + 1)))
        const result = step(connection, happening, 0, 0)
        for (const doing of result.doings) if (doing.do === 'apply') applied.push(...doing.items.map(({ seq }) => seq))
        connection = result.next
        if (connection.phase === 'waiting')
          connection = run(connection, [{ type: 'wake' }, { type: 'opened' }, hello(1_000)]).connection
      }
      expect(applied).toEqual(applied.map((_, i) => i + 1))
    }),
  )
})

test('a phone that shows the app says so, with each change and when the stream opens again, and answers for a push', () => {
  const sees = { isVisible: true, chatId: 'c' }
  const seen = { do: 'say', text: JSON.stringify({ t: 'see', ...sees }) }
  const note: Happening = { type: 'frame', frame: { t: 'note', id: 'p' } }
  const { connection, done } = run(opened(10), [note, { type: 'see', sees }, note])
  expect(done).toEqual([seen, { do: 'say', text: '{"t":"noted","id":"p"}' }])
  const again = run(connection, [{ type: 'closed' }, { at: 60_000, what: { type: 'tick' } }, { type: 'opened' }, hello(10)])
  expect(again.done).toContainEqual(seen)
  const hidden = run(again.connection, [{ type: 'see', sees: { isVisible: false, chatId: 'c' } }, note])
  expect(hidden.kinds).toEqual(['say'])
})
