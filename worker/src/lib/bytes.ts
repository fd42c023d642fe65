/** Bytes, hashes and comparisons that take the same time whatever they compare. */
const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(encoder.encode(text))

export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** Throws on text that is no base64; callers treat that as "not ours". */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

export async function sha256(data: Uint8Array<ArrayBuffer> | string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', typeof data === 'string' ? utf8(data) : data))
}

/** A key of the platform's crypto, under the name that both workerd and Node know. */
export type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>

/** Values only: a promise of one request must never be awaited by another one. */
const hmacKeys = new Map<string, Key>()
const HMAC_KEYS_MAX = 1_000

/** The key of a secret; made once, since the same few sign everything. */
export async function hmacKey(secret: string): Promise<Key> {
  const known = hmacKeys.get(secret)
  if (known) return known
  const key = await crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
  if (hmacKeys.size >= HMAC_KEYS_MAX) hmacKeys.clear()
  hmacKeys.set(secret, key)
  return key
}
