/** What is sold: products, and prices whose amount never changes. */
import { blank } from '../contract.ts'
import { fieldsOf, listOf, numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Every, Price, Product } from '../model.ts'
import { makeId, refuse } from '../service.ts'
import type { Stripe } from '../service.ts'
import { found, getMany, getOne, idOf, metadataOf, same, textAfter } from '../rest/call.ts'
import type { Call, Operations } from '../rest/call.ts'
import { shown } from '../rest/shown.ts'

const products = (s: Stripe) => s.tables.products
const prices = (s: Stripe) => s.tables.prices

const INTERVALS = ['day', 'week', 'month', 'year'] as const

function newProduct(s: Stripe, given: Fields, id = makeId('prod')): Product {
  if (products(s).get(id)) throw refuse(`Product already exists.`, { code: 'resource_already_exists', param: 'id' })
  const product = products(s).put({
    ...blank('product'),
    ...{ id, object: 'product', created: s.now(), updated: s.now(), active: given.active !== false, livemode: false },
    ...{ name: textOf(given.name) ?? '', description: textOf(given.description) ?? null, metadata: metadataOf(given.metadata) },
    ...{ type: 'service', images: [], marketing_features: [] },
  })
  s.tell('product.created', product)
  return product
}

function everyOf(given: Fields): Every {
  const interval = INTERVALS.find((one) => one === given.interval) ?? 'month'
  return {
    ...blank('Price.Recurring'),
    ...{
      interval,
      interval_count: numberOf(given.interval_count) ?? 1,
      usage_type: 'licensed',
      meter: null,
      trial_period_days: null,
    },
  }
}

/** A price: of the catalogue, or of one sale (`price_data`). */
export function newPrice(s: Stripe, given: Fields, isOfCatalogue = true): Price {
  const amount = numberOf(given.unit_amount)
  if (amount === undefined || amount < 0) throw refuse('A price needs a unit_amount.', { param: 'unit_amount' })
  const data = given.product_data === undefined ? undefined : fieldsOf(given.product_data)
  const product = data ? newProduct(s, data) : found(products(s), given.product, 'product', 'product')
  const lookup = textOf(given.lookup_key) ?? null
  if (lookup !== null) claim(s, lookup, given.transfer_lookup_key === true)
  const price = prices(s).put({
    ...blank('price'),
    ...{
      id: makeId('price'),
      object: 'price',
      created: s.now(),
      active: isOfCatalogue && given.active !== false,
      livemode: false,
    },
    ...{ billing_scheme: 'per_unit', currency: String(given.currency).toLowerCase(), product: product.id, unit_amount: amount },
    ...{ unit_amount_decimal: String(amount), lookup_key: lookup, nickname: textOf(given.nickname) ?? null },
    ...{ metadata: metadataOf(given.metadata), tax_behavior: textOf(given.tax_behavior) ?? 'unspecified' },
    recurring: given.recurring === undefined ? null : everyOf(fieldsOf(given.recurring)),
    type: given.recurring === undefined ? 'one_time' : 'recurring',
  })
  s.tell('price.created', price)
  return price
}

/** A lookup key names one price: it is taken from the other one where that was asked for. */
function claim(s: Stripe, lookup: string, isTransfer: boolean, by?: string): void {
  const other = prices(s)
    .all()
    .find((price) => price.lookup_key === lookup && price.id !== by)
  if (!other) return
  if (!isTransfer)
    throw refuse(`A price (\`${other.id}\`) already uses that lookup key.`, {
      code: 'resource_already_exists',
      param: 'lookup_key',
    })
  s.tell('price.updated', prices(s).put({ ...other, lookup_key: null }), { lookup_key: lookup })
}

function changePrice(call: Call) {
  const { s, body } = call
  const price = found(prices(s), idOf(call), 'price', 'price')
  const lookup = textAfter(body.lookup_key, price.lookup_key)
  if (lookup !== null) claim(s, lookup, body.transfer_lookup_key === true, price.id)
  const changed = prices(s).put({
    ...price,
    ...{ lookup_key: lookup, active: typeof body.active === 'boolean' ? body.active : price.active },
    metadata: metadataOf(body.metadata, metadataOf(price.metadata)),
    ...(body.nickname !== undefined && { nickname: textOf(body.nickname) ?? null }),
    ...(body.tax_behavior !== undefined && { tax_behavior: body.tax_behavior }),
  })
  s.tell('price.updated', changed, { active: price.active, lookup_key: price.lookup_key })
  return shown(s, changed)
}

function changeProduct(call: Call) {
  const { s, body } = call
  const product = found(products(s), idOf(call), 'product')
  const changed = products(s).put({
    ...product,
    ...{ name: textOf(body.name) ?? product.name, active: typeof body.active === 'boolean' ? body.active : product.active },
    ...{ metadata: metadataOf(body.metadata, product.metadata), updated: s.now() },
    ...(body.description !== undefined && { description: textOf(body.description) ?? null }),
  })
  s.tell('product.updated', changed, { name: product.name, active: product.active })
  return shown(s, changed)
}

export const catalogueOperations: Operations = {
  PostProducts: ({ s, body }) => shown(s, newProduct(s, body, textOf(body.id))),
  GetProducts: getMany(products, (row, query) => same<Product>('active')(row, query) && isNamed(query.ids, row.id)),
  GetProductsId: getOne(products, 'product'),
  PostProductsId: changeProduct,
  DeleteProductsId(call) {
    const { s } = call
    const product = found(products(s), idOf(call), 'product')
    if (
      prices(s)
        .all()
        .some((price) => price.product === product.id)
    )
      throw refuse('This product cannot be deleted because it has one or more user-created prices.')
    products(s).drop(product.id)
    s.tell('product.deleted', product)
    return { id: product.id, object: 'product', deleted: true }
  },
  PostPrices: ({ s, body }) => shown(s, newPrice(s, body)),
  GetPrices: getMany(
    prices,
    (row, query) =>
      same<Price>('active', 'currency', 'product', 'type')(row, query) && isNamed(query.lookup_keys, row.lookup_key),
  ),
  GetPricesPrice: getOne(prices, 'price'),
  PostPricesPrice: changePrice,
}

function isNamed(wanted: unknown, id: string | null): boolean {
  return wanted === undefined || listOf(wanted).includes(id)
}
