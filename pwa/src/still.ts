/**
 * A picture of the list, and of the chat, as they stood when the app was last left: public/start.js shows it while the app itself is
 * on its way, so that a phone has something to read at once. It shows what the phone's store would show, and goes with it.
 */
import type { Me } from '#contract/session.ts'

export const STILL = 'still'
/** What public/start.js reads: the screens by their addresses, the oldest first. */
export type Still = { person: string; language: string; screens: Record<string, string> }

/** A list or a chat is a tenth of this; something else has no room among what a phone keeps so. */
const MOST_CHARS = 150_000
/** The list, and the chats in which one was last: notifications lead back into them. */
const MOST_SCREENS = 4
/** The app may be killed without a word: the first screen is kept when the phone has nothing better to do. */
const FIRST_MS = 4_000
/** What is there no more once the app begins anew, or lies under the chat. */
const PASSING = '[role=status], [role=alert], [aria-live]:not([role=log]), [inert]'

/** Keeps the screen whenever the app is left, as it is then. Returns how to stop. */
export function keepStills(root: HTMLElement): () => void {
  const keep = () => {
    const person = personHere()
    const html = person && screenOf(root)
    if (!person || !html) return
    const language = document.documentElement.lang
    const { [location.pathname]: _, ...others } = kept(person, language)
    const screens = Object.fromEntries([...Object.entries(others).slice(1 - MOST_SCREENS), [location.pathname, html]])
    try {
      localStorage.setItem(STILL, JSON.stringify({ person, language, screens } satisfies Still))
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

/** What is kept already, for the same person in the same words. */
function kept(person: string, language: string): Still['screens'] {
  const still: Partial<Still> | null = JSON.parse(localStorage.getItem(STILL) ?? 'null')
  return still?.person === person && still.language === language ? (still.screens ?? {}) : {}
}

/** Who is signed in, as the phone keeps it (api/session.ts). */
function personHere(): string | null {
  const me: Pick<Me, 'person'> | null = JSON.parse(localStorage.getItem('me') ?? 'null')
  return me?.person.id ?? null
}

/** The screen, where it is the list from its top or a chat at its end and nothing lies over it; else null. */
function screenOf(root: HTMLElement): string | null {
  if (location.search !== '' || document.querySelector('dialog[open]') || !(isListAtTop(root) || isChatAtEnd(root))) return null
  const screen = root.firstElementChild?.cloneNode(true)
  if (!(screen instanceof HTMLElement)) return null
  // A picture has no focus, takes no words, says nothing that may be over, and has no files of its own.
  for (const part of screen.querySelectorAll('a, button, [tabindex]')) part.setAttribute('tabindex', '-1')
  for (const field of screen.querySelectorAll('textarea, input')) field.setAttribute('readonly', '')
  for (const part of screen.querySelectorAll(PASSING)) part.remove()
  for (const file of screen.querySelectorAll('[src^="blob:"]')) file.removeAttribute('src')
  return screen.outerHTML.length <= MOST_CHARS ? screen.outerHTML : null
}

function isListAtTop(root: HTMLElement): boolean {
  const row = location.pathname === '/chats' && root.querySelector('a[data-chat]')
  return row ? row.closest('.overflow-y-auto')?.scrollTop === 0 : false
}

function isChatAtEnd(root: HTMLElement): boolean {
  const log = /^\/chats\/[\w-]+$/.test(location.pathname) && root.querySelector('[role=log]')
  return log ? log.querySelector('article') !== null && log.scrollHeight - log.scrollTop - log.clientHeight < 2 : false
}
