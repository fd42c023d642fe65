import { createSignal, onCleanup, type Accessor } from 'solid-js'

const STARTS_MS = 5_000

/**
 * While the app starts, false until a task of its own: what waits for it does not keep a thumb, or what is drawn before it, waiting.
 * Later true at once: who opens a chat wants it whole.
 */
export function createTurn(): Accessor<boolean> {
  const [isDue, setIsDue] = createSignal(performance.now() > STARTS_MS)
  const turn = setTimeout(() => setIsDue(true))
  onCleanup(() => clearTimeout(turn))
  return isDue
}

/**
 * While the app starts, false until what is being drawn, and the rows that come a frame after it, are on the screen: files that only
 * hands need do not come before what is to be read. Later true at once.
 */
export function createPainted(): Accessor<boolean> {
  const [isPainted, setIsPainted] = createSignal(performance.now() > STARTS_MS)
  let isGone = false
  onCleanup(() => (isGone = true))
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => isGone || setIsPainted(true))))
  return isPainted
}
