/** The merchant's account: what is in it, every movement, and what goes to the bank. On command Stripe tells of it what is not so. */
import { blank } from '../contract.ts'
import { numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Movement, Payout } from '../model.ts'
import { DAY, makeId } from '../service.ts'
import type { Stripe } from '../service.ts'
import { getMany, getOne, isWithin, pageOf, same } from '../rest/call.ts'
import type { Call, Operations } from '../rest/call.ts'
import { shown } from '../rest/shown.ts'
import { balanceOf, move } from './movements.ts'

/** Days until a payout is in the bank. */
const ARRIVES_AFTER = 2

/** Money goes to the bank; all that is there, unless an amount is named. A sentence when that cannot be. */
function payOut(s: Stripe, amount: number, currency: string): Payout | string {
  if (amount <= 0) return 'a payout needs an amount above zero'
  const payout: Payout = {
    ...blank('payout'),
    ...{
      id: makeId('po'),
      object: 'payout',
      created: s.now(),
      amount,
      currency,
      status: 'paid',
      automatic: true,
      balance_transaction: null,
    },
    ...{ arrival_date: s.now() + ARRIVES_AFTER * DAY, livemode: false, metadata: {}, method: 'standard', source_type: 'card' },
    ...{ reconciliation_status: 'completed', type: 'bank_account', description: 'STRIPE PAYOUT' },
  }
  const booked = { currency, fee: 0, source: payout.id, description: 'STRIPE PAYOUT' }
  const { id } = move(s, { ...booked, amount: -amount, type: 'payout' })
  const made = s.tables.payouts.put({ ...payout, balance_transaction: id })
  s.tell('payout.paid', made)
  return made
}

/** The bank has sent it back. */
function failPayout(s: Stripe, id: string): Payout | string {
  const payout = s.tables.payouts.get(id)
  if (payout?.status !== 'paid') return 'no such payout, or it is not paid'
  const { amount, currency } = payout
  const back = move(s, { amount, currency, fee: 0, source: id, type: 'payout_failure', description: 'STRIPE PAYOUT FAILURE' })
  const failed = s.tables.payouts.put({ ...payout, status: 'failed', failure_balance_transaction: back.id })
  s.tell('payout.failed', failed)
  return failed
}

/** The command of a test: `{type, amount, currency?, fee?}`. A payout is named by what goes; everything else by what comes. */
export function moveOnCommand(s: Stripe, fields: Fields): object | string {
  const [type, amount, currency] = [textOf(fields.type), numberOf(fields.amount), textOf(fields.currency) ?? 'usd']
  if (type === undefined || amount === undefined) return 'type and amount are needed'
  if (type === 'payout') return payOut(s, amount, currency)
  if (type === 'payout_failure') return failPayout(s, textOf(fields.payout) ?? '')
  return move(s, { type, amount, currency, fee: numberOf(fields.fee) ?? 0, source: null, description: null })
}

/** The command of a test: `{amount?, fee?, times?}`. The money itself is other; or the list tells of it so many times. */
export function misreport(s: Stripe, id: string, fields: Fields): object | string {
  const known = s.tables.movements.get(id)
  if (!known) return 'no such movement'
  const [amount, fee] = [numberOf(fields.amount) ?? known.amount, numberOf(fields.fee) ?? known.fee]
  const times = numberOf(fields.times)
  if (times !== undefined) s.tables.tellings.put({ id, times })
  return s.tables.movements.put({ ...known, amount, fee, net: amount - fee })
}

const movements = (s: Stripe) => s.tables.movements
const payouts = (s: Stripe) => s.tables.payouts
const isAsked = same<Movement>('currency', 'source', 'type')

function listMovements({ s, query, path }: Call) {
  const rows = movements(s)
    .all()
    .filter((row) => isWithin(row.created, query.created) && isAsked(row, query))
    .toReversed()
    .flatMap((row) => Array.from({ length: s.tables.tellings.get(row.id)?.times ?? 1 }, () => shown(s, row)))
  return pageOf(rows, query, path)
}

export const accountOperations: Operations = {
  GetBalance: ({ s }) => balanceOf(s),
  GetBalanceTransactions: listMovements,
  GetBalanceTransactionsId: getOne(movements, 'balance transaction'),
  GetPayouts: getMany(payouts, same('status')),
  GetPayoutsPayout: getOne(payouts, 'payout'),
}
