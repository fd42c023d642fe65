import { unitsOf } from '../../amounts.rules.ts'
import { money } from '../../text/format.ts'

/** Micro-units as people read money; a minus stands before everything else, as in a bank's list. */
export function amountText(micro: string | bigint, currency: string): string {
  const units = unitsOf(String(micro))
  return units < 0 ? `−${money(-units, currency)}` : money(units, currency)
}
