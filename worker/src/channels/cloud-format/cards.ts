/** Places, shared contacts and orders inside a message. Gupshup's v2 format holds the same objects. */
import type { InboundMessage, Located, SharedContact } from '#contract/channel-event.ts'
import { fieldsOf, idOf, listOf, nameOf, numberOf, textOf } from '../../lib/untrusted.ts'
import type { Fields } from '../../lib/untrusted.ts'

/** What a message carries, whatever its kind. */
export type Content = Pick<InboundMessage, 'kind' | 'text' | 'media' | 'extra'>

const CARDS_MAX = 50
const LINES_MAX = 20
const ITEMS_MAX = 100

/** A point on the map, coordinates as numbers or text; null when it is none. */
export function locatedOf(value: unknown): Located | null {
  const place = fieldsOf(value)
  const latitude = numberOf(place.latitude)
  const longitude = numberOf(place.longitude)
  if (latitude === undefined || longitude === undefined) return null
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null
  const name = nameOf(place.name)
  const address = nameOf(place.address, 500)
  return { latitude, longitude, ...(name && { name }), ...(address && { address }) }
}

/** Shared contact cards; null when there is none with a name or a phone. */
export function contactsContent(value: unknown): Content | null {
  const contacts = listOf(value, CARDS_MAX)
    .map(fieldsOf)
    .map(cardOf)
    .filter((card) => card.name !== '' || card.phones.length > 0)
  return contacts.length > 0 ? { kind: 'contacts', extra: { contacts } } : null
}

function cardOf(card: Fields): SharedContact {
  const name = fieldsOf(card.name)
  const phones = linesOf(card.phones, (line) => line.phone ?? line.wa_id)
  const org = nameOf(fieldsOf(card.org).company)
  return {
    name: nameOf(name.formatted_name) ?? nameOf(name.formattedName) ?? nameOf(name.first_name) ?? phones[0] ?? '',
    phones,
    emails: linesOf(card.emails, (line) => line.email),
    ...(org && { org }),
  }
}

function linesOf(value: unknown, read: (line: Fields) => unknown): string[] {
  return listOf(value, LINES_MAX).flatMap((line) => nameOf(read(fieldsOf(line)), 100) ?? [])
}

/** A cart that the customer sent; null when it names no catalogue. */
export function orderContent(value: unknown): Content | null {
  const order = fieldsOf(value)
  const catalogId = idOf(order.catalog_id)
  if (catalogId === undefined) return null
  const items = listOf(order.product_items, ITEMS_MAX).map(fieldsOf).map(itemOf)
  return {
    kind: 'order',
    text: textOf(order.text) || undefined,
    extra: { order: { catalogId, items } },
  }
}

function itemOf(item: Fields) {
  return {
    productId: nameOf(item.product_retailer_id) ?? '',
    quantity: numberOf(item.quantity) ?? 0,
    price: numberOf(item.item_price) ?? 0,
    currency: nameOf(item.currency, 3) ?? '',
  }
}
