import { Show, type JSX } from 'solid-js'
import { Cloth } from './weave.tsx'

/** Nothing here: what that means, and what to do. */
export function Empty(props: { title: string; help?: string; children?: JSX.Element }) {
  return (
    <div class="flex flex-col items-center gap-3 px-8 py-12 text-center">
      <Cloth />
      <p class="font-display text-heading font-bold">{props.title}</p>
      <Show when={props.help}>
        <p class="max-w-[40ch] text-small text-ink-2">{props.help}</p>
      </Show>
      {props.children}
    </div>
  )
}

/** Something failed: what, what was kept, one thing to do, and a code to tell us. */
export function ErrorCard(props: {
  title: string
  help: string
  reference?: string | null
  action?: { name: string; run: () => void }
}) {
  return (
    <div role="alert" class="fold-bl m-4 rounded-card bg-cochinilla-tint p-4">
      <p class="font-semibold text-cochinilla">{props.title}</p>
      <p class="mt-1 text-small">{props.help}</p>
      <Show when={props.reference}>
        <p class="mt-2 font-mono text-meta break-all text-ink-2 select-all">{props.reference}</p>
      </Show>
      <Show when={props.action}>
        {(action) => (
          <button type="button" class="button button-outlined mt-3" onClick={() => action().run()}>
            {action().name}
          </button>
        )}
      </Show>
    </div>
  )
}
