/** Recovery codes: ten of ten characters, each good once, for the day on which the phone is lost. */
import { sha256, toHex } from '../lib/bytes.ts'

export const CODES = 10
const LENGTH = 10
/** Bytes of randomness that one code takes: 5 bits of each are used. */
export const CODE_BYTES = LENGTH
/** Crockford's letters: nothing that is mistaken for something else when read from paper. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `7K2QD-M9XPA` from ten random bytes. */
export function recoveryCode(random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, LENGTH), (byte) => LETTERS.charAt(byte & 31)).join('')
  return `${letters.slice(0, 5)}-${letters.slice(5)}`
}

/** A code as somebody typed it, brought to its form; null when it cannot be one. */
export function recoveryTyped(text: string): string | null {
  const letters = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter))
    ? `${letters.slice(0, 5)}-${letters.slice(5)}`
    : null
}

/** What is stored of a code, in hexadecimal. The person is part of it: equal codes of two people differ. */
export async function recoveryHash(personId: string, code: string): Promise<string> {
  return toHex(await sha256(`${personId}:${code}`))
}
