/** Certificates by hand: the few pieces of DER that a self-signed one needs. */
import { sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

export type CertificateWish = {
  keys: { privateKey: KeyObject; publicKey: KeyObject }
  /** DER of the algorithm's name: what the key signs with. */
  algorithm: Buffer
  commonName: string
  serial: Uint8Array
  /** Milliseconds since 1970. */
  from: number
  until: number
  extensions: readonly Buffer[]
}

const COMMON_NAME = '0603550403'

/** A self-signed certificate in PEM. */
export function selfSigned({ keys, algorithm, commonName, serial, from, until, extensions }: CertificateWish): string {
  const name = sequence(set(sequence(hex(COMMON_NAME), der(0x0c, Buffer.from(commonName)))))
  const version = der(0xa0, der(0x02, Buffer.from([2])))
  const subjectKey = keys.publicKey.export({ format: 'der', type: 'spki' })
  const validity = sequence(timeOf(from), timeOf(until))
  const more = extensions.length > 0 ? [der(0xa3, sequence(...extensions))] : []
  const body = sequence(version, der(0x02, serial), algorithm, name, validity, name, subjectKey, ...more)
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, keys.privateKey)]))
  return pemOf(sequence(body, algorithm, signature))
}

/** One value with its tag and length. */
export function der(tag: number, body: Uint8Array): Buffer {
  const size = body.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

export const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, Buffer.concat(parts))
export const hex = (text: string): Buffer => Buffer.from(text, 'hex')
const set = (...parts: Uint8Array[]): Buffer => der(0x31, Buffer.concat(parts))

/** GeneralizedTime: `20261121120000Z`. */
function timeOf(ms: number): Buffer {
  return der(0x18, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`))
}

function pemOf(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
