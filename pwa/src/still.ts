/**
 * A picture of the list as it stood when the app was last left: public/start.js shows it while the app itself is on its way,
 * so that a phone has something to read at once. It shows what the phone's store would show, and goes with it.
 */
import type { Me } from '#contract/session.ts'

export const STILL = 'still'
/** What public/start.js reads. */
export type Still = { person: string; language: string; html: string }

/** A list is a tenth of this; something else has no room among what a phone keeps so. */
const MOST_CHARS = 150_000
/** The app may be killed without a word: the first list is kept when the phone has nothing better to do. */
const FIRST_MS = 4_000

/** Keeps the list whenever the app is left, as it is then. Returns how to stop. */
export function keepStills(root: HTMLElement): () => void {
  const keep = () => {
    const person = personHere()
    const html = person && listOf(root)
    if (!person || !html) return
    const still: Still = { person, language: document.documentElement.lang, html }
    try {
      localStorage.setItem(STILL, JSON.stringify(still))
    } catch {
      // No room: the next start begins with the splash.
    }
  }
  const stop = new AbortController()
  const { signal } = stop
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && keep(), { signal })
  addEventListener('pagehide', keep, { signal })
  const first = setTimeout(keep, FIRST_MS)
  signal.addEventListener('abort', () => clearTimeout(first))
  return () => stop.abort()
}

/** Who is signed in, as the phone keeps it (api/session.ts). */
function personHere(): string | null {
  const me: Pick<Me, 'person'> | null = JSON.parse(localStorage.getItem('me') ?? 'null')
  return me?.person.id ?? null
}

/** The screen, where it is the list from its top and nothing lies over it; else null. */
function listOf(root: HTMLElement): string | null {
  const row = root.querySelector('a[data-chat]')
  const isPlain = location.pathname === '/chats' && location.search === '' && !document.querySelector('dialog[open]')
  if (!row || !isPlain || row.closest('.overflow-y-auto')?.scrollTop !== 0) return null
  const screen = root.firstElementChild?.cloneNode(true)
  if (!(screen instanceof HTMLElement)) return null
  // A picture has no focus, and says nothing that may be over.
  for (const part of screen.querySelectorAll('a, button')) part.setAttribute('tabindex', '-1')
  for (const part of screen.querySelectorAll('[role=status], [role=alert]')) part.remove()
  return screen.outerHTML.length <= MOST_CHARS ? screen.outerHTML : null
}
