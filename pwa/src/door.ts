/** The addresses that need nobody signed in: sign-up and links. The desk's own router begins behind them. */
import { createSignal } from 'solid-js'

const [path, setPath] = createSignal(location.pathname)
window.addEventListener('popstate', () => setPath(location.pathname))

/** Which of these doors the address is. */
export function doorOf(): { name: 'sign-up' } | { name: 'link' | 'number'; token: string } | null {
  if (path() === '/alta') return { name: 'sign-up' }
  const [, word, token] = /^\/(enlace|enlazar)\/([^/]+)\/?$/.exec(path()) ?? []
  return token ? { name: word === 'enlace' ? 'link' : 'number', token } : null
}

/** Goes to another door without leaving the app. `isDone` leaves nothing to go back to: a link is used once. */
export function goTo(next: string, isDone = false): void {
  if (isDone) history.replaceState(null, '', next)
  else history.pushState(null, '', next)
  setPath(next)
}
