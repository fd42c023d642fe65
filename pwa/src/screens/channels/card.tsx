import { Show, type JSX } from 'solid-js'

/** A part of a number's page: what it is, in a few words how it stands, and what can be done. */
export function Card(props: { title: string; help?: string | undefined; action?: JSX.Element; children?: JSX.Element }) {
  return (
    <section class="rounded-card border border-line bg-surface p-4" aria-label={props.title}>
      <div class="flex items-start gap-3">
        <div class="min-w-0 flex-1">
          <h2 class="font-semibold">{props.title}</h2>
          <Show when={props.help}>
            <p class="text-small text-ink-2">{props.help}</p>
          </Show>
        </div>
        {props.action}
      </div>
      {props.children}
    </section>
  )
}
