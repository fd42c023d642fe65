/** Encryption and signature as workerd makes them. */
import { expect, test } from 'vitest'
import { fromBase64, toBase64Url, utf8 } from '../../lib/bytes.ts'
import { encrypt } from './encrypt.ts'
import { vapidHeader } from './vapid.ts'

/** RFC 8291, Appendix A. */
const RFC = {
  text: 'When I grow up, I want to be a watermelon',
  senderPrivate: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  senderPublic: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
  phonePublic: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  body: 'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}

const jwkOf = (publicKey: string, privateKey: string) => {
  const point = fromBase64(publicKey)
  const half = (from: number) => toBase64Url(point.slice(from, from + 32))
  return { kty: 'EC', crv: 'P-256', x: half(1), y: half(33), d: privateKey }
}

test('the example of RFC 8291 comes out byte for byte', async () => {
  const jwk = jwkOf(RFC.senderPublic, RFC.senderPrivate)
  const privateKey = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
  const body = await encrypt(RFC.text, RFC.phonePublic, RFC.auth, {
    ...{ privateKey, publicKey: fromBase64(RFC.senderPublic), salt: fromBase64(RFC.salt) },
  })
  expect(toBase64Url(body)).toBe(RFC.body)
})

test('every push has a key pair and a salt of its own', async () => {
  const bodies = await Promise.all([1, 2].map(() => encrypt('Hola', RFC.phonePublic, RFC.auth)))
  const [first, second] = bodies.map((body) => toBase64Url(body.slice(0, 86)))
  expect(first).not.toBe(second)
})

test('keys that are none are refused, and nothing is sent in the clear', async () => {
  await expect(encrypt('Hola', toBase64Url(new Uint8Array(65).fill(4)), RFC.auth)).rejects.toThrow(/key|point|curve|data|import/i)
})

test('the token is for one service, for twelve hours, signed with our key, and made once', async () => {
  const keys = { publicKey: RFC.senderPublic, privateKey: RFC.senderPrivate, subject: 'mailto:avisos@empresa.ec' }
  const now = Date.UTC(2026, 10, 21, 12)
  const header = await vapidHeader(keys, 'https://web.push.apple.com', now)
  const [, token = '', key] = /^vapid t=([^,]+), k=(.+)$/.exec(header) ?? []
  expect(key).toBe(RFC.senderPublic)
  const [head = '', claims = '', signature = ''] = token.split('.')
  const read = (part: string): unknown => JSON.parse(new TextDecoder().decode(fromBase64(part)))
  expect(read(head)).toEqual({ typ: 'JWT', alg: 'ES256' })
  expect(read(claims)).toEqual({ aud: 'https://web.push.apple.com', exp: now / 1000 + 12 * 3_600, sub: keys.subject })
  const { d: _secret, ...open } = jwkOf(RFC.senderPublic, RFC.senderPrivate)
  const verifying = await crypto.subtle.importKey('jwk', open, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  expect(await crypto.subtle.verify(algorithm, verifying, fromBase64(signature), utf8(`${head}.${claims}`))).toBe(true)

  const HOUR_MS = 3_600_000
  expect(await vapidHeader(keys, 'https://web.push.apple.com', now + 10 * HOUR_MS)).toBe(header)
  expect(await vapidHeader(keys, 'https://web.push.apple.com', now + 11 * HOUR_MS)).not.toBe(header)
  expect(await vapidHeader(keys, 'https://fcm.googleapis.com', now)).not.toBe(header)
})
