import { Show, type JSX } from 'solid-js'
import { createTurn } from './create-turn.ts'

/** While the app starts, drawn in a task after what is above it (createTurn). The fallback keeps its place. */
export function InTurn(props: { fallback: JSX.Element; children: JSX.Element }) {
  const isTurn = createTurn()
  return (
    <Show when={isTurn()} fallback={props.fallback}>
      {props.children}
    </Show>
  )
}
