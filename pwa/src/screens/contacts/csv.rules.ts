/** What the columns of a file of contacts are: pure. */
import type { IMPORT_COLUMNS } from '#contract/contacts.ts'

export type Column = (typeof IMPORT_COLUMNS)[number]

const HINTS: Record<Column, RegExp> = {
  phone: /phone|tel|cel|m[oó]vil|whats|n[uú]mero|numero/i,
  name: /name|nombre|titular|cliente|nome|contact/i,
  document: /doc|c[eé]dula|ruc|dni|cpf|rut|nit|identi/i,
  email: /mail|correo/i,
}

/** What each column seems to be, by its heading; each thing once. */
export function guessColumns(headings: readonly string[]): (Column | null)[] {
  const taken = new Set<Column>()
  return headings.map((heading) => {
    const found = (['email', 'document', 'phone', 'name'] as const).find(
      (column) => !taken.has(column) && HINTS[column].test(heading),
    )
    if (found) taken.add(found)
    return found ?? null
  })
}

/** Does the first row name the columns? It does when it holds no number of a phone. */
export function hasHeadings(row: readonly string[]): boolean {
  return !row.some((cell) => cell.replaceAll(/\D/g, '').length >= 7)
}

/** The chosen cells of each row, as the server takes them. */
export function chosenCells(
  rows: readonly string[][],
  columns: readonly (Column | null)[],
): { columns: Column[]; rows: string[][] } {
  const places = columns.flatMap((column, at) => (column ? [{ column, at }] : []))
  return {
    columns: places.map(({ column }) => column),
    rows: rows.map((row) => places.map(({ at }) => (row[at] ?? '').slice(0, 300))),
  }
}
