/** PayPal's signatures, for real: an RSA key, its certificate at an address, and the text that is signed. */
import { createPrivateKey, createSign, createVerify, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { hex, selfSigned, sequence } from '../../lib/der.ts'
import type { Ground } from '../ground.ts'

/** `own`: PayPal's. The others are good keys with a certificate that must not be believed. */
export const SIGNERS = ['own', 'stranger', 'old'] as const
export type Signer = (typeof SIGNERS)[number]

const RSA_SHA256 = sequence(hex('06092a864886f70d01010b'), hex('0500'))
const A_DAY_MS = 24 * 3600_000
const NAMES: Readonly<Record<Signer, string>> = {
  own: 'messageverificationcerts.sandbox.paypal.com',
  stranger: 'messageverificationcerts.stranger.example',
  old: 'messageverificationcerts.sandbox.paypal.com',
}

type Pair = { id: string; key: string; certificate: string }

/** The key of a signer, made when it is needed first and kept from then on. */
function pairOf(pp: Ground, signer: Signer): Pair {
  const drawer = pp.shelf.drawer<Pair>('keys')
  const known = drawer.get(signer)
  if (known) return known
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const now = pp.sim.now()
  const certificate = selfSigned({
    ...{ keys, algorithm: RSA_SHA256, commonName: NAMES[signer], extensions: [] },
    ...{ serial: Buffer.concat([Buffer.from([1]), randomBytes(15)]), from: now - 400 * A_DAY_MS },
    until: signer === 'old' ? now - A_DAY_MS : now + 3650 * A_DAY_MS,
  })
  const made = { id: signer, key: keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), certificate }
  drawer.put(signer, made)
  return made
}

export function certificateUrl(pp: Ground, signer: Signer): string {
  return `${pp.origin()}/v1/notifications/certs/CERT-${signer}`
}

/** The certificate at an address; undefined: there is none. */
export function certificateAt(pp: Ground, path: string): string | undefined {
  const signer = SIGNERS.find((one) => path === `/v1/notifications/certs/CERT-${one}`)
  return signer && pairOf(pp, signer).certificate
}

type Letter = { transmissionId: string; time: string; webhookId: string; text: string }

function messageOf({ transmissionId, time, webhookId, text }: Letter): string {
  return `${transmissionId}|${time}|${webhookId}|${crc32(Buffer.from(text))}`
}

/** The headers that go with a letter. */
export function headersOf(pp: Ground, letter: Letter, signer: Signer = 'own'): Record<string, string> {
  const key = createPrivateKey(pairOf(pp, signer).key)
  return {
    'content-type': 'application/json',
    'paypal-transmission-id': letter.transmissionId,
    'paypal-transmission-time': letter.time,
    'paypal-transmission-sig': createSign('RSA-SHA256').update(messageOf(letter)).sign(key, 'base64'),
    'paypal-cert-url': certificateUrl(pp, signer),
    'paypal-auth-algo': 'SHA256withRSA',
    'correlation-id': randomBytes(7).toString('hex'),
  }
}

/** The second opinion: is this PayPal's own signature over exactly this text? */
export function isOurs(pp: Ground, letter: Letter, signature: string, certUrl: string, algorithm: string): boolean {
  if (certUrl !== certificateUrl(pp, 'own') || algorithm !== 'SHA256withRSA') return false
  const key = new X509Certificate(pairOf(pp, 'own').certificate).publicKey
  return createVerify('RSA-SHA256').update(messageOf(letter)).verify(key, signature, 'base64')
}
