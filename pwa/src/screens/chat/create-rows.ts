import { batch, createRenderEffect, createSignal, type Accessor } from 'solid-js'
import type { KnownRow, Mark, RowFacts } from './shown.rules.ts'

/** A row keeps its identity while its facts change: a tick must not restart the audio that plays in it. */
export type Row = { id: string; facts: Accessor<RowFacts> }
/** What stands in the list of a thread. */
export type Line = Row | Mark
type Kept = { line: Line; facts: RowFacts | undefined; note: (facts: RowFacts) => void }
type View = { rows: Line[]; isShift: boolean }

/** Rows that are gone are forgotten when there are more of them than of the others: looking for them costs as much as all rows. */
const SPARE = 200

/** The rows of a list while it is open; `known` tells what one was until now. */
export function keepRows(): { kept: Map<string, Kept>; known: KnownRow } {
  const kept = new Map<string, Kept>()
  return { kept, known: (id) => kept.get(id)?.facts }
}

/** Rows for a virtual list. `isShift`: the last change only added rows at the start. */
export function createRows({ kept }: ReturnType<typeof keepRows>, source: Accessor<(RowFacts | Mark)[]>): Accessor<View> {
  const [view, setView] = createSignal<View>({ rows: [], isShift: false })

  createRenderEffect<Line[]>((before) => {
    const facts = source()
    return batch(() => {
      const rows = facts.map((fact) => lineOf(fact, kept))
      if (kept.size > 2 * rows.length + SPARE) forget(kept, rows)
      if (rows.length === before.length && rows.every((row, i) => row === before[i])) return before
      setView({ rows, isShift: isShift(before, rows) })
      return rows
    })
  }, [])
  return view
}

/** The line of before, told what is new about it, or a new one. */
function lineOf(fact: RowFacts | Mark, kept: Map<string, Kept>): Line {
  const one = kept.get(fact.id)
  if (!one) {
    const made = newLine(fact)
    kept.set(fact.id, made)
    return made.line
  }
  if (!('day' in fact) && one.facts !== fact) {
    one.facts = fact
    one.note(fact)
  }
  return one.line
}

function newLine(fact: RowFacts | Mark): Kept {
  if ('day' in fact) return { line: fact, facts: undefined, note: () => undefined }
  const [facts, note] = createSignal(fact)
  return { line: { id: fact.id, facts }, facts: fact, note }
}

function forget(kept: Map<string, Kept>, rows: readonly Line[]): void {
  const here = new Set(rows.map(({ id }) => id))
  for (const id of kept.keys()) if (!here.has(id)) kept.delete(id)
}

function isShift(before: readonly Line[], after: readonly Line[]): boolean {
  const [first] = before
  const last = before.at(-1)
  return first !== undefined && after.length > before.length && after[0] !== first && after.at(-1) === last
}
