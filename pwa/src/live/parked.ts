/**
 * What another app shared into this one, until somebody says with whom. The service worker puts it here before anybody is
 * signed in, so it is a database of its own; a day later it is forgotten.
 */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'

const NAME = 'shared'
const KEEP_MS = 24 * 3_600_000

export type Parked = { id: string; at: number; text: string; files: readonly File[] }

interface Schema extends DBSchema {
  parked: { key: string; value: Parked }
}

async function withParked<Answer>(work: (db: IDBPDatabase<Schema>) => Promise<Answer>): Promise<Answer> {
  const db = await openDB<Schema>(NAME, 1, { upgrade: (fresh) => void fresh.createObjectStore('parked', { keyPath: 'id' }) })
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

/** Keeps what was shared; gives the name under which it is found again. */
export function park(text: string, files: readonly File[]): Promise<string> {
  const shared: Parked = { id: crypto.randomUUID(), at: Date.now(), text, files }
  return withParked(async (db) => {
    for (const { id, at } of await db.getAll('parked')) if (shared.at - at > KEEP_MS) await db.delete('parked', id)
    await db.put('parked', shared)
    return shared.id
  })
}

export const parkedOf = (id: string): Promise<Parked | undefined> => withParked((db) => db.get('parked', id))

export const dropParked = (id: string): Promise<void> => withParked((db) => db.delete('parked', id))

/** Forgets everything that was shared into this phone. */
export const forgetParked = (): Promise<void> => deleteDB(NAME)
