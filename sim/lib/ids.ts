/** Ids as WhatsApp, Meta and Gupshup make them. */
import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto'

/** `wamid.HBgM…`: base64 over the phone and something random, as long as the real ones. */
export function makeWamid(phone: string): string {
  const head = Buffer.from([0x1d, 0x18, phone.length, ...Buffer.from(phone), 0x15, 0x02])
  return `wamid.${Buffer.concat([head, randomBytes(18)]).toString('base64')}`
}

/** The WhatsApp id that Gupshup tells beside its own: `gBEG…`. */
export function makeGupshupWaId(): string {
  return `gBEG${randomBytes(18).toString('base64url')}`
}

/** A numeric id of Meta's: 15 or 16 digits. */
export function makeGraphId(): string {
  return `${randomInt(1, 10)}${String(randomInt(0, 2 ** 47))
    .padStart(15, '0')
    .slice(0, 14)}`
}

const COUNTRIES: readonly [string, string][] = [
  ['593', 'EC'],
  ['51', 'PE'],
  ['55', 'BR'],
  ['57', 'CO'],
  ['52', 'MX'],
]

/** A business-scoped user id: always the same for a phone, as for one business portfolio. */
export function bsuidOfPhone(phone: string): string {
  const country = COUNTRIES.find(([prefix]) => phone.startsWith(prefix))?.[1] ?? 'US'
  const digest = createHash('sha256').update(`bsuid ${phone}`).digest('hex')
  return `${country}.${BigInt(`0x${digest.slice(0, 24)}`)
    .toString()
    .slice(0, 18)}`
}

export function makeTraceId(): string {
  return `A${randomBytes(17).toString('base64url').replaceAll(/[-_]/g, 'x')}`
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function hmacHex(secret: string, bytes: Uint8Array | string): string {
  return createHmac('sha256', secret).update(bytes).digest('hex')
}
