/** Addresses that open for a while without a session: a provider fetches our files from them. */
import { fromBase64, hmacKey, toBase64Url, utf8, type Key } from './bytes.ts'
import type { Keyring } from './seal.ts'

export type LinkedFile = { key: string; mime: string; name: string | null }

async function signingKey(ring: Keyring, kid: string): Promise<Key | null> {
  const secret = ring.keys.get(kid)
  return secret ? hmacKey(`file link|${secret}`) : null
}

/** `<key id>.<payload>.<signature>`, valid until `expires` (milliseconds). */
export async function signLink(file: LinkedFile, expires: number, ring: Keyring): Promise<string> {
  const payload = toBase64Url(utf8(JSON.stringify([file.key, file.mime, file.name, expires])))
  const key = await signingKey(ring, ring.current)
  if (!key) throw new Error('the keyring has no current key')
  const signature = await crypto.subtle.sign('HMAC', key, utf8(payload))
  return `${ring.current}.${payload}.${toBase64Url(new Uint8Array(signature))}`
}

/** The file of a link that we signed and that has not expired, else null. */
export async function openLink(token: string, now: number, ring: Keyring): Promise<LinkedFile | null> {
  const [kid, payload, signature] = token.split('.')
  if (!kid || !payload || !signature) return null
  const key = await signingKey(ring, kid)
  try {
    if (!key || !(await crypto.subtle.verify('HMAC', key, fromBase64(signature), utf8(payload)))) return null
    const [file, mime, name, expires]: unknown[] = JSON.parse(new TextDecoder().decode(fromBase64(payload)))
    if (typeof file !== 'string' || typeof mime !== 'string' || typeof expires !== 'number' || expires < now) return null
    return { key: file, mime, name: typeof name === 'string' ? name : null }
  } catch {
    return null
  }
}
