/** A certificate for the media host, made here and trusted only by whoever is handed it. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

export type Certificate = { key: string; cert: string }

const OID = {
  commonName: '0603550403',
  ecdsaSha256: '06082a8648ce3d040302',
  subjectAltName: '0603551d11',
  basicConstraints: '0603551d13',
}
const TEN_YEARS_MS = 10 * 365 * 24 * 3600_000

/** Self-signed, for 127.0.0.1 and localhost: it is its own authority. `now` in milliseconds. */
export function makeCertificate(now: number): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(hex(OID.ecdsaSha256))
  const name = sequence(set(sequence(hex(OID.commonName), der(0x0c, Buffer.from('Simulador de WhatsApp Web')))))
  const validity = sequence(timeOf(now - 24 * 3600_000), timeOf(now + TEN_YEARS_MS))
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))
  const extensions = sequence(
    sequence(hex(OID.basicConstraints), der(0x04, sequence(der(0x01, Buffer.from([0xff]))))),
    sequence(hex(OID.subjectAltName), der(0x04, names)),
  )
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)]))
  const version = der(0xa0, der(0x02, Buffer.from([2])))
  const subjectKey = publicKey.export({ format: 'der', type: 'spki' })
  const body = sequence(version, serial, algorithm, name, validity, name, subjectKey, der(0xa3, extensions))
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]))
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: pemOf(sequence(body, algorithm, signature)),
  }
}

function der(tag: number, body: Uint8Array): Buffer {
  const size = body.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, Buffer.concat(parts))
const set = (...parts: Uint8Array[]): Buffer => der(0x31, Buffer.concat(parts))
const hex = (text: string): Buffer => Buffer.from(text, 'hex')

/** GeneralizedTime: `20261121120000Z`. */
function timeOf(ms: number): Buffer {
  return der(0x18, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`))
}

function pemOf(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
