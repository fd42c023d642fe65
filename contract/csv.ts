/** What a cell of a table for a file holds. */
export type Cell = string | number | null

/**
 * One line of a CSV file (RFC 4180). A cell that a spreadsheet would take for a formula gets a quote before it, so that
 * opening an export never runs anything (OWASP: CSV injection).
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
