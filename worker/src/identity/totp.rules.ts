/** One-time codes of an authenticator app: RFC 6238 with SHA-1, six digits, steps of 30 s, as every such app knows them. */

const STEP_MS = 30_000
const DIGITS = 6
/** Clocks of phones are off by a little: the step before and the one after are good as well. */
const DRIFT = [0, -1, 1]
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** Shown by the app beside the code. */
export const ISSUER = 'WhatsappB24'

/** RFC 4648 base32 without padding: how a seed is typed and scanned. */
export function toBase32(bytes: Uint8Array): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32.charAt(Number.parseInt(five.padEnd(5, '0'), 2))).join('')
}

/** Throws on what is no base32. */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> {
  const bits = [...text].map((letter) => {
    const value = BASE32.indexOf(letter)
    if (value < 0) throw new Error('no base32')
    return value.toString(2).padStart(5, '0')
  })
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}

/** The code of one step (RFC 4226 §5.3). */
export async function codeOf(seed: Uint8Array<ArrayBuffer>, step: number, digits: number = DIGITS): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8))
  counter.setBigUint64(0, BigInt(step))
  const key = await crypto.subtle.importKey('raw', seed, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer))
  const number = mac.getUint32(mac.getUint8(19) & 0xf) & 0x7fff_ffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** The step that a code belongs to, now or just before or after; null when it belongs to none of them. */
export async function stepOf(seed: Uint8Array<ArrayBuffer>, code: string, now: number): Promise<number | null> {
  const current = Math.floor(now / STEP_MS)
  for (const drift of DRIFT) if ((await codeOf(seed, current + drift)) === code) return current + drift
  return null
}

/** What the QR code says. */
export function totpUri(secret: string, email: string): string {
  const query = new URLSearchParams({ secret, issuer: ISSUER, algorithm: 'SHA1', digits: String(DIGITS), period: '30' })
  return `otpauth://totp/${ISSUER}:${encodeURIComponent(email)}?${query}`
}
