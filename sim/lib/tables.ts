/** Rows of a simulator: typed, in memory, and a line on the disk for every change. */
import type { Drawer } from './shelf.ts'

export type Table<T> = {
  get(id: string | number): T | undefined
  put(row: T): T
  change(id: string | number, patch: Partial<T>): T | undefined
  drop(id: string | number): void
  /** In the order in which they came. */
  all(): T[]
  size(): number
}

/** A table over a drawer. Rows are replaced and never changed in place. */
export function openTable<T extends { id: string | number }>(drawer: Drawer<T>): Table<T> {
  const rows = new Map<string, T>()
  for (const id of drawer.ids()) {
    const row = drawer.get(id)
    if (row !== undefined) rows.set(id, row)
  }
  const put = (row: T): T => {
    drawer.put(String(row.id), row)
    rows.set(String(row.id), row)
    return row
  }
  return {
    get: (id) => rows.get(String(id)),
    put,
    change(id, patch) {
      const row = rows.get(String(id))
      return row && put({ ...row, ...patch })
    },
    drop(id) {
      drawer.drop(String(id))
      rows.delete(String(id))
    },
    all: () => [...rows.values()],
    size: () => rows.size,
  }
}
