/// <reference types="@cloudflare/vitest-plugin/types" />
import { SELF } from 'cloudflare:test'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { sha256, toBase64Url, utf8 } from '../lib/bytes.ts'

const ORIGIN = 'http://app.test'
const PASSWORD = 'mula verde en la loma'

async function ask(token: string | null, method: string, path: string, body?: unknown) {
  const headers = {
    'cf-connecting-ip': crypto.randomUUID(),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const answer = await SELF.fetch(`${ORIGIN}/api${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const json: unknown = await answer.json()
  return { status: answer.status, json }
}

async function anAdministrator(): Promise<string> {
  const begun = await ask(null, 'POST', '/account', {
    ...{ company: 'Cobranzas del Sur', name: 'Ana Torres', email: `${crypto.randomUUID()}@test.example`, password: PASSWORD },
    ...{ country: 'EC', timeZone: 'America/Guayaquil', language: 'es' },
  })
  return z.object({ token: z.string() }).parse(begun.json).token
}

const join = (...parts: (Uint8Array | number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]))
/** A number of ASN.1: no zeros in front, but one where it would read as negative. */
function asn1(number: Uint8Array): Uint8Array {
  const from = number.findIndex((byte) => byte !== 0)
  const digits = number.subarray(from)
  const padded = (digits[0] ?? 0) > 127 ? join([0], digits) : digits
  return join([2, padded.length], padded)
}

type Flags = { verified?: boolean; counter?: number; origin?: string; rpId?: string; userHandle?: string }

/** An authenticator in software: one ES256 key, attestation "none". */
async function anAuthenticator() {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  if (!('privateKey' in keys)) throw new Error('no pair')
  const id = crypto.getRandomValues(new Uint8Array(16))
  const point = new Uint8Array(z.instanceof(ArrayBuffer).parse(await crypto.subtle.exportKey('raw', keys.publicKey)))
  // COSE: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
  const cose = join([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32], point.subarray(1, 33), [0x22, 0x58, 32], point.subarray(33))

  const client = (type: string, challenge: string, origin = ORIGIN) =>
    utf8(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  async function data(attested: boolean, { verified = true, counter = 0, rpId = 'app.test' }: Flags): Promise<Uint8Array> {
    const flags = 1 | (verified ? 4 : 0) | (attested ? 64 : 0)
    return join(await sha256(rpId), [flags, 0, 0, counter >> 8, counter & 255])
  }
  const common = { id: toBase64Url(id), rawId: toBase64Url(id), type: 'public-key', clientExtensionResults: {} }

  return {
    async make(challenge: string, flags: Flags = {}) {
      const authData = join(await data(true, flags), new Uint8Array(16), [0, id.length], id, cose)
      const attestationObject = join(
        ...[[0xa3, 0x63], utf8('fmt'), [0x64], utf8('none'), [0x67], utf8('attStmt'), [0xa0]],
        ...[[0x68], utf8('authData'), [0x58, authData.length], authData],
      )
      const clientDataJSON = toBase64Url(client('webauthn.create', challenge, flags.origin))
      return {
        ...common,
        response: { clientDataJSON, attestationObject: toBase64Url(attestationObject), transports: ['internal'] },
      }
    },
    async sign(challenge: string, flags: Flags = {}) {
      const authData = await data(false, flags)
      const clientData = client('webauthn.get', challenge, flags.origin)
      const signed = join(authData, await sha256(clientData))
      const raw = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, signed))
      const numbers = join(asn1(raw.subarray(0, 32)), asn1(raw.subarray(32)))
      return {
        ...common,
        response: {
          clientDataJSON: toBase64Url(clientData),
          authenticatorData: toBase64Url(authData),
          signature: toBase64Url(join([0x30, numbers.length], numbers)),
          ...(flags.userHandle === undefined ? {} : { userHandle: flags.userHandle }),
        },
      }
    },
  }
}
type Authenticator = Awaited<ReturnType<typeof anAuthenticator>>

const Options = z.object({ options: z.looseObject({ challenge: z.string() }) })

async function challengeFor(token: string) {
  return Options.parse((await ask(token, 'POST', '/session/passkeys/challenge', { password: PASSWORD })).json).options
}

/** Makes a passkey and keeps it. */
async function withPasskey(token: string): Promise<Authenticator & { passkeyId: string }> {
  const device = await anAuthenticator()
  const { challenge } = await challengeFor(token)
  const kept = await ask(token, 'POST', '/session/passkeys', { name: 'Mi teléfono', answer: await device.make(challenge) })
  const { passkeys } = z.object({ passkeys: z.array(z.object({ id: z.string(), name: z.string() })) }).parse(kept.json)
  expect(passkeys.at(-1)?.name).toBe('Mi teléfono')
  return { ...device, passkeyId: passkeys.at(-1)?.id ?? '' }
}

async function challengeToSignIn() {
  const begun = await ask(null, 'POST', '/session/passkey/challenge', {})
  const { challengeId, options } = Options.extend({ challengeId: z.string() }).parse(begun.json)
  return { challengeId, challenge: options.challenge, options }
}

async function signIn(device: Authenticator, flags: Flags = {}) {
  const { challengeId, challenge } = await challengeToSignIn()
  return ask(null, 'POST', '/session/passkey', { challengeId, answer: await device.sign(challenge, flags) })
}

const REFUSED = { status: 401, json: { code: 'passkey_refused' } }

test('a passkey signs its person in, without e-mail, password or code', async () => {
  const token = await anAdministrator()
  const device = await withPasskey(token)
  const { options } = await challengeToSignIn()
  expect(options).toMatchObject({ rpId: 'app.test', userVerification: 'required' })
  expect(options['allowCredentials'] ?? []).toEqual([])

  const me = z.object({ person: z.object({ id: z.string() }) }).parse((await ask(token, 'GET', '/session')).json).person.id
  const begun = await signIn(device, { userHandle: toBase64Url(utf8(me)), counter: 1 })
  expect(begun).toMatchObject({ status: 200, json: { person: { id: me, name: 'Ana Torres' } } })
  const theirs = z.object({ token: z.string() }).parse(begun.json).token
  expect((await ask(theirs, 'GET', '/session/factors')).json).toMatchObject({
    passkeys: [{ name: 'Mi teléfono', lastUsedAt: expect.stringMatching(/Z$/) }],
  })
})

test('an answer is good once, for its own challenge, from our own pages, with the person verified', async () => {
  const device = await withPasskey(await anAdministrator())
  const { challengeId, challenge } = await challengeToSignIn()
  const answer = await device.sign(challenge)
  expect((await ask(null, 'POST', '/session/passkey', { challengeId, answer })).status).toBe(200)
  expect(await ask(null, 'POST', '/session/passkey', { challengeId, answer })).toMatchObject(REFUSED)

  const other = await challengeToSignIn()
  expect(await ask(null, 'POST', '/session/passkey', { challengeId: other.challengeId, answer })).toMatchObject(REFUSED)
  expect(await signIn(device, { origin: 'https://phish.example' })).toMatchObject(REFUSED)
  expect(await signIn(device, { rpId: 'phish.example' })).toMatchObject(REFUSED)
  expect(await signIn(device, { verified: false })).toMatchObject(REFUSED)
  expect(await signIn(device, { userHandle: toBase64Url(utf8(crypto.randomUUID())) })).toMatchObject(REFUSED)
  expect(await signIn(await anAuthenticator())).toMatchObject(REFUSED)
  expect(await ask(null, 'POST', '/session/passkey', { challengeId: crypto.randomUUID(), answer: {} })).toMatchObject(REFUSED)
})

test('another key in the name of a passkey does not open it', async () => {
  const device = await withPasskey(await anAdministrator())
  const thief = await anAuthenticator()
  const { challengeId, challenge } = await challengeToSignIn()
  const [theirs, ours] = [await thief.sign(challenge), await device.sign(challenge)]
  const answer = { ...theirs, id: ours.id, rawId: ours.rawId }
  expect(await ask(null, 'POST', '/session/passkey', { challengeId, answer })).toMatchObject(REFUSED)
})

test('a counter that goes back is written down and locks nobody out', async () => {
  const token = await anAdministrator()
  const device = await withPasskey(token)
  expect((await signIn(device, { counter: 9 })).status).toBe(200)
  expect((await signIn(device, { counter: 3 })).status).toBe(200)
  const { json } = await ask(token, 'GET', '/audit?action=session.started')
  expect(json).toMatchObject({ items: [{ after: { way: 'passkey', counterWentBack: true } }, { after: { way: 'passkey' } }, {}] })
})

test('a passkey is made with the password, for a fresh challenge of one’s own, once', async () => {
  const [ana, eva] = [await anAdministrator(), await anAdministrator()]
  const device = await anAuthenticator()
  expect((await ask(ana, 'POST', '/session/passkeys/challenge', { password: 'no es esta' })).json).toMatchObject({
    code: 'wrong_credentials',
  })
  const options = await challengeFor(ana)
  expect(options).toMatchObject({
    rp: { id: 'app.test' },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const answer = await device.make(options.challenge)
  const keep = (token: string) => ask(token, 'POST', '/session/passkeys', { name: 'Clave', answer })
  expect(await keep(eva)).toMatchObject(REFUSED)
  expect((await keep(ana)).status).toBe(200)
  expect(await keep(ana)).toMatchObject(REFUSED)

  const unverified = await device.make((await challengeFor(eva)).challenge, { verified: false })
  expect(await ask(eva, 'POST', '/session/passkeys', { name: 'Clave', answer: unverified })).toMatchObject(REFUSED)
  const stolen = await device.make((await challengeFor(eva)).challenge)
  expect(await ask(eva, 'POST', '/session/passkeys', { name: 'Clave', answer: stolen })).toMatchObject(REFUSED)
})

test('a passkey that was removed opens nothing, other devices are signed out, and nobody removes somebody else’s', async () => {
  const [ana, eva] = [await anAdministrator(), await anAdministrator()]
  const device = await withPasskey(ana)
  const other = z.object({ token: z.string() }).parse((await signIn(device)).json).token
  expect((await ask(eva, 'DELETE', `/session/passkeys/${device.passkeyId}`)).status).toBe(404)
  expect((await ask(ana, 'DELETE', `/session/passkeys/${device.passkeyId}`)).json).toMatchObject({ passkeys: [] })
  expect((await ask(other, 'GET', '/session')).status).toBe(401)
  expect((await ask(ana, 'GET', '/session')).status).toBe(200)
  expect(await signIn(device)).toMatchObject(REFUSED)
})
