/** Links that set a password: the token is the secret, only its hash is stored. Made in people.ts. */
import type * as session from '#contract/session.ts'
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts'
import type { Request } from '../http/app.ts'
import { Refusal } from '../lib/refusal.ts'
import { databaseOf } from '../lib/sql.ts'
import { newSession, refuseUnlessOk, signedIn, type SignedIn } from './begin.ts'
import { tokenHash } from './caller.ts'
import * as store from './identity.store.ts'
import { hashPassword } from './password.ts'
import { refuseCommon } from './password.rules.ts'
import { proofOf } from './second-factor.ts'
import { triesOf } from './tries.ts'

async function linked(c: Request, linkHash: string): Promise<store.Linked> {
  const found = await store.linkRead(databaseOf(c.env), linkHash)
  if (!found) throw new Refusal('link_spent')
  return found
}

/** What a link is for. Refuses link_spent. */
export async function readLink(c: Request, input: { token: string }): Promise<OutputOf<typeof session.readLink>> {
  const { kind, company, name, email, until } = await linked(c, await tokenHash(input.token))
  return { kind, company, name, email, until }
}

/**
 * Sets the password and signs in. The second factor is still asked for, and wrong codes count as failed sign-ins of the
 * person. Refuses link_spent, password_common, code_needed, code_wrong, too_many_tries.
 */
export async function useLink(
  c: Request,
  input: ParsedOf<typeof session.useLink>,
  ended: (accountId: string, personId: string) => Promise<void>,
): Promise<SignedIn> {
  const linkHash = await tokenHash(input.token)
  const person = await linked(c, linkHash)
  const tries = await triesOf(c, person.email)
  await tries.refuseWaiting()
  refuseCommon(input.password, [person.email, person.name, person.company])
  const proof = { ...(await proofOf(c, person, input.code)), passwordHash: await hashPassword(input.password) }
  const { token, ...begun } = await newSession(c)
  await refuseUnlessOk(c, tries, person, await store.linkUse(databaseOf(c.env), linkHash, begun, tries.keys, proof))
  await ended(person.accountId, person.id)
  return signedIn(token, person)
}
