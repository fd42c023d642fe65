import { batch, createRenderEffect, createSignal, type Accessor } from 'solid-js'
import type { Mark, RowFacts } from './shown.rules.ts'

/** A row keeps its identity while its facts change: a tick must not restart the audio that plays in it. */
export type Row = { id: string; facts: Accessor<RowFacts> }
/** What stands in the list of a thread. */
export type Line = Row | Mark
type Kept = { line: Line; note: (facts: RowFacts) => void }
type View = { rows: Line[]; isShift: boolean }

/** Rows for a virtual list. `isShift`: the last change only added rows at the start. */
export function createRows(source: Accessor<(RowFacts | Mark)[]>): Accessor<View> {
  let kept = new Map<string, Kept>()
  const [view, setView] = createSignal<View>({ rows: [], isShift: false })

  createRenderEffect<Line[]>((before) => {
    const facts = source()
    return batch(() => {
      const next = new Map<string, Kept>()
      const rows = facts.map((fact) => {
        const one = kept.get(fact.id) ?? newLine(fact)
        if (!('day' in fact)) one.note(fact)
        next.set(fact.id, one)
        return one.line
      })
      kept = next
      if (rows.length === before.length && rows.every((row, i) => row === before[i])) return before
      setView({ rows, isShift: isShift(before, rows) })
      return rows
    })
  }, [])
  return view
}

function newLine(fact: RowFacts | Mark): Kept {
  if ('day' in fact) return { line: fact, note: () => undefined }
  const [facts, note] = createSignal(fact, { equals: isSame })
  return { line: { id: fact.id, facts }, note }
}

function isSame(a: RowFacts, b: RowFacts): boolean {
  return (
    a.shown.message === b.shown.message &&
    a.shown.pending === b.shown.pending &&
    a.wait === b.wait &&
    a.isLast === b.isLast &&
    a.follows === b.follows
  )
}

function isShift(before: readonly Line[], after: readonly Line[]): boolean {
  const [first] = before
  const last = before.at(-1)
  return first !== undefined && after.length > before.length && after[0] !== first && after.at(-1) === last
}
