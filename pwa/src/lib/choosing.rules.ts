/** Which of several are chosen, chats or messages: pure, bounded by what one request may name. */

/** The same as CHATS_AT_ONCE of the contract, whose schemas stay off the phone. */
export const MOST = 200

/** Chosen becomes not chosen, and the other way around; beyond the bound nothing is added. */
export function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  if (chosen.has(id)) return new Set([...chosen].filter((other) => other !== id))
  return added(chosen, [id])
}

/** Everything of this order between two rows, both included, in addition. A row that is not there any more begins nothing. */
export function reached(
  chosen: ReadonlySet<string>,
  order: readonly string[],
  from: string | null,
  to: string,
): ReadonlySet<string> {
  const ends = [from === null ? -1 : order.indexOf(from), order.indexOf(to)].toSorted((a, b) => a - b)
  const [first = -1, last = -1] = ends
  return added(chosen, first < 0 ? [to] : order.slice(first, last + 1))
}

/** In addition, as far as the bound reaches. */
export function added(chosen: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  return new Set([...new Set([...chosen, ...ids])].slice(0, Math.max(MOST, chosen.size)))
}
