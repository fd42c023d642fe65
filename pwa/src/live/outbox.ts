/**
 * Sends what was written and does what was decided, once and in order, whatever the network does. The database is the truth: tabs take turns by
 * a lock for each chat, and a reload finds every entry where it was.
 */
import { batch, createSignal } from 'solid-js'
import type { Message } from '#contract/inbox.ts'
import { ApiProblem, problemOf } from '../api/problem.rules.ts'
import type { LocalDb } from './local-db.ts'
import { afterProblem, isOutgoing, mayDiscard, nextInLine, readyNow, type Entry, type Outgoing } from './outbox.rules.ts'

export type OutboxDeps = {
  db: LocalDb
  /** Throws ApiProblem. Null: what came of it is on the screen and stored already. */
  send(entry: Entry): Promise<Message | null>
  /** Throws ApiProblem. Gives the id of the stored file. */
  upload(entry: Outgoing, blob: Blob, progress: (done: number) => void, signal: AbortSignal): Promise<string>
  /** Its file is wanted no more: what the server has of it can go. */
  forgetUpload(entry: Outgoing): void
  /** The server's copy: shown and stored before the entry goes, so that nothing flickers or is lost between. */
  confirmed(message: Message): Promise<unknown>
  /** Runs alone among all tabs (Web Locks). */
  alone(name: string, run: () => Promise<void>): Promise<void>
  now(): number
  /** There is surely no network: a request would not leave. */
  isOffline(): boolean
  later(run: () => void, ms: number): () => void
  /** Tells other tabs that the outbox changed, and hears them. */
  channel: { postMessage(message: unknown): void; onmessage: ((event: MessageEvent) => void) | null }
}
export type Outbox = ReturnType<typeof createOutbox>

/** The outbox of a signed-in person. Call {@link Outbox.restore} and {@link Outbox.start} once. */
export function createOutbox(deps: OutboxDeps) {
  const { db } = deps
  const [entries, setEntries] = createSignal<readonly Entry[]>([])
  const [progress, setProgress] = createSignal<ReadonlyMap<string, number>>(new Map())
  const running = new Map<string, { again: boolean }>()
  const timers = new Map<string, () => void>()
  const uploads = new Map<string, AbortController>()
  /** Shown, and on their way into the store: what another tab has to say of it takes none of them off the screen. */
  const storing = new Map<string, Entry>()
  let isStopped = false

  /** Shows a change at once and stores it. What cannot be stored is shown as it was before, or not at all. */
  async function put(entry: Entry): Promise<void> {
    const before = entries().find(({ id }) => id === entry.id)
    storing.set(entry.id, entry)
    setEntries((list) => withAll(list, [entry]))
    try {
      await db.put('outbox', entry)
    } catch (error) {
      setEntries((list) => list.flatMap((other) => (other !== entry ? [other] : before ? [before] : [])))
      throw error
    } finally {
      storing.delete(entry.id)
    }
    deps.channel.postMessage('changed')
  }

  /** As `put`, for an entry that is still here: one that a person takes back meanwhile stays away. False: it is gone. */
  async function keep(entry: Entry): Promise<boolean> {
    const tx = db.transaction('outbox', 'readwrite')
    const isHere = (await tx.store.getKey(entry.id)) !== undefined
    if (isHere) await tx.store.put(entry)
    await tx.done
    if (!isHere) return false
    setEntries((list) => list.map((other) => (other.id === entry.id ? entry : other)))
    deps.channel.postMessage('changed')
    return true
  }

  function forget(entry: Entry): void {
    batch(() => {
      setEntries((list) => list.filter((other) => other.id !== entry.id))
      setProgress((map) => without(map, entry.id))
    })
    deps.channel.postMessage('changed')
  }

  async function remove(entry: Entry): Promise<void> {
    const tx = db.transaction(['outbox', 'blobs'], 'readwrite')
    await tx.objectStore('outbox').delete(entry.id)
    if (isOutgoing(entry) && entry.file) await tx.objectStore('blobs').delete(entry.file.blobId)
    await tx.done
    forget(entry)
  }

  /** Takes an entry out if that is still possible: whether it has left is asked and decided in one transaction. */
  async function takeOut(id: string, what: 'entry' | 'all'): Promise<Entry | null> {
    const tx = db.transaction(['outbox', 'blobs'], 'readwrite')
    const entry = await tx.objectStore('outbox').get(id)
    const isOut = entry !== undefined && mayDiscard(entry)
    if (isOut) await tx.objectStore('outbox').delete(id)
    const file = isOut && what === 'all' && isOutgoing(entry) ? entry.file : null
    if (file) await tx.objectStore('blobs').delete(file.blobId)
    await tx.done
    if (!isOut) return null
    forget(entry)
    uploads.get(id)?.abort()
    if (file && isOutgoing(entry) && !entry.mediaId) deps.forgetUpload(entry)
    return entry
  }

  async function reload(): Promise<void> {
    const stored = await db.getAll('outbox')
    setEntries(withAll(stored, [...storing.values()]))
  }

  /** Sends what is due in a chat. A second call while one runs makes it look again instead of queueing behind it. */
  function drain(chatId: string): void {
    if (isStopped) return
    const run = running.get(chatId)
    if (run) {
      run.again = true
      return
    }
    timers.get(chatId)?.()
    timers.delete(chatId)
    const state = { again: false }
    running.set(chatId, state)
    void deps
      .alone(`outbox:${chatId}`, async () => {
        for (;;) {
          if (isStopped) return
          state.again = false
          const goOn = await sendNext(chatId)
          if (!goOn && !state.again) return
        }
      })
      .catch((error: unknown) => isStopped || console.error('outbox', error))
      .finally(() => {
        running.delete(chatId)
        if (state.again) drain(chatId)
      })
  }

  async function sendNext(chatId: string): Promise<boolean> {
    const line = (await db.getAll('outbox')).filter((entry) => entry.chatId === chatId)
    const next = nextInLine(line, deps.now())
    if (!next) return false
    if ('wakeAt' in next) {
      timers.get(chatId)?.()
      timers.set(
        chatId,
        deps.later(() => drain(chatId), Math.max(0, next.wakeAt - deps.now())),
      )
      return false
    }
    await trySend(next.send)
    return true
  }

  async function trySend(due: Entry): Promise<void> {
    let entry: Entry = { ...due, state: 'sending' }
    if (!(await keep(entry))) return
    try {
      if (deps.isOffline()) throw new ApiProblem('no_network')
      if (isOutgoing(entry)) entry = await withUpload(entry)
      // Noted before the request leaves: after a crash we must not claim that it never did.
      entry = { ...entry, posted: true }
      if (!(await keep(entry))) return
      const message = await deps.send(entry)
      if (isStopped) return
      if (message) await deps.confirmed(message)
      await remove(entry)
    } catch (error) {
      // Left as it is: the next start of the phone sends it again under the same id.
      if (isStopped) return
      await keep(afterProblem(entry, problemOf(error), deps.now()))
    }
  }

  async function withUpload(entry: Outgoing): Promise<Outgoing> {
    if (!entry.file || entry.mediaId) return entry
    const stored = await db.get('blobs', entry.file.blobId)
    if (!stored) throw new Error('the file of an outgoing message is gone')
    const stop = new AbortController()
    uploads.set(entry.id, stop)
    try {
      const mediaId = await deps.upload(
        entry,
        stored.blob,
        (done) => setProgress((map) => new Map(map).set(entry.id, done)),
        stop.signal,
      )
      return { ...entry, mediaId }
    } finally {
      uploads.delete(entry.id)
    }
  }

  function pokeAll(ready: boolean): void {
    void db.getAll('outbox').then(async (all) => {
      for (const entry of all) {
        if (ready && entry.state === 'queued' && entry.notBefore > deps.now()) await put({ ...entry, notBefore: 0 })
      }
      for (const chatId of new Set(all.map((entry) => entry.chatId))) drain(chatId)
    })
  }

  return {
    entries,
    /** 0 to 1 of an upload under way. */
    progress: (id: string): number | undefined => progress().get(id),

    /** Takes a message or a deed over: it is shown now and stored when the promise resolves; from then on it cannot be lost. */
    async add(entry: Entry, blob: Blob | null): Promise<void> {
      if (blob && isOutgoing(entry) && entry.file) await db.put('blobs', { id: entry.file.blobId, blob })
      await put(entry)
      drain(entry.chatId)
    },

    /** `change`: as somebody decided anew. */
    async retry(id: string, change: (entry: Entry) => Entry = (entry) => entry): Promise<void> {
      const entry = await db.get('outbox', id)
      if (!entry) return
      await put(readyNow(change(entry)))
      drain(entry.chatId)
    },

    /** Takes back what never left or was refused; false when it is too late. */
    discard: async (id: string): Promise<boolean> => (await takeOut(id, 'all')) !== null,

    /** The same, to be written anew: its file stays in the phone's store. Null when it is too late. */
    takeBack: (id: string): Promise<Entry | null> => takeOut(id, 'entry'),

    /** The network is back: everything that waits is due. */
    wake: () => pokeAll(true),

    /** What waits, from the store. */
    async restore(): Promise<void> {
      const stored = await db.getAll('outbox')
      // A tab that died in the middle left entries as "sending"; the same id makes the repeat harmless.
      const died = stored.filter(({ state }) => state === 'sending')
      for (const entry of died) await db.put('outbox', { ...entry, state: 'queued' })
      if (died.length > 0) await reload()
      else setEntries(stored)
    },

    /** From now on it is sent. */
    start(): void {
      deps.channel.onmessage = () => {
        void reload().then(() => pokeAll(false))
      }
      pokeAll(true)
    },

    stop(): void {
      isStopped = true
      for (const cancel of timers.values()) cancel()
      timers.clear()
      deps.channel.onmessage = null
    },
  }
}

/** A line with these in it, in the order in which they were written. */
function withAll(line: readonly Entry[], these: readonly Entry[]): Entry[] {
  const ids = new Set(these.map(({ id }) => id))
  return [...line.filter(({ id }) => !ids.has(id)), ...these].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function without(map: ReadonlyMap<string, number>, id: string): ReadonlyMap<string, number> {
  const rest = new Map(map)
  rest.delete(id)
  return rest
}
