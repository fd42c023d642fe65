/** Amounts as people type and read them. In the contract they are micro-units, as text. */
import type { Balance } from '#contract/billing.ts'
import { MICRO } from '#contract/money.ts'

/** For showing only: never reckoned with. */
export const unitsOf = (micro: string): number => Number(micro) / Number(MICRO)

/** `25`, `25,5` and ` 25.50 ` are what the server takes; anything else is no amount: null. */
export function typedAmount(text: string): string | null {
  const plain = text.trim().replace(',', '.')
  return /^\d{1,9}(\.\d{1,2})?$/.test(plain) && Number(plain) > 0 ? plain : null
}

/** A level as it stands in its field: what is kept has no more than two digits. */
export const levelText = (micro: string | null): string => (micro === null ? '' : String(unitsOf(micro)))

/** What fills a balance up to its rule's target, in whole units: no less than the gateway takes. */
export function fillText({ balance, automatic, least }: Balance): string {
  const missing = unitsOf(automatic.target ?? '0') - unitsOf(balance.available) + unitsOf(balance.owed)
  return String(Math.ceil(Math.max(missing, Number(least))))
}
