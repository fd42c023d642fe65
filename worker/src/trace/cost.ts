/** What a message costs and why, as a sentence. */
import type { Language } from '#contract/ids.ts'
import * as z from 'zod'
import { COST_WORDS } from './cost-words.ts'

const CATEGORIES = ['marketing', 'utility', 'authentication', 'authentication_international', 'service'] as const

export const Cost = z.object({
  state: z.enum(['held', 'included', 'captured', 'late', 'free', 'released']),
  category: z.enum(CATEGORIES),
  /** What the provider says that it was, in its own word. */
  billed: z.nullable(z.string()),
  market: z.string(),
  currency: z.string(),
  /** Micro-units. */
  amount: z.string(),
  rateFrom: z.string(),
})
export type Cost = z.infer<typeof Cost>

function priceText({ amount, currency }: Cost, locale: string): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 6 }
  return `${new Intl.NumberFormat(locale, digits).format(Number(amount) / 1_000_000)} ${currency}`
}

/** `country` is the company's: figures and days are written as there. */
export function costText(cost: Cost, language: Language, country: string): string {
  const words = COST_WORDS[language]
  const locale = `${language}-${country}`
  const where =
    cost.market === '*' ? null : (new Intl.DisplayNames([language], { type: 'region' }).of(cost.market) ?? cost.market)
  const sent = `${words.categories[cost.category]}${where === null ? '' : words.to(where)}`
  const billedAs = CATEGORIES.find((one) => one === cost.billed)
  const what = billedAs && billedAs !== cost.category ? `${sent}${words.billedAs(words.categories[billedAs])}` : sent
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone: 'UTC' }).format(new Date(cost.rateFrom))
  return `${words.cost}: ${what}: ${words[cost.state](priceText(cost, locale), day)}.`
}
