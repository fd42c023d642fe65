import { createSignal, onCleanup, type Accessor } from 'solid-js'

const STARTS_MS = 5_000

export const isStart = (): boolean => performance.now() <= STARTS_MS

/**
 * While the app starts, false until a task of its own: what waits for it does not keep a thumb, or what is drawn before it, waiting.
 * `isLast`: until what is around it, and the rows that come a frame later, are on the screen; so that files which only hands need do
 * not come before what is to be read. Later true at once: who opens a chat wants it whole.
 */
export function createTurn(isLast = false): Accessor<boolean> {
  if (!isStart()) return () => true
  const [isDue, setIsDue] = createSignal(false)
  let turn: ReturnType<typeof setTimeout> | undefined
  const begin = () => (turn = setTimeout(() => setIsDue(true)))
  if (isLast) requestAnimationFrame(() => requestAnimationFrame(begin))
  else begin()
  onCleanup(() => clearTimeout(turn))
  return isDue
}
