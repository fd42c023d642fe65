/** Metrics as tables, for the screen and for files. */
import { csvLine } from '#contract/csv.ts'
import type { Figures, Metrics } from '#contract/metrics.ts'

export const BREAKDOWNS = ['days', 'agents', 'channels', 'departments'] as const
export type Breakdown = (typeof BREAKDOWNS)[number]

export const COLUMNS = ['received', 'sent', 'answers', 'firstAnswer', 'firstAnswer90', 'closed', 'resolution'] as const
export type Column = (typeof COLUMNS)[number]

export type Row = Figures & { key: string; name: string }

/** What a row is called that belongs to nobody. */
export type Nameless = Record<'agents' | 'departments', string>

/** One table, a row a day, agent, number or department. */
export function rowsOf(metrics: Metrics, by: Breakdown, nameless: Nameless): Row[] {
  switch (by) {
    case 'days':
      return metrics.days.map((row) => ({ ...row, key: row.day, name: row.day }))
    case 'channels':
      return metrics.channels.map((row) => ({ ...row, key: row.id }))
    case 'agents':
    case 'departments':
      return metrics[by].map((row) => ({ ...row, key: row.id ?? '', name: row.name ?? nameless[by] }))
  }
}

type Cell = string | number | null

/** A table's cells, its head first. Waits are in seconds, as numbers that a spreadsheet can count with. */
export function cellsOf(rows: readonly Row[], head: string, names: Readonly<Record<Column, string>>): Cell[][] {
  return [
    [head, ...COLUMNS.map((column) => names[column])],
    ...rows.map((row) => [row.name, ...COLUMNS.map((column) => row[column])]),
  ]
}

/** The same as a CSV file, with the mark by which spreadsheets know UTF-8. */
export function csvOf(cells: readonly Cell[][]): string {
  return `\uFEFF${cells.map((row) => csvLine(row.map((cell) => String(cell ?? '')))).join('')}`
}

/** A period of so many days that ends on this one (`2026-11-21`), both included. */
export function periodOf(today: string, days: number): { from: string; to: string } {
  const from = new Date(`${today}T00:00:00Z`)
  from.setUTCDate(from.getUTCDate() - days + 1)
  return { from: from.toISOString().slice(0, 10), to: today }
}
