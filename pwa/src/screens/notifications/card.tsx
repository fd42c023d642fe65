import { createUniqueId, type JSX } from 'solid-js'

/** One card of the screen. */
export function Card(props: { title: string; children: JSX.Element }) {
  const id = createUniqueId()
  return (
    <section class="fold-bl flex flex-col gap-2 rounded-card border border-line bg-surface p-5" aria-labelledby={id}>
      <h2 id={id} class="text-heading font-bold">
        {props.title}
      </h2>
      {props.children}
    </section>
  )
}
