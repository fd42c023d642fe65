/** Password hashing: scrypt (lib/scrypt.ts). Stored as `scrypt$N$r$p$<salt>$<key>`, base64. */
import { timingSafeEqual } from 'node:crypto'
import { fromBase64, toBase64 } from '../lib/bytes.ts'
import { COST, derive } from '../lib/scrypt.ts'

const { n: N, r: R, p: P } = COST

/** The hash to store for a new password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const key = await derive(password, salt, COST)
  return ['scrypt', N, R, P, toBase64(salt), toBase64(key)].join('$')
}

/** Was this hash made with other parameters than today's? Then the next sign-in makes a new one. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(`scrypt$${N}$${R}$${P}$`)
}

/** A hash of nobody's password: checking against it takes as long as against a real one. */
const NOBODY = `scrypt$${N}$${R}$${P}$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=`

/** Does this password belong to this hash? `stored` null costs the same time and says no: no account is revealed. */
export async function checkPassword(password: string, stored: string | null): Promise<boolean> {
  const [kind, n, r, p, salt, key] = (stored ?? NOBODY).split('$')
  if (kind !== 'scrypt' || !salt || !key) return false
  const wanted = fromBase64(key)
  const got = await derive(password, fromBase64(salt), { n: Number(n), r: Number(r), p: Number(p) })
  return wanted.byteLength === got.byteLength && timingSafeEqual(got, wanted) && stored !== null
}
