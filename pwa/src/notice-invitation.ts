/** When to offer notifications: to somebody who works here, never on the first load, and not again soon after a "not now". */
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { useDesk } from './live/context.ts'

const KEY = 'notice-invitation'
const LATER_MS = 14 * 24 * 3_600_000
const VISITS = 2

type Kept = { visits: number; notBefore: number }

function kept(): Kept {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '')
    if (typeof found === 'object' && found !== null && 'visits' in found && 'notBefore' in found)
      return { visits: Number(found.visits), notBefore: Number(found.notBefore) }
  } catch {
    // Nothing kept yet.
  }
  return { visits: 0, notBefore: 0 }
}

const keep = (next: Kept): void => localStorage.setItem(KEY, JSON.stringify(next))

/** The app was opened once more. */
function countVisit(): void {
  const now = kept()
  if (now.visits < VISITS) keep({ ...now, visits: now.visits + 1 })
}

export function postponeInvitation(now: number): void {
  keep({ visits: VISITS, notBefore: now + LATER_MS })
}

/** `hasAnswered`: the person has written to a customer since the app was opened. */
function isTimeToInvite(now: number, hasAnswered: boolean): boolean {
  const { visits, notBefore } = kept()
  return hasAnswered && visits >= VISITS && now >= notBefore
}

/** Whether to offer notifications now: the person has just answered somebody, and nobody has asked them yet. */
export function createInvitation(): Accessor<boolean> {
  const { desk } = useDesk()
  const [isInvited, setIsInvited] = createSignal(false)
  countVisit()
  onCleanup(
    desk.onEvent((event) => {
      const hasAnswered =
        event.type === 'message' && event.message.direction === 'out' && event.message.author.id === desk.me.person.id
      // Where nobody can be asked (an iPhone in its browser has no Notification), the screen explains what to do.
      const wasAsked = 'Notification' in globalThis && Notification.permission !== 'default'
      if (!wasAsked && isTimeToInvite(Date.now(), hasAnswered)) setIsInvited(true)
    }),
  )
  return isInvited
}
