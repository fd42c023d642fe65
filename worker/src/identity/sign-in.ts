import type * as session from '#contract/session.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import { PersonId } from '#contract/ids.ts'
import type { Request } from '../http/app.ts'
import { sha256, toBase64Url, toHex } from '../lib/bytes.ts'
import { Refusal } from '../lib/refusal.ts'
import { databaseOf } from '../lib/sql.ts'
import { tokenHash } from './caller.ts'
import { checkPassword } from './password.ts'
import * as store from './identity.store.ts'

/** Failures in an hour after which an e-mail, or an address (many people behind one), has to wait. */
const EMAIL_LIMIT = 5
const ADDRESS_LIMIT = 30

/**
 * Checks e-mail and password and opens a session. Refuses too_many_tries (with `seconds`) before any hashing, and
 * wrong_credentials in the same words and time whether the e-mail exists or not.
 */
export async function signIn(c: Request, input: { email: string; password: string }): Promise<OutputOf<typeof session.signIn>> {
  const db = databaseOf(c.env)
  const email = input.email.trim().toLowerCase()
  const emailKey = `email:${toHex(await sha256(email))}`
  const addressKey = `address:${c.req.header('cf-connecting-ip') ?? 'local'}`
  const seconds = await store.signInWait(db, [emailKey, addressKey])
  if (seconds > 0) throw new Refusal('too_many_tries', { seconds }, seconds)

  const person = await store.personForSignIn(db, email)
  if (!(await checkPassword(input.password, person?.password_hash ?? null)) || !person) {
    await store.signInFailed(db, emailKey, EMAIL_LIMIT)
    await store.signInFailed(db, addressKey, ADDRESS_LIMIT)
    throw new Refusal('wrong_credentials')
  }
  const token = toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
  await store.sessionStart(db, person.id, await tokenHash(token), c.req.header('user-agent') ?? '', emailKey)
  return { token, person: { id: PersonId.parse(person.id), name: person.name, role: person.role } }
}
