import { createSignal, onCleanup } from 'solid-js'
import { serverNow } from '../lib/server-time.ts'

/** Whole seconds until an instant, counted down while the screen is open; never below zero. */
export function createCountdown(until: () => string | null): () => number | null {
  const [now, setNow] = createSignal(serverNow())
  const timer = setInterval(() => setNow(serverNow()), 1_000)
  onCleanup(() => clearInterval(timer))
  return () => {
    const at = until()
    return at === null ? null : Math.max(0, Math.ceil((Date.parse(at) - now()) / 1_000))
  }
}
