/** How high rows were when their chat was left: it opens again at its end at once, and nothing is drawn only to be measured. */

/** Of so many rows of a chat, the newest; and of so many in all. */
const KEEP_OF_CHAT = 120
const KEEP = 3_000

const heights = new Map<string, number>()

type Named = { readonly id: string }

/** For virtua's `cache`: -1 is not known. A width that has changed meanwhile is no harm: what is drawn is measured anyway. */
export function heightsOf(rows: readonly Named[], otherwise: number): [number[], number] {
  return [rows.map(({ id }) => heights.get(id) ?? -1), otherwise]
}

export function keepHeights(rows: readonly Named[], measured: readonly number[]): void {
  const first = Math.max(0, rows.length - KEEP_OF_CHAT)
  for (const [i, { id }] of rows.slice(first).entries()) {
    const height = measured[first + i]
    if (height === undefined || height < 0) continue
    // Moved to the end: whoever was seen last is forgotten last.
    heights.delete(id)
    heights.set(id, height)
  }
  for (const id of heights.keys()) {
    if (heights.size <= KEEP) return
    heights.delete(id)
  }
}
