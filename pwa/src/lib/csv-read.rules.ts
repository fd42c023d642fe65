/** Reading a table from a CSV file: pure. */

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
export const parseCsv = (text: string): string[][] => csvRows(text).map(({ cells }) => cells)

/** The same with the line of the file at which each row begins. */
export function csvRows(text: string): { line: number; cells: string[] }[] {
  const plain = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(plain)
  const rows: { line: number; cells: string[] }[] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let first = 1
  const endRow = () => {
    row.push(cell)
    if (row.some((one) => one.trim() !== '')) rows.push({ line: first, cells: row.map((one) => one.trim()) })
    row = []
    cell = ''
    first = line
  }
  for (let i = 0; i < plain.length; i += 1) {
    const sign = plain[i] ?? ''
    if (sign === '\n') line += 1
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
