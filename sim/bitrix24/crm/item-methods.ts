/** crm.item.*: one set of methods for everything in the CRM. reference/bitrix24.md §7.1. */
import { fieldsOf, isFields, listOf, numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Item } from '../model.ts'
import { pageOf } from '../rest/page.ts'
import type { Page } from '../rest/page.ts'
import { RestError } from '../service.ts'
import type { Call, Methods } from '../service.ts'
import { fits, valueOf } from './filter.ts'
import { addItem, deleteItem, updateItem } from './items.ts'

const scope = 'crm'

export const itemMethods: Methods = {
  'crm.item.add': {
    scope,
    run: (call) => ({ item: shape(addItem(call.b24, call.portal, typeOf(call), given(call), call.user.id)) }),
  },
  'crm.item.get': { scope, run: (call) => ({ item: shape(itemOf(call)) }) },
  'crm.item.list': { scope, run: list },
  'crm.item.update': {
    scope,
    run: (call) => ({ item: shape(updateItem(call.b24, call.portal, itemOf(call), given(call), call.user.id)) }),
  },
  'crm.item.delete': {
    scope,
    run: (call) => {
      deleteItem(call.b24, call.portal, itemOf(call), call.user.id)
      // An empty result is a list.
      return []
    },
  },
  'crm.item.fields': { scope, run: (call) => ({ fields: fieldsShape(typeOf(call)) }) },
}

function typeOf({ params }: Call): number {
  const typeId = numberOf(params.entityTypeId)
  if (typeId === undefined || !([1, 2, 3, 4, 7, 31].includes(typeId) || typeId >= 128))
    throw new RestError(400, 'NOT_FOUND', 'Smart process was not found')
  return typeId
}

function given({ params }: Call): Fields {
  if (!isFields(params.fields)) throw new RestError(400, 'INVALID_ARG_VALUE', 'Invalid value {fields} to match with parameter')
  return params.fields
}

function itemOf(call: Call): Item {
  const item = call.portal.items.get(`${typeOf(call)}:${textOf(call.params.id) ?? ''}`)
  if (!item) throw new RestError(400, 'NOT_FOUND', 'Item was not found')
  return item
}

/** With everything; what `select` names alone leaves `fm` out unless it is asked for by `*`. */
function shape(item: Item, select: readonly string[] = ['*']): Record<string, unknown> {
  const phone = item.fm.find(({ typeId }) => typeId === 'PHONE')?.value ?? null
  const all: Record<string, unknown> = {
    ...{ id: item.number, entityTypeId: item.typeId, ...item.fields, hasPhone: phone === null ? 'N' : 'Y', phone },
    ...{ hasImol: item.fm.some(({ typeId }) => typeId === 'IM') ? 'Y' : 'N', fm: item.fm },
  }
  if (select.includes('*')) return all
  return Object.fromEntries(['id', ...select].filter((name) => name !== 'fm').map((name) => [name, all[name] ?? null]))
}

function list(call: Call): Page {
  const { params, portal } = call
  const typeId = typeOf(call)
  const select = listOf(params.select).map(String)
  const found = portal.items.all().filter((item) => item.typeId === typeId && fits(item, params.filter))
  const [[by = 'id', way = 'ASC'] = []] = Object.entries(fieldsOf(params.order))
  const isDown = String(way).toUpperCase() === 'DESC'
  const sorted = found.toSorted((one, other) => orderOf(valueOf(one, by), valueOf(other, by)) || one.number - other.number)
  return pageOf(isDown ? sorted.toReversed() : sorted, numberOf(params.start) ?? 0, (items) => ({
    items: items.map((item) => shape(item, select.length === 0 ? ['*'] : select)),
  }))
}

function orderOf(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return String(one ?? '').localeCompare(String(other ?? ''))
}

const FIELDS: Readonly<Record<string, string>> = {
  ...{ id: 'integer', title: 'string', name: 'string', lastName: 'string', stageId: 'crm_status', categoryId: 'crm_category' },
  ...{ assignedById: 'user', observers: 'user', contactId: 'crm_contact', contactIds: 'crm_contact', companyId: 'crm_company' },
  ...{ opportunity: 'double', currencyId: 'crm_currency', sourceId: 'crm_status', sourceDescription: 'text' },
  ...{ originatorId: 'string', originId: 'string', utmSource: 'string', fm: 'crm_multifield' },
}

function fieldsShape(typeId: number): object {
  const staged = new Set([1, 2])
  return Object.fromEntries(
    Object.entries(FIELDS)
      .filter(([name]) => (name === 'stageId' || name === 'categoryId' ? staged.has(typeId) || typeId >= 128 : true))
      .map(([name, type]) => [
        name,
        {
          type,
          isRequired: name === 'title' && typeId === 4,
          isReadOnly: name === 'id',
          isMultiple: name.endsWith('s'),
          title: name,
        },
      ]),
  )
}
