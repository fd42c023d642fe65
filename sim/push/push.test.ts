import { createECDH, createPrivateKey, hkdfSync, createCipheriv, randomBytes, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { aWorld } from '../testing.ts'

/** Somebody who pushes, with keys of their own. */
function aSender() {
  const pair = createECDH('prime256v1')
  const publicKey = pair.generateKeys()
  const jwk = {
    ...{ kty: 'EC', crv: 'P-256', d: pair.getPrivateKey().toString('base64url') },
    ...{ x: publicKey.subarray(1, 33).toString('base64url'), y: publicKey.subarray(33).toString('base64url') },
  }
  const key = createPrivateKey({ key: jwk, format: 'jwk' })
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return (claims: object) => {
    const content = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`
    const signature = sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
    return `vapid t=${content}.${signature}, k=${publicKey.toString('base64url')}`
  }
}

function encrypted(text: string, p256dh: string, auth: string): Buffer {
  const phone = Buffer.from(p256dh, 'base64url')
  const pair = createECDH('prime256v1')
  const sender = pair.generateKeys()
  const salt = randomBytes(16)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), phone, sender])
  const input = Buffer.from(hkdfSync('sha256', pair.computeSecret(phone), Buffer.from(auth, 'base64url'), info, 32))
  const key = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: nonce\0', 12))
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(`${text}\u0002`), cipher.final(), cipher.getAuthTag()])
  return Buffer.concat([salt, Buffer.from([0, 0, 16, 0, 65]), sender, sealed])
}

const HOUR_S = 3_600

test('a push with all that the services ask for is taken, and opens for its browser alone', async () => {
  await using world = await aWorld()
  const [mine, other] = [await world.control('POST', '/push/subscriptions'), await world.control('POST', '/push/subscriptions')]
  const authorization = aSender()
  const claims = { aud: world.sim.origin, exp: Math.floor(Date.now() / 1000) + HOUR_S, sub: 'mailto:a@empresa.ec' }
  const push = async (to: typeof mine, more: Record<string, string | undefined> = {}, text = 'Hola', signed: object = claims) => {
    const given = { ttl: '60', 'content-encoding': 'aes128gcm', authorization: authorization(signed), ...more }
    const headers = Object.fromEntries(Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined))
    const body = new Uint8Array(encrypted(text, String(mine['p256dh']), String(mine['auth'])))
    return (await fetch(String(to['endpoint']), { method: 'POST', headers, body })).status
  }
  const bad = [
    push(mine, { ttl: undefined }),
    push(mine, { urgency: 'now' }),
    push(mine, { topic: 'x'.repeat(33) }),
    push(mine, { 'content-encoding': 'aesgcm' }),
    push(mine, {}, 'x'.repeat(4_096)),
    push(mine, { authorization: undefined }),
    push(mine, {}, 'Hola', { ...claims, aud: 'https://elsewhere.example' }),
    push(mine, {}, 'Hola', { ...claims, exp: claims.exp + 30 * HOUR_S }),
    push(mine, {}, 'Hola', { ...claims, exp: 1 }),
    push(mine, {}, 'Hola', { ...claims, sub: 'mailto:a@localhost' }),
    push(mine, {}, 'Hola', { ...claims, sub: undefined }),
  ]
  expect(await Promise.all(bad)).toEqual([400, 400, 400, 400, 413, 401, 403, 403, 403, 403, 403])
  expect([await push(mine, { urgency: 'high', topic: 'x' }), await push(other)]).toEqual([201, 201])
  const { items } = await world.control('GET', '/push/received?after=11')
  expect(items).toMatchObject([{ text: 'Hola', urgency: 'high' }, { text: null }])
})

test('a browser that is gone, and a service that is busy', async () => {
  await using world = await aWorld()
  const { id, endpoint, p256dh, auth } = await world.control('POST', '/push/subscriptions')
  const authorization = aSender()({
    aud: world.sim.origin,
    exp: Math.floor(Date.now() / 1000) + HOUR_S,
    sub: 'mailto:a@empresa.ec',
  })
  const push = async () => {
    const body = new Uint8Array(encrypted('Hola', String(p256dh), String(auth)))
    const response = await fetch(String(endpoint), {
      ...{ method: 'POST', body, headers: { ttl: '60', 'content-encoding': 'aes128gcm', authorization } },
    })
    return [response.status, response.headers.get('retry-after')]
  }
  await world.control('PUT', `/push/subscriptions/${String(id)}`, { answers: [{ status: 429, retryAfter: 7 }, { status: 503 }] })
  expect([await push(), await push(), await push()]).toEqual([
    [429, '7'],
    [503, null],
    [201, null],
  ])
  await world.control('PUT', `/push/subscriptions/${String(id)}`, { gone: true })
  expect(await push()).toEqual([410, null])
})
