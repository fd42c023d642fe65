/** What a reader of the live stream gets next: pure, so that every hole and restart can be tested in plain Node. */

/** Events kept for phones that come back; older ones are read again over HTTP. */
export const LOG_KEEPS = 5_000
/** Events that a phone may leave unacknowledged before it is too slow for its own good. */
export const MAX_UNACKED = 2_000
/** A socket's session is looked at again after this time. */
export const RECHECK_MS = 5 * 60_000

/** Where a returning reader continues: from the log, or by reading everything again. */
export function resumeFrom(since: number, floor: number, newest: number): 'log' | 'resync' {
  // `since` beyond our newest number: the log was lost or belongs to another life of the object.
  if (since > newest) return 'resync'
  return since >= floor - 1 ? 'log' : 'resync'
}

/**
 * One `ev` frame from events in order, each naming the one that this reader saw before it. `hear` gives the event as
 * this reader may hear it, or null. Null when there is nothing to say.
 */
export function frameOf<Event extends { seq: number }>(
  events: readonly Event[],
  lastSeen: number,
  hear: (event: Event) => string | null,
): { text: string; lastSeen: number; count: number } | null {
  let prev = lastSeen
  const items: string[] = []
  for (const event of events) {
    const json = hear(event)
    if (json === null) continue
    items.push(`{"seq":${event.seq},"prev":${prev},"event":${json}}`)
    prev = event.seq
  }
  return items.length === 0 ? null : { text: `{"t":"ev","items":[${items.join(',')}]}`, lastSeen: prev, count: items.length }
}

/** Events that a reader has been sent and not acknowledged, after an acknowledgement of `seq`. Holes in `seq` are not theirs. */
export function unackedAfter(seq: number, reader: { lastSeen: number; unacked: number }): number {
  return seq >= reader.lastSeen ? 0 : Math.min(reader.unacked, reader.lastSeen - seq)
}
