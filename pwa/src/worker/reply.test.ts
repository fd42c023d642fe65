import { afterEach, expect, test, vi } from 'vitest'
import type { What } from '../live/deed.rules.ts'
import { aChat, aLabel } from '../live/fakes.ts'
import { openLocalDb } from '../live/local-db.ts'
import type { Deed, Entry, Outgoing } from '../live/outbox.rules.ts'
import { uuidv7 } from '../lib/uuid.ts'
import { replyFromNotice } from './reply.ts'

const chat = aChat(1)
const chatId = chat.id
let people = 0

/** A service worker whose person left `waiting` in the outbox. `no`: what the server refuses, by the end of the address. */
async function aWorker(waiting: Entry[], no: Record<string, number> = {}) {
  people += 1
  const personId = `person-${people}`
  const db = await openLocalDb(personId)
  for (const entry of waiting) await db.put('outbox', entry)
  const asked: string[] = []
  vi.stubGlobal('navigator', { locks: { request: (_name: string, run: () => Promise<unknown>) => run() } })
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    const last = url.split('/').at(-1) ?? ''
    const said = last === 'messages' && typeof init?.body === 'string' ? JSON.parse(init.body).text : last
    asked.push(said)
    const status = no[said] ?? 200
    const type = status === 200 ? 'application/json' : 'application/problem+json'
    return new Response(JSON.stringify({ code: 'forbidden', traceId: 't' }), { status, headers: { 'content-type': type } })
  })
  return {
    asked,
    reply: (text: string) => replyFromNotice(personId, chatId, text),
    left: async () =>
      (await db.getAll('outbox')).map((entry) => [entry.what === 'deed' ? entry.deed.do : entry.text, entry.state]),
    [Symbol.dispose]: () => db.close(),
  }
}

const waits = { chatId, state: 'queued', posted: false, attempts: 0, notBefore: 0, problem: null } as const
const deed = (what: What): Deed => ({ ...waits, id: uuidv7(), at: new Date().toISOString(), what: 'deed', deed: what })
const words = (text: string, more: Partial<Outgoing> = {}): Outgoing => ({
  ...{ ...waits, id: uuidv7(), at: new Date().toISOString(), what: 'message', kind: 'text', text, file: null, mediaId: null },
  ...{ replyTo: null, author: { id: 'p', name: 'Jorge' } },
  ...more,
})
const mark: What = { do: 'label', label: aLabel(1), on: true, chatId, messageId: null }
const settle: What = { do: 'settle', chatId, seen: { waitingSince: null, unanswered: 0, assigneeId: null } }

afterEach(() => vi.unstubAllGlobals())

test('a reply in a notification goes after what was done and written before it, without the app', async () => {
  using worker = await aWorker([deed(mark), words('Un momento', { kind: 'text' }), deed(settle)])
  expect(await worker.reply('Ya le envío')).toBe(true)
  expect(worker.asked).toEqual([aLabel(1).id, 'Un momento', 'settled', 'Ya le envío'])
  expect(await worker.left()).toEqual([])
})

test('what the server refuses steps aside with its reason, and the reply goes', async () => {
  using worker = await aWorker([deed(settle)], { settled: 403 })
  expect(await worker.reply('Ya le envío')).toBe(true)
  expect(await worker.left()).toEqual([['settle', 'failed']])
})

test('where the server cannot answer, or a file has not gone, the reply waits behind it', async () => {
  using broken = await aWorker([deed(settle)], { settled: 503 })
  expect(await broken.reply('Ya le envío')).toBe(false)
  expect(broken.asked).toEqual(['settled'])
  expect(await broken.left()).toEqual([
    ['settle', 'queued'],
    ['Ya le envío', 'queued'],
  ])
  const file = { blobId: 'b', name: 'recibo.pdf', mime: 'application/pdf', size: 9 }
  using withFile = await aWorker([words('recibo', { kind: 'document', file })])
  expect(await withFile.reply('Va adjunto')).toBe(false)
  expect(withFile.asked).toEqual([])
})
