/** A certificate for the media host, made here and trusted only by whoever is handed it. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { der, hex, selfSigned, sequence } from '../lib/der.ts'

export type Certificate = { key: string; cert: string }

const OID = {
  ecdsaSha256: '06082a8648ce3d040302',
  subjectAltName: '0603551d11',
  basicConstraints: '0603551d13',
}
const A_DAY_MS = 24 * 3600_000
const TEN_YEARS_MS = 3650 * A_DAY_MS

/** Self-signed, for 127.0.0.1 and localhost: it is its own authority. `now` in milliseconds. */
export function makeCertificate(now: number): Certificate {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))
  const cert = selfSigned({
    ...{ keys, algorithm: sequence(hex(OID.ecdsaSha256)), commonName: 'Simulador de WhatsApp Web' },
    ...{ serial: Buffer.concat([Buffer.from([1]), randomBytes(15)]), from: now - A_DAY_MS, until: now + TEN_YEARS_MS },
    extensions: [
      sequence(hex(OID.basicConstraints), der(0x04, sequence(der(0x01, Buffer.from([0xff]))))),
      sequence(hex(OID.subjectAltName), der(0x04, names)),
    ],
  })
  return { key: keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), cert }
}
