import type * as session from '#contract/session.ts'
import type { ParsedOf } from '#contract/endpoint.ts'
import type { Request } from '../http/app.ts'
import { toHex, sha256 } from '../lib/bytes.ts'
import { Refusal } from '../lib/refusal.ts'
import { databaseOf } from '../lib/sql.ts'
import { refuseUnknownZone } from './audit.ts'
import { newToken, signedIn, type SignedIn } from './begin.ts'
import * as store from './identity.store.ts'
import { hashPassword } from './password.ts'
import { refuseCommon } from './password.rules.ts'
import { signUpsOf } from './tries.ts'

/** A company begins. Refuses too_many_tries, time_zone_unknown, password_common, sign_up_refused (its e-mail is taken). */
export async function signUp(c: Request, input: ParsedOf<typeof session.signUp>): Promise<SignedIn> {
  const tries = signUpsOf(c)
  await tries.refuseWaiting()
  refuseUnknownZone(input.timeZone)
  refuseCommon(input.password, [input.email, input.name, input.company])
  await tries.failed()
  const { password, ...company } = input
  const token = newToken()
  const begun = await store.accountStart(databaseOf(c.env), {
    ...company,
    passwordHash: await hashPassword(password),
    hash: toHex(await sha256(token)),
    agent: c.req.header('user-agent') ?? '',
  })
  if (!begun) throw new Refusal('sign_up_refused')
  return signedIn(token, begun)
}
