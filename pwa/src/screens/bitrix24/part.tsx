import { Show, type JSX } from 'solid-js'

/** A part of the page: what it is for, and what can be done. */
export function Part(props: { title: string; help?: string; children: JSX.Element }) {
  return (
    <section class="mt-5 rounded-card border border-line bg-surface p-4" aria-label={props.title}>
      <h2 class="font-semibold">{props.title}</h2>
      <Show when={props.help}>
        <p class="mt-1 text-small text-ink-2">{props.help}</p>
      </Show>
      {props.children}
    </section>
  )
}
