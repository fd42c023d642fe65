/** Who posts to our hook: reference/meta-cloud-api.md §2. */
import type { HookCheck } from '../channel.ts'
import { hmacKey } from '../../lib/bytes.ts'

const SIGNATURE = /^sha256=([0-9a-f]{64})$/i

/**
 * Are these the bytes that Meta signed? HMAC-SHA256 over the raw body, compared in constant time by WebCrypto. While
 * secrets rotate any of them may match. No secret at all never accepts.
 */
export async function verifySignature(raw: Uint8Array, headers: Headers, appSecrets: readonly string[]): Promise<HookCheck> {
  const secrets = appSecrets.filter((secret) => secret !== '')
  if (secrets.length === 0) return { ok: false, reason: 'no_secret' }
  const header = headers.get('x-hub-signature-256')
  if (header === null) return { ok: false, reason: 'unsigned' }
  const hex = SIGNATURE.exec(header)?.[1]
  if (hex === undefined) return { ok: false, reason: 'wrong_signature' }
  const signature = bytesOf(hex)
  for (const secret of secrets) if (await matches(raw, signature, secret)) return { ok: true }
  return { ok: false, reason: 'wrong_signature' }
}

async function matches(raw: Uint8Array, signature: Uint8Array, secret: string): Promise<boolean> {
  return crypto.subtle.verify('HMAC', await hmacKey(secret), signature, raw)
}

function bytesOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2)
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16)
  return bytes
}

const CHALLENGE = /^[\w.:-]{1,256}$/

/**
 * The challenge to answer (200, text/plain) when Meta checks our address, or null (403). Without a token of ours
 * nothing is ever confirmed.
 */
export function verifyChallenge(url: URL, token: string | null): string | null {
  const challenge = url.searchParams.get('hub.challenge') ?? ''
  const given = url.searchParams.get('hub.verify_token')
  if (url.searchParams.get('hub.mode') !== 'subscribe' || !CHALLENGE.test(challenge)) return null
  return token && given !== null && isSame(given, token) ? challenge : null
}

/** Takes the same time wherever the first difference is; only the length shows. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [new TextEncoder().encode(given), new TextEncoder().encode(expected)]
  let difference = a.length ^ b.length
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at % b.length] ?? 0)
  return difference === 0
}
