/** Filters of crm.item.list: prefixes, lists, and OR. reference/bitrix24.md §7.1. */
import { fieldsOf, isFields } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Item } from '../model.ts'

const PREFIX = /^(!@|!%|!=|>=|<=|=%|[!=><@%])?(.*)$/

/** The value of a field, as the filter sees it. */
export function valueOf(item: Item, name: string): unknown {
  if (name === 'id' || name === 'ID') return item.number
  if (name === 'imol') return item.fm.filter(({ typeId }) => typeId === 'IM').map(({ value }) => value)
  if (name === 'phone') return item.fm.filter(({ typeId }) => typeId === 'PHONE').map(({ value }) => value)
  if (name === 'contactId') return item.fields.contactIds ?? item.fields.contactId
  return item.fields[name]
}

export function fits(item: Item, filter: unknown): boolean {
  if (!isFields(filter) && !Array.isArray(filter)) return true
  const fields: Fields = fieldsOf({ ...filter })
  const isOr = String(fields.logic).toUpperCase() === 'OR'
  const parts = Object.entries(fields).filter(([name]) => name !== 'logic')
  const test = ([name, value]: [string, unknown]): boolean => (/^\d+$/.test(name) ? fits(item, value) : holds(item, name, value))
  return isOr ? parts.some(test) : parts.every(test)
}

function holds(item: Item, key: string, wanted: unknown): boolean {
  const [, prefix = '=', name = ''] = PREFIX.exec(key) ?? []
  const values = [valueOf(item, name)].flat()
  const isNot = prefix.startsWith('!')
  const how = isNot ? prefix.slice(1) || '=' : prefix
  const list = [wanted].flat()
  const does = values.some((value) =>
    how === '=' || how === '@' ? list.some((each) => same(value, each)) : compare(value, how, wanted),
  )
  return isNot ? !does : does
}

const textual = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

const same = (one: unknown, other: unknown): boolean => textual(one) === textual(other)

function compare(value: unknown, how: string, wanted: unknown): boolean {
  const [mine, theirs] = [textual(value), textual(wanted)]
  if (how === '%' || how === '=%') return mine.toLowerCase().includes(theirs.replaceAll('%', '').toLowerCase())
  const isNumeric = mine !== '' && theirs !== '' && !Number.isNaN(Number(mine)) && !Number.isNaN(Number(theirs))
  const [left, right] = isNumeric ? [Number(mine), Number(theirs)] : [mine, theirs]
  if (how === '>') return left > right
  if (how === '>=') return left >= right
  return how === '<' ? left < right : left <= right
}
