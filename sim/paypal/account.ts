/** Commands over the merchant's account: what moves in it by itself, and reports that tell what is not so. */
import { numberOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { makeId } from './ground.ts'
import type { Movement } from './model.ts'
import { moneyIn } from './money.ts'
import type { Money } from './money.ts'
import type { Paypal } from './service.ts'

/** As PayPal writes it in reports: what goes has a minus. */
function signedIn(value: unknown, currency: string): Money {
  const text = String(value)
  const money = moneyIn({ value: text.replace(/^-/, ''), currency_code: currency }, 'value')
  return text.startsWith('-') ? { ...money, minor: -money.minor } : money
}

/** `{app, code, value, currency?}`: money goes to the bank (T0400), a fee of their own (T0100), a correction (T1900) … */
export function moveOnCommand(pp: Paypal, fields: Fields): object | string {
  const [app, code] = [pp.apps.get(textOf(fields.app) ?? ''), textOf(fields.code)]
  if (!app || code === undefined || fields.value === undefined) return 'app, code and value are needed'
  const amount = signedIn(fields.value, textOf(fields.currency) ?? 'USD')
  const row = { app: app.id, transaction: makeId(17), code, amount, fee: { ...amount, minor: 0 }, at: pp.now(app.id) }
  return pp.movements.put({ id: makeId(17), ...row, reference: null, invoiceId: null, customId: null })
}

/** `{value?, fee?, times?}` of a movement by its transaction: the money itself is other; or the report tells of it so many times. */
export function misreport(pp: Paypal, transaction: string, fields: Fields): object | string {
  const known = pp.movements.all().find((one) => one.transaction === transaction)
  if (!known) return 'no such movement'
  const { currency } = known.amount
  const times = numberOf(fields.times)
  if (times !== undefined) pp.tellings.put({ id: known.id, times })
  return pp.movements.put({
    ...known,
    amount: fields.value === undefined ? known.amount : signedIn(fields.value, currency),
    fee: fields.fee === undefined ? known.fee : signedIn(fields.fee, currency),
  })
}

/** As often as the report tells of it. */
export function toldOf(pp: Paypal, movement: Movement): Movement[] {
  return Array.from({ length: pp.tellings.get(movement.id)?.times ?? 1 }, () => movement)
}
