import { afterEach, expect, test, vi } from 'vitest'
import { call } from './call.ts'
import { forgetEarly, mayBeEarly } from './early.ts'
import { listChats } from './first-endpoints.ts'

const url = '/api/chats?tray=open'
const page = (next: string) =>
  new Response(JSON.stringify({ items: [], next }), { headers: { 'content-type': 'application/json' } })
const ask = (asking = mayBeEarly(7)) => call(listChats, { tray: 'open' }, asking)

afterEach(() => {
  forgetEarly()
  vi.unstubAllGlobals()
})

test('an answer that is on its way already is taken once, and is older than all that was heard since', async () => {
  vi.stubGlobal('fetch', async () => page('asked again'))
  window.early = { [url]: Promise.resolve(page('early')) }
  const asking = mayBeEarly(7)
  expect((await ask(asking)).next).toBe('early')
  expect(asking.at).toBe(0)
  const second = mayBeEarly(7)
  expect((await ask(second)).next).toBe('asked again')
  expect(second.at).toBe(7)
})

test('a refused or lost early answer is asked for again; nobody gets what was asked for before they signed in', async () => {
  vi.stubGlobal('fetch', async () => page('asked again'))
  for (const early of [Promise.resolve(new Response('', { status: 401 })), Promise.reject(new TypeError('no network'))]) {
    window.early = { [url]: early }
    expect((await ask()).next).toBe('asked again')
  }
  window.early = { [url]: Promise.resolve(page('another person')) }
  forgetEarly()
  expect((await ask()).next).toBe('asked again')
})
