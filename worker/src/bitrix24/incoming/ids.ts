/** Our ids for what a portal names by its own numbers: the same message, told twice or found again, is the same message. */
import { sha256, toHex } from '../../lib/bytes.ts'

/** A UUIDv7 in shape; where its time stands, the portal's own number of the message: later ones come after earlier ones. */
export async function idFor(portalId: string, what: 'message' | 'media', imMessageId: string, part: number): Promise<string> {
  const hash = toHex(await sha256(`${portalId}|${what}|${imMessageId}|${part}`))
  const time = (BigInt(imMessageId) % 2n ** 48n).toString(16).padStart(12, '0')
  const count = (part % 4096).toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-8${hash.slice(0, 3)}-${hash.slice(3, 15)}`
}
