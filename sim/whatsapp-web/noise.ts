/** The server's side of the handshake (Noise XX over 25519, AES-256-GCM, SHA-256) and the sealed line that follows from it. */
import { aesDecryptGCM, aesEncryptGCM, Curve, hkdf, NOISE_MODE, NOISE_WA_HEADER, proto, sha256 } from 'baileys'
import type { Identity } from './certificate.ts'

export type Sealed = { seal(bytes: Uint8Array): Uint8Array; open(bytes: Uint8Array): Uint8Array }
export type Greeted = { noiseKey: Uint8Array; payload: proto.ClientPayload; line: Sealed }

const NOTHING = Buffer.alloc(0)

/** One handshake. `hello` answers the client's first frame; `finish` reads the second: who it is and what it wants. */
export function makeHandshake({ serverKey, chain }: Identity) {
  const ephemeral = Curve.generateKeyPair()
  let hash: Buffer = Buffer.from(NOISE_MODE)
  let salt: Buffer = hash
  let key: Buffer = hash
  let counter = 0
  const mixHash = (bytes: Uint8Array) => {
    hash = sha256(Buffer.concat([hash, bytes]))
  }
  const mixKey = (secret: Uint8Array) => {
    ;[salt, key] = twoKeys(secret, salt)
    counter = 0
  }
  const seal = (bytes: Uint8Array) => {
    const sealed = aesEncryptGCM(bytes, key, ivOf(counter++), hash)
    mixHash(sealed)
    return sealed
  }
  const open = (bytes: Uint8Array) => {
    const plain = aesDecryptGCM(bytes, key, ivOf(counter++), hash)
    mixHash(bytes)
    return plain
  }
  mixHash(NOISE_WA_HEADER)
  let clientEphemeral: Uint8Array = NOTHING
  return {
    hello(frame: Uint8Array): Uint8Array {
      clientEphemeral = proto.HandshakeMessage.decode(frame).clientHello?.ephemeral ?? NOTHING
      mixHash(clientEphemeral)
      mixHash(ephemeral.public)
      mixKey(Curve.sharedKey(ephemeral.private, clientEphemeral))
      const sealedKey = seal(serverKey.public)
      mixKey(Curve.sharedKey(serverKey.private, clientEphemeral))
      const serverHello = { ephemeral: ephemeral.public, static: sealedKey, payload: seal(chain) }
      return proto.HandshakeMessage.encode({ serverHello }).finish()
    },
    finish(frame: Uint8Array): Greeted {
      const { clientFinish } = proto.HandshakeMessage.decode(frame)
      const noiseKey = open(clientFinish?.static ?? NOTHING)
      mixKey(Curve.sharedKey(ephemeral.private, noiseKey))
      const payload = proto.ClientPayload.decode(open(clientFinish?.payload ?? NOTHING))
      const [fromClient, toClient] = twoKeys(NOTHING, salt)
      return { noiseKey, payload, line: sealedLine(fromClient, toClient) }
    },
  }
}

function sealedLine(fromClient: Uint8Array, toClient: Uint8Array): Sealed {
  let read = 0
  let written = 0
  return {
    seal: (bytes) => aesEncryptGCM(bytes, toClient, ivOf(written++), NOTHING),
    open: (bytes) => aesDecryptGCM(bytes, fromClient, ivOf(read++), NOTHING),
  }
}

function twoKeys(secret: Uint8Array, salt: Buffer): [Buffer, Buffer] {
  const both = Buffer.from(hkdf(Buffer.from(secret), 64, { salt, info: '' }))
  return [both.subarray(0, 32), both.subarray(32)]
}

function ivOf(counter: number): Uint8Array {
  const iv = Buffer.alloc(12)
  iv.writeUInt32BE(counter, 8)
  return iv
}
