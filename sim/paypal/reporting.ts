/** `/v1/reporting`: every movement of the merchant's account, and what is in it. */
import type { Route } from '../lib/http.ts'
import { PayPalError } from './answers.ts'
import { toldOf } from './account.ts'
import type { Movement } from './model.ts'
import { moneyOut } from './money.ts'
import { isoOf } from './ground.ts'
import type { Answer, Call, Handle } from './service.ts'

export const reportRoutes: Route<Handle>[] = [
  { method: 'GET', path: '/v1/reporting/transactions', handle: transactions },
  { method: 'GET', path: '/v1/reporting/balances', handle: balances },
]

const MOST_MS = 31 * 24 * 3600_000

/** What the reports already know: they are up to three hours behind. */
function known({ pp, app }: Call): Movement[] {
  const until = pp.now(app.id) - app.settings.reportsLateMs
  return pp.movements.all().filter((one) => one.app === app.id && one.at <= until)
}

function transactions(call: Call): Answer {
  const { app, query } = call
  const [from, until] = [Date.parse(query.get('start_date') ?? ''), Date.parse(query.get('end_date') ?? '')]
  if (!(from <= until) || until - from > MOST_MS)
    throw new PayPalError(400, 'INVALID_REQUEST', [{ issue: 'Date range is greater than 31 days', field: 'end_date' }])
  const id = query.get('transaction_id')
  const found = known(call)
    .filter((one) => one.at >= from && one.at <= until && (id === null || one.transaction === id))
    .flatMap((one) => toldOf(call.pp, one))
  const [size, page] = [Number(query.get('page_size') ?? 100), Number(query.get('page') ?? 1)]
  const rows = found.slice((page - 1) * size, page * size).map((one) => ({ transaction_info: infoOf(one) }))
  return {
    status: 200,
    body: {
      // A report of nothing has no list: the description wants at least one line in it.
      ...(rows.length > 0 && { transaction_details: rows }),
      ...{ account_number: app.merchant, start_date: isoOf(from), end_date: isoOf(until) },
      ...{ last_refreshed_datetime: isoOf(call.pp.now(app.id) - app.settings.reportsLateMs), page, total_items: found.length },
      ...{ total_pages: Math.max(1, Math.ceil(found.length / size)) },
    },
  }
}

function infoOf({ transaction, code, amount, fee, at, reference, invoiceId, customId }: Movement): object {
  return {
    ...{
      transaction_id: transaction,
      transaction_event_code: code,
      transaction_status: 'S',
      transaction_amount: moneyOut(amount),
    },
    ...{ transaction_initiation_date: isoOf(at), transaction_updated_date: isoOf(at) },
    ...(fee.minor !== 0 && { fee_amount: moneyOut({ ...fee, minor: -fee.minor }) }),
    // Subscriptions have a dash in their names, which the description does not allow here.
    ...(reference && { paypal_reference_id: reference.id.replace('-', ''), paypal_reference_id_type: reference.type }),
    ...(invoiceId !== null && { invoice_id: invoiceId }),
    ...(customId !== null && { custom_field: customId }),
  }
}

function balances(call: Call): Answer {
  const { pp, app, query } = call
  const totals = new Map<string, number>()
  for (const { amount, fee } of known(call)) {
    const minor = (totals.get(amount.currency) ?? 0) + amount.minor - fee.minor
    totals.set(amount.currency, minor)
  }
  const wanted = query.get('currency_code')
  const rows = [...totals].filter(([currency]) => wanted === null || wanted === 'ALL' || wanted === currency)
  const now = pp.now(app.id)
  return {
    status: 200,
    body: {
      balances: rows.map(([currency, minor], index) => {
        const all = moneyOut({ currency, minor })
        return {
          currency,
          primary: index === 0,
          total_balance: all,
          available_balance: all,
          withheld_balance: { ...all, value: '0.00' },
        }
      }),
      ...{ account_id: app.merchant, as_of_time: isoOf(now), last_refresh_time: isoOf(now - app.settings.reportsLateMs) },
    },
  }
}
