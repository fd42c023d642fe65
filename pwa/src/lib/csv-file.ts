import { csvLine, type Cell } from '#contract/csv.ts'

/** A table as a CSV file, with the mark by which spreadsheets know UTF-8. */
export function csvOf(cells: readonly Cell[][]): Blob {
  const text = cells.map((row) => csvLine(row.map((cell) => String(cell ?? '')))).join('')
  return new Blob([`\uFEFF${text}`], { type: 'text/csv;charset=utf-8' })
}
