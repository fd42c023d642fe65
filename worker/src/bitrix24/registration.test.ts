import { expect, test } from 'vitest'
import { changesFor, EVENTS } from './registration.ts'

const handler = 'https://desk.example/bitrix24/events'
const ours = (address: string) => EVENTS.map((event) => ({ event, handler: address }))

test('what is bound exactly once stays as it is', () => {
  expect(changesFor(ours(handler), handler)).toEqual([])
})

test('a portal that knows nothing of us is told everything', () => {
  expect(changesFor([], handler).map(({ method, params }) => `${method} ${String(params['event'])}`)).toEqual(
    EVENTS.map((event) => `event.bind ${event}`),
  )
})

test('an address of ours that is old is replaced, and what somebody else bound is not touched', () => {
  const old = 'https://old.example/bitrix24/events'
  const others = { event: 'ONAPPUPDATE', handler: 'https://other.example/hook' }
  const changes = changesFor([...ours(handler), { event: 'ONAPPUPDATE', handler: old }, others], handler)
  expect(changes).toEqual([
    { method: 'event.unbind', params: { event: 'ONAPPUPDATE', handler } },
    { method: 'event.unbind', params: { event: 'ONAPPUPDATE', handler: old } },
    { method: 'event.bind', params: { event: 'ONAPPUPDATE', handler } },
  ])
})
