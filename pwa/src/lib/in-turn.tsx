import { Show, type JSX } from 'solid-js'
import { createPainted, createTurn } from './create-turn.ts'

/** While the app starts, drawn in a task after what is above it (createTurn). The fallback keeps its place. */
export function InTurn(props: { fallback: JSX.Element; children: JSX.Element }) {
  const isTurn = createTurn()
  return (
    <Show when={isTurn()} fallback={props.fallback}>
      {props.children}
    </Show>
  )
}

/** While the app starts, drawn and fetched once what is around it is on the screen (createPainted). */
export function OncePainted(props: { fallback?: JSX.Element; children: JSX.Element }) {
  const isPainted = createPainted()
  return (
    <Show when={isPainted()} fallback={props.fallback}>
      {props.children}
    </Show>
  )
}
