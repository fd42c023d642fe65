/** How an object leaves the house: what is only shown on demand stays in, and ids become objects where that was asked for. */
import { isFields, listOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Table } from '../../lib/tables.ts'
import type { Row } from '../model.ts'
import { refuse } from '../service.ts'
import type { Stripe } from '../service.ts'

/** Which table an id belongs to, by how it begins. */
export function rowOf(s: Stripe, id: string): Row | undefined {
  const t = s.tables
  const tables: Readonly<Record<string, Table<Row>['get']>> = {
    cus: t.customers.get,
    prod: t.products.get,
    price: t.prices.get,
    pm: t.methods.get,
    pi: t.intents.get,
    ch: t.charges.get,
    py: t.charges.get,
    txn: t.movements.get,
    po: t.payouts.get,
    re: t.refunds.get,
    pyr: t.refunds.get,
    du: t.disputes.get,
    cs: t.sessions.get,
    seti: t.setups.get,
    sub: t.subscriptions.get,
    in: t.invoices.get,
    inpay: t.invoicePayments.get,
    bpc: t.portalConfigurations.get,
    evt: t.events.get,
    we: t.endpoints.get,
  }
  // Only products are named by their maker, as they please.
  return tables[id.split('_')[0] ?? '']?.(id) ?? t.products.get(id)
}

/** Fields that are shown only where they were asked for. */
const ON_DEMAND: Readonly<Record<string, readonly string[]>> = { 'checkout.session': ['line_items'], charge: ['refunds'] }

/** The object as an answer or an event carries it. */
export function shown(s: Stripe, row: Row): Row {
  const hidden = ON_DEMAND[row.object] ?? []
  const kept = Object.entries(row).filter(([name]) => !hidden.includes(name))
  const { id, object, created } = row
  const isThere = row.object === 'balance_transaction' && Number(row.available_on) <= s.now()
  return { ...Object.fromEntries(kept), ...(isThere && { status: 'available' }), id, object, created }
}

/** What can be asked for beside ids: lists of what belongs to an object. */
function demanded(s: Stripe, object: Fields, name: string): unknown {
  const id = textOf(object.id) ?? ''
  if (object.object === 'charge' && name === 'refunds')
    return aList(
      s.tables.refunds.all().filter(({ charge }) => charge === id),
      `/v1/charges/${id}/refunds`,
    )
  if (object.object === 'invoice' && name === 'payments')
    return aList(
      s.tables.invoicePayments.all().filter(({ invoice }) => invoice === id),
      `/v1/invoice_payments?invoice=${id}`,
    )
  if (object.object === 'customer' && name === 'subscriptions')
    return aList(
      s.tables.subscriptions.all().filter(({ customer, ended_at }) => customer === id && ended_at === null),
      `/v1/customers/${id}/subscriptions`,
    )
  if ((ON_DEMAND[textOf(object.object) ?? ''] ?? []).includes(name)) return rowOf(s, id)?.[name]
  return undefined
}

export function aList(data: readonly unknown[], url: string, hasMore = false): Fields {
  return { object: 'list', data, has_more: hasMore, url }
}

const MAX_DEPTH = 4

/** Puts objects in the places of their ids: `latest_charge.balance_transaction`, `data.customer` in a list. */
export function expanded(s: Stripe, value: Fields, wanted: unknown): Fields {
  return listOf(wanted).reduce<Fields>((object, path) => expandOne(s, object, String(path).split('.'), String(path)), value)
}

function expandOne(s: Stripe, value: Fields, [name = '', ...rest]: string[], whole: string): Fields {
  if (rest.length >= MAX_DEPTH) throw refuse(`You cannot expand more than ${MAX_DEPTH} levels of a property. (${whole})`)
  const found = name in value ? value[name] : demanded(s, value, name)
  if (found === undefined) throw refuse(`This property cannot be expanded (${whole}).`, { code: 'property_cannot_be_expanded' })
  const open = (one: unknown): unknown => {
    const row = typeof one === 'string' ? rowOf(s, one) : undefined
    if (typeof one === 'string' && !row) throw refuse(`This property cannot be expanded (${whole}).`)
    const object = row ? shown(s, row) : one
    return rest.length > 0 && isFields(object) ? expandOne(s, object, rest, whole) : object
  }
  return { ...value, [name]: Array.isArray(found) ? found.map(open) : open(found) }
}
