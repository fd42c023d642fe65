/** An operation of the API: what it is given, and the pieces that most of them are made of. */
import { fieldsOf, isFields, numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Table } from '../../lib/tables.ts'
import type { Metadata, Row } from '../model.ts'
import { missing, refuse } from '../service.ts'
import type { Stripe } from '../service.ts'
import { aList, shown } from './shown.ts'

/** A request that fits the contract. */
export type Call = { s: Stripe; names: Readonly<Record<string, string>>; body: Fields; query: Fields; path: string }
export type Operation = (call: Call) => Fields
/** By the operation's name in the contract. */
export type Operations = Readonly<Record<string, Operation>>

/** The first named part of the path: the id of what it is about. */
export function idOf(call: Call): string {
  return Object.values(call.names)[0] ?? ''
}

export function found<T extends Row>(table: Table<T>, id: unknown, what: string, param = 'id'): T {
  const row = table.get(textOf(id) ?? '')
  if (!row) throw missing(what, textOf(id) ?? '', param)
  return row
}

/** `GET /v1/things/:id`. */
export function getOne<T extends Row>(table: (s: Stripe) => Table<T>, what: string): Operation {
  return (call) => shown(call.s, found(table(call.s), idOf(call), what))
}

type Filter<T> = (row: T, query: Fields) => boolean

/** `GET /v1/things`: the newest first, by pages. */
export function getMany<T extends Row>(table: (s: Stripe) => Table<T>, filter: Filter<T> = () => true): Operation {
  return ({ s, query, path }) => {
    const rows = table(s)
      .all()
      .filter((row) => isWithin(row.created, query.created) && filter(row, query))
      .toReversed()
    return pageOf(
      rows.map((row) => shown(s, row)),
      query,
      path,
    )
  }
}

/** One page of what there is. */
export function pageOf(rows: readonly { id: string }[], query: Fields, url: string): Fields {
  const limit = Math.min(Math.max(numberOf(query.limit) ?? 10, 1), 100)
  const place = (id: unknown): number => {
    const at = rows.findIndex((row) => row.id === id)
    if (at === -1) throw missing('object', String(id), 'starting_after')
    return at
  }
  if (query.ending_before !== undefined) {
    const end = place(query.ending_before)
    const start = Math.max(end - limit, 0)
    return aList(rows.slice(start, end), url, start > 0)
  }
  const start = query.starting_after === undefined ? 0 : place(query.starting_after) + 1
  return aList(rows.slice(start, start + limit), url, start + limit < rows.length)
}

/** `created=…` or `created[gte]=…`: as a second, or as bounds. */
export function isWithin(second: number, wanted: unknown): boolean {
  if (wanted === undefined) return true
  if (!isFields(wanted)) return second === numberOf(wanted)
  const bound = (name: string, holds: (limit: number) => boolean) => {
    const limit = numberOf(wanted[name])
    return limit === undefined || holds(limit)
  }
  return (
    bound('gt', (limit) => second > limit) &&
    bound('gte', (limit) => second >= limit) &&
    bound('lt', (limit) => second < limit) &&
    bound('lte', (limit) => second <= limit)
  )
}

/** A filter by fields: what the query names must be the same in the row. */
export function same<T extends Row>(...names: string[]): Filter<T> {
  return (row, query) => names.every((name) => query[name] === undefined || String(row[name]) === String(query[name]))
}

/** Metadata as it is after a change: an empty value takes a name away, an empty text takes all. */
export function metadataOf(given: unknown, before: Metadata = {}): Metadata {
  if (given === undefined) return before
  if (given === '') return {}
  const merged = {
    ...before,
    ...Object.fromEntries(Object.entries(fieldsOf(given)).map(([name, value]) => [name, String(value)])),
  }
  const kept = Object.entries(merged).filter(([, value]) => value !== '')
  if (kept.length > 50) throw refuse('Metadata can have at most 50 keys.', { param: 'metadata' })
  const long = kept.find(([name, value]) => name.length > 40 || value.length > 500)
  if (long) throw refuse('Metadata keys can have up to 40 characters and values up to 500.', { param: `metadata[${long[0]}]` })
  return Object.fromEntries(kept)
}

/** What a form says of a text that may be taken away: absent leaves it, an empty one takes it away. */
export function textAfter(given: unknown, before: string | null): string | null {
  return given === undefined ? before : (textOf(given) ?? null)
}
