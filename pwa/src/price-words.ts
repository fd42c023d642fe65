import type { PlanPrice } from '#contract/subscriptions.ts'
import { digitsOf } from '#contract/money.ts'
import { dayTime, money } from './text/format.ts'
import { subscriptionsText } from './text/subscriptions.ts'

/** `$ 15,00`: from the currency's smallest units. */
export const minorText = (minor: number, currency: string): string => money(minor / 10 ** digitsOf(currency), currency)

/** `$ 15,00 al mes`. */
export const priceText = ({ minor, currency, every }: PlanPrice): string =>
  subscriptionsText().price(minorText(minor, currency), every)

/** What comes with a plan, line by line. `tries`: whoever takes it may try it first. */
export function termsOf({ trialDays, includedMessages, promo, currency }: PlanPrice, tries: boolean): string[] {
  const words = subscriptionsText()
  return [
    ...(tries && trialDays > 0 ? [words.trial(trialDays)] : []),
    ...(includedMessages > 0 ? [words.included(includedMessages.toLocaleString())] : []),
    ...(promo ? [words.promo(minorText(promo.listMinor, currency), dayTime(promo.until))] : []),
  ]
}
