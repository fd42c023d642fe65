/// <reference lib="webworker" />
/**
 * A reply written in a notification. It goes into the person's outbox first, like everything that is written, so it
 * survives whatever happens, and is sent from here, in its turn; what cannot leave now waits for the app.
 */
import { openLocalDb, type LocalDb } from '../live/local-db.ts'
import { nextInLine, type Outgoing } from '../live/outbox.rules.ts'
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

/** Sends plain texts of a chat in order; what needs more (a file, a template) waits for the app, and holds what is behind it. */
async function sendLine(db: LocalDb, chatId: string): Promise<void> {
  for (;;) {
    const line = (await db.getAll('outbox')).filter((entry) => entry.chatId === chatId)
    const next = nextInLine(line, Date.now())
    if (!next || 'wakeAt' in next) return
    const { send } = next
    if (send.what !== 'message' || send.kind !== 'text' || send.template) return
    await db.put('outbox', { ...send, posted: true })
    if (!(await post(send).catch(() => false))) return
    await db.delete('outbox', send.id)
  }
}

async function post({ id, chatId, text, replyTo }: Outgoing): Promise<boolean> {
  const body = { id, kind: 'text', text, ...(replyTo?.id ? { replyTo: replyTo.id } : {}) }
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  return (await fetch(`/api/chats/${chatId}/messages`, { method: 'POST', headers, body: JSON.stringify(body) })).ok
}
