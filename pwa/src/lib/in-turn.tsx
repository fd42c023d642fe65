import { Show, untrack, type JSX } from 'solid-js'
import { createTurn } from './create-turn.ts'

/** While the app starts, drawn in a task after what is above it, or last of all (createTurn). The fallback keeps its place. */
export function InTurn(props: { isLast?: boolean; fallback?: JSX.Element; children: JSX.Element }) {
  const isTurn = createTurn(untrack(() => props.isLast))
  return (
    <Show when={isTurn()} fallback={props.fallback}>
      {props.children}
    </Show>
  )
}
