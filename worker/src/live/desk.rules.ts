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

/** One `ev` frame from events in order, each naming the one that this reader saw before it. */
export function frameOf(events: { seq: number; json: string }[], lastSeen: number): { text: string; lastSeen: number } {
  let prev = lastSeen
  const items = events.map(({ seq, json }) => {
    const item = `{"seq":${seq},"prev":${prev},"event":${json}}`
    prev = seq
    return item
  })
  return { text: `{"t":"ev","items":[${items.join(',')}]}`, lastSeen: prev }
}
