/** Words of ours that come back from outside: addresses and invitations that open for a while without a session. */
import { fromBase64, hmacKey, toBase64Url, utf8, type Key } from './bytes.ts'
import type { Keyring } from './seal.ts'

export type LinkedFile = { key: string; mime: string; name: string | null }

/** What is signed for one purpose opens for no other. */
type Purpose = 'file link' | 'link invitation' | 'portal choice' | 'frame files' | 'frame page'

async function signingKey(ring: Keyring, kid: string, purpose: Purpose): Promise<Key | null> {
  const secret = ring.keys.get(kid)
  return secret ? hmacKey(`${purpose}|${secret}`) : null
}

/** `<key id>.<payload>.<signature>`, valid until `expires` (milliseconds). */
export async function signWords(
  purpose: Purpose,
  words: readonly (string | null)[],
  expires: number,
  ring: Keyring,
): Promise<string> {
  const payload = toBase64Url(utf8(JSON.stringify([...words, expires])))
  const key = await signingKey(ring, ring.current, purpose)
  if (!key) throw new Error('the keyring has no current key')
  const signature = await crypto.subtle.sign('HMAC', key, utf8(payload))
  return `${ring.current}.${payload}.${toBase64Url(new Uint8Array(signature))}`
}

/** The words that we signed for this purpose and that have not expired, else null. */
export async function openWords(purpose: Purpose, token: string, now: number, ring: Keyring): Promise<unknown[] | null> {
  const [kid, payload, signature] = token.split('.')
  if (!kid || !payload || !signature) return null
  const key = await signingKey(ring, kid, purpose)
  try {
    if (!key || !(await crypto.subtle.verify('HMAC', key, fromBase64(signature), utf8(payload)))) return null
    const signed: unknown[] = JSON.parse(new TextDecoder().decode(fromBase64(payload)))
    const expires = signed.at(-1)
    return typeof expires === 'number' && expires >= now ? signed.slice(0, -1) : null
  } catch {
    return null
  }
}

/** An address of a file for a provider. */
export function signLink(file: LinkedFile, expires: number, ring: Keyring): Promise<string> {
  return signWords('file link', [file.key, file.mime, file.name], expires, ring)
}

/** The file of a link that we signed and that has not expired, else null. */
export async function openLink(token: string, now: number, ring: Keyring): Promise<LinkedFile | null> {
  const [file, mime, name] = (await openWords('file link', token, now, ring)) ?? []
  if (typeof file !== 'string' || typeof mime !== 'string') return null
  return { key: file, mime, name: typeof name === 'string' ? name : null }
}
