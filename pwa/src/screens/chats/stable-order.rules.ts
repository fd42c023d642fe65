/** The order of a list that somebody may be touching: rows keep their places, and only the end may grow. */

/**
 * What to show while the list must not move. Rows that left stay until it may; rows that belong after the last one
 * shown are added there. `isBehind` tells that the true order is another one by now.
 */
export function heldOrder(shown: readonly string[], wanted: readonly string[]): { ids: readonly string[]; isBehind: boolean } {
  const known = new Set(shown)
  const lastKnown = wanted.findLastIndex((id) => known.has(id))
  const grown = wanted.slice(lastKnown + 1)
  const ids = grown.length > 0 ? [...shown, ...grown] : shown
  const isSame = ids.length === wanted.length && ids.every((id, i) => id === wanted[i])
  return { ids, isBehind: !isSame }
}
