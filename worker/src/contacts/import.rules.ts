import type { ParsedOf } from '#contract/endpoint.ts'
import type { IMPORT_COLUMNS, IMPORT_REASONS, importContacts } from '#contract/contacts.ts'
import { cleanName } from '../lib/clean-text.ts'
import { canonOf, toWholeNumber } from './phone.rules.ts'

type Column = (typeof IMPORT_COLUMNS)[number]
/** A row as db/functions/152_contact_import.sql takes it. */
export type ImportRow = { n: number; phone: string | null; why: (typeof IMPORT_REASONS)[number] | null } & Record<
  Exclude<Column, 'phone'>,
  string
>

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** How many rows one statement takes: less than half a second, so that it neither meets its limit nor keeps others waiting. */
const PART = 500

/** Parts of a file, in its order. */
export function partsOf(rows: readonly ImportRow[]): ImportRow[][] {
  return Array.from({ length: Math.ceil(rows.length / PART) }, (_, at) => rows.slice(at * PART, (at + 1) * PART))
}

/** Rows of a file, cleaned, with what is wrong with them by themselves; the rest is judged beside what is there already. */
export function rowsOf({ columns, rows, country }: ParsedOf<typeof importContacts>): ImportRow[] {
  const before = new Set<string>()
  return rows.map((cells, n) => {
    const cell = (name: Column): string => cleanName(cells[columns.indexOf(name)] ?? '', name === 'email' ? 160 : 120)
    const [typed, email] = [cell('phone'), cell('email')]
    const phone = toWholeNumber(typed, country)
    const why = typed === '' ? 'phone_missing' : phone === null ? 'phone_invalid' : null
    const wrongMail = email !== '' && !EMAIL.test(email) ? 'email_invalid' : null
    const wrong = why ?? wrongMail
    // Looked for in the whole file: what is kept in parts sees a part alone.
    const isRepeated = phone !== null && wrong === null && before.has(canonOf(phone))
    if (phone !== null && wrong === null) before.add(canonOf(phone))
    return { n, phone, why: isRepeated ? 'repeated' : wrong, name: cell('name'), document: cell('document').slice(0, 40), email }
  })
}
