import { expect, test } from 'vitest'
import { applyEvent, applyPulled, newLocal, newTouched } from './apply-event.ts'
import { aChat, aMessage } from './fakes.ts'
import { getMeta, KEEP_MESSAGES, openLocalDb, prune, readTail, save, startEpoch } from './local-db.ts'

const chatId = aChat(1).id
const page = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => aMessage(from + i))

async function aStore(name: string) {
  const db = await openLocalDb(name)
  const local = newLocal()
  return {
    db,
    local,
    async latest(from: number, to: number) {
      const touched = newTouched()
      applyPulled(
        local,
        { type: 'messages', chatId, way: 'latest', page: { items: page(from, to), more: from > 0 }, at: local.moment },
        touched,
      )
      await save(db, local, touched, null)
    },
    async hears(n: number, rev: number, seq: number) {
      const touched = newTouched()
      const message = aMessage(n, { rev })
      applyEvent(local, { type: 'chat', chat: aChat(1, { rev: seq, lastMessage: { ...message, text: null } }) }, touched)
      applyEvent(local, { type: 'message', message }, touched)
      await save(db, local, touched, seq)
    },
  }
}

test('a reload shows the end of a chat as it was', async () => {
  const { db, latest, hears } = await aStore('a')
  await latest(1, 50)
  await hears(51, 1, 9)
  const tail = await readTail(db, chatId)
  expect(tail?.items.map((message) => message.text)).toEqual(page(1, 51).map((message) => message.text))
  expect(tail?.older).toBe(true)
  expect(await getMeta(db, 'seq')).toBe(9)
})

test('a chat that is only stored still learns of ticks and of new messages', async () => {
  const first = await aStore('b')
  await first.latest(1, 50)
  const local = newLocal()
  const touched = newTouched()
  applyEvent(local, { type: 'message', message: aMessage(50, { rev: 3, status: 'read' }) }, touched)
  await save(first.db, local, touched, 4)
  expect((await readTail(first.db, chatId))?.items.at(-1)).toMatchObject({ rev: 3, status: 'read' })
})

test('a change of a message before the stored end makes no hole', async () => {
  const { db, latest, hears } = await aStore('c')
  await latest(40, 50)
  await hears(3, 8, 5)
  expect((await readTail(db, chatId))?.items).toHaveLength(11)
})

test('a tab that is behind does not turn the store back', async () => {
  const { db, hears } = await aStore('d')
  await hears(1, 5, 20)
  const behind = newLocal()
  const touched = newTouched()
  applyEvent(behind, { type: 'message', message: aMessage(1, { rev: 2 }) }, touched)
  await save(db, behind, touched, 12)
  expect((await readTail(db, chatId))?.items[0]?.rev).toBe(5)
  expect(await getMeta(db, 'seq')).toBe(20)
})

test('after everything was read again an old end is marked as one that may lack something', async () => {
  const { db, latest } = await aStore('e')
  await latest(0, 5)
  expect((await readTail(db, chatId))?.older).toBe(false)
  await startEpoch(db, 700, [])
  expect((await readTail(db, chatId))?.older).toBe(true)
  expect(await getMeta(db, 'seq')).toBe(700)
})

test('what is no longer ours to see leaves the store', async () => {
  const { db, local, latest } = await aStore('f')
  await latest(1, 9)
  const touched = newTouched()
  applyEvent(local, { type: 'forget', chatId, into: null }, touched)
  await save(db, local, touched, 3)
  expect(await readTail(db, chatId)).toBeNull()
  expect(await db.count('messages')).toBe(0)
})

test('of a long chat the newest messages are kept', async () => {
  const { db, latest } = await aStore('g')
  await latest(1, KEEP_MESSAGES + 60)
  await prune(db)
  const tail = await readTail(db, chatId)
  expect(tail?.items).toHaveLength(KEEP_MESSAGES)
  expect(tail?.items.at(-1)?.id).toBe(aMessage(KEEP_MESSAGES + 60).id)
})
