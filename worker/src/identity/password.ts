/**
 * Password hashing within an isolate's memory: scrypt, N = 2^15, r = 8, p = 3 (approved by ASVS 5 appendix C; 210 ms of
 * CPU, 32 MiB; reference/platform.md §9). Stored as `scrypt$N$r$p$<salt>$<key>`, base64.
 */
import { scrypt, timingSafeEqual } from 'node:crypto'
import { fromBase64, toBase64 } from '../lib/bytes.ts'

const N = 32_768
const R = 8
const P = 3
const KEY_BYTES = 32

function derive(password: string, salt: Uint8Array, n: number, r: number, p: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, { N: n, r, p, maxmem: 128 * n * r + 16_777_216 }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

/** The hash to store for a new password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const key = await derive(password, salt, N, R, P)
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
  const got = await derive(password, fromBase64(salt), Number(n), Number(r), Number(p))
  return wanted.byteLength === got.byteLength && timingSafeEqual(got, wanted) && stored !== null
}
