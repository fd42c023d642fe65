/** Signatures of X25519 keys (XEdDSA), really checked: the client's own check lets everything pass (reference/baileys.md §10). */
import { createPublicKey, verify } from 'node:crypto'

const P = 2n ** 255n - 19n
/** What comes before the 32 bytes of an Ed25519 key in its DER form. */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** Did the owner of this X25519 public key (32 bytes) sign these bytes? */
export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  const plain = Buffer.from(signature)
  const last = plain[63] ?? 0
  plain[63] = last & 0x7f
  const key = createPublicKey({
    key: Buffer.concat([ED25519_PREFIX, edwards(publicKey, last & 0x80)]),
    format: 'der',
    type: 'spki',
  })
  return verify(null, message, key, plain)
}

/** The same point on the Edwards curve: y = (u - 1) / (u + 1); its sign travels in the signature's last bit. */
function edwards(publicKey: Uint8Array, sign: number): Buffer {
  const u = numberOf(publicKey) % P
  const y = ((u - 1n + P) * power(u + 1n, P - 2n)) % P
  const bytes = Buffer.from(Uint8Array.from(Buffer.from(y.toString(16).padStart(64, '0'), 'hex')).toReversed())
  bytes[31] = (bytes[31] ?? 0) | sign
  return bytes
}

function numberOf(bytes: Uint8Array): bigint {
  const copy = Buffer.from(Uint8Array.from(bytes).toReversed())
  copy[0] = (copy[0] ?? 0) & 0x7f
  return BigInt(`0x${copy.toString('hex')}`)
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let factor = base % P
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % P
    factor = (factor * factor) % P
  }
  return result
}
