import { expect, test } from 'vitest'
import { applyEvent, applyPulled, newLocal, newTouched } from './apply-event.ts'
import { uuidv7 } from '../lib/uuid.ts'
import { emptyDraft } from './draft.rules.ts'
import { aChat, aMessage } from './fakes.ts'
import { getMeta, KEEP_MESSAGES, openLocalDb, prune, pruneBlobs, readTail, save, startEpoch } from './local-db.ts'

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

test('files that nothing names are forgotten after a day; what a draft or the outbox names stays', async () => {
  const { db } = await aStore('h')
  const now = Date.now()
  const old = (n: number) => uuidv7(now - 3 * 24 * 3_600_000, new Uint8Array(10).fill(n))
  const [lost, attached, spoken, leaving] = [old(1), old(2), old(3), old(4)]
  const young = uuidv7(now)
  for (const id of [lost, attached, spoken, leaving, young]) await db.put('blobs', { id, blob: new Blob(['x']) })
  const file = { name: 'a.jpg', mime: 'image/jpeg', size: 1 }
  await db.put('drafts', {
    ...emptyDraft(chatId),
    files: [{ ...file, blobId: attached, kind: 'image' }],
    voice: { blobId: spoken, at: '', state: 'raw' },
  })
  const nobody = { id: 'p', name: 'Jorge' }
  await db.put('outbox', {
    ...{ id: 'm', chatId, what: 'message', kind: 'image', text: null, mediaId: null, replyTo: null, author: nobody, at: '' },
    ...{ state: 'queued', posted: false, attempts: 0, notBefore: 0, problem: null },
    file: { ...file, blobId: leaving },
  })
  await pruneBlobs(db, now)
  expect(await db.getAllKeys('blobs')).toEqual([attached, spoken, leaving, young].toSorted())
})
