import CircleAlert from 'lucide-solid/icons/circle-alert'
import { createUniqueId, Show, splitProps, type JSX } from 'solid-js'
import { Icon } from './icon.tsx'

type Common = { label: string; hint?: string | undefined; error?: string | null | undefined; end?: JSX.Element }

/** A field with its label above and, below, a hint or what is wrong. */
export function Field(props: JSX.InputHTMLAttributes<HTMLInputElement> & Common) {
  const id = createUniqueId()
  const [own, rest] = splitProps(props, ['label', 'hint', 'error', 'end', 'class'])
  return (
    <div class={own.class ?? ''}>
      <label for={id} class="mb-1 block text-small font-semibold">
        {own.label}
      </label>
      <div class="relative">
        <input {...rest} id={id} class="field" aria-invalid={own.error ? 'true' : undefined} aria-describedby={`${id}-help`} />
        <Show when={own.end}>
          <div class="absolute inset-y-0 right-0.5 flex items-center">{own.end}</div>
        </Show>
      </div>
      <Help id={`${id}-help`} hint={own.hint} error={own.error} />
    </div>
  )
}

/** A choice of a few things, as the system draws it. */
export function Choice(props: JSX.SelectHTMLAttributes<HTMLSelectElement> & Common) {
  const id = createUniqueId()
  const [own, rest] = splitProps(props, ['label', 'hint', 'error', 'end', 'class', 'children'])
  return (
    <div class={own.class ?? ''}>
      <label for={id} class="mb-1 block text-small font-semibold">
        {own.label}
      </label>
      <select {...rest} id={id} class="field" aria-describedby={`${id}-help`}>
        {own.children}
      </select>
      <Help id={`${id}-help`} hint={own.hint} error={own.error} />
    </div>
  )
}

function Help(props: { id: string; hint: string | undefined; error: string | null | undefined }) {
  return (
    <p id={props.id} class="text-meta" classList={{ 'mt-1': Boolean(props.error || props.hint) }}>
      <Show when={props.error} fallback={<span class="text-ink-3">{props.hint}</span>}>
        <span class="flex items-start gap-1.5 text-cochinilla">
          <Icon of={CircleAlert} size={16} class="mt-px" />
          {props.error}
        </span>
      </Show>
    </p>
  )
}
