/** The authenticator and its recovery codes. */
import { Factors } from '#contract/session.ts'
import type { Request } from '../http/app.ts'
import { settingsOf } from '../lib/env.ts'
import { Refusal } from '../lib/refusal.ts'
import { seal } from '../lib/seal.ts'
import { confirmedSecrets, own, ownEnding, ownSecrets, type Ended } from './own.ts'
import { CODE_BYTES, CODES, recoveryCode, recoveryHash } from './recovery.rules.ts'
import { authenticatorStep, proofOf, seedPlace } from './second-factor.ts'
import { toBase32, totpUri } from './totp.rules.ts'

/** Bytes of a seed: what RFC 4226 §4 recommends. */
const SEED_BYTES = 20

export async function listFactors(c: Request): Promise<Factors> {
  return Factors.parse((await own(c, 'api_factors', {})).answer)
}

/** A seed that does not count yet. Refuses changed_meanwhile where one counts already: it has to be removed first. */
export async function beginTotp(c: Request, input: { password: string }): Promise<{ secret: string; uri: string }> {
  const { me } = await confirmedSecrets(c, input.password)
  const secret = toBase32(crypto.getRandomValues(new Uint8Array(SEED_BYTES)))
  const sealed = await seal(secret, seedPlace(me.id, me.accountId), settingsOf(c.env).keyring)
  await own(c, 'api_totp_begin', { sealed })
  return { secret, uri: totpUri(secret, me.email) }
}

/** Switches the second factor on. The codes leave in this answer and are stored as hashes only. Refuses code_wrong. */
export async function confirmTotp(c: Request, input: { code: string }, ended: Ended): Promise<{ recoveryCodes: string[] }> {
  const { me, tries } = await ownSecrets(c)
  const step = await authenticatorStep(c, me, input.code)
  if (step === null) {
    await tries.failed()
    throw new Refusal('code_wrong')
  }
  const recoveryCodes = Array.from({ length: CODES }, () => recoveryCode(crypto.getRandomValues(new Uint8Array(CODE_BYTES))))
  const codes = await Promise.all(recoveryCodes.map((code) => recoveryHash(me.id, code)))
  await ownEnding(c, ended, 'api_totp_confirm', { sealed: me.totpSealed, step, codes })
  return { recoveryCodes }
}

/** Switches the second factor off. Refuses wrong_credentials, code_wrong, too_many_tries. */
export async function removeTotp(c: Request, input: { password: string; code: string }, ended: Ended): Promise<{ done: true }> {
  const { me, tries } = await confirmedSecrets(c, input.password)
  const { step, recovery } = await proofOf(c, me, input.code)
  try {
    await ownEnding(c, ended, 'api_totp_remove', { step, recovery })
  } catch (error) {
    if (error instanceof Refusal && error.code === 'code_wrong') await tries.failed()
    throw error
  }
  return { done: true }
}
