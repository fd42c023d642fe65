/**
 * Money at a gateway's edge is whole minor units (cents); in the ledger it is micro-units. Never a float: a message costs
 * fractions of a cent, and what is rounded twice is lost.
 */
export type Money = { minor: bigint; currency: string }

/** Micro-units in one unit of any currency. */
export const MICRO = 1_000_000n

/** Currencies that have no cents; all others that gateways of ours take have two digits (reference/payments.md §2.9). */
const WHOLE = new Set([...'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ')])

/** How many digits a currency has after its point. */
export function digitsOf(currency: string): number {
  return WHOLE.has(currency) ? 0 : 2
}

const microOfMinor = (currency: string): bigint => MICRO / 10n ** BigInt(digitsOf(currency))

/** Minor units as the ledger counts. */
export function toMicro({ minor, currency }: Money): bigint {
  return minor * microOfMinor(currency)
}

/** Micro-units as a gateway counts. Null when a fraction of its smallest coin would be lost. */
export function fromMicro(micro: bigint, currency: string): Money | null {
  const one = microOfMinor(currency)
  return micro % one === 0n ? { minor: micro / one, currency } : null
}

/** `25`, `25.0` and `25.00` are the same money; an exponent, a sign, a comma or a digit too many is none: null. */
export function readDecimal(text: string, currency: string): Money | null {
  const [, whole = '', part = ''] = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text) ?? []
  const digits = digitsOf(currency)
  if (whole === '' || /[1-9]/.test(part.slice(digits))) return null
  return { minor: BigInt(whole + part.slice(0, digits).padEnd(digits, '0')), currency }
}

/** As gateways write it: `25.00`, and `25` where there are no cents. */
export function writeDecimal({ minor, currency }: Money): string {
  const digits = digitsOf(currency)
  const text = String(minor).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** Micro-units as people write them: `0.0879`, `12.5`, `3`. What a message costs is finer than any coin. */
export function writeMicro(micro: bigint): string {
  const part = String(micro % MICRO)
    .padStart(6, '0')
    .replace(/0+$/, '')
  return part === '' ? String(micro / MICRO) : `${micro / MICRO}.${part}`
}

/** The same, read: six digits after the point at most, no sign, nothing that could be read in two ways; else null. */
export function readMicro(text: string): bigint | null {
  const [, whole = '', part = ''] = /^(\d{1,6})(?:\.(\d{1,6}))?$/.exec(text) ?? []
  return whole === '' ? null : BigInt(whole + part.padEnd(6, '0'))
}
