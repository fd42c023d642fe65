/**
 * Secrets at rest: `v1.<key id>.<iv>.<ciphertext>`, AES-256-GCM (reference/platform.md §10). The place where a secret is
 * stored is part of its seal, so a ciphertext that was moved to another row does not open.
 */
import { fromBase64, sha256, toBase64, utf8, type Key } from './bytes.ts'

/** `kid:key,kid:key`: the first key seals, all of them open. Keys are at least 32 characters of randomness. */
export type Keyring = { current: string; keys: Map<string, string> }

/** Reads ENCRYPTION_KEY. Throws a clear line when it is missing or too short to protect anything. */
export function keyringOf(text: string | undefined): Keyring {
  const pairs = (text ?? '').split(',').flatMap((part) => {
    const [kid, key] = part.trim().split(':')
    return kid && key ? [[kid, key] as const] : []
  })
  const first = pairs[0]
  if (!first) throw new Error('ENCRYPTION_KEY is missing: set it to <key id>:<at least 32 random characters>')
  for (const [kid, key] of pairs) {
    if (key.length < 32) throw new Error(`ENCRYPTION_KEY: the key "${kid}" has fewer than 32 characters`)
  }
  return { current: first[0], keys: new Map(pairs) }
}

const imported = new Map<string, Key>()

async function aesKey(secret: string): Promise<Key> {
  const known = imported.get(secret)
  if (known) return known
  const key = await crypto.subtle.importKey('raw', await sha256(secret), 'AES-GCM', false, ['encrypt', 'decrypt'])
  imported.set(secret, key)
  return key
}

/** Seals a text for one place, such as `channel|sealed|<row id>|<account id>`. */
export async function seal(text: string, place: string, ring: Keyring): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const key = await aesKey(ring.keys.get(ring.current) ?? '')
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(place) }, key, utf8(text))
  return `v1.${ring.current}.${toBase64(iv)}.${toBase64(new Uint8Array(sealed))}`
}

/** Opens what {@link seal} made for the same place. Throws when it was made elsewhere or changed. */
export async function unseal(sealed: string, place: string, ring: Keyring): Promise<string> {
  const [version, kid, iv, text] = sealed.split('.')
  const secret = kid === undefined ? undefined : ring.keys.get(kid)
  if (version !== 'v1' || !secret || !iv || !text) throw new Error('a sealed value names a key that ENCRYPTION_KEY does not hold')
  const opened = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: fromBase64(iv), additionalData: utf8(place) },
    await aesKey(secret),
    fromBase64(text),
  )
  return new TextDecoder().decode(opened)
}
