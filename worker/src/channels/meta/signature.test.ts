import { expect, test } from 'vitest'
import { verifyChallenge, verifySignature } from './signature.ts'

const RAW = new TextEncoder().encode('{"entry":[{"name":"Mu\\u00f1oz"}]}')

async function signed(raw: Uint8Array, secret: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, new Uint8Array(raw)))
  return `sha256=${Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

const check = (raw: Uint8Array, signature: string | null, secrets: string[]) =>
  verifySignature(raw, new Headers(signature === null ? {} : { 'X-Hub-Signature-256': signature }), secrets)

test('the HMAC of the raw bytes is known from RFC 4231, case 2', async () => {
  const data = new TextEncoder().encode('what do ya want for nothing?')
  const mac = 'sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
  expect(await check(data, mac, ['Jefe'])).toEqual({ ok: true })
  expect(await check(data, mac.toUpperCase().replace('SHA256', 'sha256'), ['Jefe'])).toEqual({ ok: true })
})

test('either secret is good while they rotate', async () => {
  expect(await check(RAW, await signed(RAW, 'old'), ['new', 'old'])).toEqual({ ok: true })
  expect(await check(RAW, await signed(RAW, 'new'), ['new', 'old'])).toEqual({ ok: true })
})

test('another secret, another body and the same body written anew are refused', async () => {
  const signature = await signed(RAW, 'secret')
  const rewritten = new TextEncoder().encode(JSON.stringify(JSON.parse(new TextDecoder().decode(RAW))))
  expect(await check(RAW, signature, ['other'])).toEqual({ ok: false, reason: 'wrong_signature' })
  expect(await check(RAW.slice(1), signature, ['secret'])).toEqual({ ok: false, reason: 'wrong_signature' })
  expect(await check(rewritten, signature, ['secret'])).toEqual({ ok: false, reason: 'wrong_signature' })
})

test.each(['', 'sha256=', 'sha256=zz', `sha1=${'a'.repeat(64)}`, `sha256=${'a'.repeat(63)}`, `sha256=${'a'.repeat(66)}`])(
  'a signature like "%s" is none',
  async (signature) => {
    expect(await check(RAW, signature, ['secret'])).toEqual({ ok: false, reason: 'wrong_signature' })
  },
)

test('without a signature, and without a secret of ours, nothing is taken', async () => {
  expect(await check(RAW, null, ['secret'])).toEqual({ ok: false, reason: 'unsigned' })
  expect(await check(RAW, await signed(RAW, ''.padEnd(1, 'x')), [])).toEqual({ ok: false, reason: 'no_secret' })
  expect(await check(RAW, 'sha256=00', [''])).toEqual({ ok: false, reason: 'no_secret' })
})

const challenge = (query: string, token: string | null) =>
  verifyChallenge(new URL(`https://app.example.com/hooks/meta/k1?${query}`), token)

test('Meta gets its challenge back for the right token', () => {
  expect(challenge('hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=xyz', 'xyz')).toBe('1158201444')
})

test.each([
  ['a wrong token', 'hub.mode=subscribe&hub.challenge=1&hub.verify_token=xyy', 'xyz'],
  ['half a token', 'hub.mode=subscribe&hub.challenge=1&hub.verify_token=xy', 'xyz'],
  ['a token that goes on', 'hub.mode=subscribe&hub.challenge=1&hub.verify_token=xyzxyz', 'xyz'],
  ['no token', 'hub.mode=subscribe&hub.challenge=1', 'xyz'],
  ['no token of ours', 'hub.mode=subscribe&hub.challenge=1&hub.verify_token=', null],
  ['an empty token of ours', 'hub.mode=subscribe&hub.challenge=1&hub.verify_token=', ''],
  ['another mode', 'hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=xyz', 'xyz'],
  ['no challenge', 'hub.mode=subscribe&hub.verify_token=xyz', 'xyz'],
  ['a challenge that is a page', 'hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=xyz', 'xyz'],
])('with %s it gets none', (_what, query, token) => {
  expect(challenge(query, token)).toBeNull()
})
