/** Who sends: RFC 8292. One signed token for each push service, good for twelve hours (reference/pwa.md §8.2). */
import { fromBase64, toBase64Url, utf8, type Key } from '../../lib/bytes.ts'
import type { VapidKeys } from '../../lib/env.ts'

/** Apple takes at most a day, and our clock may differ from theirs. */
const LIFE_S = 12 * 3_600
/** A token is not handed out in its last hour: a push may wait for its turn. */
const SPARE_S = 3_600
const KEPT_MAX = 100

/** Values only: a promise of one request must never be awaited by another one. */
const known = new Map<string, { token: string; until: number }>()

/** The `Authorization` header for a push service. `origin` is its endpoint's. */
export async function vapidHeader(keys: VapidKeys, origin: string, now: number): Promise<string> {
  return `vapid t=${await tokenFor(keys, origin, now)}, k=${keys.publicKey}`
}

async function tokenFor(keys: VapidKeys, origin: string, now: number): Promise<string> {
  const place = `${keys.publicKey} ${origin}`
  const at = Math.floor(now / 1000)
  const kept = known.get(place)
  if (kept && kept.until - SPARE_S > at) return kept.token
  const until = at + LIFE_S
  const token = await signed(keys, { aud: origin, exp: until, sub: keys.subject })
  if (known.size >= KEPT_MAX) known.clear()
  known.set(place, { token, until })
  return token
}

async function signed(keys: VapidKeys, claims: object): Promise<string> {
  const part = (value: object) => toBase64Url(utf8(JSON.stringify(value)))
  const content = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, await signingKey(keys), utf8(content))
  return `${content}.${toBase64Url(new Uint8Array(signature))}`
}

function signingKey({ publicKey, privateKey }: VapidKeys): Promise<Key> {
  const point = fromBase64(publicKey)
  const jwk = {
    ...{ kty: 'EC', crv: 'P-256', d: privateKey },
    ...{ x: toBase64Url(point.slice(1, 33)), y: toBase64Url(point.slice(33, 65)) },
  }
  return crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
}
