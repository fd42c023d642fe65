import { createSignal, onCleanup, type Accessor } from 'solid-js'

/**
 * Room for more than one pane. A phone on its side is as wide as a small tablet, and has no height for it (main.css holds
 * the same).
 */
export const TABLET = '(min-width: 960px), (min-width: 768px) and (min-height: 500px)'

/** Whether a media query holds, as a signal. */
export function createMediaQuery(query: string): Accessor<boolean> {
  const list = matchMedia(query)
  const [matches, setMatches] = createSignal(list.matches)
  const listen = () => setMatches(list.matches)
  list.addEventListener('change', listen)
  onCleanup(() => list.removeEventListener('change', listen))
  return matches
}
