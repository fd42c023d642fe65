import { batch, createRenderEffect, createSignal, type Accessor } from 'solid-js'
import type { RowFacts } from './shown.rules.ts'

/** A row keeps its identity while its facts change: a tick must not restart the audio that plays in it. */
export type Row = { id: string; facts: Accessor<RowFacts> }
type Kept = { row: Row; set: (facts: RowFacts) => void; facts: RowFacts }

/** Rows for a virtual list. `isShift`: the last change only added rows at the start. */
export function createRows(source: Accessor<RowFacts[]>): Accessor<{ rows: Row[]; isShift: boolean }> {
  let kept = new Map<string, Kept>()
  const [view, setView] = createSignal<{ rows: Row[]; isShift: boolean }>({ rows: [], isShift: false })

  createRenderEffect<Row[]>((before) => {
    const facts = source()
    return batch(() => {
      const next = new Map<string, Kept>()
      const rows = facts.map((fact) => {
        const one = kept.get(fact.id) ?? newRow(fact)
        if (!isSame(one.facts, fact)) {
          one.facts = fact
          one.set(fact)
        }
        next.set(fact.id, one)
        return one.row
      })
      kept = next
      if (rows.length === before.length && rows.every((row, i) => row === before[i])) return before
      setView({ rows, isShift: isShift(before, rows) })
      return rows
    })
  }, [])
  return view
}

function newRow(fact: RowFacts): Kept {
  const [facts, set] = createSignal(fact)
  return { row: { id: fact.id, facts }, set, facts: fact }
}

function isSame(a: RowFacts, b: RowFacts): boolean {
  return (
    a.shown.message === b.shown.message &&
    a.shown.pending === b.shown.pending &&
    a.dayOf === b.dayOf &&
    a.wait === b.wait &&
    a.isFirst === b.isFirst &&
    a.isLast === b.isLast &&
    a.follows === b.follows
  )
}

function isShift(before: readonly Row[], after: readonly Row[]): boolean {
  const [first] = before
  const last = before.at(-1)
  return first !== undefined && after.length > before.length && after[0] !== first && after.at(-1) === last
}
