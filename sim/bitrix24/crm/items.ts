/** What is in the CRM, whatever its type: leads, deals, contacts, companies, smart processes. */
import { fieldsOf, listOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import { tellAll } from '../events/tell.ts'
import type { CrmType, Fm, Item } from '../model.ts'
import type { Portal } from '../portal.ts'
import { isoOf } from '../service.ts'
import type { B24 } from '../service.ts'

export const TYPE_ID: Readonly<Record<CrmType, number>> = { LEAD: 1, DEAL: 2, CONTACT: 3, COMPANY: 4 }
const NAMES: Readonly<Record<number, CrmType>> = { 1: 'LEAD', 2: 'DEAL', 3: 'CONTACT', 4: 'COMPANY' }

export function typeName(typeId: number): CrmType | undefined {
  return NAMES[typeId]
}

/** Adds something; whoever listens hears its number and nothing more. */
export function addItem(b24: B24, portal: Portal, typeId: number, given: Fields, userId: number | undefined): Item {
  const number = portal.nextId(`item-${typeId}`, typeId === 3 ? 88 : typeId === 2 ? 540 : typeId === 1 ? 1205 : 1)
  const now = isoOf(b24.now())
  const { fm, ...fields } = given
  const isStaged = typeId === 1 || typeId === 2 || typeId >= 128
  const categoryId = Number(fields.categoryId ?? 0)
  const first = categoryId > 0 && typeId === 2 ? `C${categoryId}:NEW` : typeId >= 128 ? `DT${typeId}_1:NEW` : 'NEW'
  const item = portal.items.put({
    ...{ id: `${typeId}:${number}`, typeId, number },
    fields: {
      ...{ title: `#${number}`, assignedById: userId ?? 1, createdBy: userId ?? 0, updatedBy: userId ?? 0 },
      ...{ createdTime: now, updatedTime: now, opened: 'Y', opportunity: 0, currencyId: 'USD', sourceId: null },
      ...{ contactId: 0, contactIds: [], companyId: 0, name: null, lastName: null },
      ...(isStaged && { stageId: first, categoryId, stageSemanticId: 'P' }),
      ...linked(fields),
    },
    fm: mergedFm(portal, [], fm),
  })
  tellItem(b24, portal, item, 'ADD', userId)
  return item
}

/** One contact and the list of contacts say the same. */
function linked(fields: Fields): Fields {
  const ids = listOf(fields.contactIds).map(Number)
  if (ids.length > 0) return { ...fields, contactIds: ids, contactId: ids[0] }
  return fields.contactId === undefined
    ? fields
    : { ...fields, contactIds: Number(fields.contactId) > 0 ? [Number(fields.contactId)] : [] }
}

/** Changes something. It is told for any touch, also when nothing changed; `isSilent`: the portal's own book-keeping. */
export function updateItem(
  b24: B24,
  portal: Portal,
  item: Item,
  given: Fields,
  userId: number | undefined,
  isSilent = false,
): Item {
  const { fm, ...fields } = given
  const stageId = textOf(fields.stageId)
  const semantics = stageId === undefined ? {} : { stageSemanticId: semanticsOf(portal, stageId) }
  const touched = { updatedTime: isoOf(b24.now()), updatedBy: userId ?? 0 }
  const changed = portal.items.put({
    ...item,
    fields: { ...item.fields, ...linked(fields), ...semantics, ...touched },
    fm: fm === undefined ? item.fm : mergedFm(portal, item.fm, fm),
  })
  if (!isSilent) tellItem(b24, portal, changed, 'UPDATE', userId)
  portal.tellPages({ type: 'crm', id: item.id })
  return changed
}

function semanticsOf(portal: Portal, stageId: string): string {
  return portal.statuses.all().find((one) => one.statusId === stageId)?.semantics ?? 'P'
}

export function deleteItem(b24: B24, portal: Portal, item: Item, userId: number | undefined): void {
  portal.items.drop(item.id)
  tellItem(b24, portal, item, 'DELETE', userId)
}

function tellItem(b24: B24, portal: Portal, item: Item, what: 'ADD' | 'UPDATE' | 'DELETE', userId: number | undefined): void {
  const name = typeName(item.typeId)
  portal.tellPages({ type: 'crm', id: item.id })
  const how = { ...(userId !== undefined && { userId }), key: item.id }
  if (name) return tellAll(b24, portal, `ONCRM${name}${what}`, { FIELDS: { ID: String(item.number) } }, how)
  const FIELDS = { ID: String(item.number), ENTITY_TYPE_ID: String(item.typeId) }
  tellAll(b24, portal, `ONCRMDYNAMICITEM${what}`, { FIELDS }, how)
  tellAll(b24, portal, `ONCRMDYNAMICITEM${what}_${item.typeId}`, { FIELDS }, how)
}

/** Keys `n0`, `n1` or a plain list add, the id of a record changes it, an empty value deletes it. */
function mergedFm(portal: Portal, known: readonly Fm[], given: unknown): Fm[] {
  const entries = Array.isArray(given) ? given.map((one): [string, unknown] => ['n', one]) : Object.entries(fieldsOf(given))
  let all = [...known]
  for (const [key, value] of entries) {
    const fields = fieldsOf(value)
    const id = Number(textOf(fields.id) ?? (/^\d+$/.test(key) ? key : Number.NaN))
    const old = all.find((one) => one.id === id)
    const text = textOf(fields.value)
    if (old && text === undefined) all = all.filter((one) => one !== old)
    else if (old && text !== undefined)
      all = all.map((one) => (one === old ? { ...old, value: text, valueType: textOf(fields.valueType) ?? old.valueType } : one))
    else if (text !== undefined)
      all.push({
        ...{ id: portal.nextId('fm', 101), typeId: (textOf(fields.typeId) ?? 'PHONE').toUpperCase(), value: text },
        valueType: textOf(fields.valueType) ?? 'WORK',
      })
  }
  return all
}

/** Digits alone count, without an extension. */
export function phoneKey(value: string): string {
  return (value.split(/[;,x#]|ext/i)[0] ?? '').replace(/\D/g, '')
}

const MOST = 20

/** Rows are replaced and never changed: what was read of one stays true. */
const ways = new WeakMap<Item, ReadonlySet<string>>()

function waysTo(item: Item): ReadonlySet<string> {
  const known = ways.get(item)
  if (known) return known
  const made = new Set(item.fm.map(({ typeId, value }) => wayOf(typeId, value)))
  ways.set(item, made)
  return made
}

const wayOf = (type: string, value: string): string =>
  `${type} ${type === 'PHONE' ? phoneKey(value) : value.trim().toLowerCase()}`

/** Who has one of these phones. With 20 of one type the later types are left out. */
export function findByPhone(
  portal: Portal,
  phones: readonly string[],
  type = 'PHONE',
  only?: CrmType,
): Partial<Record<CrmType, number[]>> {
  const wanted = phones.map((value) => wayOf(type, value)).filter((way) => !way.endsWith(' '))
  const all = wanted.length === 0 ? [] : portal.items.all().filter((item) => wanted.some((way) => waysTo(item).has(way)))
  const found: Partial<Record<CrmType, number[]>> = {}
  for (const name of ['LEAD', 'CONTACT', 'COMPANY'] as const) {
    if (only !== undefined && only !== name) continue
    const ids = all.flatMap(({ typeId, number }) => (typeId === TYPE_ID[name] ? [number] : [])).slice(0, MOST)
    if (ids.length > 0) found[name] = ids
    if (ids.length === MOST) break
  }
  return found
}
