import type { ParsedOf } from '#contract/endpoint.ts'
import type { IMPORT_COLUMNS, IMPORT_REASONS, importContacts } from '#contract/contacts.ts'
import { cleanName } from '../lib/clean-text.ts'
import { toWholeNumber } from './phone.rules.ts'

type Column = (typeof IMPORT_COLUMNS)[number]
/** A row as db/functions/152_contact_import.sql takes it. */
export type ImportRow = { n: number; phone: string | null; why: (typeof IMPORT_REASONS)[number] | null } & Record<
  Exclude<Column, 'phone'>,
  string
>

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Rows of a file, cleaned, with what is wrong with them by themselves; the rest is judged beside what is there already. */
export function rowsOf({ columns, rows, country }: ParsedOf<typeof importContacts>): ImportRow[] {
  return rows.map((cells, n) => {
    const cell = (name: Column): string => cleanName(cells[columns.indexOf(name)] ?? '', name === 'email' ? 160 : 120)
    const [typed, email] = [cell('phone'), cell('email')]
    const phone = toWholeNumber(typed, country)
    const why = typed === '' ? 'phone_missing' : phone === null ? 'phone_invalid' : null
    const wrongMail = email !== '' && !EMAIL.test(email) ? 'email_invalid' : null
    return { n, phone, why: why ?? wrongMail, name: cell('name'), document: cell('document').slice(0, 40), email }
  })
}
