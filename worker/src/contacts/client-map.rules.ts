/** Their JSON and our fields: read by paths, written back by the same, and put into words. */
import type { ClientField, ClientSource } from '#contract/clients.ts'
import { cleanName } from '../lib/clean-text.ts'
import { idOf, isFields, listOf, numberOf } from '../lib/untrusted.ts'
import { canonOf, toDigits } from './phone.rules.ts'

export type Settings = Omit<ClientSource, 'hasSecret' | 'rev'>
export type Scalar = string | number | boolean
/** A client as db/functions/155_clients.sql keeps it. */
export type ClientRow = {
  clientId: string
  phone: string | null
  data: Record<string, Scalar | null>
  texts: Record<string, string | null>
  version: string
}

/** What stands at `a.b.c`; undefined when there is nothing. An empty path is the value itself. */
export function at(value: unknown, path: string): unknown {
  if (path === '') return value
  return path.split('.').reduce((inner: unknown, name) => (isFields(inner) ? ownOf(inner, name) : undefined), value)
}

const ownOf = (fields: { readonly [name: string]: unknown }, name: string) =>
  Object.hasOwn(fields, name) ? fields[name] : undefined

/** A copy of `value` in which something else stands at `a.b.c`. */
export function put(value: unknown, path: string, given: Scalar | null): unknown {
  const [name = '', ...rest] = path.split('.')
  const fields = isFields(value) ? value : {}
  const inner = rest.length === 0 ? given : put(ownOf(fields, name), rest.join('.'), given)
  return Object.fromEntries([...Object.entries(fields).filter(([key]) => key !== name), [name, inner]])
}

function scalarOf(value: unknown, { kind }: ClientField): Scalar | null {
  if (kind === 'money' || kind === 'number') return numberOf(value) ?? null
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' ? cleanName(value, 500) || null : null
}

/** What a person typed into a field, as their database takes it; undefined when it is none. */
export function typedValue(typed: string | number | null, { kind }: ClientField): Scalar | null | undefined {
  if (typed === null || typed === '') return null
  if (kind === 'text') return cleanName(String(typed), 500) || null
  if (kind === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(String(typed)) ? String(typed) : undefined
  if (typeof typed === 'number') return typed
  // «1.234,50» and «1234.50»: the last sign of the two parts the decimals.
  const plain = typed.replaceAll(/\s/g, '')
  const decimal =
    plain.lastIndexOf(',') > plain.lastIndexOf('.') ? plain.replaceAll('.', '').replace(',', '.') : plain.replaceAll(',', '')
  return numberOf(decimal)
}

/** A value as it is read in a message: `S/ 120,50`, `21/11/2026`. */
export function wordsOf(value: Scalar | null, { kind }: ClientField, currency: string, country: string): string | null {
  if (value === null) return null
  const locale = `${country === 'BR' ? 'pt' : country === 'US' ? 'en' : 'es'}-${country}`
  if (typeof value === 'number' && kind === 'money')
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(value).replaceAll('\u00a0', ' ')
  if (typeof value === 'number' && kind === 'number') return new Intl.NumberFormat(locale).format(value)
  const day = kind === 'date' && typeof value === 'string' ? /^(\d{4})-(\d{2})-(\d{2})/.exec(value) : null
  return day ? `${day[3]}/${day[2]}/${day[1]}` : String(value)
}

/** One of their clients as we keep it; null when it has no id. */
export function clientIn(raw: unknown, settings: Settings, country: string): ClientRow | null {
  const clientId = idOf(at(raw, settings.idPath))
  if (clientId === undefined) return null
  const data = Object.fromEntries(settings.fields.map((field) => [field.key, scalarOf(at(raw, field.path), field)]))
  const texts = Object.fromEntries(
    settings.fields.map((field) => [field.key, wordsOf(data[field.key] ?? null, field, settings.currency, country)]),
  )
  const phone = toDigits(String(at(raw, settings.phonePath) ?? ''), country)
  const told = settings.versionPath === '' ? undefined : idOf(at(raw, settings.versionPath))
  return { clientId, phone, data, texts, version: told ?? fingerprint(JSON.stringify(data)) }
}

/** Of a page: the clients, and where the next one is. */
export function pageIn(raw: unknown, settings: Settings, country: string): { clients: ClientRow[]; next: string | null } | null {
  const list = at(raw, settings.itemsPath)
  if (!Array.isArray(list)) return null
  const clients = listOf(list, 200).flatMap((one) => clientIn(one, settings, country) ?? [])
  return { clients, next: settings.nextPath === '' ? null : (idOf(at(raw, settings.nextPath), 500) ?? null) }
}

/** Is it this person's? Whatever their search gave us, nobody gets somebody else's balance. */
export function isOf(client: ClientRow, phone: string | null, document: string | null): boolean {
  if (phone !== null && client.phone !== null && canonOf(client.phone) === canonOf(phone)) return true
  return document !== null && client.texts['documento'] === document
}

/** Where they tell no version: another value gives another one (FNV-1a). */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return `f${(hash >>> 0).toString(16)}-${text.length}`
}
