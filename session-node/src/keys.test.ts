import { initAuthCreds } from 'baileys'
import { expect, test } from 'vitest'
import type { KeyRow, Write } from '#contract/session-node.ts'
import { KeyKeeper } from './keys.ts'
import type { Shore } from './keys.ts'

/** A Session object that keeps what is written, in order; `hold` makes it slow to acknowledge. */
function aShore() {
  const writes: Write[] = []
  const rows = new Map<string, KeyRow>()
  const waiting: (() => void)[] = []
  let isHeld = false
  const asked: string[] = []
  const shore: Shore = {
    write(write) {
      writes.push(write)
      for (const row of write.keys ?? []) rows.set(`${row.kind} ${row.id}`, row)
      return isHeld ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()
    },
    async keys(kind, ids) {
      asked.push(...ids.map((id) => `${kind} ${id}`))
      return ids.flatMap((id) => rows.get(`${kind} ${id}`) ?? [])
    },
  }
  const release = () => {
    isHeld = false
    for (const resolve of waiting.splice(0)) resolve()
  }
  return { ...{ shore, writes, rows, asked, release }, hold: () => void (isHeld = true) }
}

const SESSION = new Uint8Array([1, 2, 3])
const creds = (): KeyRow => {
  const keeper = new KeyKeeper(aShore().shore, [])
  keeper.saveCreds({ registered: true })
  return { kind: 'creds', id: 'creds', value: JSON.stringify(initAuthCreds()) }
}

test('what is put is there at once, and is written in one piece', async () => {
  const { shore, writes } = aShore()
  const keeper = new KeyKeeper(shore, [])
  await keeper.store.set({ session: { a: SESSION }, 'pre-key': { 7: null } })
  expect(await keeper.store.get('session', ['a', 'b'])).toEqual({ a: Buffer.from(SESSION) })
  keeper.saveCreds({ registered: true })
  await keeper.durable()
  expect(writes.map(({ keys = [] }) => keys.map(({ kind, id, value }) => [kind, id, value !== null]))).toEqual([
    [
      ['session', 'a', true],
      ['pre-key', '7', false],
      ['creds', 'creds', true],
    ],
  ])
})

test('values come back as they were, bytes and all, and nobody can change what is kept', async () => {
  const { shore } = aShore()
  const keeper = new KeyKeeper(shore, [])
  await keeper.store.set({ 'sender-key-memory': { g: { a: true } }, 'lid-mapping': { '593': '298' } })
  const first = await keeper.store.get('sender-key-memory', ['g'])
  Object.assign(first['g'] ?? {}, { b: true })
  expect(await keeper.store.get('sender-key-memory', ['g'])).toEqual({ g: { a: true } })
  expect(await keeper.store.get('lid-mapping', ['593'])).toEqual({ 593: '298' })
})

test('a message and the step of its ratchet are one piece, whatever happens meanwhile', async () => {
  const { shore, writes } = aShore()
  const keeper = new KeyKeeper(shore, [])
  const decrypted = Promise.withResolvers<void>()
  const opening = keeper.together(async () => {
    await keeper.store.set({ session: { rosa: SESSION } })
    await decrypted.promise
    keeper.add({ events: [{ name: 'message 1', event: { type: 'message' } }] })
  })
  await keeper.store.set({ session: { luis: SESSION } })
  await new Promise((wake) => setImmediate(wake))
  expect(writes).toEqual([])
  decrypted.resolve()
  await opening
  await keeper.durable()
  expect(writes).toMatchObject([{ keys: [{ id: 'rosa' }, { id: 'luis' }], events: [{ name: 'message 1' }] }])
})

test('durable waits for the acknowledgement', async () => {
  const { shore, hold, release } = aShore()
  const keeper = new KeyKeeper(shore, [])
  hold()
  keeper.add({ standing: { state: 'open' } })
  let isDurable = false
  const done = keeper.durable().then(() => (isDurable = true))
  await new Promise((wake) => setImmediate(() => setImmediate(wake)))
  expect(isDurable).toBe(false)
  release()
  await done
  expect(isDurable).toBe(true)
})

test('a number that is known asks for what is not in memory, once; there is none is remembered too', async () => {
  const { shore, rows, asked } = aShore()
  rows.set('session a', { kind: 'session', id: 'a', value: JSON.stringify({ is: 'here' }) })
  const keeper = new KeyKeeper(shore, [creds()])
  for (const _time of [1, 2]) expect(await keeper.store.get('session', ['a', 'b'])).toEqual({ a: { is: 'here' } })
  expect(asked).toEqual(['session a', 'session b'])
})

test('what could not be read or written is an error, never an empty answer', async () => {
  const fails: Shore = { write: () => Promise.reject(new Error('not ours')), keys: () => Promise.reject(new Error('not ours')) }
  const keeper = new KeyKeeper(fails, [creds()])
  await expect(keeper.store.get('session', ['a'])).rejects.toThrow('not ours')
  keeper.add({ standing: { state: 'open' } })
  await expect(keeper.durable()).rejects.toThrow('not ours')
})

test('what is forgotten while a message is being opened stays forgotten; what the message says is told', async () => {
  const { shore, writes, rows } = aShore()
  const keeper = new KeyKeeper(shore, [])
  const opening = Promise.withResolvers<void>()
  const opened = keeper.together(async () => {
    await opening.promise
    await keeper.store.set({ session: { a: SESSION } })
    keeper.add({ events: [{ name: 'message 1', event: { type: 'message' } }] })
  })
  await keeper.forget()
  expect(writes).toEqual([{ forget: true }])
  opening.resolve()
  await opened
  await keeper.durable()
  expect(writes.slice(1)).toEqual([{ events: [{ name: 'message 1', event: { type: 'message' } }] }])
  expect(rows.size).toBe(0)
})

test('a new number asks nobody, and forgetting leaves nothing', async () => {
  const { shore, writes, asked } = aShore()
  const keeper = new KeyKeeper(shore, [])
  await keeper.store.set({ session: { a: SESSION } })
  await keeper.forget()
  expect(await keeper.store.get('session', ['a'])).toEqual({})
  expect([writes, asked]).toEqual([[{ forget: true }], []])
})
