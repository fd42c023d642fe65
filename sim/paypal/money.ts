/** Money as PayPal writes it: `{currency_code, value}`. Inside: whole minor units. */
import { fieldsOf } from '../lib/fields.ts'
import { PayPalError } from './answers.ts'

export type Money = { currency: string; minor: number }

/** reference/payments.md §3.8. */
const KNOWN = 'AUD BRL CAD CNY CZK DKK EUR HKD HUF ILS JPY MYR MXN TWD NZD NOK PHP PLN GBP SGD SEK CHF THB USD'.split(' ')
const WHOLE = new Set(['HUF', 'JPY', 'TWD'])

/** Reads an amount; refuses as PayPal does what is not one. `field` is its place in the request. */
export function moneyIn(value: unknown, field: string): Money {
  const { currency_code: currency, value: amount } = fieldsOf(value)
  const refuse = (issue: string) => new PayPalError(422, 'UNPROCESSABLE_ENTITY', [{ issue, field }])
  if (typeof currency !== 'string' || !KNOWN.includes(currency)) throw refuse('INVALID_CURRENCY_CODE')
  const parts = typeof amount === 'string' ? /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(amount) : null
  if (!parts) throw refuse('INVALID_PARAMETER_SYNTAX')
  const digits = digitsOf(currency)
  const fraction = parts[3] ?? ''
  if (fraction.length > digits) throw refuse(digits === 0 ? 'DECIMALS_NOT_SUPPORTED' : 'DECIMAL_PRECISION')
  const minor = Number(`${parts[2]}${fraction.padEnd(digits, '0')}`)
  if (parts[1] === '-') throw refuse('CANNOT_BE_NEGATIVE')
  return { currency, minor }
}

/** As v2 and the newer v1 write it. */
export function moneyOut({ currency, minor }: Money): { currency_code: string; value: string } {
  return { currency_code: currency, value: decimalOf(minor, digitsOf(currency)) }
}

/** As the oldest v1 writes it: sales. */
export function totalOut({ currency, minor }: Money): { total: string; currency: string } {
  return { total: decimalOf(minor, digitsOf(currency)), currency }
}

function digitsOf(currency: string): number {
  return WHOLE.has(currency) ? 0 : 2
}

function decimalOf(minor: number, digits: number): string {
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const sign = minor < 0 ? '-' : ''
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** What PayPal keeps of a sale: 5.4 % and 0.30. */
export function feeOf({ currency, minor }: Money): Money {
  return { currency, minor: Math.min(minor, Math.round(minor * 0.054) + (digitsOf(currency) === 0 ? 0 : 30)) }
}
