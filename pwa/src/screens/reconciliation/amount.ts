import { MICRO } from '#contract/money.ts'
import { money } from '../../text/format.ts'

/** Micro-units as people read money. */
export const amountText = (micro: string | bigint, currency: string): string => money(Number(micro) / Number(MICRO), currency)
