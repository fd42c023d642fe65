/** Metrics as tables, for the screen and for files. */
import type { Cell } from '#contract/csv.ts'
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

/** A table's cells, its head first. Waits are in seconds, as numbers that a spreadsheet can count with. */
export function cellsOf(rows: readonly Row[], head: string, names: Readonly<Record<Column, string>>): Cell[][] {
  return [
    [head, ...COLUMNS.map((column) => names[column])],
    ...rows.map((row) => [row.name, ...COLUMNS.map((column) => row[column])]),
  ]
}

/** A period of so many days that ends on this one (`2026-11-21`), both included. */
export function periodOf(today: string, days: number): { from: string; to: string } {
  const from = new Date(`${today}T00:00:00Z`)
  from.setUTCDate(from.getUTCDate() - days + 1)
  return { from: from.toISOString().slice(0, 10), to: today }
}
