/// <reference lib="webworker" />
/**
 * A reply written in a notification. It goes into the person's outbox first, like everything that is written, so it
 * survives whatever happens, and is sent from here, in its turn; what cannot leave now waits for the app.
 */
import { call } from '../api/call.ts'
import { sendMessage } from '../api/first-endpoints.ts'
import { problemOf } from '../api/problem.rules.ts'
import { requestDeed } from '../live/deed-request.ts'
import { openLocalDb, type LocalDb } from '../live/local-db.ts'
import { afterProblem, isOutgoing, nextInLine, type Entry, type Outgoing } from '../live/outbox.rules.ts'
import { uuidv7 } from '../lib/uuid.ts'

/** True when it has left. A window that is open takes its turn like any other tab: the lock is the same. */
export async function replyFromNotice(personId: string, chatId: string, text: string): Promise<boolean> {
  const db = await openLocalDb(personId)
  try {
    const entry = outgoing(personId, chatId, text)
    await db.put('outbox', entry)
    await navigator.locks.request(`${db.name}:outbox:${chatId}`, () => sendLine(db, chatId))
    tellWindows(db)
    return (await db.get('outbox', entry.id)) === undefined
  } finally {
    // Left open, it would keep a sign-out from deleting it.
    db.close()
  }
}

function outgoing(personId: string, chatId: string, text: string): Outgoing {
  return {
    ...{ id: uuidv7(), chatId, what: 'message', kind: 'text', text, file: null, mediaId: null, replyTo: null },
    ...{ author: { id: personId, name: '' }, at: new Date().toISOString() },
    ...{ state: 'queued', posted: false, attempts: 0, notBefore: 0, problem: null },
  }
}

function tellWindows(db: LocalDb): void {
  const channel = new BroadcastChannel(`outbox:${db.name}`)
  channel.postMessage('changed')
  channel.close()
}

/** Sends what waits in a chat, in order: texts and deeds. What needs more (a file, a template, a note) waits for the app, and holds what is behind it. */
async function sendLine(db: LocalDb, chatId: string): Promise<void> {
  for (;;) {
    const line = (await db.getAll('outbox')).filter((entry) => entry.chatId === chatId)
    const next = nextInLine(line, Date.now())
    if (!next || 'wakeAt' in next) return
    const { send } = next
    if (isOutgoing(send) && (send.what !== 'message' || send.kind !== 'text' || send.template || send.forward)) return
    const entry = { ...send, posted: true }
    // Taken back by the person in this moment: the next one, then.
    if (!(await keep(db, entry))) continue
    try {
      await (isOutgoing(entry) ? postText(entry) : requestDeed(entry))
      await db.delete('outbox', entry.id)
    } catch (error) {
      // Refused, it steps aside with its reason, for the person to see in the app; else it goes again in its time, and first.
      await keep(db, afterProblem(entry, problemOf(error), Date.now()))
    }
  }
}

function postText({ id, chatId, text, replyTo }: Outgoing): Promise<unknown> {
  return call(sendMessage, { id, chatId, kind: 'text', text: text ?? '', ...(replyTo?.id ? { replyTo: replyTo.id } : {}) })
}

async function keep(db: LocalDb, entry: Entry): Promise<boolean> {
  const { store, done } = db.transaction('outbox', 'readwrite')
  const isHere = (await store.getKey(entry.id)) !== undefined
  if (isHere) await store.put(entry)
  await done
  return isHere
}
