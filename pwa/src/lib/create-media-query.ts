import { createSignal, onCleanup, type Accessor } from 'solid-js'

/** Whether a media query holds, as a signal. */
export function createMediaQuery(query: string): Accessor<boolean> {
  const list = matchMedia(query)
  const [matches, setMatches] = createSignal(list.matches)
  const listen = () => setMatches(list.matches)
  list.addEventListener('change', listen)
  onCleanup(() => list.removeEventListener('change', listen))
  return matches
}
