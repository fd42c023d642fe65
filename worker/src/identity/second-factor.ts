/** What a typed code proves. Whether it is still unused is decided in the database, at the moment in which it is spent. */
import type { Request } from '../http/app.ts'
import { settingsOf } from '../lib/env.ts'
import { unseal } from '../lib/seal.ts'
import type { Secrets } from './identity.store.ts'
import { recoveryHash, recoveryTyped } from './recovery.rules.ts'
import { fromBase32, stepOf } from './totp.rules.ts'

/** `coded`: a code was given. Neither `step` nor `recovery`: it was a wrong one. */
export type CodeProof = { coded?: true; step?: number; recovery?: string }

/** Where a seed is stored is part of its seal (reference/platform.md §10). */
export function seedPlace(personId: string, accountId: string): string {
  return `person|totp_sealed|${personId}|${accountId}`
}

/** The authenticator's step of a six-digit code, now; null when it is wrong or there is no seed. */
export async function authenticatorStep(
  c: Request,
  person: Pick<Secrets, 'id' | 'accountId' | 'totpSealed'>,
  code: string,
): Promise<number | null> {
  if (person.totpSealed === null) return null
  const seed = await unseal(person.totpSealed, seedPlace(person.id, person.accountId), settingsOf(c.env).keyring)
  return stepOf(fromBase32(seed), code, Date.now())
}

/** The code that came with a password or a link. */
export async function proofOf(c: Request, person: Secrets, code: string | undefined): Promise<CodeProof> {
  if (code === undefined || !person.hasTotp) return {}
  const digits = code.replaceAll(' ', '')
  if (/^\d{6}$/.test(digits)) {
    const step = await authenticatorStep(c, person, digits)
    return step === null ? { coded: true } : { coded: true, step }
  }
  const typed = recoveryTyped(code)
  return typed === null ? { coded: true } : { coded: true, recovery: await recoveryHash(person.id, typed) }
}
