/** What push services insist on, all of them taken together: RFC 8030, RFC 8292, and Apple's rules for claims (reference/pwa.md §8.2). */
import { createPublicKey, verify } from 'node:crypto'
import { fieldsOf, jsonIn, numberOf, textOf } from '../lib/fields.ts'
import type { Asked } from '../lib/http.ts'

const MAX_BODY = 4096
const MAX_TTL_S = 2_419_200
const DAY_S = 86_400

export type Refused = { status: number; reason: string }
export type Claims = { aud: string; exp: number; sub: string }

/** Why a push is refused; or the claims of whoever sent it. */
export function checked({ headers, body, origin }: Asked, now: number): Refused | { claims: Claims; publicKey: string } {
  const ttl = headers.ttl
  if (typeof ttl !== 'string' || !/^\d+$/.test(ttl)) return { status: 400, reason: 'TTL is missing' }
  if (Number(ttl) > MAX_TTL_S) return { status: 400, reason: 'TTL is too long' }
  if (headers['content-encoding'] !== 'aes128gcm') return { status: 400, reason: 'content-encoding must be aes128gcm' }
  const { urgency, topic } = headers
  if (urgency !== undefined && !['very-low', 'low', 'normal', 'high'].includes(String(urgency)))
    return { status: 400, reason: 'no such urgency' }
  if (topic !== undefined && !/^[\w-]{1,32}$/.test(String(topic)))
    return { status: 400, reason: 'topic must be 32 base64url characters' }
  if (body.length > MAX_BODY) return { status: 413, reason: 'PayloadTooLarge' }
  if (body.length === 0 || body.readUInt32BE(16) !== 4096) return { status: 400, reason: 'not one record of 4096' }
  return tokenIn(headers.authorization ?? '', origin, Math.floor(now / 1000))
}

function tokenIn(authorization: string, origin: string, at: number): Refused | { claims: Claims; publicKey: string } {
  const [, token = '', publicKey = ''] = /^vapid t=([\w-]+\.[\w-]+\.[\w-]+), ?k=([\w-]+)$/.exec(authorization) ?? []
  if (token === '') return { status: 401, reason: 'MissingProviderToken' }
  const [head = '', body = '', signature = ''] = token.split('.')
  if (!isSigned(`${head}.${body}`, signature, publicKey)) return { status: 403, reason: 'BadJwtToken: signature' }
  const header = fieldsOf(jsonIn(Buffer.from(head, 'base64url').toString('utf8')))
  if (header.alg !== 'ES256') return { status: 403, reason: 'BadJwtToken: alg' }
  const fields = fieldsOf(jsonIn(Buffer.from(body, 'base64url').toString('utf8')))
  const claims = { aud: textOf(fields.aud) ?? '', exp: numberOf(fields.exp) ?? 0, sub: textOf(fields.sub) ?? '' }
  if (claims.aud !== origin) return { status: 403, reason: 'BadJwtToken: aud' }
  if (claims.exp <= at) return { status: 403, reason: 'ExpiredJwtToken' }
  if (claims.exp > at + DAY_S) return { status: 403, reason: 'BadJwtToken: exp' }
  if (!isRealSubject(claims.sub)) return { status: 403, reason: 'BadJwtToken: sub' }
  return { claims, publicKey }
}

function isRealSubject(sub: string): boolean {
  const [, host = ''] = /^(?:mailto:[^@\s]+@|https:\/\/)([\w.-]+)/.exec(sub) ?? []
  return host.includes('.') && !/(^|\.)(localhost|invalid)$/.test(host)
}

function isSigned(content: string, signature: string, publicKey: string): boolean {
  const point = Buffer.from(publicKey, 'base64url')
  if (point.length !== 65 || point[0] !== 4) return false
  const jwk = {
    ...{ kty: 'EC', crv: 'P-256' },
    ...{ x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') },
  }
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    return verify('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}
