/** Phone numbers as people type them. Digits with country code is what we keep. */

/** Calling codes of the countries that we know national formats of. */
const CALLING: Record<string, string> = { EC: '593', PE: '51', CO: '57', CL: '56', MX: '52', AR: '54', BR: '55', US: '1' }

/**
 * Digits with country code, or null for what can be no phone. Without `+` or `00` the number is taken as national of
 * `country`, unless it already begins with that country's code and is long enough to hold it.
 */
export function toDigits(typed: string, country: string): string | null {
  const trimmed = typed.trim()
  if (!/^\+?[\d\s().-]+$/.test(trimmed)) return null
  let digits = trimmed.replaceAll(/\D/g, '')
  const calling = CALLING[country] ?? ''
  if (trimmed.startsWith('+')) return digits.length >= 8 && digits.length <= 15 ? digits : null
  if (digits.startsWith('00')) digits = digits.slice(2)
  else if (!(calling && digits.startsWith(calling) && digits.length >= 10)) digits = calling + digits.replace(/^0+/, '')
  return digits.length >= 8 && digits.length <= 15 ? digits : null
}
