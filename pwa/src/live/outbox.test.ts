import { afterEach, expect, test, vi } from 'vitest'
import type { Message } from '#contract/inbox.ts'
import { ApiProblem } from '../api/problem.rules.ts'
import { aMessage } from './fakes.ts'
import { openLocalDb } from './local-db.ts'
import { createOutbox, type OutboxDeps } from './outbox.ts'
import { isOutgoing, type Outgoing } from './outbox.rules.ts'

let people = 0

function entry(n: number, more: Partial<Outgoing> = {}): Outgoing {
  return {
    id: aMessage(n).id,
    chatId: aMessage(n).chatId,
    what: 'message',
    kind: 'text',
    text: `hola ${n}`,
    file: null,
    mediaId: null,
    replyTo: null,
    author: { id: 'p', name: 'Jorge' },
    at: aMessage(n).at,
    state: 'queued',
    posted: false,
    attempts: 0,
    notBefore: 0,
    problem: null,
    ...more,
  }
}

/** An outbox over its own database, with a network that does as it is told. */
async function anOutbox(
  send: (entry: Outgoing) => Promise<Message> = async (e) => aMessage(Number(e.id.slice(-2)), { direction: 'out' }),
) {
  people += 1
  const db = await openLocalDb(`person-${people}`)
  const sent: string[] = []
  const confirmed: string[] = []
  const clock = { now: 1_000, isOffline: false }
  const waits: { at: number; run: () => void }[] = []
  const locks = new Map<string, Promise<void>>()
  const deps: OutboxDeps = {
    db,
    async send(e) {
      if (!isOutgoing(e)) throw new Error('a deed')
      sent.push(e.text ?? '')
      return send(e)
    },
    upload: async () => 'media-1',
    forgetUpload: () => undefined,
    confirmed: async (message) => confirmed.push(message.id),
    alone(name, run) {
      const mine = (locks.get(name) ?? Promise.resolve()).then(run)
      locks.set(
        name,
        mine.catch(() => undefined),
      )
      return mine
    },
    now: () => clock.now,
    isOffline: () => clock.isOffline,
    later(run, ms) {
      const wait = { at: clock.now + ms, run }
      waits.push(wait)
      return () => void waits.splice(waits.indexOf(wait) >>> 0, 1)
    },
    channel: { postMessage: () => undefined, onmessage: null },
  }
  const pass = (ms: number) => {
    clock.now += ms
    for (const wait of waits.splice(0))
      if (wait.at <= clock.now) wait.run()
      else waits.push(wait)
  }
  return { outbox: createOutbox(deps), deps, db, sent, confirmed, pass, waits, clock }
}

afterEach(() => vi.restoreAllMocks())

test('what is written is shown at once and gone when the server has it', async () => {
  const { outbox, confirmed, db } = await anOutbox()
  const added = outbox.add(entry(1), null)
  expect(outbox.entries().map((e) => e.state)).toEqual(['queued'])
  await added
  await vi.waitFor(() => expect(outbox.entries()).toEqual([]))
  expect(confirmed).toEqual([entry(1).id])
  expect(await db.count('outbox')).toBe(0)
})

test('news of another tab takes nothing off the screen that is just being stored', async () => {
  const { outbox, deps } = await anOutbox(() => new Promise(() => undefined))
  outbox.start()
  // What the other tab has stored is being read when somebody writes here.
  deps.channel.onmessage?.(new MessageEvent('message'))
  await outbox.add(entry(1), null)
  expect(outbox.entries().map(({ id }) => id)).toEqual([entry(1).id])
})

test('what cannot be stored is not shown as if it could, and whoever wrote it hears of it', async () => {
  const { outbox, db, sent } = await anOutbox()
  db.close()
  await expect(outbox.add(entry(1), null)).rejects.toThrow('not allowed')
  expect(outbox.entries()).toEqual([])
  expect(sent).toEqual([])
})

test('messages of a chat leave in the order in which they were written, one at a time', async () => {
  let inFlight = 0
  let most = 0
  const { outbox, sent } = await anOutbox(async (e) => {
    inFlight += 1
    most = Math.max(most, inFlight)
    // Later ones answer faster, so that only the line keeps the order.
    for (let i = 10 - Number(e.id.slice(-1)); i > 0; i -= 1) await Promise.resolve()
    inFlight -= 1
    return aMessage(1, { direction: 'out' })
  })
  await Promise.all([1, 2, 3, 4, 5].map((n) => outbox.add(entry(n), null)))
  await vi.waitFor(() => expect(outbox.entries()).toEqual([]))
  expect(sent).toEqual(['hola 1', 'hola 2', 'hola 3', 'hola 4', 'hola 5'])
  expect(most).toBe(1)
})

test('a lost network holds the line, and it goes on in order when it is back', async () => {
  let up = false
  const { outbox, sent, pass, waits } = await anOutbox(async () => {
    if (!up) throw new ApiProblem('no_network')
    return aMessage(1, { direction: 'out' })
  })
  await outbox.add(entry(1), null)
  await outbox.add(entry(2), null)
  await vi.waitFor(() => expect(waits).toHaveLength(1))
  expect(sent).toEqual(['hola 1'])
  pass(500)
  await vi.waitFor(() => expect(sent).toEqual(['hola 1', 'hola 1']))
  await vi.waitFor(() => expect(waits).toHaveLength(1))
  up = true
  outbox.wake()
  await vi.waitFor(() => expect(outbox.entries()).toEqual([]))
  expect(sent).toEqual(['hola 1', 'hola 1', 'hola 1', 'hola 2'])
})

test('a refused message stays with its reason, and the next one goes on', async () => {
  const { outbox } = await anOutbox(async (e) => {
    if (e.text === 'hola 1') throw new ApiProblem('link_not_allowed', { status: 422, traceId: 't-1' })
    return aMessage(2, { direction: 'out' })
  })
  await outbox.add(entry(1), null)
  await outbox.add(entry(2), null)
  await vi.waitFor(() => expect(outbox.entries()).toHaveLength(1))
  expect(outbox.entries()[0]).toMatchObject({
    text: 'hola 1',
    state: 'failed',
    problem: { code: 'link_not_allowed', traceId: 't-1' },
  })
})

test('a refused message can be tried again or taken back', async () => {
  let refuse = true
  const { outbox } = await anOutbox(async () => {
    if (refuse) throw new ApiProblem('channel_archived', { status: 422 })
    return aMessage(1, { direction: 'out' })
  })
  await outbox.add(entry(1), null)
  await vi.waitFor(() => expect(outbox.entries()[0]?.state).toBe('failed'))
  refuse = false
  await outbox.retry(entry(1).id)
  await vi.waitFor(() => expect(outbox.entries()).toEqual([]))
  refuse = true
  await outbox.add(entry(2), null)
  await vi.waitFor(() => expect(outbox.entries()[0]?.state).toBe('failed'))
  expect(await outbox.discard(entry(2).id)).toBe(true)
  expect(outbox.entries()).toEqual([])
})

test('what may have left already cannot be taken back', async () => {
  const { outbox, waits } = await anOutbox(async () => {
    throw new ApiProblem('timed_out')
  })
  await outbox.add(entry(1), null)
  await vi.waitFor(() => expect(waits).toHaveLength(1))
  expect(await outbox.discard(entry(1).id)).toBe(false)
})

test('without a network nothing leaves, so all of it can be taken back or written anew', async () => {
  const { outbox, sent, clock, waits, db } = await anOutbox()
  clock.isOffline = true
  const file = { blobId: 'b9', name: 'foto.jpg', mime: 'image/jpeg', size: 3 }
  await outbox.add(entry(1), null)
  await outbox.add(entry(2, { kind: 'image', file }), new Blob(['abc']))
  await outbox.add(entry(3), null)
  await vi.waitFor(() => expect(waits).toHaveLength(1))
  expect(outbox.entries()[0]).toMatchObject({ state: 'queued', problem: { code: 'no_network' } })
  expect(await outbox.discard(entry(1).id)).toBe(true)
  expect(await outbox.takeBack(entry(2).id)).toMatchObject({ file })
  expect(await db.get('blobs', 'b9')).toBeDefined()
  clock.isOffline = false
  outbox.wake()
  await vi.waitFor(() => expect(outbox.entries()).toEqual([]))
  expect(sent).toEqual(['hola 3'])
})

test('what is taken back in the moment in which its turn comes does not leave', async () => {
  const { outbox, deps, sent, clock, waits } = await anOutbox()
  clock.isOffline = true
  await outbox.add(entry(1), null)
  await vi.waitFor(() => expect(waits).toHaveLength(1))
  clock.isOffline = false
  let takenBack: Promise<boolean> | null = null
  // Asked when the line has been read, and before its first has been taken from it.
  deps.now = () => {
    takenBack ??= outbox.discard(entry(1).id)
    return clock.now
  }
  await outbox.retry(entry(1).id)
  await vi.waitFor(() => expect(takenBack).not.toBeNull())
  expect(await takenBack).toBe(true)
  await outbox.add(entry(2), null)
  await vi.waitFor(() => expect(outbox.entries()).toEqual([]))
  expect(sent).toEqual(['hola 2'])
})

test('a page that died in the middle loses nothing: the next one sends it under the same id', async () => {
  const first = await anOutbox(() => new Promise(() => undefined))
  await first.outbox.add(entry(7), null)
  await vi.waitFor(() => expect(first.outbox.entries()[0]?.state).toBe('sending'))
  const ids: string[] = []
  const second = createOutbox({
    ...first.deps,
    alone: (_, run) => run(),
    send: async (e) => {
      ids.push(e.id)
      return aMessage(7, { direction: 'out' })
    },
  })
  await second.restore()
  second.start()
  await vi.waitFor(() => expect(second.entries()).toEqual([]))
  expect(ids).toEqual([entry(7).id])
})

test('two tabs over one outbox send each message once', async () => {
  const { outbox, deps, sent } = await anOutbox()
  const other = createOutbox(deps)
  await Promise.all([1, 2, 3].map((n) => outbox.add(entry(n), null)))
  await other.restore()
  other.start()
  outbox.wake()
  other.wake()
  await vi.waitFor(async () => expect(await deps.db.count('outbox')).toBe(0))
  expect(sent.toSorted()).toEqual(['hola 1', 'hola 2', 'hola 3'])
})

test('a file is uploaded once, however often its message is tried', async () => {
  let tries = 0
  const { outbox, deps, pass, waits } = await anOutbox(async (e) => {
    tries += 1
    expect(e.mediaId).toBe('media-1')
    if (tries === 1) throw new ApiProblem('overloaded', { status: 503 })
    return aMessage(1, { direction: 'out' })
  })
  const upload = vi.spyOn(deps, 'upload')
  const file = { blobId: 'b1', name: 'foto.jpg', mime: 'image/jpeg', size: 3 }
  await outbox.add(entry(1, { kind: 'image', file }), new Blob(['abc']))
  await vi.waitFor(() => expect(waits).toHaveLength(1))
  pass(500)
  await vi.waitFor(() => expect(outbox.entries()).toEqual([]))
  expect(upload).toHaveBeenCalledTimes(1)
  expect(await deps.db.count('blobs')).toBe(0)
})
