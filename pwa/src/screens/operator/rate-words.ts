/** Rates as a person reads them. */
import type { Rate } from '#contract/rates.ts'
import { unitsOf } from '../../amounts.rules.ts'
import { money } from '../../text/format.ts'
import { ratesText } from '../../text/rates.ts'
import { language } from '../../text/text.ts'

/** A message costs fractions of a cent: none of them is left out. */
const DIGITS = 6

/** The country of a market in the reader's language; its letters where they are no country. */
export function marketName(market: string): string {
  if (market === '*') return ratesText().others
  return new Intl.DisplayNames([language()], { type: 'region' }).of(market) ?? market
}

/** `$ 0,0879`, and in words where it is nothing. */
export const ratePrice = (micro: string, currency: string): string =>
  micro === '0' ? ratesText().free : money(unitsOf(micro), currency, DIGITS)

/** `costo $ 0,0703`; nothing where the provider takes nothing. */
export const rateCost = ({ cost, currency }: Pick<Rate, 'cost' | 'currency'>): string =>
  cost === '0' ? '' : ratesText().costs(ratePrice(cost, currency))

/** `Marketing · Perú`. */
export const rateName = ({ category, market }: Pick<Rate, 'category' | 'market'>): string =>
  `${ratesText().categories[category]} · ${marketName(market)}`
