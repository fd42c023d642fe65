/**
 * What survives a reload, one database per person of a phone (IndexedDB). Each store and its key:
 *   meta `name` · chats `id` · tails `chatId` · messages `id` (by chat and time: `place`) · outbox `id` · drafts `chatId` · blobs `id`
 */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Channel } from '#contract/channels.ts'
import type { Contact } from '#contract/contacts.ts'
import type { PersonId } from '#contract/ids.ts'
import type { Chat, Message } from '#contract/inbox.ts'
import type { Label } from '#contract/labels.ts'
import type { ChannelPeople, Department, Person, Role } from '#contract/people.ts'
import type { QuickReply } from '#contract/quick-replies.ts'
import type { Template } from '#contract/templates.ts'
import type { Values } from '#contract/variables.ts'
import { timeOfUuid } from '../lib/uuid.rules.ts'
import type { Local, Touched } from './apply-event.ts'
import { isBefore } from './log.rules.ts'
import type { Counts } from './order.rules.ts'
import type { Draft } from './draft.rules.ts'
import { isOutgoing, type Entry } from './outbox.rules.ts'

const VERSION = 1
/** Messages kept of a chat, and chats kept, for reading without a network. */
export const KEEP_MESSAGES = 200
const KEEP_CHATS = 300

/** The stored end of a chat: everything from `first` up to the newest message is in `messages`. */
export type StoredTail = {
  chatId: string
  first: { at: string; id: string } | null
  older: boolean
  epoch: number
  usedAt: number
}

/** A contact as it was read, and when. */
export type KeptContact = { contact: Contact; at: number }

/** What the client database said of a contact, with the time at which it was read there. */
export type KeptValues = { contactId: string; values: Values; at: string; keptAt: number }

export type Meta = {
  seq: number
  epoch: number
  channels: Channel[]
  counts: Counts
  syncedAt: number
  /** Lists of the administration as they were last read. */
  people: Person[]
  roles: Role[]
  departments: Department[]
  channelPeople: ChannelPeople[]
  /** What is offered in the composer, and the ids that were used last. */
  quickReplies: readonly QuickReply[]
  quickRecent: readonly string[]
  templates: readonly Template[]
  /** Voice notes that were played here, the latest last. */
  heard: readonly string[]
  /** The labels that this person sees. */
  labels: readonly Label[]
  /** What the client database said of contacts, the latest first. */
  values: readonly KeptValues[]
  /** Whom a note could name the last time. */
  mentionable: readonly { id: PersonId; name: string }[]
  /** Contacts that were looked at, the latest first. */
  contacts: readonly KeptContact[]
}
interface Schema extends DBSchema {
  meta: { key: keyof Meta; value: Meta[keyof Meta] }
  chats: { key: string; value: Chat }
  tails: { key: string; value: StoredTail }
  messages: { key: string; value: Message; indexes: { place: [string, string, string] } }
  outbox: { key: string; value: Entry }
  drafts: { key: string; value: Draft }
  blobs: { key: string; value: { id: string; blob: Blob } }
}
export type LocalDb = IDBPDatabase<Schema>

/**
 * Opens the database of a person, making it when it is new. `wanted` is told when another tab needs it for itself: a newer
 * version of the app that changes its shape, or a sign-out that deletes it.
 */
export function openLocalDb(personId: string, wanted: () => void = () => undefined): Promise<LocalDb> {
  return openDB<Schema>(nameFor(personId), VERSION, {
    upgrade(db) {
      db.createObjectStore('meta')
      db.createObjectStore('chats', { keyPath: 'id' })
      db.createObjectStore('tails', { keyPath: 'chatId' })
      db.createObjectStore('messages', { keyPath: 'id' }).createIndex('place', ['chatId', 'at', 'id'])
      db.createObjectStore('outbox', { keyPath: 'id' })
      db.createObjectStore('drafts', { keyPath: 'chatId' })
      db.createObjectStore('blobs', { keyPath: 'id' })
    },
    blocking: wanted,
  })
}

/** Forgets everything that this phone kept for a person. */
export function dropLocalDb(personId: string): Promise<void> {
  return deleteDB(nameFor(personId))
}

const nameFor = (personId: string) => `desk-${personId}`

export async function getMeta<Name extends keyof Meta>(db: LocalDb, name: Name): Promise<Meta[Name] | undefined> {
  const value: unknown = await db.get('meta', name)
  return value as Meta[Name] | undefined
}

export async function putMeta<Name extends keyof Meta>(db: LocalDb, name: Name, value: Meta[Name]): Promise<void> {
  await db.put('meta', value, name)
}

/** Forgets what was kept of the administration. */
export async function dropTeamLists(db: LocalDb): Promise<void> {
  const meta = db.transaction('meta', 'readwrite').store
  await Promise.all((['people', 'roles', 'departments', 'channelPeople'] as const).map((name) => meta.delete(name)))
}

/** Takes labels off every stored chat and message: they are not for this person any more. */
export async function dropLabels(db: LocalDb, gone: ReadonlySet<string>): Promise<void> {
  const tx = db.transaction(['chats', 'messages'], 'readwrite')
  for (const name of ['chats', 'messages'] as const) {
    for (let at = await tx.objectStore(name).openCursor(); at; at = await at.continue()) {
      const labels = at.value.labels ?? []
      if (labels.some(({ id }) => gone.has(id))) {
        await at.update({ ...at.value, labels: labels.filter(({ id }) => !gone.has(id)) })
      }
    }
  }
  await tx.done
}

/** The stored end of a chat, oldest first; null when there is none that is still whole. */
export async function readTail(db: LocalDb, chatId: string): Promise<{ items: Message[]; older: boolean } | null> {
  const tx = db.transaction(['tails', 'messages', 'meta'])
  const [tail, epoch] = await Promise.all([tx.objectStore('tails').get(chatId), tx.objectStore('meta').get('epoch')])
  if (!tail) return null
  const from = tail.first ? [chatId, tail.first.at, tail.first.id] : [chatId]
  const items = await tx
    .objectStore('messages')
    .index('place')
    .getAll(IDBKeyRange.bound(from, [chatId, []]))
  // After a resync an older end may miss messages in the middle: it is good to read until the newest page comes.
  return { items, older: tail.older || tail.epoch !== (epoch ?? 0) }
}

/**
 * Stores what changed, and how far the stream was followed, in one transaction. Another tab may have stored newer
 * copies: the revision decides here too, and `seq` only grows.
 */
export async function save(db: LocalDb, local: Local, touched: Touched, seq: number | null): Promise<void> {
  const tx = db.transaction(['meta', 'chats', 'tails', 'messages'], 'readwrite', { durability: 'relaxed' })
  const [meta, chats, tails, messages] = [
    tx.objectStore('meta'),
    tx.objectStore('chats'),
    tx.objectStore('tails'),
    tx.objectStore('messages'),
  ]
  const epoch = Number((await meta.get('epoch')) ?? 0)
  await Promise.all(
    [...touched.chats].map(async (id) => {
      const chat = local.chats.get(id)
      if (!chat) return
      const stored = await chats.get(id)
      // The same revision is stored again: who it is read by may see other labels than before.
      if (!stored || stored.rev <= chat.rev) await chats.put(chat)
    }),
  )
  for (const id of touched.logs) await putTail(tails, local, id, epoch)
  const fresh = [...touched.messages.values()]
  const ends = new Map<string, StoredTail | undefined>()
  for (const chatId of new Set(fresh.map((message) => message.chatId))) ends.set(chatId, await tails.get(chatId))
  await Promise.all(
    fresh.map(async (message) => {
      const tail = ends.get(message.chatId)
      if (!tail || (tail.first && isBefore(message, tail.first))) return
      const stored = await messages.get(message.id)
      if (!stored || stored.rev < message.rev) await messages.put(message)
    }),
  )
  for (const id of touched.forgotten.keys()) {
    const contactId = (await chats.get(id))?.contact.id
    if (contactId) await forgetContact(meta, contactId)
    await Promise.all([chats.delete(id), tails.delete(id)])
    for (const key of await messages.index('place').getAllKeys(IDBKeyRange.bound([id], [id, []]))) await messages.delete(key)
  }
  if (touched.channels.size > 0) await meta.put([...local.channels.values()], 'channels')
  await meta.put(Date.now(), 'syncedAt')
  if (seq !== null && seq > Number((await meta.get('seq')) ?? -1)) await meta.put(seq, 'seq')
  await tx.done
}

type MetaStore = { get(name: keyof Meta): Promise<unknown>; put(value: Meta[keyof Meta], name: keyof Meta): Promise<unknown> }

/** What was kept of somebody goes with their chat. */
async function forgetContact(meta: MetaStore, contactId: string): Promise<void> {
  const contacts = (await meta.get('contacts')) as Meta['contacts'] | undefined
  const values = (await meta.get('values')) as Meta['values'] | undefined
  if (contacts)
    await meta.put(
      contacts.filter(({ contact }) => contact.id !== contactId),
      'contacts',
    )
  if (values)
    await meta.put(
      values.filter((one) => one.contactId !== contactId),
      'values',
    )
}

type TailStore = { get(id: string): Promise<StoredTail | undefined>; put(tail: StoredTail): Promise<unknown> }

/** Notes where the stored end of a chat begins: never further back than {@link KEEP_MESSAGES}, never a longer one cut. */
async function putTail(tails: TailStore, local: Local, chatId: string, epoch: number): Promise<void> {
  const tail = local.logs.get(chatId)?.tail
  if (!tail) return
  const stored = await tails.get(chatId)
  const isCut = tail.items.length > KEEP_MESSAGES
  const first = tail.items[isCut ? tail.items.length - KEEP_MESSAGES : 0] ?? null
  if (stored?.first && first && stored.epoch === epoch && isBefore(stored.first, first)) return
  await tails.put({
    chatId,
    first: first && { at: first.at, id: first.id },
    older: isCut || tail.older,
    epoch,
    usedAt: Date.now(),
  })
}

/** Everything was read again: older ends are not whole any more, and the stream goes on from `seq`. */
export async function startEpoch(db: LocalDb, seq: number, chats: readonly Chat[]): Promise<void> {
  const tx = db.transaction(['meta', 'chats'], 'readwrite')
  const meta = tx.objectStore('meta')
  await meta.put(Number((await meta.get('epoch')) ?? 0) + 1, 'epoch')
  await meta.put(seq, 'seq')
  await tx.objectStore('chats').clear()
  for (const chat of chats) await tx.objectStore('chats').put(chat)
  await tx.done
}

/** Keeps the store within its bounds: the latest chats, and of each the latest messages. */
export async function prune(db: LocalDb): Promise<void> {
  const tx = db.transaction(['chats', 'tails', 'messages'], 'readwrite', { durability: 'relaxed' })
  const [chats, tails, messages] = [tx.objectStore('chats'), tx.objectStore('tails'), tx.objectStore('messages')]
  const lastAt = (chat: Chat) => chat.lastMessage?.at ?? ''
  const spare = (await chats.getAll()).toSorted((a, b) => (lastAt(a) < lastAt(b) ? 1 : -1)).slice(KEEP_CHATS)
  for (const { id } of spare) await chats.delete(id)
  const old = (await tails.getAll()).toSorted((a, b) => b.usedAt - a.usedAt)
  for (const [index, tail] of old.entries()) {
    const keys = await messages.index('place').getAllKeys(IDBKeyRange.bound([tail.chatId], [tail.chatId, []]))
    const keep = index < KEEP_CHATS ? KEEP_MESSAGES : 0
    const cut = keys.slice(0, Math.max(0, keys.length - keep))
    for (const key of cut) await messages.delete(key)
    if (keep === 0) await tails.delete(tail.chatId)
    else if (cut.length > 0) {
      const first = await messages.get(keys[cut.length] ?? '')
      if (first) await tails.put({ ...tail, first: { at: first.at, id: first.id }, older: true })
    }
  }
  await tx.done
}

const LOST_AFTER_MS = 24 * 3_600_000

/** Files that no draft and nothing outgoing names: left by an app that was killed between two steps. Young ones may still be taken. */
export async function pruneBlobs(db: LocalDb, now: number): Promise<void> {
  const tx = db.transaction(['blobs', 'drafts', 'outbox'], 'readwrite', { durability: 'relaxed' })
  const [drafts, outgoing] = await Promise.all([tx.objectStore('drafts').getAll(), tx.objectStore('outbox').getAll()])
  const named = new Set([
    ...drafts.flatMap(({ files, voice }) => [...files.map(({ blobId }) => blobId), voice?.blobId]),
    ...outgoing.map((entry) => (isOutgoing(entry) ? entry.file?.blobId : undefined)),
  ])
  for (const id of await tx.objectStore('blobs').getAllKeys()) {
    if (!named.has(id) && now - timeOfUuid(id) > LOST_AFTER_MS) await tx.objectStore('blobs').delete(id)
  }
  await tx.done
}
