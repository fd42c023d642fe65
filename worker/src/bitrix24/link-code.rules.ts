/** A code that somebody reads on one screen and types on another: eight signs, none that looks like another one. */
const SIGNS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const LENGTH = 8

/** Made of random bytes, of which there must be plenty: those that would make some signs likelier are left out. */
export function codeFrom(random: Uint8Array): string {
  const fair = SIGNS.length * Math.floor(256 / SIGNS.length)
  return [...random]
    .filter((byte) => byte < fair)
    .slice(0, LENGTH)
    .map((byte) => SIGNS[byte % SIGNS.length])
    .join('')
}

/** As it was meant, however it was typed; null when it cannot be one. */
export function typedCode(text: string): string | null {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, '')
  return code.length === LENGTH && [...code].every((sign) => SIGNS.includes(sign)) ? code : null
}
