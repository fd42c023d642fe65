/** Sign-in, sign-up and links: the functions that look across accounts. */
import * as z from 'zod'
import { BASES } from '#contract/permissions.ts'
import type { Database } from '../lib/sql.ts'

/** A person with what they are checked against. Never leaves the Worker. */
export const Secrets = z.object({
  id: z.string(),
  accountId: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(BASES),
  company: z.string(),
  passwordHash: z.nullable(z.string()),
  /** Seed of the authenticator; it counts when `hasTotp`. */
  totpSealed: z.nullable(z.string()),
  hasTotp: z.boolean(),
})
export type Secrets = z.infer<typeof Secrets>

const Linked = Secrets.extend({ kind: z.enum(['invitation', 'reset']), until: z.string() })
export type Linked = z.infer<typeof Linked>

const OfPasskey = Secrets.extend({ passkeyId: z.string(), publicKey: z.string(), counter: z.number() })
export type OfPasskey = z.infer<typeof OfPasskey>

/** `ok`, or the code with which the database refused. */
const Outcome = z.enum([
  'ok',
  'link_spent',
  'wrong_credentials',
  'code_needed',
  'code_wrong',
  'too_many_tries',
  'passkey_refused',
])
export type Outcome = z.infer<typeof Outcome>

/** Token hash and user agent of the session that is to begin. */
export type NewSession = { hash: string; agent: string }

/** The person behind an e-mail, or null. */
export async function personForSignIn(db: Database, email: string): Promise<Secrets | null> {
  const [row] = await db.query('select person_for_sign_in($1) as found', [email])
  return z.nullable(Secrets).parse(row?.['found'] ?? null)
}

/** Seconds to wait before another try is heard. */
export async function signInWait(db: Database, keys: string[]): Promise<number> {
  const [row] = await db.query('select sign_in_wait($1) as seconds', [keys])
  return Number(row?.['seconds'] ?? 0)
}

/** Counts a failure of one key. */
export async function signInFailed(db: Database, key: string, limit: number): Promise<void> {
  await db.query('select sign_in_failed($1, $2)', [key, limit])
}

/** Writes down that somebody tried to come in as this person. */
export async function signInRefused(db: Database, personId: string, why: string): Promise<void> {
  await db.query('select sign_in_refused($1, $2)', [personId, why])
}

/** Begins a session, once more checked against what holds now. `proof`: db/functions/020_sign_in.sql. */
export async function sessionStart(
  db: Database,
  personId: string,
  session: NewSession,
  keys: string[],
  proof: object,
): Promise<Outcome> {
  const [row] = await db.query('select session_start($1, $2, $3, $4, $5) as outcome', [
    personId,
    session.hash,
    session.agent,
    keys,
    JSON.stringify(proof),
  ])
  return Outcome.parse(row?.['outcome'])
}

/** Begins a company. Null when the e-mail is somebody's already. */
export async function accountStart(db: Database, args: object): Promise<Secrets | null> {
  const [row] = await db.query('select sign_up($1) as begun', [JSON.stringify(args)])
  return z.nullable(Secrets).parse(row?.['begun'] ?? null)
}

/** The person behind a link that is still good, or null. */
export async function linkRead(db: Database, linkHash: string): Promise<Linked | null> {
  const [row] = await db.query('select link_read($1) as found', [linkHash])
  return z.nullable(Linked).parse(row?.['found'] ?? null)
}

/** Takes a link up: new password, every session ended, a new one begun. */
export async function linkUse(
  db: Database,
  linkHash: string,
  session: NewSession,
  keys: string[],
  proof: object,
): Promise<Outcome> {
  const [row] = await db.query('select link_use($1, $2, $3, $4, $5) as outcome', [
    linkHash,
    session.hash,
    session.agent,
    keys,
    JSON.stringify(proof),
  ])
  return Outcome.parse(row?.['outcome'])
}

/** Keeps the challenge of a sign-in with a passkey; gives its id. */
export async function challengeAdd(db: Database, challenge: string): Promise<string> {
  const [row] = await db.query('select passkey_challenge_add(null, $1) as id', [challenge])
  return z.string().parse(row?.['id'])
}

/** Consumes a challenge. Null when it was used or is too old. */
export async function challengeTake(db: Database, id: string): Promise<string | null> {
  const [row] = await db.query('select passkey_challenge_take($1, null) as challenge', [id])
  return z.nullable(z.string()).parse(row?.['challenge'] ?? null)
}

/** A passkey with its person, or null. */
export async function passkeyForSignIn(db: Database, credentialId: string): Promise<OfPasskey | null> {
  const [row] = await db.query('select passkey_for_sign_in($1) as found', [credentialId])
  return z.nullable(OfPasskey).parse(row?.['found'] ?? null)
}
