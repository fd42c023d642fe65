import type { Database } from '../lib/sql.ts'
import * as z from 'zod'

const Candidate = z.object({
  id: z.string(),
  account_id: z.string(),
  name: z.string(),
  role: z.enum(['administrator', 'supervisor', 'agent']),
  password_hash: z.nullable(z.string()),
})
export type Candidate = z.infer<typeof Candidate>

/** The person behind an e-mail, or null. */
export async function personForSignIn(db: Database, email: string): Promise<Candidate | null> {
  const [row] = await db.query('select * from person_for_sign_in($1)', [email])
  return row ? Candidate.parse(row) : null
}

/** Seconds to wait before another try is heard. */
export async function signInWait(db: Database, keys: string[]): Promise<number> {
  const [row] = await db.query('select sign_in_wait($1) as seconds', [keys])
  return Number(row?.['seconds'] ?? 0)
}

export async function signInFailed(db: Database, key: string, limit: number): Promise<void> {
  await db.query('select sign_in_failed($1, $2)', [key, limit])
}

export async function sessionStart(db: Database, personId: string, hash: string, agent: string, key: string): Promise<void> {
  await db.query('select session_start($1, $2, $3, $4)', [personId, hash, agent, key])
}

export async function sessionEnd(db: Database, hash: string): Promise<void> {
  await db.query('select session_end($1)', [hash])
}

/** Does this session still live? For sockets, which outlast the request that opened them. */
export async function sessionAlive(db: Database, sessionId: string): Promise<boolean> {
  const [row] = await db.query('select session_alive($1) as alive', [sessionId])
  return row?.['alive'] === true
}
