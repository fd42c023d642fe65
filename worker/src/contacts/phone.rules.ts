/** Phone numbers as people type them. Digits with country code is what we keep. */
import { CALLING } from '#contract/countries.ts'

/** How long a whole number of these countries is, behind its code. */
const NATIONAL: Record<string, RegExp> = {
  EC: /^\d{8,9}$/,
  PE: /^\d{8,9}$/,
  CO: /^\d{10}$/,
  CL: /^\d{9}$/,
  MX: /^1?\d{10}$/,
  AR: /^9?\d{10}$/,
  BR: /^\d{10,11}$/,
  US: /^\d{10}$/,
}

/**
 * Digits with country code, or null for what can be no phone. Without `+` or `00` the number is taken as national of
 * `country`, unless it already begins with that country's code and is long enough to hold it.
 */
export function toDigits(typed: string, country: string): string | null {
  const trimmed = typed.trim()
  if (!/^\+?[\d\s().-]+$/.test(trimmed)) return null
  // `+593 (0)98…`: the 0 in brackets is dialled at home only.
  let digits = trimmed.replace('(0)', '').replaceAll(/\D/g, '')
  const calling = CALLING[country] ?? ''
  if (trimmed.startsWith('+')) return digits.length >= 8 && digits.length <= 15 ? digits : null
  if (digits.startsWith('00')) digits = digits.slice(2)
  else if (!(calling && digits.startsWith(calling) && digits.length >= 10)) digits = calling + atHome(digits, country)
  return digits.length >= 8 && digits.length <= 15 ? digits : null
}

/** What is only dialled at home, taken off: a leading 0, Mexico's 044 and 045, Argentina's 15 of mobiles (abroad a 9 before all). */
function atHome(digits: string, country: string): string {
  if (country === 'MX') return digits.replace(/^04[45](?=\d{10}$)/, '').replace(/^01(?=\d{10}$)/, '')
  const national = digits.replace(/^0+/, '')
  if (country !== 'AR' || national.length !== 12) return national
  const place = national.startsWith('11') ? 2 : [3, 4].find((at) => national.startsWith('15', at))
  if (place === undefined || !national.startsWith('15', place)) return national
  return `9${national.slice(0, place)}${national.slice(place + 2)}`
}

/** As {@link toDigits}, and of a country that we know only a number that is whole: for what is kept without having been tried. */
export function toWholeNumber(typed: string, country: string): string | null {
  const digits = toDigits(typed, country)
  if (digits === null) return null
  const home = Object.entries(CALLING).find(([, calling]) => digits.startsWith(calling))
  if (!home) return digits
  const [code, calling] = home
  return NATIONAL[code]?.test(digits.slice(calling.length)) ? digits : null
}

/** What is left of a number when the ways of writing it are taken away: as `phone_canon` in db/functions/150_contacts.sql. */
export function canonOf(phone: string): string {
  return phone
    .replaceAll(/\D/g, '')
    .replace(/^(593|51|57|56|54|52|55)0/, '$1')
    .replace(/^521(?=\d{10}$)/, '52')
    .replace(/^549(?=\d{10}$)/, '54')
    .replace(/^(55\d{2})9(?=[6-9]\d{7}$)/, '$1')
}
