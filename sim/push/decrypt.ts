/** What a browser does with a push: RFC 8291 over aes128gcm (RFC 8188), one record, in plain Node. */
import { createDecipheriv, createECDH, hkdfSync } from 'node:crypto'

export type BrowserKeys = { privateKey: Buffer; publicKey: Buffer; auth: Buffer }

const TAG = 16

/** The words of a push; null when they are not for these keys, or not whole. */
export function decrypt(body: Buffer, { privateKey, publicKey, auth }: BrowserKeys): string | null {
  const salt = body.subarray(0, 16)
  const idSize = body[20] ?? 0
  const sender = body.subarray(21, 21 + idSize)
  const sealed = body.subarray(21 + idSize)
  if (idSize !== 65 || sealed.length <= TAG) return null
  try {
    const pair = createECDH('prime256v1')
    pair.setPrivateKey(privateKey)
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender])
    const input = hkdfSync('sha256', pair.computeSecret(sender), auth, info, 32)
    const key = hkdfSync('sha256', Buffer.from(input), salt, 'Content-Encoding: aes128gcm\0', 16)
    const nonce = hkdfSync('sha256', Buffer.from(input), salt, 'Content-Encoding: nonce\0', 12)
    const decipher = createDecipheriv('aes-128-gcm', Buffer.from(key), Buffer.from(nonce))
    decipher.setAuthTag(sealed.subarray(-TAG))
    const padded = Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()])
    const end = padded.lastIndexOf(2)
    // The delimiter of the last record, with nothing but zeros behind it.
    return end >= 0 && padded.subarray(end + 1).every((byte) => byte === 0) ? padded.subarray(0, end).toString('utf8') : null
  } catch {
    return null
  }
}
