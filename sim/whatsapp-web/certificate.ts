/** The chain by which the server shows that its key is WhatsApp's: root → intermediate → leaf. */
import { Curve, proto } from 'baileys'
import type { KeyPair } from 'baileys'
import type { Shelf } from './shelf.ts'

const { NoiseCertificate } = proto.CertChain
/** The serial of the root, which the client insists on. */
const ROOT_SERIAL = 0
const INTERMEDIATE_SERIAL = 1
const A_YEAR_S = 365 * 24 * 3600

export type Identity = { rootKey: Uint8Array; serverKey: KeyPair; chain: Uint8Array }

/** The server's key with its chain; the root stays the same on the same data. `seconds`: the server's clock. */
export function makeIdentity(shelf: Shelf, seconds: number): Identity {
  const keys = shelf.drawer<KeyPair>('noise')
  const root = keys.get('root') ?? Curve.generateKeyPair()
  keys.put('root', root)
  const intermediate = Curve.generateKeyPair()
  const serverKey = Curve.generateKeyPair()
  const chain = proto.CertChain.encode({
    intermediate: signed(root, intermediate, { serial: INTERMEDIATE_SERIAL, issuerSerial: ROOT_SERIAL }, seconds),
    leaf: signed(intermediate, serverKey, { serial: 2, issuerSerial: INTERMEDIATE_SERIAL }, seconds),
  }).finish()
  return { rootKey: root.public, serverKey, chain }
}

function signed(issuer: KeyPair, subject: KeyPair, serials: { serial: number; issuerSerial: number }, seconds: number) {
  const validity = { notBefore: seconds - A_YEAR_S, notAfter: seconds + A_YEAR_S }
  const details = NoiseCertificate.Details.encode({ ...serials, key: subject.public, ...validity }).finish()
  return { details, signature: Curve.sign(issuer.private, details) }
}
