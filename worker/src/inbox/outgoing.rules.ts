/** What a chat's outgoing line does next. Pure: the object brings clock, storage and network. */

export type Waiting = {
  messageId: string
  /** `writing`: not in PostgreSQL yet. `ready`: may go. `leased`: a request may have left. */
  state: 'writing' | 'ready' | 'leased'
  attempts: number
  /** Milliseconds; not before this instant. */
  notBefore: number
}

export type Step =
  | { do: 'rest' }
  | { do: 'sleep'; until: number }
  | { do: 'send'; messageId: string }
  | { do: 'doubt'; messageId: string }

/**
 * One message at a time, in the order written: a message that backs off holds the line. A lease without a flight means
 * that we died between request and answer: nobody knows whether it left, so it is in doubt and is not sent again.
 */
export function nextStep(line: readonly Waiting[], inFlight: boolean, now: number): Step {
  const first = line[0]
  if (inFlight || !first || first.state === 'writing') return { do: 'rest' }
  if (first.state === 'leased') return { do: 'doubt', messageId: first.messageId }
  return first.notBefore <= now ? { do: 'send', messageId: first.messageId } : { do: 'sleep', until: first.notBefore }
}

/** Waits before tries 2, 3 … in milliseconds. After the last one the message fails and becomes a dead letter. */
export const RETRY_AFTER_MS = [2_000, 5_000, 15_000, 60_000, 300_000, 900_000] as const

/** When to try again after `attempts` tries, or null when it has been enough. `spread` in [0, 1) is the jitter. */
export function retryAt(attempts: number, now: number, spread: number, providerAfterMs: number | undefined): number | null {
  const wait = RETRY_AFTER_MS[attempts - 1]
  if (wait === undefined) return null
  return now + Math.max(wait * (0.8 + 0.4 * spread), providerAfterMs ?? 0)
}

/** Waits between tries to write to PostgreSQL, in milliseconds: an outage delays, and loses nothing. */
export function writeAgainAfter(failures: number, spread: number): number {
  return Math.min(30_000, 500 * 2 ** Math.min(failures, 6)) * (0.8 + 0.4 * spread)
}
