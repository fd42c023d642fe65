/** What a signed-in person changes about themselves: asked for the password first, other devices signed out after. */
import * as z from 'zod'
import type { Request } from '../http/app.ts'
import { Refusal } from '../lib/refusal.ts'
import { callKnown, type Caller } from './caller.ts'
import { Secrets } from './identity.store.ts'
import { checkPassword, hashPassword } from './password.ts'
import { refuseCommon } from './password.rules.ts'
import { triesOf, type Tries } from './tries.ts'

/** Closes the sockets of one session, or of all of a person. */
export type Ended = (c: Request, accountId: string, sessionOrPersonId: string) => Promise<void>

/** Runs a function of db/functions/095_own.sql as the caller. Refuses not_found where it knows nothing. */
export async function own(c: Request, fn: string, args: object): Promise<{ caller: Caller; answer: unknown }> {
  const { caller, result } = await callKnown(c, 'signed-in', fn, args)
  const answer: unknown = JSON.parse(result)
  return { caller, answer }
}

const Gone = z.object({ ended: z.array(z.string()) })

/** As {@link own}, for functions that end other sessions: their sockets close at once. Gives how many. */
export async function ownEnding(c: Request, ended: Ended, fn: string, args: object): Promise<{ count: number; answer: unknown }> {
  const { caller, answer } = await own(c, fn, args)
  const gone = Gone.parse(answer).ended
  await Promise.all(gone.map((sessionId) => ended(c, caller.account.id, sessionId)))
  return { count: gone.length, answer }
}

/** The caller's own secrets, and the limits on guessing them. Refuses too_many_tries. */
export async function ownSecrets(c: Request): Promise<{ me: Secrets; tries: Tries }> {
  const me = Secrets.parse((await own(c, 'api_own_secrets', {})).answer)
  const tries = await triesOf(c, me.email)
  await tries.refuseWaiting()
  return { me, tries }
}

/** The same after the password was given once more: whoever finds an open phone does not get further. */
export async function confirmedSecrets(c: Request, password: string): Promise<{ me: Secrets; tries: Tries }> {
  const found = await ownSecrets(c)
  if (!(await checkPassword(password, found.me.passwordHash))) {
    await found.tries.failed()
    throw new Refusal('wrong_credentials')
  }
  return found
}

/** Changes the own password. Refuses wrong_credentials, password_common, too_many_tries. */
export async function changePassword(
  c: Request,
  input: { current: string; next: string },
  ended: Ended,
): Promise<{ done: true }> {
  const { me } = await confirmedSecrets(c, input.current)
  refuseCommon(input.next, [me.email, me.name, me.company])
  await ownEnding(c, ended, 'api_password_change', { was: me.passwordHash, hash: await hashPassword(input.next) })
  return { done: true }
}
