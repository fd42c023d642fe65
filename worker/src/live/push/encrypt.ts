/**
 * Message encryption for web push: RFC 8291 over the aes128gcm coding of RFC 8188, one record. Checked byte for byte with
 * the vector of RFC 8291, Appendix A, inside workerd.
 */
import { fromBase64, utf8, type Key } from '../../lib/bytes.ts'

const RECORD_SIZE = 4096
const POINT_BYTES = 65
const CURVE = { name: 'ECDH', namedCurve: 'P-256' }
/** Marks the last record; nothing is padded, since what we send says little by its length. */
const LAST_RECORD = 2

/** What is new for each message: our key pair and the salt. */
export type Fresh = { publicKey: Uint8Array<ArrayBuffer>; privateKey: Key; salt: Uint8Array<ArrayBuffer> }

type Bytes = Uint8Array<ArrayBuffer>

/** The body of a push for a phone with these keys (base64url). Throws when they are none. */
export async function encrypt(text: string, p256dh: string, auth: string, given?: Fresh): Promise<Bytes> {
  const { publicKey, privateKey, salt } = given ?? (await fresh())
  const phone = fromBase64(p256dh)
  const secret = await sharedSecret(privateKey, phone)
  const input = await derive(fromBase64(auth), secret, joined(utf8('WebPush: info\0'), phone, publicKey), 32)
  const [key, nonce] = await Promise.all([
    derive(salt, input, utf8('Content-Encoding: aes128gcm\0'), 16),
    derive(salt, input, utf8('Content-Encoding: nonce\0'), 12),
  ])
  const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt'])
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, aes, joined(utf8(text), Uint8Array.of(LAST_RECORD)))
  return joined(salt, sizeBytes(RECORD_SIZE), Uint8Array.of(POINT_BYTES), publicKey, new Uint8Array(sealed))
}

async function fresh(): Promise<Fresh> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ['deriveBits'])
  if (!('privateKey' in pair)) throw new Error('no key pair')
  return {
    publicKey: rawBytes(await crypto.subtle.exportKey('raw', pair.publicKey)),
    privateKey: pair.privateKey,
    salt: crypto.getRandomValues(new Uint8Array(16)),
  }
}

async function sharedSecret(privateKey: Key, phone: Bytes): Promise<Bytes> {
  const publicKey = await crypto.subtle.importKey('raw', phone, CURVE, false, [])
  // workerd reads `public`, its types say `$public`.
  const algorithm = { name: 'ECDH', public: publicKey, $public: publicKey }
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, privateKey, 256))
}

async function derive(salt: Bytes, secret: Bytes, info: Bytes, bytes: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, bytes * 8))
}

function rawBytes(exported: ArrayBuffer | object): Bytes {
  if (!(exported instanceof ArrayBuffer)) throw new Error('a key that has no raw form')
  return new Uint8Array(exported)
}

function sizeBytes(size: number): Bytes {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, size)
  return bytes
}

function joined(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
