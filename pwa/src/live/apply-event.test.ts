import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Message } from '#contract/inbox.ts'
import { applyEvent, applyPulled, newLocal, newTouched, type Local } from './apply-event.ts'
import { aChannel, aChat, aMessage } from './fakes.ts'

const chat = aChat(1)
const last = (message: Message) => aChat(1, { rev: message.rev + 10, lastMessage: { ...message, text: message.text } })

function told(local: Local, message: Message): void {
  applyEvent(local, { type: 'chat', chat: last(message) }, newTouched())
  applyEvent(local, { type: 'message', message }, newTouched())
}

const tailOf = (local: Local) => local.logs.get(chat.id)?.tail?.items ?? []
const asked = (local: Local) => ({ chatId: chat.id, at: local.moment })

test('an event seen twice changes nothing the second time', () => {
  const local = newLocal()
  told(local, aMessage(1))
  const before = local.logs.get(chat.id)
  told(local, aMessage(1))
  expect(local.logs.get(chat.id)).toBe(before)
})

test('an older copy never replaces a newer one, in events and in pages', () => {
  const local = newLocal()
  const read = aMessage(1, { direction: 'out', status: 'read', rev: 4 })
  told(local, read)
  told(local, { ...read, status: 'sent', rev: 2 })
  applyPulled(
    local,
    { type: 'messages', way: 'latest', page: { items: [{ ...read, status: 'sent', rev: 2 }], more: false }, ...asked(local) },
    newTouched(),
  )
  expect(tailOf(local)[0]?.status).toBe('read')
})

test('a tick of a message from before the known end leaves no hole in it', () => {
  const local = newLocal()
  told(local, aMessage(50))
  applyEvent(local, { type: 'message', message: aMessage(3, { rev: 7 }) }, newTouched())
  expect(tailOf(local).map((message) => message.id)).toEqual([aMessage(50).id])
})

test('a page which does not reach the stored end takes its place', () => {
  const local = newLocal()
  applyPulled(
    local,
    { type: 'messages', way: 'latest', page: { items: [aMessage(1), aMessage(2)], more: false }, ...asked(local) },
    newTouched(),
  )
  applyPulled(
    local,
    { type: 'messages', way: 'latest', page: { items: [aMessage(8), aMessage(9)], more: true }, ...asked(local) },
    newTouched(),
  )
  expect(tailOf(local)).toEqual([aMessage(8), aMessage(9)])
  expect(local.logs.get(chat.id)?.tail?.older).toBe(true)
})

test('a chat that was taken away does not come back with a page that was asked for before', () => {
  const local = newLocal()
  applyEvent(local, { type: 'chat', chat }, newTouched())
  const at = local.moment
  applyEvent(local, { type: 'forget', chatId: chat.id, into: null }, newTouched())
  applyPulled(local, { type: 'chats', items: [chat], at }, newTouched())
  expect(local.chats.size).toBe(0)
  applyPulled(local, { type: 'chats', items: [chat], at: local.moment }, newTouched())
  expect(local.chats.size).toBe(1)
})

test('reading on from the past ends in the tail', () => {
  const local = newLocal()
  const page = (way: 'latest' | 'newer' | 'older', from: number, to: number, more: boolean) => {
    const items = Array.from({ length: to - from + 1 }, (_, i) => aMessage(from + i))
    applyPulled(local, { type: 'messages', way, page: { items, more }, ...asked(local) }, newTouched())
  }
  page('latest', 90, 99, true)
  applyPulled(local, { type: 'around', items: [aMessage(20), aMessage(21)], older: true, ...asked(local) }, newTouched())
  page('older', 10, 19, true)
  told(local, aMessage(100))
  page('newer', 22, 60, true)
  expect(local.logs.get(chat.id)?.past?.items).toHaveLength(51)
  page('newer', 61, 95, true)
  expect(local.logs.get(chat.id)?.past).toBeNull()
  expect(tailOf(local).map((message) => message.id)).toEqual(Array.from({ length: 91 }, (_, i) => aMessage(10 + i).id))
})

/** A server's history: each write gives a message a new revision; the stream tells it. */
type Write = { n: number; rev: number }
test('what is told late of a number replaces nothing newer', () => {
  const local = newLocal()
  const touched = newTouched()
  applyEvent(local, { type: 'channel', channel: { ...aChannel(), rev: 3, sandbox: true } }, touched)
  applyEvent(local, { type: 'channel', channel: { ...aChannel(), rev: 2 } }, touched)
  expect(local.channels.get(aChannel().id)?.sandbox).toBe(true)
})

const writes = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 }).map((ns) => {
  const revs = new Map<number, number>()
  let newest = -1
  const history: Write[] = []
  for (const raw of ns) {
    // A message that does not exist yet is the next one: they arrive in order, and change in any.
    const n = Math.min(raw, newest + 1)
    newest = Math.max(newest, n)
    const rev = (revs.get(n) ?? 0) + 1
    revs.set(n, rev)
    history.push({ n, rev })
  }
  return history
})

function pageAt(history: Write[], upTo: number, size: number): { items: Message[]; more: boolean } {
  const now = new Map(history.slice(0, upTo).map(({ n, rev }) => [n, rev]))
  const all = [...now].toSorted((a, b) => a[0] - b[0]).map(([n, rev]) => aMessage(n, { rev }))
  return { items: all.slice(-size), more: all.length > size }
}

test('a phone that pulled and a phone that only listened show the same', () => {
  fc.assert(
    fc.property(
      writes,
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 1, max: 8 }),
      fc.boolean(),
      (history, since, pulledAt, size, twice) => {
        // The phone knows the state at `since`; it hears all that follows, and a page of some moment in between lands
        // at some later moment.
        const from = since % (history.length + 1)
        const snapshot = from + (pulledAt % (history.length - from + 1))
        const local = newLocal()
        const first = pageAt(history, from, 5)
        applyPulled(local, { type: 'messages', way: 'latest', page: first, ...asked(local) }, newTouched())
        for (const [index, { n, rev }] of history.entries()) {
          if (index < from) continue
          for (let times = twice ? 2 : 1; times > 0; times -= 1) told(local, aMessage(n, { rev }))
          if (index === Math.floor((snapshot + history.length) / 2)) {
            applyPulled(
              local,
              { type: 'messages', way: 'latest', page: pageAt(history, snapshot, size), ...asked(local) },
              newTouched(),
            )
          }
        }
        const truth = pageAt(history, history.length, Number.POSITIVE_INFINITY).items
        const seen = tailOf(local)
        // The end of the chat, whole and current, from wherever this phone's knowledge begins.
        expect(seen).toEqual(truth.slice(truth.length - seen.length))
        if (history.length > from) expect(seen.length).toBeGreaterThan(0)
      },
    ),
    { numRuns: 2_000 },
  )
})
