import { expect, test } from 'vitest'
import type { Held } from './call-waits.rules.ts'
import { CallQueue, type Tried, type Wanted } from './call-queue.ts'
import { ORDINARY } from './rest/limits.rules.ts'

type Try = { wanted: Wanted; answer: (tried: Tried) => Promise<void> }
const fine: Tried = { ok: true, result: 'ok', operating: 0, operatingResetAt: null }
const failed = (kind: Extract<Tried, { ok: false }>['kind'], operatingResetAt: number | null = null): Tried => ({
  ...{ ok: false, kind, code: kind, text: '', operatingResetAt },
})
/** What was promised has happened. */
const settle = async () => {
  for (let n = 0; n < 5; n += 1) await Promise.resolve()
}

/** A queue with a clock by hand; tries wait until they are answered. */
function aQueue() {
  let now = 1_772_700_000_000
  const tries: Try[] = []
  let timers: { at: number; work: () => void }[] = []
  const circuits: (string | null)[] = []
  const told: Held[] = []
  const queue = new CallQueue({
    attempt: (wanted) => {
      const { promise, resolve } = Promise.withResolvers<Tried>()
      tries.push({ wanted, answer: async (tried) => (resolve(tried), settle()) })
      return promise
    },
    now: () => now,
    after: (ms, work) => void timers.push({ at: now + ms, work }),
    plan: () => ORDINARY,
    turned: ({ why }) => void circuits.push(why),
    held: (held) => void told.push(held),
  })
  const pass = async (ms: number) => {
    now += ms
    const due = timers.filter(({ at }) => at <= now)
    timers = timers.filter(({ at }) => at > now)
    for (const { work } of due) work()
    await settle()
  }
  const call = (method: string, more: Partial<Wanted> = {}) => queue.call({ method, params: {}, priority: 'message', ...more })
  const seen = () => tries.map(({ wanted }) => wanted.method)
  return { call, tries, pass, seen, circuits, told, waits: () => queue.waits(), now: () => now }
}

test('what is urgent goes first, and what belongs to one chat in its order', async () => {
  const { call, tries, seen } = aQueue()
  void call('a1', { order: 'a' })
  void call('b1', { order: 'b' })
  void call('c1', { order: 'c' })
  void call('d1', { order: 'd' })
  void call('sync', { priority: 'sync' })
  void call('a2', { order: 'a' })
  void call('status', { priority: 'status' })
  void call('e1', { order: 'e' })
  expect(seen()).toEqual(['a1', 'b1', 'c1', 'd1'])
  await tries[1]?.answer(fine)
  expect(seen().at(-1)).toBe('e1')
  await tries[2]?.answer(fine)
  expect(seen().at(-1)).toBe('status')
  await tries[3]?.answer(fine)
  expect(seen().at(-1)).toBe('sync')
  await tries[0]?.answer(fine)
  expect(seen().at(-1)).toBe('a2')
})

test('one that failed and goes again keeps its place in its chat', async () => {
  const { call, tries, seen, pass } = aQueue()
  const first = call('a1', { order: 'a', isRepeatable: true })
  void call('a2', { order: 'a' })
  await tries[0]?.answer(failed('retry'))
  expect(seen()).toEqual(['a1'])
  await pass(1_000)
  expect(seen()).toEqual(['a1', 'a1'])
  await tries[1]?.answer(fine)
  expect(await first).toEqual({ ok: true, result: 'ok' })
  expect(seen()).toEqual(['a1', 'a1', 'a2'])
})

test('a burst is taken, then two a second', async () => {
  const { call, tries, pass } = aQueue()
  for (let n = 0; n < 60; n += 1) void call(`m${n}`)
  for (let n = 0; n < tries.length; n += 1) await tries[n]?.answer(fine)
  expect(tries).toHaveLength(45)
  await pass(500)
  expect(tries).toHaveLength(46)
})

test('a portal that is full is given time, and the call is not lost', async () => {
  const { call, tries, pass } = aQueue()
  const called = call('m')
  await tries[0]?.answer(failed('pace'))
  await pass(2_900)
  expect(tries).toHaveLength(1)
  await pass(200)
  await tries[1]?.answer(fine)
  expect(await called).toEqual({ ok: true, result: 'ok' })
})

test('a method at its limit rests alone; whoever cannot wait so long is told when to come again', async () => {
  const { call, tries, seen, now } = aQueue()
  const resetAt = now() + 90_000
  const heavy = call('crm.item.list')
  await tries[0]?.answer(failed('method_limit', resetAt))
  expect(await heavy).toMatchObject({ ok: false, kind: 'later', againAt: resetAt })
  expect(await call('crm.item.list')).toMatchObject({ ok: false, kind: 'later', againAt: resetAt })
  void call('imconnector.send.messages')
  expect(seen()).toEqual(['crm.item.list', 'imconnector.send.messages'])
})

test('when Bitrix24’s people block us, everybody is told at once and nothing more is asked', async () => {
  const { call, tries, circuits, now, pass } = aQueue()
  const blocked = call('a')
  await tries[0]?.answer(failed('overload'))
  expect(await blocked).toMatchObject({ ok: false, kind: 'later', againAt: now() + 300_000 })
  expect(await call('b')).toMatchObject({ ok: false, kind: 'later', code: 'portal_overloaded' })
  expect(tries).toHaveLength(1)
  await pass(300_001)
  const probe = call('c')
  await tries[1]?.answer(fine)
  expect(await probe).toMatchObject({ ok: true })
  expect(circuits).toEqual(['overload', null])
})

test('a lost answer is asked for again only where that does no harm', async () => {
  const { call, tries, pass } = aQueue()
  const unsafe = call('a')
  const safe = call('b', { isRepeatable: true })
  await tries[0]?.answer(failed('lost'))
  expect(await unsafe).toMatchObject({ ok: false, kind: 'lost' })
  await tries[1]?.answer(failed('lost'))
  await pass(3_000)
  await tries[2]?.answer(fine)
  expect(await safe).toMatchObject({ ok: true })
})

test('a portal that breaks off in the middle may have carried it out: asked again only where that does no harm', async () => {
  const { call, tries, pass } = aQueue()
  const [unsafe, safe] = [call('a'), call('b', { isRepeatable: true })]
  await tries[0]?.answer(failed('retry'))
  expect(await unsafe).toMatchObject({ ok: false, kind: 'retry' })
  await tries[1]?.answer(failed('retry'))
  await pass(3_000)
  await tries[2]?.answer(fine)
  expect(await safe).toMatchObject({ ok: true })
})

test('a portal that is away is asked ever more rarely, and nobody waits longer than half a minute', async () => {
  const { call, tries, pass } = aQueue()
  const called = call('a')
  for (let second = 0; second < 40; second += 1) {
    await tries.at(-1)?.answer(failed('away'))
    await pass(1_000)
  }
  expect(await called).toMatchObject({ ok: false, kind: 'later' })
  expect(tries.length).toBeLessThan(6)
})

test('what carries somebody’s words says what it waits for, and whoever stands there is told once for each reason', async () => {
  const { call, tries, pass, waits, told, now } = aQueue()
  for (let n = 0; n < 45; n += 1) void call(`m${n}`)
  for (let n = 0; n < 45; n += 1) await tries[n]?.answer(fine)
  void call('imconnector.send.messages', { about: ['first'] })
  void call('imconnector.send.messages', { about: ['second'] })
  expect(waits()).toEqual([
    { about: ['first'], wait: { why: 'pace', method: null, until: now() + 500 } },
    { about: ['second'], wait: { why: 'pace', method: null, until: now() + 1_000 } },
  ])
  await pass(500)
  await tries[45]?.answer(failed('overload'))
  // Nobody is asked until then, so nobody waits in the line: it is told at once when to come again.
  expect(waits()).toEqual([])
  await pass(3_000)
  expect(told).toEqual([])
})

test('a method that rests for a moment holds its own calls, and says until when', async () => {
  const { call, tries, pass, waits, told, now } = aQueue()
  const resetAt = now() + 20_000
  void call('crm.item.list')
  await tries[0]?.answer(failed('method_limit', resetAt))
  void call('crm.item.list', { about: ['row'] })
  const wait = { why: 'method', method: 'crm.item.list', until: resetAt }
  expect(waits()).toEqual([{ about: ['row'], wait }])
  for (let second = 0; second < 12; second += 1) await pass(1_000)
  expect(told).toEqual([{ about: ['row'], wait }])
})
