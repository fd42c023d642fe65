/** Limits on guessing, counted per e-mail and per address before anything is hashed. */
import type { Request } from '../http/app.ts'
import { sha256, toHex } from '../lib/bytes.ts'
import { Refusal } from '../lib/refusal.ts'
import { databaseOf } from '../lib/sql.ts'
import * as store from './identity.store.ts'

/** Failures in an hour after which an e-mail, an address (many people behind one) a maker of companies or a session-node has to wait. */
const LIMITS = { email: 5, address: 30, 'sign-up': 5, node: 30 }

export type Tries = {
  keys: string[]
  /** Refuses too_many_tries, with `seconds`, while one of the keys is blocked. */
  refuseWaiting(): Promise<void>
  failed(): Promise<void>
}

function of(c: Request, counted: [kind: keyof typeof LIMITS, who: string][]): Tries {
  const db = databaseOf(c.env)
  const keys = counted.map(([kind, who]) => `${kind}:${who}`)
  return {
    keys,
    async refuseWaiting() {
      const seconds = await store.signInWait(db, keys)
      if (seconds > 0) throw new Refusal('too_many_tries', { seconds }, seconds)
    },
    async failed() {
      await Promise.all(counted.map(([kind, who]) => store.signInFailed(db, `${kind}:${who}`, LIMITS[kind])))
    },
  }
}

const addressOf = (c: Request): string => c.req.header('cf-connecting-ip') ?? 'local'

/** Tries to be the person of this e-mail; null where nobody is named. */
export async function triesOf(c: Request, email: string | null): Promise<Tries> {
  const address: [keyof typeof LIMITS, string] = ['address', addressOf(c)]
  return of(c, email === null ? [address] : [['email', toHex(await sha256(email.toLowerCase()))], address])
}

/** Companies begun from one address: every one counts, whatever became of it. */
export function signUpsOf(c: Request): Tries {
  return of(c, [['sign-up', addressOf(c)]])
}

/** A program that shows a wrong token: counted by itself, since one that was let in before may dial beside others that are right. */
export function nodeTriesOf(c: Request, nodeId: string): Tries {
  return of(c, [['node', `${addressOf(c)}:${nodeId}`]])
}
