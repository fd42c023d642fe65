import { readDecimal, toMicro } from '#contract/money.ts'
import type { Request } from '../http/app.ts'
import { settingsOf } from '../lib/env.ts'
import { Refusal } from '../lib/refusal.ts'

/** What somebody typed, in micro-units. Refuses amount_out_of_range. */
export function microOf(c: Request, text: string, least: string, most: string): string {
  const { billingCurrency: currency } = settingsOf(c.env)
  const money = readDecimal(text, currency)
  const within = (limit: string) => readDecimal(limit, currency)?.minor ?? 0n
  if (!money || money.minor < within(least) || money.minor > within(most))
    throw new Refusal('amount_out_of_range', { least, most, currency })
  return String(toMicro(money))
}
