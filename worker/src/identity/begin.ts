/** The end of every way in: a token for a person, or a refusal that is counted and written down. */
import type * as session from '#contract/session.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import type { RefusalCode } from '#contract/errors.ts'
import { PersonId } from '#contract/ids.ts'
import type { Request } from '../http/app.ts'
import { toBase64Url } from '../lib/bytes.ts'
import { errorText, log } from '../lib/log.ts'
import { Refusal } from '../lib/refusal.ts'
import { databaseOf } from '../lib/sql.ts'
import { tokenHash } from './caller.ts'
import * as store from './identity.store.ts'
import type { Tries } from './tries.ts'

export type SignedIn = OutputOf<typeof session.signIn>

/** A new secret of 32 random bytes, for a session or a link. */
export function newToken(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
}

/** A session that is to begin: its token for the answer, its hash for the database. */
export async function newSession(c: Request): Promise<store.NewSession & { token: string }> {
  const token = newToken()
  return { token, hash: await tokenHash(token), agent: c.req.header('user-agent') ?? '' }
}

/** What the one who signed in is told. */
export function signedIn(token: string, person: store.Secrets): SignedIn {
  return { token, person: { id: PersonId.parse(person.id), name: person.name, role: person.role } }
}

/** Counts a failed try and refuses. The entry of the audit log comes after the answer: its time would tell who exists. */
export async function refuseTry(c: Request, tries: Tries, person: store.Secrets | null, code: RefusalCode): Promise<never> {
  if (person) {
    const written = store.signInRefused(databaseOf(c.env), person.id, code)
    c.executionCtx.waitUntil(
      written.catch((error: unknown) => log('warn', { event: 'audit_missed', trace: c.var.traceId, error: errorText(error) })),
    )
  }
  await tries.failed()
  throw new Refusal(code)
}

/** Refuses what the database did not let through. Only a code that is missing is no failed try. */
export async function refuseUnlessOk(c: Request, tries: Tries, person: store.Secrets, outcome: store.Outcome): Promise<void> {
  if (outcome === 'ok') return
  if (outcome === 'too_many_tries') await tries.refuseWaiting()
  if (outcome === 'too_many_tries' || outcome === 'code_needed' || outcome === 'link_spent') throw new Refusal(outcome)
  await refuseTry(c, tries, person, outcome)
}
