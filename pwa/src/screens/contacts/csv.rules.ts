/** Reading a file of contacts: pure. */
import type { IMPORT_COLUMNS } from '#contract/contacts.ts'

export type Column = (typeof IMPORT_COLUMNS)[number]

/** The bytes of a file as text: UTF-8, else as Excel saves in this part of the world. */
export function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** What separates cells: whichever of `,` `;` and tab the first line holds most often outside quotes. */
function separatorOf(text: string): string {
  const [first = ''] = text.replaceAll(/"[^"]*"/g, '').split(/\r?\n/, 1)
  const count = (sign: string) => first.split(sign).length
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ','
}

/** Rows of cells (RFC 4180): quotes may hold separators, line ends and doubled quotes. Empty rows are left out. */
export function parseCsv(text: string): string[][] {
  const plain = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(plain)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endRow = () => {
    row.push(cell)
    if (row.some((one) => one.trim() !== '')) rows.push(row.map((one) => one.trim()))
    row = []
    cell = ''
  }
  for (let i = 0; i < plain.length; i += 1) {
    const sign = plain[i] ?? ''
    if (quoted && sign === '"' && plain[i + 1] === '"') {
      cell += '"'
      i += 1
    } else if (sign === '"' && (quoted || cell === '')) quoted = !quoted
    else if (quoted) cell += sign
    else if (sign === separator) {
      row.push(cell)
      cell = ''
    } else if (sign === '\n') endRow()
    else if (sign !== '\r') cell += sign
  }
  endRow()
  return rows
}

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
