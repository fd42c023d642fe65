/** Money as PayPal writes it: decimal text, exactly. */
import { digitsOf, readDecimal, writeDecimal, type Money } from '#contract/money.ts'
import type { Amount } from './shapes.ts'

/** Currencies that PayPal takes without decimals although they have some: reference/payments.md §3.8. */
const WHOLE_HERE = new Set(['HUF', 'TWD'])

/** Null: it is no money that we can write down. Losses of the merchant come with a minus. */
export function moneyOf(amount: Amount | undefined): Money | null {
  if (!amount) return null
  const { currency_code: currency, value } = amount
  return /^[A-Z]{3}$/.test(currency) ? readDecimal(value.replace(/^-/, ''), currency) : null
}

/** With its sign: what left has a minus. */
export function signedOf(amount: Amount | undefined): Money | null {
  const money = moneyOf(amount)
  return money && amount?.value.startsWith('-') ? minus(money) : money
}

/** As PayPal wants it. Null: PayPal has no coin as small as that. */
export function amountOf(money: Money): Amount | null {
  const { currency } = money
  const text = writeDecimal(money)
  if (!WHOLE_HERE.has(currency) || digitsOf(currency) === 0) return { currency_code: currency, value: text }
  return text.endsWith('.00') ? { currency_code: currency, value: text.slice(0, -3) } : null
}

export const nothing = (currency: string): Money => ({ minor: 0n, currency })

export const minus = (money: Money): Money => ({ ...money, minor: -money.minor })

export function plus(sum: Money, more: Money | null): Money {
  return more && more.currency === sum.currency ? { ...sum, minor: sum.minor + more.minor } : sum
}
