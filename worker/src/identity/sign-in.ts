import type { Request } from '../http/app.ts'
import { databaseOf } from '../lib/sql.ts'
import { newSession, refuseTry, refuseUnlessOk, signedIn, type SignedIn } from './begin.ts'
import * as store from './identity.store.ts'
import { checkPassword, hashPassword, isOutdated } from './password.ts'
import { proofOf } from './second-factor.ts'
import { triesOf } from './tries.ts'

/**
 * Checks e-mail, password and second factor and opens a session. Refuses too_many_tries (with `seconds`) before any
 * hashing, and wrong_credentials in the same words and time whether the e-mail exists or not.
 */
export async function signIn(
  c: Request,
  input: { email: string; password: string; code?: string | undefined },
): Promise<SignedIn> {
  const db = databaseOf(c.env)
  const email = input.email.trim().toLowerCase()
  const tries = await triesOf(c, email)
  await tries.refuseWaiting()

  const person = await store.personForSignIn(db, email)
  const stored = person?.passwordHash ?? null
  if (!(await checkPassword(input.password, stored)) || !person || !stored) {
    return refuseTry(c, tries, person, 'wrong_credentials')
  }
  const code = await proofOf(c, person, input.code)
  const rehashed = isOutdated(stored) ? { rehashed: await hashPassword(input.password) } : {}
  const { token, ...session } = await newSession(c)
  const proof = { way: 'password', passwordHash: stored, ...code, ...rehashed }
  await refuseUnlessOk(c, tries, person, await store.sessionStart(db, person.id, session, tries.keys, proof))
  return signedIn(token, person)
}
