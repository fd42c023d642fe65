/** An offer that waits for its moment: to somebody who works here, never on the first visit, and not again soon after a "not now". */
const VISITS = 2

type Kept = { visits: number; notBefore: number }

/** `name` is where this device remembers it; `laterMs` is how long a "not now" holds. */
export function patientOffer(name: string, laterMs: number) {
  function kept(): Kept {
    try {
      const found: unknown = JSON.parse(localStorage.getItem(name) ?? '')
      if (typeof found === 'object' && found !== null && 'visits' in found && 'notBefore' in found)
        return { visits: Number(found.visits), notBefore: Number(found.notBefore) }
    } catch {
      // Nothing kept yet.
    }
    return { visits: 0, notBefore: 0 }
  }
  const keep = (next: Kept): void => localStorage.setItem(name, JSON.stringify(next))

  return {
    /** The app was opened once more. */
    countVisit(): void {
      const now = kept()
      if (now.visits < VISITS) keep({ ...now, visits: now.visits + 1 })
    },
    postpone: (now: number): void => keep({ visits: VISITS, notBefore: now + laterMs }),
    /** `hasAnswered`: the person has written to a customer since the app was opened. */
    isTime(now: number, hasAnswered: boolean): boolean {
      const { visits, notBefore } = kept()
      return hasAnswered && visits >= VISITS && now >= notBefore
    },
  }
}
